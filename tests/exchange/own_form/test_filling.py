"""A superior's form filled from records, as readers see it that did not write it."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet as Page

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.own_form.answers import Answers
from sanyou_desktop.exchange.own_form.filling import Filled, filled_form
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.record import Record
from tests.exchange.own_form.superior import FIRST, LAST, LAYOUT, SHEET, TOTAL, make_form
from tests.exchange.shared.strict import strict
from tests.exchange.shared.test_office import converted
from tests.exchange.stored import contents, stored

UNIT = "350300-01"
ANSWERS = Answers({UNIT: "莆田市机关事务管理局"}, UNIT, "2026年", date(2026, 7, 1), {})
LONG = "操作间台面有积水，排水沟盖板松动，" * 12


def findings(count: int) -> list[Record]:
    return [
        Draft.new(
            "finding",
            UNIT,
            title=f"第 {number} 个问题",
            raised_on=f"2026-03-{number:02}",
            due_on="2026-04-01",
            measure="=增设防滑垫" if number == 1 else "增设防滑垫",
            place="一号楼",
        ).accepted()
        for number in range(1, count + 1)
    ]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "上级台账.xlsx"
    make_form(path)
    return path


def fill(form: Path, records: Iterable[Record], *, replacing: bool = False) -> Filled:
    return filled_form(form.read_bytes(), form.name, LAYOUT, records, ANSWERS, replacing=replacing)


def page_of(filled: Filled) -> Page:
    return load_workbook(BytesIO(filled.content))[SHEET]


def column(page: Page, letter: str, first: int, last: int) -> list[object]:
    return [page[f"{letter}{row}"].value for row in range(first, last + 1)]


def test_what_the_form_keeps_for_itself_is_told(form: Path) -> None:
    book = load_workbook(form)
    page = book[SHEET]
    page[f"F{FIRST}"] = "=H2"
    page.merge_cells(f"H{FIRST}:H{FIRST + 1}")
    book.save(form)

    filled = fill(form, findings(3))
    assert filled.skipped == (f"F{FIRST}", f"H{FIRST + 1}")
    assert "有 2 格是公式或合并的格子，没有填写，请核对：F6、H7" in str(filled)
    assert page_of(filled)[f"F{FIRST}"].value == "=H2"


def test_a_name_that_means_the_cell_above_stays_the_cell_above(form: Path) -> None:
    book = load_workbook(form)
    # Both count from A1: the row above the first is the last one.
    book.defined_names["上一格"] = DefinedName("上一格", attr_text=f"{SHEET}!A1048576")
    book.defined_names["下十格"] = DefinedName("下十格", attr_text=f"{SHEET}!$B21")
    book.save(form)

    names = load_workbook(BytesIO(fill(form, findings(8)).content)).defined_names
    assert names["上一格"].value == f"{SHEET}!A1048576"
    assert names["下十格"].value == f"{SHEET}!$B21"
    assert names["合计格"].value == f"{SHEET}!$I${TOTAL + 3}"


def test_a_chart_on_a_sheet_of_its_own_shows_the_rows_that_were_made(form: Path) -> None:
    book = load_workbook(form)
    chart = BarChart()
    chart.add_data(Reference(book[SHEET], min_col=9, min_row=FIRST, max_row=LAST))
    book.create_chartsheet("图").add_chart(chart)
    book.save(form)

    parts = contents(fill(form, findings(8)).content)
    shown = [part for name, part in parts.items() if name.startswith("xl/charts/chart")]
    assert shown
    assert all(f"$I${FIRST}:$I${LAST + 3}</".encode() in part for part in shown)


def test_records_fill_the_empty_rows(form: Path) -> None:
    page = page_of(fill(form, findings(3)))

    assert column(page, "A", FIRST, LAST) == [1, 2, 3, None, None]
    assert column(page, "C", FIRST, LAST)[:3] == ["第 1 个问题", "第 2 个问题", "第 3 个问题"]
    assert page[f"D{FIRST}"].value == datetime(2026, 3, 1)
    assert page[f"D{FIRST}"].number_format == "yyyy.m.d"
    assert column(page, "B", FIRST, FIRST) == ["莆田市机关事务管理局"]


def test_the_lines_above_the_table_are_answered(form: Path) -> None:
    page = page_of(fill(form, findings(1)))

    assert page["A2"].value == "填报单位：莆田市机关事务管理局"
    assert page["H2"].value == "2026年7月1日"
    assert page["A3"].value == "期间：2026年"


def test_text_stays_text(form: Path) -> None:
    cell = page_of(fill(form, findings(1)))[f"F{FIRST}"]

    assert (cell.value, cell.data_type) == ("=增设防滑垫", "s")


def test_formulas_of_the_form_stay(form: Path) -> None:
    page = page_of(fill(form, findings(2)))

    assert page[f"I{FIRST}"].value == f'=IF(G{FIRST}="","",G{FIRST}-D{FIRST})'
    assert page[f"I{TOTAL}"].value == f"=SUM(I{FIRST}:I{LAST})"


def test_rows_are_made_where_they_do_not_suffice(form: Path) -> None:
    filled = fill(form, findings(12))
    page = page_of(filled)
    last = LAST + 7

    assert (filled.rows, filled.inserted) == (12, 7)
    assert column(page, "A", FIRST, last) == list(range(1, 13))
    assert page[f"I{last}"].value == f'=IF(G{last}="","",G{last}-D{last})'
    assert page[f"I{TOTAL + 7}"].value == f"=SUM(I{FIRST}:I{last})"
    assert page[f"A{TOTAL + 7}"].value == "合计"
    assert page[f"A{TOTAL + 9}"].value == "填表人："


def test_what_lies_below_moves_along(form: Path) -> None:
    filled = fill(form, findings(12))
    book = load_workbook(BytesIO(filled.content))
    page = book[SHEET]
    last, total = LAST + 7, TOTAL + 7

    assert {f"A{total}:B{total}", f"A{total + 1}:I{total + 1}", "A1:I1"} <= {
        str(area) for area in page.merged_cells.ranges
    }
    assert [str(rule.sqref) for rule in page.conditional_formatting] == [f"I{FIRST}:I{last}"]
    assert [str(rule.sqref) for rule in page.data_validations.dataValidation] == [
        f"E{FIRST}:E{last}"
    ]
    assert page[f"I{total}"].comment.text.strip() == "由表中自动计算"
    assert page.print_area == f"'{SHEET}'!$A$1:$I${total + 3}"
    assert page.print_title_rows == "$1:$5"
    assert book.defined_names["问题区"].value == f"{SHEET}!$A${FIRST}:$I${last}"
    assert book.defined_names["合计格"].value == f"{SHEET}!$I${total}"
    assert book["汇总"]["A1"].value == f"={SHEET}!I{total}"
    assert book["汇总"]["A2"].value == f"=COUNTA({SHEET}!C{FIRST}:C{last})"


def test_charts_and_pictures_move_along(form: Path) -> None:
    filled = fill(form, findings(12))
    with zipfile.ZipFile(BytesIO(filled.content)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    with zipfile.ZipFile(form) as archive:
        before = archive.read("xl/drawings/drawing1.xml").decode()

    assert f"{SHEET}!$I${FIRST}:$I${LAST + 7}" in chart
    rows = [int(row) for row in re.findall("<xdr:row>([0-9]+)", before)]
    assert [int(row) for row in re.findall("<xdr:row>([0-9]+)", drawing)] == [
        row + 7 for row in rows
    ]


def test_parts_that_say_nothing_of_rows_keep_their_bytes(form: Path) -> None:
    before = stored(form.read_bytes())

    after = stored(fill(form, findings(12)).content)

    changed = {name for name in before if before[name] != after.get(name)}
    assert changed <= {
        "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml",
        "xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml",
        "xl/comments1.xml",
    }  # fmt: skip
    assert list(after) == list(before)


def test_only_the_sheet_changes_where_rows_suffice(form: Path) -> None:
    before = stored(form.read_bytes())

    after = stored(fill(form, findings(2)).content)

    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_rows_that_somebody_filled_are_kept(form: Path) -> None:
    once = fill(form, findings(2))
    form.write_bytes(once.content)

    page = page_of(fill(form, findings(3)))

    assert column(page, "C", FIRST, LAST) == [
        "第 1 个问题", "第 2 个问题", "第 1 个问题", "第 2 个问题", "第 3 个问题",
    ]  # fmt: skip
    assert column(page, "A", FIRST, LAST) == [1, 2, 3, 4, 5]


def test_rows_of_a_former_filling_are_written_over_when_asked(form: Path) -> None:
    form.write_bytes(fill(form, findings(4)).content)

    page = page_of(fill(form, findings(2), replacing=True))

    assert column(page, "C", FIRST, LAST) == ["第 1 个问题", "第 2 个问题", None, None, None]
    assert column(page, "A", FIRST, LAST) == [1, 2, None, None, None]
    assert page["A2"].value == "填报单位：莆田市机关事务管理局"


def test_filling_again_the_same_changes_nothing(form: Path) -> None:
    once = fill(form, findings(4))
    form.write_bytes(once.content)

    again = fill(form, findings(4), replacing=True)

    assert again.content == once.content


def test_a_row_grows_with_its_text_and_no_text_is_cut(form: Path) -> None:
    long = replace(findings(1)[0], title=LONG)

    page = page_of(fill(form, [long]))

    assert page[f"C{FIRST}"].value == LONG
    assert page.row_dimensions[FIRST].height > 200
    assert page.row_dimensions[FIRST + 1].height == 24


def test_a_word_that_the_form_does_not_offer_is_said(form: Path) -> None:
    book = load_workbook(form)
    (rule,) = book[SHEET].data_validations.dataValidation
    rule.formula1 = '"甲类,乙类"'
    book.save(form)

    filled = fill(form, findings(1))

    assert filled.refused == (f"E{FIRST}「待整改」（可选：甲类、乙类）",)
    assert "不在该格规定的选项中" in str(filled)


def test_a_word_of_the_form_is_written_that_is_true_as_well(form: Path) -> None:
    filled = fill(form, findings(2))

    assert column(page_of(filled), "E", FIRST, FIRST + 1) == ["未整改", "未整改"]
    assert filled.reworded == ("「待整改」写作「未整改」2 格",)
    assert "按表中规定的选项改写：「待整改」写作「未整改」2 格。" in str(filled)


def test_a_form_without_the_sheet_is_refused(form: Path) -> None:
    layout = replace(LAYOUT, sheet="别的表")

    with pytest.raises(Unsupported, match="没有「别的表」这张表"):
        filled_form(form.read_bytes(), form.name, layout, findings(1), ANSWERS)


def test_a_form_with_nothing_below_its_header_takes_any_number(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    path = tmp_path / "空表.xlsx"
    with Workbook(str(path)) as book:
        page = book.add_worksheet(SHEET)
        page.write_row(LAYOUT.header_row - 1, 0, ["序号", "单位", "问题"])

    filled = fill(path, findings(30))

    assert (filled.rows, filled.inserted) == (30, 0)
    assert column(page_of(filled), "C", FIRST, FIRST + 29)[-1] == "第 30 个问题"


@pytest.mark.office
@pytest.mark.slow
def test_an_office_program_computes_the_totals_of_all_rows(form: Path, tmp_path: Path) -> None:
    folder = tmp_path / "转换"
    folder.mkdir()
    path = tmp_path / "已填.xlsx"
    path.write_bytes(fill(form, findings(12)).content)

    sheet = converted(path, "csv:Text - txt - csv (StarCalc):44,34,76,1", folder)

    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    total = next(row for row in rows if row[0] == "合计")
    days = sum((date(2026, 4, 1) - date(2026, 3, day)).days for day in range(1, 13))
    assert total[8] == str(days)


def test_a_form_in_strict_open_xml_is_filled_alike(form: Path) -> None:
    usual = fill(form, findings(8)).content
    form.write_bytes(strict(form.read_bytes()))
    assert contents(fill(form, findings(8)).content) == contents(strict(usual))
