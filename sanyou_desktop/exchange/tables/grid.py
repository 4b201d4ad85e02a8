"""A sheet as its texts: what a table looks like before anybody knows what it means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sanyou_desktop.exchange.scheme_headers import Line

Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Grid:
    """The filled rows of one sheet.

    Attributes:
        name: the sheet's name, "" where a file has none.
        lines: rows that show anything, in order; dates as 2026-03-01, numbers without noise, 95% as
            95%, an error as #N/A.
        merged: first row, first column, last row, last column (rows from 1, columns from 0).
        hidden: the sheet itself is hidden; ``hidden_rows`` are those of its rows that are.
        uncomputed: cells (row, column) with a formula whose result the file does not hold.
        is_1904: numbers that are days count from 1904, as old workbooks of the Mac do.
    """

    name: str
    lines: tuple[Line, ...]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    is_1904: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    uncomputed: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def with_cells(self, row: int, cells: Mapping[int, str]) -> Grid:
        """Return the sheet with other texts in some cells of a row that shows something."""
        lines = (
            Line(row, {**line.cells, **cells}) if line.number == row else line
            for line in self.lines
        )
        return replace(self, lines=tuple(lines))

    def spread(self) -> tuple[Line, ...]:
        """Return the lines with each merged cell's text in all rows that it covers.

        A department that is written once beside five problems is the department of all five.
        Across columns nothing is spread: a title over a table is not a value of its columns.
        """
        below: dict[int, dict[int, str]] = {}
        texts = {line.number: line.cells for line in self.lines}
        for top, left, bottom, _right in self.merged:
            text = texts.get(top, {}).get(left, "")
            if bottom > top and text:
                first = bisect_right(self.lines, top, key=lambda line: line.number)
                last = bisect_right(self.lines, bottom, key=lambda line: line.number)
                for line in self.lines[first:last]:
                    below.setdefault(line.number, {})[left] = text
        return tuple(
            Line(line.number, _with(line.cells, below.get(line.number, {}))) for line in self.lines
        )


def _with(cells: Mapping[int, str], more: Mapping[int, str]) -> Mapping[int, str]:
    return {**more, **cells} if more else cells
