"""重复问题: what was found before in the same spot, with links, below the problem in its form."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from sanyou_desktop.desktop.findings.repeats_setting import WindowBox
from sanyou_desktop.desktop.forms.panel import Panel
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.desktop.theme.parts import button, shortened, text_label
from sanyou_desktop.desktop.theme.tokens import ICON, SPACE_1, SPACE_2, SPACE_3
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.repeat_window import repeat_days_of
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields.base import Refused
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.repeats import plain_text
from sanyou_desktop.wording import _

_COMPARED = ("title", "inspection", "item_key", "place", "department", "raised_on")
_LISTED = 5
_TITLE_SHOWN = 28


class RepeatsPanel(Panel):
    """Says how often the same thing was found lately; asks in the background."""

    def __init__(self, session: Session) -> None:
        """Start hidden."""
        super().__init__(session)
        self._asked: tuple[object, ...] = ()
        self._job: Job | None = None
        self._draft: Draft | None = None
        frame = QFrame()
        restyle(frame, "role", "banner")
        restyle(frame, "tone", "warn")
        mark = QLabel()
        mark.setPixmap(icon("triangle-alert", "warn").pixmap(ICON, ICON))
        self.text = text_label("", wrap=True)
        self.window_box = WindowBox(session, self._ask)
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(mark)
        top.addWidget(self.text, 1)
        top.addWidget(self.window_box)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(frame)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_2, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addLayout(top)
        column.addLayout(self._list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        session.operations.changed.connect(self._on_changed)

    def show_draft(self, draft: Draft) -> None:
        """Ask again if anything that is compared was changed."""
        compared = (draft.base.id, draft.base.unit, *(str(draft.typed(key)) for key in _COMPARED))
        self._draft = draft
        if compared != self._asked:
            if not self._asked or compared[0] != self._asked[0]:
                # What was found for another record is not to be seen for a moment.
                self.hide()
            self._asked = compared
            self._ask()

    def _on_changed(self, changes: Changes) -> None:
        """Look again when another finding was changed, as by a deletion or a bulk change."""
        shown = self.parentWidget()
        if changes.touches("finding") and shown is not None and shown.isVisible():
            self._ask()

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        finding = _as_typed(self._draft) if self._draft is not None else None
        if finding is None:
            self.hide()
            return

        def look(ledger: Ledger) -> tuple[int, list[Finding]]:
            days = repeat_days_of(ledger)
            return days, ledger.repeated(finding, days)

        self._job = self.session.jobs.read(
            look, lambda found: self._show(finding, *found), owner=self
        )

    def _show(self, finding: Finding, days: int, found: list[Finding]) -> None:
        self._job = None
        self.window_box.show_days(days)
        while (item := self._list.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        self.text.setText(_in_words(finding, found, days))
        self.text.setAccessibleName(self.text.text())
        for one in found[:_LISTED]:
            words = _("{day} {number}「{title}」").format(
                day=one.raised_on or "",
                number=one.number,
                title=shortened(one.title, _TITLE_SHOWN),
            )
            link = button(words, partial(self.reference_opened.emit, one.id), role="link")
            self._list.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if len(found) > _LISTED:
            more = _("还有 {count} 次更早的").format(count=len(found) - _LISTED)
            self._list.addWidget(text_label(more, "caption"))
        self.setVisible(bool(found))


def _as_typed(draft: Draft) -> Finding | None:
    """Return a finding that has what is compared; None while that cannot be read or is missing."""
    base = draft.base
    if not isinstance(base, Finding):
        return None
    fields = draft.declared.fields
    given: dict[str, Any] = {}
    for key in _COMPARED:
        try:
            given[key] = fields[key].read(draft.typed(key)) if draft.typed(key) else None
        except Refused:
            return None
    if not given["title"] or not given["raised_on"]:
        return None
    return Finding(
        id=base.id,
        unit=base.unit,
        title=given["title"],
        # An item is known by its words too, which stand in its inspection.
        inspection=given["inspection"] or "",
        item_key=given["item_key"] or "",
        place=given["place"] or "",
        department=given["department"] or "",
        raised_on=given["raised_on"],
    )


def _in_words(finding: Finding, found: list[Finding], days: int) -> str:
    """Return where and how often; the place is the stronger of the two."""
    count = len(found)
    place = plain_text(finding.place)
    if place and all(plain_text(one.place) == place for one in found):
        return _("同一地点近 {days} 天已出现 {count} 次同样的问题").format(days=days, count=count)
    if place and any(plain_text(one.place) == place for one in found):
        text = _("同一地点或同一部门近 {days} 天已出现 {count} 次同样的问题")
        return text.format(days=days, count=count)
    return _("同一部门近 {days} 天已出现 {count} 次同样的问题").format(days=days, count=count)
