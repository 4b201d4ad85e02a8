"""The log of what left the ledger: it only grows, names every record, and can be compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.ledger.backup_noted import back_up_to
from sanyou_desktop.ledger.errors import LedgerReadOnly
from sanyou_desktop.ledger.exports import Outgoing, note_beside
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", Unit(code="350300", name="莆田")) as ledger:
        yield ledger


def outgoing(rows: dict[str, int], target: str = "甲.xlsx", way: str = "report") -> Outgoing:
    made = Outgoing(way, target, {"first": "2026"}, result="共若干条")
    for record_id, revision in rows.items():
        made.add(record_id, revision)
    return made


def test_a_line_says_what_when_where_to_and_which_rows(ledger: Ledger) -> None:
    rows = {f"id{number}": number for number in range(25_000)}
    ledger.exports.note(outgoing(rows))
    (line,) = ledger.exports.lines()
    assert (line.way, line.target, line.records, line.confidential) == (
        "report", "甲.xlsx", 25_000, 0,
    )  # fmt: skip
    assert line.options == {"first": "2026"}
    assert line.result == "共若干条"
    assert line.at.startswith("20")
    assert ledger.exports.held(line.seq) == rows


def test_two_exports_to_one_place_are_compared(ledger: Ledger) -> None:
    for rows, target in (
        ({"a": 1, "b": 1, "c": 1}, "甲.xlsx"),
        ({"z": 9}, "乙.xlsx"),
        ({"a": 1, "b": 2, "d": 1}, "甲.xlsx"),
    ):
        ledger.exports.note(outgoing(rows, target))
    ledger.exports.note(outgoing({"a": 1}, way="share"))
    found = ledger.exports.since_last(3)
    assert found.before is not None
    assert found.before.seq == 1
    assert (found.new, found.changed, found.gone, found.same) == (("d",), ("b",), ("c",), 1)
    assert ledger.exports.since_last(2).before is None
    assert ledger.exports.since_last(4).before is None


def test_of_many_papers_from_one_printer_the_same_one_is_compared(ledger: Ledger) -> None:
    for what, rows in (
        ("list:pledge", {"a": 1}),
        ("record:b", {"b": 1}),
        ("list:pledge", {"a": 2}),
    ):
        made = outgoing(rows, "打印机", way="print")
        made.options["what"] = what
        ledger.exports.note(made)
    found = ledger.exports.since_last(3)
    assert found.before is not None
    assert (found.before.seq, found.changed, found.gone) == (1, ("a",), ())
    assert ledger.exports.since_last(2).before is None


def test_a_backup_to_a_named_place_is_noted_and_compared_with_the_last_one(
    ledger: Ledger, tmp_path: Path
) -> None:
    first, second = (
        ledger.save(Pledge(unit=ledger.unit, title=title, confidential=mark)).record
        for title, mark in (("甲", ""), ("乙", "secret"))
    )
    ledger.exports.note(back_up_to(ledger.path, tmp_path / "一.sytz"))
    ledger.save(replace(first, notes="改过"))
    third = ledger.save(Pledge(unit=ledger.unit, title="丙")).record
    ledger.exports.note(back_up_to(ledger.path, tmp_path / "二.sytz"))
    line, _before = ledger.exports.lines()
    own = {unit.id: 1 for unit in ledger.units()}
    assert (line.way, line.records, line.confidential) == ("backup", 3 + len(own), 1)
    assert "有密级的 1 条" in line.result
    assert ledger.exports.held(line.seq) == {first.id: 2, second.id: 1, third.id: 1, **own}
    since = ledger.exports.since_last(line.seq)
    assert since.before is not None
    assert (since.new, since.changed, since.gone) == ((third.id,), (first.id,), ())
    # What came later is not in it.
    fourth = ledger.save(Pledge(unit=ledger.unit, title="丁")).record
    assert ledger.exports.with_records([fourth.id]) == []
    assert [left.line.target for left in ledger.exports.with_records([second.id])] == [
        str((tmp_path / name).resolve()) for name in ("二.sytz", "一.sytz")
    ]


@pytest.mark.parametrize("sql", ["DELETE FROM export_log", "UPDATE export_log SET target = ''"])
def test_the_log_only_grows(ledger: Ledger, sql: str) -> None:
    ledger.exports.note(outgoing({"a": 1}))
    with closing(sqlite3.connect(ledger.path)) as conn, pytest.raises(sqlite3.IntegrityError):
        conn.execute(sql)


def test_a_ledger_open_for_reading_notes_nothing(ledger: Ledger) -> None:
    with Ledger.open(ledger.path, read_only=True) as reader, pytest.raises(LedgerReadOnly):
        reader.exports.note(outgoing({"a": 1}))


def test_a_command_notes_beside_a_window(ledger: Ledger) -> None:
    assert note_beside(ledger.path, outgoing({"a": 1})) == ""
    assert [line.records for line in ledger.exports.lines()] == [1]
    assert ledger.verify() == []


def test_where_nothing_can_be_written_the_reason_is_told(ledger: Ledger, tmp_path: Path) -> None:
    with closing(sqlite3.connect(ledger.path)) as conn:
        conn.execute("PRAGMA user_version = 3000")
    assert note_beside(ledger.path, outgoing({"a": 1})) == "台账是更新版本的程序建立的，只能读取"
    other = tmp_path / "旧.sytz"
    sqlite3.connect(other).close()
    assert note_beside(other, outgoing({})) == "台账是旧格式，请先用窗口打开一次"
    assert note_beside(tmp_path / "没有" / "台账.sytz", outgoing({}))


def test_an_export_that_is_undone_by_nothing_offers_no_undo(ledger: Ledger) -> None:
    changes = ledger.exports.note(outgoing({"a": 1}))
    assert (changes.undo, changes.ids) == ("", frozenset())
