"""A search box that waits for a pause in typing, and for the input method to finish."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from sanyou_desktop.desktop.theme.icons import icon

_PAUSE_MS = 120


class SearchBox(QLineEdit):
    """Emits ``search`` with the trimmed text; Esc clears, Return searches at once."""

    search = Signal(str)
    left_downwards = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMaxLength(1000)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._composing = False
        self._last = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._emit)
        self.textChanged.connect(self._wait)
        self.returnPressed.connect(self._emit)

    def set_quietly(self, text: str) -> None:
        """Show a text that is already searched for."""
        self._last = text.strip()
        self.setText(text)
        self._pause.stop()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether the input method is in the middle of a word."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear on Esc, hand on Down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)

    def _wait(self) -> None:
        self._pause.start()

    def _emit(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if self._composing or text == self._last:
            return
        self._last = text
        self.search.emit(text)
