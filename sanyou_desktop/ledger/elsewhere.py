"""What records of other units refer to and what lies with those units: records, attached files.

A workbook brings a record without the files attached to it, and without the records that it refers
to where these are of another period or confidential. Their ids and hashes stay in the record, so
that they lead on as soon as the target arrives; that they lead nowhere yet is no fault.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sanyou_desktop.model.fields import Reference, fields_of, stamp
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of


def mark(conn: sqlite3.Connection, record: Record) -> None:
    """Note what ``record``, which came from another unit, refers to and is not here, or deleted."""
    files = [file.sha256 for file in record.attachments]
    mark_absent(conn, record.kind, leads_of(record), files)


def leads_of(record: Record) -> tuple[tuple[str, str], ...]:
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


def mark_absent(
    conn: sqlite3.Connection, kind: str, leads: Iterable[tuple[str, str]], files: Iterable[str]
) -> bool:
    """Note what a record of ``kind`` refers to, by field and id, and has attached, and is not here.

    Return False, and note nothing, if it refers to a record of a kind that the field does not take.
    """
    absent = [sha256 for sha256 in files if not _has_file(conn, sha256)]
    for key, target in leads:
        sql = "SELECT kind, deleted_at FROM record WHERE id = ?"
        row = conn.execute(sql, (target,)).fetchone()
        field = kind_of(kind).fields[key]
        assert isinstance(field, Reference)
        if row is not None and row[0] not in field.kinds:
            return False
        if row is None or row[1]:
            absent.append(target)
    if absent:
        mark_all(conn, absent)
    return True


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


def _has_file(conn: sqlite3.Connection, sha256: str) -> bool:
    sql = "SELECT 1 FROM attachment WHERE sha256 = ?"
    return conn.execute(sql, (sha256,)).fetchone() is not None
