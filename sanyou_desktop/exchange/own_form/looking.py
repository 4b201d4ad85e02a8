"""Looking at a superior's form before it is filled: where its headers are and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sanyou_desktop.exchange.errors import CannotWrite, Unsupported
from sanyou_desktop.exchange.limits import read_file
from sanyou_desktop.exchange.own_form.asked_cells import find_card
from sanyou_desktop.exchange.own_form.figures import find_figures
from sanyou_desktop.exchange.own_form.groups import groups_of
from sanyou_desktop.exchange.own_form.layout import (
    CARD,
    FIGURES,
    TABLE,
    Body,
    Layout,
    body_of,
    fillable_sources,
    part_name,
)
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.tables.found_columns import AskedCell
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.heads import SURELY, Head, find_head, head_down_to
from sanyou_desktop.exchange.tables.reading import grids_of
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.wording import _, to_user

_LOOKED_AT = 40
_NO_ROWS = Body(1, 0, (), is_open=True)
_TOLD = 4


@dataclass(frozen=True)
class Look:
    """One sheet of a form.

    Attributes:
        sheet: its name.
        head: its headers, with what fills their columns as far as that can be guessed.
        body: the rows to fill.
        rows: the first rows of the sheet that show anything, with some of what they show.
        known: somebody matched such headers before.
        is_likely: it looks like a table that wants to be filled, and is empty.
        before: the row at which another table of the sheet begins, 0 for none.
        shape: how it asks: by rows, by the card of one record, by single figures.
        top: the first row of the headers of the sheet's first table, 0 where it has only one.
        groups: what its lines are set apart by beforehand, as the form says it.
    """

    sheet: str
    head: Head
    body: Body
    rows: Mapping[int, str]
    known: bool = False
    is_likely: bool = False
    before: int = 0
    shape: str = TABLE
    top: int = 0
    groups: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is filled in yet but what sets its lines apart."""
        return bool(self.groups) or not self.body.filled

    @property
    def part(self) -> str:
        """Which table of the sheet it is, in words; "" for the only one."""
        return _("第 {row} 行起").format(row=self.head.first) if self.top else ""

    @property
    def name(self) -> str:
        """What it is called: the sheet, and which of its tables where it has several."""
        return part_name(self.sheet, self.part)

    @property
    def layout(self) -> Layout:
        """How the sheet is filled; what only reading knows fills nothing."""
        head = self.head
        if self.shape != TABLE:
            asked = tuple(one for one in head.columns if isinstance(one, AskedCell))
            # What stands over the first figure asks as over a table; a card has labels all over.
            top = min((cell.row for cell in asked), default=0) if self.shape == FIGURES else 0
            return Layout(
                self.sheet, head.kind, 0, dict(head.fillers), shape=self.shape, asked=asked, top=top
            )
        fillable = fillable_sources(head.kind)
        columns = {at: source for at, source in head.fillers.items() if source in fillable}
        return Layout(
            self.sheet,
            head.kind,
            head.last,
            columns,
            head.first,
            self.before,
            head.units,
            top=self.top,
            part=self.part,
        )


class Form:
    """A form that was read; it is never changed."""

    def __init__(self, path: Path) -> None:
        """Read the form.

        Raises:
            ExchangeError: it cannot be read, or not be filled, with the reason.
        """
        self.path = path
        try:
            self.data = read_file(path)
        except FileNotFoundError as error:
            raise CannotWrite(
                to_user("找不到 {path}，没有填写。请检查文件是否被移走。").format(path=path)
            ) from error
        self._parts = WorkbookParts(Package(self.data, path.name))
        self._entries = {entry.name: entry for entry in self._parts.sheets()}
        self.sheets = tuple(self._entries)
        if not self.sheets:
            raise Unsupported(to_user("{name} 里没有表，没有填写。").format(name=path.name))
        self._grids = {grid.name: grid for grid in grids_of(self.data, path.name)}

    def looks(self, sheet: str, units: Mapping[str, str] | None = None) -> list[Look]:
        """Return the tables of a sheet from above: one, unless it asks for several kinds.

        A sheet that does not ask by tables is one as well.
        """
        first = self.look(sheet, units=units)
        if first.shape != TABLE or not first.head.sure:
            return [first]
        heads = sorted([first.head, *self._other_heads(sheet, first.head)], key=_first_row)
        if len(heads) == 1:
            return [first]
        ends = [head.first for head in heads[1:]]
        return [
            self.with_head(sheet, head, before=before, top=heads[0].first, guessed=True)
            for head, before in zip(heads, [*ends, 0], strict=True)
        ]

    def _other_heads(self, sheet: str, known: Head) -> list[Head]:
        """Return the headers of further tables; one that stands again on each page is none."""
        grid = self._grids[sheet]
        found: list[Head] = []
        rest = [
            [line for line in grid.lines if line.number < known.first],
            [line for line in grid.lines if line.number > known.last],
        ]
        titles = {_titles(known)}
        while rest:
            lines = rest.pop()
            head = find_head(replace(grid, lines=tuple(lines))) if lines else None
            if head is None or head.sure < SURELY:
                continue
            rest.append([line for line in lines if line.number < head.first])
            rest.append([line for line in lines if line.number > head.last])
            if _titles(head) not in titles:
                titles.add(_titles(head))
                found.append(head)
        return found

    def look(
        self,
        sheet: str,
        kind: str = "",
        header_row: int = 0,
        shape: str = "",
        units: Mapping[str, str] | None = None,
    ) -> Look:
        """Return one sheet, guessed as far as it is not given.

        ``header_row`` is the last row of the headers, counted from 1; ``units`` are codes by name.
        """
        if shape in (CARD, FIGURES):
            found = self._cells(sheet, shape, kind, units or {})
            return found or Look(sheet, Head(kind, 0, 0, ()), _NO_ROWS, {}, shape=shape)
        table = self._table(sheet, kind, header_row)
        if shape or kind or header_row or table.is_likely:
            return table
        found = self._cells(sheet, FIGURES, "", units or {})
        if found is None:
            found = self._cells(sheet, CARD, "", {})
        return found if found is not None and found.head.sure > table.head.sure else table

    def again(
        self, was: Look, kind: str, header_row: int, shape: str, units: Mapping[str, str]
    ) -> Look:
        """Look at a table again with another kind, header or shape; the others stay."""
        if not was.top or shape != TABLE:
            return self.look(was.sheet, kind, header_row, shape, units)
        grid = self._grids[was.sheet]
        head = head_down_to(grid, kind, header_row or was.head.last)
        return self.with_head(was.sheet, head, before=was.before, top=was.top)

    def _cells(self, sheet: str, shape: str, kind: str, units: Mapping[str, str]) -> Look | None:
        """Return a sheet as single cells that ask for something, None if it hardly does."""
        part = self._parts.worksheet(self._entries[sheet])
        head = find_card(part, kind) if shape == CARD else find_figures(part, units)
        if head is None:
            return None
        hidden = self._grids.get(sheet, Grid(sheet, ())).hidden
        return Look(sheet, head, _NO_ROWS, {}, is_likely=not hidden, shape=shape)

    def _table(self, sheet: str, kind: str, header_row: int) -> Look:
        grid = self._grids.get(sheet, Grid(sheet, ()))
        first = grid.lines[0].number if grid.lines else 1
        head = None if header_row else find_head(grid, kind)
        look = self.with_head(sheet, head or head_down_to(grid, kind, header_row or first))
        return replace(look, is_likely=head is not None and look.is_empty and not grid.hidden)

    def with_head(
        self,
        sheet: str,
        head: Head,
        *,
        known: bool = False,
        before: int = 0,
        top: int = 0,
        guessed: bool = False,
    ) -> Look:
        """Return a sheet as a header says that was found, or set before.

        ``before`` and ``top`` are those of a look; ``guessed``: it is likely if nothing is filled.
        """
        grid = self._grids.get(sheet, Grid(sheet, ()))
        rows = _shown_rows(grid, head.last)
        look = Look(sheet, head, _NO_ROWS, rows, known, before=before, top=top)
        part = self._parts.worksheet(self._entries[sheet])
        body = body_of(part, look.layout)
        groups = groups_of(part, look.layout, body)[1]
        found = replace(look, body=body, groups=tuple(group.label for group in groups))
        return replace(found, is_likely=guessed and found.is_empty and not grid.hidden)


def _first_row(head: Head) -> int:
    return head.first


def _titles(head: Head) -> tuple[str, ...]:
    return tuple(column.title for column in head.columns)


def best_of(looks: Sequence[Look]) -> Look:
    """Return the sheet of whose headers most are known."""
    return max(looks, key=lambda look: (look.head.sure, len(look.layout.columns)))


def _shown_rows(grid: Grid, header_row: int) -> dict[int, str]:
    """Return rows that may end the headers; merged cells show in all rows that they cover."""
    lines = {line.number: line.cells for line in grid.spread()}
    for top, left, bottom, _right in grid.merged:
        for row in range(top + 1, bottom + 1):
            if left in lines.get(top, {}):
                lines.setdefault(row, {left: lines[top][left]})
    found = {}
    for row in sorted({*lines, header_row}):
        if row <= max(_LOOKED_AT, header_row):
            cells = sorted(lines.get(row, {}).items())
            found[row] = _("、").join(" ".join(text.split()) for _at, text in cells[:_TOLD])
    return found
