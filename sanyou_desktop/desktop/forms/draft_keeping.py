"""Keeping what is typed and not saved in the ledger, so that a crash takes two seconds at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer

from sanyou_desktop.desktop.session import Session
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.wording import _

# Safe within two seconds of the last key.
_KEEP_MS = 1_500


class DraftKeeping(QObject):
    """Keeps the draft of one form a moment after the last change.

    ``draft`` returns what is typed now, None while it is being saved; ``say`` gets what happened.
    """

    def __init__(
        self,
        session: Session,
        parent: QObject,
        draft: Callable[[], Draft | None],
        say: Callable[[str], None],
    ) -> None:
        """Wait for the first change."""
        super().__init__(parent)
        self._session, self._draft, self._say = session, draft, say
        self._key = ""
        self._kept = False
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._timer.timeout.connect(self._keep)

    def follow(self, draft: Draft, kept_as: str = "") -> None:
        """Begin with another draft, perhaps one that was kept before the last crash."""
        self._timer.stop()
        self._key = kept_as or draft.base.id or f"new-{draft.kind}-{uuid4().hex[:12]}"
        self._kept = bool(kept_as)

    def changed(self) -> None:
        """Note that something was typed."""
        self._timer.start()

    def pause(self) -> None:
        """Keep nothing until the next change."""
        self._timer.stop()

    def drop(self) -> None:
        """Forget what was kept: it is saved, or not wanted."""
        self._timer.stop()
        if self._kept:
            key, self._kept = self._key, False
            self._session.jobs.write(
                lambda ledger: ledger.drafts.drop(key), lambda _nothing: None, owner=self
            )

    def _keep(self) -> None:
        draft = self._draft()
        if self._session.read_only or draft is None or not draft.raw:
            return
        key, base = self._key, draft.base
        raw: Mapping[str, Json] = dict(draft.raw)
        self._kept = True
        self._session.jobs.write(
            lambda ledger: ledger.drafts.keep(key, base.kind, base.id, base.revision, raw),
            lambda _nothing: self._was_kept(),
            owner=self,
            failed=lambda error: self._say(_("草稿没有保留：{error}").format(error=error)),
        )

    def _was_kept(self) -> None:
        now = datetime.now().strftime("%H:%M")
        self._say(_("草稿已保留 {time}").format(time=now))
