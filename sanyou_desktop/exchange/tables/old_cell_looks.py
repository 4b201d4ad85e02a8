"""What the cells of an old workbook (.xls, .et) show beyond the values that a reader gives of them.

Cells name a record of formats (XF), which names a number format (Format, or a built-in one); all
are records of one stream (MS-XLS 2.4.353, 2.4.126).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from sanyou_desktop.exchange.number_formats import BUILT_IN, Shown, shown_in
from sanyou_desktop.exchange.old_workbook import BEGINNINGS, records_of, workbook_stream
from sanyou_desktop.exchange.tables.cell_looks import CellLooks, Marks

_SHEET, _END, _DATES, _FORMAT, _XF, _ROW = 0x085, 0x00A, 0x022, 0x41E, 0x0E0, 0x208
# Numbers: alone, as RK, of a formula; several of a row as RK.
_NUMBERS = frozenset((0x203, 0x27E, 0x006, 0x206, 0x406))
_SEVERAL = 0x0BD
_HIDDEN = 0x20
# The version of a stream's first record from which texts are of two bytes a character or one.
_WIDE_TEXTS = 0x600


@dataclass
class OldLooks:
    """How a workbook shows.

    Attributes:
        sheets: by name, what is to be known of the cells.
        is_1904: its days count from 1904.
    """

    sheets: dict[str, CellLooks] = field(default_factory=dict)
    is_1904: bool = False


def old_looks(data: bytes) -> OldLooks:
    """Look through a workbook that ``check_old_workbook`` let pass."""
    return _Workbook(workbook_stream(data)).looks()


@dataclass
class _Sheet:
    name: str
    marks: Marks = field(default_factory=Marks)
    hidden: set[int] = field(default_factory=set)


class _Workbook:
    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._is_wide = struct.unpack_from("<H", stream, 4)[0] >= _WIDE_TEXTS
        self._names: dict[int, str] = {}
        self._codes: dict[int, str] = dict(BUILT_IN)
        self._formats: list[int] = []
        self._ways: dict[int, Shown] = {}
        self._is_1904 = False

    def looks(self) -> OldLooks:
        """Walk over all records once: those of the workbook stand before those of its sheets."""
        found = OldLooks()
        within: list[_Sheet | None] = []
        for kind, start, size in records_of(self._stream):
            if kind in BEGINNINGS:
                # Behind those of the workbook itself, and of a chart within a sheet: none.
                name = self._names.get(start - 4)
                within.append(None if name is None else _Sheet(name))
                self._ways = self._ways or dict(self._known_ways())
            elif kind == _END and within:
                sheet = within.pop()
                if sheet is not None:
                    hidden = frozenset(sheet.hidden)
                    found.sheets[sheet.name] = CellLooks.marked(sheet.marks, hidden)
            elif within and within[-1] is not None:
                self._look(within[-1], kind, start, size)
            elif len(within) == 1:
                self._learn(kind, start, size)
        found.is_1904 = self._is_1904
        return found

    def _learn(self, kind: int, start: int, size: int) -> None:
        """Take what the workbook says of all its sheets."""
        if kind == _SHEET:
            (place,) = struct.unpack_from("<L", self._stream, start)
            self._names[place] = self._short_text(start + 6, start + size)
        elif kind == _DATES:
            self._is_1904 = bool(struct.unpack_from("<H", self._stream, start)[0])
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", self._stream, start)
            read = self._long_text if self._is_wide else self._short_text
            self._codes[number] = read(start + 2, start + size)
        elif kind == _XF:
            self._formats.append(struct.unpack_from("<H", self._stream, start + 2)[0])

    def _known_ways(self) -> Iterator[tuple[int, Shown]]:
        for at, number in enumerate(self._formats):
            way = shown_in(self._codes.get(number, ""))
            if way is not None:
                yield at, way

    def _look(self, sheet: _Sheet, kind: int, start: int, size: int) -> None:
        if kind in _NUMBERS:
            row, column, look = struct.unpack_from("<3H", self._stream, start)
            self._mark(sheet, row, column, look)
        elif kind == _SEVERAL:
            row, first = struct.unpack_from("<2H", self._stream, start)
            for at in range((size - 6) // 6):
                (look,) = struct.unpack_from("<H", self._stream, start + 4 + 6 * at)
                self._mark(sheet, row, first + at, look)
        elif kind == _ROW and size >= 16:
            (row,) = struct.unpack_from("<H", self._stream, start)
            if self._stream[start + 12] & _HIDDEN:
                sheet.hidden.add(row + 1)

    def _mark(self, sheet: _Sheet, row: int, column: int, look: int) -> None:
        way = self._ways.get(look)
        if way is not None:
            sheet.marks.add((row + 1, column), look, way)

    def _short_text(self, at: int, end: int) -> str:
        """Return a text whose length is one byte."""
        if self._is_wide:
            return self._coded(at + 2, end, self._stream[at], self._stream[at + 1])
        return self._stream[at + 1 : min(end, at + 1 + self._stream[at])].decode(
            "gb18030", "replace"
        )

    def _long_text(self, at: int, end: int) -> str:
        (length,) = struct.unpack_from("<H", self._stream, at)
        return self._coded(at + 3, end, length, self._stream[at + 2])

    def _coded(self, at: int, end: int, length: int, flags: int) -> str:
        if flags & 1:
            return self._stream[at : min(end, at + 2 * length)].decode("utf-16-le", "replace")
        return self._stream[at : min(end, at + length)].decode("latin-1")
