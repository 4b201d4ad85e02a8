"""Exports keep out of each other's way, also in folders that know no locks."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from platform import node

import pytest

from sanyou_desktop.exchange import shared_lock
from sanyou_desktop.exchange.errors import CannotWrite, FileBusy
from sanyou_desktop.exchange.shared_lock import BusyFile, lock_for
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.writer_lock import Held, WriterLock
from tests.exchange.shared.readers import titles
from tests.exchange.shared.units import SHEET, finding, save


def refusing(code: int) -> object:
    def refuse(*_given: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behave as a folder on a server that knows no locks."""
    monkeypatch.setattr(shared_lock, "WriterLock", refusing(errno.EOPNOTSUPP))


def test_the_systems_lock_comes_first(path: Path) -> None:
    lock = lock_for(path, 0)
    assert isinstance(lock, WriterLock)
    with pytest.raises(Held):
        lock_for(path, 0)
    lock.release()
    lock_for(path, 0).release()


@pytest.mark.usefixtures("without_locks")
def test_a_folder_without_locks_is_shared_into(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("without_locks")
def test_there_another_export_is_waited_for_then_named(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    running = BusyFile(path, 0)
    with pytest.raises(FileBusy, match="正在被另一个单位写入"):
        share_ledger(ledger, path, patience=0.1)
    running.release()
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]


# Shares, and is killed while it holds the file.
KILLED = """
import os, signal, sys
from pathlib import Path
from platform import node
from sanyou_desktop.exchange.shared_lock import BusyFile
BusyFile(Path(sys.argv[1]), 0)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not shared_lock._BOOT.exists(), reason="it is watched for some time there")
@pytest.mark.usefixtures("without_locks")
def test_there_a_killed_process_of_this_machine_is_no_obstacle(ledger: Ledger, path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert path.with_name(f".{path.name}.busy").exists()
    save(ledger, finding("甲"))
    share_ledger(ledger, path, patience=0)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("without_locks")
def test_a_process_of_another_machine_of_the_same_name_is_not_taken_for_dead(path: Path) -> None:
    """As machines that were set up from one image are: its number says nothing here."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    file = path.with_name(f".{path.name}.busy")
    for name in (node(), f"{node()}/another-start"):
        file.write_bytes(f"{name} {ended.pid} 0123".encode())
        with pytest.raises(Held):
            BusyFile(path, 0.1)
        assert file.exists()


@pytest.mark.usefixtures("without_locks")
def test_there_a_machine_that_went_dark_is_no_obstacle_after_some_time(
    ledger: Ledger, path: Path
) -> None:
    """Its clock may be hours ahead or behind."""
    for hours in (-5, 5):
        left = path.with_name(f".{path.name}.busy")
        left.write_bytes(b"office-pc 4711 0123")
        os.utime(left, (time.time() + hours * 3600,) * 2)
        with pytest.raises(Held):
            BusyFile(path, 0.1)
        # As the window tries again and again, each time for a moment.
        state, since = shared_lock._WATCHED[left]
        shared_lock._WATCHED[left] = (state, since - 21)
        save(ledger, finding("甲"))
        share_ledger(ledger, path, patience=0)
        assert not left.exists()


def test_one_that_is_touched_is_held_however_long_it_is_watched(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another machine, for whose processes nothing but the touching speaks."""
    monkeypatch.setattr(shared_lock, "_LEFT_SECONDS", 0.4)
    monkeypatch.setattr(shared_lock, "_TOUCH_SECONDS", 0.05)
    monkeypatch.setattr(shared_lock, "node", lambda: "office-pc")
    held = BusyFile(path, 0)
    monkeypatch.setattr(shared_lock, "node", lambda: "another")
    with pytest.raises(Held):
        BusyFile(path, 1.5)
    held.release()
    BusyFile(path, 0).release()


def test_what_was_taken_for_left_is_not_removed_by_its_former_holder(path: Path) -> None:
    held = BusyFile(path, 0)
    file = path.with_name(f".{path.name}.busy")
    file.write_bytes(b"another 1 2")
    held.release()
    assert file.read_bytes() == b"another 1 2"


def test_a_folder_that_takes_no_file_is_said(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_lock, "WriterLock", refusing(errno.EACCES))
    with pytest.raises(CannotWrite, match=r"原文件未变.*文件夹权限"):
        share_ledger(ledger, path)
