"""A backup that is killed, or runs out of room, leaves the old file or the new one."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sanyou_desktop.ledger import replacing
from sanyou_desktop.ledger.backup import back_up, restore_backup
from sanyou_desktop.ledger.errors import DiskFull, LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
KILLS = 12
# Backs up one ledger and another over the same file, again and again, until it is killed.
LOOP = """
import sys
from pathlib import Path
from sanyou_desktop.ledger.backup import {work}
one, two, target = map(Path, sys.argv[1:])
print("ready", flush=True)
while True:
    for source in (one, two):
        {work}(source, target)
"""


@pytest.fixture
def ledgers(tmp_path: Path) -> tuple[Path, Path]:
    """Return two ledgers of one unit that tell themselves apart by their pledge."""
    made = []
    for title in ("一", "二"):
        folder = tmp_path / title
        folder.mkdir()
        with Ledger.create(folder / "台账.sanyou", Unit(code=UNIT, name="莆田市")) as ledger:
            many = [Pledge(unit=UNIT, title=title, notes="字" * 2000) for _ in range(50)]
            ledger.save_many(many, "")
            made.append(ledger.path)
    return made[0], made[1]


def sound_titles(path: Path) -> set[str]:
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
        assert ledger.count("pledge", Query()) == 50
        return {record.title for record in ledger.records("pledge")}


@pytest.mark.slow
@pytest.mark.parametrize("work", ["back_up", "restore_backup"])
def test_killed_at_any_moment_it_leaves_one_or_the_other(
    ledgers: tuple[Path, Path], tmp_path: Path, work: str
) -> None:
    target = tmp_path / "备份" / "备份.sanyou"
    target.parent.mkdir()
    back_up(ledgers[0], target)
    chance = random.Random(2026)
    for _ in range(KILLS):
        command = [sys.executable, "-c", LOOP.format(work=work), *map(str, (*ledgers, target))]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            wait_until = time.monotonic() + chance.uniform(0, 0.3)
            while time.monotonic() < wait_until:
                assert process.poll() is None
            process.kill()
        assert sound_titles(target) in ({"一"}, {"二"})


@pytest.mark.parametrize("failing", ["sync", "sync_folder"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_earlier_backup(
    ledgers: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
    code: int,
) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledgers[0], target)

    def full(_path: Path) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(replacing, failing, full)
    with pytest.raises(DiskFull, match="磁盘空间不足"):
        back_up(ledgers[1], target)
    monkeypatch.undo()
    # The folder's own entry is synced after the new backup, which is whole, took its name.
    assert sound_titles(target) == ({"一"} if failing == "sync" else {"二"})
    assert not list(tmp_path.glob(".*unfinished*"))


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX's")
def test_a_file_that_may_grow_no_more_leaves_the_earlier_backup(
    ledgers: tuple[Path, Path], tmp_path: Path
) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledgers[0], target)
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from sanyou_desktop.ledger.backup import back_up\n"
        "from sanyou_desktop.ledger.errors import LedgerError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    back_up(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except LedgerError as error:\n"
        "    sys.exit(str(error))\n"
    )
    command = [sys.executable, "-c", program, str(ledgers[1]), str(target)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "没有写入" in ended.stderr
    assert sound_titles(target) == {"一"}
    assert not list(tmp_path.glob(".*unfinished*"))


def test_a_restore_that_cannot_finish_leaves_the_ledger(
    ledgers: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = ledgers

    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(LedgerError, match="原有文件没有改动"):
        restore_backup(two, one)
    monkeypatch.undo()
    assert sound_titles(one) == {"一"}
    assert not list(one.parent.glob(".*unfinished*"))
