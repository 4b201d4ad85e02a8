"""Of two processes one writes; whatever becomes of it, the next one can."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sanyou_desktop.ledger import writer_lock
from sanyou_desktop.ledger.errors import LedgerReadOnly
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.writer_lock import Held, WriterLock
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
# Takes the lock, says so, and keeps it until its input ends.
HOLDER = """
import sys
from pathlib import Path
from sanyou_desktop.ledger.writer_lock import WriterLock
lock = WriterLock(Path(sys.argv[1]), shared=sys.argv[2] == "shared")
print("held", flush=True)
sys.stdin.read()
lock.release()
"""
# Adds one record a time, as often as told, as a command does.
ADDER = """
import sys
from pathlib import Path
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
for number in range(int(sys.argv[2])):
    with Ledger.open(Path(sys.argv[1]), shared=True) as ledger:
        assert not ledger.read_only, ledger.read_only_reason
        ledger.save(Pledge(unit="350300", title=f"{sys.argv[3]}-{number}"))
"""
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks otherwise")


@contextmanager
def holder(path: Path, how: str = "alone") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(path), how]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(20) == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "台账.sytz"
    Ledger.create(path, Unit(code=UNIT, name="莆田市")).close()
    return path


def left(path: Path) -> list[str]:
    return sorted(item.name for item in path.parent.iterdir() if item != path)


def test_another_process_keeps_the_window_from_writing(path: Path) -> None:
    with holder(path):
        with pytest.raises(Held):
            WriterLock(path)
        with Ledger.open(path) as ledger:
            assert "另一个窗口或程序正在使用" in ledger.read_only_reason
    with Ledger.open(path) as ledger:
        assert not ledger.read_only
    assert left(path) == []


def test_a_killed_process_holds_nothing(path: Path) -> None:
    with holder(path) as process:
        process.kill()
        process.wait(20)
        with Ledger.open(path) as ledger:
            assert not ledger.read_only
    assert left(path) == []


def test_who_waits_gets_the_lock_once_it_is_free(path: Path) -> None:
    with holder(path) as process:
        assert process.stdin is not None
        process.stdin.close()
        WriterLock(path, wait=20).release()


@unix
def test_commands_keep_a_window_out_together_and_the_last_one_clears_away(path: Path) -> None:
    with holder(path, "shared"):
        with holder(path, "shared"), pytest.raises(Held):
            WriterLock(path)
        with pytest.raises(Held):
            WriterLock(path)
        assert left(path) == [f".{path.name}.lock"]
    assert left(path) == []


def test_many_commands_at_once_lose_nothing(path: Path) -> None:
    commands = [
        subprocess.Popen([sys.executable, "-c", ADDER, str(path), "10", str(number)])
        for number in range(4)
    ]
    assert [command.wait(120) for command in commands] == [0] * 4
    with Ledger.open(path) as ledger:
        titles = sorted(record.title for record in ledger.records("pledge"))
        assert titles == sorted(f"{one}-{two}" for one in range(4) for two in range(10))
        assert ledger.verify() == []
    assert left(path) == []


@unix
def test_a_lock_file_that_cannot_be_removed_is_given_back_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    lock = WriterLock(path)
    monkeypatch.setattr(Path, "unlink", refuse)
    lock.release()
    monkeypatch.undo()
    WriterLock(path).release()
    assert left(path) == []


@unix
def test_a_disk_without_locks_is_for_reading_and_leaves_nothing_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, *, shared: bool) -> bool:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(writer_lock, "_lock", refuse)
    before = len(os.listdir("/dev/fd"))
    for _ in range(3):
        with Ledger.open(path) as ledger:
            assert "不能加锁" in ledger.read_only_reason
            with pytest.raises(LedgerReadOnly):
                ledger.save(Pledge(unit=UNIT, title="甲"))
    assert len(os.listdir("/dev/fd")) == before
