"""A compound file (MS-CFB) around one stream, and the records of a BIFF8 workbook (MS-XLS)."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _IS_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096
_IN_HEADER = 109


def compound_file(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a file that holds one stream, of up to 7 MB."""
    stream = stream.ljust(_SMALLEST, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    fats = 1
    while fats * _SECTOR // 4 < sectors + 1 + fats:
        fats += 1
    assert fats <= _IN_HEADER, "the stream is too long for this writer"
    first = fats + 1
    table = [_IS_FAT] * fats + [_END]
    table += [first + number + 1 for number in range(sectors - 1)] + [_END]
    table += [_FREE] * (fats * _SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16s5H6s9L",
        bytes.fromhex("D0CF11E0A1B11AE1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, fats, fats, 0, _SMALLEST, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack(f"<{_IN_HEADER}L", *range(fats), *[_FREE] * (_IN_HEADER - fats))
    root = _entry("Root Entry", 5, 1, _END, 0)
    entries = root + _entry(name, 2, _FREE, first, len(stream)) + 2 * _entry("", 0, _FREE, 0, 0)
    return (
        head
        + struct.pack(f"<{len(table)}L", *table)
        + entries
        + stream.ljust(sectors * _SECTOR, b"\0")
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + (b"\0\0" if name else b"")
    return struct.pack(
        "<64sHBBLLL16sLQQLQ",
        coded, len(coded), kind, 1, _FREE, _FREE, child, bytes(16), 0, 0, 0, start, size,
    )  # fmt: skip


def record(kind: int, content: bytes = b"") -> bytes:
    """Return one record."""
    return struct.pack("<2H", kind, len(content)) + content


def workbook(strings: bytes, *cells: bytes, count: int | None = None) -> bytes:
    """Return an .xls of one sheet; ``strings`` is the body of its table of shared strings.

    ``count`` is how many it says there are.
    """
    opening = record(0x809, struct.pack("<4H2L", 0x600, 5, 0, 0, 0, 0))
    table = record(0xFC, struct.pack("<2L", count or 1, count or 1) + strings)
    name = b"\x05\x00Table"
    bound_at = len(opening)
    bound = record(0x85, struct.pack("<L2B", 0, 0, 0) + name)
    closing = record(0x0A)
    sheet_at = bound_at + len(bound) + len(table) + len(closing)
    bound = record(0x85, struct.pack("<L2B", sheet_at, 0, 0) + name)
    sheet = record(0x809, struct.pack("<4H2L", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(cells) + closing
    return compound_file(opening + bound + table + closing + sheet)


def shared_text(row: int, column: int, index: int = 0) -> bytes:
    """Return a cell that shows a shared string."""
    return record(0xFD, struct.pack("<3HL", row, column, 0, index))


def number(row: int, column: int) -> bytes:
    """Return a cell that holds 1."""
    return record(0x203, struct.pack("<3Hd", row, column, 0, 1.0))
