"""How high a row must be for its text: not every office program sees to that on opening."""

from __future__ import annotations

from collections.abc import Sequence

from sanyou_desktop.exchange.sheet import CellValue, Column, Row

# Points.
_LINE_HEIGHT = 14.5
_PADDING = 5.0
# Excel's limit of a row's height.
TALLEST = 409.0


def height_of(columns: Sequence[Column], item: Row) -> float:
    """Return the points that the printed cells of a row need, within what Excel takes."""
    lines = (lines_of(cell, column) for column, cell in zip(columns, item.cells, strict=True))
    return height_of_lines(max(lines, default=1))


def height_of_lines(lines: int) -> float:
    """Return the points that so many lines need, within what Excel takes."""
    return min(TALLEST, lines * _LINE_HEIGHT + _PADDING)


def lines_of(cell: CellValue, column: Column) -> int:
    """Return how many lines a cell takes on paper."""
    if not isinstance(cell, str) or not column.printed:
        return 1
    room = max(2, int(column.width))
    lines = 0
    for part in cell.split("\n"):
        extent, wide = _extent(part)
        # A character of double width does not stand half in a line.
        usable = room - room % 2 if wide else room
        lines += max(1, -(-extent // usable))
    return lines


def _extent(text: str) -> tuple[int, bool]:
    """Return the half-widths that a text takes, and whether characters of double width are in it.

    Counted from the bytes of UTF-8, which a Chinese character takes three of: a whole scan by
    ``unicodedata`` takes ten times as long, and the rest (é, 🙂) is taken for a little wider.
    """
    length = len(text)
    if text.isascii():
        return length, False
    return length + (len(text.encode("utf-8", "replace")) - length + 1) // 2, True
