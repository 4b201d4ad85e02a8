"""Writing a file so that a crash at any moment leaves the old one or the new one, never half."""

from __future__ import annotations

import glob
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sanyou_desktop.exchange.errors import CannotWrite, FileBusy
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.ledger.replacing import sync, sync_folder
from sanyou_desktop.wording import to_user

_OLD_SECONDS = 3600
_NAMED = 20
_begun = False


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; on success it takes that name, synced to the disk.

    Raises:
        CannotWrite, FileBusy: with the reason; what was at ``path`` is as it was.
    """
    if not path.parent.is_dir():
        raise CannotWrite(
            to_user("文件夹 {path} 不存在，没有写入。请先建好文件夹，或另选位置。").format(
                path=path.parent
            )
        )
    # Not Path.is_dir, to which a name that is too long is an error.
    if os.path.isdir(path):
        raise CannotWrite(
            to_user("{path} 是文件夹，没有写入。请另取一个文件名。").format(path=path)
        )
    temporary = path.with_name(f".{_begin_of(path)}.{uuid4().hex[:8]}.tmp")
    global _begun
    _begun = True
    try:
        yield temporary
        sync(temporary)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise _explained(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)


def has_begun_writing() -> bool:
    """Tell whether this process has begun a file: ended now, it might leave half of it behind."""
    return _begun


def clear_leftovers(path: Path) -> None:
    """Remove old temporary files that runs which were killed left beside ``path``.

    Those of files whose names begin alike go too: they are left over as well.
    """
    before = time.time() - _OLD_SECONDS
    for left in path.parent.glob(f".{glob.escape(_begin_of(path))}.????????.tmp"):
        # Another program may hold it, or remove it first; it is cleared away another time.
        with suppress(OSError):
            if left.stat().st_mtime < before:
                left.unlink()


def _begin_of(path: Path) -> str:
    """Return the first of a name: the whole may be as long as names can be."""
    return path.name[:_NAMED]


def _explained(error: OSError, path: Path) -> CannotWrite | FileBusy:
    if isinstance(error, PermissionError) and sys.platform == "win32":
        return FileBusy(
            to_user("{name} 正被其他程序打开，没有写入，原文件未变。请关闭它后再试。").format(
                name=path.name
            )
        )
    return CannotWrite(
        to_user("写不进 {path}（{reason}），原文件未变。请检查磁盘空间和文件夹权限。").format(
            path=path, reason=reason_of(error)
        )
    )
