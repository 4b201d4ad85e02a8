"""A ruled table on paper: texts wrap, the header stands on every page, rows stay whole.

A row that is higher than a page goes on over the next ones; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPdfWriter,
    QTextLayout,
    QTextOption,
)

from sanyou_desktop.desktop.printing.laid_out import Box, PaperPage, Stroke

_PADDING = 3.0
_LINE = 1.15
# Of a page that is laid out before anybody knows on what it will be drawn.
_DPI = 1200
# So many characters are broken into lines at a time: longer, and the window would wait for it.
_AT_ONCE = 2000


@dataclass(frozen=True)
class Column:
    """A column: its width is ``points``, or a share of what is left by ``weight``.

    Attributes:
        centred, figures: the side its texts keep to: the middle, the right.
        label: its texts name what stands beside them, and are set as a header is.
    """

    title: str = ""
    points: float = 0
    weight: float = 0
    centred: bool = False
    figures: bool = False
    label: bool = False

    @property
    def side(self) -> Qt.AlignmentFlag:
        """The side that its texts keep to."""
        if self.centred or self.label:
            return Qt.AlignmentFlag.AlignHCenter
        return Qt.AlignmentFlag.AlignRight if self.figures else Qt.AlignmentFlag.AlignLeft


class Sheet:
    """Pages that are laid out first and painted then, when their count is known.

    Lengths are in points; ``foot`` is kept free at the bottom of every page for its number.
    """

    def __init__(self, device: QPagedPaintDevice, foot: float = 0) -> None:
        """Begin at the top of the first page."""
        self._device = device
        # What a device of our own writes to; it must live as long.
        self._nowhere: QBuffer | None = None
        self._pages = [PaperPage()]
        self.point = device.logicalDpiY() / 72
        area = device.pageLayout().paintRectPixels(device.logicalDpiY())
        self.width = area.width() / self.point
        self.height = area.height() / self.point - foot
        self.y = 0.0

    @classmethod
    def of(cls, layout: QPageLayout, foot: float = 0) -> Sheet:
        """Begin pages of that layout that can be painted on any device, on any thread."""
        nowhere = QBuffer()
        nowhere.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(nowhere)
        writer.setResolution(_DPI)
        writer.setPageLayout(layout)
        made = cls(writer, foot)
        made._nowhere = nowhere
        return made

    @property
    def pages(self) -> tuple[PaperPage, ...]:
        """What is on each page so far."""
        return tuple(self._pages)

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._pages.append(PaperPage())
        self.y = 0.0

    def keep(self, height: float) -> None:
        """Go on to the next page if so much has no room on this one."""
        if self.y + height > self.height:
            self.new_page()

    def lines(self, text: str, font: QFont, width: float) -> list[str]:
        """Return the lines into which a text breaks."""
        return [line for part in text.split("\n") for line in self._broken(part, font, width)]

    def _broken(self, text: str, font: QFont, width: float) -> list[str]:
        found: list[str] = []
        while len(text) > _AT_ONCE:
            # The last line may go on in what follows.
            *whole, last = self._laid(text[:_AT_ONCE], font, width)
            found += [line.rstrip() for line in whole]
            text = last + text[_AT_ONCE:]
        return found + [line.rstrip() for line in self._laid(text, font, width)]

    def _laid(self, text: str, font: QFont, width: float) -> list[str]:
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
            units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
            for start, length in found
        ] or [""]

    def text_width(self, text: str, font: QFont) -> float:
        """Return how wide a line of text is."""
        return QFontMetricsF(font, self._device).horizontalAdvance(text) / self.point

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
            self._pages[-1].add(Stroke((left, y, width, high), line, font, flags))
            y += high

    def frame(self, box: Box) -> None:
        """Draw a thin rule around a box."""
        self._pages[-1].add(Stroke(box))

    def picture(self, image: QImage, box: Box) -> None:
        """Draw a picture as large as the box allows, in its middle."""
        self._pages[-1].add(Stroke(box, image=image))


class PaperTable:
    """Draws rows of texts on a ``Sheet``, from where it stands."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], head: QFont, body: QFont) -> None:
        """Share the width of the page among the columns."""
        self._sheet, self._columns, self._head, self._body = sheet, columns, head, body
        left = sheet.width - sum(column.points for column in columns)
        weights = sum(column.weight for column in columns) or 1
        self._widths = [column.points or left * column.weight / weights for column in columns]
        self._step = max(sheet.line_height(font) for font in (head, body))
        self._has_header = any(column.title for column in columns)
        self._titles = self._cells([column.title for column in columns], [head] * len(columns))

    def _fonts(self) -> list[QFont]:
        return [self._head if column.label else self._body for column in self._columns]

    def _cells(self, texts: Sequence[str], fonts: Sequence[QFont]) -> list[list[str]]:
        return [
            self._sheet.lines(text, font, width - 2 * _PADDING)
            for text, font, width in zip(texts, fonts, self._widths, strict=True)
        ]

    def header(self) -> None:
        """Draw the header row, if the columns have titles."""
        if self._has_header:
            centre = [Qt.AlignmentFlag.AlignHCenter] * len(self._columns)
            self._row(self._titles, [self._head] * len(self._columns), centre)

    def row(self, texts: Sequence[str], least: float = 0, below: float = 0) -> None:
        """Draw a row at least so high, on the next page if it has no room on this one.

        What follows it and must not stand alone on the next page is so high: ``below``.
        """
        fonts, sides = self._fonts(), [column.side for column in self._columns]
        cells = self._cells(texts, fonts)
        needed = max(self._height(cells), least)
        sheet = self._sheet
        above = self._height(self._titles) if self._has_header else 0
        room = sheet.height - above
        if sheet.y + needed > sheet.height:
            if needed <= room or self._lines_left() < 1:
                self._next_page()
        elif sheet.y + needed + below > sheet.height and needed + below <= room:
            self._next_page()
        while sheet.y + self._height(cells) > sheet.height:
            room = self._lines_left()
            # Texts that go on over pages all begin at the top, or they would end apart.
            most = max(map(len, cells))
            cells = [[*lines, *[""] * (most - len(lines))] for lines in cells]
            self._row([lines[:room] for lines in cells], fonts, sides)
            cells = [lines[room:] for lines in cells]
            self._next_page()
        self._row(cells, fonts, sides, least)

    def height(self, texts: Sequence[str], least: float = 0) -> float:
        """Return how high a row will be."""
        return max(self._height(self._cells(texts, self._fonts())), least)

    def _next_page(self) -> None:
        self._sheet.new_page()
        self.header()

    def _lines_left(self) -> int:
        sheet = self._sheet
        return int((sheet.height - sheet.y - 2 * _PADDING) / self._step)

    def _height(self, cells: Sequence[Sequence[str]]) -> float:
        return max(map(len, cells)) * self._step + 2 * _PADDING

    def _row(
        self,
        cells: Sequence[Sequence[str]],
        fonts: Sequence[QFont],
        sides: Sequence[Qt.AlignmentFlag],
        least: float = 0,
    ) -> None:
        sheet = self._sheet
        high = max(self._height(cells), least)
        left = 0.0
        for lines, font, side, width in zip(cells, fonts, sides, self._widths, strict=True):
            sheet.frame((left, sheet.y, width, high))
            box = (left + _PADDING, sheet.y, width - 2 * _PADDING, high)
            sheet.write(lines, font, box, side)
            left += width
        sheet.y += high
