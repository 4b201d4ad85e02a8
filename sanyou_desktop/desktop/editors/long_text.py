"""Text of many lines, in a box that grows with it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.theme.tokens import SPACE_4
from sanyou_desktop.model.fields import Json

_FEWEST, _MOST = 3, 12
# Beyond this many characters, laying out every line to measure the height would be felt.
_MEASURED = 20_000


class GrowingText(QPlainTextEdit):
    """Grows from three lines to twelve, then scrolls; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste as plain text, whatever the source offers."""
        self.textCursor().insertText(source.text())

    def sizeHint(self) -> QSize:
        """Return the height of the lines there are."""
        return QSize(super().sizeHint().width(), self.height())

    def _fit(self) -> None:
        text_lines = _MOST
        if self.document().characterCount() < _MEASURED:
            text_lines = min(max(round(self.document().size().height()), _FEWEST), _MOST)
        self.setFixedHeight(text_lines * self.fontMetrics().lineSpacing() + SPACE_4)


class LongTextEditor(Editor):
    """A growing text box."""

    wants_line = True

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.box = GrowingText()
        self._showing = False
        self.box.textChanged.connect(self._edited)
        self._hold(self.box)

    def raw(self) -> Json:
        """Return the text as typed."""
        return self.box.toPlainText()

    def set_raw(self, raw: Json) -> None:
        """Show a text."""
        self._showing = True
        self.box.setPlainText("" if raw is None else str(raw))
        self.box.moveCursor(QTextCursor.MoveOperation.Start)
        self._showing = False

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.box.setReadOnly(read_only)

    def _edited(self) -> None:
        if not self._showing:
            self.changed.emit()
