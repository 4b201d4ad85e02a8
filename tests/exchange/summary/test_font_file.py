"""Which characters a font has, by its own table; a file that is no font has none."""

from __future__ import annotations

import struct
from pathlib import Path

from sanyou_desktop.exchange.font_file import characters_of
from sanyou_desktop.resources import resource_path

OWN = resource_path("fonts", "NotoSansCJKsc-Regular-subset.otf")


def font(path: Path, subtable: bytes, platform: int = 3, encoding: int = 1) -> Path:
    """Write a font that has nothing but a ``cmap``."""
    cmap = struct.pack(">HHHHI", 0, 1, platform, encoding, 12) + subtable
    head = struct.pack(">IHHHH", 0x00010000, 1, 16, 0, 0)
    path.write_bytes(head + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap)) + cmap)
    return path


def segments(*parts: tuple[int, int, int, int], glyphs: tuple[int, ...] = ()) -> bytes:
    """Return a subtable of format 4 from (start, end, delta, offset in bytes)."""
    columns = list(zip(*parts, strict=True))
    count = len(parts)
    body = b"".join(
        struct.pack(f">{count}H", *column)
        for column in (columns[1], columns[0], columns[2], columns[3])
    )
    ends = body[: 2 * count] + b"\0\0" + body[2 * count :]
    return (
        struct.pack(">7H", 4, 0, 0, 2 * count, 0, 0, 0)
        + ends
        + struct.pack(f">{len(glyphs)}H", *glyphs)
    )


def test_the_programs_own_font_has_what_official_documents_need() -> None:
    found = characters_of(OWN)

    assert set(map(ord, "福建省政府机关事务管理局一二三（），。—〓〔2026〕≥▲")) <= found


def test_a_code_that_leads_to_no_glyph_is_not_there(tmp_path: Path) -> None:
    # 甲 to 丙 through an array of glyphs of which the second is none; then by a delta.
    parts = ((0x4E00, 0x4E02, 0, 6), (0x5000, 0x5001, 0xB000, 0), (0xFFFF, 0xFFFF, 1, 0))
    path = font(tmp_path / "四.ttf", segments(*parts, glyphs=(5, 0, 7)))

    assert characters_of(path) == {0x4E00, 0x4E02, 0x5001}


def test_characters_beyond_the_basic_plane_are_read(tmp_path: Path) -> None:
    groups = struct.pack(">IIIIII", 0x4E00, 0x4E01, 1, 0x20BB7, 0x20BB7, 9)
    subtable = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, 2) + groups
    path = font(tmp_path / "十二.ttf", subtable, encoding=10)

    assert characters_of(path) == {0x4E00, 0x4E01, 0x20BB7}


def test_what_is_no_font_has_no_characters(tmp_path: Path) -> None:
    path = tmp_path / "坏.ttf"
    path.write_bytes(OWN.read_bytes()[:100])

    assert characters_of(path) == frozenset()
    assert characters_of(tmp_path / "没有.ttf") == frozenset()
