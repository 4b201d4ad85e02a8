"""The one way to change anything: run in the background, say what changed, offer to take it back.

A view starts an operation and forgets it; every view hears ``changed`` and decides for itself
whether it must look again. No view knows another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.jobs import Cancelled, Failed, Job, Jobs, Progress
from sanyou_desktop.ledger.errors import Conflict, Recycled, Referred
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.wording import _

_REMEMBERED = 50


class Changing(Protocol):
    """The result of work that changed the ledger."""

    @property
    def changes(self) -> Changes:
        """What it changed."""


T = TypeVar("T", bound=Changing)


class Operations(QObject):
    """Runs changes one after another and remembers what can be taken back.

    Signals:
        changed: the ``Changes`` of an action, after it was committed.
        undo_changed: what Ctrl+Z would take back, "" for nothing.
        acted: the text of an action that can be taken back, for a banner.
        at_work: the ``Job`` that changes something, None when all are over.
        told: what was done outside the ledger, for a banner: a file that was written.
        failed: the exception of an action whose starter did not ask to be told.
    """

    changed = Signal(object)
    undo_changed = Signal(str)
    acted = Signal(str)
    at_work = Signal(object)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        """Work through ``jobs``."""
        super().__init__(parent)
        self._jobs = jobs
        self._done: list[Changes] = []
        self._begun: list[Job] = []

    def run(
        self,
        work: Callable[[Ledger], Changes | Saved],
        *,
        owner: QObject,
        done: Callable[[Any], None] | None = None,
        failed: Failed | None = None,
        quiet: bool = False,
    ) -> None:
        """Carry out a change; ``done`` gets its result, ``quiet`` shows no banner.

        The change is announced even if its owner is gone by then, because it has happened.
        """

        def committed(result: Changes | Saved) -> None:
            self._ended(job)
            self._announce(result.changes if isinstance(result, Saved) else result, quiet=quiet)
            if done is not None and _alive(owner):
                done(result)

        def refused(error: Exception) -> None:
            self._ended(job)
            if failed is not None and _alive(owner):
                failed(error)
            else:
                self._tell_failure(error)

        job = self._jobs.write(work, committed, owner=self, failed=refused, title=_("正在保存"))
        self._follow(job)

    def run_long(
        self,
        work: Callable[[Ledger, Progress], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Failed,
        title: str = "",
    ) -> Job:
        """Carry out a change that takes its time; its result says what changed in ``changes``.

        It can be stopped: ``failed`` gets ``Cancelled`` then, and nothing was changed.
        """

        def committed(result: T) -> None:
            self._announce(result.changes, quiet=False)
            if _alive(owner):
                done(result)

        def refused(error: Exception) -> None:
            if _alive(owner):
                failed(error)
            elif not isinstance(error, Cancelled):
                self.failed.emit(error)

        return self._jobs.write_long(work, committed, owner=self, failed=refused, title=title)

    @property
    def undo_text(self) -> str:
        """What Ctrl+Z would take back, "" for nothing."""
        return self._done[-1].undo if self._done else ""

    def undo(self) -> None:
        """Take back the last action; one that the disk or a lock prevented can be tried again."""
        if not self._done:
            return
        last = self._done.pop()

        def undone(changes: Changes) -> None:
            self._ended(job)
            self.undo_changed.emit(self.undo_text)
            self.changed.emit(changes)

        def refused(error: Exception) -> None:
            self._ended(job)
            if not isinstance(error, Conflict | Recycled | Referred):
                self._done = sorted([*self._done, last], key=lambda changes: changes.token)
            self.undo_changed.emit(self.undo_text)
            self._tell_failure(error)

        job = self._jobs.write(
            lambda ledger: ledger.undo(last.token),
            undone,
            owner=self,
            failed=refused,
            title=_("正在撤销"),
        )
        self._follow(job)

    def _follow(self, job: Job) -> None:
        self._begun.append(job)
        self.at_work.emit(self._begun[0])

    def _ended(self, job: Job) -> None:
        self._begun.remove(job)
        self.at_work.emit(next(iter(self._begun), None))

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.told.emit(explain(error))
        else:
            self.failed.emit(error)

    def _announce(self, changes: Changes, *, quiet: bool) -> None:
        if changes.undo and changes.token:
            self._done = [*self._done, changes][-_REMEMBERED:]
            self.undo_changed.emit(self.undo_text)
            if not quiet:
                self.acted.emit(_("已{action}").format(action=changes.undo))
        self.changed.emit(changes)


def _alive(owner: QObject) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(owner))
