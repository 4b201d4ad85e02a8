"""What every check of a ledger works with: the connection, and how far the checking has come."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.wording import _

Progress = Callable[[int, int], None]

# Telling of every row would take longer than checking it.
_TELL_EVERY = 256


class Survey:
    """One run over a ledger, counted in rows of history, records and attachments."""

    def __init__(self, conn: sqlite3.Connection, progress: Progress | None) -> None:
        """Count what there is to check; a table that cannot be counted counts as empty."""
        self.conn = conn
        self._progress = progress
        self._total = sum(self._count(table) for table in ("history", "record", "attachment"))
        self._done = 0

    def step(self) -> None:
        """Note that one more row was checked."""
        self._done += 1
        if self._progress is None:
            return
        if self._done % _TELL_EVERY == 0 or self._done >= self._total:
            self._progress(min(self._done, self._total), self._total)

    def _count(self, table: str) -> int:
        try:
            return int(self.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        except sqlite3.DatabaseError:
            # The check of this table will say what is wrong with it.
            return 0


def named(kind: str, number: str, title: str) -> str:
    """Return how a record is spoken of: 承诺 CN-2026-0001「车辆接待」."""
    declared = KINDS.get(kind)
    return f"{_(declared.title) if declared else kind} {number}「{title}」"
