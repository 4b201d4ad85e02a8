"""A tile: a word and a large number, pressed to see what is counted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.theme.current import colours, tone_colours
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import BIG, ICON_SMALL, SPACE_1, SPACE_2
from sanyou_desktop.desktop.widgets.tile import SIDE, Tile
from sanyou_desktop.wording import _

_ICONS = {"bad": "circle-alert", "warn": "clock"}


class CountTile(Tile):
    """Shows a count; with none it is faint and cannot be pressed.

    Where tiles choose what is listed below them, the one that is ``chosen`` has a strong edge.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Start with nothing counted."""
        super().__init__(title, parent)
        self.count = 0
        self._tone = ""
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
        figures = QFontMetrics(self.figures(BIG)).horizontalAdvance(f"{self.count:,}")
        mark = SPACE_2 + ICON_SMALL if self._tone else 0
        wide = max(words.horizontalAdvance(self.text()), figures + mark)
        height = words.height() + int(words.height() * BIG) + 2 * SPACE_2 + SPACE_1
        return QSize(wide + 2 * SIDE, height)

    def minimumSizeHint(self) -> QSize:
        """Return the height, and a width at which the word may be cut."""
        return QSize(4 * SIDE, self.sizeHint().height())

    def draw(self, painter: QPainter, room: QRect) -> None:
        """Draw the number, and how pressing it is."""
        text, font = f"{self.count:,}", self.figures(BIG)
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
