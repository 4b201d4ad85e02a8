"""Which characters a font file can draw, read from its ``cmap`` (OpenType 1.9, formats 4 and 12).

Two formats hold nearly all of what fonts say of themselves; a library for all of them would weigh
more than the rest of the document.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

# Platform and encoding of the tables that map Unicode, the widest first.
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


@lru_cache(maxsize=64)
def characters_of(path: Path, index: int = 0) -> frozenset[int]:
    """Return the code points that font ``index`` of a file has glyphs for; empty if unreadable."""
    try:
        with path.open("rb") as file:
            data = file.read()
        table = _cmap(data, _font_offset(data, index))
        return frozenset(_mapped(table))
    except (OSError, struct.error, IndexError, ValueError):
        return frozenset()


def _font_offset(data: bytes, index: int) -> int:
    if data[:4] != b"ttcf":
        return 0
    offset: int = struct.unpack_from(">I", data, 12 + 4 * index)[0]
    return offset


def _cmap(data: bytes, font: int) -> bytes:
    """Return the widest Unicode subtable of the font's ``cmap``."""
    (tables,) = struct.unpack_from(">H", data, font + 4)
    for at in range(font + 12, font + 12 + 16 * tables, 16):
        tag, _checksum, offset, length = struct.unpack_from(">4sIII", data, at)
        if tag == b"cmap":
            whole = data[offset : offset + length]
            break
    else:
        raise ValueError("no cmap")
    (count,) = struct.unpack_from(">H", whole, 2)
    found = {}
    for at in range(4, 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHI", whole, at)
        found[platform, encoding] = offset
    for key in _UNICODE:
        if key in found:
            return whole[found[key] :]
    raise ValueError("no Unicode cmap")


def _mapped(table: bytes) -> set[int]:
    (form,) = struct.unpack_from(">H", table, 0)
    if form == 12:
        return _segmented_coverage(table)
    if form == 4:
        return _segment_mapping(table)
    raise ValueError(f"cmap format {form}")


def _segmented_coverage(table: bytes) -> set[int]:
    (groups,) = struct.unpack_from(">I", table, 12)
    found: set[int] = set()
    for at in range(16, 16 + 12 * groups, 12):
        start, end, _glyph = struct.unpack_from(">III", table, at)
        found.update(range(start, min(end, 0x10FFFF) + 1))
    return found


def _segment_mapping(table: bytes) -> set[int]:
    """Read format 4; a code may lie in a segment and still lead to glyph 0, which is none."""
    (twice,) = struct.unpack_from(">H", table, 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + twice)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * twice)
    offsets_at = 16 + 3 * twice
    offsets = struct.unpack_from(f">{count}H", table, offsets_at)
    found: set[int] = set()
    for at in range(count):
        codes = range(starts[at], min(ends[at], 0xFFFE) + 1)
        if not offsets[at]:
            found.update(code for code in codes if (code + deltas[at]) & 0xFFFF)
            continue
        # The offset counts from its own place in the table (OpenType, cmap format 4).
        first = offsets_at + 2 * at + offsets[at]
        glyphs = struct.unpack_from(f">{len(codes)}H", table, first)
        found.update(code for code, glyph in zip(codes, glyphs, strict=True) if glyph)
    return found
