"""Importing a table: every sheet of a file looked at, then all of it taken in one action."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.own_form.computed import computed_for
from sanyou_desktop.exchange.own_form.layout import NUMBER
from sanyou_desktop.exchange.register import META
from sanyou_desktop.exchange.scheme_headers import Line
from sanyou_desktop.exchange.tables.entries import Entry, with_guess
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.exchange.tables.heads import (
    SURELY,
    Head,
    find_head,
    head_down_to,
    is_inside,
    next_head,
    readable_sources,
)
from sanyou_desktop.exchange.tables.reading import read_grids
from sanyou_desktop.exchange.tables.report_copies import ReportCopies
from sanyou_desktop.exchange.tables.seen import Seen
from sanyou_desktop.exchange.tables.taking import Asked, Comparison
from sanyou_desktop.ledger.imports import TableRow
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.incoming import Incoming, LeftOut, Part, Place, Preview, Sighting
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import _, to_user

Progress = Callable[[int, int], None]
# By record and part: the side that a person chose.
Choices = Mapping[tuple[str, Part], str]
_SETTING = "table:"
# So many more columns must be known before a table is of another kind than the list it came to.
_SURELY = 2


@dataclass(frozen=True)
class Wanted:
    """How a file is read, as far as somebody chose.

    Attributes:
        kind: what all rows are; "" to find out by the headers.
        likely: what they are unless the headers clearly say otherwise.
        kinds: what the rows of a sheet are, by the sheet's name.
        heads: the headers of sheets for which the columns were chosen.
        without: the sheets that are not taken.
        blank_clears: an empty cell empties the field; else it says nothing.
    """

    kind: str = ""
    likely: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    blank_clears: bool = False


@dataclass
class SheetLook:
    """One sheet with its header; ``looked`` is None where somebody left the sheet out."""

    grid: Grid
    head: Head
    looked: Comparison | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a record: row, column (from 0), address, header, what it is read as."""

    row: int
    column: int
    address: str
    title: str
    source: str
    text: str


class FileLook:
    """A whole file compared with the ledger.

    Attributes:
        name: the file's name.
        sheets: those that hold a table of records.
        left_out: the sheets that do not, and why.
    """

    def __init__(
        self,
        name: str,
        grids: Sequence[Grid],
        sheets: Sequence[SheetLook],
        left_out: Sequence[LeftOut],
        notes: Sequence[str],
    ) -> None:
        """Take what ``look_at`` found; ``notes`` concern the file as a whole."""
        self.name = name
        self.sheets = tuple(sheets)
        self.left_out = tuple(left_out)
        self._grids = grids
        self._notes = notes
        self._preview: Preview | None = None

    @property
    def grids(self) -> list[Grid]:
        """All sheets of the file as they stand now, with what was put right in them."""
        now = {sheet.grid.name: sheet.grid for sheet in self.sheets}
        return [now.get(grid.name, grid) for grid in self._grids]

    @property
    def preview(self) -> Preview:
        """What would become of all rows together."""
        if self._preview is None:
            sighting = Sighting()
            for left in self.left_out:
                sighting.leave_out(left.place, left.reason)
            for note in self._notes:
                sighting.note(note)
            for compared in self._compared():
                compared.tell(sighting)
            self._preview = sighting.preview()
        return self._preview

    def _compared(self) -> Iterator[Comparison]:
        return (sheet.looked for sheet in self.sheets if sheet.looked is not None)

    def sheet(self, name: str) -> SheetLook:
        """Return the sheet with that name."""
        return next(one for one in self.sheets if one.grid.name == name)

    def incoming(self, sheet: str, row: int) -> Incoming:
        """Return what becomes of a row."""
        compared = self.sheet(sheet).looked
        assert compared is not None, sheet
        return compared.incoming(row)

    def cells(self, sheet: str, row: int) -> list[Cell]:
        """Return the cells that are read of the record that begins in a row, as they stand now.

        Of further lines these are the cells of rows inside the record, and what else they fill.
        """
        at = self.sheet(sheet)
        entry = at.looked.entry(row) if at.looked is not None else Entry((Line(row, {}),))
        columns = [
            item
            for item in at.head.columns
            if item.column in at.head.sources and item.source != NUMBER
        ]
        return [
            Cell(
                line.number,
                item.column,
                f"{item.letter}{line.number}",
                item.title,
                item.source,
                line.cells.get(item.column, ""),
            )
            for place, line in enumerate(entry.lines)
            for item in columns
            if not place or item.column in entry.own[place] or is_inside(at.head.kind, item.source)
        ]

    def again(
        self, ledger: Ledger, at: tuple[str, int], row: int, cells: Mapping[int, str]
    ) -> list[Incoming]:
        """Look at a record again with other texts in cells of a row, and at what depends on it.

        ``at`` are the sheet and the row in which the record begins. Returns what becomes of all
        that was looked at now.
        """
        self._preview = None
        sheet = self.sheet(at[0])
        sheet.grid = sheet.grid.with_cells(row, cells)
        if sheet.looked is None:
            # Left out meanwhile: it shows once the sheet is read again.
            return []
        others = sheet.looked.again(ledger, at[1], row, cells)
        found = {at: sheet.looked.incoming(at[1])}
        for one in self.sheets if others else ():
            if one.looked is not None:
                for number in one.looked.doubles_again(ledger):
                    found[one.grid.name, number] = one.looked.incoming(number)
        return list(found.values())

    def clear(self) -> Iterator[None]:
        """Forget all rows, one at each step: of very many that takes a while."""
        self._preview = None
        for compared in self._compared():
            yield from compared.clear()

    def decided(self, choices: Choices) -> tuple[list[TableRow], list[Incoming]]:
        """Return what is saved, and the rows whose decisions do not fit together, with the reason.

        Undecided conflicts keep the ledger's values.
        """
        rows: list[TableRow] = []
        unfit: list[Incoming] = []
        for compared in self._compared():
            for one in compared.rows(choices):
                if isinstance(one, Incoming):
                    unfit.append(one)
                else:
                    rows.append(one)
        return rows, unfit


def look_at(
    ledger: Ledger, path: Path, wanted: Wanted | None = None, progress: Progress | None = None
) -> FileLook:
    """Return what a file would bring; nothing is written.

    Args:
        ledger: what it is compared with.
        path: any table: .xlsx, .xls, .et, .ods, .csv, .txt.
        wanted: what somebody chose.
        progress: told rows done and in all of each sheet; it may raise to cancel.

    Raises:
        ExchangeError: the file is refused, or holds no table of records.
    """
    return look_at_grids(ledger, read_grids(path), path.name, wanted, progress)


def look_at_grids(
    ledger: Ledger,
    grids: Iterable[Grid],
    name: str,
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> FileLook:
    """Return what sheets that were read would bring, as ``look_at`` does."""
    wanted = wanted or Wanted()
    sheets = list(grids)
    report = ReportCopies(sheets)
    asked = Asked(name, report, Seen(), wanted.blank_clears)
    found: list[SheetLook] = []
    left_out: list[LeftOut] = []
    notes = _notes(report)
    for grid in sheets:
        if grid.name.startswith(META):
            continue
        head = wanted.heads.get(grid.name) or _head_of(ledger, grid, wanted, report)
        if head is not None:
            if not report.is_report:
                grid = _only_table(grid, head, notes)
            found.append(_looked(ledger, SheetLook(grid, head), asked, wanted, progress))
        elif not report.is_report:
            told = _("隐藏的表没有读入") if grid.hidden else _("没有找到表头")
            left_out.append(LeftOut(Place(name, grid.name), told))
    if not found:
        raise Unsupported(
            to_user(
                "{name} 里没有找到记录，没有读入。"
                "请检查表头：至少要有两列是台账的字段，其中一列是标题或内容。"
            ).format(name=name)
        )
    return FileLook(name, sheets, found, left_out, notes)


def _looked(
    ledger: Ledger, sheet: SheetLook, asked: Asked, wanted: Wanted, progress: Progress | None
) -> SheetLook:
    if sheet.grid.name not in wanted.without:
        sheet.looked = Comparison(ledger, sheet.grid, sheet.head, asked)
        sheet.looked.compare(progress)
    return sheet


def _head_of(ledger: Ledger, grid: Grid, wanted: Wanted, report: ReportCopies) -> Head | None:
    """Return the header of a sheet that is to be read, None for any other sheet."""
    if grid.hidden:
        return None
    if report.is_report:
        # What has no identity column there is cover and statistics.
        kind = report.kind_of_sheet(grid.name)
        head = find_head(grid, kind) if not wanted.kind or kind in ("", wanted.kind) else None
        return head if head and ID in head.sources.values() else None
    kind = wanted.kinds.get(grid.name, wanted.kind)
    head = find_head(grid, kind)
    if head is None and kind != wanted.kind:
        # Somebody says that these are records of that kind, and will say which columns.
        other = find_head(grid)
        head = other and head_down_to(grid, kind, other.last)
    if head is not None and wanted.likely and not kind:
        likely = find_head(grid, wanted.likely)
        if likely is not None and head.sure < likely.sure + _SURELY:
            head = likely
    return head and with_kept_head(ledger, with_guess(grid, head), kind)


def _only_table(grid: Grid, head: Head, notes: list[str]) -> Grid:
    """Return a sheet down to its next table; of the tables that are not read it is told."""
    above = replace(grid, lines=tuple(one for one in grid.lines if one.number < head.first))
    before, after = find_head(above), next_head(grid, head)
    if before is not None and before.sure >= SURELY:
        notes.append(_another(grid, before))
    if after is None:
        return grid
    notes.append(_another(grid, after))
    return replace(grid, lines=tuple(one for one in grid.lines if one.number < after.first))


def _another(grid: Grid, head: Head) -> str:
    told = _(
        "「{sheet}」第 {row} 行起是另一张表（{kind}），没有读入。请把它移到单独的工作表再导入。"
    )
    kind = _(kind_of(head.kind).title)
    return told.format(sheet=grid.name, row=head.first, kind=kind)


def _notes(report: ReportCopies) -> list[str]:
    if not report.is_report or report.is_whole:
        return []
    return [
        _(
            "这份上报工作簿的登记表被改动过，看不出各条记录导出时的内容，"
            "凡与台账不同的都列为修改，请逐条核对。"
        )
    ]


def take(
    ledger: Ledger, rows: list[TableRow], name: str, progress: Progress | None = None
) -> Changes:
    """Save what a file brought, in one transaction that is undone as one.

    ``rows`` are what ``FileLook.decided`` returns, and are used up: freed all at once, very many
    would hold up every thread. ``progress`` is told records done and in all, and may raise to
    cancel: nothing is written then.

    Raises:
        Invalid, LedgerError: nothing was written.
    """
    count = sum(row.record is not None for row in rows)
    undo = _("从 {name} 导入 {count} 条") if count else _("记下对 {name} 的取舍")
    undo = undo.format(name=name, count=count)
    return ledger.save_table(_counted(rows, progress), undo)


def _counted(rows: list[TableRow], progress: Progress | None) -> Iterator[TableRow]:
    count = len(rows)
    rows.reverse()
    while rows:
        if progress is not None:
            progress(count - len(rows), count)
        yield rows.pop()


# What a layout is kept as: one setting of the ledger for each, so that it travels with the file.


def keep_head(ledger: Ledger, head: Head) -> None:
    """Remember how a table with these headers is read.

    Raises:
        LedgerError: it could not be kept.
    """
    kept = {
        "kind": head.kind,
        "sources": {str(at): one for at, one in head.fillers.items()},
        "many_lines": head.many_lines,
    }
    ledger.keep_setting(_SETTING + head.fingerprint, json.dumps(kept, ensure_ascii=False))


def with_kept_head(ledger: Ledger, head: Head, kind: str = "") -> Head:
    """Return the header as it was kept for such a table; of another kind than asked it is not."""
    kept = ledger.setting(_SETTING + head.fingerprint)
    if not kept:
        return head
    given = json.loads(kept)
    if given.get("kind") not in REPORTED or (kind and given["kind"] != kind):
        return head
    known = {*readable_sources(given["kind"]), *computed_for(given["kind"])}
    sources = {
        int(at): source
        for at, source in given["sources"].items()
        if source in known or source.partition(".")[0] in kind_of(given["kind"]).fields
    }
    return head.chosen(
        given["kind"], sources, many_lines=bool(given.get("many_lines", head.many_lines))
    )
