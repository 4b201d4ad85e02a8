"""Exports keep out of each other's way, also in folders that know no locks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

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


@pytest.mark.usefixtures("without_locks")
def test_there_a_file_left_long_ago_is_no_obstacle(ledger: Ledger, path: Path) -> None:
    left = path.with_name(f".{path.name}.busy")
    left.touch()
    os.utime(left, (0, 0))
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_takes_no_file_is_said(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_lock, "WriterLock", refusing(errno.EACCES))
    with pytest.raises(CannotWrite, match=r"原文件未变.*文件夹权限"):
        share_ledger(ledger, path)
