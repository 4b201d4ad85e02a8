"""The small panel in which the value for many records is given."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.lists.bulk import BulkChange, How
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3
from sanyou_desktop.model.fields import Choices, Field, Names, Refused
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

_WIDE = 16


class BulkPopup(QFrame):
    """Emits ``accepted`` with the ``BulkChange``, once."""

    accepted = Signal(object)

    def __init__(self, kind: str, key: str, session: Session, parent: QWidget) -> None:
        """Ask for the value of one field."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._key = key
        self._field: Field[object] = kind_of(kind).fields[key]
        title = _(self._field.title)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(text_label(title, "muted"))
        self.ticks: dict[str, QCheckBox] = {}
        self.edit = QLineEdit()
        if isinstance(self._field, Choices):
            self._add_ticks(column, self._field)
        else:
            self._add_edit(column, kind, session)
        self.wrong = text_label("", "error", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addLayout(self._buttons())

    def show_over(self, widget: QWidget) -> None:
        """Open the panel above ``widget``."""
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(0, -self.height() - SPACE_2))
        screen = widget.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        at.setY(max(screen.top(), at.y()))
        self.move(at)
        self.show()
        first = next(iter(self.ticks.values()), None)
        (first or self.edit).setFocus()

    def take(self, how: How = "set") -> None:
        """Accept what was given; what the field does not take stays to be mended."""
        try:
            values = self._values()
        except Refused as refusal:
            self.wrong.setText(str(refusal))
            self.wrong.show()
            self.adjustSize()
            return
        self.accepted.emit(BulkChange(self._key, values, how))
        self.close()

    def _values(self) -> tuple[str, ...]:
        if self.ticks:
            return tuple(value for value, box in self.ticks.items() if box.isChecked())
        value = self._field.read(self.edit.text())
        if isinstance(value, tuple):
            return value
        return (str(value),) if value else ()

    def _add_ticks(self, column: QVBoxLayout, field: Choices) -> None:
        for option in field.enum:
            box = QCheckBox(_(option.title))
            self.ticks[option.value] = box
            column.addWidget(box)

    def _add_edit(self, column: QVBoxLayout, kind: str, session: Session) -> None:
        self.edit.setAccessibleName(_(self._field.title))
        self.edit.setMinimumWidth(self.edit.fontMetrics().horizontalAdvance("汉" * _WIDE))
        self.edit.returnPressed.connect(self.take_first)
        if isinstance(self._field, Names):
            self.edit.setPlaceholderText(_("多个用、隔开"))
        else:
            self.edit.setPlaceholderText(_("留空则清除"))
            key = self._key
            session.jobs.read(lambda ledger: ledger.distinct(kind, key), self._complete, owner=self)
        column.addWidget(self.edit)

    def _complete(self, values: list[str]) -> None:
        completer = QCompleter(values, self.edit)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)

    def take_first(self) -> None:
        """Accept as Return does: names are added, anything else is set."""
        self.take("add" if isinstance(self._field, Names) else "set")

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        if isinstance(self._field, Names):
            row.addWidget(button(_("移除"), partial(self.take, "remove")))
            row.addWidget(button(_("添加"), partial(self.take, "add"), role="primary"))
        else:
            row.addWidget(button(_("改为所填内容"), self.take, role="primary"))
        return row
