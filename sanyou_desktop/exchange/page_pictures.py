"""The pages of a .pdf as pictures, one at a time as they are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sanyou_desktop.exchange.page_text import PDFIUM


@dataclass(frozen=True)
class Picture:
    """A page drawn: rows of ``stride`` bytes, each pixel blue, green, red and one byte unused."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PagePictures:
    """An open .pdf whose pages can be drawn from any thread, one after the other."""

    def __init__(self, content: bytes) -> None:
        """Open a .pdf that is in memory."""
        import pypdfium2

        with PDFIUM:
            self._document: Any = pypdfium2.PdfDocument(content)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )

    def draw(self, number: int, width: int) -> Picture:
        """Draw page ``number`` (from 0), ``width`` pixels wide."""
        from pypdfium2.raw import FPDFBitmap_BGRx

        scale = width / self.sizes[number][0]
        with PDFIUM:
            page = self._document[number]
            bitmap = page.render(scale=scale, force_bitmap_format=FPDFBitmap_BGRx)
            try:
                return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()
                page.close()

    def close(self) -> None:
        """Let go of the file."""
        with PDFIUM:
            self._document.close()
