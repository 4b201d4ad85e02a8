"""The report is laid out for paper and for filling in: A4, repeated headers, lists to choose."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sanyou_desktop.exchange.columns import PRINTED, columns_of
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Choice
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.unit import Unit
from tests.exchange.report.filled import OWN, SUPERIOR, fill, save
from tests.exchange.report.readers import converted

KINDS = pytest.mark.parametrize("kind", REPORTED)
NAMES = [kind_of(kind).title for kind in REPORTED]


def page_of(path: Path, kind: str) -> Worksheet:
    page = load_workbook(path)[kind_of(kind).title]
    assert isinstance(page, Worksheet)
    return page


def test_the_workbook_has_a_cover_a_sheet_a_kind_and_a_hidden_register(
    ledger: Ledger, path: Path
) -> None:
    export_report(ledger, path)
    book = load_workbook(path)
    assert book.sheetnames == ["封面", *NAMES, "统计", "_meta"]
    assert [page.sheet_state for page in book] == ["visible"] * 8 + ["hidden"]
    assert book.active is not None
    assert book.active.title == "封面"


def test_the_cover_says_who_reports_what_to_whom(ledger: Ledger, path: Path) -> None:
    ledger.save(SUPERIOR)
    fill(ledger)
    save(ledger, "pledge")
    export_report(ledger, path, "2026-01-01", "2026-06")
    page = load_workbook(path)["封面"]
    cells = [cell.value for row in page.iter_rows() for cell in row if cell.value is not None]
    assert cells[:2] == ["三优一满意活动上报表", "期间：2026年1月1日 至 2026年6月"]
    pairs = dict(pairwise(cells))
    assert pairs["填报单位"] == OWN.name
    assert pairs["单位代码"] == OWN.code
    assert pairs["报送上级"] == SUPERIOR.name
    assert pairs["联系电话"] == OWN.phone
    assert {"填报日期", "填表人", "审核人", "审核日期", "负责人（签章）"} <= set(cells)
    assert (pairs["承诺（条）"], pairs["问题整改（条）"], pairs["合计（条）"]) == (1, 0, 5)
    assert page.page_setup.orientation == "portrait"
    assert page.page_setup.paperSize == 9


@KINDS
def test_a_sheet_prints_on_a4_across_with_its_headers_on_each_page(
    ledger: Ledger, path: Path, kind: str
) -> None:
    fill(ledger)
    export_report(ledger, path)
    page = page_of(path, kind)
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$3"
    assert page.oddFooter is not None
    assert page.oddFooter.center is not None
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"
    last = f"{chr(ord('A') + len(PRINTED[kind]) - 1)}"
    assert page.print_area.endswith(f"$A$1:${last}$5")


@KINDS
def test_a_sheet_has_its_title_filled_in_line_headers_and_signatures(
    ledger: Ledger, path: Path, kind: str
) -> None:
    fill(ledger)
    export_report(ledger, path)
    page = page_of(path, kind)
    title = kind_of(kind).title
    assert page["A1"].value == f"三优一满意活动{'' if title == '活动' else title}情况表"
    assert str(page["A2"].value).startswith(f"填报单位：{OWN.name}　")
    assert str(page["A2"].value).endswith("期间：全部")
    headers = [cell.value for cell in page[3]]
    assert headers == [column.title for column in columns_of(kind)]
    assert re.fullmatch("共 1 条　+填表人：　+审核人：　+负责人（签章）：", str(page["A5"].value))


@KINDS
def test_an_empty_sheet_is_a_zero_report(ledger: Ledger, path: Path, kind: str) -> None:
    export_report(ledger, path)
    assert str(page_of(path, kind)["A4"].value).startswith("零报告（没有此类记录）")


@KINDS
def test_headers_stay_in_sight_and_filter(ledger: Ledger, path: Path, kind: str) -> None:
    fill(ledger)
    export_report(ledger, path)
    page = page_of(path, kind)
    assert page.freeze_panes == "C4"
    assert page.auto_filter.ref is not None
    assert page.auto_filter.ref.startswith("A3:")
    assert page.auto_filter.ref.endswith("4")


@KINDS
def test_coded_columns_offer_their_values(ledger: Ledger, path: Path, kind: str) -> None:
    fill(ledger)
    export_report(ledger, path)
    page = page_of(path, kind)
    offered = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1
        for rule in page.data_validations.dataValidation
    }
    for column, cell in enumerate(page[3], start=1):
        field = next(
            (field for field in kind_of(kind).fields.values() if field.title == cell.value), None
        )
        if isinstance(field, Choice):
            expected = ",".join(option.title for option in field.enum)
            assert offered[get_column_letter(column)] == f'"{expected}"'
            assert len(expected) <= 255, "Excel refuses longer lists"


@KINDS
def test_printed_columns_are_wide_enough_for_paper_to_be_read(kind: str) -> None:
    # At 142 characters a page prints at full size; below 75 percent 10 point is hard to read.
    assert sum(PRINTED[kind].values()) <= 142 / 0.75
    assert set(PRINTED[kind]) <= set(kind_of(kind).fields)


def test_a_row_is_as_high_as_its_longest_printed_text(ledger: Ledger, path: Path) -> None:
    save(ledger, "pledge", title="短")
    save(ledger, "pledge", title="长", clauses=[{"text": f"第{n}款"} for n in range(20)])
    save(ledger, "pledge", title="很长", statement="字" * 100_000)
    save(ledger, "pledge", title="备注不打印", notes="字\n" * 500)
    export_report(ledger, path)
    page = page_of(path, "pledge")
    low, high, highest, unprinted = (page.row_dimensions[row].height for row in range(4, 8))
    assert low is not None
    assert high is not None
    assert low < 20
    assert high >= 20 * 13
    assert highest is not None
    assert 408 <= highest <= 409, "the most that Excel takes"
    assert unprinted == low


def test_records_of_many_units_show_their_unit_first_and_stand_together(
    ledger: Ledger, path: Path
) -> None:
    ledger.save(Unit(code="350302", name="城厢区政府办公室", unit=OWN.code))
    for title, unit in (("甲", "350302"), ("乙", OWN.code), ("丙", "350302"), ("丁", "350399")):
        save(ledger, "pledge", title=title, unit=unit)
    export_report(ledger, path)
    page = page_of(path, "pledge")
    assert [cell.value for cell in page[3]][:3] == ["所属单位", "编号", "标题"]
    rows = [[cell.value for cell in page[row]][:3] for row in range(4, 8)]
    assert [(row[0], row[2]) for row in rows] == [
        (OWN.name, "乙"), ("城厢区政府办公室", "甲"), ("城厢区政府办公室", "丙"), ("350399", "丁"),
    ]  # fmt: skip
    assert page.print_area.endswith("$A$1:$K$8")


@pytest.mark.office
def test_each_sheet_is_one_page_wide_and_as_many_high_as_it_needs(
    ledger: Ledger, path: Path
) -> None:
    export_report(ledger, path)
    # The statistics of an empty ledger take two; the identity columns are not printed.
    empty = printed_pages(path)
    assert 2 <= empty - len(REPORTED) <= 3
    for number in range(40):
        save(ledger, "pledge", title=f"第{number}条", statement="一段承诺。" * 20)
    export_report(ledger, path)
    assert 2 <= printed_pages(path) - empty <= 7


def printed_pages(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", converted(path, "pdf").read_bytes()))
