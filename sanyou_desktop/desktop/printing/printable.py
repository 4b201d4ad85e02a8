"""Something that can be drawn on paper: a check sheet, a public notice, a supervision slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.wording import _

# Told the pages drawn and in all after each; may raise to stop.
Turned = Callable[[int, int], None]


def untold(_done: int, _total: int) -> None:
    """Tell nobody how many pages are drawn."""


class Printable(Protocol):
    """A title, a page, and how to draw it, on any thread."""

    @property
    def title(self) -> str:
        """What it is called, in the user's words; also the suggested file name."""

    @property
    def layout(self) -> QPageLayout:
        """The page it was made for; margins are in millimetres."""

    @property
    def holds(self) -> Holding:
        """Which records it shows, for the log of what left the ledger."""

    def draw(self, device: QPagedPaintDevice, turned: Turned = untold) -> None:
        """Draw every page on a device that has the layout already.

        Raises:
            CannotWrite: the device takes nothing.
        """


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
        painter.end()


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
