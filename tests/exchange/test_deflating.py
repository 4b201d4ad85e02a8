"""Parts compressed beside the work that makes them, and joined into one stream."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange import deflating
from sanyou_desktop.exchange.deflating import Compressor, Deflated, joined, opening


class Full:
    """A disk without room."""

    def write(self, _data: bytes) -> int:
        raise OSError("no room")


@given(st.binary(max_size=200), st.lists(st.binary(max_size=5000), max_size=8))
def test_two_parts_make_one_stream_with_its_checksum(head: bytes, pieces: list[bytes]) -> None:
    file = BytesIO()
    with Compressor() as compressor:
        part = compressor.part(file)
        for piece in pieces:
            part.write(piece)
        made = part.close()
    packed, opened = opening(head)
    whole = head + b"".join(pieces)
    unpacker = zlib.decompressobj(-15)
    assert unpacker.decompress(packed + file.getvalue()) == whole
    assert unpacker.eof
    stored = len(packed) + len(file.getvalue())
    assert joined(opened, made) == Deflated(zlib.crc32(whole), len(whole), stored)


def test_what_is_long_goes_through_in_pieces() -> None:
    file = BytesIO()
    with Compressor() as compressor:
        part = compressor.part(file)
        for number in range(40):
            part.write(b"%d" % number * (deflating._PIECE // 4))
        made = part.close()
    assert zlib.decompress(file.getvalue(), -15).startswith(b"0000")
    assert made.size > 10 * deflating._PIECE


def test_a_disk_without_room_is_told_to_who_writes() -> None:
    with Compressor() as compressor:
        part = compressor.part(cast(BinaryIO, Full()))
        part.write(b"x" * 10)
        with pytest.raises(OSError, match="no room"):
            part.close()
