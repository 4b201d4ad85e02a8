"""Backups of a ledger and their way back, each checked before it takes a name.

A backup is a ledger file like any other: it can be opened, searched and copied. It is made by
SQLite's online backup, so the ledger stays in use meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sanyou_desktop.ledger.connection import APPLICATION_ID, connect
from sanyou_desktop.ledger.errors import (
    AlreadyThere,
    LedgerDamaged,
    LedgerError,
    LedgerLocked,
    Missing,
    NotALedger,
    known_errors,
)
from sanyou_desktop.ledger.replacing import in_place_of, keep_beside, known_file_errors
from sanyou_desktop.ledger.writer_lock import Held, WriterLock
from sanyou_desktop.wording import _

Progress = Callable[[int, int], None]

# 4 MB at a time: progress every few milliseconds.
_PAGES = 1024
_HEADER = b"SQLite format 3\0"


def back_up(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy the ledger at ``source``, as it is at this moment, to ``target``.

    ``progress`` is called with pages done and pages in all. An earlier backup at ``target`` is
    replaced only by a whole and sound one.

    Raises:
        Missing: there is no ledger, or no folder to write to.
        NotALedger, LedgerDamaged: ``source`` is none, or is damaged; ``target`` is as it was.
        AlreadyThere: ``target`` is the ledger itself, another unit's, in use, or no ledger.
        LedgerError: the copy cannot be written.
    """
    _require_folder(target)
    with closing(_opened(source)) as conn:
        _check_target(conn, source, target)
        with in_place_of(target) as unfinished:
            _copy(conn, unfinished, progress)
            _check_copy(source, unfinished)


def restore_backup(file: Path, ledger_path: Path) -> Path | None:
    """Put a backup in the ledger's place; the ledger must not be open anywhere.

    Returns where the replaced file is kept, None if there was none.

    Raises:
        Missing, NotALedger, LedgerDamaged: ``file`` is no sound backup; nothing was changed.
        LedgerLocked: the ledger is open in a window or command; nothing was changed.
        LedgerError: it cannot be written; the ledger is as it was.
    """
    _require_folder(ledger_path)
    if ledger_path.is_dir():
        raise AlreadyThere(_("{path} 是文件夹，没有恢复。请选择文件。").format(path=ledger_path))
    with closing(_opened(file)) as conn:
        _refuse_same(file, ledger_path)
        with _alone(ledger_path), in_place_of(ledger_path) as unfinished:
            _copy(conn, unfinished, None)
            _check_copy(file, unfinished)
            return _set_aside(ledger_path)


def put_away(ledger_path: Path) -> None:
    """Take away the empty log that only reading left beside a ledger which nobody writes to.

    SQLite makes it for readers too, but only a writer removes it. A log with content stays: it is
    what a window that was killed had saved, and the next writer brings it in.
    """
    log = ledger_path.with_name(ledger_path.name + "-wal")
    try:
        if log.stat().st_size == 0:
            with _alone(ledger_path):
                _settle(ledger_path)
    except (LedgerError, OSError):
        # In use, or on a medium that takes no lock: it does no harm there.
        return


def _opened(path: Path) -> sqlite3.Connection:
    """Open a ledger for reading, as it was when opened however it is written to meanwhile."""
    if not path.is_file():
        raise Missing(
            _("找不到 {path}。请检查文件是否被移动或改名，U 盘或网络盘是否连接。").format(path=path)
        )
    conn = connect(path, read_only=True)
    try:
        with known_errors():
            _require_ours(conn, path)
            conn.execute("BEGIN")
            conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        conn.close()
        raise
    return conn


def _require_ours(conn: sqlite3.Connection, path: Path) -> None:
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotALedger(
            _("{path} 不是三优台账的台账或备份，没有改动。请选择正确的文件。").format(path=path)
        )


def _copy(conn: sqlite3.Connection, target: Path, progress: Progress | None) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with known_errors(), closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # Nothing is lost if this copy is torn: it is checked and synced before it gets its name.
        copy.execute("PRAGMA synchronous = OFF")
        conn.backup(copy, pages=_PAGES, progress=tell, sleep=0)
        # One file, that opens even where nothing can be written beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def _check_copy(source: Path, copy: Path) -> None:
    with known_errors(), closing(sqlite3.connect(copy)) as conn:
        found = _check(conn)
    if found != "ok":
        raise LedgerDamaged(
            _("{path} 已损坏（{detail}），没有写入任何文件。请改用更早的备份。").format(
                path=source, detail=found
            )
        )


def _check(conn: sqlite3.Connection) -> str:
    """Return "ok" or the first thing that is wrong."""
    try:
        return str(conn.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return str(error)


def _check_target(conn: sqlite3.Connection, source: Path, target: Path) -> None:
    """Refuse to write over anything but an earlier backup of the same unit's ledger."""
    if not target.exists():
        return
    _refuse_same(source, target)
    if not target.is_file() or _owner(target) != _unit(conn):
        raise AlreadyThere(
            _("{path} 不是本单位台账的备份，没有覆盖它。请换一个文件名。").format(path=target)
        )
    with _alone(target):
        pass


def _owner(path: Path) -> str | None:
    try:
        with closing(_opened(path)) as conn:
            return _unit(conn)
    except LedgerError:
        return None


def _unit(conn: sqlite3.Connection) -> str:
    row = conn.execute("SELECT value FROM ledger WHERE key = 'unit'").fetchone()
    return str(row[0]) if row else ""


def _refuse_same(source: Path, target: Path) -> None:
    if target.exists() and source.samefile(target):
        raise AlreadyThere(
            _("{path} 就是这个文件本身，没有做任何改动。请换一个文件名。").format(path=target)
        )


def _require_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise Missing(
            _("文件夹 {path} 不存在，没有写入任何文件。请先建好文件夹。").format(path=path.parent)
        )


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the ledger at ``path`` against every window and command."""
    with known_file_errors(path):
        try:
            lock = WriterLock(path)
        except Held as error:
            raise LedgerLocked(
                _("{path} 正在使用，没有改动它。请关闭打开它的窗口或程序后重试。").format(path=path)
            ) from error
    try:
        yield
    finally:
        lock.release()


def _set_aside(ledger_path: Path) -> Path | None:
    """Give the ledger that will be replaced a name to be kept by, whole with its latest changes."""
    if not ledger_path.exists():
        return None
    _settle(ledger_path)
    at = datetime.now()
    kept = ledger_path.with_name(
        _("{name} 恢复前 {at}{ending}").format(
            name=ledger_path.stem, at=f"{at:%Y%m%d-%H%M%S-%f}", ending=ledger_path.suffix
        )
    )
    keep_beside(ledger_path, kept)
    return kept


def _settle(path: Path) -> None:
    """Bring the write-ahead log into the file, if it is sound enough for that.

    What is no database at all is not opened: SQLite would throw its log away.
    """
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            return
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        # Damaged, which may be why a backup is restored: it is kept as it is, with its log.
        return
