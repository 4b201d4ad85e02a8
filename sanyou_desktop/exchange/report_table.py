"""One kind's table in the report: title, filled-in line, headers, rows, signature line, print."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from sanyou_desktop.exchange.report_looks import Looks
from sanyou_desktop.exchange.sheet import Column, Row, Sheet, text_of
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 2
_A4 = 9
_ROOM_FOR_MORE = 500
# Points. Rows get their height here, because some office programs do not fit them on opening.
_LINE_HEIGHT = 14.5
_PADDING = 5.0
_TITLE_HEIGHT = 36.0
# Excel's limit of a row's height.
_TALLEST = 409.0


class ReportTable:
    """A worksheet that is being filled, row after row."""

    def __init__(self, book: Workbook, looks: Looks, sheet: Sheet) -> None:
        """Add the worksheet and lay it out."""
        self._looks = looks
        self._sheet = sheet
        self._columns = sheet.columns
        self._last = HEADER_ROW
        self._printed = sum(column.printed for column in sheet.columns)
        self._page: Worksheet = book.add_worksheet(sheet.title)
        self._set_up()

    def begin(self, filled_by: str) -> None:
        """Write what stands above the rows."""
        for place, column in enumerate(self._columns):
            self._page.set_column(place, place, column.width)
        self._head(filled_by)

    def add(self, item: Row) -> int:
        """Write the next row; return its number in the sheet, from 1."""
        self._last += 1
        self._row(self._last, item)
        return self._last + 1

    def end(self) -> int:
        """Write what stands below the rows; return how many there are."""
        rows = self._last - HEADER_ROW
        self._finish(self._last)
        self._sign(self._last + 1, rows)
        return rows

    def write_headers(self) -> None:
        """Write the table without rows; rows added later take the columns' formats."""
        for place, column in enumerate(self._columns):
            self._page.set_column(place, place, column.width, self._looks.of(column.style))
        # Above the headers, columns must not draw their lines.
        self._page.set_row(1, None, self._looks["line"])
        self._head("")
        self._page.set_row(0, _TITLE_HEIGHT, self._looks["line"])
        self._finish(HEADER_ROW)

    def _set_up(self) -> None:
        page = self._page
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, HEADER_ROW)
        page.freeze_panes(HEADER_ROW + 1, min(2, self._printed))
        page.set_footer(_("&C第 &P 页 共 &N 页"))
        page.hide_gridlines(2)

    def _head(self, filled_by: str) -> None:
        page, last = self._page, self._printed - 1
        page.set_row(0, _TITLE_HEIGHT)
        page.merge_range(0, 0, 0, last, title_of(self._sheet.title), self._looks["title"])
        if filled_by:
            page.set_row(1, 22)
            page.merge_range(1, 0, 1, last, filled_by, self._looks["line"])
        page.set_row(HEADER_ROW, 32)
        for place, column in enumerate(self._columns):
            page.write_string(HEADER_ROW, place, column.title, self._looks["header"])

    def _row(self, row: int, item: Row) -> None:
        self._page.set_row(row, height_of(self._columns, item))
        for place, (column, cell) in enumerate(zip(self._columns, item.cells, strict=True)):
            self._looks.write(self._page, row, place, cell, column.style)

    def _finish(self, last: int) -> None:
        end = max(last, HEADER_ROW + 1)
        self._page.autofilter(HEADER_ROW, 0, end, len(self._columns) - 1)
        for place, column in enumerate(self._columns):
            if not column.choices:
                continue
            rule = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
            rule |= {"error_type": "warning"}
            self._page.data_validation(HEADER_ROW + 1, place, end + _ROOM_FOR_MORE, place, rule)

    def _sign(self, row: int, records: int) -> None:
        """Close the table with the number of its rows and the line to sign on."""
        self._page.set_row(row, 36)
        told = _("共 {count} 条").format(count=records) if records else _("零报告（没有此类记录）")
        line = _(
            "{told}　　　　　　填表人：　　　　　　　　审核人：　　　　　　　　负责人（签章）："
        ).format(told=told)
        self._page.merge_range(row, 0, row, self._printed - 1, line, self._looks["line"])
        self._page.print_area(0, 0, row, self._printed - 1)


def title_of(kind: str) -> str:
    """Return what stands above the table of a kind, by the kind's title."""
    # 活动 itself is one of the kinds, and 活动活动表 is no title.
    begins = _("三优一满意活动")
    return _("{begins}{kind}情况表").format(begins=begins.removesuffix(kind), kind=kind)


def height_of(columns: tuple[Column, ...], item: Row) -> float:
    """Return the points that the printed cells of a row need, within what Excel takes."""
    lines = [
        _lines(text_of(cell), column.width)
        for column, cell in zip(columns, item.cells, strict=True)
        if column.printed and isinstance(cell, str)
    ]
    return min(_TALLEST, max(lines, default=1) * _LINE_HEIGHT + _PADDING)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of that many half-width characters."""
    room = max(2.0, width)
    return sum(max(1, ceil(_extent(part) / room)) for part in text.split("\n"))


def _extent(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
