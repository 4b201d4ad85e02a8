"""What has been typed, valid or not, without a window: the one way from raw input to a record.

The form, the command line, import and crash recovery all fill a draft and ask it to be accepted.
A wrong value keeps its text, so that nobody has to type it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sanyou_desktop.model.fields import Fault, Field, Json, Refused, Rows, is_blank, new_key
from sanyou_desktop.model.fields.declaration import attribute_of
from sanyou_desktop.model.kinds import Kind, kind_of
from sanyou_desktop.model.merging_rows import Parts, merged_rows
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _


@dataclass
class Draft:
    """Raw input by field key, on top of the record it began from.

    Attributes:
        kind: the kind's key.
        base: the record being changed; a blank one for a new record.
        raw: what was typed, by field key; a key that is absent is unchanged from ``base``.
        told: what whoever completes the draft should know of how it was begun; "" for nothing.
    """

    kind: str
    base: Record
    raw: dict[str, Json] = field(default_factory=dict)
    told: str = ""

    @classmethod
    def new(cls, kind: str, unit: str = "", **given: Json) -> Draft:
        """Start a record of ``kind`` owned by ``unit``, with raw values already given."""
        return cls(kind, kind_of(kind).record(unit=unit), dict(given))

    @classmethod
    def of(cls, record: Record) -> Draft:
        """Start changing ``record``."""
        return cls(record.kind, record)

    @classmethod
    def copy_of(cls, record: Record) -> Draft:
        """Start a new record with the content of ``record``: no id, number, dates or history."""
        draft = cls.new(record.kind, record.unit)
        for key, item in draft.declared.fields.items():
            if not item.read_only and key not in ("id", "unit", "number", "attachments"):
                draft.raw[key] = item.typed(value_of(record, key))
        return draft

    @classmethod
    def from_json(cls, kind: str, given: Mapping[str, Json], unit: str = "") -> Draft:
        """Start a record from outside; ``accepted`` refuses keys that the kind does not have."""
        return cls(kind, kind_of(kind).record(unit=unit), dict(given))

    def onto(self, newest: Record) -> Draft:
        """Return what was typed on top of another revision of its record.

        Fields that were not typed are the newest ones. Rows merge by their keys and cells, and
        what was typed holds where both sides changed the same.
        """
        moved = Draft.of(newest)
        for key, raw in self.raw.items():
            item = self.declared.fields.get(key)
            if isinstance(item, Rows) and isinstance(raw, list):
                raw = _rows_onto(key, item, raw, value_of(self.base, key), value_of(newest, key))
            moved.enter(key, raw)
        return moved

    @property
    def declared(self) -> Kind:
        """The kind."""
        return kind_of(self.kind)

    def typed(self, key: str) -> Json:
        """Return what an editor of that field shows: what was typed, else the base's value."""
        if key in self.raw:
            return self.raw[key]
        return self.declared.fields[key].typed(value_of(self.base, key))

    def enter(self, key: str, raw: Json) -> None:
        """Note what was typed; typing the base's value back leaves the field unchanged."""
        known = self.declared.fields.get(key)
        if known is not None and raw == known.typed(value_of(self.base, key)):
            self.raw.pop(key, None)
        else:
            self.raw[key] = raw

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything was typed that is not in the base."""
        return any(self._differs(key, raw) for key, raw in self.raw.items())

    def _differs(self, key: str, raw: Json) -> bool:
        known = self.declared.fields.get(key)
        if known is None:
            return True
        before = value_of(self.base, key)
        if known.is_empty(before) and is_blank(raw):
            return False
        try:
            return bool(known.read(raw) != before)
        except Refused:
            return True

    def problems(self, key: str | None = None) -> tuple[Problem, ...]:
        """Return what must be mended, of one field if ``key`` is given."""
        record, found = self.read()
        if record is not None:
            found = self._between(record)
        return tuple(item for item in found if key is None or item.field == key)

    def accepted(self) -> Record:
        """Return the record that was typed, its computed values filled in.

        Raises:
            Invalid: with every problem found.
        """
        record, found = self.read()
        if record is not None:
            found = self._between(record)
        if record is None or found:
            raise Invalid(tuple(found))
        return record

    def _between(self, record: Record) -> list[Problem]:
        """Return what is wrong between the fields, and with the step from the base to here."""
        steps = record.step_after(self.base) if self.base.id else ()
        return [*steps, *record.problems()]

    def read(self) -> tuple[Record | None, list[Problem]]:
        """Return the record, whether or not its fields fit together; else why one is not read."""
        values: dict[str, Any] = {}
        found = list(self._unknown())
        for key, item in self.declared.fields.items():
            try:
                values[key] = self._value(key, item)
            except Refused as refusal:
                found += [_problem(key, item, fault) for fault in refusal.faults]
        if found:
            return None, found
        cls = self.declared.record
        given = {attribute_of(cls, key): value for key, value in values.items()}
        return replace(self.base, **given).completed(), []

    def _unknown(self) -> Iterator[Problem]:
        for key in self.raw:
            if key not in self.declared.fields:
                title = _(self.declared.title)
                yield Problem(
                    key, key, _("{kind}没有「{key}」这个字段").format(kind=title, key=key[:60])
                )

    def _value(self, key: str, item: Field[Any]) -> Any:  # noqa: ANN401 - fields differ in type
        if key not in self.raw:
            return (
                item.read(item.write(value_of(self.base, key)))
                if item.required
                else value_of(self.base, key)
            )
        return self._defaulted(key, item.read(self.raw[key]))

    def _defaulted(self, key: str, value: Any) -> Any:  # noqa: ANN401 - fields differ in type
        """Let a blank status or unit mean the default, as it does in a form or a sheet."""
        if key in ("status", "unit") and not value:
            return value_of(self.base, key)
        return value


def _rows_onto(
    key: str,
    item: Rows,
    typed: list[Json],
    base: Any,  # noqa: ANN401 - rows of any kind
    newest: Any,  # noqa: ANN401 - as above
) -> Json:
    # A row that was added has no key before it is read.
    mine: list[Json] = [
        {**row, "key": row.get("key") or new_key()} if isinstance(row, dict) else row
        for row in typed
        if not is_blank(row)
    ]
    typed_over = Parts(lambda _change: "mine")
    return merged_rows(typed_over, key, item, item.typed(base), mine, item.typed(newest))[0]


def _problem(key: str, item: Field[Any], fault: Fault) -> Problem:
    column = fault.column
    title = ""
    if column and isinstance(item, Rows):
        known = item.columns.get(column)
        title = _(known.title) if known else column
    return Problem(key, _(item.title), fault.message, fault.row, column, title)
