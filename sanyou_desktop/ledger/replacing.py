"""Putting a finished file in the place of another: all of the new one or all of the old one."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sanyou_desktop.ledger.errors import DiskFull, LedgerError, LedgerReadOnly
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.wording import _

# What SQLite keeps beside a database that is open or was not closed.
COMPANIONS = ("-wal", "-shm", "-journal")
UNFINISHED = ".unfinished"


@contextmanager
def in_place_of(target: Path) -> Iterator[Path]:
    """Give a name beside ``target`` to write to; at the end that file, synced, becomes ``target``.

    If anything fails, ``target`` is as it was and the unfinished file is gone. Beside it, because
    a file can take another's place at once only on the same disk.

    Raises:
        LedgerError: the file cannot be written, synced or renamed; the text names ``target``.
    """
    # Not needed to start, and start-up is measured.
    from secrets import token_hex

    # Not the whole name of the target: that may be as long as names can be.
    unfinished = target.with_name(f".{target.name[:20]}.{token_hex(4)}{UNFINISHED}")
    try:
        with known_file_errors(target):
            yield unfinished
            sync(unfinished)
            os.replace(unfinished, target)
            sync_folder(target.parent)
    finally:
        _remove(unfinished)


@contextmanager
def known_file_errors(path: Path) -> Iterator[None]:
    """Turn the system's errors about ``path`` into conditions that the user can act on."""
    try:
        yield
    except OSError as error:
        raise _explained(error, path) from error


def keep_beside(path: Path, kept: Path) -> None:
    """Give a file, and what SQLite keeps beside it, a second name: the first can be replaced then.

    The main file stays under its name throughout. A write-ahead log moves: left behind, it would
    be replayed into whatever takes the main file's place.
    """
    try:
        os.link(path, kept)
    except OSError:
        # File systems without hard links, such as FAT on a USB stick.
        shutil.copy2(path, kept)
        sync(kept)
    for ending in COMPANIONS:
        companion = path.with_name(path.name + ending)
        if companion.exists():
            os.replace(companion, kept.with_name(kept.name + ending))
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Have the system write the file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the system write the folder's names to the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    for leftover in (path, *(path.with_name(path.name + ending) for ending in COMPANIONS)):
        leftover.unlink(missing_ok=True)


def _explained(error: OSError, path: Path) -> LedgerError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            _("磁盘空间不足，没有写成 {path}，原有文件没有改动。请清理磁盘或换一个位置。").format(
                path=path
            )
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return LedgerReadOnly(
            _("{path} 不能写入或正被占用，原有文件没有改动。请检查权限，或换一个位置。").format(
                path=path
            )
        )
    return LedgerError(
        _("没有写成 {path}（{reason}），原有文件没有改动。请检查磁盘和网络连接后重试。").format(
            path=path, reason=reason_of(error)
        )
    )
