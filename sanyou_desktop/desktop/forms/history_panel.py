"""The history at the foot of a form: when, what changed, look at it, bring it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, line, shortened, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_6
from sanyou_desktop.ledger.history import Revision
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import N_, _

_ACTIONS = {
    "created": N_("新建"),
    "changed": N_("修改"),
    "deleted": N_("删除"),
    "restored": N_("恢复"),
    "undone": N_("撤销"),
    "rolled_up": N_("汇总"),
    "withdrawn": N_("撤回"),
}
_SHOWN = 20
_LONGEST = 60
# The fields stay in view above it in the smallest window.
_TALLEST = 140
_SILENT = frozenset({"revision", "updated_at", "created_at", "deleted_at"})


class HistoryPanel(QFrame):
    """Folded to one line until it is wanted; then the last changes in words."""

    restore_requested = Signal(int)

    def __init__(self, session: Session) -> None:
        """Start without a record."""
        super().__init__()
        self._session = session
        self._record_id = ""
        self.toggle = button("", self._unfold, role="link", icon_name="history")
        inside = QWidget()
        inside.setProperty("role", "form")
        self._list = QScrollArea()
        self._list.setWidget(inside)
        self._list.setWidgetResizable(True)
        self._list.setMaximumHeight(_TALLEST)
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, SPACE_2)
        self._lines.setSpacing(SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6 - SPACE_1, SPACE_2, SPACE_6, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(self.toggle)
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self._list)
        self._list.hide()

    def show_record(self, record: Record) -> None:
        """Offer the history of ``record``; a new one has none."""
        self._record_id = record.id
        self._list.hide()
        self.toggle.setText(_("历史 {count} 次修改").format(count=record.revision))
        self.setVisible(record.revision > 0)

    def _unfold(self) -> None:
        if self._list.isVisible():
            self._list.hide()
            return
        wanted = self._record_id

        def show(revisions: list[Revision]) -> None:
            if wanted == self._record_id:
                self._fill(revisions)

        self._session.jobs.read(lambda ledger: ledger.history(wanted), show, owner=self)

    def _fill(self, revisions: list[Revision]) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for place, now in enumerate(revisions[:_SHOWN]):
            before = revisions[place + 1].record if place + 1 < len(revisions) else None
            self._lines.addWidget(line())
            self._lines.addWidget(self._entry(now, before, newest=place == 0))
        self._list.show()

    def _entry(self, now: Revision, before: Record | None, *, newest: bool) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        when = kind_of(now.record.kind).fields["updated_at"].show(now.at)
        head = f"{when}  {_(_ACTIONS.get(now.action, now.action))}"
        row.addWidget(text_label(head, "caption"))
        row.addWidget(text_label(in_words(now.record, before), "caption", wrap=True), 1)
        if not newest and not self._session.read_only:
            number = now.revision
            name = _("恢复到这一版")
            row.addWidget(button(name, lambda: self.restore_requested.emit(number), role="link"))
        return box


def in_words(now: Record, before: Record | None) -> str:
    """Return what changed from ``before`` to ``now``: 状态 草稿 → 已公示；责任人 空 → 张三."""
    if before is None:
        return _("最初的内容")
    parts = []
    for key, field in kind_of(now.kind).fields.items():
        old, new = value_of(before, key), value_of(now, key)
        if key in _SILENT or old == new:
            continue
        shown = [_short(field.show(value)) for value in (old, new)]
        parts.append(f"{_(field.title)} {shown[0]} → {shown[1]}")
    return _("；").join(parts) or _("内容没有变化")


def _short(text: str) -> str:
    return shortened(text, _LONGEST) or _("空")
