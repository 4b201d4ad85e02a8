"""One export at a time into a shared workbook, wherever its folder is.

The system's own lock comes first: it ends with its process, also when that is killed, and SMB and
NFS pass it on to the server. Folders that know no locks (WebDAV, some mounted devices) get a file
that is there while an export runs. Both only keep exports out of each other's way; what makes
them safe is that the file is compared before it is replaced.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sanyou_desktop.ledger.writer_lock import Held, WriterLock

_RETRY_SECONDS = 0.1
# Far longer than any export takes, and than clocks of machines differ.
_LEFT_SECONDS = 1800.0
_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


class Lock(Protocol):
    """What is held until it is released."""

    def release(self) -> None:
        """Let others go on."""


def lock_for(workbook: Path, wait: float) -> Lock:
    """Return the lock on a workbook, held, after at most ``wait`` seconds.

    Raises:
        Held: another export has it.
        OSError: the folder takes no new file.
    """
    try:
        return WriterLock(workbook, wait=wait)
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            raise
        return BusyFile(workbook, wait)


class BusyFile:
    """A file that only one can make; one that a machine left when it lost its power is removed."""

    def __init__(self, workbook: Path, wait: float) -> None:
        """Make the file, trying for ``wait`` seconds.

        Raises:
            Held: it is there, and not old enough to have been left.
            OSError: the folder takes no new file.
        """
        self._path = workbook.with_name(f".{workbook.name}.busy")
        deadline = time.monotonic() + wait
        while not self._is_made():
            if time.monotonic() >= deadline:
                raise Held(str(self._path))
            time.sleep(_RETRY_SECONDS)

    def release(self) -> None:
        """Remove the file."""
        with suppress(OSError):
            self._path.unlink()

    def _is_made(self) -> bool:
        try:
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            with suppress(OSError):
                if time.time() - self._path.stat().st_mtime > _LEFT_SECONDS:
                    self._path.unlink()
            return False
        return True
