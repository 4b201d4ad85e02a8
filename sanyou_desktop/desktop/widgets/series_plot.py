"""A plot of one year beside another: bars or a line for this one, a dashed line for that one.

Read by keyboard as by mouse: left and right move the point, and ``pointed`` tells which. The two
years differ in form (filled bars or circles, diamonds on a dashed line) as well as in colour, and
the colours are two of Okabe and Ito's, which all kinds of colour blindness keep apart. What is
not known leaves a gap.

Imports pyqtgraph, which takes longer than a frame: import this module only once a plot is to be
shown, and on another thread.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.tokens import SPACE_1
from sanyou_desktop.desktop.widgets.plot_ticks import whole_ticks

_ROOM_ABOVE = 1.2
_BAR = 0.56
# Of the plot's height, roughly what a label takes.
_LABEL_PART = 0.1


@dataclass(frozen=True)
class Series:
    """What is plotted.

    Attributes:
        name: what it is, for those who hear it.
        labels: of the points along the axis; ``now`` and ``then``: a value each, None a gap.
        shown: ``now`` as the labels above the points say it.
        top: the least height of the axis: 100 for percentages.
        bars: bars rather than a line, for counts.
        marked: what stands at the axis beside a height.
    """

    name: str
    labels: Sequence[str]
    now: Sequence[float | None]
    then: Sequence[float | None]
    shown: Sequence[str]
    top: float = 1
    bars: bool = True
    marked: Callable[[int], str] = "{:,}".format

    @property
    def height(self) -> float:
        """The highest value, at least ``top``."""
        return max(self.top, *(value for value in (*self.now, *self.then) if value is not None), 0)


class SeriesPlot(QWidget):
    """Emits ``pointed`` with the place of the point that was moved to."""

    pointed = Signal(int)

    def __init__(self) -> None:
        """Start without anything plotted."""
        super().__init__()
        self.at = 0
        self.series = Series("", (), (), (), ())
        self.setProperty("role", "plot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plot: Any = pyqtgraph.PlotWidget(enableMenu=False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.scene().sigMouseMoved.connect(self._hovered)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_1, SPACE_1, SPACE_1, SPACE_1)
        column.addWidget(self._plot)
        current.changed.connect(self._draw)

    def show_series(self, series: Series) -> None:
        """Plot other values; the point stays where it is if it can."""
        self.series = series
        self.at = min(self.at, max(len(series.labels) - 1, 0))
        self.setAccessibleName(series.name)
        self._draw()

    def point_at(self, at: int) -> None:
        """Move the point."""
        if not self.series.labels:
            return
        self.at = min(max(at, 0), len(self.series.labels) - 1)
        self._cursor.setValue(self.at)
        self._cursor.setVisible(True)
        self.pointed.emit(self.at)

    def say(self, words: str) -> None:
        """Tell those who hear the plot what the point is."""
        self.setAccessibleDescription(words)
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the point by left, right, Home and End."""
        places = {
            Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Right: self.at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.series.labels) - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            self.point_at(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say the point that the keys will move."""
        super().focusInEvent(event)
        self.point_at(self.at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the line of the point away, which would look like a value."""
        super().focusOutEvent(event)
        self._cursor.setVisible(False)

    def is_pointing(self) -> bool:
        """Tell whether the point is shown."""
        return bool(self._cursor.isVisible())

    def _hovered(self, where: QPointF) -> None:
        at = round(self._plot.getViewBox().mapSceneToView(where).x())
        if 0 <= at < len(self.series.labels) and at != self.at:
            self.point_at(at)

    def _draw(self) -> None:
        plot, series, now = self._plot, self.series, colours()
        plot.clear()
        plot.setBackground(now.surface)
        self._axes()
        if series.bars:
            self._bars()
        else:
            self._line(series.now, now.plot, Qt.PenStyle.SolidLine, "o")
        self._line(series.then, now.plot_other, Qt.PenStyle.DashLine, "d")
        self._label_points()
        pen = pyqtgraph.mkPen(now.line_strong, width=1, style=Qt.PenStyle.DotLine)
        self._cursor: Any = pyqtgraph.InfiniteLine(self.at, pen=pen)
        self._cursor.setZValue(-10)
        self._cursor.setVisible(self.hasFocus())
        plot.addItem(self._cursor)
        top = series.height * _ROOM_ABOVE
        plot.setRange(xRange=(-0.6, len(series.labels) - 0.4), yRange=(0, top), padding=0)

    def _axes(self) -> None:
        now = colours()
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(pyqtgraph.mkPen(now.line))
            axis.setTextPen(now.muted)
            axis.setStyle(tickFont=self._small(), tickLength=0, hideOverlappingLabels=False)
            axis.enableAutoSIPrefix(False)
            # Its grid lies behind the bars.
            axis.setZValue(-100)
        self._plot.getAxis("bottom").setTicks([list(enumerate(self.series.labels))])
        height = self.series.height * (_ROOM_ABOVE if self.series.bars else 1)
        ticks = whole_ticks(height)
        self._plot.getAxis("left").setTicks([[(at, self.series.marked(at)) for at in ticks]])
        self._plot.showGrid(y=True, alpha=0.3)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.86)
        return font

    def _bars(self) -> None:
        known = [(at, value) for at, value in enumerate(self.series.now) if value is not None]
        if known:
            places, heights = zip(*known, strict=True)
            colour = colours().plot
            self._plot.addItem(
                pyqtgraph.BarGraphItem(
                    x=places, height=heights, width=_BAR, brush=colour, pen=colour
                )
            )

    def _line(
        self, values: Sequence[float | None], colour: str, style: Qt.PenStyle, symbol: str
    ) -> None:
        # Of nothing but gaps the library would look for the largest.
        if all(value is None for value in values):
            return
        self._plot.addItem(
            pyqtgraph.PlotDataItem(
                list(range(len(values))),
                [math.nan if value is None else value for value in values],
                connect="finite",
                pen=pyqtgraph.mkPen(colour, width=2, style=style),
                symbol=symbol,
                symbolSize=9,
                symbolBrush=colour,
                symbolPen=pyqtgraph.mkPen(colours().surface, width=1),
                antialias=True,
            )
        )

    def _label_points(self) -> None:
        near = _LABEL_PART * self.series.height
        for at, value in enumerate(self.series.now):
            if value is None:
                continue
            other = self.series.then[at]
            # A label stands above both where the other year's mark would lie under it.
            is_marked = other is not None and 0 <= other - value < near
            label = pyqtgraph.TextItem(
                self.series.shown[at],
                colours().text,
                # A bar begins at its label, a line has its mark there.
                anchor=(0.5, 1 if self.series.bars and not is_marked else 1.35),
            )
            label.setZValue(10)
            label.setFont(self._small())
            label.setPos(at, other if is_marked and other is not None else value)
            self._plot.addItem(label, ignoreBounds=True)
