"""Files of which a roll-up took all that there was, known again by their bytes.

The same bytes bring nothing new, so that they need not be read: not as long as no roll-up was taken
back since, which may have taken back what the file only repeated, and the unit is still there.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sanyou_desktop.ledger.taken_file import TakenFile


@dataclass(frozen=True)
class Settled:
    """A file as it was taken, and how many records it brought."""

    file: TakenFile
    records: int


def settle(conn: sqlite3.Connection, digest: str, file: TakenFile, records: int, at: str) -> None:
    """Note that nothing of a file is open; ``digest`` is the SHA-256 of its bytes in hex."""
    conn.execute(
        "INSERT OR REPLACE INTO settled_file (digest, file, records, at) SELECT ?, id, ?, ? "
        "FROM rollup_file WHERE unit = ? AND manifest = ? AND made_at = ? ORDER BY id DESC LIMIT 1",
        (digest, records, at, file.unit, file.manifest, file.made_at),
    )


def has_any(conn: sqlite3.Connection) -> bool:
    """Tell whether it is worth the while to look at the bytes of files."""
    found = conn.execute("SELECT EXISTS (SELECT 1 FROM settled_file)").fetchone()
    return bool(found[0])


def settled(conn: sqlite3.Connection, digest: str) -> Settled | None:
    """Return the file of those bytes if nothing of it can be new."""
    columns = ", ".join(f'file."{column}"' for column in TakenFile.__dataclass_fields__)
    row = conn.execute(
        f"SELECT settled_file.records, {columns} FROM settled_file "
        "JOIN rollup_file AS file ON file.id = settled_file.file "
        "JOIN rollup ON rollup.id = file.run AND rollup.undone_at = '' "
        "WHERE digest = ? AND settled_file.at >= (SELECT max(undone_at) FROM rollup) "
        "AND EXISTS (SELECT 1 FROM unit WHERE code = file.unit AND deleted_at = '')",
        (digest,),
    ).fetchone()
    return row and Settled(TakenFile(*row[1:]), row[0])
