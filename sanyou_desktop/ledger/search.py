"""Finding records by what is in them: the search table's rows, conditions for lists, and hits.

How text becomes tokens is in ``search_terms``, how a query becomes an expression in
``search_query``; the table itself is in ``search_table``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sanyou_desktop.ledger import search_query, search_table
from sanyou_desktop.ledger.search_entry import Entry, texts_of
from sanyou_desktop.ledger.search_excerpt import excerpt
from sanyou_desktop.ledger.search_terms import kind_token
from sanyou_desktop.model.record import Record


@dataclass(frozen=True)
class Hit:
    """A record that was found; ``excerpt`` is the text around the place, or how it begins."""

    kind: str
    id: str
    number: str
    title: str
    excerpt: str = ""


def create(conn: sqlite3.Connection) -> None:
    """Make the empty search tables."""
    conn.execute(search_table.CREATE)
    conn.execute(search_table.CREATE_SOURCE)


def index(conn: sqlite3.Connection, rowid: int, kind: str, record: Record) -> None:
    """Write or replace the search row of a record; ``rowid`` is its ``seq`` in the register.

    Many changes leave the words alone: a status, a date, the way to the recycle bin and back.
    """
    entry = Entry.of(kind, record)
    packed = entry.packed()
    if packed == _packed(conn, rowid):
        return
    remove(conn, rowid)
    insert(conn, [(rowid, entry.words(), packed)])


def insert(conn: sqlite3.Connection, rows: Sequence[tuple[int, str, bytes]]) -> None:
    """Write the search rows of records that have none: ``seq``, ``Entry``'s words and packed."""
    conn.executemany(
        "INSERT INTO search (rowid, words) VALUES (?, ?)", [(row[0], row[1]) for row in rows]
    )
    conn.executemany(
        "INSERT INTO search_source (seq, packed) VALUES (?, ?)", [(row[0], row[2]) for row in rows]
    )


def remove(conn: sqlite3.Connection, rowid: int) -> None:
    """Take a record out of the search tables; that it is not there is fine."""
    packed = _packed(conn, rowid)
    if packed is None:
        return
    conn.execute(
        "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
        (rowid, Entry.unpacked(packed).words()),
    )
    conn.execute("DELETE FROM search_source WHERE seq = ?", (rowid,))


def _packed(conn: sqlite3.Connection, rowid: int) -> bytes | None:
    """Return the entry that the search row was made from, None if there is none."""
    row = conn.execute("SELECT packed FROM search_source WHERE seq = ?", (rowid,)).fetchone()
    return None if row is None else row[0]


def condition(text: str, kinds: Collection[str] = ()) -> tuple[str, list[Any]]:
    """Return a SELECT of the ``seq`` of every record that ``text`` finds, with its values.

    ``kinds`` leaves out records of others. Text without anything to search for, such as
    punctuation alone, finds every record.
    """
    match = search_query.expression(text)
    if not match:
        return "SELECT seq FROM record", []
    return "SELECT rowid FROM search WHERE search MATCH ?", [f"({match}){_of_kinds(kinds)}"]


def hits(
    conn: sqlite3.Connection, text: str, limit: int = 50, kinds: Collection[str] = ()
) -> list[Hit]:
    """Return living records that ``text`` finds: those with it in number or title first.

    Among equals the newest comes first: that needs no look at the rest of the hits, of which one
    character may have all the ledger's records. Text with nothing to search for finds none.
    """
    match = search_query.expression(text)
    if not match:
        return []
    of_kinds = _of_kinds(kinds)
    found = _living(conn, f"({search_query.in_title(match)}){of_kinds}", limit)
    if len(found) < limit:
        # The second list repeats the first, so it must be longer by as much.
        found |= _living(conn, f"({match}){of_kinds}", limit + len(found))
    return [_hit(row, text) for row in list(found.values())[:limit]]


def _living(conn: sqlite3.Connection, match: str, limit: int) -> dict[int, tuple[Any, ...]]:
    rows = conn.execute(
        "SELECT found.rowid, kind, id, number, record.title, packed FROM search AS found "
        "CROSS JOIN record ON record.seq = found.rowid "
        "LEFT JOIN search_source AS source ON source.seq = found.rowid "
        "WHERE found.search MATCH ? AND deleted_at = '' ORDER BY found.rowid DESC LIMIT ?",
        (match, limit),
    )
    return {row[0]: row[1:] for row in rows}


def _hit(row: tuple[Any, ...], text: str) -> Hit:
    kind, record_id, number, title, packed = row
    texts = texts_of(packed) if packed else []
    return Hit(kind, record_id, number, title, excerpt(texts, text))


def _of_kinds(kinds: Collection[str]) -> str:
    wanted = " OR ".join(f'"{kind_token(kind)}"' for kind in kinds)
    return f" AND ({wanted})" if wanted else ""
