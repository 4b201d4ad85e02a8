"""The parts around what a dialog asks: what it is about above, and fields that scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_4, SPACE_6

WIDTH = 560
# Of the height of the screen, for the fields; a long text scrolls beyond it.
_TALLEST = 0.6


class Heading(QWidget):
    """What the dialog is about: its first line large, the others below."""

    def __init__(self, about: str) -> None:
        """Show the lines of ``about``; nothing without any."""
        super().__init__()
        self.about = about
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, 0)
        column.setSpacing(SPACE_1)
        for place, text in enumerate(about.splitlines()):
            label = text_label(text, "muted" if place else "title", wrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.setVisible(bool(about))


class Sheet(QScrollArea):
    """Holds the fields; as high as they are, until the screen is full."""

    def __init__(self, holder: QWidget) -> None:
        """Show ``holder``, which has the layout of the fields."""
        super().__init__()
        self.setProperty("role", "form")
        self.setWidgetResizable(True)
        # Tab goes from field to field, and the sheet follows.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(holder)
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the fields when a text or a message makes them higher."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Return what shows all fields, as far as the screen allows."""
        holder = self.widget()
        if holder is None:
            return QSize()
        width = max(self.viewport().width(), WIDTH)
        wanted = holder.minimumSizeHint()
        layout = holder.layout()
        if layout is not None and layout.hasHeightForWidth():
            wanted.setHeight(layout.totalHeightForWidth(width))
        most = round(self.screen().availableGeometry().height() * _TALLEST)
        return QSize(wanted.width(), min(wanted.height(), most))

    def sizeHint(self) -> QSize:
        """Return the same."""
        return self.minimumSizeHint()
