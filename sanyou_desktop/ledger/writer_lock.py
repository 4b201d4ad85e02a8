"""One writing window a ledger: an advisory lock on a file beside it.

SQLite keeps two writers from tearing the file; this keeps two people from overwriting each other's
forms. A window holds it alone; commands that add records share it among themselves.
"""

from __future__ import annotations

import os
import sys
import time
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
            OSError: the lock file cannot be made, as in a read-only folder.
        """
        # Resolved, so that a link to the ledger meets the same lock.
        whole = ledger.resolve()
        self._path = whole.with_name(f".{whole.name}.lock")
        deadline = time.monotonic() + wait
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            if _lock(descriptor, shared=shared) and self._is_current(descriptor):
                self._descriptor = descriptor
                self._shared = shared
                return
            os.close(descriptor)
            if time.monotonic() >= deadline:
                raise Held(str(self._path))
            time.sleep(_RETRY_SECONDS)

    def release(self) -> None:
        """Give the lock back; the sole holder also removes the file."""
        if self._descriptor < 0:
            return
        # Whoever opened the file before it was removed sees that it is no longer current.
        if not self._shared and sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1

    def _is_current(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
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
