"""Every revision of every record, chained by SHA-256 so that a change behind our back shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import TypeAlias

from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record

CREATED, CHANGED, DELETED, RESTORED, UNDONE = "created", "changed", "deleted", "restored", "undone"
# Taken from a unit's workbook, be it new or changed.
ROLLED_UP, WITHDRAWN = "rolled_up", "withdrawn"
# Kind, id, revision, at, action and content.
State: TypeAlias = tuple[str, str, int, str, str, str]


@dataclass(frozen=True)
class Revision:
    """One state of a record: when and how it came to be, and its content then."""

    revision: int
    at: str
    action: str
    record: Record


def row_hash(seq: int, kind: str, record_id: str, revision: int, *rest: str) -> str:
    """Return the hash of a history row; ``rest`` is at, action, content and the previous hash."""
    # Reading needs no hashes, and start-up is measured.
    import hashlib

    texts = '","'.join([_escaped(text) for text in rest])
    # As JSON writes this list, without its way there: of each record there are several rows.
    row = f'[{seq},"{_escaped(kind)}","{_escaped(record_id)}",{revision},"{texts}"]'
    return hashlib.sha256(row.encode()).hexdigest()


def _escaped(text: str) -> str:
    return encode_basestring(text)[1:-1]


def append(conn: sqlite3.Connection, record: Record, action: str) -> None:
    """Add the record's present state at the end of the chain, inside the caller's transaction."""
    content = to_json(record.to_json())
    state = (record.kind, record.id, record.revision, record.updated_at, action, content)
    append_states(conn, [state])


def append_states(conn: sqlite3.Connection, states: Iterable[State]) -> None:
    """Add states whose JSON is at hand, each chained to the one before it."""
    last = conn.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = last or (0, "")
    rows = []
    for state in states:
        seq += 1
        found = row_hash(seq, *state, previous)
        rows.append((seq, *state, previous, found))
        previous = found
    conn.executemany(
        "INSERT INTO history (seq, kind, record_id, revision, at, action, content, previous, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def revisions(conn: sqlite3.Connection, record_id: str) -> list[Revision]:
    """Return every state of a record, newest first."""
    rows = conn.execute(
        "SELECT revision, at, action, kind, content FROM history WHERE record_id = ? "
        "ORDER BY revision DESC",
        (record_id,),
    )
    return [Revision(row[0], row[1], row[2], from_content(row[3], row[4])) for row in rows]


def revision(conn: sqlite3.Connection, record_id: str, number: int) -> Revision | None:
    """Return one state of a record, None if there is no such revision."""
    row = conn.execute(
        "SELECT revision, at, action, kind, content FROM history "
        "WHERE record_id = ? AND revision = ?",
        (record_id, number),
    ).fetchone()
    return row and Revision(row[0], row[1], row[2], from_content(row[3], row[4]))


def from_content(kind: str, content: str) -> Record:
    """Return the record a history row holds; fields added since are empty in it."""
    return kind_of(kind).kept(json.loads(content))
