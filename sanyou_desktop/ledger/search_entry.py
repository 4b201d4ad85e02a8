"""What the search index knows of one record, and its compact form.

FTS5 keeps only an index: to take a record out it must be given the very tokens that went in. They
follow from the record's texts and how these were read, which is a fifth of their size.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from sanyou_desktop.ledger.search_terms import (
    Piece,
    Reading,
    Readings,
    Stream,
    chinese_runs,
    in_title,
    kind_token,
    piece,
    tokens,
)
from sanyou_desktop.ledger.search_text import body_texts
from sanyou_desktop.model.record import Record

# Between parts, runs and streams: control characters, which no text of a record holds.
_PART, _RUN, _STREAM = "\x1f", "\x1e", "\x1d"
_LEVEL = 1
# Of the 300 bytes that an entry takes mostly. The room that zlib takes for the longest texts is
# given back to the system and fetched again each time: up to five times the time of all else.
_SHORT = 4096
_SMALL_WINDOW, _SMALL_MEMORY = 12, 5


@dataclass(frozen=True)
class Entry:
    """The searched texts of a record, and how each run of Chinese in them is read.

    The readings are kept because those of a newer pypinyin may differ. ``pieces`` are what number
    and title and then the other texts give.
    """

    kind: str
    number: str
    title: str
    texts: tuple[str, ...]
    pieces: tuple[Piece, ...]
    readings: Readings

    @classmethod
    def of(cls, kind: str, record: Record) -> Self:
        """Return the entry of a record, with today's readings."""
        texts, number, title = tuple(body_texts(record)), record.number, record.title
        pieces = _pieces(number, title, texts)
        readings = {run: _read_today(run) for run in chinese_runs(pieces)}
        return cls(kind, number, title, texts, pieces, readings)

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        """Return the entry that ``packed`` was made from."""
        kind, number, title, read, *texts = _parts(packed)
        pieces = _pieces(number, title, texts)
        readings = (Reading.of(_streams(streams)) for streams in read.split(_RUN))
        found = dict(zip(chinese_runs(pieces), readings, strict=False))
        return cls(kind, number, title, tuple(texts), pieces, found)

    def packed(self) -> bytes:
        """Return the compact form."""
        read = _RUN.join([_written(one.streams) for one in self.readings.values()])
        parts = (self.kind, self.number, self.title, read, *self.texts)
        return _compressed(_PART.join(parts).encode())

    def words(self) -> str:
        """Return the tokens for the index, separated by spaces; always the same for one entry."""
        every = tokens(self.pieces, self.readings)
        headline = tokens(self.pieces[:_HEADLINE], self.readings)
        return f"{kind_token(self.kind)} {every} {in_title(headline)}"


def texts_of(packed: bytes) -> list[str]:
    """Return the texts alone, which takes a tenth of the time of the whole entry."""
    return _parts(packed)[4:]


def _parts(packed: bytes) -> list[str]:
    return zlib.decompress(packed).decode().split(_PART)


def _pieces(number: str, title: str, texts: Sequence[str]) -> tuple[Piece, ...]:
    """Return what the texts give.

    First what ranks first: number, the running number as people say it (7), and title.
    """
    headline = (number, number.rpartition("-")[2].lstrip("0"), title)
    return tuple([piece(text) for text in (*headline, *texts)])


# So many pieces rank first.
_HEADLINE = 3


@lru_cache(maxsize=8192)
def _read_today(run: str) -> Reading:
    from sanyou_desktop.ledger import pinyin

    return Reading.of(pinyin.readings(run))


@lru_cache(maxsize=8192)
def _written(streams: tuple[Stream, ...]) -> str:
    return _STREAM.join(" ".join(stream) for stream in streams)


def _compressed(data: bytes) -> bytes:
    """Return what ``zlib.decompress`` makes ``data`` of."""
    if len(data) > _SHORT:
        return zlib.compress(data, _LEVEL)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _SMALL_WINDOW, _SMALL_MEMORY)
    return packer.compress(data) + packer.flush()


def _streams(written: str) -> tuple[Stream, ...]:
    return tuple(tuple(stream.split(" ")) for stream in written.split(_STREAM) if stream)
