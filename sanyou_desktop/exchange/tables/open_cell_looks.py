"""What the cells of an .ods show beyond the values that a reader gives of them.

A cell holds its value in attributes and what it shows as text (OpenDocument 1.3, part 3, 9.1.4 and
19.385): 0.95 and 95%, 2000 and 2000万元, 2006-07-01 and 2006年7月.
"""

from __future__ import annotations

import re
from html import unescape

from sanyou_desktop.exchange.number_formats import Shown, shown_in
from sanyou_desktop.exchange.open_document_extent import pairs, times
from sanyou_desktop.exchange.tables.cell_looks import CellLooks, Marks

_TABLE = re.compile(rb"""<table:table\s([^>]*?)>(.*?)</table:table>""", re.DOTALL)
_NAME = re.compile(rb"""table:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HIDDEN = re.compile(rb"""table:visibility\s*=\s*["'](?:collapse|filter)["']""")
_TYPE = re.compile(rb"""office:value-type\s*=\s*["'](percentage|date|float|currency)["']""")
_SHOWN = re.compile(rb"<text:p[^>]*>(.*?)</text:p>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_FROM_1904 = re.compile(rb"""<table:null-date\b[^>]*date-value\s*=\s*["']1904-01-01["']""")
# More are the empty rest of a sheet, in one go.
_MOST_HIDDEN = 100_000
# 2006年7月, 2006-07, 2006年: a day that shows less than a day.
_MONTH = re.compile(r"\d{4}\s*(?:年|[-./])\s*\d{1,2}\s*月?")
_YEAR = re.compile(r"\d{4}\s*年?")
# 2000万元: the word behind a number.
_WORD = re.compile(r"[-+]?[\d,，]*\d(?:\.\d+)?\s*([^\s\d.,，%\"][^\d\"]*)")


def open_looks(content: bytes) -> dict[str, CellLooks]:
    """Return what is to be known of the cells of each sheet; ``content`` is the part's XML."""
    found = {}
    for table in _TABLE.finditer(content):
        named = _NAME.search(table.group(1))
        if named is not None:
            name = unescape((named.group(1) or named.group(2) or b"").decode())
            found[name] = _looks_of(table.group(2))
    return found


def counts_from_1904(content: bytes) -> bool:
    """Tell whether the days of a spreadsheet count from 1904."""
    return _FROM_1904.search(content) is not None


def _looks_of(table: bytes) -> CellLooks:
    marks = Marks()
    hidden: set[int] = set()
    row = 0
    for attributes, inside in pairs(_ROW, table):
        repeated = times("rows", attributes)
        cells = list(_of_row(inside))
        # Empty rows at the end are said to be repeated a million times.
        for number in range(row + 1, row + 1 + (repeated if cells else 0)):
            for column, key, way in cells:
                marks.add((number, column), key, way)
        if _HIDDEN.search(attributes) and repeated < _MOST_HIDDEN:
            hidden.update(range(row + 1, row + 1 + repeated))
        row += repeated
    return CellLooks.marked(marks, frozenset(hidden))


def _of_row(inside: bytes) -> list[tuple[int, str, Shown]]:
    """Return column, code and way of each cell of a row that shows more than its value."""
    found = []
    column = 0
    for attributes, text in pairs(_CELL, inside):
        repeated = times("columns", attributes)
        kind = _TYPE.search(attributes)
        code = _code_of(kind.group(1), text) if kind is not None else ""
        way = shown_in(code) if code else None
        if way is not None:
            found += [(at, code, way) for at in range(column, column + repeated)]
        column += repeated
    return found


def _code_of(kind: bytes, cell: bytes) -> str:
    """Return a number format that says what the cell shows, "" for one that says no more."""
    if kind == b"percentage":
        return "0%"
    said = _SHOWN.search(cell)
    shown = unescape(_TAG.sub(b"", said.group(1)).decode()).strip() if said is not None else ""
    if kind == b"date":
        return "yyyy-mm" if _MONTH.fullmatch(shown) else "yyyy" if _YEAR.fullmatch(shown) else ""
    word = _WORD.fullmatch(shown)
    return f'0"{word.group(1).strip()}"' if word is not None else ""
