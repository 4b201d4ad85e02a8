"""Looking at an old workbook (.xls, .et) before a reader makes room for all that it claims to hold.

Its records (MS-XLS) stand in a stream of a compound file (MS-CFB). A cell in the last row and
column would ask the reader for 137 GB, and every cell that shows a shared string gets a copy of it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from sanyou_desktop.exchange.errors import NotAWorkbook, Unsupported
from sanyou_desktop.exchange.limits import (
    MOST_CELLS_OF_TABLE,
    MOST_TEXT,
    too_much_text,
    too_wide,
)
from sanyou_desktop.wording import to_user

_END = 0xFFFFFFFE
_HEADER, _ENTRY, _SMALLEST, _IN_HEADER = 512, 128, 4096, 109
_STREAMS = ("Workbook", "Book")
# What begins the records of the workbook, and those of each sheet and chart.
BEGINNINGS = (0x009, 0x209, 0x409, 0x809)
_SST, _CONTINUE, _SHARED = 0x0FC, 0x03C, 0x0FD
# FilePass: the contents of all further records are enciphered.
_ENCIPHERED = 0x02F
# Cells begin with their row and column: blank, number, label, boolean, formula, RK, rich text.
_CELLS = frozenset(
    (0x001, 0x002, 0x003, 0x004, 0x005, 0x006, 0x201, 0x203, 0x204, 0x205, 0x206, 0x406, 0x27E,
     0x0FD, 0x0D6)
)  # fmt: skip
# Several cells of a row: blank ones, RK numbers; the last column stands at the end.
_ROWS_OF_CELLS = frozenset((0x0BD, 0x0BE))


def check_old_workbook(data: bytes, name: str) -> None:
    """Refuse a file that asks for more room than there is.

    Raises:
        TooLarge: its cells are too far apart, or hold too much text.
        Unsupported: it opens with a password only.
        NotAWorkbook: it is damaged.
    """
    with damage_told(name):
        stream = workbook_stream(data)
        records = list(records_of(stream))
        if any(kind == _ENCIPHERED for kind, _start, _size in records):
            raise with_password(name)
        lengths = _string_lengths(stream, records)
        text = _check_cells(stream, records, lengths, name)
    if text > MOST_TEXT:
        raise too_much_text(name)


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """Refuse a file whose records break off, or are not where others say that they are."""
    try:
        yield
    except (struct.error, IndexError, ValueError) as error:
        raise NotAWorkbook(
            to_user(
                "{name} 不是表格文件，或已损坏，没有读入。请用 WPS 或 Excel 另存一份再试。"
            ).format(name=name)
        ) from error


def with_password(name: str) -> Unsupported:
    """Return the refusal of a file that opens with a password only."""
    return Unsupported(
        to_user("{name} 设有打开密码，没有读入。请去掉密码后再试。").format(name=name)
    )


def _check_cells(
    stream: bytes, records: list[tuple[int, int, int]], lengths: list[int], name: str
) -> int:
    """Return how many bytes of text the cells show, and refuse cells too far apart."""
    rows = columns = text = 0
    for kind, start, size in records:
        if kind in BEGINNINGS:
            rows = columns = 0
        elif kind in _CELLS or kind in _ROWS_OF_CELLS:
            row, column = struct.unpack_from("<2H", stream, start)
            if kind in _ROWS_OF_CELLS:
                (column,) = struct.unpack_from("<H", stream, start + size - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > MOST_CELLS_OF_TABLE:
                raise too_wide(name)
        if kind == _SHARED:
            (index,) = struct.unpack_from("<L", stream, start + 6)
            text += lengths[index] if index < len(lengths) else 0
    return text


def records_of(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place of the content, and its size."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        if not kind and not size:
            # Behind the last one a stream may be filled up.
            return
        yield kind, at + 4, min(size, len(stream) - at - 4)
        at += 4 + size


def _string_lengths(stream: bytes, records: list[tuple[int, int, int]]) -> list[int]:
    """Return the bytes of each shared string in UTF-8, at most, as far as they can be followed."""
    first = next((place for place, one in enumerate(records) if one[0] == _SST), None)
    if first is None:
        return []
    parts = [records[first]]
    for one in records[first + 1 :]:
        if one[0] != _CONTINUE:
            break
        parts.append(one)
    return list(_Strings(stream, [(start, size) for _kind, start, size in parts]).lengths())


class _Strings:
    """Walks over the strings of a table that goes on in further records."""

    def __init__(self, stream: bytes, parts: list[tuple[int, int]]) -> None:
        self._stream = b"".join(stream[start : start + size] for start, size in parts)
        ends = [0]
        for _start, size in parts:
            ends.append(ends[-1] + size)
        self._parts = list(pairwise(ends))
        self._part = 0
        self._at = 8

    def lengths(self) -> Iterator[int]:
        while self._at + 3 <= len(self._stream):
            count, flags = struct.unpack_from("<HB", self._stream, self._at)
            self._at += 3
            runs = extra = 0
            if flags & 0x8:
                (runs,) = struct.unpack_from("<H", self._stream, self._at)
                self._at += 2
            if flags & 0x4:
                (extra,) = struct.unpack_from("<L", self._stream, self._at)
                self._at += 4
            self._pass_text(count, flags)
            self._at += 4 * runs + extra
            yield 3 * count

    def _pass_text(self, count: int, flags: int) -> None:
        """Go behind the characters; where a record ends among them, the next begins with flags."""
        while count:
            while self._part < len(self._parts) - 1 and self._at >= self._parts[self._part][1]:
                self._part += 1
            width = 2 if flags & 1 else 1
            room = (self._parts[self._part][1] - self._at) // width
            if count <= room or self._part == len(self._parts) - 1:
                self._at += count * width
                return
            count -= room
            self._at = self._parts[self._part][1]
            flags = self._stream[self._at]
            self._at += 1


def workbook_stream(data: bytes) -> bytes:
    """Return the stream of the workbook.

    Raises:
        ValueError, struct.error, IndexError: the file is damaged.
    """
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise ValueError(shift)
    size = 1 << shift
    (directory,) = struct.unpack_from("<L", data, 48)
    (mini_from,) = struct.unpack_from("<L", data, 60)
    table = _allocation(data, size)
    entries = _chain(data, table, directory, size)
    root_start = struct.unpack_from("<L", entries, 116)[0]
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        coded = entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        if coded not in _STREAMS:
            continue
        start, length = struct.unpack_from("<2L", entries, at + 116)
        if length >= _SMALLEST:
            return _chain(data, table, start, size)[:length]
        # Of so small a stream the sectors are of 64 bytes, within a stream of their own.
        inside = _chain(data, table, root_start, size)
        small = (
            struct.unpack(f"<{len(found) // 4}L", found)
            if (found := _chain(data, table, mini_from, size))
            else ()
        )
        return _chain(inside, list(small), start, 64, skipped=0)[:length]
    raise ValueError("no workbook")


def _allocation(data: bytes, size: int) -> list[int]:
    """Return which sector follows each."""
    wanted = [one for one in struct.unpack_from(f"<{_IN_HEADER}L", data, 76) if one < _END - 3]
    (further,) = struct.unpack_from("<L", data, 68)
    seen = 0
    while further < _END - 3 and seen < len(data) // size:
        sector = data[(further + 1) * size : (further + 2) * size]
        *more, further = struct.unpack(f"<{size // 4}L", sector)
        wanted += [one for one in more if one < _END - 3]
        seen += 1
    table: list[int] = []
    for one in wanted[: len(data) // size]:
        sector = data[(one + 1) * size : (one + 2) * size]
        table += struct.unpack(f"<{len(sector) // 4}L", sector[: len(sector) // 4 * 4])
    return table


def _chain(data: bytes, table: list[int], start: int, size: int, *, skipped: int = 1) -> bytes:
    """Return the sectors of a chain; one that runs in a ring is damage."""
    parts: list[bytes] = []
    most = len(data) // size + 1
    while start < _END - 3:
        if len(parts) > most:
            raise ValueError("a ring of sectors")
        at = (start + skipped) * size
        parts.append(data[at : at + size])
        start = table[start]
    return b"".join(parts)
