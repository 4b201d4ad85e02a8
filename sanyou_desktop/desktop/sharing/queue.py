"""Updates of the shared workbook: at once, or as soon as whoever has it open has closed it.

The queue belongs to the window, not to a page. What waits is also kept in the preferences, so that
the next window on this ledger goes on waiting. Each try writes the ledger as it is then, by
``share_ledger``: what became confidential meanwhile stays at home.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.jobs import Cancelled, Job, Progress
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.sharing.noted import noted
from sanyou_desktop.exchange.errors import CannotWrite, FileBusy
from sanyou_desktop.exchange.share_scope import EVERYTHING, Scope
from sanyou_desktop.wording import _

# Soon enough after somebody closes the file, seldom enough for a network drive all day long.
EVERY_SECONDS = 15
# A try that waits for another unit keeps one of two lanes from other exports.
_PATIENCE_SECONDS = 2.0


@dataclass(frozen=True)
class Waiting:
    """An update that is tried again until it is written.

    Attributes:
        who: who has the workbook; "" if that cannot be told or something else is in the way.
        owner: the name of the file beside the workbook that says so, "" for none.
        reason: the words of the last try.
        since: when the update was first asked for.
        again: when it is tried next, None while it is being tried.
    """

    path: Path
    since: datetime
    who: str = ""
    owner: str = ""
    reason: str = ""
    again: datetime | None = None


@dataclass(frozen=True)
class Ended:
    """How an update ended: what to tell in which tone, and whether it had been waiting."""

    path: Path
    text: str
    tone: str
    had_waited: bool


class ShareQueue(QObject):
    """One update at a time.

    Signals:
        changed: what is running or waiting is another now.
        stepped: how far what is running is: done, in all, what.
        ended: an ``Ended``.
    """

    changed = Signal()
    stepped = Signal(int, int, str)
    ended = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin with nothing to do."""
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._path: Path | None = None
        self._scope = EVERYTHING
        self._is_unwanted = False
        self.waiting: Waiting | None = None
        self._timer = QTimer(self, singleShot=True, interval=EVERY_SECONDS * 1000)
        self._timer.timeout.connect(self.try_now)

    @property
    def is_running(self) -> bool:
        """Tell whether the workbook is being written, or whether it can be is being looked at."""
        return self._job is not None

    @property
    def path(self) -> Path | None:
        """The workbook that an update is running or waiting for."""
        return self._path

    def share(self, path: Path, scope: Scope = EVERYTHING) -> None:
        """Bring the rows of ``scope`` up to date, now or as soon as the workbook can be written."""
        if self._path is None:
            self._path, self._scope = path, scope
            # However this window ends: until it is written, the next one goes on with it.
            self._session.preferences.keep_queued_share(
                self._session.path, path, _now(), scope.options()
            )
            self._try()

    def resume(self) -> None:
        """Go on with what an earlier window on this ledger was waiting for."""
        kept = self._session.preferences.queued_share(self._session.path)
        if kept is not None and self._path is None:
            path, since, options = kept
            self._path, self._scope = path, Scope.from_options(options)
            self.waiting = Waiting(path, since)
            self._try()

    def try_now(self) -> None:
        """Try what is waiting without waiting longer."""
        if self.waiting is not None and self._job is None:
            self._try()

    def stop(self) -> None:
        """Give the update up; one that is being written is undone or already whole."""
        if self._job is not None:
            self._is_unwanted = True
            self._job.stop()
        elif self.waiting is not None:
            self._end(_("已停止等候，这次的更新没有写入。"), "info")

    def rest(self) -> None:
        """Try no more in this window."""
        self._timer.stop()

    def _try(self) -> None:
        assert self._path is not None
        self._timer.stop()
        self._is_unwanted = False
        if self.waiting is not None:
            self.waiting = replace(self.waiting, again=None)
        work = _one_try(self._session.path, self._path, self._scope)
        title = _("正在更新共享表格")
        self._job = self._session.jobs.run(
            work, self._written, owner=self, failed=self._failed, title=title
        )
        self._job.progress.stepped.connect(self.stepped)
        self.changed.emit()

    def _written(self, result: str) -> None:
        assert self._path is not None
        self._end(_("已更新 {name}：{result}").format(name=self._path.name, result=result), "good")

    def _failed(self, error: Exception) -> None:
        if self._is_unwanted:
            self._end(_("已取消，没有写入文件。"), "info")
        elif isinstance(error, Cancelled):
            # The session ends: what is queued stays queued for the next window.
            self._job = None
        elif isinstance(error, FileBusy) or (self.waiting and isinstance(error, CannotWrite)):
            self._wait(error)
        else:
            self._end(explain(error), "bad")

    def _wait(self, error: FileBusy | CannotWrite) -> None:
        """Try again later, also where a drive that was there is gone for a while."""
        assert self._path is not None
        self._job = None
        since = self.waiting.since if self.waiting else _now()
        busy = error if isinstance(error, FileBusy) else FileBusy(str(error))
        again = _now() + timedelta(seconds=EVERY_SECONDS)
        self.waiting = Waiting(self._path, since, busy.who, busy.owner, str(error), again)
        self._timer.start()
        self.changed.emit()

    def _end(self, text: str, tone: str) -> None:
        assert self._path is not None
        ended = Ended(self._path, text, tone, self.waiting is not None)
        self._job = self._path = self.waiting = None
        self._timer.stop()
        self._session.preferences.drop_queued_share(self._session.path)
        self.changed.emit()
        self.ended.emit(ended)


def _one_try(source: Path, target: Path, scope: Scope) -> Callable[[Progress], str]:
    def work(progress: Progress) -> str:
        from sanyou_desktop.exchange.office_owner import check_not_open
        from sanyou_desktop.exchange.sharing import share_ledger
        from sanyou_desktop.ledger.ledger import Ledger

        # Before the ledger is opened: most tries find the workbook still open.
        check_not_open(target)
        with Ledger.open(source, read_only=True) as ledger:
            done = share_ledger(
                ledger, target, progress=progress, scope=scope, patience=_PATIENCE_SECONDS
            )
        return noted(source, done.outgoing)

    return work


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
