"""The findings that a finding may repeat: few columns of many rows, then the few records whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

from sanyou_desktop.ledger import records
from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.repeats import plain_text, repeats_of

# From the year in which the time begins: dates are text, and a month or a year that is all that is
# known stands before its first day. The model drops what is too old.
_SQL = """
    SELECT id, title, item_key FROM finding
    WHERE deleted_at = '' AND unit = ? AND (place <> '' OR department <> '')
    AND raised_on BETWEEN ? AND ?
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
    bounds = (finding.unit, begin[:4], day.isoformat())
    text = _item_text(conn, finding)
    same_item = _rows_with(conn, text)
    rows = conn.execute(_SQL, bounds)
    alike = [_whole(conn, found) for found in _alike(rows, finding, same_item)]
    found = repeats_of(
        finding,
        filter(None, alike),
        within_days,
        lambda one: text if one is finding or one.item_key in same_item else "",
    )
    return sorted(found, key=lambda one: (str(one.raised_on), one.id), reverse=True)


def _item_text(conn: sqlite3.Connection, finding: Finding) -> str:
    """Return the text of the checklist item that the finding came from, "" if it is not known."""
    if not (finding.item_key and finding.inspection):
        return ""
    sql = (
        "SELECT json_extract(item.value, '$.item') FROM inspection, json_each(inspection.items) "
        "AS item WHERE inspection.id = ? AND json_extract(item.value, '$.key') = ?"
    )
    row = conn.execute(sql, (finding.inspection, finding.item_key)).fetchone()
    return str(row[0] or "") if row else ""


def _rows_with(conn: sqlite3.Connection, text: str) -> frozenset[str]:
    """Return the row keys of all checklist items with that text, whatever inspection they are of.

    Written exactly alike: lists are made by one office, and their items copied, not typed anew.
    """
    if not text:
        return frozenset()
    sql = (
        "SELECT json_extract(item.value, '$.key') FROM inspection, json_each(inspection.items) "
        "AS item WHERE deleted_at = '' AND instr(inspection.items, ?) "
        "AND json_extract(item.value, '$.item') = ?"
    )
    return frozenset(row[0] for row in conn.execute(sql, (to_json(text), text)))


def _alike(rows: sqlite3.Cursor, finding: Finding, same_item: frozenset[str]) -> Iterator[str]:
    """Yield the ids of those that may tell of the same thing."""
    wanted, item = plain_text(finding.title), finding.item_key
    # The same few hundred titles come again and again.
    known: dict[str, bool] = {}
    for found, title, item_key in rows.fetchall():
        if title not in known:
            known[title] = bool(wanted) and plain_text(title) == wanted
        if known[title] or (item and item_key == item) or item_key in same_item:
            yield found


def _whole(conn: sqlite3.Connection, record_id: str) -> Finding | None:
    found = records.read(conn, record_id)
    return found if isinstance(found, Finding) else None
