"""A tile: a word and a large number, pressed to see what is counted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
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
)
from sanyou_desktop.wording import _

_SIDE = SPACE_2 + 2
_ICONS = {"bad": "circle-alert", "warn": "clock"}


class CountTile(QAbstractButton):
    """Shows a count; with none it is faint and cannot be pressed.

    Where tiles choose what is listed below them, the one that is ``chosen`` has a strong edge.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Start with nothing counted."""
        super().__init__(parent)
        self.setText(title)
        self.count = 0
        self.chosen = False
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
        self._name()
        self.setToolTip(self.text())
        self.updateGeometry()
        self.update()

    def choose(self, chosen: bool) -> None:
        """Show whether what it counts is all that is listed."""
        self.chosen = chosen
        self._name()
        self.update()

    def _name(self) -> None:
        words = f"{self.text()} {self.count:,}"
        self.setAccessibleName(_("{tile}，只列这些").format(tile=words) if self.chosen else words)

    def sizeHint(self) -> QSize:
        """Return the room for the word above the number."""
        words = self.fontMetrics()
        figures = QFontMetrics(self._big()).horizontalAdvance(f"{self.count:,}")
        mark = SPACE_2 + ICON_SMALL if self._tone else 0
        wide = max(words.horizontalAdvance(self.text()), figures + mark)
        height = words.height() + int(words.height() * BIG) + 2 * SPACE_2 + SPACE_1
        return QSize(wide + 2 * _SIDE, height)

    def minimumSizeHint(self) -> QSize:
        """Return the height, and a width at which the word may be cut."""
        return QSize(4 * _SIDE, self.sizeHint().height())

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
        edge = QColor(now.accent if self.hasFocus() or self.chosen else now.line)
        painter.setPen(QPen(edge, 2 if self.chosen else 1))
        painter.setBrush(QColor(now.hover if pressing else now.surface))
        inner = int(self.chosen)
        painter.drawRoundedRect(self.rect().adjusted(inner, inner, -1, -1), RADIUS, RADIUS)
        room = self.rect().adjusted(_SIDE, SPACE_2, -_SIDE, -SPACE_2)
        painter.setPen(QColor(now.muted))
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
        self._number(painter, room)
        painter.end()

    def _number(self, painter: QPainter, room: QRect) -> None:
        text, font = f"{self.count:,}", self._big()
        metrics = QFontMetrics(font)
        painter.setFont(font)
        colour = tone_colours(self._tone)[0] if self._tone else colours().text
        painter.setPen(QColor(colour if self.count else colours().faint))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
        if self._tone:
            # Colour never stands alone.
            middle = room.bottom() - metrics.descent() - metrics.capHeight() // 2
            left = room.left() + metrics.horizontalAdvance(text) + SPACE_2
            mark = QRect(left, middle - ICON_SMALL // 2, ICON_SMALL, ICON_SMALL)
            icon(_ICONS[self._tone], self._tone).paint(painter, mark)

    def _big(self) -> QFont:
        font = tabular(self.font())
        font.setPointSizeF(font.pointSizeF() * BIG)
        font.setBold(True)
        return font
