"""What people do to the table of a shared workbook in Excel doubles no row and loses none."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from tests.exchange.shared.readers import part_of, rows_of, shown, titles
from tests.exchange.shared.units import OTHER, OWN, SHEET, finding, save, share_of

DAY = PartialDate.parse("2026-03-05")
UNIT, ID = "所属单位代码", "记录标识"


def page_of(path: Path) -> Worksheet:
    page = load_workbook(path)[SHEET]
    assert isinstance(page, Worksheet)
    return page


def column(page: Worksheet, header: str) -> int:
    """Return the column, from 1, of a header."""
    return next(cell.column for cell in page[3] if cell.value == header)


def rewrite(path: Path, header: str, change: dict[str, str]) -> None:
    """Change how the cells below a header are written, as somebody does who saves the file."""
    book = load_workbook(path)
    page = book[SHEET]
    assert isinstance(page, Worksheet)
    at = column(page, header)
    for (cell,) in page.iter_rows(min_row=4, min_col=at, max_col=at):
        for old, new in change.items():
            cell.value = re.sub(old, new, str(cell.value)) or None
    book.save(path)


@pytest.mark.parametrize(
    ("header", "change"),
    [
        (UNIT, {"^350300$": ""}),
        (UNIT, {"^350300$": " 350300 "}),
        (ID, {"^(.*)$": " \\1 "}),
        (ID, {"[a-f]": lambda found: found[0].upper()}),
    ],
    ids=["unit cleared", "blanks around the unit", "blanks around the id", "id in capitals"],
)
def test_rows_are_ours_however_unit_and_id_are_written(
    ledger: Ledger, path: Path, tmp_path: Path, header: str, change: dict[str, str]
) -> None:
    share_of(OTHER, ["乙"], path, tmp_path)
    save(ledger, finding("甲"))
    gone = save(ledger, finding("丁"))
    share_ledger(ledger, path)
    rewrite(path, header, change)
    ledger.delete([gone.id])
    tally = share_ledger(ledger, path).tally
    assert (tally.added, tally.withdrawn) == (0, 1)
    assert titles(path, SHEET) == ["乙", "甲", "丁"]
    assert shown(path, SHEET)[-1]["上报状态"] == "已撤回"
    assert not share_ledger(ledger, path).is_changed


def test_a_cleared_row_of_a_record_that_became_confidential_is_emptied(
    ledger: Ledger, path: Path
) -> None:
    record = save(ledger, finding("甲"))
    share_ledger(ledger, path)
    rewrite(path, UNIT, {"^350300$": ""})
    save(ledger, replace(record, confidential="秘密"))
    assert share_ledger(ledger, path).tally.emptied == 1
    assert "甲".encode() not in part_of(path, SHEET)


def test_a_row_of_another_unit_whose_code_was_cleared_is_left_alone(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    share_of(OTHER, ["乙"], path, tmp_path)
    rewrite(path, UNIT, {"^350200$": ""})
    before = rows_of(part_of(path, SHEET))
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    after = rows_of(part_of(path, SHEET))
    assert {row: after[row] for row in before if row > 3} == {
        row: one for row, one in before.items() if row > 3
    }


def test_headers_are_known_however_they_are_broken(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲", raised_on=DAY))
    share_ledger(ledger, path)
    book = load_workbook(path)
    page = book[SHEET]
    assert isinstance(page, Worksheet)
    broken = {ID: "记录\n标识", UNIT: "所属单位\u3000代码", "提出日期": " 提出 日期"}
    for header, spelt in broken.items():
        page.cell(3, column(page, header), spelt)
    book.save(path)
    before = path.read_bytes()
    assert not share_ledger(ledger, path).is_changed
    assert path.read_bytes() == before


def test_a_column_that_somebody_called_like_ours_is_theirs(ledger: Ledger, path: Path) -> None:
    record = save(ledger, finding("甲"))
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    page = book[SHEET]
    assert isinstance(page, Worksheet)
    page.insert_cols(1)
    page.cell(3, 1, "标题")
    page.cell(4, 1, "我起的")
    book.save(path)
    save(ledger, replace(record, title="甲改"))
    share_ledger(ledger, path)
    rows = [[cell.value for cell in row] for row in page_of(path).iter_rows(min_row=4, max_row=5)]
    assert [row[0] for row in rows] == ["我起的", None]
    assert ["甲改" in row for row in rows] == [True, False]


def test_a_page_of_explanations_above_the_table_hides_it_not(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    page = book[SHEET]
    assert isinstance(page, Worksheet)
    page.insert_rows(1, 60)
    page["A2"] = "填报说明"
    book.save(path)
    sheets = book.sheetnames
    assert share_ledger(ledger, path).tally.unchanged == 1
    assert load_workbook(path).sheetnames == sheets


def with_total(path: Path) -> int:
    """Let somebody add up the rows below them; return the row of the total."""
    book = load_workbook(path)
    page = book[SHEET]
    assert isinstance(page, Worksheet)
    row = page.max_row + 1
    page.cell(row, 1, "合计")
    page.cell(row, column(page, "标题"), f"=COUNTA(B4:B{row - 1})")
    page.auto_filter.ref = f"A3:{get_column_letter(page.max_column)}{row - 1}"
    book.save(path)
    return row


def test_a_total_below_the_rows_stays_and_what_it_does_not_count_is_told(
    ledger: Ledger, path: Path
) -> None:
    save(ledger, finding("甲", raised_on=DAY))
    share_ledger(ledger, path)
    total = with_total(path)
    before = part_of(path, SHEET)
    save(ledger, finding("乙", raised_on=DAY))
    done = share_ledger(ledger, path)
    assert "新增的行有 1 行写在合计行下面" in str(done)
    after = part_of(path, SHEET)
    assert rows_of(after)[total] == rows_of(before)[total]
    # The total stays out of the filter.
    assert re.findall(rb"<autoFilter [^>]*>", after) == re.findall(rb"<autoFilter [^>]*>", before)
    page = page_of(path)
    day = column(page, "提出日期")
    assert page.cell(total + 1, day).number_format == page.cell(4, day).number_format
    assert page.cell(total + 1, day).border.left.style == page.cell(4, day).border.left.style
    assert not share_ledger(ledger, path).is_changed


def test_rows_that_follow_each_other_are_not_called_below_a_total(
    ledger: Ledger, path: Path
) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    save(ledger, finding("乙"))
    assert "合计行" not in str(share_ledger(ledger, path))
    assert OWN.code in [row[UNIT] for row in shown(path, SHEET)]
