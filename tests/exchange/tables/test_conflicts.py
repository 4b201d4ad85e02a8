"""A table that comes back meets a ledger that went on: nothing newer is overwritten in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.tables.importing import FileLook, Wanted, look_at, look_at_grids
from sanyou_desktop.exchange.tables.reading import grid_of_text
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import Part, State
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.unit import Unit
from tests.exchange.tables.clerk import take

OWN = Unit(code="350300", name="莆田市机关事务管理局")
HEADERS = "编号\t标题\t责任人\t地点"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        yield ledger


@pytest.fixture
def record(ledger: Ledger) -> Finding:
    made = Finding(unit=OWN.code, number="W-1", title="灯不亮", person="张三", place="一楼")
    return saved(ledger, made)


def saved(ledger: Ledger, record: Finding) -> Finding:
    made = ledger.save(record).record
    assert isinstance(made, Finding)
    return made


def now(ledger: Ledger, record: Finding) -> Finding:
    found = ledger.get(record.id)
    assert isinstance(found, Finding)
    return found


def pasted(ledger: Ledger, person: str, place: str, *, blank_clears: bool = False) -> FileLook:
    text = f"{HEADERS}\nW-1\t灯不亮\t{person}\t{place}\n"
    wanted = Wanted("finding", blank_clears=blank_clears)
    return look_at_grids(ledger, [grid_of_text(text)], "粘贴", wanted)


def edited(report: Path, **cells: str) -> Path:
    """Type over cells of the one finding in a report."""
    book = load_workbook(report)
    page = book["问题整改"]
    header = [cell.value for cell in page[3]]
    for title, text in cells.items():
        page.cell(4, header.index(title) + 1).value = text
    book.save(report)
    return report


@pytest.fixture
def report(ledger: Ledger, record: Finding, tmp_path: Path) -> Path:
    assert record.id
    export_report(ledger, tmp_path / "上报.xlsx")
    return tmp_path / "上报.xlsx"


def only(look: FileLook, state: State) -> list[tuple[str, object, object, bool]]:
    (row,) = look.preview.of(state)
    return [(one.part.key, one.mine, one.theirs, one.undecided) for one in row.changes]


def test_one_field_changed_on_both_sides_is_a_conflict(
    ledger: Ledger, record: Finding, report: Path
) -> None:
    saved(ledger, replace(record, person="李四"))

    look = look_at(ledger, edited(report, 责任人="王五"))

    assert only(look, State.CONFLICTING) == [("person", "李四", "王五", True)]
    (change,) = look.preview.rows[0].changes
    assert str(change.place).startswith("上报.xlsx 问题整改 ")
    assert change.base == "张三"
    take(ledger, look)
    assert now(ledger, record).person == "李四"


@pytest.mark.parametrize(("side", "person"), [("mine", "李四"), ("theirs", "王五")])
def test_the_side_that_was_chosen_holds_and_is_not_asked_again(
    ledger: Ledger, record: Finding, report: Path, side: str, person: str
) -> None:
    saved(ledger, replace(record, person="李四"))
    look = look_at(ledger, edited(report, 责任人="王五"))

    take(ledger, look, {(record.id, Part("person")): side})

    assert now(ledger, record).person == person
    assert dict(look_at(ledger, report).preview.counts) == {State.UNCHANGED: 1}


def test_different_fields_merge(ledger: Ledger, record: Finding, report: Path) -> None:
    saved(ledger, replace(record, person="李四"))

    look = look_at(ledger, edited(report, 发现地点="二楼"))

    assert only(look, State.CHANGED) == [("place", "一楼", "二楼", False)]
    take(ledger, look)
    assert (now(ledger, record).person, now(ledger, record).place) == ("李四", "二楼")


def test_a_report_nobody_touched_takes_nothing_back(
    ledger: Ledger, record: Finding, report: Path
) -> None:
    saved(ledger, replace(record, person="李四"))

    look = look_at(ledger, report)

    assert dict(look.preview.counts) == {State.UNCHANGED: 1}
    assert look.preview.notes == ("有 1 行在台账中后来改过，表中没有再改的内容以台账为准。",)


def test_a_report_whose_register_was_tampered_with_is_compared_as_any_table(
    ledger: Ledger, record: Finding, report: Path
) -> None:
    saved(ledger, replace(record, person="李四"))
    book = load_workbook(report)
    page = book["_meta"]
    for (cell,) in page.iter_rows(min_col=7, max_col=7):
        cell.value = cell.value and str(cell.value).replace("张三", "李四")
    book.save(report)

    look = look_at(ledger, report)

    assert only(look, State.CHANGED) == [("person", "李四", "张三", False)]
    assert "登记表被改动过" in look.preview.notes[0]


def test_a_table_that_was_imported_before_is_merged_with_what_it_said_then(
    ledger: Ledger, record: Finding
) -> None:
    take(ledger, pasted(ledger, "李四", "一楼"))
    saved(ledger, replace(now(ledger, record), person="王五"))

    same = pasted(ledger, "李四", "一楼")
    other_field = pasted(ledger, "李四", "二楼")
    same_field = pasted(ledger, "赵六", "一楼")

    assert dict(same.preview.counts) == {State.UNCHANGED: 1}
    assert only(other_field, State.CHANGED) == [("place", "一楼", "二楼", False)]
    assert only(same_field, State.CONFLICTING) == [("person", "王五", "赵六", True)]


def test_a_table_never_seen_shows_every_difference_as_a_change(
    ledger: Ledger, record: Finding
) -> None:
    saved(ledger, replace(record, person="李四"))

    look = pasted(ledger, "张三", "一楼")

    assert only(look, State.CHANGED) == [("person", "李四", "张三", False)]


def test_a_column_that_was_added_does_not_make_a_table_unknown(
    ledger: Ledger, record: Finding
) -> None:
    take(ledger, pasted(ledger, "李四", "一楼"))
    saved(ledger, replace(now(ledger, record), person="王五"))
    text = f"{HEADERS}\t备注\nW-1\t灯不亮\t李四\t一楼\t已催办\n"

    look = look_at_grids(ledger, [grid_of_text(text)], "粘贴", Wanted("finding"))

    assert only(look, State.CHANGED) == [("notes", "", "已催办", False)]


def test_an_undecided_conflict_comes_again(ledger: Ledger, record: Finding) -> None:
    take(ledger, pasted(ledger, "李四", "一楼"))
    saved(ledger, replace(now(ledger, record), person="王五"))
    take(ledger, pasted(ledger, "赵六", "三楼"))

    again = pasted(ledger, "赵六", "三楼")

    assert now(ledger, record).place == "三楼"
    assert only(again, State.CONFLICTING) == [("person", "王五", "赵六", True)]


def test_an_import_that_was_taken_back_can_be_done_again(ledger: Ledger, record: Finding) -> None:
    changes = take(ledger, pasted(ledger, "李四", "一楼"))
    ledger.undo(changes.token)

    again = pasted(ledger, "李四", "一楼")

    assert only(again, State.CHANGED) == [("person", "张三", "李四", False)]
    take(ledger, again)
    assert now(ledger, record).person == "李四"


def test_a_decision_is_taken_back_with_its_import(
    ledger: Ledger, record: Finding, report: Path
) -> None:
    saved(ledger, replace(record, person="李四"))
    look = look_at(ledger, edited(report, 责任人="王五", 发现地点="二楼"))
    changes = take(ledger, look, {(record.id, Part("person")): "mine"})

    ledger.undo(changes.token)

    again = look_at(ledger, report)
    assert ("person", "李四", "王五", True) in only(again, State.CONFLICTING)


def test_decisions_that_do_not_fit_together_are_told(ledger: Ledger, tmp_path: Path) -> None:
    made = saved(ledger, Finding(unit=OWN.code, title="灯不亮", status="open"))
    export_report(ledger, tmp_path / "上报.xlsx")
    saved(ledger, replace(made, status="rectifying"))

    look = look_at(ledger, edited(tmp_path / "上报.xlsx", 状态="已销号"))

    (row,) = look.preview.of(State.CONFLICTING)
    choices = {(made.id, Part("status")): "theirs"}
    (unfit,) = look.decided(choices)[1]
    assert row.id == unfit.id
    assert "复查" in str(unfit.faults[0])
    assert look.decided({(made.id, Part("status")): "mine"})[1] == []


def test_rows_inside_a_record_meet_cell_by_cell(ledger: Ledger, tmp_path: Path) -> None:
    clauses = (Clause(key="a", text="态度和蔼"), Clause(key="b", text="答复及时"))
    made = ledger.save(Pledge(unit=OWN.code, number="C-1", title="四心", clauses=clauses)).record
    assert isinstance(made, Pledge)

    def look(*lines: str) -> FileLook:
        text = '编号\t标题\t承诺条款\nC-1\t四心\t"{}"\n'.format("\n".join(lines))
        return look_at_grids(ledger, [grid_of_text(text)], "粘贴", Wanted("pledge"))

    take(ledger, look("态度和蔼", "答复及时", "上门服务"))
    before = ledger.get(made.id)
    assert isinstance(before, Pledge)
    newer = replace(before.clauses[0], standard="微笑")
    ledger.save(replace(before, clauses=(newer, *before.clauses[1:])))

    take(ledger, look("态度和蔼", "上门服务"))

    after = ledger.get(made.id)
    assert isinstance(after, Pledge)
    told = [(one.text, one.standard) for one in after.clauses]
    assert told == [("态度和蔼", "微笑"), ("上门服务", "")]


def test_an_empty_cell_empties_nothing_unless_that_is_wanted(
    ledger: Ledger, record: Finding
) -> None:
    assert dict(pasted(ledger, "", "一楼").preview.counts) == {State.UNCHANGED: 1}

    look = pasted(ledger, "", "一楼", blank_clears=True)

    assert only(look, State.CHANGED) == [("person", "张三", "", False)]
    take(ledger, look)
    assert now(ledger, record).person == ""


def test_a_foreign_report_that_comes_twice_is_the_same_records(
    ledger: Ledger, tmp_path: Path
) -> None:
    other = Unit(code="350783", name="建瓯市机关事务管理局")
    ledger.save(replace(other, unit=OWN.code))
    with Ledger.create(tmp_path / "别处.sytz", other) as there:
        there.save(Finding(unit=other.code, title="灯不亮"))
        export_report(there, tmp_path / "别处.xlsx")

    take(ledger, look_at(ledger, tmp_path / "别处.xlsx"))

    assert [one.unit for one in ledger.records("finding")] == [other.code]
    again = look_at(ledger, tmp_path / "别处.xlsx")
    assert dict(again.preview.counts) == {State.UNCHANGED: 1}
