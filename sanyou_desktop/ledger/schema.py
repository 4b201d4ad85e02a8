"""The tables that the declared kinds need: the map from field type to column.

To add a field type: a line in ``_COLUMN``. The test ``test_migrations`` compares what the
migrations make with what is declared here and prints the migration that is missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Choices,
    Count,
    Date,
    Field,
    Flag,
    Identifier,
    Instant,
    Json,
    Names,
    Number,
    Rows,
    Text,
)
from sanyou_desktop.model.fields.declaration import Slot, slots_of
from sanyou_desktop.model.kinds import Kind
from sanyou_desktop.model.record import Record

Stored = str | int | float | None


@dataclass(frozen=True)
class Column:
    """How a field type is kept.

    ``empty`` is the stored form of an unfilled field; JSON columns hold JSON text.
    """

    type: type
    empty: Stored
    is_json: bool = False


_COLUMN: tuple[tuple[type[Field[Any]], Column], ...] = (
    (Text, Column(str, "")),
    (Choice, Column(str, "")),
    (Identifier, Column(str, "")),
    (Instant, Column(str, "")),
    (Flag, Column(int, 0)),
    (Count, Column(int, None)),
    (Number, Column(float, None)),
    (Date, Column(str, None)),
    (Choices, Column(str, "[]", is_json=True)),
    (Names, Column(str, "[]", is_json=True)),
    (Rows, Column(str, "[]", is_json=True)),
    (Amount, Column(str, None, is_json=True)),
)
_found: dict[type[Field[Any]], Column] = {}


def column_of(field: Field[Any]) -> Column:
    """Return how a field is kept.

    Raises:
        TypeError: the field's type has no entry in the map.
    """
    declared = type(field)
    if declared not in _found:
        _found[declared] = _look_up(declared)
    return _found[declared]


def _look_up(declared: type[Field[Any]]) -> Column:
    for kind, column in _COLUMN:
        if issubclass(declared, kind):
            return column
    raise TypeError(f"no column for {declared.__name__}")


def loaded(field: Field[Any], kept: Stored) -> Any:  # noqa: ANN401 - a field's own value
    """Return the value that was kept; NULL, as in rows older than their column, is empty."""
    if kept is None or kept == "":
        return field.empty
    return field.kept(json.loads(str(kept)) if column_of(field).is_json else kept)


def row_of(record: Record) -> list[Stored]:
    """Return the stored values of all fields, in the order of the declaration."""
    return row_and_content(record)[0]


def row_and_content(record: Record) -> tuple[list[Stored], dict[str, Json]]:
    """Return ``row_of`` and ``Record.to_json`` of one record, each value written once."""
    row: list[Stored] = []
    content: dict[str, Json] = {}
    columns, values = _columns_of(type(record))
    for (slot, column), value in zip(columns, values(record), strict=True):
        if value is slot.empty:
            content[slot.key] = slot.written(value) if column.is_json else slot.blank
            row.append(column.empty)
            continue
        stored, content[slot.key] = stored_and_written(slot, column, value)
        row.append(stored)
    return row, content


def stored_and_written(slot: Slot, column: Column, value: Any) -> tuple[Stored, Json]:  # noqa: ANN401 - a field's own value
    """Return a value as it is kept in a column, and its JSON form."""
    written = slot.field.write(value)
    if value == slot.empty:
        return column.empty, written
    if column.is_json:
        return to_json(written), written
    assert written is None or isinstance(written, str | int | float)
    return written, written


def _columns_of(declared: type[Record]) -> _Columns:
    found = _COLUMNS.get(declared)
    if found is None:
        slots = slots_of(declared)
        values = attrgetter(*(slot.attribute for slot in slots))
        columns = tuple((slot, column_of(slot.field)) for slot in slots)
        found = _COLUMNS[declared] = (columns, values)
    return found


# With what returns the values of all of them at once.
_Columns: TypeAlias = tuple[tuple[tuple[Slot, Column], ...], Callable[[Record], tuple[Any, ...]]]
_COLUMNS: dict[type[Record], _Columns] = {}


def record_of(kind: Kind, row: Sequence[Any]) -> Record:
    """Return the record of a stored row, whose columns are the declared fields in order."""
    values = {
        one.attribute: (
            one.empty if kept is None or kept == "" or kept == one.unfilled else one.load(kept)
        )
        for one, kept in zip(_loaders_of(kind.record), row, strict=True)
    }
    return kind.record(**values)


class _Loader(NamedTuple):
    """How the value of one field is loaded; ``unfilled`` is what is kept of an ``empty`` one."""

    attribute: str
    unfilled: Stored
    empty: Any
    load: Callable[[Any], Any]


def _loaders_of(declared: type[Record]) -> tuple[_Loader, ...]:
    found = _LOADERS.get(declared)
    if found is None:
        found = _LOADERS[declared] = tuple(
            _Loader(slot.attribute, column_of(slot.field).empty, slot.empty, _loader(slot.field))
            for slot in slots_of(declared)
        )
    return found


_LOADERS: dict[type[Record], tuple[_Loader, ...]] = {}


def _loader(field: Field[Any]) -> Callable[[Any], Any]:
    kept = field.kept
    return (lambda text: kept(json.loads(text))) if column_of(field).is_json else kept


def to_json(value: object) -> str:
    """Return compact JSON with Chinese as it is, so that the file stays readable by any tool."""
    return _COMPACT.encode(value)


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def declared_columns(kind: Kind) -> dict[str, type]:
    """Return the columns that the kind's table must have: the sequence, then every field."""
    return {"seq": int} | {key: column_of(field).type for key, field in kind.fields.items()}
