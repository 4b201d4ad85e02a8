"""Saving that is killed, runs out of room or meets a lock: what was said to be saved is there."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sanyou_desktop.ledger.errors import DiskFull, LedgerLocked
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
KILLS = 10
# Saves, changes and deletes, saying what is done once it is done.
LOOP = """
import sys
from dataclasses import replace
from pathlib import Path
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
with Ledger.open(Path(sys.argv[1])) as ledger:
    number = 0
    while True:
        number += 1
        title = f"{sys.argv[2]}-{number}"
        made = ledger.save(Pledge(unit="350300", title=title, notes="字" * 3000)).record
        print("made", title, flush=True)
        if number % 3 == 0:
            ledger.save(replace(made, department="办公室"))
            print("changed", title, flush=True)
        if number % 5 == 0:
            ledger.delete([made.id])
            print("deleted", title, flush=True)
"""
# Saves until the file may not grow any more, then without that limit.
LIMITED = """
import resource, signal, sys
from pathlib import Path
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
with Ledger.open(Path(sys.argv[1])) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
    saved = 0
    try:
        while True:
            ledger.save(Pledge(unit="350300", title=f"第{saved}件", notes="字" * 30000))
            saved += 1
    except LedgerError as error:
        print(saved, error, sep="|")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    ledger.save(Pledge(unit="350300", title="清理之后"))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "台账.sytz"
    Ledger.create(path, Unit(code=UNIT, name="莆田市")).close()
    return path


@pytest.mark.slow
def test_killed_at_any_moment_what_was_saved_is_there(path: Path) -> None:
    chance = random.Random(2026)
    said: list[str] = []
    for run in range(KILLS):
        command = [sys.executable, "-c", LOOP, str(path), str(run)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said.append(process.stdout.readline().strip())
            wait_until = time.monotonic() + chance.uniform(0, 0.3)
            while time.monotonic() < wait_until:
                assert process.poll() is None
            process.kill()
            said += process.stdout.read().splitlines()
    done = [line.split() for line in said if "-" in line]
    made = {title for word, title in done if word == "made"}
    deleted = {title for word, title in done if word == "deleted"}
    changed = {title for word, title in done if word == "changed"} - deleted
    assert len(made) > KILLS
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
        kept = {record.title: record for record in ledger.records("pledge")}
        # The one that was under way when it was killed may be there as well, whole.
        assert len(made - deleted - kept.keys()) <= KILLS
        lost = [title for title in made - deleted - kept.keys() if not _under_way(title, made)]
        assert lost == []
        assert all(kept[title].department == "办公室" for title in changed & kept.keys())
        assert deleted.isdisjoint(kept)


def _under_way(title: str, made: set[str]) -> bool:
    """Tell whether a title was the last of its run, which may have been deleted unsaid."""
    run, number = title.split("-")
    return f"{run}-{int(number) + 1}" not in made and int(number) % 5 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX's")
def test_a_file_that_may_grow_no_more_keeps_what_it_had_and_goes_on_later(path: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    saved, _, message = ended.stdout.strip().partition("|")
    assert "没有写入" in message
    with Ledger.open(path) as ledger:
        titles = [record.title for record in ledger.records("pledge")]
        assert ledger.verify() == []
    assert sorted(titles) == sorted(
        [f"第{number}件" for number in range(int(saved))] + ["清理之后"]
    )


def _fill(ledger: Ledger) -> Callable[[], None]:
    """Let the ledger grow no further; return what gives it room again."""
    conn = ledger._conn
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages}")

    def make_room() -> None:
        conn.execute("PRAGMA max_page_count = 1000000")

    return make_room


def test_a_full_disk_takes_back_the_whole_action(path: Path) -> None:
    with Ledger.open(path) as ledger:
        first = ledger.save(Pledge(unit=UNIT, title="已有")).record
        make_room = _fill(ledger)
        many = [Pledge(unit=UNIT, title=f"第{n}件", notes="字" * 9000) for n in range(20)]
        with pytest.raises(DiskFull, match=r"没有写入，原有内容完好。请清理磁盘后再试"):
            ledger.save_many(many, "一起存")
        assert [record.id for record in ledger.records("pledge")] == [first.id]
        make_room()
        ledger.save_many(many, "一起存")
        assert len(list(ledger.records("pledge"))) == 21
        assert ledger.verify() == []
        # No number was used up by what was taken back.
        numbers = sorted(record.number for record in ledger.records("pledge"))
        assert [number[-4:] for number in numbers] == [f"{n:04}" for n in range(1, 22)]


def test_a_lock_of_another_program_is_named_and_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sanyou_desktop.ledger.connection._BUSY_SECONDS", 0.2)
    with Ledger.open(path) as ledger, closing(sqlite3.connect(path)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLocked, match="正被另一个程序占用，这次操作没有写入"):
            ledger.save(Pledge(unit=UNIT, title="等不到"))
        other.execute("ROLLBACK")
        ledger.save(Pledge(unit=UNIT, title="现在可以"))
        assert [record.title for record in ledger.records("pledge")] == ["现在可以"]
