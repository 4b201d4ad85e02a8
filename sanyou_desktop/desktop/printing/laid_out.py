"""Pages whose every line has its place already: painted on any device, whole or some of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPagedPaintDevice, QPageLayout, QPainter, QPen

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.printable import Turned, painting, untold

_RULE = 0.5
# Looked at together; drawing so many takes no longer than a window may keep one waiting.
_BUNDLE = 8


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

        Frames go to the painter together, and a font that stays is not set again: while the pages
        of a preview are drawn, the window waits.
        """
        # Paper is white, also where the window is dark.
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
        skipped: how many pages come before these in the whole.
        whole: how many pages there are in the whole, 0 for just these.
    """

    title: str
    layout: QPageLayout
    pages: tuple[PaperPage, ...]
    holds: Holding
    foot: Stroke = Stroke((0.0, 0.0, 0.0, 0.0))
    skipped: int = 0
    whole: int = 0

    def draw(self, device: QPagedPaintDevice, turned: Turned = untold) -> None:
        """Draw every page."""
        paint_pages(device, self.pages, self.foot, turned, self.skipped, self.whole)

    def in_parts(self) -> list[LaidOut]:
        """Return the pages in bundles that are looked at one after another."""
        return [
            replace(self, pages=self.pages[at : at + _BUNDLE], skipped=at, whole=len(self.pages))
            for at in range(0, len(self.pages), _BUNDLE)
        ]


def paint_pages(
    device: QPagedPaintDevice,
    pages: Sequence[PaperPage],
    foot: Stroke,
    turned: Turned = untold,
    skipped: int = 0,
    whole: int = 0,
) -> None:
    """Paint pages with the foot below; ``turned`` is told each."""
    below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    flags = int(below) | int(Qt.TextFlag.TextDontClip)
    with painting(device) as painter:
        point = painter.device().logicalDpiY() / 72
        for place, strokes in enumerate(pages, start=1):
            if place > 1:
                device.newPage()
            strokes.paint(painter, point)
            text = foot.text.format(number=skipped + place, count=whole or len(pages))
            if text and foot.font is not None:
                painter.setFont(foot.font)
                painter.drawText(QRectF(*(side * point for side in foot.room)), flags, text)
            turned(place, len(pages))


def _within(room: QRectF, image: QImage) -> QRectF:
    """Return the largest place of the image's shape in the middle of ``room``."""
    size = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    spare = room.size() - size
    return QRectF(room.topLeft() + QPointF(spare.width() / 2, spare.height() / 2), size)
