"""What can go wrong with a ledger: known conditions, each with advice, and our own mistakes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sanyou_desktop.wording import N_, _


class LedgerError(Exception):
    """A known condition; its text tells the user what happened, what was kept, what to do."""


class Missing(LedgerError):
    """There is no file at that path."""


class AlreadyThere(LedgerError):
    """A file is where a new one was to be made."""


class NotALedger(LedgerError):
    """A file that is no ledger of this program."""


class LedgerDamaged(LedgerError):
    """SQLite or the history found the file damaged."""


class LedgerLocked(LedgerError):
    """Another program is writing to the ledger."""


class LedgerReadOnly(LedgerError):
    """The ledger, its folder or its medium may not be written to."""


class DiskFull(LedgerError):
    """No room on the disk; the transaction was taken back whole."""


class Conflict(LedgerError):
    """The record was changed after it was read."""


class UnknownReference(LedgerError):
    """A record refers to one that is not in the ledger."""


class Recycled(UnknownReference):
    """A record would refer to one in the recycle bin, or belong to a unit there.

    ``needed`` are the ids of all recycled records it leans on, directly or through others.
    """

    def __init__(self, message: str, needed: tuple[str, ...]) -> None:
        """Take the sentence for the user, and what is needed."""
        super().__init__(message)
        self.needed = needed


class Referred(LedgerError):
    """A record cannot be deleted because others refer to it."""


class DuplicateNumber(LedgerError):
    """The number (or the unit's code) is taken."""


class BadFile(LedgerError):
    """A file that cannot be attached."""


class LedgerBug(Exception):
    """An error that no condition of the machine explains: ours, to be reported."""


_FULL = N_("磁盘空间不足，这次操作没有写入，原有内容完好。请清理磁盘后再试。")
_IO = N_("读写磁盘时出错，这次操作没有写入。请检查磁盘或网络连接，再重新打开台账。")
_READ_ONLY = N_("台账只能读取，不能写入；内容没有改动。请检查文件和所在文件夹的写入权限。")
_BUSY = N_("台账正被另一个程序占用，这次操作没有写入。请关闭那个程序后再试。")
_CORRUPT = N_("台账文件已损坏，没有写入任何内容。请从「设置」中恢复最近的备份。")
_NOT_A_DATABASE = N_("这个文件不是三优台账的台账文件，没有做任何改动。请选择正确的文件。")
_CANNOT_OPEN = N_("打不开台账文件，没有做任何改动。请检查文件是否存在、是否有权限读取。")

_CONDITIONS: dict[int, tuple[type[LedgerError], str]] = {
    sqlite3.SQLITE_FULL: (DiskFull, _FULL),
    sqlite3.SQLITE_IOERR: (LedgerError, _IO),
    sqlite3.SQLITE_READONLY: (LedgerReadOnly, _READ_ONLY),
    sqlite3.SQLITE_PERM: (LedgerReadOnly, _READ_ONLY),
    sqlite3.SQLITE_BUSY: (LedgerLocked, _BUSY),
    sqlite3.SQLITE_LOCKED: (LedgerLocked, _BUSY),
    sqlite3.SQLITE_CORRUPT: (LedgerDamaged, _CORRUPT),
    sqlite3.SQLITE_NOTADB: (NotALedger, _NOT_A_DATABASE),
    sqlite3.SQLITE_CANTOPEN: (LedgerError, _CANNOT_OPEN),
}


@contextmanager
def known_errors() -> Iterator[None]:
    """Turn SQLite's errors into conditions the user can act on, everything else into a bug."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error) from error


def explained(error: sqlite3.Error) -> LedgerError | LedgerBug:
    """Return the condition behind an error of SQLite (its primary result code)."""
    code = getattr(error, "sqlite_errorcode", None)
    condition = None if code is None else _CONDITIONS.get(code & 0xFF)
    if condition is None:
        return LedgerBug(f"{type(error).__name__}: {error}")
    kind, text = condition
    return kind(_(text))
