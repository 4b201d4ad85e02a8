"""A tile with a word, a value and a small plot of how it went; pressed to see more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.tile import SIDE, Tile

_LARGE = 1.25
_LINE = 1.5
_DOT = 2.0
# Less room than this tells nothing.
_NARROWEST_PLOT = 32


class SparkTile(Tile):
    """Shows shares between 0 and 100, on that scale, so that tiles beside it can be compared."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Start without a value."""
        super().__init__(title, parent)
        self.value = ""
        self.heights: tuple[float | None, ...] = ()

    def show_course(self, value: str, heights: Sequence[float | None], told: str) -> None:
        """Show a value and its course, None where there was none; ``told`` says all in words."""
        self.value, self.heights = value, tuple(heights)
        self.setAccessibleName(f"{self.text()} {value}")
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the word above the value, and for the plot beside them."""
        height = self.fontMetrics().height() + QFontMetrics(self.figures(_LARGE)).height()
        wide = self._words_width() + SPACE_3 + _NARROWEST_PLOT
        return QSize(wide + 2 * SIDE, height + 2 * SPACE_2)

    def minimumSizeHint(self) -> QSize:
        """Return the height, and a width at which the plot gives way and the word may be cut."""
        return QSize(6 * SIDE, self.sizeHint().height())

    def draw(self, painter: QPainter, room: QRect) -> None:
        """Draw value and plot."""
        painter.setFont(self.figures(_LARGE))
        painter.setPen(QColor(colours().text))
        below = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, below, self.value)
        self._plot(painter, room)

    def _plot(self, painter: QPainter, room: QRect) -> None:
        place = QRectF(room.adjusted(self._words_width() + SPACE_3, 2, -2, -2))
        if place.width() < _NARROWEST_PLOT or len(self.heights) < 2:
            return
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        step = place.width() / (len(self.heights) - 1)
        points = [
            None
            if height is None
            else QPointF(place.left() + at * step, place.bottom() - place.height() * height / 100)
            for at, height in enumerate(self.heights)
        ]
        ink = QColor(colours().plot)
        painter.setPen(QPen(ink, _LINE))
        for one, other in pairwise(points):
            if one is not None and other is not None:
                painter.drawLine(one, other)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for one, other in pairwise([*points, None]):
            # A line ends in a dot; one that stands alone has nothing else.
            if one is not None and other is None:
                painter.drawEllipse(one, _DOT, _DOT)

    def _words_width(self) -> int:
        value = QFontMetrics(self.figures(_LARGE)).horizontalAdvance(self.value)
        return max(self.fontMetrics().horizontalAdvance(self.text()), value)
