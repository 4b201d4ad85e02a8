"""A tile: a word and a large number, pressed to see what is counted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from sanyou_desktop.desktop.theme.current import colours, current, tone_colours
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import (
    BIG,
    ICON_SMALL,
    RADIUS,
    SPACE_1,
    SPACE_2,
    SPACE_3,
)

_ICONS = {"bad": "circle-alert", "warn": "clock"}


class CountTile(QAbstractButton):
    """Shows a count; with none it is faint and cannot be pressed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Start with nothing counted."""
        super().__init__(parent)
        self.setText(title)
        self.count = 0
        self._tone = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        current.changed.connect(self.update)
        self.show_count(0, "")

    def show_count(self, count: int, tone: str) -> None:
        """Show a count; ``tone`` ("bad", "warn" or "") says how pressing it is, if any."""
        self.count, self._tone = count, tone if count else ""
        self.setEnabled(bool(count))
        self.setAccessibleName(f"{self.text()} {count:,}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the word above the number."""
        words = self.fontMetrics()
        wide = max(words.horizontalAdvance(self.text()), self._figures(f"{self.count:,}"))
        height = words.height() + int(words.height() * BIG) + 2 * SPACE_2 + SPACE_1
        return QSize(wide + ICON_SMALL + 2 * SPACE_3 + SPACE_1, height)

    def minimumSizeHint(self) -> QSize:
        """Return the height, and a width at which the word may be cut."""
        return QSize(4 * SPACE_3, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Draw the edge of what can be pressed."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pane, word and number."""
        now = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pressing = self.isDown() or (self.underMouse() and self.isEnabled())
        painter.setPen(QPen(QColor(now.accent if self.hasFocus() else now.line), 1))
        painter.setBrush(QColor(now.hover if pressing else now.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)
        room = self.rect().adjusted(SPACE_3, SPACE_2, -SPACE_3, -SPACE_2)
        self._word(painter, QRect(room))
        painter.setFont(self._big())
        colour = tone_colours(self._tone)[0] if self._tone else now.text
        painter.setPen(QColor(colour if self.count else now.faint))
        bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, bottom, f"{self.count:,}")
        painter.end()

    def _word(self, painter: QPainter, room: QRect) -> None:
        metrics = self.fontMetrics()
        if self._tone:
            # Colour never stands alone.
            size = ICON_SMALL - 2
            top = room.top() + (metrics.height() - size) // 2
            mark = QRect(room.right() - size, top, size, size)
            icon(_ICONS[self._tone], self._tone).paint(painter, mark)
            room.setRight(mark.left() - SPACE_1)
        painter.setPen(QColor(colours().muted))
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)

    def _big(self) -> QFont:
        font = tabular(self.font())
        font.setPointSizeF(font.pointSizeF() * BIG)
        font.setBold(True)
        return font

    def _figures(self, text: str) -> int:
        from PySide6.QtGui import QFontMetrics

        return QFontMetrics(self._big()).horizontalAdvance(text)
