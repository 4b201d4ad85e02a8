"""A tile with a word, a value and a small plot of how it went; pressed to see more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.tokens import RADIUS, SPACE_2, SPACE_3

_SIDE = SPACE_2 + 2
_LARGE = 1.25
_LINE = 1.5
_DOT = 2.0
# Less room than this tells nothing.
_NARROWEST_PLOT = 32


class SparkTile(QAbstractButton):
    """Shows shares between 0 and 100, on that scale, so that tiles beside it can be compared."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Start without a value."""
        super().__init__(parent)
        self.setText(title)
        self.value = ""
        self.heights: tuple[float | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        current.changed.connect(self.update)

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
        height = self.fontMetrics().height() + QFontMetrics(self._large()).height()
        wide = self._words_width() + SPACE_3 + _NARROWEST_PLOT
        return QSize(wide + 2 * _SIDE, height + 2 * SPACE_2)

    def minimumSizeHint(self) -> QSize:
        """Return the height, and a width at which the plot gives way and the word may be cut."""
        return QSize(6 * _SIDE, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Draw that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pane, word, value and plot."""
        now = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(now.accent if self.hasFocus() else now.line), 1))
        painter.setBrush(QColor(now.hover if self.isDown() or self.underMouse() else now.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)
        room = self.rect().adjusted(_SIDE, SPACE_2, -_SIDE, -SPACE_2)
        painter.setPen(QColor(now.muted))
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, cut)
        painter.setFont(self._large())
        painter.setPen(QColor(now.text))
        below = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, below, self.value)
        self._plot(painter, room)
        painter.end()

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
        value = QFontMetrics(self._large()).horizontalAdvance(self.value)
        return max(self.fontMetrics().horizontalAdvance(self.text()), value)

    def _large(self) -> QFont:
        font = tabular(self.font())
        font.setPointSizeF(font.pointSizeF() * _LARGE)
        font.setBold(True)
        return font
