"""The tables that the declared kinds need: the map from field type to column.

To add a field type: a line in ``_COLUMN``. The test ``test_migrations`` compares what the
migrations make with what is declared here and prints the migration that is missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanyou_desktop.model.edtf import PartialDate
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
    Names,
    Number,
    Rows,
    Text,
)
from sanyou_desktop.model.kinds import Kind

Stored = str | int | float | None


@dataclass(frozen=True)
class Column:
    """How a field type is kept.

    ``empty`` is the stored form of an unfilled field; JSON columns hold JSON text.
    """

    type: type
    empty: Stored
    load: Callable[[Field[Any], Any], Any]
    is_json: bool = False


def _as_is(_field: Field[Any], stored: Any) -> Any:  # noqa: ANN401 - SQLite's own types
    return stored


def _parsed(field: Field[Any], stored: Any) -> Any:  # noqa: ANN401 - a field's own value
    return field.empty if stored is None else field.parse(json.loads(stored))


_COLUMN: tuple[tuple[type[Field[Any]], Column], ...] = (
    (Text, Column(str, "", _as_is)),
    (Choice, Column(str, "", _as_is)),
    (Identifier, Column(str, "", _as_is)),
    (Instant, Column(str, "", _as_is)),
    (Flag, Column(int, 0, lambda _field, stored: bool(stored))),
    (Count, Column(int, None, _as_is)),
    (
        Number,
        Column(float, None, lambda _field, stored: None if stored is None else _decimal(stored)),
    ),
    (
        Date,
        Column(
            str, None, lambda _field, stored: None if stored is None else PartialDate.parse(stored)
        ),
    ),
    (Choices, Column(str, "[]", lambda _field, stored: tuple(json.loads(stored)), is_json=True)),
    (Names, Column(str, "[]", lambda _field, stored: tuple(json.loads(stored)), is_json=True)),
    (Rows, Column(str, "[]", _parsed, is_json=True)),
    (Amount, Column(str, None, _parsed, is_json=True)),
)


def _decimal(stored: float) -> Decimal:
    return Decimal(int(stored)) if stored == int(stored) else Decimal(repr(stored))


def column_of(field: Field[Any]) -> Column:
    """Return how a field is kept.

    Raises:
        TypeError: the field's type has no entry in the map.
    """
    for kind, column in _COLUMN:
        if isinstance(field, kind):
            return column
    raise TypeError(f"no column for {type(field).__name__}")


def stored(field: Field[Any], value: Any) -> Stored:  # noqa: ANN401 - a field's own value
    """Return ``value`` as it is kept."""
    column = column_of(field)
    if field.is_empty(value):
        return column.empty
    written = field.write(value)
    if column.is_json:
        return to_json(written)
    assert written is None or isinstance(written, str | int | float)
    return written


def loaded(field: Field[Any], kept: Stored) -> Any:  # noqa: ANN401 - a field's own value
    """Return the value that was kept."""
    return column_of(field).load(field, kept)


def to_json(value: object) -> str:
    """Return compact JSON with Chinese as it is, so that the file stays readable by any tool."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def declared_columns(kind: Kind) -> dict[str, type]:
    """Return the columns that the kind's table must have: the sequence, then every field."""
    return {"seq": int} | {key: column_of(field).type for key, field in kind.fields.items()}
