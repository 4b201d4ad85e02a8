"""What a person decided about conflicts, remembered until one of the sides changes again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TypeAlias

from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.fields import stamp
from sanyou_desktop.model.incoming import FieldChange, Part

_SAME = "sender = ? AND record_id = ? AND part = ?"
# Of the table: mine, theirs, choice, at, run.
_Row: TypeAlias = tuple[str, str, str, str, int]


@dataclass(frozen=True)
class Decision:
    """A side chosen for one part of one record; ``sender`` is the unit whose file it came in."""

    sender: str
    record_id: str
    change: FieldChange
    choice: str


def remembered(conn: sqlite3.Connection, sender: str, record_id: str, change: FieldChange) -> str:
    """Return "mine" or "theirs" as it was decided about these very values, else ""."""
    row = conn.execute(
        "SELECT choice FROM decision WHERE sender = ? AND record_id = ? AND part = ? "
        "AND mine = ? AND theirs = ?",
        (sender, record_id, _part(change.part), to_json(change.mine), to_json(change.theirs)),
    ).fetchone()
    return row[0] if row else ""


def remember(conn: sqlite3.Connection, decision: Decision, run: int) -> None:
    """Keep a decision; an earlier one about the same part is replaced."""
    _write(conn, decision, (*_said(decision), stamp(), run))


def forget_run(conn: sqlite3.Connection, run: int) -> None:
    """Forget what was decided in a run that is taken back."""
    conn.execute("DELETE FROM decision WHERE run = ?", (run,))


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it is kept; ``before`` is what was kept about the same part until then."""

    decision: Decision
    before: _Row | None


def replace(conn: sqlite3.Connection, decision: Decision, run: int) -> Kept:
    """Keep a decision as ``remember`` does; return what brings back the one before it."""
    before = _row(conn, decision)
    remember(conn, decision, run)
    return Kept(decision, before)


def put_back(conn: sqlite3.Connection, kept: Kept) -> None:
    """Let be kept what was before a decision, unless the part was decided anew since."""
    decision = kept.decision
    row = _row(conn, decision)
    if row is None or row[:3] != _said(decision):
        return
    if kept.before is None:
        conn.execute(f"DELETE FROM decision WHERE {_SAME}", _place(decision))
    else:
        _write(conn, decision, kept.before)


def _row(conn: sqlite3.Connection, decision: Decision) -> _Row | None:
    row: _Row | None = conn.execute(
        f"SELECT mine, theirs, choice, at, run FROM decision WHERE {_SAME}", _place(decision)
    ).fetchone()
    return row


def _write(conn: sqlite3.Connection, decision: Decision, row: _Row) -> None:
    conn.execute(
        "INSERT OR REPLACE INTO decision (sender, record_id, part, mine, theirs, choice, at, run) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*_place(decision), *row),
    )


def _place(decision: Decision) -> tuple[str, str, str]:
    return decision.sender, decision.record_id, _part(decision.change.part)


def _said(decision: Decision) -> tuple[str, str, str]:
    return to_json(decision.change.mine), to_json(decision.change.theirs), decision.choice


def _part(part: Part) -> str:
    return to_json([part.key, part.row, part.column])
