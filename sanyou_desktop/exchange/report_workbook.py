"""The report workbook (上报): a cover, a sheet a kind laid out for A4, a hidden register of rows.

Written by XlsxWriter in constant memory: rows are streamed to the disk as they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop import __version__
from sanyou_desktop.exchange.columns import RowOf, sheet_of
from sanyou_desktop.exchange.companions import Companions
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.new_workbook import new_workbook
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.register import RegisterRow
from sanyou_desktop.exchange.register_sheet import RegisterSheet
from sanyou_desktop.exchange.report_cover import write_cover
from sanyou_desktop.exchange.report_looks import Looks
from sanyou_desktop.exchange.report_table import ReportTable
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Filter, Query
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _, in_source_language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_PROGRESS_EVERY = 200
# More than a ledger holds.
_ALL = 10**9

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
            told += _("另有 {count} 条没有填日期，未导出；起止日期留空可导出全部。").format(
                count=self.undated
            )
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
        ExchangeError: the file cannot be written, is no .xlsx by its name, or is open in an
            office program; what was at ``path`` is as it was.
    """
    if path.suffix.lower() != ".xlsx":
        raise CannotWrite(
            _("{name} 不是 .xlsx 文件名，没有写入。请让文件名以 .xlsx 结尾。").format(
                name=path.name
            )
        )
    check_not_open(path)
    clear_leftovers(path)
    period = Period(first, last)
    with (
        in_source_language(),
        ledger.as_of_now(),
        replacing(path) as temporary,
        new_workbook(temporary) as workbook,
    ):
        return _Report(workbook, ledger, period, progress).write()


def make_empty(path: Path, ledger: Ledger) -> None:
    """Make a workbook with every sheet and header of ours and no rows, for units to share into."""
    with in_source_language(), new_workbook(path) as workbook:
        _Report(workbook, ledger, Period("", ""), None).write_headers()


def reference_titles(ledger: Ledger, kind: str) -> dict[str, str]:
    """Return number and title by id of everything that records of a kind refer to.

    A confidential record is not named: its title would leave by the record that refers to it.
    """
    keys = [key for key, field in kind_of(kind).fields.items() if isinstance(field, Reference)]
    if not keys:
        return {}
    wanted = {one for key in keys for one in ledger.distinct(kind, key, _ALL)}
    titles = ledger.titles(wanted)
    free = Query(filters=(Filter("confidential", mode="empty"),))
    named = {
        one for other in {title[0] for title in titles.values()} for one in ledger.ids(other, free)
    }
    return {
        key: f"{number} {title}" if key in named else _("（未导出的记录）")
        for key, (_kind, number, title) in titles.items()
    }


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
        self._names = {unit.code: unit.name for unit in ledger.units()}
        self._looks = Looks(workbook)
        self._done = 0
        self._total = 0
        self._companions = Companions(ledger)
        workbook.set_properties({"title": _("三优一满意活动上报表"), "author": self._unit.name})

    def write(self) -> Exported:
        """Write everything."""
        wanted = Query(first=self._period.first, last=self._period.last)
        self._total = sum(self._ledger.count(kind, wanted) for kind in REPORTED)
        cover = self._book.add_worksheet(_("封面"))
        with RegisterSheet() as register:
            counts = {kind: self._table(kind, register) for kind in REPORTED}
            self._cover(cover, counts)
            for record in self._companions.records():
                register.add(RegisterRow.of(record))
            register.write(self._book, self._facts())
        records = sum(counts.values())
        return Exported(records, self._undated(), self._done - records)

    def write_headers(self) -> None:
        """Write sheets without rows."""
        for kind in REPORTED:
            sheet = sheet_of(kind, (), {}, {}, many_units=True)
            ReportTable(self._book, self._looks, sheet).write_headers()

    def _undated(self) -> int:
        """Return how many records have no date and are therefore in no period."""
        if not self._period.first and not self._period.last:
            return 0
        dated = {kind: kind_of(kind).record.occurred for kind in REPORTED}
        return sum(
            self._ledger.count(kind, Query(filters=(Filter(key, mode="empty"),)))
            for kind, key in dated.items()
        )

    def _table(self, kind: str, register: RegisterSheet) -> int:
        many = self._ledger.has_others(kind)
        sheet = sheet_of(kind, (), {}, {}, many_units=many)
        row_of = RowOf(sheet.columns, self._names, reference_titles(self._ledger, kind))
        table = ReportTable(self._book, self._looks, sheet)
        table.begin(self._filled_by())
        # Closed here, while the ledger is open, also when the export is cancelled.
        with closing(self._counted(self._records(kind, many_units=many))) as records:
            for record in records:
                row = row_of(record)
                at = table.add(row)
                register.add(RegisterRow.of(record, row.hash, sheet.title, at))
                self._companions.note(record)
        return table.end()

    def _records(self, kind: str, *, many_units: bool) -> Iterator[Record]:
        """Yield the records of the period, those of one unit together, this unit's first."""
        first, last = self._period.first, self._period.last
        if not many_units:
            yield from self._ledger.records(kind, first=first, last=last)
            return
        for unit in self._codes(kind):
            yield from self._ledger.records(kind, unit=unit, first=first, last=last)

    def _codes(self, kind: str) -> list[str]:
        known = [self._unit.code, *sorted(self._names)]
        # Records may carry the code of a unit that is not in the ledger.
        used = self._ledger.distinct(kind, "unit", _ALL)
        return list(dict.fromkeys([*known, *sorted(used)]))

    def _counted(self, records: Iterator[Record]) -> Generator[Record, None, None]:
        for record in records:
            self._done += 1
            if self._progress is not None and self._done % _PROGRESS_EVERY == 0:
                self._progress(self._done, self._total)
            if not record.confidential:
                yield record

    def _filled_by(self) -> str:
        return _("填报单位：{unit}　　　　填报日期：{day}　　　　期间：{period}").format(
            unit=self._unit.name, day=_today(), period=self._period.in_words()
        )

    def _cover(self, page: Worksheet, written: dict[str, int]) -> None:
        superior = self._names.get(self._unit.superior, self._unit.superior)
        lines = [
            (_("填报单位"), self._unit.name),
            (_("单位代码"), self._unit.code),
            (_("报送上级"), superior),
            (_("填报日期"), _today()),
            (_("填表人"), ""),
            (_("审核人"), ""),
            (_("负责人（签章）"), ""),
            (_("联系电话"), self._unit.phone),
        ]
        counts = [
            (_("{kind}（条）").format(kind=_(kind_of(kind).title)), count)
            for kind, count in written.items()
        ]
        notes = [
            _("本表由「三优台账」生成，每类一张表，可直接打印；编号、日期和数字均按台账原值。"),
            _("各表右侧「所属单位代码」「记录标识」「校验值」等列供系统识别，请勿修改或删除。"),
        ]
        if self._period.first or self._period.last:
            notes.append(_("按期间选取，未注明日期的记录不在本表内。"))
        period = _("期间：{period}").format(period=self._period.in_words())
        write_cover(page, self._looks, period, lines, counts, notes)

    def _facts(self) -> dict[str, str]:
        return {
            "unit": self._unit.code,
            "unit_name": self._unit.name,
            "first": self._period.first,
            "last": self._period.last,
            "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "program": f"sanyou-desktop {__version__}",
        }


def _today() -> str:
    return PartialDate.of(date.today()).in_words()
