"""Words that a form does not offer are told, wherever its lists stand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenWorkbook
from openpyxl.worksheet.datavalidation import DataValidation
from xlsxwriter import Workbook

from sanyou_desktop.exchange.own_form.filling import Filled, filled_form
from sanyou_desktop.exchange.own_form.layout import NUMBER, Layout
from tests.exchange.own_form.test_filling import ANSWERS, findings
from tests.exchange.stored import contents

SHEET = "台账"
LAYOUT = Layout(SHEET, "finding", 1, {0: NUMBER, 1: "title", 2: "status"})
OFFERED = ("甲类", "乙类", "丙类")


def made(path: Path, source: str, offered: tuple[str, ...] = OFFERED) -> Path:
    """Make a form whose statuses are chosen from ``source``."""
    with Workbook(str(path)) as book:
        page, lists = book.add_worksheet(SHEET), book.add_worksheet("选项 表")
        for column, text in enumerate(("序号", "问题", "整改情况")):
            page.write_string(0, column, text)
        for row, text in enumerate(offered):
            lists.write_string(row, 0, text)
            page.write_string(0, 10 + row, text)
        book.define_name("整改状态", "='选项 表'!$A$1:$A$3")
        book.define_name("又一名", "=整改状态")
        book.define_name("台账!本表状态", "=台账!$K$1:$M$1")
        page.data_validation(1, 2, 9, 2, {"validate": "list", "source": source})
    return path


def fill(form: Path) -> Filled:
    return filled_form(form.read_bytes(), form.name, LAYOUT, findings(2), ANSWERS)


@pytest.mark.parametrize(
    "source",
    [
        "='选项 表'!$A$1:$A$3", "='选项 表'!$A:$A", "=整改状态", "=又一名", "=本表状态",
        "=$K$1:$M$1", "=台账!$K$1:$M$1",
    ],
)  # fmt: skip
def test_a_list_of_cells_or_a_name_is_looked_up(tmp_path: Path, source: str) -> None:
    told = "（可选：甲类、乙类、丙类）"
    filled = fill(made(tmp_path / "表.xlsx", source))
    assert filled.refused == (f"C2「待整改」{told}", f"C3「待整改」{told}")
    assert filled.unknown == ()
    offered = ("待整改", *OFFERED[1:])
    assert fill(made(tmp_path / "表.xlsx", source, offered)).refused == ()


def test_a_list_beside_each_row_is_that_of_the_row(tmp_path: Path) -> None:
    book = OpenWorkbook()
    page = book.active
    assert page is not None
    page.title = SHEET
    page.append(["序号", "问题", "整改情况"])
    page["K2"], page["L2"], page["K3"], page["L3"] = "待整改", "其他", "甲类", "其他"
    rule = DataValidation(type="list", formula1="=$K2:$L2")
    rule.add("C2:C9")
    page.add_data_validation(rule)
    path = tmp_path / "表.xlsx"
    book.save(path)
    assert fill(path).refused == ("C3「待整改」（可选：甲类、其他）",)


@pytest.mark.parametrize(
    "source", ['=INDIRECT("选项")', "=OFFSET($K$1,0,0,1,3)", "=没有的名称", "=没有的表!$A$1:$A$3"]
)
def test_a_list_that_is_computed_is_said_not_to_be_looked_at(tmp_path: Path, source: str) -> None:
    filled = fill(made(tmp_path / "表.xlsx", source))
    assert filled.refused == ()
    assert filled.unknown == ("C",)
    assert str(filled).endswith("C 列的选项由公式得出，没有核对。")


def test_a_list_in_the_extension_of_2009_is_looked_up(tmp_path: Path) -> None:
    path = made(tmp_path / "表.xlsx", "='选项 表'!$A$1:$A$3")
    name = "xl/worksheets/sheet1.xml"
    parts = contents(path.read_bytes())
    sheet = parts[name]
    begin, end = sheet.index(b"<dataValidations"), sheet.index(b"</dataValidations>") + 18
    extended = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="1" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        "<xm:f>'选项 表'!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>C2:C9</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    without = sheet[:begin] + sheet[end:]
    cut = without.rindex(b"</worksheet>")
    parts[name] = without[:cut] + extended.encode() + without[cut:]
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    assert [told[:7] for told in fill(path).refused] == ["C2「待整改」", "C3「待整改」"]
