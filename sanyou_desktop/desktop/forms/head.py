"""The head of a form: which record this is, and where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.forms.design import Design
from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.desktop.theme.parts import shortened, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.chip import StatusChip
from sanyou_desktop.desktop.widgets.elided_label import ElidedLabel
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Choice
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _


class FormHead(QWidget):
    """Title, status, number and revision, kept in step with what is typed."""

    def __init__(self, design: Design) -> None:
        """Start empty."""
        super().__init__()
        self._design = design
        self._kind = kind_of(design.kind)
        self.title = ElidedLabel("title")
        self.status = StatusChip()
        self.hint = text_label("", "muted")
        self.number = text_label("", "caption")
        below = QHBoxLayout()
        below.setSpacing(SPACE_3)
        below.addWidget(self.status)
        below.addWidget(self.hint)
        below.addWidget(self.number)
        below.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addWidget(self.title)
        column.addLayout(below)

    def show_draft(self, draft: Draft) -> None:
        """Show what the draft says."""
        title = title_of(draft)
        base = draft.base
        # A record whose title was just deleted is no new one.
        new = _("新建{kind}").format(kind=_(self._kind.title))
        self.title.setText(shortened(title or base.title, 60) or new)
        self.title.setToolTip(title)
        self._show_status(str(draft.typed("status") or ""))
        self._show_hint(base)
        parts = [base.number] if base.number else [_("保存时自动编号")]
        if base.revision:
            parts.append(_("第 {number} 版").format(number=base.revision))
        self.number.setText(" · ".join(parts))

    def _show_hint(self, base: Record) -> None:
        """Say what the record as saved waits for."""
        text, overdue = self._design.hint(base) if base.id else ("", False)
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        restyle(self.hint, "role", "error" if overdue else "muted")

    def _show_status(self, value: str) -> None:
        field = self._kind.fields["status"]
        option = field.option(value) if isinstance(field, Choice) else None
        self.status.show_status(_(option.title) if option else value, option.tone if option else "")


def title_of(draft: Draft) -> str:
    """Return what the record is called by now; units and rounds have a name."""
    key = "name" if "name" in draft.declared.fields else "title"
    return str(draft.typed(key) or "").strip()
