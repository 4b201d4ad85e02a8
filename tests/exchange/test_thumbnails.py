"""Whatever comes in as a photo goes out small, turned as its camera says, or not at all."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sanyou_desktop.exchange.thumbnails import LONGEST_SIDE, MOST_BYTES, thumbnail

_ORIENTATION, _DESCRIPTION = 0x112, 0x10E


def picture(
    mode: str = "RGB", size: tuple[int, int] = (800, 600), form: str = "JPEG", exif: bytes = b""
) -> bytes:
    file = BytesIO()
    made = Image.new(mode, size)
    if exif:
        made.save(file, form, exif=exif)
    else:
        made.save(file, form)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    small = thumbnail(content)
    assert small is not None
    found = Image.open(BytesIO(small.jpeg))
    assert found.format == "JPEG"
    assert found.size == (small.width, small.height)
    return found


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "PNG"), ("LA", "PNG"),
        ("I;16", "PNG"), ("P", "GIF"), ("1", "TIFF"), ("RGB", "WEBP"), ("RGB", "BMP"),
    ],
)  # fmt: skip
def test_every_kind_of_photo_is_made_small(mode: str, form: str) -> None:
    assert opened(picture(mode, form=form)).size == (320, 240)


def test_a_noisy_photo_stays_within_its_bytes() -> None:
    file = BytesIO()
    noise = Image.effect_noise((900, 900), 200)
    Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(180))).save(file, "PNG")
    small = thumbnail(file.getvalue())
    assert small is not None
    assert max(small.width, small.height) == LONGEST_SIDE
    assert len(small.jpeg) <= MOST_BYTES


def test_it_is_turned_and_what_the_camera_wrote_stays_behind() -> None:
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    exif[_DESCRIPTION] = "secret place"
    small = opened(picture(exif=exif.tobytes()))
    assert small.size == (240, 320)
    assert not small.getexif()
    file = BytesIO()
    opened_again = Image.open(BytesIO(picture(exif=exif.tobytes())))
    opened_again.save(file, "JPEG", exif=exif, comment=b"secret words", xmp=b"<x>secret</x>")
    assert b"secret words" in file.getvalue()
    made = thumbnail(file.getvalue())
    assert made is not None
    assert b"secret" not in made.jpeg


def test_what_is_transparent_becomes_paper() -> None:
    file = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(file.getvalue()).getpixel((20, 20)) == (255, 255, 255)


def test_a_small_photo_is_not_blown_up() -> None:
    assert opened(picture(size=(60, 30))).size == (60, 30)


def test_a_picture_bomb_is_left_out() -> None:
    # 400 million pixels in 50 kilobytes.
    assert thumbnail(picture("1", (20_000, 20_000), "PNG")) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400), st.sampled_from(["JPEG", "PNG", "TIFF", "GIF"]))
def test_damaged_photos_are_never_an_error(junk: bytes, cut: int, form: str) -> None:
    whole = picture(size=(30, 20), form=form)
    made = thumbnail(whole[:cut] + junk)
    assert made is None or made.width <= LONGEST_SIDE
    thumbnail(junk)


def test_who_needs_no_photo_does_not_load_what_reads_them() -> None:
    code = (
        "import sys, sanyou_desktop.exchange.report_workbook, sanyou_desktop.cli.commands;"
        "sys.exit('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
