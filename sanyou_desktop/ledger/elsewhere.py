"""What records of other units refer to and what lies with those units: records, attached files.

A workbook brings a record without the files attached to it, and without the records that it refers
to where these are of another period or confidential. Their ids and hashes stay in the record, so
that they lead on as soon as the target arrives; that they lead nowhere yet is no fault.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.fields import Reference, fields_of, stamp
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of

# Of records: kind, and whether it is deleted, by id.
Standing: TypeAlias = Mapping[str, tuple[str, bool]]
# What a record refers to: field and id.
Leads: TypeAlias = tuple[tuple[str, str], ...]


def mark(conn: sqlite3.Connection, record: Record) -> None:
    """Note what ``record``, which came from another unit, refers to and is not here, or deleted."""
    leads = leads_of(record)
    absent = absent_of(record.kind, leads, standing(conn, (target for _key, target in leads)))
    if absent is not None:
        mark_all(conn, absent)
        mark_all(conn, absent_files(conn, (file.sha256 for file in record.attachments)))


def leads_of(record: Record) -> Leads:
    """Return what a record refers to: field and id."""
    keys = _references(type(record))
    return tuple((key, target) for key in keys if (target := value_of(record, key)))


def _references(declared: type[Record]) -> tuple[str, ...]:
    """Return the keys of the fields of a kind that refer to records."""
    found = _REFERENCES.get(declared)
    if found is None:
        keys = (key for key, field in fields_of(declared).items() if isinstance(field, Reference))
        found = _REFERENCES[declared] = tuple(keys)
    return found


_REFERENCES: dict[type[Record], tuple[str, ...]] = {}


def standing(conn: sqlite3.Connection, ids: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """Return how the records with those ids stand here; those that are not here are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    rows = conn.execute(
        "SELECT record.id, kind, deleted_at <> '' FROM json_each(?) AS wanted "
        "CROSS JOIN record ON record.id = wanted.value",
        (to_json(wanted),),
    )
    return {row[0]: (row[1], bool(row[2])) for row in rows}


def absent_of(kind: str, leads: Leads, there: Standing) -> list[str] | None:
    """Return the ids of what a record of ``kind`` refers to and is not here, or deleted.

    None if it refers to a record of a kind that the field does not take.
    """
    absent = []
    for key, target in leads:
        found = there.get(target)
        field = kind_of(kind).fields[key]
        assert isinstance(field, Reference)
        if found is not None and found[0] not in field.kinds:
            return None
        if found is None or found[1]:
            absent.append(target)
    return absent


def absent_files(conn: sqlite3.Connection, hashes: Iterable[str]) -> list[str]:
    """Return the hashes of those attached files whose content is not here."""
    wanted = list(dict.fromkeys(hashes))
    if not wanted:
        return []
    rows = conn.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT sha256 FROM attachment)",
        (to_json(wanted),),
    )
    return [row[0] for row in rows]


def mark_all(conn: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Note ids of records, or hashes of files, that lie with other units."""
    now = stamp()
    conn.executemany(
        "INSERT INTO elsewhere (what, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(what, now) for what in ids],
    )


def settle(conn: sqlite3.Connection) -> None:
    """Forget what has arrived meanwhile."""
    conn.execute(
        "DELETE FROM elsewhere WHERE what IN (SELECT id FROM record WHERE deleted_at = '') "
        "OR what IN (SELECT sha256 FROM attachment)"
    )


def is_elsewhere(conn: sqlite3.Connection, what: str) -> bool:
    """Tell whether the record with that id, or the file with that hash, lies with its unit."""
    sql = "SELECT 1 FROM elsewhere WHERE what = ?"
    return conn.execute(sql, (what,)).fetchone() is not None
