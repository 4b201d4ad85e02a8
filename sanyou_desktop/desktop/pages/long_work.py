"""The top of a page that does long things: how far it is, how to stop it, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.jobs import Cancelled, Job, Progress
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.progress_strip import ProgressStrip

T = TypeVar("T")


class LongWork(QWidget):
    """Does one thing at a time in the background; meanwhile the buttons it holds are off.

    Signals:
        ended: nothing is being done any more; what came of it is told right after.
    """

    ended = Signal()

    def __init__(self, session: Session) -> None:
        """Show nothing while there is nothing to tell."""
        super().__init__()
        self._session = session
        self._buttons: tuple[QWidget, ...] = ()
        self._job: Job | None = None
        self.banner = Banner()
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(self.progress)

    def hold(self, *buttons: QWidget) -> None:
        """Name what begins work, and is off while some is done."""
        self._buttons = buttons

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        *,
        cancelled: str,
    ) -> None:
        """Do ``work`` under ``title``, then ``done``; ``cancelled`` is what is told of a stop."""
        self.run_on(self._session.jobs.run, title, work, done, cancelled=cancelled)

    def run_on(
        self,
        lane: Callable[..., Job],
        title: str,
        work: Callable[..., T],
        done: Callable[[T], object],
        *,
        cancelled: str,
    ) -> None:
        """Do the same on another lane, which hands ``work`` what that lane gives."""

        def succeeded(result: T) -> None:
            self._end()
            done(result)

        def failed(error: Exception) -> None:
            self._end()
            if isinstance(error, Cancelled):
                self.banner.show_message(cancelled, "info", seconds=10)
            else:
                self.banner.show_message(explain(error), "bad")

        for button in self._buttons:
            button.setEnabled(False)
        self.progress.begin(title)
        self._job = lane(work, succeeded, owner=self, failed=failed, title=title)
        self._job.progress.stepped.connect(self.progress.step)

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being done."""
        return self._job is not None

    def stop(self) -> None:
        """Ask what is being done to stop, as its cancel button does."""
        if self._job is not None:
            self._job.stop()

    def drop(self) -> None:
        """Let go of what is being done: nobody is told what becomes of it."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        for button in self._buttons:
            button.setEnabled(True)
        self.ended.emit()
