"""What was made from records: the findings of an inspection, its re-checks, the next edition.

Each tells what it was made from, often in the same words: who marks one with a degree of secrecy
has to know of the others.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from sanyou_desktop.ledger.references import referring_fields
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, stricter, value_of

# A finding names the rule that is broken; it says nothing of what the rule says.
_ONLY_CITES = (("finding", "against", "rule"),)


@dataclass(frozen=True)
class Made:
    """A living record without a mark; ``source`` is what it was made from, as its ``key`` says."""

    id: str
    kind: str
    number: str
    title: str
    key: str
    source: str


def made_from(conn: sqlite3.Connection, ids: Collection[str]) -> list[Made]:
    """Return what was made from records without a mark of its own, and from that, and so on."""
    known, wanted = set(ids), list(ids)
    found: list[Made] = []
    while wanted:
        made = _one_step(conn, wanted)
        wanted = []
        for one, has_mark in made:
            if one.id not in known:
                known.add(one.id)
                wanted.append(one.id)
                found += [] if has_mark else [one]
    return found


def mark_of_origins(conn: sqlite3.Connection, record: Record) -> str:
    """Return the strictest mark of what a record was made from, "" without any."""
    mark = ""
    for key, field in kind_of(record.kind).fields.items():
        target = value_of(record, key) if isinstance(field, Reference) else ""
        if not target:
            continue
        row = conn.execute("SELECT kind FROM record WHERE id = ?", (target,)).fetchone()
        if row and (record.kind, key, row[0]) not in _ONLY_CITES:
            sql = f'SELECT confidential FROM "{row[0]}" WHERE id = ?'
            mark = stricter(mark, conn.execute(sql, (target,)).fetchone()[0] or "")
    if record.kind == "inspection":
        # It names the list that it was made from, as ``_one_step`` has it.
        sql = "SELECT confidential FROM scheme WHERE title = ?"
        for (found,) in conn.execute(sql, (value_of(record, "scheme"),)):
            mark = stricter(mark, found or "")
    return mark


def _one_step(conn: sqlite3.Connection, ids: Collection[str]) -> list[tuple[Made, bool]]:
    """Return the living records that refer to any of these, and whether each has a mark."""
    found = []
    for kind, key in referring_fields():
        cited = [of for one, name, of in _ONLY_CITES if (one, name) == (kind, key)]
        rows = conn.execute(
            f'SELECT id, number, title, "{key}", confidential FROM "{kind}" '
            f"WHERE \"{key}\" IN (SELECT value FROM json_each(?)) AND deleted_at = '' "
            f'AND NOT EXISTS (SELECT 1 FROM record WHERE record.id = "{key}" '
            "AND record.kind IN (SELECT value FROM json_each(?))) ORDER BY number, id",
            (json.dumps(list(ids)), json.dumps(cited)),
        )
        found += [_found(kind, key, row) for row in rows]
    # Inspections name the list that they were made from, and have its items.
    rows = conn.execute(
        "SELECT own.id, own.number, own.title, list.id, own.confidential FROM scheme AS list "
        "JOIN inspection AS own ON own.scheme = list.title "
        "WHERE list.id IN (SELECT value FROM json_each(?)) AND own.deleted_at = '' "
        "ORDER BY own.number, own.id",
        (json.dumps(list(ids)),),
    )
    return found + [_found("inspection", "scheme", row) for row in rows]


def _found(kind: str, key: str, row: tuple[str, str, str, str, str]) -> tuple[Made, bool]:
    return Made(row[0], kind, row[1] or "", row[2] or "", key, row[3]), bool(row[4])
