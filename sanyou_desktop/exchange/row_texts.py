"""What the cells of a row show, at the speed that 200,000 rows of 300 units ask for.

Most cells say what another cell said before: a status, a department, nothing. What the markup of a
cell behind its address shows is therefore kept and looked up; only what is new is read, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sanyou_desktop.exchange.cells import (
    address_of,
    cell_text,
    column_name,
    from_xstring,
)
from sanyou_desktop.exchange.limits import LAST_COLUMN
from sanyou_desktop.exchange.markup import attributes, element, unescaped
from sanyou_desktop.exchange.styles import Styles

# Some 4 MB at the most.
_MOST_KEPT = 16_384
_LONGEST_KEPT = 160
_ADDRESS = b' r="'
_SPELT_ADDRESS = re.compile(rb"\sr\s*=")
# What can stand behind the name of an element: of another that begins so goes on.
_BEHIND_NAME = (b" ", b">", b"/", b"\n", b"\t", b"\r")


@dataclass(frozen=True)
class Reading:
    """What cells of this workbook mean: its shared strings, styles and day zero."""

    strings: Sequence[str]
    styles: Styles
    is_1904: bool


class RowTexts:
    """Reads the cells of one worksheet part."""

    def __init__(self, prefix: bytes, reading: Reading) -> None:
        """Read cells whose elements have that prefix (with its colon)."""
        self._prefix = prefix
        self._reading = reading
        self._cell = b"<" + prefix + b"c"
        self._begin = self._cell + _ADDRESS
        self._row_ends = b"</" + prefix + b"row"
        self._known: dict[bytes, str] = {}
        self._columns: dict[bytes, int] = {}
        tags = {"p": re.escape(prefix).decode()}
        inline = (
            r'(?: s="[0-9]+")? t="inlineStr"><{p}is><{p}t(?: xml:space="preserve")?>([^<]*)'
            r"</{p}t></{p}is></{p}c>\s*"
        )
        shared = r'(?: s="[0-9]+")? t="s"><{p}v>([0-9]{{1,9}})</{p}v></{p}c>\s*'
        self._inline = re.compile(inline.format(**tags).encode())
        self._shared = re.compile(shared.format(**tags).encode())

    def of_row(self, markup: bytes, row: int) -> dict[int, str] | None:
        """Return what a row shows by column, None if its cells are spelt in some unusual way.

        Empty cells are left out. A cell without an address follows the one before it.
        """
        if markup.count(self._cell) > LAST_COLUMN:
            return None
        number = str(row).encode()
        digits = len(number)
        known, columns = self._known, self._columns
        found: dict[int, str] = {}
        column = -1
        for piece in markup[: self._end_of_cells(markup)].split(self._cell)[1:]:
            if piece.startswith(_ADDRESS):
                address, _quote, rest = piece[len(_ADDRESS) :].partition(b'"')
                letters = address[:-digits]
                place = columns.get(letters)
                column = self._column(letters) if place is None else place
                if column < 0 or address[-digits:] != number:
                    return None
            else:
                rest = piece
                column += 1
                tag = piece.partition(b">")[0]
                if _SPELT_ADDRESS.search(tag) or piece[:1] not in _BEHIND_NAME:
                    return None
            text = known.get(rest)
            if text is None:
                text = self._read(rest)
            if text:
                found[column] = text
        return found if column < LAST_COLUMN else None

    def at(self, markup: bytes, row: int, column: int) -> str | None:
        """Return what one cell of a row shows, None if the whole row has to be read for it."""
        address = f"{column_name(column)}{row}".encode()
        place = markup.find(self._begin + address + b'"')
        if place >= 0:
            start = place + len(self._begin) + len(address) + 1
            end = markup.find(self._cell, start)
            behind = end + len(self._cell)
            if end >= 0 and markup[behind : behind + 1] not in _BEHIND_NAME:
                # The color of a part of the text, which begins as a cell does.
                return None
            rest = markup[start : end if end >= 0 else self._end_of_cells(markup)]
            text = self._known.get(rest)
            return self._read(rest) if text is None else text
        place = markup.find(b' r="' + address + b'"')
        if place < 0:
            # Cells may leave out their address, or quote it otherwise.
            return "" if markup.count(self._begin) == markup.count(self._cell) else None
        found = element(self._prefix + b"c").match(markup, markup.rfind(b"<", 0, place))
        # Somebody's text may hold what looks like the address.
        return self.of_cell(found.group(0)) if found else None

    def of_cell(self, cell: bytes) -> str:
        """Return what a ``c`` element shows."""
        if cell.find(b"<", 1) < 0:
            # Most cells of a wide sheet are a look and nothing else.
            return ""
        reading = self._reading
        is_date = reading.styles.is_date(style_of(cell))
        return cell_text(
            self._prefix, cell, reading.strings, is_date=is_date, is_1904=reading.is_1904
        )

    def _read(self, rest: bytes) -> str:
        """Return what a cell shows, from its markup behind its address, and keep it."""
        if b"<" not in rest:
            text = ""
        elif found := self._shared.fullmatch(rest):
            place = int(found.group(1))
            text = self._reading.strings[place] if place < len(self._reading.strings) else ""
        elif found := self._inline.fullmatch(rest):
            text = from_xstring(unescaped(found.group(1).decode()))
        else:
            text = self.of_cell(self._cell + rest)
        if len(rest) <= _LONGEST_KEPT:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[rest] = text
        return text

    def _column(self, letters: bytes) -> int:
        """Return the column of these letters, -1 if there is none."""
        place = address_of(letters.decode("ascii", "replace") + "1")
        column = place[1] if place and place[1] < LAST_COLUMN else -1
        self._columns[letters] = column
        return column

    def _end_of_cells(self, markup: bytes) -> int:
        end = markup.rfind(self._row_ends)
        return end if end >= 0 else len(markup)


def style_of(cell: bytes) -> str:
    """Return the number of a cell's format as it is spelt, "" for none."""
    found = re.match(rb"<[^\s/>]+([^>]*)>", cell)
    return attributes(found.group(1)).get("s", "") if found else ""
