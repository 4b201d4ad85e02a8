"""Work off the GUI thread: the only place in the program that starts threads.

One lane writes the ledger and one reads it, each with a connection of its own, so that neither
ever waits for a form; a small pool does files and pictures, and whole ledgers before they are
open and after they are closed. Results come back on the GUI thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, Signal, Slot

from sanyou_desktop.ledger.ledger import Ledger

T = TypeVar("T")
Failed = Callable[[Exception], None]
# A strip cannot be read faster; every step of a long export would keep the window busy painting.
_TELL_EVERY_S = 0.05


class Cancelled(Exception):
    """The user cancelled; raised inside the work at its next step."""


class Progress(QObject):
    """How far a job is; handed to the work, shown by a progress strip."""

    stepped = Signal(int, int, str)

    def __init__(self) -> None:
        """Start at nothing done."""
        super().__init__()
        self._stop = threading.Event()
        self._told = 0.0

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report progress from inside the work, as often as is convenient there.

        Raises:
            Cancelled: the user does not want it any more.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._told >= _TELL_EVERY_S:
            self._told = now
            self.stepped.emit(done, total, what)

    def __call__(self, done: int, total: int) -> None:
        """Report progress, for work that knows only counts."""
        self.step(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()


@dataclass(eq=False)
class Job:
    """Work that was handed in; its owner may cancel it or follow its progress."""

    owner: QObject
    done: Callable[[Any], object]
    failed: Failed | None
    progress: Progress
    title: str = ""
    is_cancelled: bool = False
    # Carried out whatever happens to who asked for it, also while the program is being closed.
    is_sure: bool = False

    def cancel(self) -> None:
        """Drop the result; work that reports progress also stops."""
        self.is_cancelled = True
        self.progress.cancel()

    def stop(self) -> None:
        """Ask work that reports progress to stop; its owner is told how it ended.

        That is ``failed`` with ``Cancelled``, or ``done`` if it was too late to stop.
        """
        self.progress.cancel()


@dataclass(frozen=True)
class _Ended:
    job: Job
    result: Any
    error: Exception | None


class Errands(QObject):
    """The lane for files. ``unexpected`` carries an error that nobody asked to be told of."""

    unexpected = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, at_once: int = 2) -> None:
        """Do up to ``at_once`` things at a time; with 1, each waits for the one before."""
        super().__init__(parent)
        # Documents that are laid out for paper start timers, which Qt refuses on a bare thread.
        self._file_lane = ThreadPoolExecutor(at_once, "files", initializer=QEventLoop)
        self._open: list[Job] = []
        self._stopped = False
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Tell whether any job has not been delivered."""
        return bool(self._open) and not self._closed

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        *,
        owner: QObject,
        failed: Failed | None = None,
        title: str = "",
    ) -> Job:
        """Run ``work`` that needs no shared ledger: files, pictures. It may report progress.

        Then ``done`` on the GUI thread; nothing is delivered once ``owner`` is gone.
        """
        job = Job(owner, done, failed, Progress(), title)
        return self._submit(self._file_lane, job, lambda: work(job.progress))

    def stop(self) -> None:
        """Take nothing more, and ask what reports progress to stop; return at once."""
        self._stopped = True
        for job in list(self._open):
            if not job.is_sure:
                job.progress.cancel()

    def finish(self) -> None:
        """Take nothing more, and wait for everything that was handed in."""
        self._stopped = True
        self._file_lane.shutdown(wait=True)

    def close(self) -> None:
        """Stop what can stop, drop what has not begun; waits, so not for a window in use.

        Nothing is delivered afterwards.
        """
        self.stop()
        self._shut_lanes()
        self._closed = True

    def _shut_lanes(self) -> None:
        self._file_lane.shutdown(wait=True, cancel_futures=True)

    def _submit(self, lane: ThreadPoolExecutor, job: Job, work: Callable[[], Any]) -> Job:
        def carry_out() -> None:
            if job.is_cancelled and not job.is_sure:
                return self._ended.emit(_Ended(job, None, Cancelled()))
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which decides
                return self._ended.emit(_Ended(job, None, error))
            return self._ended.emit(_Ended(job, result, None))

        self._open.append(job)
        if self._stopped:
            self._ended.emit(_Ended(job, None, Cancelled()))
        else:
            lane.submit(carry_out)
        return job

    @Slot(object)
    def _deliver(self, ended: _Ended) -> None:
        job = ended.job
        self._open.remove(job)
        if self._closed:
            return
        if job.is_cancelled or not shiboken6.isValid(job.owner):
            return
        if ended.error is None:
            job.done(ended.result)
        elif job.failed is not None:
            job.failed(ended.error)
        elif not isinstance(ended.error, Cancelled):
            self.unexpected.emit(ended.error)


class Jobs(Errands):
    """All lanes of one open ledger."""

    def __init__(self, writer: Ledger, reader: Ledger, parent: QObject | None = None) -> None:
        """Take over two open ledgers of one file; ``close`` closes them."""
        super().__init__(parent)
        self._writer = writer
        self._reader = reader
        self._write_lane = ThreadPoolExecutor(1, "write")
        self._read_lane = ThreadPoolExecutor(1, "read")

    def read(
        self,
        work: Callable[[Ledger], T],
        done: Callable[[T], object],
        *,
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Run ``work`` with the reading connection, then ``done`` on the GUI thread.

        Nothing is delivered once ``owner`` is gone or the job was cancelled.
        """
        job = Job(owner, done, failed, Progress())
        return self._submit(self._read_lane, job, lambda: work(self._reader))

    def write(
        self,
        work: Callable[[Ledger], T],
        done: Callable[[T], object],
        *,
        owner: QObject,
        failed: Failed | None = None,
        title: str = "",
    ) -> Job:
        """Run ``work`` with the one writing connection; what was begun is finished.

        Only a change of many records can be stopped, by ``Job.stop``.
        """
        job = Job(owner, done, failed, Progress(), title, is_sure=True)

        def told() -> T:
            with self._writer.telling(job.progress):
                return work(self._writer)

        return self._submit(self._write_lane, job, told)

    def write_long(
        self,
        work: Callable[[Ledger, Progress], T],
        done: Callable[[T], object],
        *,
        owner: QObject,
        failed: Failed | None = None,
        title: str = "",
    ) -> Job:
        """Run ``work`` that takes its time with the writing connection, and may be stopped.

        It must be one transaction, so that a stop leaves the ledger as it was.
        """
        job = Job(owner, done, failed, Progress(), title)
        return self._submit(self._write_lane, job, lambda: work(self._writer, job.progress))

    def close(self) -> None:
        """Finish what is being written, drop the rest, close both ledgers."""
        super().close()
        self._reader.close()
        self._writer.close()

    def _shut_lanes(self) -> None:
        super()._shut_lanes()
        self._read_lane.shutdown(wait=True, cancel_futures=True)
        self._write_lane.shutdown(wait=True)
