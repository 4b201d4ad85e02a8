"""From a stored row of the ledger straight to the cells of a table, without the record between.

Most values of a field were seen in another row before: what they become is kept and looked up.
That a row made so equals the one that ``columns.RowOf`` makes of the record is tested.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, NamedTuple

from sanyou_desktop.exchange.columns import IDENTITY, fitting, value_cell
from sanyou_desktop.exchange.rows_text import RowsTold
from sanyou_desktop.exchange.sheet import CellValue, Column, Row, text_of
from sanyou_desktop.ledger.schema import loaded
from sanyou_desktop.model.fields import Field, Rows
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.pledge import Fulfilment

# Values of a field and characters of a value: some 10 MB at the most.
_MOST_VALUES = 2048
_LONGEST_KEPT = 200


class _Said(NamedTuple):
    """What one stored value becomes: a cell, its text, and that text in the hash."""

    cell: CellValue
    text: str
    hashed: str


class _Kept(dict[Any, _Said]):
    """What the stored values of one field became, as far as there is room."""

    def __init__(self, make: Callable[[Any], CellValue]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, stored: Any) -> _Said:  # noqa: ANN401 - whatever the ledger keeps
        cell = self._make(stored)
        text = text_of(cell)
        said = _Said(cell, text, encode_basestring(text))
        if len(text) <= _LONGEST_KEPT and len(self) < _MOST_VALUES:
            self[stored] = said
        return said


class StoredRowOf:
    """Makes the row of what the ledger keeps of a record; its texts come with it."""

    def __init__(
        self,
        kind: str,
        columns: tuple[Column, ...],
        unit_names: Mapping[str, str],
        references: Mapping[str, str],
    ) -> None:
        """Make rows for these columns; ``references`` shows ids as number and title."""
        fields = kind_of(kind).fields
        keys = list(fields)
        own = [column.key for column in columns if column.key not in IDENTITY]
        self._names = unit_names
        self._kept = [_Kept(cell_by(fields[key], references)) for key in own]
        self._values = itemgetter(*(keys.index(key) for key in own))
        found = paired(fields)
        # Among the values of the columns, and among all.
        self._paired = found and (own.index(keys[found[0]]), found[1])
        self._at = itemgetter(*(keys.index(key) for key in ("id", "unit", "revision")))
        places = {key: at for at, key in enumerate((*own, *IDENTITY))}
        self._ordered = itemgetter(*(places[column.key] for column in columns))

    def __call__(self, stored: tuple[Any, ...]) -> Row:
        """Return the row."""
        record_id, unit, revision = self._at(stored)
        values = self._values(stored)
        if self._paired:
            place, beside = self._paired
            values = (*values[:place], (values[place], stored[beside]), *values[place + 1 :])
        said = [kept[value] for kept, value in zip(self._kept, values, strict=True)]
        cells, texts, hashed = zip(*said, strict=True)
        shown = "[" + ", ".join(hashed) + "]"
        found = hashlib.sha256(shown.encode()).hexdigest()[:16]
        identity = (unit, self._names.get(unit, unit), record_id, revision, found, "")
        told = (*texts, *map(str, identity))
        return Row(
            unit,
            record_id,
            revision,
            found,
            self._ordered(cells + identity),
            self._ordered(told),
        )


def cell_by(field: Field[Any], references: Mapping[str, str]) -> Callable[[Any], CellValue]:
    """Return what makes a cell of a stored value; fulfilments come with the clauses."""
    if not isinstance(field, Rows):
        return lambda stored: value_cell(field, loaded(field, stored), references)
    told = RowsTold(field)

    def cell(stored: Any) -> CellValue:  # noqa: ANN401 - whatever the ledger keeps
        stored, beside = stored if isinstance(stored, tuple) else (stored, None)
        rows = json.loads(stored) if stored else []
        clauses = json.loads(beside) if beside and rows else []
        texts = {clause.get("key", ""): clause.get("text", "") for clause in clauses}
        return fitting(told.stored_text(rows, texts)) if rows else None

    return cell


def paired(fields: Mapping[str, Field[Any]]) -> tuple[int, int] | None:
    """Return the places of the fulfilments and of the clauses that they speak of."""
    keys = list(fields)
    for at, field in enumerate(fields.values()):
        if isinstance(field, Rows) and field.row is Fulfilment:
            return at, keys.index("clauses")
    return None
