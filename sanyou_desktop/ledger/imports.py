"""What imported tables last said of records: the base on which the same table is merged again.

Kept where the copies of units are kept (``accepted``), under the name of a table's layout in place
of a unit's code. Without it nobody could tell a cell that was changed in the table from one that
the ledger has outgrown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sanyou_desktop.ledger import accepted, decisions
from sanyou_desktop.ledger.accepted import TABLES, Copy
from sanyou_desktop.ledger.decisions import Decision, Kept
from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.incoming import FieldChange
from sanyou_desktop.model.record import Record

# An import is no roll-up, and has no journal of its own.
_NO_RUN = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table that is taken.

    Attributes:
        source: the table's layout, as ``source_of`` names it.
        record: what is to be saved; where ``id`` is given, the ledger's record stays as it is.
        id, revision: the record that says the same already.
        said: the fields of which the row says what the ledger then does not hold, with that.
        decided: the conflicts that a person decided.
    """

    source: str
    record: Record | None = None
    id: str = ""
    revision: int = 0
    said: Mapping[str, Json] = field(default_factory=dict)
    decided: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """What an import noted of one record, and what was noted before it.

    Attributes:
        before: the copy that was noted before, None for none.
        after: what tells the copy that was noted from others: its text itself may be long.
        decided: its decisions, each with the one that it replaced.
    """

    source: str
    record_id: str
    before: Copy | None
    after: bytes
    decided: tuple[Kept, ...]


def source_of(layout: str) -> str:
    """Return what a layout is kept under; no unit's code begins so."""
    return TABLES + layout


def keep(conn: sqlite3.Connection, row: TableRow, after: Record | None) -> Noted:
    """Note what a row says, inside the caller's transaction; ``after`` is its record as saved."""
    record_id = after.id if after else row.id
    revision = after.revision if after else row.revision
    decided = tuple(
        decisions.replace(conn, Decision(row.source, record_id, change, change.choice), _NO_RUN)
        for change in row.decided
    )
    was = _copy(conn, row.source, record_id)
    copy = Copy(revision, "", at_revision=revision)
    if row.said:
        holds = after.to_json() if after else accepted.base_of(conn, record_id, copy)
        copy = Copy(revision, "", content=to_json({**holds, **row.said}))
    accepted.keep(conn, row.source, record_id, copy, _NO_RUN)
    return Noted(row.source, record_id, was, _mark(copy), decided)


def put_back(conn: sqlite3.Connection, noted: Sequence[Noted]) -> None:
    """Let be noted what was before an import that is taken back.

    What a later import noted of a record without changing it stays: that is the newer base.
    """
    for one in reversed(noted):
        for kept in reversed(one.decided):
            decisions.put_back(conn, kept)
        now = _copy(conn, one.source, one.record_id)
        if now is None or _mark(now) != one.after:
            continue
        if one.before is None:
            accepted.forget(conn, one.source, one.record_id)
        else:
            accepted.keep(conn, one.source, one.record_id, one.before, _NO_RUN)


class LastSaid:
    """Looks up what tables of one layout last said."""

    def __init__(self, conn: sqlite3.Connection, source: str) -> None:
        """Read which other layouts there are: a column that was added makes another one."""
        self._conn = conn
        self._source = source
        found = conn.execute(
            "SELECT DISTINCT sender FROM accepted WHERE sender >= ? AND sender < ?",
            (TABLES, TABLES + "\U0010ffff"),
        )
        self._all = [row[0] for row in found]

    def content(self, record: Record) -> Mapping[str, Json] | None:
        """Return what was last said of a record by such a table, else by any; None for nothing.

        Where that is what the ledger holds, nothing needs to be merged: None as well.
        """
        copy = _copy(self._conn, self._source, record.id) or self._by_any(record.id)
        if copy is None or copy.at_revision == record.revision:
            return None
        return accepted.base_of(self._conn, record.id, copy)

    def decided(self, record_id: str) -> Callable[[FieldChange], str]:
        """Return what tells how conflicts of a record were decided before."""
        return lambda change: decisions.remembered(self._conn, self._source, record_id, change)

    def _by_any(self, record_id: str) -> Copy | None:
        copies = (_copy(self._conn, one, record_id) for one in self._all if one != self._source)
        known = [copy for copy in copies if copy is not None]
        return max(known, key=lambda copy: copy.their_revision, default=None)


def _mark(copy: Copy) -> bytes:
    return sha256(copy.to_text().encode()).digest()


def _copy(conn: sqlite3.Connection, source: str, record_id: str) -> Copy | None:
    return accepted.copy_of(conn, source, record_id)
