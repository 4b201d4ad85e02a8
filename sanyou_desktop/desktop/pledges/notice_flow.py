"""Filling the pages of a notice: text as large as one page allows, else over several pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sanyou_desktop.desktop.pledges.notice_text import Block, Line, Notice, Told, blocks_of, untold

_TRIES = 14
_WIDEST_GAP = 2.2


@dataclass(frozen=True)
class Placed:
    """A line at its place in the body of a page; ``number`` is drawn beside it, 0 for none."""

    line: Line
    x: float
    y: float
    number: int
    size: float


@dataclass(frozen=True)
class Body:
    """Where text goes on each page, in the device's pixels.

    Attributes:
        width, height: of the body.
        columns: how many columns it has.
        between: the gap between columns.
        smallest, largest: the sizes of a character between which the text may be scaled.
    """

    width: float
    height: float
    columns: int
    between: float
    smallest: float
    largest: float

    @property
    def column(self) -> float:
        """The width of a column."""
        return (self.width - self.between * (self.columns - 1)) / self.columns


def flow(notice: Notice, body: Body, told: Told = untold) -> list[list[Placed]]:
    """Return the pages: one in the largest size that fits, or as many as the smallest needs.

    Where the body may have two columns, one is tried as well: short clauses are larger so.
    ``told`` hears of every paragraph that is laid out, and may raise to stop.
    """
    ways = [replace(body, columns=columns) for columns in range(body.columns, 0, -1)]
    sized = [(_largest(notice, way, told), way) for way in ways]
    size, best = max(sized, key=lambda pair: pair[0])
    blocks = blocks_of(notice, best.column, max(size, best.smallest), told)
    return _pages(_balanced(blocks, best), best)


def _largest(notice: Notice, body: Body, told: Told) -> float:
    """Return the largest size in which everything is on one page, 0 if none is."""
    low, high = body.smallest, body.largest
    if not _is_one_page(notice, body, low, told):
        return 0
    for _try in range(_TRIES):
        middle = (low + high) / 2
        low, high = (middle, high) if _is_one_page(notice, body, middle, told) else (low, middle)
    return low


def _is_one_page(notice: Notice, body: Body, size: float, told: Told) -> bool:
    return len(_fill(blocks_of(notice, body.column, size, told), body.height)) <= body.columns


Column = list[tuple[Block, list[Line]]]


def _fill(blocks: list[Block], height: float) -> list[Column]:
    """Put blocks into columns of that height; only one that is higher than a column is split."""
    columns: list[Column] = [[]]
    left = height
    for block in blocks:
        gap = block.gap if columns[-1] else 0
        if gap + block.height <= left:
            columns[-1].append((block, block.lines))
            left -= gap + block.height
            continue
        if block.height <= height:
            columns.append([(block, block.lines)])
            left = height - block.height
            continue
        lines: list[Line] = []
        left -= gap
        for line in block.lines:
            if line.height > left:
                if lines:
                    columns[-1].append((block, lines))
                columns.append([])
                lines, left = [], height
            lines.append(line)
            left -= line.height
        columns[-1].append((block, lines))
    return columns


def _balanced(blocks: list[Block], body: Body) -> list[Column]:
    """Return as few columns as can be, that end at about the same height."""
    columns = _fill(blocks, body.height)
    if len(columns) == 1:
        return columns
    most = -(-len(columns) // body.columns) * body.columns
    low, high = 0.0, body.height
    for _try in range(_TRIES):
        middle = (low + high) / 2
        fits = len(_fill(blocks, middle)) <= most
        low, high = (low, middle) if fits else (middle, high)
    return _fill(blocks, high)


def _pages(columns: list[Column], body: Body) -> list[list[Placed]]:
    pages = []
    for first in range(0, len(columns), body.columns):
        page: list[Placed] = []
        together = columns[first : first + body.columns]
        widen, top = _room(together, body)
        for place, column in enumerate(together):
            x = place * (body.column + body.between)
            page += _placed(column, x, top, widen)
        pages.append(page)
    return pages


def _room(columns: list[Column], body: Body) -> tuple[float, float]:
    """Return how much wider the gaps may be to fill the page, and how far down the text begins.

    The gaps are those of all columns alike, so the one that is fullest with them decides.
    """
    filled = [column for column in columns if column]
    if not filled:
        return 0.0, 0.0
    widest = max(block.gap for column in filled for block, _lines in column) * _WIDEST_GAP
    widen = min(
        (
            max(0.0, body.height - _height(column)) / (len(column) - 1)
            for column in filled
            if len(column) > 1
        ),
        default=0.0,
    )
    widen = min(widen, widest)
    highest = max(_height(column) + widen * (len(column) - 1) for column in filled)
    return widen, max(0.0, body.height - highest) / 2


def _height(column: Column) -> float:
    return sum(
        (block.gap if index else 0) + sum(line.height for line in lines)
        for index, (block, lines) in enumerate(column)
    )


def _placed(column: Column, x: float, y: float, widen: float) -> list[Placed]:
    placed = []
    for index, (block, lines) in enumerate(column):
        y += block.gap + widen if index else 0
        for line in lines:
            begins = line is block.lines[0]
            placed.append(Placed(line, x, y, block.number if begins else 0, block.size))
            y += line.height
    return placed
