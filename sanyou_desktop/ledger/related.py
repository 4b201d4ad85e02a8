"""The records that refer to one: the findings of an inspection, the inspections of a plan."""

from __future__ import annotations

import sqlite3

from sanyou_desktop.ledger import records
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record


def referring(conn: sqlite3.Connection, kind: str, key: str, record_id: str) -> list[Record]:
    """Return the living records of ``kind`` whose reference ``key`` leads to a record, by number.

    Raises:
        KeyError: the kind has no such reference.
    """
    declared = kind_of(kind)
    if key not in {name for name, field in declared.fields.items() if isinstance(field, Reference)}:
        raise KeyError(key)
    wanted = ", ".join(f'"{name}"' for name in declared.fields)
    # The table has an index on each of its references.
    rows = conn.execute(
        f'SELECT {wanted} FROM "{declared.key}" WHERE "{key}" = ? AND deleted_at = \'\' '
        "ORDER BY number, id",
        (record_id,),
    )
    return [records.from_row(declared, row) for row in rows]
