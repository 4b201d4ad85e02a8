"""Where the characters of a .pdf stand, read by PDFium, which had no part in writing it."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MM = 72 / 25.4
# PDFium works for one thread at a time, whatever documents they have.
PDFIUM = threading.RLock()


@dataclass(frozen=True)
class Glyph:
    """A character on a page, in points from the upper left corner.

    Attributes:
        x: where it begins; ``baseline``: the line it stands on.
        left, top, right, bottom: the edges of its ink.
    """

    char: str
    x: float
    baseline: float
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True)
class PageText:
    """The characters of a page that leave ink, in the order of the file."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]


def pages_of(pdf: Path | bytes) -> Iterator[PageText]:
    """Yield the pages of a .pdf, a file or what would be in one."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
    try:
        for number in range(count):
            with PDFIUM:
                page = _page(document, number)
            yield page
    finally:
        with PDFIUM:
            document.close()


def _page(document: Any, number: int) -> PageText:  # noqa: ANN401 - PDFium's, without types
    page = document[number]
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        glyphs = tuple(_glyphs(text.raw, text.count_chars(), height))
        return PageText(number + 1, width, height, glyphs)
    finally:
        text.close()
        page.close()


def _glyphs(text: ctypes.c_void_p, count: int, height: float) -> Iterator[Glyph]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _edge in range(4))
    for at in range(count):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isspace() or ord(char) < 32 or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetCharBox(text, at, left, right, bottom, top)
        yield Glyph(
            char,
            x.value,
            height - y.value,
            left.value,
            height - top.value,
            right.value,
            height - bottom.value,
            raw.FPDFText_GetFontSize(text, at),
            _font(text, at),
        )


def _font(text: ctypes.c_void_p, at: int) -> str:
    from pypdfium2 import raw

    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    return name.value.decode("utf-8", "replace").partition("+")[2] or name.value.decode(
        "utf-8", "replace"
    )
