"""One kind's table in the report: title, filled-in line, headers, rows, signature line, print."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.photo_column import KEY as PHOTOS
from sanyou_desktop.exchange.report_looks import Looks
from sanyou_desktop.exchange.report_pictures import PLACEHOLDER
from sanyou_desktop.exchange.sheet import Sheet
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 2
# Excel's rows of a sheet, without title, line, headers and signatures.
_LAST_ROW = 1_048_575
MOST_RECORDS = _LAST_ROW - HEADER_ROW - 1
# Where its first row stands, from 1.
FIRST_ROW = HEADER_ROW + 2
_A4 = 9
_ROOM_FOR_MORE = 500
# Points.
_TITLE_HEIGHT = 36.0


@dataclass(frozen=True)
class SheetPart:
    """Which of how many sheets of one kind it is, where one sheet does not hold all records."""

    number: int = 1
    of: int = 1

    def named(self, title: str) -> str:
        """Return the sheet's name."""
        return title if self.number == 1 else f"{title}({self.number})"


WHOLE = SheetPart()


class ReportTable:
    """A worksheet with all that surrounds its rows; the rows themselves are streamed in."""

    def __init__(self, book: Workbook, looks: Looks, sheet: Sheet, part: SheetPart = WHOLE) -> None:
        """Add the worksheet and set up its pages."""
        self._looks = looks
        self._sheet = sheet
        self._part = part
        self._columns = sheet.columns
        self._printed = sum(column.printed for column in sheet.columns)
        self._page: Worksheet = book.add_worksheet(part.named(sheet.title))
        self._set_up()

    def lay_out(self, filled_by: str, rows: int) -> None:
        """Write what stands above and below so many rows; pictures get a placeholder."""
        if rows and any(column.key == PHOTOS for column in self._columns):
            held = {"image_data": BytesIO(PLACEHOLDER)}
            self._page.insert_image(HEADER_ROW + 1, 0, "photo.jpeg", held)
        for place, column in enumerate(self._columns):
            self._page.set_column(place, place, column.width)
        self._head(filled_by)
        self._finish(HEADER_ROW + rows)
        self._sign(HEADER_ROW + rows + 1, rows)

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

    def _finish(self, last: int) -> None:
        end = max(last, HEADER_ROW + 1)
        self._page.autofilter(HEADER_ROW, 0, end, len(self._columns) - 1)
        for place, column in enumerate(self._columns):
            if not column.choices:
                continue
            rule = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
            rule |= {"error_type": "warning"}
            below = min(end + _ROOM_FOR_MORE, _LAST_ROW)
            self._page.data_validation(HEADER_ROW + 1, place, below, place, rule)

    def _sign(self, row: int, records: int) -> None:
        """Close the table with the number of its rows and the line to sign on."""
        self._page.set_row(row, 36)
        told = _("共 {count} 条").format(count=records) if records else _("零报告（没有此类记录）")
        if self._part.of > 1:
            told += _("（第 {number} 张，共 {of} 张）").format(
                number=self._part.number, of=self._part.of
            )
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
