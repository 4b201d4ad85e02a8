"""One SQLite connection: how it is opened, what it promises, and its transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sanyou_desktop.ledger.errors import LedgerError, known_errors
from sanyou_desktop.wording import _

# "SYTZ", in the header of every ledger (SQLite file format, offset 68).
APPLICATION_ID = 0x5359545A
# STRICT tables.
OLDEST_SQLITE = (3, 37, 0)
_BUSY_SECONDS = 10


def connect(path: Path, *, read_only: bool, make: bool = False) -> sqlite3.Connection:
    """Open the file, or ``make`` it: WAL, every commit synced, foreign keys checked.

    A ledger on a medium that nothing can be written to is opened as immutable, because WAL would
    otherwise want to make its shared-memory file.

    Raises:
        LedgerError: SQLite is too old, or the file cannot be opened.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LedgerError(
            _("本机的 SQLite 版本 {found} 过旧，需要 3.37 以上，请更新 Python 后再打开。").format(
                found=sqlite3.sqlite_version
            )
        )
    with known_errors():
        if not read_only:
            return _prepared(path, "rwc" if make else "rw", read_only=False)
        try:
            return _prepared(path, "ro", read_only=True)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (
                sqlite3.SQLITE_CANTOPEN,
                sqlite3.SQLITE_READONLY,
            ):
                raise
            return _prepared(path, "ro&immutable=1", read_only=True)


def _prepared(path: Path, mode: str, *, read_only: bool) -> sqlite3.Connection:
    # The bytes that the system knows the file by, also where Python cannot read them as text.
    address = f"file:{quote(os.fsencode(path.resolve().as_posix()))}?mode={mode}"
    conn = sqlite3.connect(
        address,
        uri=True,
        isolation_level=None,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        if not read_only:
            conn.execute("PRAGMA journal_mode = WAL")
            conn.execute("PRAGMA synchronous = FULL")
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA cache_size = -16000")
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        conn.close()
        raise
    return conn


@contextmanager
def snapshot(conn: sqlite3.Connection) -> Iterator[None]:
    """Let every query inside see the ledger as it was at the first of them."""
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.rollback()


@contextmanager
def atomic(conn: sqlite3.Connection) -> Iterator[None]:
    """Commit everything inside or nothing.

    The write lock is taken at once (sqlite-utils' own ``atomic`` begins deferred), so that a busy
    ledger refuses before anything is computed rather than half-way through.
    """
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    try:
        conn.execute("COMMIT")
    except sqlite3.Error:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
