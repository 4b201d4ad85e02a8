"""Pages whose every line has its place already: painted on any device, one by one."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPageLayout, QPainter, QPen

from sanyou_desktop.desktop.printing.holding import Holding

_RULE = 0.5


# Left, top, width and height.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of text in a room, a picture in it, or, without either, its frame.

    Attributes:
        room: in points, from the upper left of what may be printed on.
    """

    room: Box
    text: str = ""
    font: QFont | None = None
    flags: int = 0
    image: QImage | None = None


class PaperPage:
    """The strokes of one page.

    They are kept as plain numbers and texts: a long list has as many as a book has lines, and the
    garbage collector, which looks at whatever is not plain, would hold up the window.
    """

    def __init__(self) -> None:
        """Begin with an empty page."""
        self._rooms = array("d")
        self._flags = array("q")
        self._texts: list[str] = []
        self._fonts: list[QFont | None] = []
        self._images: dict[int, QImage] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[Stroke]:
        sides = iter(self._rooms)
        rooms = zip(sides, sides, sides, sides, strict=True)
        every = zip(rooms, self._texts, self._fonts, self._flags, strict=True)
        for place, (room, text, font, flags) in enumerate(every):
            yield Stroke(room, text, font, flags, self._images.get(place))

    def paint(self, painter: QPainter, point: float) -> None:
        """Draw it all on a device with so many pixels a point.

        Frames go to the painter together, and a font that stays is not set again.
        """
        painter.setPen(QPen(Qt.GlobalColor.black, _RULE * point))
        sides = iter([side * point for side in self._rooms])
        set_font: QFont | None = None
        frames: list[QRectF] = []
        every = zip(zip(sides, sides, sides, sides, strict=True), self._texts, strict=True)
        for place, (room, text) in enumerate(every):
            font = self._fonts[place]
            if font is None:
                image = self._images.get(place)
                if image is None:
                    frames.append(QRectF(*room))
                else:
                    painter.drawImage(_within(QRectF(*room), image), image)
            elif text:
                if font is not set_font:
                    painter.setFont(font)
                    set_font = font
                painter.drawText(QRectF(*room), self._flags[place], text)
        if frames:
            painter.drawRects(frames)

    def add(self, stroke: Stroke) -> None:
        """Draw one more on the page."""
        if stroke.image is not None:
            self._images[len(self)] = stroke.image
        self._rooms.extend(stroke.room)
        self._texts.append(stroke.text)
        self._fonts.append(stroke.font)
        self._flags.append(stroke.flags)


@dataclass(frozen=True)
class LaidOut:
    """A ``Printable`` of laid out pages.

    Attributes:
        foot: stands below every page; its text has the places {number} and {count}.
    """

    title: str
    layout: QPageLayout
    pages: tuple[PaperPage, ...]
    holds: Holding
    foot: Stroke = Stroke((0.0, 0.0, 0.0, 0.0))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.pages)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page with the foot below."""
        point = painter.device().logicalDpiY() / 72
        self.pages[number].paint(painter, point)
        text = self.foot.text.format(number=number + 1, count=self.count)
        if text and self.foot.font is not None:
            below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            flags = int(below) | int(Qt.TextFlag.TextDontClip)
            painter.setFont(self.foot.font)
            painter.drawText(QRectF(*(side * point for side in self.foot.room)), flags, text)


def _within(room: QRectF, image: QImage) -> QRectF:
    """Return the largest place of the image's shape in the middle of ``room``."""
    size = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    spare = room.size() - size
    return QRectF(room.topLeft() + QPointF(spare.width() / 2, spare.height() / 2), size)
