"""Something that can be drawn on paper: a check sheet, a public notice, a supervision slip."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.unlocked import end_unlocked
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.wording import _

# Told the pages drawn and in all after each; may raise to stop.
Turned = Callable[[int, int], None]
# Fonts that pages share are no more to be used on two threads at once than any other object of Qt.
_PAINTING = threading.Lock()
# Of a picture of a page, before it is scaled: what is rounded to dots is not seen.
_DPI = 600
_MM = 25.4


def untold(_done: int, _total: int) -> None:
    """Tell nobody how many pages are drawn."""


class Printable(Protocol):
    """Pages that are laid out, and how to paint each, on any thread."""

    @property
    def title(self) -> str:
        """What it is called, in the user's words; also the suggested file name."""

    @property
    def layout(self) -> QPageLayout:
        """The page it was made for; margins are in millimetres."""

    @property
    def holds(self) -> Holding:
        """Which records it shows, for the log of what left the ledger."""

    @property
    def count(self) -> int:
        """How many pages there are."""

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint page ``number`` (from 0); the painter's window is what may be printed on."""


def draw(printable: Printable, device: QPagedPaintDevice, turned: Turned = untold) -> None:
    """Draw every page on a device that has the layout already; ``turned`` is told each.

    Raises:
        CannotWrite: the device takes nothing.
    """
    count = printable.count
    with painting(device) as painter:
        for number in range(count):
            if number:
                device.newPage()
            with _PAINTING:
                _paint(printable, painter, number)
            turned(number + 1, count)


def picture(printable: Printable, number: int, width: int) -> QImage:
    """Return a picture of page ``number`` (from 0), paper and all, ``width`` pixels wide."""
    paper = printable.layout.fullRectPixels(_DPI)
    inside = printable.layout.paintRectPixels(_DPI)
    scale = width / paper.width()
    image = QImage(width, round(paper.height() * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    dots_a_metre = round(_DPI / _MM * 1000)
    image.setDotsPerMeterX(dots_a_metre)
    image.setDotsPerMeterY(dots_a_metre)
    with _PAINTING:
        painter = QPainter(image)
        # Told to the page only; the scale is set exactly.
        painter.setWindow(0, 0, inside.width(), inside.height())
        painter.setViewTransformEnabled(False)
        painter.scale(scale, scale)
        painter.translate(inside.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _paint(printable, painter, number)
        painter.end()
    return image


def _paint(printable: Printable, painter: QPainter, number: int) -> None:
    painter.save()
    # Paper is white, also where the window is dark.
    painter.setPen(Qt.GlobalColor.black)
    try:
        printable.paint(painter, number)
    finally:
        painter.restore()


@contextmanager
def painting(device: QPagedPaintDevice) -> Iterator[QPainter]:
    """Yield a painter on the device, and end it also when drawing fails: a PDF is written then.

    Raises:
        CannotWrite: the device takes nothing, as a printer that is gone.
    """
    painter = QPainter(device)
    if not painter.isActive():
        raise CannotWrite(_("打印机没有响应，什么也没有打印。请检查打印机，或者先存为 PDF。"))
    try:
        yield painter
    finally:
        # It embeds the fonts, which a page that comes into view is drawn with meanwhile.
        with _PAINTING:
            end_unlocked(painter)


def page(
    size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4,
    *,
    landscape: bool = False,
    margins: tuple[float, float, float, float] = (28, 37, 26, 35),
) -> QPageLayout:
    """Return a page; margins are left, top, right and bottom in millimetres.

    Without others they are those of official documents: 天头 37 mm, 订口 28 mm, 版心 156 by
    225 mm on A4 (GB/T 9704-2012, 5.2).
    """
    orientation = QPageLayout.Orientation
    return QPageLayout(
        QPageSize(size),
        orientation.Landscape if landscape else orientation.Portrait,
        QMarginsF(*margins),
        QPageLayout.Unit.Millimeter,
    )
