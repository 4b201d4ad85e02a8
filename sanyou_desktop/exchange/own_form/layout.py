"""Where a superior's form wants to be filled: its sheet, the rows of its table, the lines above.

A form is read as it was sent: a header of one or more rows, the rows to fill below it, then totals,
notes and signatures. What stands there already is somebody's and is never written over unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sanyou_desktop.exchange.cells import address_of
from sanyou_desktop.exchange.markup import attributes, start_tag
from sanyou_desktop.exchange.own_form.computed import computed_for, parts_of
from sanyou_desktop.exchange.scheme_headers import BELOW, EXAMPLE, TOTALS, tidy
from sanyou_desktop.exchange.tables.found_columns import AskedCell
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.fields import Field
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

# How a sheet asks: by rows of a table, by the card of one record, by single figures.
TABLE, CARD, FIGURES = "table", "card", "figures"
# Columns that no field of a record fills.
NUMBER, UNIT_NAME, UNIT_CODE = "#number", "#unit_name", "#unit"
# The unit stands in columns of its own. A mark is read; it is never written, because what has one
# does not leave.
_OURS = frozenset({"id", "unit", "attachments"})
# 一、检查情况: the heading of another part of the sheet.
_SECTION = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
# 主要负责人签字: and nothing behind it but room to write.
_TO_SIGN = re.compile(
    r"\s*[^\s：:]{2,12}(?:[（(][^）)]*[）)])?\s*[：:][\s　_＿年月日]*(?:\S{2,12}[：:].*)?"
)
# …… stands for rows like those above.
_DOTS = re.compile(r"[\s.．…·。]*")
# What counts rows: 1, 1.1, （一）, ①, A-1.
_COUNTS = re.compile(r"[\W_\dA-Za-z一二三四五六七八九十①-⑳]*第?[\d一二三四五六七八九十]*[条项号]?")


def part_name(sheet: str, part: str) -> str:
    """Return what a table is called."""
    return _("{sheet}（{part}）").format(sheet=sheet, part=part) if part else sheet


def fillable_sources(kind: str) -> set[str]:
    """Return everything that may fill a column."""
    inside = {source for source, _rows, _column in parts_of(kind)}
    return {NUMBER, UNIT_NAME, UNIT_CODE, *fillable_fields(kind), *computed_for(kind), *inside}


def fillable_fields(kind: str) -> dict[str, Field[Any]]:
    """Return the fields of a kind that a form may ask for."""
    declared = kind_of(kind).fields.items()
    return {key: item for key, item in declared if not item.read_only and key not in _OURS}


@dataclass(frozen=True)
class Layout:
    """How a sheet is filled; rows count from 1, columns from 0.

    Attributes:
        sheet: the sheet's name.
        kind: the kind of record that fills its rows.
        header_row: the last row of the headers.
        columns: what fills each column: a field's key, ``NUMBER``, ``UNIT_NAME`` or ``UNIT_CODE``,
            a column of the rows inside a record (rounds.rectification) or what ``computed`` knows.
        first_header: the first row of the headers.
        before: the row at which another part of the sheet begins, 0 for none.
        units: what the numbers of a column count, where the form says so: 万元, %.
        shape: ``TABLE``, ``CARD`` or ``FIGURES``; of the latter two ``columns`` are by the numbers
            of the cells that are asked for.
        asked: the single cells of a card or of figures.
        top: the first row of the headers of the sheet's first table.
        part: which table of the sheet it is, in words; "" for the only one.
    """

    sheet: str
    kind: str
    header_row: int
    columns: Mapping[int, str] = field(default_factory=dict)
    first_header: int = 0
    before: int = 0
    units: Mapping[int, str] = field(default_factory=dict)
    shape: str = TABLE
    asked: tuple[AskedCell, ...] = ()
    top: int = 0
    part: str = ""

    def __post_init__(self) -> None:
        """Take headers of one row for headers of one row, and one table for the only one."""
        if not self.first_header:
            object.__setattr__(self, "first_header", self.header_row)
        if not self.top:
            object.__setattr__(self, "top", self.first_header)

    @property
    def name(self) -> str:
        """What it is called: the sheet, and which of its tables where it has several."""
        return part_name(self.sheet, self.part)

    @property
    def cells(self) -> Iterator[AskedCell]:
        """The single cells that something fills, each with what was chosen for it."""
        for cell in self.asked:
            source = self.columns.get(cell.column, "")
            if source:
                yield replace(cell, source=source)


@dataclass(frozen=True)
class Body:
    """The rows to fill.

    Attributes:
        first: the first row below the headers.
        last: the last row that belongs to the table; ``first - 1`` where there is none to fill.
        filled: rows that hold something in a column that would be filled.
        is_open: nothing stands below ``last``: more rows need no room to be made.
        pages: first and last row of each further stretch to fill, below the same header again.
    """

    first: int
    last: int
    filled: tuple[int, ...]
    is_open: bool
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def room(self) -> int:
        """How many rows there are to fill."""
        stretches = [(self.first, self.last), *self.pages]
        return sum(last - first + 1 for first, last in stretches)


def body_of(part: Worksheet, layout: Layout) -> Body:
    """Return the rows of the table."""
    first = layout.header_row + 1
    rows = [row for row in part.rows() if row >= first and not 0 < layout.before <= row]
    while rows and rows[0] == first and _stands_first(part, layout, rows):
        first = rows.pop(0) + 1
    end = layout.before
    filled = []
    for row in rows:
        texts = part.texts(row)
        if _ends_table(texts, layout):
            end = row
            break
        held = (texts.get(column, "") for column in _asked(part, row, layout))
        if not all(map(_DOTS.fullmatch, held)):
            filled.append(row)
    if end:
        pages = _pages(part, layout, [row for row in rows if row > end])
        return Body(first, end - 1, tuple(filled), is_open=False, pages=pages)
    return Body(first, max([first, *rows]), tuple(filled), is_open=True)


def _pages(part: Worksheet, layout: Layout, below: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return what there is to fill below the same header again, as on the pages of a paper form.

    Where something is filled in there, these are somebody's own rows, and nothing is returned.
    """
    if layout.first_header != layout.header_row:
        return ()
    header = {at: tidy(text) for at, text in part.texts(layout.header_row).items()}
    for row in below:
        if {at: tidy(text) for at, text in part.texts(row).items()} != header:
            continue
        found = body_of(part, replace(layout, header_row=row, first_header=row))
        is_empty = found.last >= found.first and not found.filled
        return ((found.first, found.last), *found.pages) if is_empty else ()
    return ()


def _stands_first(part: Worksheet, layout: Layout, rows: Sequence[int]) -> bool:
    """Tell a row of totals above those that it adds up, or a row that shows how to fill them."""
    shown = _shown(part.texts(rows[0]))
    if not shown or len(rows) == 1 or _ends_table(part.texts(rows[1]), layout):
        return False
    begins = [tidy(text) for text in shown[:2]]
    return any(text in TOTALS or EXAMPLE.fullmatch(text) for text in begins)


def _asked(part: Worksheet, row: int, layout: Layout) -> list[int]:
    """Return the columns in which something may stand that a person entered."""
    formulas = part.formulas(row)
    return [
        column
        for column, source in layout.columns.items()
        if source != NUMBER and column not in formulas
    ]


def _ends_table(texts: Mapping[int, str], layout: Layout) -> bool:
    """Tell a row of totals, a note, a signature or another part's heading from a row to fill."""
    shown = _shown(texts)
    if not shown:
        return False
    if any(tidy(text) in TOTALS for text in shown[:2]):
        return True
    if BELOW.match(shown[0]) or _TO_SIGN.fullmatch(shown[0]):
        return True
    if len(shown) == 1 and _SECTION.match(shown[0]):
        return True
    counted = (texts.get(at, "") for at, source in layout.columns.items() if source == NUMBER)
    return any(not _COUNTS.fullmatch(text) for text in counted)


def _shown(texts: Mapping[int, str]) -> list[str]:
    return [text for _column, text in sorted(texts.items()) if text.strip()]


def merged_areas(part: Worksheet) -> list[tuple[int, int, int, int]]:
    """Return the merged areas: first row, first column, last row, last column."""
    found = []
    for match in start_tag(part.prefix + b"mergeCell").finditer(part.data):
        first, _colon, last = attributes(match.group(1)).get("ref", "").partition(":")
        start, end = address_of(first), address_of(last)
        if start and end:
            found.append((*start, *end))
    return found
