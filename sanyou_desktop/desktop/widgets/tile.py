"""What the tiles of a page have in common: a pane with a word on it, pressed to see more."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.tokens import RADIUS, SPACE_2

SIDE = SPACE_2 + 2


class Tile(QAbstractButton):
    """Draws pane and word; what stands on it besides is drawn by ``draw``.

    One that is ``chosen`` among others has a strong edge.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Start with the word alone."""
        super().__init__(parent)
        self.setText(title)
        self.chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        current.changed.connect(self.update)

    def draw(self, painter: QPainter, room: QRect) -> None:
        """Draw what the tile tells; the word stands at the top of ``room``."""
        raise NotImplementedError

    def enterEvent(self, event: QEnterEvent) -> None:
        """Draw that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pane, word and the rest."""
        now = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pressing = self.isDown() or (self.underMouse() and self.isEnabled())
        edge = QColor(now.accent if self.hasFocus() or self.chosen else now.line)
        painter.setPen(QPen(edge, 2 if self.chosen else 1))
        painter.setBrush(QColor(now.hover if pressing else now.surface))
        inner = int(self.chosen)
        painter.drawRoundedRect(self.rect().adjusted(inner, inner, -1, -1), RADIUS, RADIUS)
        room = self.rect().adjusted(SIDE, SPACE_2, -SIDE, -SPACE_2)
        painter.setPen(QColor(now.muted))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
        self.draw(painter, room)
        painter.end()

    def figures(self, scale: float) -> QFont:
        """Return the font of large figures, so many times as large as the word's."""
        font = tabular(self.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        font.setBold(True)
        return font
