"""From the JSON that a report keeps of a record straight to its row and its history.

Most fields of a record hold what another record held before: a status, a department, nothing. What
a field's JSON becomes (the value, its column, its JSON as it is written today) is therefore kept
and looked up by its text; only what was not met lately is parsed. The text is cut where the keys of
the declared fields follow one another. Where it is not whole and in this order, as in a report of
an older program, or a part of it is no JSON, it is left to ``Kind.kept`` and ``row_and_content``,
which come to the very same: each part being JSON, so is their whole, with these keys and no others.
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from sanyou_desktop.ledger.schema import Column, Stored, column_of, stored_and_written, to_json
from sanyou_desktop.model.fields import Choice, Identifier, LongText, Text, UnitCode
from sanyou_desktop.model.fields.declaration import Slot, slots_of
from sanyou_desktop.model.kinds import UNREADABLE, Kind
from sanyou_desktop.model.record import Record

# Values of a field that are kept, and characters of one: some 20 MB for all fields of all kinds.
_MOST = 256
_LONGEST = 200
_BEYOND = 1 << 63
# Fields that keep and write their texts as they are.
_PLAIN_TEXTS = (Text, LongText, UnitCode, Choice, Identifier)
# A revision and a time.
_PLAIN = re.compile('(0|[1-9][0-9]*) (null|"[0-9TZ:.+-]*")')


class WrittenRecord(NamedTuple):
    """A record with its row, in the order of the declared fields, and its JSON."""

    record: Record
    values: list[Stored]
    content: str


class _Part(NamedTuple):
    """What the JSON of one field becomes."""

    value: Any
    stored: Stored
    written: str


class _Parts(dict[str, _Part]):
    """What the JSON of one field became, by its text; the latest."""

    def __init__(self, slot: Slot) -> None:
        super().__init__()
        self._slot = slot
        self._column: Column = column_of(slot.field)
        self._is_text = type(slot.field) in _PLAIN_TEXTS

    def __missing__(self, text: str) -> _Part:
        part = self._made(text)
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[text] = part
        return part

    def _made(self, text: str) -> _Part:
        """Return what a field's JSON becomes.

        Raises:
            one of ``UNREADABLE``, or RecursionError: it is none that was ever written.
        """
        if self._is_text and len(text) > 2:
            plain = text[1:-1]
            # With nothing in it that would have to be escaped, or is.
            if encode_basestring(plain) == text:
                return _Part(plain, plain, text)
        value = self._slot.kept(json.loads(text))
        if value is self._slot.empty:
            return _Part(value, self._column.empty, to_json(self._slot.written(value)))
        stored, written = stored_and_written(self._slot, self._column, value)
        if isinstance(stored, int) and not -_BEYOND <= stored < _BEYOND:
            raise ValueError(text)
        return _Part(value, stored, to_json(written))


class _Reader:
    """Reads records of one kind."""

    def __init__(self, declared: type[Record]) -> None:
        slots = slots_of(declared)
        keys = [slot.key for slot in slots]
        self._declared = declared
        self._attributes = [slot.attribute for slot in slots]
        self._parts = [_Parts(slot) for slot in slots]
        self._first = f'{{"{keys[0]}":'
        self._marks = [(mark, len(mark)) for mark in (f',"{key}":' for key in keys[1:])]
        # The keys are plain words: nothing in them means anything to the sign of percent.
        self._whole = "{" + ",".join(f'"{key}":%s' for key in keys) + "}"
        self._revision = keys.index("revision")
        self._times = keys.index("created_at"), keys.index("updated_at")

    def read(self, text: str, at: str) -> WrittenRecord | None:
        texts = self._cut(text)
        if texts is None:
            return None
        created, updated = self._times
        # Of these nothing but that they are JSON is looked at.
        if not _PLAIN.fullmatch(f"{texts[self._revision]} {texts[updated]}"):
            return None
        texts[self._revision], texts[updated] = "1", f'"{at}"'
        if texts[created] in ("null", '""'):
            texts[created] = texts[updated]
        try:
            parts = [known[one] for known, one in zip(self._parts, texts, strict=True)]
        except (*UNREADABLE, RecursionError):
            return None
        values, row, written = zip(*parts, strict=True)
        record = self._declared(**dict(zip(self._attributes, values, strict=True)))
        return WrittenRecord(record, list(row), self._whole % written)

    def _cut(self, text: str) -> list[str] | None:
        """Return the JSON of each field, None if the text is not one after the other of them."""
        if not text.startswith(self._first) or not text.endswith("}"):
            return None
        start, found = len(self._first), []
        for mark, length in self._marks:
            end = text.find(mark, start)
            if end < 0:
                return None
            found.append(text[start:end])
            start = end + length
        found.append(text[start:-1])
        return found


def read_written(kind: Kind, text: str, at: str) -> WrittenRecord | None:
    """Return the record of a JSON text as new at the time ``at``, None if it is not plain.

    Its revision becomes 1; what it says of that, and of when it was changed, is not looked at.
    """
    # By the class and not by its key: a kind may come to be declared by another class.
    reader = _READERS.get(kind.record)
    if reader is None:
        reader = _READERS[kind.record] = _Reader(kind.record)
    return reader.read(text, at)


_READERS: dict[type[Record], _Reader] = {}
