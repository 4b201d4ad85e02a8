"""How far a spreadsheet of OpenDocument (.ods) reaches once its repeated rows are written out.

A row or cell that stands there once may say that it is repeated a million times; readers repeat it.
Empty ones at the end are what office programs fill their sheets up with, and do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanyou_desktop.exchange.limits import (
    MOST_CELLS_OF_TABLE,
    MOST_TEXT,
    too_much_text,
    too_wide,
)

_TABLE = re.compile(rb"<table:table[\s>]")
_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED = {
    what: re.compile(rb"""number-%b-repeated\s*=\s*["'](\d+)["']""" % what.encode())
    for what in ("rows", "columns")
}


def check_repeated(content: bytes, name: str) -> None:
    """Refuse a spreadsheet that is too large once it is written out; ``content`` is its XML.

    Raises:
        TooLarge: it has too many cells, or too much text.
    """
    for table in _TABLE.split(content)[1:]:
        rows = columns = waiting = text = 0
        for attributes, inside in pairs(_ROW, table):
            repeated = times("rows", attributes)
            width, shown = _row(inside)
            waiting += repeated
            if width:
                rows, waiting = rows + waiting, 0
                columns = max(columns, width)
                text += shown * repeated
            if rows * columns > MOST_CELLS_OF_TABLE:
                raise too_wide(name)
            if text > MOST_TEXT:
                raise too_much_text(name)


def _row(inside: bytes) -> tuple[int, int]:
    """Return how many cells a row has up to its last filled one, and the bytes that they show."""
    width = waiting = shown = 0
    for attributes, text in pairs(_CELL, inside):
        repeated = times("columns", attributes)
        waiting += repeated
        if b"value" in attributes or b"<text:p" in text:
            width, waiting = width + waiting, 0
            shown += len(text) * repeated
    return width, shown


def pairs(pattern: re.Pattern[bytes], part: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the attributes of each element, and all up to the next."""
    found = list(pattern.finditer(part))
    ends = [*(one.start() for one in found[1:]), len(part)]
    # There may be none: a row without cells is well-formed.
    for one, end in zip(found, ends, strict=bool(found)):
        yield one.group(1), part[one.end() : end]


def times(what: str, attributes: bytes) -> int:
    """Return how often an element stands for its like: ``what`` are rows or columns."""
    found = _REPEATED[what].search(attributes)
    return int(found.group(1)[:9]) if found else 1
