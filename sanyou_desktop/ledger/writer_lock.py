"""One writing window a ledger: an advisory lock on a file beside it.

SQLite keeps two writers from tearing the file; this keeps two people from overwriting each other's
forms. A window holds it alone; commands that add records share it among themselves.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_RETRY_SECONDS = 0.05


class Held(Exception):
    """Somebody else holds the lock."""


class WriterLock:
    """The lock, held from construction until ``release``."""

    def __init__(self, ledger: Path, *, shared: bool = False, wait: float = 0.0) -> None:
        """Take the lock, trying for ``wait`` seconds.

        Raises:
            Held: another process has it.
            OSError: the lock file cannot be made, as in a read-only folder, or the file system
                knows no locks.
        """
        self._descriptor = -1
        # Resolved, so that a link to the ledger meets the same lock.
        whole = ledger.resolve()
        self._path = whole.with_name(f".{whole.name}.lock")
        deadline = time.monotonic() + wait
        while True:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                if _lock(self._descriptor, shared=shared) and self._is_current():
                    return
            except OSError:
                self._close()
                raise
            self._close()
            if time.monotonic() >= deadline:
                raise Held(str(self._path))
            time.sleep(_RETRY_SECONDS)

    def release(self) -> None:
        """Give the lock back; whoever is the last to hold it also removes the file."""
        if self._descriptor < 0:
            return
        if sys.platform == "win32":
            self._close()
            # Refused while anybody has it open.
            self._remove()
            return
        # Whoever opened the file before it was removed sees that it is no longer current.
        with suppress(OSError):
            if _lock(self._descriptor, shared=False):
                self._remove()
        self._close()

    def _remove(self) -> None:
        # What stays behind is an empty file, which does no harm: the lock is not its presence.
        with suppress(OSError):
            self._path.unlink()

    def _close(self) -> None:
        os.close(self._descriptor)
        self._descriptor = -1

    def _is_current(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except FileNotFoundError:
            return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, shared: bool) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> bool:
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
