"""Text and tables on paper, from HTML, with page numbers below."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QTextDocument,
)

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.paper_fonts import SONG, paper_font
from sanyou_desktop.desktop.printing.printable import Turned, page, painting, untold
from sanyou_desktop.wording import _

_POINTS = 12
_FOOT_POINTS = 9
# Of the line below the text that holds the page number, in points.
_FOOT_HEIGHT = 24


@dataclass(frozen=True)
class HtmlPrint:
    """A document of Qt's rich text; sizes in its styles are in pt.

    ``numbered`` prints 第 1 页 共 3 页 below each page of several.
    """

    title: str
    html: str
    holds: Holding = field(default_factory=Holding)
    layout: QPageLayout = field(default_factory=page)
    font: QFont = field(default_factory=lambda: paper_font(SONG, _POINTS))
    numbered: bool = True

    def draw(self, device: QPagedPaintDevice, turned: Turned = untold) -> None:
        """Draw every page."""
        with painting(device) as painter:
            self._draw(device, painter, turned)

    def _draw(self, device: QPagedPaintDevice, painter: QPainter, turned: Turned) -> None:
        area = QRectF(painter.viewport())
        point = painter.device().logicalDpiY() / 72
        foot = _FOOT_HEIGHT * point if self.numbered else 0
        body = QSizeF(area.width(), area.height() - foot)
        document = self._document(device, body)
        context = QAbstractTextDocumentLayout.PaintContext()
        # Paper is white, also where the window is dark.
        context.palette.setColor(context.palette.ColorRole.Text, Qt.GlobalColor.black)
        count = document.pageCount()
        for number in range(count):
            if number:
                device.newPage()
            painter.save()
            painter.translate(0, -number * body.height())
            context.clip = QRectF(0, number * body.height(), body.width(), body.height())
            painter.setClipRect(context.clip)
            document.documentLayout().draw(painter, context)
            painter.restore()
            if self.numbered and count > 1:
                self._number(painter, area, foot, number + 1, count)
            turned(number + 1, count)

    def _document(self, device: QPagedPaintDevice, body: QSizeF) -> QTextDocument:
        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font)
        document.setHtml(self.html)
        document.setPageSize(body)
        return document

    def _number(
        self, painter: QPainter, area: QRectF, foot: float, number: int, count: int
    ) -> None:
        painter.setFont(paper_font(SONG, _FOOT_POINTS))
        painter.setPen(Qt.GlobalColor.black)
        text = _("第 {number} 页 共 {count} 页").format(number=number, count=count)
        line = QRectF(area.left(), area.height() - foot, area.width(), foot)
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, text)
