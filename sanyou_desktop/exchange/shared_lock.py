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
from platform import node
from threading import Event, Thread
from typing import Protocol
from uuid import uuid4

from sanyou_desktop.ledger.writer_lock import Held, WriterLock

_RETRY_SECONDS = 0.1
# Ten touches missed; less than exports wait for each other.
_TOUCH_SECONDS = 2.0
_LEFT_SECONDS = 20.0
# Made anew at each start of Linux. Machines set up from one image are called alike, and a process
# that is alive on another must not be taken for one that died here.
_BOOT = Path("/proc/sys/kernel/random/boot_id")
# What was seen and since when, also between the short tries of a window.
_WATCHED: dict[Path, tuple[bytes, float]] = {}
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
    """A file that only one can make, and that its maker touches as long as it lives.

    One that a killed process or a machine without power left is taken away: at once where the
    process was of this machine since it was started, else when nobody touched it while it was
    watched for some time. Only the watcher's own clock counts; those of machines differ.
    """

    def __init__(self, workbook: Path, wait: float) -> None:
        """Make the file, trying for ``wait`` seconds.

        Raises:
            Held: it is there, and somebody alive holds it as far as one can tell.
            OSError: the folder takes no new file.
        """
        self._path = workbook.with_name(f".{workbook.name}.busy")
        self._mark = f"{_machine()} {os.getpid()} {uuid4().hex}".encode()
        self._released = Event()
        deadline = time.monotonic() + wait
        while not self._is_made():
            now, held = time.monotonic(), self._state()
            seen, since = _WATCHED.get(self._path, (b"", now))
            if held != seen:
                _WATCHED[self._path] = (held, since := now)
            if _is_left(held, now - since):
                self._take_away(held)
                continue
            if now >= deadline:
                raise Held(str(self._path))
            time.sleep(_RETRY_SECONDS)
        _WATCHED.pop(self._path, None)
        Thread(target=self._touch, daemon=True).start()

    def release(self) -> None:
        """Remove the file, unless somebody took it for left behind."""
        self._released.set()
        with suppress(OSError):
            if self._path.read_bytes() == self._mark:
                self._path.unlink()

    def _is_made(self) -> bool:
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        except FileExistsError:
            return False
        try:
            os.write(descriptor, self._mark)
        finally:
            os.close(descriptor)
        return True

    def _touch(self) -> None:
        while not self._released.wait(_TOUCH_SECONDS):
            # Another time: the folder may be away for a moment.
            with suppress(OSError):
                if self._path.read_bytes() == self._mark:
                    os.utime(self._path)

    def _state(self, path: Path | None = None) -> bytes:
        """Return who holds it and when it was touched; nothing if it is gone or not readable."""
        path = path or self._path
        try:
            return path.read_bytes() + b" %d" % path.stat().st_mtime_ns
        except OSError:
            return b""

    def _take_away(self, held: bytes) -> None:
        """Remove the file that was found left; renamed first, for another may do the same."""
        aside = self._path.with_name(f"{self._path.name}.{uuid4().hex[:8]}")
        with suppress(OSError):
            os.rename(self._path, aside)
            if self._state(aside) != held and not self._path.exists():
                # Somebody else was faster, and this is already the next.
                os.rename(aside, self._path)
            aside.unlink(missing_ok=True)


def _is_left(held: bytes, watched: float) -> bool:
    """Tell whether nobody can hold a file that looked so for ``watched`` seconds."""
    machine, _space, rest = held.partition(b" ")
    process = rest.partition(b" ")[0]
    if _BOOT.exists() and machine == _machine().encode() and process.isdigit():
        return not _is_alive(int(process))
    return bool(held) and watched > _LEFT_SECONDS


def _machine() -> str:
    """Return what this machine is called, and which of its starts this is, as far as it says."""
    try:
        return f"{node()}/{_BOOT.read_text().strip()}"
    except OSError:
        return node()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # Somebody else's.
        return True
    return True
