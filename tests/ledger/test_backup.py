"""Backups are whole, checked, rotated, and restored without losing what they replace."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.ledger import backup_rotation
from sanyou_desktop.ledger.backup import back_up, put_away, restore_backup
from sanyou_desktop.ledger.backup_rotation import at_close, backups, daily, rotate, to_keep
from sanyou_desktop.ledger.errors import (
    AlreadyThere,
    LedgerDamaged,
    LedgerError,
    LedgerLocked,
    Missing,
    NotALedger,
)
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit

UNIT = "350300"
TODAY = datetime(2026, 11, 23, 17, 30)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Yield an open ledger with one pledge."""
    with Ledger.create(tmp_path / "台账.sanyou", Unit(code=UNIT, name="莆田市")) as ledger:
        add(ledger, "一")
        yield ledger


def add(ledger: Ledger, title: str) -> None:
    ledger.save(Pledge(unit=UNIT, title=title))


def titles(path: Path) -> list[str]:
    with Ledger.open(path, read_only=True) as ledger:
        return [record.title for record in ledger.records("pledge")]


def damage(path: Path) -> None:
    """Overwrite a page in the middle, as a failing disk does."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = DELETE")
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\x77" * 4096)


def unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_backup_of_an_open_ledger_is_a_ledger_in_one_file(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    steps: list[tuple[int, int]] = []
    back_up(ledger.path, target, lambda done, total: steps.append((done, total)))
    assert titles(target) == ["一"]
    assert steps[-1][0] == steps[-1][1]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("备份")] == [
        "备份.sanyou"
    ]


def test_what_is_saved_during_a_backup_waits_for_the_next(ledger: Ledger, tmp_path: Path) -> None:
    ledger.save_many([Pledge(unit=UNIT, title="多", statement="字" * 100_000)] * 20, "")
    target = tmp_path / "备份.sanyou"
    steps = 0

    def save_meanwhile(_done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps == 1:
            add(ledger, "之后")

    back_up(ledger.path, target, save_meanwhile)
    assert steps > 1
    assert "之后" not in titles(target)
    assert "之后" in titles(ledger.path)


def test_an_earlier_backup_of_the_same_unit_is_replaced(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    add(ledger, "二")
    back_up(ledger.path, target)
    assert titles(target) == ["一", "二"]


def test_nothing_but_a_backup_is_written_over(ledger: Ledger, tmp_path: Path) -> None:
    text = tmp_path / "工资表.xlsx"
    text.write_bytes(b"PK\x03\x04 precious")
    other = tmp_path / "别的单位.sanyou"
    Ledger.create(other, Unit(code="350100", name="福州市")).close()
    for target in (text, other, ledger.path, tmp_path):
        with pytest.raises(AlreadyThere):
            back_up(ledger.path, target)
    assert text.read_bytes() == b"PK\x03\x04 precious"
    assert titles(ledger.path) == ["一"]
    assert titles(other) == []


def test_a_backup_open_in_a_window_is_not_written_over(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    with Ledger.open(target), pytest.raises(LedgerLocked, match="正在使用"):
        back_up(ledger.path, target)


def test_what_is_no_ledger_is_not_backed_up(ledger: Ledger, tmp_path: Path) -> None:
    text = tmp_path / "文本.sanyou"
    text.write_text("不是台账")
    database = tmp_path / "别的.db"
    with closing(sqlite3.connect(database)) as conn:
        conn.execute("CREATE TABLE t (x)")
    target = tmp_path / "备份.sanyou"
    for source in (text, database):
        with pytest.raises(NotALedger):
            back_up(source, target)
    with pytest.raises(Missing):
        back_up(tmp_path / "没有.sanyou", target)
    with pytest.raises(Missing, match="文件夹"):
        back_up(ledger.path, tmp_path / "没有" / "备份.sanyou")
    assert not target.exists()
    assert unfinished(tmp_path) == [ledger.path.with_name(f".{ledger.path.name}.lock")]


def test_a_damaged_ledger_never_replaces_a_sound_backup(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    ledger.close()
    damage(ledger.path)
    with pytest.raises(LedgerDamaged, match="已损坏"):
        back_up(ledger.path, target)
    assert titles(target) == ["一"]
    assert unfinished(tmp_path) == []


def test_restoring_keeps_what_it_replaces(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    add(ledger, "二")
    ledger.close()
    kept = restore_backup(target, ledger.path)
    assert kept is not None
    assert kept.name.startswith("台账 恢复前 ")
    assert titles(ledger.path) == ["一"]
    assert titles(kept) == ["一", "二"]
    assert titles(target) == ["一"]
    with Ledger.open(ledger.path) as restored:
        assert restored.verify() == []
        add(restored, "三")


def test_changes_still_in_the_log_are_kept_and_not_replayed(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    add(ledger, "二")
    # As after a power cut: the file and its log, nobody holding them.
    crashed = tmp_path / "断电" / "台账.sanyou"
    crashed.parent.mkdir()
    for ending in ("", "-wal", "-shm"):
        shutil.copy(f"{ledger.path}{ending}", f"{crashed}{ending}")
    kept = restore_backup(target, crashed)
    assert kept is not None
    assert titles(crashed) == ["一"]
    assert titles(kept) == ["一", "二"]


def test_a_ledger_damaged_beyond_reading_is_kept_with_its_log(
    ledger: Ledger, tmp_path: Path
) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    broken = tmp_path / "坏.sanyou"
    broken.write_bytes(b"no database" * 1000)
    broken.with_name("坏.sanyou-wal").write_bytes(b"log")
    kept = restore_backup(target, broken)
    assert kept is not None
    assert kept.read_bytes() == b"no database" * 1000
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"log"
    assert titles(broken) == ["一"]


def test_restoring_where_there_is_nothing(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "新.sanyou"
    ledger.close()
    assert restore_backup(ledger.path, target) is None
    assert titles(target) == ["一"]


def test_an_unsound_backup_is_not_restored(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    damage(target)
    ledger.close()
    before = ledger.path.read_bytes()
    with pytest.raises(LedgerDamaged):
        restore_backup(target, ledger.path)
    with pytest.raises(Missing):
        restore_backup(tmp_path / "没有", ledger.path)
    with pytest.raises(AlreadyThere):
        restore_backup(ledger.path, ledger.path)
    with pytest.raises(AlreadyThere, match="是文件夹"):
        restore_backup(ledger.path, tmp_path)
    assert ledger.path.read_bytes() == before
    assert unfinished(tmp_path) == []
    assert not list(tmp_path.glob("*恢复前*"))


def test_an_open_ledger_is_not_restored_over(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    back_up(ledger.path, target)
    with pytest.raises(LedgerLocked, match="正在使用"):
        restore_backup(target, ledger.path)


def test_one_backup_a_day_beside_the_ledger(ledger: Ledger) -> None:
    made = daily(ledger.path, now=TODAY)
    assert made == ledger.path.parent / "台账 备份" / "台账 20261123-173000.sanyou"
    assert titles(made) == ["一"]
    assert daily(ledger.path, now=TODAY + timedelta(hours=3)) is None
    assert daily(ledger.path, now=TODAY + timedelta(days=1)) is not None


def test_at_close_only_if_something_was_saved(ledger: Ledger) -> None:
    daily(ledger.path, now=TODAY)
    assert at_close(ledger.path, now=TODAY + timedelta(hours=1)) is None
    add(ledger, "二")
    made = at_close(ledger.path, now=TODAY + timedelta(hours=1))
    assert made is not None
    assert titles(made) == ["一", "二"]
    # Of one day the last is kept.
    assert [kept.path for kept in backups(ledger.path)] == [made]


def test_other_files_in_the_folder_are_left_alone(ledger: Ledger) -> None:
    folder = backup_rotation.folder_of(ledger.path)
    folder.mkdir()
    others = [
        folder / name
        for name in ("台账 20200101-000000.xlsx", "别的 20200101-000000.sanyou", "台账.sanyou")
    ]
    others.append(folder / "台账 20209999-000000.sanyou")
    for path in others:
        path.write_text("x")
    for days in range(40):
        daily(ledger.path, now=TODAY + timedelta(days=days))
    assert all(path.exists() for path in others)
    assert len(backups(ledger.path)) == len(to_keep([kept.at for kept in backups(ledger.path)]))


def test_what_a_killed_program_left_is_cleared_after_a_day(ledger: Ledger) -> None:
    daily(ledger.path, now=TODAY)
    folder = backup_rotation.folder_of(ledger.path)
    old, new = folder / ".台账.1.unfinished", folder / ".台账.2.unfinished"
    for path in (old, new):
        path.write_text("x")
    os.utime(old, (0, 0))
    rotate(ledger.path)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_backup_folder_that_is_a_file_is_reported(ledger: Ledger) -> None:
    backup_rotation.folder_of(ledger.path).write_text("x")
    with pytest.raises(LedgerError, match="没有写成"):
        daily(ledger.path, now=TODAY)


def test_a_year_of_days_leaves_seven_days_four_weeks_twelve_months() -> None:
    year = [TODAY - timedelta(days=days) for days in range(500)]
    kept = sorted(to_keep(year), reverse=True)
    assert kept[:7] == year[:7]
    assert len({at.isocalendar()[:2] for at in kept}) >= 4
    assert len({(at.year, at.month) for at in kept}) == 12
    # Some are the last of a day, a week and a month at once.
    assert len(kept) <= 7 + 4 + 12


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)), max_size=60))
def test_the_newest_is_always_kept_and_keeping_again_changes_nothing(
    moments: list[datetime],
) -> None:
    kept = to_keep(moments)
    assert kept <= set(moments)
    assert to_keep(sorted(kept)) == kept
    assert not moments or max(moments) in kept
    assert len(kept) <= 7 + 4 + 12


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_rotating_after_every_backup_keeps_what_rotating_at_the_end_keeps(gaps: list[int]) -> None:
    at, each, whole = TODAY, set[datetime](), []
    for gap in gaps:
        at += timedelta(days=gap, hours=1)
        whole.append(at)
        each = to_keep([*each, at])
    assert each == to_keep(whole)


def test_a_record_of_the_backup_is_the_one_that_was_saved(ledger: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "备份.sanyou"
    saved = ledger.save(Pledge(unit=UNIT, title="承诺", notes="𠮷😀")).record
    back_up(ledger.path, target)
    with Ledger.open(target, read_only=True) as copy:
        assert copy.get(saved.id) == replace(saved)
        assert copy.verify() == []
        assert [hit.id for hit in copy.search("𠮷")] == [saved.id]


def test_what_readers_leave_is_put_away_unless_somebody_writes(tmp_path: Path) -> None:
    path = tmp_path / "台账.sytz"
    Ledger.create(path, Unit(code="350300", name="莆田市")).close()
    with Ledger.open(path) as window:
        Ledger.open(path, read_only=True).close()
        put_away(path)
        window.save(Pledge(unit="350300", title="照常"))
    assert list(tmp_path.iterdir()) == [path]
    Ledger.open(path, read_only=True).close()
    assert len(list(tmp_path.iterdir())) > 1
    put_away(path)
    assert list(tmp_path.iterdir()) == [path]
    put_away(tmp_path / "没有.sytz")
