"""What the cells of a sheet show beyond the values that a reader gives of them.

A reader gives 0.95 for 95%, 2000 for 2000万元, the 1st of July for 2006年7月, and nothing at all
for #N/A and for a formula whose result was not kept. Cells of an .xlsx are ``c`` elements
(ECMA-376-1, 18.3.1.4); ``old_cell_looks`` and ``open_cell_looks`` know those of other files.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from heapq import merge

from sanyou_desktop.exchange.cells import address_of
from sanyou_desktop.exchange.limits import LAST_COLUMN
from sanyou_desktop.exchange.markup import (
    attributes,
    by_rows,
    element,
    root_prefix,
    start_tag,
    whole,
)
from sanyou_desktop.exchange.number_formats import Shown, shown_in
from sanyou_desktop.exchange.styles import Styles

# 18.17.3 and what newer programs add: what a formula shows instead of a result.
ERRORS = frozenset(
    ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
     "#FIELD!", "#BLOCKED!", "#BUSY!", "#CONNECT!", "#UNKNOWN!", "#GETTING_DATA")
)  # fmt: skip
_TRUE = ("1", "true", "on")
_IS_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_IS_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]+)["']""")
# A formula and nothing behind it: its result would stand there.
_WITHOUT_RESULT = re.compile(
    rb"(?:</(?:[\w.-]+:)?f\s*>|<(?:[\w.-]+:)?f(?:\s[^<>]*)?/>)\s*"
    rb"(?:<(?:[\w.-]+:)?v\s*/>|<(?:[\w.-]+:)?v>\s*</(?:[\w.-]+:)?v>)?\s*</(?:[\w.-]+:)?c\s*>"
)


class Formats:
    """The styles of a workbook in which a cell says more than its number."""

    def __init__(self, styles: Styles | None) -> None:
        """Look at all styles once; None for a workbook without any."""
        codes = styles.codes() if styles else ()
        shown = {at: shown_in(code) for at, code in enumerate(codes) if code}
        self.by_style = {at: one for at, one in shown.items() if one is not None}
        self._pattern = re.compile(
            rb"""\ss\s*=\s*["'](?:%b)["']""" % b"|".join(b"%d" % at for at in self.by_style)
        )

    def found_in(self, part: bytes) -> Iterator[re.Match[bytes]]:
        """Yield where a worksheet part has such a style."""
        return by_rows(self._pattern, part) if self.by_style else iter(())


class Marks:
    """How cells show, in a few bytes each: a sheet may have a million percentages."""

    def __init__(self) -> None:
        self._cells = array("Q")
        self._places = array("L")
        self._ways: list[Shown] = []
        self._known: dict[object, int] = {}
        self._is_sorted = True

    def add(self, cell: tuple[int, int], key: object, way: Shown) -> None:
        """Note how a cell shows; ``key`` is the same for the same way."""
        if key not in self._known:
            self._known[key] = len(self._ways)
            self._ways.append(way)
        place = cell[0] * LAST_COLUMN + cell[1]
        self._is_sorted = self._is_sorted and (not self._cells or place >= self._cells[-1])
        self._cells.append(place)
        self._places.append(self._known[key])

    def __iter__(self) -> Iterator[tuple[int, int, Shown]]:
        """Yield row, column and the way, row by row."""
        pairs = zip(self._cells, self._places, strict=True)
        for cell, place in pairs if self._is_sorted else sorted(pairs):
            yield *divmod(cell, LAST_COLUMN), self._ways[place]


@dataclass(frozen=True)
class CellLooks:
    """What is to be known of a sheet's cells; rows count from 1, columns from 0.

    Attributes:
        hidden_rows: the rows that are hidden.
        uncomputed: the cells with a formula that has no result.
    """

    hidden_rows: frozenset[int] = frozenset()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    _formatted: Marks = field(default_factory=Marks)
    _errors: Marks = field(default_factory=Marks)

    @classmethod
    def of(cls, part: bytes, formats: Formats) -> CellLooks:
        """Look through a worksheet part."""
        found = _Cells(part)
        return cls(
            _hidden_rows(part),
            frozenset(found.uncomputed()),
            found.formatted(formats),
            found.errors(),
        )

    @classmethod
    def marked(cls, marks: Marks, hidden_rows: frozenset[int]) -> CellLooks:
        """Return what was seen of a sheet in another way."""
        return cls(hidden_rows, _formatted=marks)

    def shown(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """Yield numbered rows of texts, in order, as their cells show them."""
        marks = merge(self._formatted, self._errors, key=lambda mark: mark[:2])
        at, column, way = next(marks, _NO_MARK)
        for row, texts in rows:
            while at <= row:
                if at == row:
                    texts += [""] * (column + 1 - len(texts))
                    texts[column] = way(texts[column])
                at, column, way = next(marks, _NO_MARK)
            yield row, texts


_NOWHERE = (0, 0)
_NO_MARK: tuple[int, int, Shown] = (1 << 62, 0, str)


class _Cells:
    """The cells of a worksheet part, found by what stands in them."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._prefix = root_prefix(part)
        self._begin = b"<" + self._prefix + b"c"
        self._value = element(self._prefix + b"v")

    def formatted(self, formats: Formats) -> Marks:
        """Return the cells whose style says more than their number."""
        marks = Marks()
        for match in formats.found_in(self._part):
            cell, tag = self._around(match.start(), in_tag=True)
            style = _STYLE.search(tag)
            if cell != _NOWHERE and style is not None:
                number = int(style.group(1))
                marks.add(cell, number, formats.by_style[number])
        return marks

    def errors(self) -> Marks:
        """Return the cells that show an error."""
        marks = Marks()
        for match in by_rows(_IS_ERROR, self._part):
            cell, _tag = self._around(match.start(), in_tag=True)
            value = self._value.search(self._part, match.end())
            if cell != _NOWHERE and value is not None:
                text = (value.group(2) or b"").decode()
                marks.add(cell, text, partial(_instead, text))
        return marks

    def uncomputed(self) -> Iterator[tuple[int, int]]:
        """Yield the cells with a formula without a result; an empty text is one."""
        for match in by_rows(_WITHOUT_RESULT, self._part):
            cell, tag = self._around(match.start())
            if cell != _NOWHERE and not _IS_TEXT.search(tag):
                yield cell

    def _around(self, place: int, *, in_tag: bool = False) -> tuple[tuple[int, int], bytes]:
        """Return the cell around a place, ``in_tag`` only where it is in the start tag.

        What begins with ``c`` and is no cell, and a cell that leaves out its address, is nowhere;
        so is what other elements have in attributes of the same name.
        """
        start = self._part.rfind(self._begin, 0, place + 1)
        found = start_tag(self._prefix + b"c").match(self._part, max(start, 0))
        if found is None or (in_tag and place >= found.end()):
            return _NOWHERE, b""
        return address_of(attributes(found.group(1)).get("r", "")) or _NOWHERE, found.group(0)


def _instead(text: str, _read: str) -> str:
    return text


def _hidden_rows(part: bytes) -> frozenset[int]:
    rows = start_tag(root_prefix(part) + b"row")
    found = by_rows(rows, part) if b"hidden" in part else ()
    held = (attributes(match.group(1)) for match in found)
    return frozenset(whole(one.get("r", "")) for one in held if one.get("hidden", "") in _TRUE)
