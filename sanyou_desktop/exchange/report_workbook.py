"""The report workbook (上报): a cover, a sheet a kind laid out for A4, a hidden register of rows.

Written by XlsxWriter in constant memory: rows are streamed to the disk as they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanyou_desktop.exchange.columns import sheet_of
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column, Row, Sheet
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Filter, Query
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _, in_source_language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FORMAT_VERSION = 1
HEADER_ROW = 2
_A4 = 9
_TINT = "#E3ECF9"
_LINE = "#C5CAD3"
_FONT = "宋体"
_PROGRESS_EVERY = 200

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Period:
    """What the report covers: EDTF bounds, "" for open."""

    first: str
    last: str

    def in_words(self) -> str:
        """Return 2026年1月1日 至 2026年12月31日, or 全部."""
        if not self.first and not self.last:
            return _("全部")
        ends = [
            PartialDate.parse(end).in_words() if end else "……" for end in (self.first, self.last)
        ]
        return _("{first} 至 {last}").format(first=ends[0], last=ends[1])


@dataclass(frozen=True)
class Exported:
    """How many records a report holds, and how many stayed out and why; its text tells so."""

    records: int
    undated: int
    confidential: int

    def __str__(self) -> str:
        """Return one sentence, or two where something stayed out."""
        told = _("共 {count} 条记录。").format(count=self.records)
        if self.undated:
            told += _(
                "另有 {count} 条没有填日期，未导出；起止日期留空可导出全部。"
            ).format(count=self.undated)
        if self.confidential:
            told += _("有密级的 {count} 条没有导出。").format(count=self.confidential)
        return told


def export_report(
    ledger: Ledger, path: Path, first: str = "", last: str = "", progress: Progress | None = None
) -> Exported:
    """Write the report of a period; return what it holds and what stayed out.

    Confidential records are left out. ``progress`` is told records done and in all, and may raise
    to cancel: nothing is written then.

    Raises:
        ExchangeError: the file cannot be written; what was at ``path`` is as it was.
    """
    from xlsxwriter import Workbook

    period = Period(first, last)
    with in_source_language(), replacing(path) as temporary:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        }
        with closing(Workbook(str(temporary), options)) as workbook:
            return _Report(workbook, ledger, period, progress).write()


def make_empty(path: Path, ledger: Ledger) -> None:
    """Make a workbook with every sheet and header of ours and no rows, for units to share into."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with in_source_language(), closing(Workbook(str(path), options)) as workbook:
        _Report(workbook, ledger, Period("", ""), None).write_headers()


def reference_titles(ledger: Ledger, kind: str) -> dict[str, str]:
    """Return number and title by id of everything that records of a kind refer to."""
    keys = [key for key, field in kind_of(kind).fields.items() if isinstance(field, Reference)]
    if not keys:
        return {}
    wanted = {value_of(record, key) for record in ledger.records(kind) for key in keys} - {""}
    chunks = [sorted(wanted)[start : start + 500] for start in range(0, len(wanted), 500)]
    found: dict[str, str] = {}
    for chunk in chunks:
        titles = ledger.titles(chunk)
        found |= {key: f"{number} {title}" for key, (_kind, number, title) in titles.items()}
    return found


class _Report:
    """One workbook being written."""

    def __init__(
        self, workbook: Workbook, ledger: Ledger, period: Period, progress: Progress | None
    ) -> None:
        self._book = workbook
        self._ledger = ledger
        self._period = period
        self._progress = progress
        self._unit = ledger.own_unit()
        self._formats = _formats(workbook)
        self._done = 0
        self._total = 0
        self._register: list[tuple[str, str, int, str]] = []
        workbook.set_properties({"title": _("三优一满意活动上报表"), "author": self._unit.name})

    def write(self) -> Exported:
        """Write everything."""
        wanted = Query(first=self._period.first, last=self._period.last)
        counts = {kind: self._ledger.count(kind, wanted) for kind in REPORTED}
        self._total = sum(counts.values())
        cover = self._book.add_worksheet(_("封面"))
        written = {kind: self._sheet(kind) for kind in REPORTED}
        self._cover(cover, written)
        self._meta()
        records = sum(written.values())
        return Exported(records, self._undated(), self._done - records)

    def _undated(self) -> int:
        """Return how many records have no date and are therefore in no period."""
        if not self._period.first and not self._period.last:
            return 0
        dated = {kind: kind_of(kind).record.occurred for kind in REPORTED}
        return sum(
            self._ledger.count(kind, Query(filters=(Filter(key, mode="empty"),)))
            for kind, key in dated.items()
        )

    def write_headers(self) -> None:
        """Write sheets without rows."""
        for kind in REPORTED:
            sheet = sheet_of(kind, (), {}, {})
            self._one_sheet(sheet, shared=True)

    def _sheet(self, kind: str) -> int:
        names = {unit.code: unit.name for unit in self._ledger.units()}
        records = self._counted(
            self._ledger.records(kind, first=self._period.first, last=self._period.last)
        )
        references = reference_titles(self._ledger, kind)
        return self._one_sheet(sheet_of(kind, records, names, references))

    def _counted(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self._done += 1
            if self._progress is not None and self._done % _PROGRESS_EVERY == 0:
                self._progress(self._done, self._total)
            if not record.confidential:
                yield record

    def _one_sheet(self, sheet: Sheet, *, shared: bool = False) -> int:
        page = self._book.add_worksheet(sheet.title)
        printed = sum(column.printed for column in sheet.columns)
        self._set_up(page, sheet, printed)
        title = _("三优一满意活动{kind}表").format(kind=sheet.title)
        page.merge_range(0, 0, 0, printed - 1, title, self._formats["title"])
        page.set_row(0, 30)
        if not shared:
            page.write_string(1, 0, self._filled_by(), self._formats["plain"])
        for place, column in enumerate(sheet.columns):
            page.write_string(HEADER_ROW, place, column.title, self._formats["header"])
        page.set_row(HEADER_ROW, 24)
        row = HEADER_ROW
        for row, item in enumerate(sheet.rows, start=HEADER_ROW + 1):
            self._row(page, row, sheet.columns, item)
            self._register.append((sheet.kind, item.id, item.revision, item.hash))
        self._finish(page, sheet, row, printed, shared=shared)
        return row - HEADER_ROW

    def _row(self, page: Worksheet, row: int, columns: tuple[Column, ...], item: Row) -> None:
        for place, (column, cell) in enumerate(zip(columns, item.cells, strict=True)):
            _write(page, row, place, cell, self._formats[column.style.value], self._formats)

    def _set_up(self, page: Worksheet, sheet: Sheet, printed: int) -> None:
        """Lay the sheet out before its rows stream through."""
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, HEADER_ROW)
        page.freeze_panes(HEADER_ROW + 1, min(2, printed))
        page.set_footer(_("&C第 &P 页 共 &N 页"))
        page.hide_gridlines(2)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width, self._formats[column.style.value])

    def _finish(
        self, page: Worksheet, sheet: Sheet, last: int, printed: int, *, shared: bool
    ) -> None:
        page.autofilter(HEADER_ROW, 0, max(last, HEADER_ROW + 1), len(sheet.columns) - 1)
        for place, column in enumerate(sheet.columns):
            if column.choices:
                rule = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
                rule |= {"error_type": "warning"}
                page.data_validation(
                    HEADER_ROW + 1, place, max(last, HEADER_ROW + 1) + 500, place, rule
                )
        if shared:
            return
        foot = last + 2
        page.write_string(foot, 0, _("填表人：            审核人：            负责人（签章）："))
        page.print_area(0, 0, foot, printed - 1)

    def _filled_by(self) -> str:
        return _("填报单位：{unit}    填报日期：{day}    期间：{period}").format(
            unit=self._unit.name,
            day=PartialDate.of(date.today()).in_words(),
            period=self._period.in_words(),
        )

    def _cover(self, page: Worksheet, written: dict[str, int]) -> None:
        plain, bold = self._formats["plain"], self._formats["bold"]
        page.set_portrait()
        page.set_paper(_A4)
        page.set_margins(left=1.0, right=0.9, top=1.4, bottom=1.0)
        page.fit_to_pages(1, 1)
        page.hide_gridlines(2)
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 54)
        page.merge_range(0, 0, 0, 1, _("三优一满意活动上报表"), self._formats["cover"])
        page.set_row(0, 60)
        lines: list[tuple[str, str | int]] = [
            (_("填报单位"), self._unit.name),
            (_("单位代码"), self._unit.code),
            (_("期间"), self._period.in_words()),
            (_("填报日期"), PartialDate.of(date.today()).in_words()),
            (_("填表人"), ""),
            (_("审核人"), ""),
            (_("联系电话"), self._unit.phone),
        ]
        lines += [
            (_("{kind}（条）").format(kind=_(kind_of(kind).title)), count)
            for kind, count in written.items()
        ]
        row = 2
        for label, value in lines:
            page.set_row(row, 24)
            page.write_string(row, 0, label, bold)
            _write(page, row, 1, value, self._formats["cover_cell"], self._formats)
            row += 1
        notes = [
            _("说明：各表右侧灰色的「记录标识」等列供系统识别，请勿修改或删除。"),
            _("未注明日期的记录不在按期间选取的范围内。"),
        ]
        for note in notes if self._period.first or self._period.last else notes[:1]:
            row += 1
            page.write_string(row, 0, note, plain)
        page.print_area(0, 0, row, 1)
        page.activate()

    def _meta(self) -> None:
        """Keep what merging needs: format, unit, period, and each row's id, revision and hash."""
        page = self._book.add_worksheet("_meta")
        page.hide()
        facts: list[tuple[str, Any]] = [
            ("format", FORMAT_VERSION),
            ("unit", self._unit.code),
            ("unit_name", self._unit.name),
            ("first", self._period.first),
            ("last", self._period.last),
            ("made_at", datetime.now().astimezone().isoformat(timespec="seconds")),
            ("rows", len(self._register)),
        ]
        for row, fact in enumerate(facts):
            page.write_row(row, 0, fact)
        for row, line in enumerate(self._register, start=len(facts) + 1):
            page.write_row(row, 0, line)


def _write(
    page: Worksheet,
    row: int,
    column: int,
    cell: CellValue,
    style: Format,
    styles: dict[str, Format],
) -> None:
    """Write a cell as what it is; text is written as text even where it begins with ``=``."""
    if cell is None or cell == "":
        page.write_blank(row, column, None, style)
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), style)
    elif isinstance(cell, int | Decimal):
        page.write_number(row, column, float(cell), style)
    else:
        page.write_string(
            row, column, cell, styles["wrapped"] if style is styles["date"] else style
        )


def _formats(workbook: Workbook) -> dict[str, Format]:
    base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
    cell = base | {"border": 1, "border_color": _LINE}
    made = {
        "title": base | {"bold": True, "font_size": 16, "align": "center"},
        "cover": base | {"bold": True, "font_size": 22, "align": "center"},
        "cover_cell": cell | {"font_size": 12, "align": "left", "indent": 1},
        "plain": base,
        "bold": cell | {"bold": True, "font_size": 12, "bg_color": _TINT},
        "header": cell | {"bold": True, "bg_color": _TINT, "align": "center", "text_wrap": True},
        CellStyle.TEXT.value: cell,
        CellStyle.WRAPPED.value: cell | {"text_wrap": True, "valign": "top"},
        CellStyle.DATE.value: cell | {"num_format": "yyyy-mm-dd", "align": "center"},
        CellStyle.INTEGER.value: cell | {"num_format": "#,##0"},
        CellStyle.DECIMAL.value: cell | {"num_format": "#,##0.##"},
        CellStyle.IDENTITY.value: cell | {"font_color": "#8A919E", "font_size": 9},
    }
    return {name: workbook.add_format(look) for name, look in made.items()}
