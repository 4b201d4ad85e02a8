"""Finding records by what is in them: the search table's rows, conditions for lists, and hits.

How text becomes tokens is in ``search_terms``, how a query becomes an expression in
``search_query``; the table itself is in ``search_table``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sanyou_desktop.ledger import search_table, search_terms
from sanyou_desktop.ledger.search_excerpt import excerpt
from sanyou_desktop.ledger.search_query import expression
from sanyou_desktop.ledger.search_text import body_texts
from sanyou_desktop.model.record import Record

# Between the texts of a record as kept for excerpts.
_BREAK = "\x1f"


@dataclass(frozen=True)
class Hit:
    """A record that was found; ``excerpt`` is the text around the place, or how it begins."""

    kind: str
    id: str
    number: str
    title: str
    excerpt: str = ""


def create(conn: sqlite3.Connection) -> None:
    """Make the empty search table."""
    conn.execute(search_table.CREATE)


def index(conn: sqlite3.Connection, rowid: int, kind: str, record: Record) -> None:
    """Write or replace the search row of a record; ``rowid`` is its ``seq`` in the register."""
    texts = body_texts(record)
    title = search_terms.column([record.number, _serial(record.number), record.title])
    body = search_terms.column(texts)
    conn.execute(
        "INSERT OR REPLACE INTO search (rowid, shown, title, body) VALUES (?, ?, ?, ?)",
        (rowid, _BREAK.join(texts), title, f"{_kind_token(kind)} {body}"),
    )


def remove(conn: sqlite3.Connection, rowid: int) -> None:
    """Take a record's row out of the search table."""
    conn.execute("DELETE FROM search WHERE rowid = ?", (rowid,))


def condition(text: str) -> tuple[str, list[Any]]:
    """Return a SELECT of the ``seq`` of every record that ``text`` finds, with its values.

    Text without anything to search for, such as punctuation alone, finds every record.
    """
    match = expression(text)
    if not match:
        return "SELECT seq FROM record", []
    return "SELECT rowid FROM search WHERE search MATCH ?", [match]


def hits(
    conn: sqlite3.Connection, text: str, limit: int = 50, kinds: Collection[str] = ()
) -> list[Hit]:
    """Return living records that ``text`` finds: those with it in number or title first.

    Among equals the newest comes first: that needs no look at the rest of the hits, of which one
    character may have all the ledger's records. Text with nothing to search for finds none.
    """
    match = expression(text)
    if not match:
        return []
    of_kinds = f" AND ({' OR '.join(_quoted_kind(kind) for kind in kinds)})" if kinds else ""
    found = _living(conn, f"({{title}} : ({match})){of_kinds}", limit)
    if len(found) < limit:
        # The second list repeats the first, so it must be longer by as much.
        found |= _living(conn, f"({match}){of_kinds}", limit + len(found))
    return [_hit(row, text) for row in list(found.values())[:limit]]


def _living(conn: sqlite3.Connection, match: str, limit: int) -> dict[int, tuple[str, ...]]:
    rows = conn.execute(
        "SELECT search.rowid, kind, id, number, record.title, shown "
        "FROM search CROSS JOIN record ON record.seq = search.rowid "
        "WHERE search MATCH ? AND deleted_at = '' ORDER BY search.rowid DESC LIMIT ?",
        (match, limit),
    )
    return {row[0]: row[1:] for row in rows}


def _hit(row: tuple[str, ...], text: str) -> Hit:
    kind, record_id, number, title, shown = row
    return Hit(kind, record_id, number, title, excerpt(shown.split(_BREAK), text))


def _quoted_kind(kind: str) -> str:
    return f'"{_kind_token(kind)}"'


def _kind_token(kind: str) -> str:
    return f"={kind}"


def _serial(number: str) -> str:
    """Return the running number as people say it: 7 for CN-2026-0007."""
    return number.rpartition("-")[2].lstrip("0")
