"""Which lines of a table make which record: one each, or some that go on beneath it.

Offices write an inspection over several lines: its own columns are merged over them, left blank
beneath the first or said again in each, and every line has one item of the checklist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sanyou_desktop.exchange.own_form.layout import NUMBER
from sanyou_desktop.exchange.scheme_headers import Line, tidy
from sanyou_desktop.exchange.tables.body import Passed, nothing_to_read, passed_over
from sanyou_desktop.exchange.tables.found_columns import Column
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.group_titles import GroupTitles
from sanyou_desktop.exchange.tables.header_words import HeaderWords
from sanyou_desktop.exchange.tables.heads import Head, is_inside
from sanyou_desktop.exchange.tables.said_above import said_above
from sanyou_desktop.model.fields import Field, LongText, Refused
from sanyou_desktop.model.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of one record.

    Attributes:
        lines: that in which it begins, then those that add rows to it or go on with a text.
        under: what titles of groups above it say of it, by source.
        own: the columns that each of ``lines`` fills itself: others are merged from above.
    """

    lines: tuple[Line, ...]
    under: Mapping[str, str] = field(default_factory=dict)
    own: tuple[frozenset[int], ...] = ()

    @property
    def number(self) -> int:
        """The row in which it begins."""
        return self.lines[0].number

    def with_cells(self, row: int, cells: Mapping[int, str]) -> Entry:
        """Return it with other texts in some cells of a row of the sheet."""
        lines = tuple(
            Line(row, {**one.cells, **cells}) if one.number == row else one for one in self.lines
        )
        own = tuple(
            filled | cells.keys() if one.number == row else filled
            for one, filled in zip(self.lines, self.own, strict=True)
        )
        return Entry(lines, self.under, own)


def entries_of(grid: Grid, head: Head) -> Iterator[Entry | Passed]:
    """Yield the records below the header, and the rows that are none with the reason."""
    lines = _Lines(grid, head)
    above = said_above(grid, head)
    titles = GroupTitles(grid, head)
    waiting: Entry | None = None
    for line, reason in passed_over(grid, head):
        reason = reason or titles.of(line) or nothing_to_read(line, head)
        if head.many_lines and waiting and not reason and lines.go_on(waiting, line):
            waiting = Entry(
                (*waiting.lines, line), waiting.under, (*waiting.own, lines.filled(line))
            )
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if reason:
            yield Passed(line.number, reason)
        else:
            waiting = Entry((line,), {**above, **titles.under}, (lines.filled(line),))
    if waiting is not None:
        yield waiting


def with_guess(grid: Grid, head: Head) -> Head:
    """Return the header with what its lines show of how many of them make a record."""
    tried = replace(head, many_lines=True)
    below = [
        line
        for entry in entries_of(grid, tried)
        if isinstance(entry, Entry)
        for line in entry.lines[1:]
    ]
    lines = _Lines(grid, tried)
    head = replace(head, columns=tuple(_called(grid, head, item) for item in head.columns))
    if not below:
        return replace(head, many_lines=head.is_whole)
    tried = replace(head, many_lines=True)
    filled = {column for line in below for column in lines.filled(line)}
    words = HeaderWords(head.kind)
    inside = {source.partition(".")[0] for source in head.sources.values() if "." in source}
    return replace(
        tried,
        columns=tuple(
            _of_each_line(item, words, inside) if item.column in filled else item
            for item in head.columns
        ),
    )


def _called(grid: Grid, head: Head, item: Column) -> Column:
    """Return a column as what it must be by what else the table has, and by what stands in it."""
    words = HeaderWords(head.kind)
    beside = {source.partition(".")[0] for source in head.sources.values() if "." in source}
    of_rows = words.of_rows(tidy(item.title))
    if item.source in beside and of_rows.partition(".")[0] == item.source:
        # 数量 beside 名目: one column of the rows, not all of them.
        free = of_rows not in head.sources.values()
        return replace(item, source=of_rows) if free else item
    instead = words.instead(item.source)
    if instead and instead not in head.sources.values():
        declared = kind_of(head.kind).fields[item.source]
        below = (line for line in grid.lines if line.number > head.last)
        texts = (line.cells[item.column] for line in below if item.column in line.cells)
        if not any(_is_option(declared, text) for text in texts):
            return replace(item, source=instead)
    return item


def _is_option(declared: Field[Any], text: str) -> bool:
    try:
        declared.read(text)
    except Refused:
        return False
    return True


def _of_each_line(item: Column, words: HeaderWords, inside: set[str]) -> Column:
    """Return a column as one of the rows if it is called so too, as 备注 of an item may be."""
    source = words.of_rows(tidy(item.title))
    fits = source.partition(".")[0] in inside and not is_inside(words.kind, item.source)
    return replace(item, source=source) if fits and item.source else item


class _Lines:
    """Tells of the lines of one table whether they go on with the record above."""

    def __init__(self, grid: Grid, head: Head) -> None:
        sources = {at: one for at, one in head.sources.items() if one != NUMBER}
        kind = kind_of(head.kind)
        self._whole = head.is_whole
        self._inside = {at for at, one in sources.items() if is_inside(head.kind, one)}
        longer = {
            at
            for at, one in sources.items()
            if isinstance(kind.fields.get(one), LongText) and one != head.titled_by
        }
        # What may stand in further lines: rows inside the record, and long texts that go on.
        self.soft = self._inside | longer
        self._firm = sources.keys() - self.soft
        telling = {"id", "number", "title", kind.record.occurred, head.titled_by}
        self._telling = {at for at in self._firm if sources[at] in telling}
        self._own = {line.number: frozenset(line.cells) for line in grid.lines}
        self._titled = {at for at, one in sources.items() if one == head.titled_by}
        self._merged = _below_merged(grid, self._titled)
        below = [line.number for line in grid.lines if line.number > head.last]
        # Where no line leaves the record's columns out, they may be said again in each.
        self._says_again = bool(self._titled & self._firm) and all(
            self._own[number] & self._firm for number in below if self._own[number] & self.soft
        )

    def filled(self, line: Line) -> frozenset[int]:
        """Return the columns in which the line itself has something."""
        return self._own[line.number]

    def go_on(self, entry: Entry, line: Line) -> bool:
        """Tell whether a line belongs to the record that an entry began."""
        own = self._own[line.number]
        if self._whole:
            return True
        if self._merged.get(line.number) == entry.number:
            return not own & self._telling
        if self._says_again:
            first = entry.lines[0].cells
            is_same = all(line.cells.get(at) == first.get(at) for at in self._firm)
            return is_same and bool(own & self._inside) and not self._titled.isdisjoint(first)
        return not own & self._firm and bool(own & self.soft)


def _below_merged(grid: Grid, columns: set[int]) -> dict[int, int]:
    """Return, for the rows beneath the first of merged cells in some columns, that first row."""
    last = grid.lines[-1].number if grid.lines else 0
    return {
        row: top
        for top, left, bottom, _right in grid.merged
        if left in columns
        for row in range(top + 1, min(bottom, last) + 1)
    }
