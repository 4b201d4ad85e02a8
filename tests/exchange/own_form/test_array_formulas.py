"""Array formulas of a form whose rows do not suffice: they grow where that is right."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula
from xlsxwriter import Workbook

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.own_form.answers import Answers
from sanyou_desktop.exchange.own_form.filling import Filled, filled_form
from sanyou_desktop.exchange.own_form.layout import NUMBER, Layout
from sanyou_desktop.exchange.own_form.references import grows_evenly
from tests.exchange.own_form.test_filling import ANSWERS, findings
from tests.exchange.shared.test_office import converted

SHEET = "台账"
LAYOUT = Layout(SHEET, "finding", 1, {0: NUMBER, 1: "title", 2: "raised_on", 3: "due_on"})
assert isinstance(ANSWERS, Answers)


def made(path: Path, *arrays: tuple[str, str]) -> Path:
    """Make a form with rows 2 to 4 to fill and a total in row 5."""
    with Workbook(str(path)) as book:
        page = book.add_worksheet(SHEET)
        cell = book.add_format({"border": 1})
        for column, text in enumerate(("序号", "问题", "提出日期", "整改时限", "天数")):
            page.write_string(0, column, text)
            for row in (1, 2, 3):
                page.write_blank(row, column, None, cell)
        page.write_string(4, 0, "合计")
        for ref, formula in arrays:
            page.write_array_formula(ref, f"{{={formula}}}", cell)
    return path


def fill(form: Path, count: int) -> Filled:
    return filled_form(form.read_bytes(), form.name, LAYOUT, findings(count), ANSWERS)


def arrays_of(filled: Filled) -> dict[str, tuple[str, str]]:
    page = load_workbook(BytesIO(filled.content))[SHEET]
    return {
        cell.coordinate: (cell.value.ref, str(cell.value.text))
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, ArrayFormula)
    }


def test_one_of_all_rows_grows_with_them(tmp_path: Path) -> None:
    form = made(tmp_path / "表.xlsx", ("E2:E4", "D2:D4-C2:C4"))
    assert arrays_of(fill(form, 6)) == {"E2": ("E2:E7", "=D2:D7-C2:C7")}


def test_one_that_goes_on_below_the_rows_grows_in_its_middle(tmp_path: Path) -> None:
    form = made(tmp_path / "表.xlsx", ("E2:E5", 'IF(B2:B5="","",D2:D5-C2:C5+$G$1*0)'))
    found = arrays_of(fill(form, 6))
    assert found == {"E2": ("E2:E8", '=IF(B2:B8="","",D2:D8-C2:C8+$G$1*0)')}


def test_one_of_each_row_is_there_in_every_new_row(tmp_path: Path) -> None:
    each = [(f"E{row}", f"SUM(IF(D{row}>0,D{row}-C{row}))") for row in (2, 3, 4)]
    found = arrays_of(fill(made(tmp_path / "表.xlsx", *each), 6))
    assert found == {
        f"E{row}": (f"E{row}", f"=SUM(IF(D{row}>0,D{row}-C{row}))") for row in range(2, 8)
    }


@pytest.mark.parametrize(
    "formula", ["TRANSPOSE(G1:J1)", "别的!A1:A4", "ROW(1:4)", "名称*1", "INDEX(D2:D5,C2:C5)"]
)
def test_one_that_does_not_compute_row_by_row_is_refused(tmp_path: Path, formula: str) -> None:
    form = made(tmp_path / "表.xlsx", ("E2:E5", formula))
    before = form.read_bytes()
    with pytest.raises(Unsupported, match="第 2 行有数组公式，它不是逐行计算的"):
        fill(form, 6)
    assert form.read_bytes() == before
    # Where the rows suffice, it stays as it was sent.
    assert list(arrays_of(fill(form, 3))) == ["E2"]


def test_no_part_of_an_array_is_written_over(tmp_path: Path) -> None:
    form = made(tmp_path / "表.xlsx", ("D2:D4", "C2:C4+30"))
    filled = fill(form, 3)
    page = load_workbook(BytesIO(filled.content))[SHEET]
    assert page["D3"].value in (None, 0)
    assert arrays_of(filled) == {"D2": ("D2:D4", "=C2:C4+30")}


@pytest.mark.parametrize(
    ("formula", "grows"),
    [
        ("C2:C5*D2:D5", True),
        ("台账!C2:C5*TRUE", True),
        ("SUM(C2:C5)*D2:D5/C1", True),
        ('IF(C2:C5="C1:C9",D2:D5)', True),
        ("C2:C6", False),
        ("别的!C2:C5", False),
        ("[1]台账!C2:C5", False),
        ("台账[天数]", False),
        ('INDIRECT("C2:C5")+D2:D5', False),
        ("C1*2", False),
    ],
)
def test_what_computes_row_by_row(formula: str, grows: bool) -> None:
    assert grows_evenly(formula, "台账", 2, 5) == grows


@pytest.mark.office
def test_an_office_program_computes_the_new_rows(tmp_path: Path) -> None:
    each = [(f"F{row}", f"SUM(D{row}-C{row})") for row in (2, 3, 4)]
    form = made(tmp_path / "表.xlsx", ("E2:E5", 'IF(B2:B5="",0,D2:D5-C2:C5)'), *each)
    out = tmp_path / "填好.xlsx"
    out.write_bytes(fill(form, 6).content)
    folder = tmp_path / "转换"
    folder.mkdir()
    shown = converted(out, "csv:Text - txt - csv (StarCalc):44,34,76,1", folder)
    with shown.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    # The first of April less the first to the sixth of March.
    days = [str(31 - number) for number in range(6)]
    assert [row[4] for row in rows[1:8]] == [*days, "0"]
    assert [row[5] for row in rows[1:7]] == days
