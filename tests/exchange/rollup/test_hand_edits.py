"""A report in which somebody typed after it was made: recognised, read back, or named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sanyou_desktop.exchange.columns import IDENTITY, columns_of
from sanyou_desktop.exchange.hand_edits import is_edited
from sanyou_desktop.exchange.register import RegisterRow
from sanyou_desktop.exchange.sheet import hash_of_texts
from sanyou_desktop.exchange.visible_rows import VisibleRow
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import Part, State
from sanyou_desktop.model.record import Record
from tests.exchange.rollup.conftest import Reporter

HEADER = 3


def edited(report: Path, change: Callable[[Workbook], None]) -> Path:
    """Return a copy that somebody opened, changed and saved."""
    book = load_workbook(report)
    change(book)
    copy = report.with_name(f"改-{report.name}")
    book.save(copy)
    return copy


def column(sheet: Worksheet, title: str) -> int:
    """Return the place (from 1) of the column with that header."""
    return [cell.value for cell in sheet[HEADER]].index(title) + 1


def put(sheet: Worksheet, row: int, title: str, value: object) -> str:
    """Type into a cell; return its address."""
    cell = sheet.cell(row, column(sheet, title))
    cell.value = value  # type: ignore[assignment] # what a person types
    return str(cell.coordinate)


@pytest.fixture
def finding(county: Reporter) -> Record:
    return county.add(
        "finding", title="油烟机未清洗", severity="minor", raised_on="2026-03-02", measure="擦洗",
        person="陈建国",
    )  # fmt: skip


def in_ledger(superior: Reporter, record: Record) -> Finding:
    found = superior.ledger.get(record.id)
    assert isinstance(found, Finding)
    return found


def test_simple_cells_are_read_as_changes_made_by_hand(
    superior: Reporter, county: Reporter, finding: Record
) -> None:
    superior.roll_up(county.report())
    cells: dict[str, str] = {}

    def change(book: Workbook) -> None:
        sheet = book["问题整改"]
        cells["measure"] = put(sheet, 4, "整改措施", "更换滤网")
        cells["severity"] = put(sheet, 4, "严重程度", "严重")
        cells["due_on"] = put(sheet, 4, "整改时限", datetime(2026, 4, 1))

    report = edited(county.report(), change)
    (row,) = superior.roll_up(report).preview.of(State.CHANGED)
    assert {one.part.key: (one.place and one.place.cell, one.by_hand) for one in row.changes} == {
        key: (cell, True) for key, cell in cells.items()
    }
    assert row.notes[0].startswith("改于表中：")
    taken = in_ledger(superior, finding)
    assert (taken.measure, taken.severity, taken.due_on) == (
        "更换滤网", "critical", PartialDate.parse("2026-04-01"),
    )  # fmt: skip
    assert set(superior.roll_up(report).preview.counts) == {State.UNCHANGED}


def test_a_row_edited_before_it_was_ever_taken_is_new_with_the_edit(
    superior: Reporter, county: Reporter, finding: Record
) -> None:
    report = edited(
        county.report(), lambda book: [put(book["问题整改"], 4, "责任人", "林芳")].clear()
    )
    (row,) = [one for one in superior.roll_up(report).preview.of(State.NEW) if one.notes]
    assert row.title == "油烟机未清洗"
    assert in_ledger(superior, finding).person == "林芳"


def test_an_edit_by_hand_outlives_the_units_next_report(
    superior: Reporter, county: Reporter, finding: Record
) -> None:
    superior.roll_up(
        edited(county.report(), lambda book: [put(book["问题整改"], 4, "责任人", "林芳")].clear())
    )
    county.change(finding.id, measure="更换滤网")
    superior.roll_up(county.report())
    taken = in_ledger(superior, finding)
    assert (taken.person, taken.measure) == ("林芳", "更换滤网")
    county.change(finding.id, person="周敏")
    (row,) = superior.roll_up(county.report()).preview.of(State.CONFLICTING)
    (change,) = row.changes
    assert (change.base, change.mine, change.theirs) == ("陈建国", "林芳", "周敏")


def test_a_decision_about_an_edit_by_hand_is_remembered(
    superior: Reporter, county: Reporter, finding: Record
) -> None:
    superior.roll_up(county.report())
    superior.change(finding.id, person="黄强")
    report = edited(
        county.report(), lambda book: [put(book["问题整改"], 4, "责任人", "林芳")].clear()
    )
    assert State.CONFLICTING in superior.roll_up(report).preview.counts
    superior.roll_up(report, choices={(county.code, finding.id, Part("person")): "mine"})
    county.change(finding.id, notes="补充")
    again = edited(
        county.report(), lambda book: [put(book["问题整改"], 4, "责任人", "林芳")].clear()
    )
    assert State.CONFLICTING not in superior.roll_up(again).preview.counts
    assert in_ledger(superior, finding).person == "黄强"


def test_what_cannot_be_read_back_is_named_and_the_rest_is_taken(
    superior: Reporter, county: Reporter
) -> None:
    rule = county.add("rule", title="车辆管理规定")
    made = county.add(
        "finding", title="油烟机未清洗", against=rule.id, raised_on="2026-03-02",
        rounds=[{"rectified_on": "2026-03-05", "by": "陈建国", "rectification": "已擦洗"}],
        status="rectifying",
    )  # fmt: skip
    cells: dict[str, str] = {}

    def change(book: Workbook) -> None:
        sheet = book["问题整改"]
        cells["rounds"] = put(sheet, 4, "整改过程", "1. 已更换")
        cells["against"] = put(sheet, 4, "违反的承诺或制度", "别的规定")
        cells["due_on"] = put(sheet, 4, "整改时限", "尽快")
        cells["severity"] = put(sheet, 4, "严重程度", "不得了")
        put(sheet, 4, "责任人", "林芳")

    report = edited(county.report(), change)
    for _time in range(2):
        (row,) = superior.roll_up(report).preview.of(State.INVALID)
        assert {fault.problem.field: fault.place.cell for fault in row.faults} == cells
        assert "没有「不得了」这个选项" in "".join(map(str, row.faults))
        taken = in_ledger(superior, made)
        assert (taken.person, taken.severity, taken.against) == ("林芳", "", rule.id)
        assert taken.rounds[0].rectification == "已擦洗"


def test_a_step_that_may_not_be_taken_is_not_taken_by_hand_either(
    superior: Reporter, county: Reporter, finding: Record
) -> None:
    report = edited(
        county.report(), lambda book: [put(book["问题整改"], 4, "状态", "已销号")].clear()
    )
    (row,) = superior.roll_up(report).preview.of(State.INVALID)
    assert row.faults[0].place.cell
    assert in_ledger(superior, finding).status == "open"


def test_rows_moved_and_columns_moved_are_no_edits(superior: Reporter, county: Reporter) -> None:
    for number in range(3):
        county.add("pledge", title=f"承诺 {number}", person=f"负责人 {number}")

    def change(book: Workbook) -> None:
        sheet = book["承诺"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(3, 6)]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(2)
        for place, row in enumerate([rows[0], *reversed(rows[1:])], start=4):
            for at, value in enumerate(reversed(row), start=1):
                sheet.cell(place, at).value = value

    found = superior.roll_up(edited(county.report(), change))
    assert set(found.preview.counts) == {State.NEW}
    assert found.preview.left_out == ()
    assert not any(row.notes for row in found.preview.rows)
    people = {one.title: one.person for one in superior.ledger.records("pledge")}
    assert people == {f"承诺 {number}": f"负责人 {number}" for number in range(3)}


def test_rows_added_by_hand_are_named_not_dropped(
    superior: Reporter, county: Reporter, finding: Record
) -> None:
    def change(book: Workbook) -> None:
        sheet = book["问题整改"]
        width = sheet.max_column
        sheet.insert_rows(5)
        put(sheet, 5, "标题", "手工添加的问题")
        sheet.insert_rows(6)
        for at in range(1, width + 1):
            sheet.cell(6, at).value = sheet.cell(4, at).value
        put(book["承诺"], 6, "标题", "手工添加的承诺")

    found = superior.roll_up(edited(county.report(), change))
    told = {(left.place.sheet, left.place.cell): left.reason for left in found.preview.left_out}
    assert "没有记录标识" in told["问题整改", "5"]
    assert "与第 4 行是同一条记录" in told["问题整改", "6"]
    assert "没有记录标识" in told["承诺", "6"]
    assert len(told) == 3
    assert [one.title for one in superior.ledger.records("finding")] == ["油烟机未清洗"]


def test_a_row_deleted_by_hand_is_named_and_not_taken(superior: Reporter, county: Reporter) -> None:
    county.add("pledge", title="留下的")
    county.add("pledge", title="删去的")
    gone = edited(county.report(), lambda book: book["承诺"].delete_rows(5))
    (row,) = superior.roll_up(gone).preview.of(State.INVALID)
    assert (row.title, "表中已删去这一行" in str(row.faults[0])) == ("删去的", True)
    assert [one.title for one in superior.ledger.records("pledge")] == ["留下的"]


def test_a_sheet_whose_headers_are_gone_is_taken_by_its_register(
    superior: Reporter, county: Reporter, finding: Record
) -> None:
    report = edited(county.report(), lambda book: book["问题整改"].delete_rows(3))
    found = superior.roll_up(report)
    assert State.INVALID not in found.preview.counts
    assert any("「问题整改」的表头被改动" in told for told in found.preview.notes)
    assert in_ledger(superior, finding).measure == "擦洗"


def test_a_report_of_a_program_that_knew_fewer_fields_is_not_taken_for_edited() -> None:
    keys = [one.key for one in columns_of("finding") if one.key not in (*IDENTITY, "concerns")]
    texts = {key: f"甲{place}" for place, key in enumerate(keys)}
    columns = {key: place for place, key in enumerate(keys)}
    made = RegisterRow("finding", "i", 1, hash_of_texts(list(texts.values())), "问题整改", 4, "{}")
    assert not is_edited(made, VisibleRow("问题整改", 4, texts, columns))
    typed = texts | {keys[3]: "乙"}
    assert is_edited(made, VisibleRow("问题整改", 4, typed, columns))
    # Nor is a column that somebody took out what an older program did not know.
    fewer = {key: place for key, place in columns.items() if key != keys[3]}
    without = {key: text for key, text in texts.items() if key != keys[3]}
    assert is_edited(made, VisibleRow("问题整改", 4, without, fewer))
