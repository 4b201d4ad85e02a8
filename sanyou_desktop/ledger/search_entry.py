"""What the search index knows of one record, and its compact form.

FTS5 keeps only an index: to take a record out it must be given the very tokens that went in. They
follow from the record's texts and how these were read, which is a fifth of their size.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Self

from sanyou_desktop.ledger.search_terms import (
    Readings,
    Stream,
    chinese_runs,
    in_title,
    kind_token,
    tokens,
)
from sanyou_desktop.ledger.search_text import body_texts
from sanyou_desktop.model.record import Record

# Between parts, runs and streams: control characters, which no text of a record holds.
_PART, _RUN, _STREAM = "\x1f", "\x1e", "\x1d"
_LEVEL = 1


@dataclass(frozen=True)
class Entry:
    """The searched texts of a record, and how each run of Chinese in them is read.

    The readings are kept because those of a newer pypinyin may differ.
    """

    kind: str
    number: str
    title: str
    texts: tuple[str, ...]
    readings: Readings

    @classmethod
    def of(cls, kind: str, record: Record) -> Self:
        """Return the entry of a record, with today's readings."""
        from sanyou_desktop.ledger import pinyin

        texts = tuple(body_texts(record))
        runs = chinese_runs([*_headline(record.number, record.title), *texts])
        return cls(
            kind, record.number, record.title, texts, {run: pinyin.readings(run) for run in runs}
        )

    @classmethod
    def unpacked(cls, packed: bytes) -> Self:
        """Return the entry that ``packed`` was made from."""
        kind, number, title, read, *texts = _parts(packed)
        runs = chinese_runs([*_headline(number, title), *texts])
        readings = (_streams(streams) for streams in read.split(_RUN))
        return cls(kind, number, title, tuple(texts), dict(zip(runs, readings, strict=False)))

    def packed(self) -> bytes:
        """Return the compact form."""
        read = _RUN.join(
            _STREAM.join(" ".join(stream) for stream in streams)
            for streams in self.readings.values()
        )
        parts = (self.kind, self.number, self.title, read, *self.texts)
        return zlib.compress(_PART.join(parts).encode(), _LEVEL)

    def words(self) -> str:
        """Return the tokens for the index, separated by spaces; always the same for one entry."""
        headline = _headline(self.number, self.title)
        return " ".join(
            [
                kind_token(self.kind),
                tokens([*headline, *self.texts], self.readings),
                in_title(tokens(headline, self.readings)),
            ]
        )


def texts_of(packed: bytes) -> list[str]:
    """Return the texts alone, which takes a tenth of the time of the whole entry."""
    return _parts(packed)[4:]


def _parts(packed: bytes) -> list[str]:
    return zlib.decompress(packed).decode().split(_PART)


def _headline(number: str, title: str) -> list[str]:
    """Return what ranks first: number, title, and the running number as people say it (7)."""
    return [number, number.rpartition("-")[2].lstrip("0"), title]


def _streams(written: str) -> tuple[Stream, ...]:
    return tuple(tuple(stream.split(" ")) for stream in written.split(_STREAM) if stream)
