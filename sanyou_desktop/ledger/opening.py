"""Making and opening the file: what it must be, who may write to it, and its version."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sanyou_desktop.ledger.connection import APPLICATION_ID, atomic, connect
from sanyou_desktop.ledger.errors import (
    AlreadyThere,
    LedgerDamaged,
    LedgerError,
    Missing,
    NotALedger,
    known_errors,
)
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.ledger.replacing import sync_folder
from sanyou_desktop.ledger.writer_lock import Held, WriterLock
from sanyou_desktop.wording import _

# Major and minor of the file format that this program writes; ``migrations`` brings files up to
# it. Stated here too because opening an up-to-date ledger must not import sqlite-utils.
FORMAT = 2007
# SQLite reads about 500 MB/s when checking; beyond this size the window checks in the background.
_CHECK_AT_ONCE = 4 * 1024 * 1024
_COMMAND_WAIT = 10.0
# The header of an SQLite file: its magic at 0, the application id as four bytes at 68.
_HEADER = struct.Struct(">16s52xI")
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True)
class Opened:
    """An open connection to the ledger of the unit with the code ``unit``.

    ``reason`` tells why nothing may be written, None if it may.
    """

    path: Path
    unit: str
    conn: sqlite3.Connection
    lock: WriterLock | None
    reason: str | None


def create(path: Path, unit: str) -> Opened:
    """Make an empty ledger file owned by the unit with that code.

    It is made under a temporary name and takes its own name only when it is whole.

    Raises:
        AlreadyThere: something is at ``path``, or was left there by a ledger of that name.
        LedgerError: the folder is missing or cannot be written to.
    """
    if path.exists() or path.is_symlink():
        raise AlreadyThere(
            _("{path} 已经存在，没有改动它。请换一个文件名，或直接打开它。").format(path=path)
        )
    for orphan in _companions(path):
        # SQLite would take what it holds for a part of the new ledger.
        if orphan.exists():
            message = _(
                "{path} 是原来同名台账留下的文件，里面可能还有没有写完的内容，没有建立新台账。"
                "请换一个文件名，或先把它移走。"
            )
            raise AlreadyThere(message.format(path=orphan))
    if not path.parent.is_dir():
        raise Missing(
            _("文件夹 {path} 不存在，没有建立台账。请先建好文件夹。").format(path=path.parent)
        )
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _make(temporary, unit)
        _take_name(temporary, path)
    finally:
        for leftover in (temporary, *_companions(temporary)):
            leftover.unlink(missing_ok=True)
    return open_file(path)


def _make(path: Path, unit: str) -> None:
    from sanyou_desktop.ledger.migrations import migrate

    conn = connect(path, read_only=False, make=True)
    try:
        with known_errors():
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(conn)
            with atomic(conn):
                conn.execute("INSERT INTO ledger (key, value) VALUES ('unit', ?)", (unit,))
    finally:
        conn.close()


def _take_name(temporary: Path, path: Path) -> None:
    """Give the finished file its name, unless somebody took that name meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise AlreadyThere(
            _("{path} 已经存在，没有改动它。请换一个文件名，或直接打开它。").format(path=path)
        ) from error
    except OSError:
        # File systems without hard links, such as FAT on a USB stick.
        os.replace(temporary, path)
    # Some network drives cannot sync a folder; the file itself is safe.
    with suppress(OSError):
        sync_folder(path.parent)


def open_file(path: Path, *, read_only: bool = False, shared: bool = False) -> Opened:
    """Open a ledger for writing if that is possible and wanted, else for reading.

    Raises:
        Missing, NotALedger, LedgerDamaged, LedgerError: nothing was changed.
    """
    _check_header(path)
    unit = _owner_of(path)
    lock, reason = _claim(path, read_only=read_only, shared=shared)
    conn = None
    try:
        conn = connect(path, read_only=lock is None)
        if lock is None and _version(conn) < FORMAT:
            conn = _upgraded_copy(conn)
        reason = _check_version(path, conn) or reason
        if lock is not None and reason is not None:
            conn.close()
            conn = connect(path, read_only=True)
            lock.release()
            lock = None
        if path.stat().st_size <= _CHECK_AT_ONCE:
            check_quickly(conn)
    except BaseException:
        if conn is not None:
            conn.close()
        if lock is not None:
            lock.release()
        raise
    return Opened(path, unit, conn, lock, reason)


def check_quickly(conn: sqlite3.Connection) -> None:
    """Check that pages, rows and indexes hang together.

    Raises:
        LedgerDamaged: they do not; the text names the backups.
    """
    with known_errors():
        found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise LedgerDamaged(
            _("台账文件已损坏（{detail}），没有写入任何内容。请从备份恢复，原文件会保留。").format(
                detail=found
            )
        )


def _owner_of(path: Path) -> str:
    """Return the code of the unit whose ledger it is; every ledger has one.

    Asked before anything is opened for writing, which would change the file's journal mode.
    """
    with closing(connect(path, read_only=True)) as conn, known_errors():
        made = conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'ledger'").fetchone()
        unit = setting(conn, "unit") if made else ""
    if not unit:
        raise LedgerDamaged(
            _("台账文件不完整，缺少所属单位，没有做任何改动。请从备份恢复，原文件会保留。")
        )
    return unit


def setting(conn: sqlite3.Connection, key: str) -> str:
    """Return a setting kept in the ledger, "" if there is none."""
    row = conn.execute("SELECT value FROM ledger WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _companions(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _check_header(path: Path) -> None:
    """Refuse what is no ledger before SQLite touches it: opening for writing changes a file."""
    if path.is_dir():
        raise NotALedger(_("{path} 是文件夹，不是台账。请选择台账文件。").format(path=path))
    if path.exists() and not path.is_file():
        # Opening a pipe would wait for ever.
        raise NotALedger(_("{path} 不是文件，更不是台账。请选择台账文件。").format(path=path))
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER.size)
    except FileNotFoundError as error:
        raise Missing(
            _("找不到 {path}。请检查文件是否被移动或改名，U 盘或网络盘是否连接。").format(path=path)
        ) from error
    except OSError as error:
        raise LedgerError(
            _("打不开 {path}（{reason}），没有做任何改动。请检查读取权限。").format(
                path=path, reason=reason_of(error)
            )
        ) from error
    if len(start) < _HEADER.size or not start.startswith(_MAGIC):
        raise NotALedger(
            _("{path} 不是三优台账的台账文件，没有做任何改动。请选择正确的文件。").format(path=path)
        )
    if _HEADER.unpack(start)[1] != APPLICATION_ID:
        raise NotALedger(
            _("{path} 是数据库文件，但不是三优台账的台账，没有做任何改动。").format(path=path)
        )


def _claim(path: Path, *, read_only: bool, shared: bool) -> tuple[WriterLock | None, str | None]:
    """Return the writer's lock, or why there is none."""
    if read_only:
        return None, _("台账以只读方式打开。")
    if not os.access(path, os.W_OK):
        return None, _("文件没有写入权限，台账以只读方式打开。需要修改时，请先取得写入权限。")
    try:
        return WriterLock(path, shared=shared, wait=_COMMAND_WAIT if shared else 0.0), None
    except Held:
        return None, _("另一个窗口或程序正在使用这本台账，这里以只读方式打开。关闭那边后可再修改。")
    except PermissionError:
        return None, _("所在文件夹没有写入权限，台账以只读方式打开。可把台账复制到本机后修改。")
    except OSError:
        return None, _("所在的磁盘不能加锁或不能写入，台账以只读方式打开。可复制到本机后修改。")


def _version(conn: sqlite3.Connection) -> int:
    with known_errors():
        found: int = conn.execute("PRAGMA user_version").fetchone()[0]
    return found


def _check_version(path: Path, conn: sqlite3.Connection) -> str | None:
    """Return why this file may only be read, having brought an older one up to date."""
    found = _version(conn)
    if found // 1000 > FORMAT // 1000:
        return _("这本台账由更新版本的程序建立，这里只能查看。请升级程序后再修改。")
    if found < FORMAT:
        _upgrade(path, conn)
    return None


def _upgraded_copy(conn: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of an older ledger, brought up to date, and close the original.

    The copy is a temporary database of SQLite's own and gone when it is closed, so that an older
    file can be looked at where nothing may be written to it.
    """
    from sanyou_desktop.ledger.migrations import migrate

    with closing(conn), known_errors():
        copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        try:
            conn.backup(copy)
            migrate(copy)
            copy.execute("PRAGMA query_only = ON")
        except BaseException:
            copy.close()
            raise
    return copy


def _upgrade(path: Path, conn: sqlite3.Connection) -> None:
    from sanyou_desktop.ledger.backup import back_up
    from sanyou_desktop.ledger.migrations import migrate

    back_up(path, path.with_name(f"{path.stem} 升级前备份{path.suffix}"))
    with known_errors():
        migrate(conn)
