"""A date typed in any form that offices write, or picked from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.theme.parts import icon_button
from sanyou_desktop.desktop.widgets.placing import place_below
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields import Json
from sanyou_desktop.wording import _


class DateEditor(Editor):
    """A line that becomes EDTF when it is left; a wrong date stays as it was typed."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("例如 {examples}").format(examples="2026-03-01"))
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self._normalise)
        self.pick = icon_button(
            "calendar", _("选择日期（Alt+↓），今天（Ctrl+;）"), self.open_calendar
        )
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hold(self.line, self.pick)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Alt+Down and Ctrl+; before the window does: there Alt+Down is the next record."""
        if isinstance(event, QKeyEvent):
            run = self._meant_by(event)
            if run is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if run is not None and event.type() == QEvent.Type.KeyPress:
                run()
                return True
        return super().eventFilter(watched, event)

    def _meant_by(self, event: QKeyEvent) -> Callable[[], None] | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (event.key(), held) == (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier):
            return self.open_calendar
        if (event.key(), held) == (Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier):
            return self.enter_today
        return None

    def raw(self) -> Json:
        """Return the text as typed."""
        return self.line.text()

    def set_raw(self, raw: Json) -> None:
        """Show a date."""
        self.line.setText("" if raw is None else str(raw))

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.line.setReadOnly(read_only)
        self.pick.setEnabled(not read_only)

    def enter_today(self) -> None:
        """Enter the day that it is."""
        if self.line.isReadOnly():
            return
        self._enter(PartialDate.of(date.today()))

    def open_calendar(self) -> None:
        """Open the calendar under the field, at the date entered."""
        if self.line.isReadOnly():
            return
        popup = _Calendar(self)
        popup.calendar.clicked.connect(lambda day: self._picked(popup, day))
        popup.calendar.activated.connect(lambda day: self._picked(popup, day))
        found = self._entered()
        first = found.first() if found else None
        if first:
            popup.calendar.setSelectedDate(QDate(first.year, first.month, first.day))
        popup.adjustSize()
        place_below(popup, self)
        popup.show()
        popup.calendar.setFocus()

    def _picked(self, popup: QFrame, day: QDate) -> None:
        self._enter(PartialDate(day.year(), day.month(), day.day()))
        popup.close()
        self.line.setFocus()

    def _enter(self, day: PartialDate) -> None:
        self.line.setText(str(day))
        self.changed.emit()

    def _entered(self) -> PartialDate | None:
        try:
            return PartialDate.parse(self.line.text()) if self.line.text().strip() else None
        except BadDate:
            return None

    def _normalise(self) -> None:
        found = self._entered()
        if found is not None and str(found) != self.line.text():
            self._enter(found)


class _Calendar(QFrame):
    """A calendar that closes when one clicks elsewhere."""

    def __init__(self, parent: DateEditor) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)
