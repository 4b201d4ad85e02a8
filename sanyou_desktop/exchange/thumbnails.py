"""A photo made small for a workbook: a few hundred pixels, some kilobytes, whatever came in.

Pillow reads it (MIT-CMU), because Qt stays in ``desktop``. It is imported by the first photo: an
export without photos, and the start of the program, do without its 80 ms.
"""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# At a cell's 100 by 75 pixels it is printed with over 300 dots an inch.
LONGEST_SIDE = 320
MOST_BYTES = 32 * 1024
# What cameras, phones, scanners and clipboards make; the rarer a decoder, the rarer it is checked.
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF", "MPO")
_QUALITIES = (80, 65, 50, 35)
# Decoded whole they take 4 bytes a pixel; a plain JPEG is decoded at the size that is wanted.
_MOST_PIXELS = 50_000_000
_MOST_PIXELS_SCALED = 250_000_000
# What Pillow's decoders raise on damaged pictures, by its own tests.
_DAMAGE = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError,
    OverflowError, ZeroDivisionError, struct.error,
)  # fmt: skip


@dataclass(frozen=True)
class Thumbnail:
    """A JPEG, with its width and height in pixels."""

    jpeg: bytes
    width: int
    height: int


def thumbnail(content: bytes) -> Thumbnail | None:
    """Return the picture made small, turned as its camera says; None where it cannot be read."""
    from PIL import Image, ImageOps

    # Pillow warns of large pictures for the whole process; we look at their size ourselves.
    Image.MAX_IMAGE_PIXELS = None
    # Of oddities in what the camera wrote beside the picture, which is not needed.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > _most_pixels(opened):
                return None
            opened.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
            small = _on_white(opened)
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
            small.getexif().update(opened.getexif())
            return _packed(ImageOps.exif_transpose(small))
    except _DAMAGE:
        return None


def _most_pixels(opened: Image.Image) -> int:
    is_scaled = opened.format in ("JPEG", "MPO") and not opened.info.get("progressive")
    return _MOST_PIXELS_SCALED if is_scaled else _MOST_PIXELS


def _on_white(opened: Image.Image) -> Image.Image:
    """Return the first picture of the file without transparency: paper is white."""
    from PIL import Image

    if opened.mode in ("RGB", "L"):
        return opened.convert("RGB")
    if opened.mode.startswith("I") or opened.mode == "F":
        # 16 bits of grey, of scanners.
        return opened.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    whole = opened.convert("RGBA")
    paper = Image.new("RGB", whole.size, "white")
    paper.paste(whole, mask=whole.getchannel("A"))
    return paper


def _packed(small: Image.Image) -> Thumbnail:
    made = b""
    for quality in _QUALITIES:
        file = BytesIO()
        # Without what the camera, or whoever had it, wrote into it: a comment would be kept too.
        small.info.clear()
        small.save(file, "JPEG", quality=quality, optimize=True, exif=b"")
        made = file.getvalue()
        if len(made) <= MOST_BYTES:
            break
    return Thumbnail(made, small.width, small.height)
