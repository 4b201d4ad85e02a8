"""A second start finds the first window, in whatever process it is and by whatever name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.single_instance import SingleInstance

# Has the ledger's window until it is called or killed.
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from sanyou_desktop.desktop.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
instance.called.connect(lambda: (print("called", flush=True), app.quit()))
instance.claim()
print("claimed", flush=True)
app.exec()
instance.release()
"""


@contextmanager
def window(path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WINDOW, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "claimed\n"
        yield process
        process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "台账 𠮷.sytz"
    path.touch()
    return path


@pytest.mark.usefixtures("qapp")
def test_the_window_of_another_process_is_called(path: Path) -> None:
    assert not SingleInstance(path).is_open_elsewhere()
    with window(path) as process:
        assert SingleInstance(path).is_open_elsewhere()
        assert process.stdout is not None
        assert process.stdout.readline() == "called\n"
        assert process.wait(20) == 0
    assert not SingleInstance(path).is_open_elsewhere()


@pytest.mark.usefixtures("qapp")
def test_a_link_leads_to_the_same_window_and_another_ledger_does_not(path: Path) -> None:
    link = path.with_name("快捷方式.sytz")
    link.symlink_to(path)
    other = path.with_name("别的.sytz")
    other.touch()
    with window(path):
        assert not SingleInstance(other).is_open_elsewhere()
        assert SingleInstance(link).is_open_elsewhere()


def test_what_a_killed_window_left_is_in_nobodys_way(qtbot: QtBot, path: Path) -> None:
    with window(path) as process:
        process.kill()
        process.wait(20)
    mine = SingleInstance(path)
    assert not mine.is_open_elsewhere()
    mine.claim()
    with qtbot.waitSignal(mine.called):
        assert SingleInstance(path).is_open_elsewhere()
    mine.release()
    assert not SingleInstance(path).is_open_elsewhere()
