"""The catalogue of rules as a workbook: one sheet, laid out for A4, a tinted line a category."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.new_workbook import new_workbook
from sanyou_desktop.exchange.report_looks import Looks
from sanyou_desktop.exchange.row_height import height_of
from sanyou_desktop.exchange.rule_catalogue import Catalogue, Entry, Progress, gather, prepare
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column, Row
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.wording import N_, _, in_source_language

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_HEADER_ROW = 2
_COLUMNS = (
    (N_("序号"), 6, CellStyle.INTEGER),
    (N_("类别"), 10, CellStyle.TEXT),
    (N_("名称"), 40, CellStyle.WRAPPED),
    (N_("发文字号"), 20, CellStyle.TEXT),
    (N_("文种"), 8, CellStyle.TEXT),
    (N_("制定机关"), 24, CellStyle.WRAPPED),
    (N_("发布日期"), 12, CellStyle.DATE),
    (N_("施行日期"), 12, CellStyle.DATE),
    (N_("状态"), 10, CellStyle.TEXT),
    (N_("替代"), 30, CellStyle.WRAPPED),
)


def write_catalogue(
    ledger: Ledger, path: Path, *, only_in_force: bool, progress: Progress | None = None
) -> Catalogue:
    """Write the catalogue; ``progress`` may raise to cancel, and nothing is written then.

    Raises:
        ExchangeError: the file cannot be written; what was at ``path`` is as it was.
    """
    prepare(path, ".xlsx")
    with in_source_language():
        catalogue = gather(ledger, only_in_force=only_in_force, progress=progress)
        with replacing(path) as temporary, new_workbook(temporary) as workbook:
            _Sheet(workbook.add_worksheet(_("制度汇编目录")), Looks(workbook)).write(catalogue)
        return catalogue


class _Sheet:
    """The sheet while it is being filled, from the top down."""

    def __init__(self, page: Worksheet, looks: Looks) -> None:
        self._page, self._looks = page, looks
        self._columns = tuple(
            Column(_(title), _(title), width, style) for title, width, style in _COLUMNS
        )
        self._last = len(_COLUMNS) - 1
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, _HEADER_ROW)
        page.freeze_panes(_HEADER_ROW + 1, 3)
        page.set_footer(_("&C第 &P 页 共 &N 页"))
        page.hide_gridlines(2)

    def write(self, catalogue: Catalogue) -> None:
        """Write title, headers, groups and the line that counts them."""
        page, looks, last = self._page, self._looks, self._last
        for place, column in enumerate(self._columns):
            page.set_column(place, place, column.width)
        page.set_row(0, 36)
        page.merge_range(0, 0, 0, last, _("制度汇编目录"), looks["title"])
        page.set_row(1, 22)
        day = catalogue.on
        line = _("编制单位：{unit}　　编制日期：{year}年{month}月{day}日").format(
            unit=catalogue.unit, year=day.year, month=day.month, day=day.day
        )
        page.merge_range(1, 0, 1, last, line, looks["line"])
        page.set_row(_HEADER_ROW, 32)
        for place, column in enumerate(self._columns):
            page.write_string(_HEADER_ROW, place, column.title, looks["header"])
        row = _HEADER_ROW + 1
        for group in catalogue.groups:
            page.set_row(row, 24)
            words = _("{category}（{count} 件）").format(
                category=group.title, count=len(group.entries)
            )
            page.merge_range(row, 0, row, last, words, looks["header"])
            row += 1
            for entry in group.entries:
                self._entry(row, group.title, entry)
                row += 1
        page.set_row(row, 36)
        page.merge_range(row, 0, row, last, catalogue.counted(), looks["line"])
        page.print_area(0, 0, row, last)

    def _entry(self, row: int, category: str, entry: Entry) -> None:
        cells: tuple[CellValue, ...] = (
            entry.number,
            category,
            "\n".join(filter(None, (entry.title, entry.collection))),
            entry.doc_number,
            entry.genre,
            entry.issuers,
            _day(entry.issued_on),
            _day(entry.effective_on),
            entry.status,
            entry.replacement,
        )
        self._page.set_row(row, height_of(self._columns, Row("", "", 0, "", cells)))
        for place, (column, cell) in enumerate(zip(self._columns, cells, strict=True)):
            self._looks.write(self._page, row, place, cell, column.style)


def _day(value: PartialDate | None) -> CellValue:
    """Return a real date where the day is known, else the words: 2003-08 is no day."""
    if value is None:
        return None
    return value.first() if value.precision == "day" else str(value)
