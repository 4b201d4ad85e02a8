"""The report's cover: who reports, for which period, who filled it in, how much of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanyou_desktop.exchange.report_looks import Looks, write_value
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_LAST_COLUMN = 3


def write_cover(
    page: Worksheet,
    looks: Looks,
    period: str,
    lines: list[tuple[str, str]],
    counts: list[tuple[str, int]],
    notes: list[str],
) -> None:
    """Write the cover: labelled ``lines`` to fill in or read, the ``counts``, the ``notes``."""
    _set_up(page)
    page.set_row(0, 72)
    page.merge_range(0, 0, 0, _LAST_COLUMN, _("三优一满意活动上报表"), looks["cover_title"])
    page.set_row(1, 40)
    page.merge_range(1, 0, 1, _LAST_COLUMN, period, looks["cover_period"])
    row = 3
    for label, value in lines:
        page.set_row(row, 30)
        page.write_string(row, 0, label, looks["cover_label"])
        page.merge_range(row, 1, row, _LAST_COLUMN, value, looks["cover_text"])
        row += 1
    row = _counts(page, looks, counts, row + 1)
    row = _notes(page, looks, notes, row + 1)
    page.print_area(0, 0, row, _LAST_COLUMN)
    page.activate()


def _set_up(page: Worksheet) -> None:
    page.set_portrait()
    page.set_paper(_A4)
    page.set_margins(left=0.9, right=0.9, top=1.1, bottom=0.9)
    page.center_horizontally()
    page.fit_to_pages(1, 1)
    page.hide_gridlines(2)
    for place, width in enumerate((18, 24, 18, 24)):
        page.set_column(place, place, width)


def _counts(page: Worksheet, looks: Looks, counts: list[tuple[str, int]], row: int) -> int:
    """Write the counts two to a row, then their sum; return the row after them."""
    for place, (label, number) in enumerate(counts):
        at, column = row + place // 2, place % 2 * 2
        page.set_row(at, 28)
        write_value(page, at, column, label, looks["cover_label"])
        write_value(page, at, column + 1, number, looks["cover_count"])
    last = row + (len(counts) + 1) // 2
    page.set_row(last, 28)
    page.write_string(last, 0, _("合计（条）"), looks["cover_label"])
    page.merge_range(last, 1, last, _LAST_COLUMN, "", looks["cover_count"])
    page.write_number(last, 1, sum(number for _label, number in counts), looks["cover_count"])
    return last + 1


def _notes(page: Worksheet, looks: Looks, notes: list[str], row: int) -> int:
    page.set_row(row, 22)
    page.write_string(row, 0, _("填报说明"), looks["cover_note"])
    for number, note in enumerate(notes, start=1):
        row += 1
        page.set_row(row, 20)
        text = f"{number}. {note}"
        page.merge_range(row, 0, row, _LAST_COLUMN, text, looks["cover_note"])
    return row
