"""Every test runs without a screen; what is missing on the machine is said, not skipped over."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests import system_packages
from tests.power import writes_everything

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Error reports and settings of the program under test are not those of whoever runs the tests.
_home = Path(tempfile.mkdtemp(prefix="sanyou-tests-"))
for _name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[_name] = str(_home / _name)
_not_run: dict[str, int] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Stop with the command that mends it, where Qt's libraries are missing."""
    reason = system_packages.provide_libraries()
    if reason:
        pytest.exit(reason, returncode=3)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shutil.rmtree(_home, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests whose program is missing; on CI they run, and fail."""
    if writes_everything():
        elsewhere = pytest.mark.skip(reason="as root: run by tests/faults/test_ordinary_user.py")
        for item in items:
            if item.get_closest_marker("ordinary"):
                item.add_marker(elsewhere)
    if os.environ.get("CI"):
        return
    for program in system_packages.missing_programs():
        mark = pytest.mark.skip(reason=f"{program.name} is not installed ({program.debian})")
        for item in items:
            if item.get_closest_marker(program.marker):
                item.add_marker(mark)
                _not_run[program.debian] = _not_run.get(program.debian, 0) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out and how to have it run."""
    for package, count in _not_run.items():
        terminalreporter.section("NOT RUN", red=True, bold=True)
        terminalreporter.line(f"{count} tests need {package}: sudo apt-get install -y {package}")
