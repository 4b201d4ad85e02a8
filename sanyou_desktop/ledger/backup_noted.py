"""A backup to a place that somebody named leaves the machine with everything: it is noted so.

Those that are made by themselves stay beside the ledger (``backup_rotation``) and are not.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sanyou_desktop.ledger.backup import Progress, back_up
from sanyou_desktop.ledger.connection import connect
from sanyou_desktop.ledger.errors import known_errors
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.wording import _


def back_up_to(source: Path, target: Path, progress: Progress | None = None) -> Outgoing:
    """Make the backup, and return the line for the log of ``source``.

    Raises:
        LedgerError: as ``back_up`` does; nothing was written.
    """
    back_up(source, target, progress)
    with closing(connect(target, read_only=True)) as conn, known_errors():
        records, end = conn.execute(
            "SELECT count(DISTINCT record_id), max(seq) FROM history"
        ).fetchone()
        marked = confidential_in(conn)
    made = Outgoing("backup", str(target.resolve()), {"what": "ledger"}, history=end or 0)
    made.records, made.confidential = records, marked
    made.result = in_words(target.name, records, marked)
    return made


def in_words(name: str, records: int, marked: int) -> str:
    """Return what a backup holds, and how it is to be kept."""
    told = _("已备份到 {name}：整个台账，{count} 条记录（含回收站），连同历史和附件。").format(
        name=name, count=f"{records:,}"
    )
    if marked:
        words = _("其中有密级的 {count} 条，备份文件请按密级保管。")
        told += words.format(count=f"{marked:,}")
    return told


def confidential_in(conn: sqlite3.Connection) -> int:
    """Return how many records of a ledger have a mark, those in the recycle bin included."""
    there = {
        name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    # A ledger of an older format has fewer kinds.
    return sum(
        conn.execute(f"SELECT count(*) FROM \"{kind}\" WHERE confidential <> ''").fetchone()[0]
        for kind in KINDS
        if kind in there
    )
