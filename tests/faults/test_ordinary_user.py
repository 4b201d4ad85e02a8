"""What only an ordinary user meets is tested on machines, such as CI's, where tests run as root."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.power import writes_everything

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not writes_everything(), reason="these tests run by themselves")
def test_the_tests_for_ordinary_users_hold() -> None:
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    tests = [sys.executable, "-m", "pytest", "-q", "-m", "ordinary", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*without, *tests, "tests/ledger", "tests/desktop/test_application.py", "tests/exchange"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= 2
    assert "skipped" not in done.stdout
