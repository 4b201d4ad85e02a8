"""A part of a form that shows what only the ledger knows: records that have to do with this one.

To add one: subclass ``RecordPanel`` in a file of its own beside the topic it belongs to, and name
it as the ``panel`` of a section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sanyou_desktop.desktop.forms.panel import Panel
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, shortened, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2
from sanyou_desktop.desktop.widgets.chip import StatusChip
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.record import Record

_LONGEST = 20


@dataclass(frozen=True)
class Related:
    """One line: a record, its status, and what is to be known of it.

    Attributes:
        id: "" for the record of the form itself, which is no link.
        title: its title.
        status: the word on its chip, and ``tone`` the chip's colour.
        caption: one line behind the title.
    """

    id: str
    title: str
    status: str
    tone: str
    caption: str


class RecordPanel(Panel):
    """Lines of related records under a heading; hidden while there are none."""

    def __init__(self, session: Session) -> None:
        """Start hidden."""
        super().__init__(session)
        self._record: Record | None = None
        self._job: Job | None = None
        self.heading = text_label("", "caption", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE_1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.heading)
        column.addLayout(self._lines)
        session.operations.changed.connect(self._changed)

    def look(self, ledger: Ledger, record: Record) -> Sequence[Related]:
        """Return the lines; called with the reading connection, off the GUI thread."""
        raise NotImplementedError

    def told(self, lines: Sequence[Related]) -> str:
        """Return what stands above the lines."""
        raise NotImplementedError

    def show_draft(self, draft: Draft) -> None:
        """Look when another record, or another revision of it, is shown; typing tells nothing."""
        shown, base = self._record, draft.base
        if shown is None or (shown.id, shown.revision) != (base.id, base.revision):
            self.show_record(base)

    def show_record(self, record: Record) -> None:
        """Show what belongs to a record; nothing for one that is new."""
        self._record = record if record.id else None
        if self._job is not None:
            self._job.cancel()
        if self._record is None:
            self._show([])
            return
        self._job = self.session.jobs.read(
            lambda ledger: self.look(ledger, record), self._show, owner=self
        )

    def _changed(self, _changes: Changes) -> None:
        if self._record is not None:
            self.show_record(self._record)

    def _show(self, lines: Sequence[Related]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._lines.addWidget(self._line(line))
        self.heading.setText(self.told(lines))
        self.setVisible(bool(lines))

    def _line(self, line: Related) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, SPACE_1)
        column.setSpacing(0)
        across = QHBoxLayout()
        across.setSpacing(SPACE_2)
        chip = StatusChip()
        chip.show_status(line.status, line.tone)
        across.addWidget(chip)
        across.addWidget(self._title(line))
        across.addStretch()
        column.addLayout(across)
        # On a line of its own: beside the title it would make a narrow form wider than its page.
        caption = text_label(line.caption, "caption", wrap=True)
        caption.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        caption.setVisible(bool(line.caption))
        column.addWidget(caption)
        return made

    def _title(self, line: Related) -> QWidget:
        words = shortened(line.title, _LONGEST)
        if not line.id:
            label = QLabel(words)
            font = label.font()
            font.setBold(True)
            label.setFont(font)
            return label
        link = button(words, lambda: self.reference_opened.emit(line.id), role="link")
        link.setToolTip(line.title)
        return link
