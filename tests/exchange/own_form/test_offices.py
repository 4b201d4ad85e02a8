"""Forms as offices send them, filled from a ledger and read back by the program itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet as Page

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.own_form.filling import Filled
from sanyou_desktop.exchange.own_form.from_ledger import SheetToFill, Wanted, fill
from sanyou_desktop.exchange.own_form.looking import Form
from sanyou_desktop.exchange.tables.importing import look_at
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import State
from tests.exchange.own_form import offices
from tests.exchange.own_form.conftest import COUNT, OWN, TODAY
from tests.exchange.tables.clerk import take


def filled(ledger: Ledger, path: Path) -> tuple[Page, Filled, Path]:
    """Fill a form as it is guessed, and return its sheet, what was told of it, and where it is."""
    form = Form(path)
    out = path.with_name("已填.xlsx")
    layout = form.look("报表").layout
    told = fill(ledger, form, [SheetToFill(layout)], out, Wanted())
    return load_workbook(out)["报表"], told.filled["报表"], out


def column(page: Page, letter: str, first: int, last: int) -> list[object]:
    return [page[f"{letter}{row}"].value for row in range(first, last + 1)]


def counted(ledger: Ledger, path: Path) -> dict[State, int]:
    return dict(look_at(ledger, path).preview.counts)


def test_several_labels_in_one_cell_are_answered_and_the_others_left_free(
    ledger: Ledger, tmp_path: Path
) -> None:
    page, _told, _out = filled(ledger, offices.rectification(tmp_path / "表.xlsx"))

    line = str(page["A2"].value)
    assert line.startswith("填报单位（盖章）：莆田市机关事务管理局    填报人：      联系电话：")
    assert "联系电话：0594-2281234    填报日期：" in line
    assert line.endswith(f"填报日期：{TODAY}")


def test_signatures_below_the_table_are_neither_rows_nor_written_over(
    ledger: Ledger, tmp_path: Path
) -> None:
    page, told, _out = filled(ledger, offices.rectification(tmp_path / "表.xlsx"))
    below = 11 + COUNT - 5

    assert (told.rows, told.inserted) == (COUNT, COUNT - 5)
    assert page[f"A{below}"].value == "主要负责人签字："
    assert page[f"G{below}"].value == f"填报时间：{TODAY}"
    assert page.print_area == f"'报表'!$A$1:$H${below}"


def test_the_last_round_says_what_was_done_and_when(ledger: Ledger, tmp_path: Path) -> None:
    page, told, _out = filled(ledger, offices.rectification(tmp_path / "表.xlsx"))

    assert page["F6"].value.date() == date(2026, 3, 1)
    # Not 3/1/2026 on one machine and 2026/3/1 on another.
    assert page["F6"].number_format == r"yyyy\-mm\-dd"
    assert column(page, "H", 6, 8) == ["是", "是", "否"]
    # The form lists words in place of what was done.
    assert column(page, "G", 6, 8) == ["已完成", "已完成", "未完成"]
    assert told.refused == ()
    assert told.reworded == ("「整改情况」写作「已完成」8 格", "「整改情况」写作「未完成」4 格")


def test_a_word_of_the_form_stands_for_a_nearer_one_of_the_ledger(
    ledger: Ledger, tmp_path: Path
) -> None:
    page, told, _out = filled(ledger, offices.hidden_dangers(tmp_path / "表.xlsx"))

    assert column(page, "F", 4, 6) == ["已整改", "已整改", "未整改"]
    assert column(page, "D", 4, 5) == ["较大", "较大"]
    assert told.refused == ()


def test_a_table_with_nothing_below_grows_like_its_last_row(ledger: Ledger, tmp_path: Path) -> None:
    page, told, _out = filled(ledger, offices.hidden_dangers(tmp_path / "表.xlsx"))
    last = 3 + COUNT

    assert told.inserted == 0
    assert page[f"B{last}"].border.bottom.style == "thin"
    assert page[f"B{last}"].protection.locked is False
    assert page[f"H{last}"].value == "=ROW()-3"
    assert page.row_dimensions[last].height >= 30
    assert [str(rule.sqref) for rule in page.data_validations.dataValidation] == [
        f"D4:D{last}", f"F4:F{last}"
    ]  # fmt: skip
    assert page.print_area == f"'报表'!$A$1:$H${last}"
    assert page.protection.sheet


def test_whom_to_ask_comes_from_the_unit(ledger: Ledger, tmp_path: Path) -> None:
    page, _told, _out = filled(ledger, offices.hidden_dangers(tmp_path / "表.xlsx"))

    assert (page["F2"].value, page["H2"].value) == ("林美华", "0594-2281234")


def test_sums_are_counted_as_the_form_counts_them_and_vague_ones_are_told(
    ledger: Ledger, tmp_path: Path
) -> None:
    page, told, _out = filled(ledger, offices.spending(tmp_path / "表.xlsx"))

    assert column(page, "E", 4, 7) == ["=SUM(E5:E8)", 38.6, "20多万元", 0.12]
    assert told.vague == ("E6",)
    assert "有 1 格的数是约数，照原文填写，表中的求和公式不计这些格：E6。" in str(told)


def test_sums_in_units_of_ten_thousand_are_read_as_such(ledger: Ledger, tmp_path: Path) -> None:
    page, _told, out = filled(ledger, offices.spending(tmp_path / "表.xlsx"))
    assert counted(ledger, out) == {State.UNCHANGED: 3}

    page["E7"] = 0.15
    offices.save(page, out)
    take(ledger, look_at(ledger, out))

    found = [one for one in ledger.records("activity") if isinstance(one, Activity)]
    shelf = next(one for one in found if one.title == "添置书架")
    assert shelf.amount is not None
    assert (shelf.amount.value, shelf.amount.as_written) == (Decimal(1500), "0.15万元")


def test_a_row_that_shows_how_to_fill_is_left_and_is_no_record(
    ledger: Ledger, tmp_path: Path
) -> None:
    page, _told, out = filled(ledger, offices.lists_of_three(tmp_path / "表.xlsx"))

    assert [page.cell(4, at).value for at in (1, 2)] == ["示例", "地面湿滑"]
    assert column(page, "A", 5, 6) == [1, 2]
    assert page["C5"].value == "更换灯管"
    assert counted(ledger, out) == {State.UNCHANGED: COUNT}


def test_totals_right_below_the_headers_are_not_written_over(
    ledger: Ledger, tmp_path: Path
) -> None:
    with pytest.raises(Unsupported, match="表头下面没有留空行"):
        filled(ledger, offices.no_room(tmp_path / "表.xlsx"))


@pytest.mark.parametrize("make", [offices.rectification, offices.hidden_dangers])
def test_a_form_without_titles_comes_back_as_the_records_that_it_was_filled_with(
    ledger: Ledger, tmp_path: Path, make: object
) -> None:
    assert callable(make)
    _page, _told, out = filled(ledger, make(tmp_path / "表.xlsx"))

    assert counted(ledger, out) == {State.UNCHANGED: COUNT}


def test_what_was_changed_of_the_last_round_leaves_the_others(
    ledger: Ledger, tmp_path: Path
) -> None:
    page, _told, out = filled(ledger, offices.lists_of_three(tmp_path / "表.xlsx"))
    page["E5"] = "已更换灯管并登记"
    offices.save(page, out)

    take(ledger, look_at(ledger, out))

    found = [one for one in ledger.records("finding") if isinstance(one, Finding)]
    (first,) = [one for one in found if one.title == "第 1 处灯不亮"]
    assert [one.rectification for one in first.rounds] == ["换过一次", "已更换灯管并登记"]
    assert [one.verdict for one in first.rounds] == ["failed", "passed"]


def test_the_same_words_with_all_else_different_are_another_problem(
    ledger: Ledger, tmp_path: Path
) -> None:
    page = offices.sheet(
        "问题清单",
        {"A3": "存在问题", "B3": "责任部门", "C3": "责任人", "D3": "整改措施"}
        | {"A4": "1 号楼灯不亮", "B4": "保卫科", "C4": "林美华", "D4": "巡查"},
    )

    assert counted(ledger, offices.save(page, tmp_path / "表.xlsx")) == {State.NEW: 1}


def test_two_tables_of_one_sheet_are_filled_in_one_go(ledger: Ledger, tmp_path: Path) -> None:
    form = Form(offices.monthly(tmp_path / "表.xlsx"))
    looks = form.looks("报表")
    assert [(look.head.kind, look.name) for look in looks] == [
        ("finding", "报表（第 4 行起）"), ("activity", "报表（第 8 行起）")
    ]  # fmt: skip
    assert all(look.is_likely for look in looks)

    out = tmp_path / "已填.xlsx"
    told = fill(ledger, form, [SheetToFill(look.layout) for look in looks], out, Wanted())

    page = load_workbook(out)["报表"]
    second = 7 + COUNT - 2
    assert page["A2"].value == "填报单位：莆田市机关事务管理局"
    assert column(page, "A", 5, 4 + COUNT) == list(range(1, COUNT + 1))
    assert page[f"A{second}"].value == "二、工作实绩"
    assert column(page, "B", second + 2, second + 4) == ["改造操作间", "更新音响", "添置书架"]
    assert page[f"F{second + 5}"].value == f"=SUM(E{second + 2}:E{second + 4})"
    assert page[f"A{second + 5}"].value == "填表人："
    assert [done.inserted for done in told.filled.values()] == [COUNT - 2, 1]


def test_of_two_tables_one_is_read_and_the_other_is_told(ledger: Ledger, tmp_path: Path) -> None:
    form = Form(offices.monthly(tmp_path / "表.xlsx"))
    out = tmp_path / "已填.xlsx"
    sheets = [SheetToFill(look.layout) for look in form.looks("报表")]
    fill(ledger, form, sheets, out, Wanted())

    preview = look_at(ledger, out).preview

    assert set(preview.counts) == {State.UNCHANGED}
    assert any("是另一张表（" in note for note in preview.notes)


def test_records_stand_among_the_lines_of_their_group(ledger: Ledger, tmp_path: Path) -> None:
    page, told, out = filled(ledger, offices.by_category(tmp_path / "表.xlsx"))

    assert (told.rows, told.inserted) == (3, 1)
    assert column(page, "C", 4, 8) == [None, None, "改造操作间", "更新音响", "添置书架"]
    assert column(page, "A", 6, 9) == [1, 2, 3, "合计"]
    assert "B6:B8" in {str(area) for area in page.merged_cells.ranges}
    assert page["D9"].value == "=SUM(D4:D8)"
    assert counted(ledger, out) == {State.UNCHANGED: 3}


def test_a_record_without_a_line_of_its_group_is_told(ledger: Ledger, tmp_path: Path) -> None:
    ledger.save(Draft.new("activity", OWN.code, title="评先", category="award").accepted())

    _page, told, _out = filled(ledger, offices.by_category(tmp_path / "表.xlsx"))

    assert told.unplaced == ("评先",)
    assert "有 1 条在表中没有对应的类别，没有填写：评先。" in str(told)


def test_a_table_of_counts_is_no_table_of_records(ledger: Ledger, tmp_path: Path) -> None:
    page = offices.sheet(
        "检查情况统计表",
        {
            "A3": "序号",
            "B3": "责任部门",
            "C3": "发现问题（个）",
            "D3": "整改措施（项）",
            "E3": "责任人",
        }
        | {"A4": "1", "B4": "保卫科"},
    )
    offices.boxed(page, "A3:E5")

    look = Form(offices.save(page, tmp_path / "表.xlsx")).look("报表")

    assert not look.is_likely
    assert {"description", "measure"}.isdisjoint(look.layout.columns.values())


def test_a_form_of_figures_is_not_read_as_records(ledger: Ledger, tmp_path: Path) -> None:
    page = offices.sheet(
        "统计表",
        {"A3": "序号", "B3": "指标名称", "C3": "数量", "D3": "备注"}
        | {"A4": "1", "B4": "发现问题", "C4": "12"},
    )

    with pytest.raises(Unsupported, match="没有找到记录"):
        look_at(ledger, offices.save(page, tmp_path / "表.xlsx"))


def test_the_pages_of_a_form_are_filled_one_after_the_other(ledger: Ledger, tmp_path: Path) -> None:
    page, told, out = filled(ledger, offices.paged(tmp_path / "表.xlsx"))

    assert (told.rows, told.inserted) == (COUNT, COUNT - 9)
    assert column(page, "A", 3, 6) == [1, 2, 3, "小计"]
    assert column(page, "A", 8, 11) == [4, 5, 6, "小计"]
    assert column(page, "A", 13, 19) == [7, 8, 9, 10, 11, 12, "小计"]
    assert [page[f"D{row}"].value for row in (6, 11, 19)] == [
        "=COUNTA(D3:D5)", "=COUNTA(D8:D10)", "=COUNTA(D13:D18)"
    ]  # fmt: skip
    assert [item.id for item in page.row_breaks.brk] == [6, 11, 19]
    assert counted(ledger, out) == {State.UNCHANGED: COUNT}


def test_pages_on_which_something_stands_are_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    path = offices.paged(tmp_path / "表.xlsx")
    book = load_workbook(path)
    book["报表"]["B8"] = "别人填的"
    book.save(path)

    page, told, _out = filled(ledger, path)

    assert told.inserted == COUNT - 3
    assert page[f"B{8 + COUNT - 3}"].value == "别人填的"
