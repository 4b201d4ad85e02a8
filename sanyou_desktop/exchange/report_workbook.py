"""The report workbook (上报): a cover, a sheet a kind laid out for A4, a hidden register of rows.

One state of the ledger is read, counted first, and streamed to the disk: ``report_layout`` lays out
what surrounds the rows, ``report_rows`` makes them, ``report_file`` puts both together.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sanyou_desktop import __version__
from sanyou_desktop.exchange.columns import sheet_of
from sanyou_desktop.exchange.companions import COMPANIONS, Companions
from sanyou_desktop.exchange.deflating import Compressor
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.new_workbook import new_workbook
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.photo_cells import PhotoCells, has_photos
from sanyou_desktop.exchange.photo_column import place_in
from sanyou_desktop.exchange.register import RegisterRow
from sanyou_desktop.exchange.register_sheet import RegisterSheets, sheets_for
from sanyou_desktop.exchange.report_file import ReportFile, TableRows
from sanyou_desktop.exchange.report_layout import TablePlan, lay_out, report_title
from sanyou_desktop.exchange.report_looks import Looks
from sanyou_desktop.exchange.report_period import ReportPeriod
from sanyou_desktop.exchange.report_pictures import PictureStore
from sanyou_desktop.exchange.report_references import ReferenceTitles
from sanyou_desktop.exchange.report_rows import MadeRow, RowMaker
from sanyou_desktop.exchange.report_statistics import (
    Statistics,
    statistics_of,
    uncompared_words,
)
from sanyou_desktop.exchange.report_table import FIRST_ROW, ReportTable
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import NOT_CONFIDENTIAL, Filter, Query, undated
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.record import CONFIDENTIAL
from sanyou_desktop.wording import _, in_source_language, to_user

_PROGRESS_EVERY = 200

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Exported:
    """How many records a report holds, and how many stayed out and why; its text tells so.

    ``photos`` are sentences on the photos, "" where none were wanted; ``outgoing`` is for the log
    of the ledger (``ledger.exports``). ``uncompared`` findings are so many that repeats among them
    were not counted.
    """

    records: int
    undated: int
    withheld: int
    outgoing: Outgoing
    photos: str = ""
    uncompared: int = 0

    def __str__(self) -> str:
        """Return one sentence, and one for each thing that stayed out."""
        told = _("共 {count} 条记录。").format(count=self.records)
        if self.undated:
            told += _("另有 {count} 条没有填日期，未导出；起止日期留空可导出全部。").format(
                count=self.undated
            )
        if self.withheld:
            told += _("有密级的 {count} 条没有导出。").format(count=self.withheld)
        if self.outgoing.confidential:
            told += _("其中有密级的 {count} 条，请按保密规定传送。").format(
                count=self.outgoing.confidential
            )
        if self.uncompared:
            told += uncompared_words(self.uncompared)
        return told + self.photos


def export_report(
    ledger: Ledger,
    path: Path,
    first: str = "",
    last: str = "",
    progress: Progress | None = None,
    *,
    confidential: bool = False,
    photos: bool = False,
) -> Exported:
    """Write the report of a period; return what it holds and what stayed out.

    Confidential records are left out unless ``confidential``, which takes a second explicit act of
    the user. ``photos`` puts thumbnails of the records' photos beside them. ``progress`` is told
    records done and in all, and may raise to cancel: nothing is written then. The caller notes
    ``outgoing`` in the ledger's log.

    Raises:
        ExchangeError: the file cannot be written, is no .xlsx by its name, or is open in an
            office program; what was at ``path`` is as it was.
    """
    if path.suffix.lower() != ".xlsx":
        raise CannotWrite(
            to_user("{name} 不是 .xlsx 文件名，没有写入。请让文件名以 .xlsx 结尾。").format(
                name=path.name or path
            )
        )
    check_not_open(path)
    clear_leftovers(path)
    outgoing = Outgoing("report", str(path.resolve()), {"first": first, "last": last})
    if confidential:
        outgoing.options["confidential"] = "included"
    if photos:
        outgoing.options["photos"] = "included"
    with ExitStack() as held:
        held.enter_context(in_source_language())
        held.enter_context(ledger.as_of_now())
        cells = None
        if photos:
            cells = PhotoCells(ledger.attachments, held.enter_context(closing(PictureStore())))
        temporary = held.enter_context(replacing(path))
        writing = _Report(ledger, ReportPeriod(first, last), outgoing, progress, cells)
        done = writing.write(temporary, confidential=confidential)
    outgoing.result = str(done)
    return done


def make_empty(path: Path, ledger: Ledger) -> None:
    """Make a workbook with every sheet and header of ours and no rows, for units to share into."""
    with in_source_language(), new_workbook(path) as workbook:
        workbook.set_properties({"title": report_title(), "author": ledger.own_unit().name})
        looks = Looks(workbook)
        for kind in REPORTED:
            sheet = sheet_of(kind, (), {}, {}, many_units=True)
            ReportTable(workbook, looks, sheet).write_headers()


class _Report:
    """One workbook being written."""

    def __init__(
        self,
        ledger: Ledger,
        period: ReportPeriod,
        outgoing: Outgoing,
        progress: Progress | None,
        photos: PhotoCells | None,
    ) -> None:
        self._ledger = ledger
        self._period = period
        self._outgoing = outgoing
        self._progress = progress
        self._photos = photos
        self._with_confidential = False
        self._names = {unit.code: unit.name for unit in ledger.units()}
        self._companions = Companions(ledger)
        self._done = 0
        self._total = 0

    def write(self, path: Path, *, confidential: bool) -> Exported:
        """Write everything to ``path``."""
        self._with_confidential = confidential
        plans = [self._plan(kind) for kind in REPORTED]
        rows = sum(plan.rows for plan in plans)
        beside = sum(self._ledger.count(kind, Query()) for kind in COMPANIONS)
        names = sheets_for(rows + beside)
        statistics = self._statistics(plans)
        layout = lay_out(self._ledger, self._period, plans, names, statistics, self._mark())
        with (
            Compressor() as compressor,
            closing(RegisterSheets(compressor, self._facts())) as register,
            path.open("wb") as made,
        ):
            file = ReportFile(made, layout.skeleton, layout.streamed())
            for plan in plans:
                make = self._maker(plan, layout.skeleton.looks)
                # Closed here, while the ledger is open, also when the export is cancelled.
                with closing(self._free(plan)) as stored:
                    for place in layout.tables[plan.sheet.kind]:
                        table = file.table(compressor, place.number, FIRST_ROW, place.rows)
                        rows_of_table = map(make, islice(stored, place.rows))
                        column = place_in(plan.sheet.columns)
                        self._fill(table, rows_of_table, place.name, column, register)
            for record in self._companions.records():
                register.add(RegisterRow.of(record))
            pictures = self._photos.store if self._photos else None
            file.finish(register, [place.number for place in layout.register], pictures)
        told = self._photos.told() if self._photos else ""
        left_out = (self._undated(), self._total - rows)
        return Exported(rows, *left_out, self._outgoing, told, statistics.uncompared)

    def _plan(self, kind: str) -> TablePlan:
        """Count what the table of a kind will hold: one state of the ledger is read throughout."""
        records = self._ledger.count(kind, self._wanted())
        free = self._ledger.count(kind, replace(self._wanted(), filters=(NOT_CONFIDENTIAL,)))
        self._total += records
        going = records if self._with_confidential else free
        self._outgoing.confidential += going - free
        many = self._ledger.has_others(kind)
        sheet = sheet_of(kind, (), {}, {}, many_units=many, photos=self._has_photos(kind))
        return TablePlan(sheet, going, many)

    def _has_photos(self, kind: str) -> bool:
        """Tell whether photos are wanted and a record that goes out has one."""
        if self._photos is None:
            return False
        filled = [Filter("attachments", mode="filled")]
        if not self._with_confidential:
            filled.append(NOT_CONFIDENTIAL)
        place = list(kind_of(kind).fields).index("attachments")
        wanted = replace(self._wanted(), filters=tuple(filled))
        return any(has_photos(row[place]) for row in self._ledger.stored_rows(kind, wanted))

    def _statistics(self, plans: list[TablePlan]) -> Statistics:
        return statistics_of(
            self._ledger,
            self._period.first,
            self._period.last,
            many_units=any(plan.many_units for plan in plans),
            public=not self._with_confidential,
        )

    def _mark(self) -> str:
        """Return the strictest mark of what goes out, "" where nothing of that goes."""
        if not self._outgoing.confidential:
            return ""
        for option in reversed(CONFIDENTIAL):
            marked = (Filter("confidential", (option.value,)),)
            wanted = replace(self._wanted(), filters=marked)
            if any(self._ledger.count(kind, wanted) for kind in REPORTED):
                return _(option.title)
        return ""

    def _wanted(self) -> Query:
        first, last = self._period.first, self._period.last
        return Query(sort="number", descending=False, first=first, last=last)

    def _maker(self, plan: TablePlan, looks: dict[str, str]) -> RowMaker:
        kind = plan.sheet.kind
        titles = ReferenceTitles(self._ledger, kind)
        return RowMaker(kind, plan.sheet.columns, looks, self._names, titles, self._photos)

    def _free(self, plan: TablePlan) -> Generator[tuple[Any, ...], None, None]:
        """Yield the stored rows that may leave, those of one unit together, this unit's first."""
        kind = plan.sheet.kind
        mark = list(kind_of(kind).fields).index("confidential")
        note = self._companions.noting(kind)
        read = self._ledger.stored_rows_by_unit if plan.many_units else self._ledger.stored_rows
        for stored in read(kind, self._wanted()):
            self._done += 1
            if self._progress is not None and self._done % _PROGRESS_EVERY == 0:
                self._progress(self._done, self._total)
            if self._with_confidential or not stored[mark]:
                note(stored)
                yield stored

    def _undated(self) -> int:
        """Return how many records have no date and are therefore in no period."""
        if not self._period.first and not self._period.last:
            return 0
        return sum(self._ledger.count(kind, Query(filters=(undated(kind),))) for kind in REPORTED)

    def _facts(self) -> dict[str, str]:
        return {
            "unit": self._ledger.unit,
            "unit_name": self._ledger.own_unit().name,
            "first": self._period.first,
            "last": self._period.last,
            "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "program": f"sanyou-desktop {__version__}",
        }

    def _fill(
        self,
        table: TableRows,
        rows: Iterable[MadeRow],
        name: str,
        column: int,
        register: RegisterSheets,
    ) -> None:
        """Write the rows into the table, the register and the log, and end the table.

        Pictures stand in ``column`` (from 0).
        """
        for made in rows:
            at = table.add(made)
            if made.placed and table.drawing is not None:
                table.drawing.add(at, column, made.placed)
            kind, record_id, revision, found, text = made[:5]
            register.add(RegisterRow(kind, record_id, revision, found, name, at, text))
            self._outgoing.add(record_id, revision)
        table.end()
