"""The records that refer to one: the findings of an inspection, the inspections of a plan."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sanyou_desktop.ledger import history
from sanyou_desktop.ledger.query import Line
from sanyou_desktop.ledger.schema import loaded, record_of
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record


@dataclass(frozen=True)
class Occurrence:
    """An inspection by a plan: its days and its department only, and whether it was deleted."""

    inspection: Inspection
    is_deleted: bool


def referring(conn: sqlite3.Connection, kind: str, key: str, record_id: str) -> list[Record]:
    """Return the living records of ``kind`` whose reference ``key`` leads to a record, by number.

    Raises:
        KeyError: the kind has no such reference.
    """
    declared = kind_of(kind)
    rows = _rows(conn, kind, key, record_id, tuple(declared.fields))
    return [record_of(declared, row) for row in rows]


def lines(
    conn: sqlite3.Connection, kind: str, key: str, record_id: str, columns: Sequence[str]
) -> list[Line]:
    """Return some columns of the same records.

    Raises:
        KeyError: the kind has no such reference or column.
    """
    fields = [kind_of(kind).fields[column] for column in columns]
    return [
        Line(row[0], tuple(loaded(*pair) for pair in zip(fields, row[1:], strict=True)))
        for row in _rows(conn, kind, key, record_id, ("id", *columns))
    ]


def of_plan(conn: sqlite3.Connection, plan_id: str) -> list[Occurrence]:
    """Return the inspections that were made by a plan, those that somebody deleted too.

    One whose making was taken back was never wanted and does not count.
    """
    rows = conn.execute(
        "SELECT occurrence_on, planned_on, inspected_unit, deleted_at <> '' FROM inspection AS own "
        "WHERE plan = ? AND (deleted_at = '' OR (SELECT action FROM history "
        "WHERE record_id = own.id AND history.revision = own.revision) = ?)",
        (plan_id, history.DELETED),
    )
    fields = kind_of("inspection").fields
    return [
        Occurrence(
            Inspection(
                occurrence_on=loaded(fields["occurrence_on"], row[0]),
                planned_on=loaded(fields["planned_on"], row[1]),
                inspected_unit=row[2] or "",
            ),
            bool(row[3]),
        )
        for row in rows
    ]


def _rows(
    conn: sqlite3.Connection, kind: str, key: str, record_id: str, columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    fields = kind_of(kind).fields
    if not isinstance(fields[key], Reference):
        raise KeyError(key)
    wanted = ", ".join(f'"{name}"' for name in columns)
    # The table has an index on each of its references. Without the plus SQLite takes the one on
    # numbers, because it spares sorting, and looks at every record of the kind.
    sql = (
        f'SELECT {wanted} FROM "{kind}" WHERE "{key}" = ? AND deleted_at = \'\' '
        "ORDER BY +number, id"
    )
    return conn.execute(sql, (record_id,)).fetchall()
