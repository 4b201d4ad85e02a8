"""What records of other units refer to and what lies with those units: records, attached files.

A workbook brings a record without the files attached to it, and without the records that it refers
to where these are of another period or confidential. Their ids and hashes stay in the record, so
that they lead on as soon as the target arrives; that they lead nowhere yet is no fault.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sanyou_desktop.model.fields import Reference, stamp
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of


def mark(conn: sqlite3.Connection, record: Record) -> None:
    """Note what ``record``, which came from another unit, refers to and is not here, or deleted."""
    absent = [file.sha256 for file in record.attachments if not _has_file(conn, file.sha256)]
    for key, field in kind_of(record.kind).fields.items():
        if isinstance(field, Reference):
            target = value_of(record, key)
            if target and not _has_record(conn, target):
                absent.append(target)
    mark_all(conn, absent)


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


def _has_record(conn: sqlite3.Connection, record_id: str) -> bool:
    sql = "SELECT 1 FROM record WHERE id = ? AND deleted_at = ''"
    return conn.execute(sql, (record_id,)).fetchone() is not None


def _has_file(conn: sqlite3.Connection, sha256: str) -> bool:
    sql = "SELECT 1 FROM attachment WHERE sha256 = ?"
    return conn.execute(sql, (sha256,)).fetchone() is not None
