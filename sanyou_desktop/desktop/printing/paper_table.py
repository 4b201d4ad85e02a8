"""A ruled table on paper: texts wrap, the header stands on every page, rows stay whole.

A row that is higher than a page goes on over the next ones; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from sanyou_desktop.desktop.printing.printable import Turned, untold

_PADDING = 3.0
_RULE = 0.5
_LINE = 1.15
# Left, top, width and height.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Column:
    """A column: its width is ``points``, or a share of what is left by ``weight``."""

    title: str
    points: float = 0
    weight: float = 0
    centred: bool = False


class Sheet:
    """Pages that are laid out first and painted then, when their count is known.

    Lengths are in points; ``foot`` is kept free at the bottom of every page for its number.
    """

    def __init__(self, device: QPagedPaintDevice, foot: float = 0) -> None:
        """Begin at the top of the first page."""
        self._device = device
        self._foot = foot
        self._pages: list[list[_Stroke]] = [[]]
        self.point = device.logicalDpiY() / 72
        area = device.pageLayout().paintRectPixels(device.logicalDpiY())
        self.width = area.width() / self.point
        self.height = area.height() / self.point - foot
        self.y = 0.0

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._pages.append([])
        self.y = 0.0

    def keep(self, height: float) -> None:
        """Go on to the next page if so much has no room on this one."""
        if self.y + height > self.height:
            self.new_page()

    def lines(self, text: str, font: QFont, width: float) -> list[str]:
        """Return the lines into which a text breaks."""
        return [line for part in text.split("\n") for line in self._broken(part, font, width)]

    def _broken(self, text: str, font: QFont, width: float) -> list[str]:
        layout = QTextLayout(text, font, self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        found = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width * self.point)
            found.append((line.textStart(), line.textLength()))
        layout.endLayout()
        # Qt counts in UTF-16.
        units = text.encode("utf-16-le")
        return [
            units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").rstrip()
            for start, length in found
        ] or [""]

    def line_height(self, font: QFont) -> float:
        """Return the distance from line to line."""
        return QFontMetricsF(font, self._device).height() * _LINE / self.point

    def write(self, lines: Sequence[str], font: QFont, box: Box, side: Qt.AlignmentFlag) -> None:
        """Write lines into a box, in its middle from top to bottom."""
        left, top, width, height = box
        high = self.line_height(font)
        y = top + (height - high * len(lines)) / 2
        flags = int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
        for line in lines:
            self._pages[-1].append(
                _Stroke(self._on_device((left, y, width, high)), line, font, flags)
            )
            y += high

    def frame(self, box: Box) -> None:
        """Draw a thin rule around a box."""
        self._pages[-1].append(_Stroke(self._on_device(box)))

    def _on_device(self, box: Box) -> QRectF:
        return QRectF(*(side * self.point for side in box))

    def paint(self, number: str, font: QFont, turned: Turned = untold) -> None:
        """Paint every page with its number below: ``number`` has the places {number}, {count}."""
        painter = QPainter(self._device)
        try:
            count = len(self._pages)
            for place, strokes in enumerate(self._pages, start=1):
                if place > 1:
                    self._device.newPage()
                for stroke in strokes:
                    stroke.paint(painter, _RULE * self.point)
                high = self.line_height(font)
                below = (0.0, self.height + self._foot - high, self.width, high)
                flags = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextDontClip)
                text = number.format(number=place, count=count)
                _Stroke(self._on_device(below), text, font, flags).paint(painter, 0)
                turned(place, count)
        finally:
            painter.end()


@dataclass(frozen=True)
class _Stroke:
    """A line of text, or, without a font, a frame."""

    room: QRectF
    text: str = ""
    font: QFont | None = None
    flags: int = 0

    def paint(self, painter: QPainter, rule: float) -> None:
        # Paper is white, also where the window is dark.
        painter.setPen(QPen(Qt.GlobalColor.black, rule))
        if self.font is None:
            painter.drawRect(self.room)
        elif self.text:
            painter.setFont(self.font)
            painter.drawText(self.room, self.flags, self.text)


class PaperTable:
    """Draws rows of texts on a ``Sheet``, from where it stands."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], head: QFont, body: QFont) -> None:
        """Share the width of the page among the columns."""
        self._sheet, self._columns, self._head, self._body = sheet, columns, head, body
        left = sheet.width - sum(column.points for column in columns)
        weights = sum(column.weight for column in columns) or 1
        self._widths = [column.points or left * column.weight / weights for column in columns]
        self._titles = self._cells([column.title for column in columns], head)

    def _cells(self, texts: Sequence[str], font: QFont) -> list[list[str]]:
        return [
            self._sheet.lines(text, font, width - 2 * _PADDING)
            for text, width in zip(texts, self._widths, strict=True)
        ]

    def header(self) -> None:
        """Draw the header row."""
        self._row(self._titles, self._head, centred=True)

    def row(self, texts: Sequence[str], least: float = 0) -> None:
        """Draw a row at least so high, on the next page if it has no room on this one."""
        cells = self._cells(texts, self._body)
        needed = max(self._height(cells, self._body), least)
        sheet = self._sheet
        if sheet.y + needed > sheet.height:
            fits_one_page = needed <= sheet.height - self._height(self._titles, self._head)
            if fits_one_page or self._lines_left() < 1:
                self._next_page()
        while sheet.y + self._height(cells, self._body) > sheet.height:
            room = self._lines_left()
            # Texts that go on over pages all begin at the top, or they would end apart.
            most = max(map(len, cells))
            cells = [[*lines, *[""] * (most - len(lines))] for lines in cells]
            self._row([lines[:room] for lines in cells], self._body)
            cells = [lines[room:] for lines in cells]
            self._next_page()
        self._row(cells, self._body, least)

    def _next_page(self) -> None:
        self._sheet.new_page()
        self.header()

    def _lines_left(self) -> int:
        sheet = self._sheet
        return int((sheet.height - sheet.y - 2 * _PADDING) / sheet.line_height(self._body))

    def _height(self, cells: Sequence[Sequence[str]], font: QFont) -> float:
        most = max(len(lines) for lines in cells)
        return most * self._sheet.line_height(font) + 2 * _PADDING

    def _row(
        self,
        cells: Sequence[Sequence[str]],
        font: QFont,
        least: float = 0,
        *,
        centred: bool = False,
    ) -> None:
        sheet = self._sheet
        high = max(self._height(cells, font), least)
        left = 0.0
        for lines, column, width in zip(cells, self._columns, self._widths, strict=True):
            sheet.frame((left, sheet.y, width, high))
            middle = centred or column.centred
            side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
            box = (left + _PADDING, sheet.y, width - 2 * _PADDING, high)
            sheet.write(lines, font, box, side)
            left += width
        sheet.y += high
