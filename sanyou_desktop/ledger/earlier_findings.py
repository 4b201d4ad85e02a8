"""The findings that a finding may repeat: few columns of many rows, then the few records whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

from sanyou_desktop.ledger import records
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.repeats import bare, repeats_of

# Dates are text: a day lies between two days, while a month or a year stands before its first day.
_SQL = """
    SELECT id, title, item_key FROM finding
    WHERE deleted_at = '' AND unit = ? AND (place <> '' OR department <> '')
    AND (raised_on BETWEEN ? AND ? OR raised_on IN (?, ?))
"""


def repeated(conn: sqlite3.Connection, finding: Finding, within_days: int) -> list[Finding]:
    """Return the living findings that ``finding`` repeats, the latest first.

    Which those are is for ``model.repeats`` to say. Here only the day and the title narrow down
    what it is asked about: a place without its spaces, punctuation and width is beyond SQL.
    """
    day = finding.raised_on.first() if finding.raised_on else None
    if day is None or not (finding.place or finding.department):
        return []
    begin = (day - timedelta(days=within_days)).isoformat()
    bounds = (finding.unit, begin, day.isoformat(), begin[:4], begin[:7])
    alike = [_whole(conn, found) for found in _alike(conn.execute(_SQL, bounds), finding)]
    return repeats_of(finding, filter(None, alike), within_days)


def _alike(rows: sqlite3.Cursor, finding: Finding) -> Iterator[str]:
    """Yield the ids of those that may tell of the same thing."""
    wanted, item = bare(finding.title), finding.item_key
    # The same few hundred titles come again and again.
    known: dict[str, bool] = {}
    for found, title, item_key in rows.fetchall():
        if title not in known:
            known[title] = bool(wanted) and bare(title) == wanted
        if known[title] or (item and item_key == item):
            yield found


def _whole(conn: sqlite3.Connection, record_id: str) -> Finding | None:
    found = records.read(conn, record_id)
    return found if isinstance(found, Finding) else None
