"""Records that no program of ours can have written, or that cannot be taken back: lines, no ends.

One such record is named with the reason; the others of the report are taken.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import pytest
from openpyxl import Workbook

from sanyou_desktop.exchange.register import Manifest, RegisterRow
from sanyou_desktop.model.incoming import State
from tests.exchange.rollup.conftest import MakeUnit, Reporter, saved_again


def sealed_anew(change: Callable[[Sequence[Any]], None]) -> Callable[[Workbook], None]:
    """Return what changes rows of the register and seals it again, as only malice would."""

    def forge(book: Workbook) -> None:
        sheet, manifest, sealed = book["_meta"], Manifest(), False
        for row in sheet.iter_rows():
            if sealed and row[0].value:
                change(row)
                manifest.add(RegisterRow.from_cells([cell.value for cell in row]))
            sealed = sealed or not row[0].value
        (seal,) = [row[1] for row in sheet.iter_rows() if row[0].value == "manifest"]
        seal.value = manifest.text()

    return forge


def replacing(old: str, new: str) -> Callable[[Sequence[Any]], None]:
    def change(row: Sequence[Any]) -> None:
        if "坏记录" in str(row[6].value):
            assert old in str(row[6].value)
            row[6].value = str(row[6].value).replace(old, new)

    return change


def of_revision(text: str) -> Callable[[Sequence[Any]], None]:
    def change(row: Sequence[Any]) -> None:
        if "坏记录" in str(row[6].value):
            row[2].value = text

    return change


@pytest.mark.parametrize(
    "change",
    [
        replacing('"clauses":[]', '"clauses":5'),
        replacing('"person":""', '"person":"\\ud800"'),
        of_revision("1e300"),
    ],
)
def test_a_record_that_no_program_wrote_is_invalid_and_the_others_are_taken(
    superior: Reporter, county: Reporter, change: Callable[[Sequence[Any]], None]
) -> None:
    county.add("pledge")
    county.add("pledge", title="坏记录")
    found = superior.roll_up(saved_again(county.report(), sealed_anew(change)))
    (row,) = found.preview.of(State.INVALID)
    assert (row.place.sheet, row.place.cell) == ("承诺", "5")
    assert "读不出来" in str(row.faults[0])
    assert found.preview.counts[State.NEW] == 2
    assert [one.title for one in superior.ledger.records("pledge")] == ["车辆接待承诺"]
    assert superior.ledger.verify() == []


def test_a_number_too_great_to_be_kept_is_invalid_and_the_others_are_taken(
    superior: Reporter, county: Reporter
) -> None:
    county.add("survey", title="好记录", distributed=3)
    county.add("survey", title="坏记录", distributed=3)
    change = replacing('"distributed":3', '"distributed":99999999999999999999')
    found = superior.roll_up(saved_again(county.report(), sealed_anew(change)))
    assert [row.title for row in found.preview.of(State.INVALID)] == ["坏记录"]
    assert [one.title for one in superior.ledger.records("survey")] == ["好记录"]
    assert superior.ledger.verify() == []


@pytest.mark.parametrize(("first", "last"), [("2026-12", "2026-01"), ("去年", ""), ("XXXX-05", "")])
def test_a_report_of_an_impossible_period_is_left_out_and_the_others_are_taken(
    superior: Reporter, county: Reporter, unit: MakeUnit, first: str, last: str
) -> None:
    county.add("pledge")
    other = unit("350700", "南平市机关事务管理局")

    def mark(book: Workbook) -> None:
        for row in book["_meta"].iter_rows(max_row=20):
            ends = {"first": first, "last": last}
            if row[0].value in ends:
                row[1].value = ends[str(row[0].value)]

    found = superior.roll_up(saved_again(county.report(), mark), other.report())
    assert [file.unit for file in found.files] == ["350700"]
    (left,) = found.preview.left_out
    assert "期间" in left.reason
    assert list(superior.ledger.records("pledge")) == []


def test_a_withdrawal_that_a_rule_forbids_is_told_of_and_the_others_are_taken(
    superior: Reporter, county: Reporter
) -> None:
    stuck, gone = county.add("pledge", title="坏记录"), county.add("pledge")
    superior.roll_up(county.report())
    # A ledger of an older program may hold what a rule of today forbids.
    with closing(sqlite3.connect(superior.ledger.path)) as conn, conn:
        for sql in ("UPDATE record SET title = ''", "UPDATE pledge SET title = ''"):
            conn.execute(f"{sql} WHERE id = ?", (stuck.id,))
        at = "json_set(content, '$.title', '')"
        conn.execute("DROP TRIGGER history_no_update")
        conn.execute(f"UPDATE history SET content = {at} WHERE record_id = ?", (stuck.id,))
    county.ledger.delete([stuck.id, gone.id])
    new = county.add("pledge", title="新承诺")
    found = superior.roll_up(county.report())
    (row,) = found.preview.of(State.INVALID)
    assert row.id == stuck.id
    assert "标题" in str(row.faults[0])
    assert [one.id for one in found.preview.of(State.WITHDRAWN)] == [gone.id]
    assert superior.ledger.get(new.id) is not None
