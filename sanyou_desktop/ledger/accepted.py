"""The copy of each record that was last accepted from a unit: the base of the next merge.

Where such a copy is the same as a revision in the history here, that revision is all that is kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.fields import Json

# What begins the name of a table's layout, which stands here beside the codes of units: codes have
# no space before them.
TABLES = "\ttable:"
# The records that a unit has reported.
REPORTED = f"id IN (SELECT record_id FROM accepted WHERE sender NOT GLOB '{TABLES}*')"
_COLUMNS = "their_revision, their_hash, at_revision, content, withdrawn"


@dataclass(frozen=True, slots=True)
class Copy:
    """What was accepted of one record from one sender.

    Attributes:
        their_revision: the sender's own revision of it.
        their_hash: of what the sender wrote; "" while something in it waits for a decision.
        at_revision: the revision here that has the content, 0 if ``content`` holds it.
        content: JSON of the fields, "" if ``at_revision`` tells.
        withdrawn: the sender took it back.
    """

    their_revision: int
    their_hash: str
    at_revision: int = 0
    content: str = ""
    withdrawn: bool = False

    def to_text(self) -> str:
        """Return all of it as one text, for the journal of a run."""
        return to_json(astuple(self))

    @classmethod
    def from_text(cls, text: str) -> Copy:
        """Return what ``to_text`` was made from."""
        return cls(*json.loads(text))


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a record before it looks at what comes in.

    Attributes:
        kind, unit, revision, deleted: as it stands here.
        copy: what was last accepted of it from the sender in question, None if nothing was.
        from_owner: its own unit has reported it itself.
    """

    kind: str
    unit: str
    revision: int
    deleted: bool
    copy: Copy | None
    from_owner: bool


def known(conn: sqlite3.Connection, sender: str, ids: Iterable[str]) -> dict[str, Known]:
    """Return what is known of records by id; those that the ledger has not are left out."""
    rows = conn.execute(
        "SELECT record.id, kind, unit, revision, deleted_at <> '', EXISTS (SELECT 1 FROM accepted "
        f"AS own WHERE own.sender = unit AND own.record_id = record.id), {_COLUMNS} "
        "FROM json_each(?) AS wanted CROSS JOIN record ON record.id = wanted.value "
        "LEFT JOIN accepted ON sender = ? AND record_id = record.id",
        (to_json(list(ids)), sender),
    )
    return {
        row[0]: Known(row[1], row[2], row[3], bool(row[4]), _copy(row[6:]), bool(row[5]))
        for row in rows
    }


def copy_of(conn: sqlite3.Connection, sender: str, record_id: str) -> Copy | None:
    """Return what was last accepted of a record from a sender, None if nothing was."""
    row = conn.execute(
        f"SELECT {_COLUMNS} FROM accepted WHERE sender = ? AND record_id = ?", (sender, record_id)
    ).fetchone()
    return _copy(row) if row else None


def relayed(conn: sqlite3.Connection, record_id: str) -> Copy | None:
    """Return what was last accepted of a record from anybody."""
    row = conn.execute(
        f"SELECT {_COLUMNS} FROM accepted WHERE record_id = ? "
        "AND sender IN (SELECT unit FROM rollup_file) ORDER BY run DESC LIMIT 1",
        (record_id,),
    ).fetchone()
    return _copy(row) if row else None


def base_of(conn: sqlite3.Connection, record_id: str, copy: Copy) -> Mapping[str, Json]:
    """Return the content of an accepted copy."""
    text = copy.content
    if copy.at_revision:
        sql = "SELECT content FROM history WHERE record_id = ? AND revision = ?"
        text = conn.execute(sql, (record_id, copy.at_revision)).fetchone()[0]
    found: dict[str, Json] = json.loads(text)
    return found


def keep(conn: sqlite3.Connection, sender: str, record_id: str, copy: Copy, run: int) -> None:
    """Let ``copy`` be what was last accepted."""
    keep_all(conn, sender, [(record_id, copy)], run)


def keep_all(
    conn: sqlite3.Connection, sender: str, copies: Iterable[tuple[str, Copy]], run: int
) -> None:
    """Let copies, each with the id of its record, be what was last accepted."""
    conn.executemany(
        f"INSERT INTO accepted (sender, record_id, run, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET run = excluded.run, their_revision = excluded.their_revision,"
        " their_hash = excluded.their_hash, at_revision = excluded.at_revision,"
        " content = excluded.content, withdrawn = excluded.withdrawn",
        [(sender, record_id, run, *_values(copy)) for record_id, copy in copies],
    )


def forget(conn: sqlite3.Connection, sender: str, record_id: str) -> None:
    """Let nothing have been accepted of a record from a sender."""
    conn.execute("DELETE FROM accepted WHERE sender = ? AND record_id = ?", (sender, record_id))


def _copy(row: tuple[object, ...]) -> Copy | None:
    if row[0] is None:
        return None
    revision, found, at_revision, content, withdrawn = row
    assert isinstance(revision, int)
    assert isinstance(at_revision, int)
    return Copy(revision, str(found), at_revision, str(content), bool(withdrawn))


def _values(copy: Copy) -> tuple[int | str, ...]:
    return (
        copy.their_revision,
        copy.their_hash,
        copy.at_revision,
        copy.content,
        int(copy.withdrawn),
    )
