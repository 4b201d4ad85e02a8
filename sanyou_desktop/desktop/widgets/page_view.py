"""Pages one below the other, each drawn when it comes into view: a .pdf of any length at once."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.tokens import SPACE_3
from sanyou_desktop.wording import _

_WIDEST = 900
# Some screens of pages; at 200 % a page is 10 MB.
_MOST_KEPT = 8


class PageView(QAbstractScrollArea):
    """Asks for the pictures it needs by ``wanted`` (page from 0, width in pixels).

    They may come at any time by ``put``; until then a page is blank paper.
    """

    wanted = Signal(int, int)
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, widest: int = _WIDEST) -> None:
        """Start without pages; none will be more than ``widest`` wide."""
        super().__init__(parent)
        self._widest = widest
        self._is_whole = False
        self.setAccessibleName(_("预览"))
        self._ratios: list[float] = []
        self._tops: list[int] = []
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: set[int] = set()
        self._width = 0
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())

    def set_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show blank pages of these sizes, width and height in any unit."""
        self._ratios = [height / width for width, height in sizes]
        self._forget()
        self._place()
        self.verticalScrollBar().setValue(0)

    def show_whole(self, wanted: bool) -> None:
        """Show pages as large as the view shows whole, or as wide as it is."""
        self._is_whole = wanted
        self._place_again()

    def put(self, page: int, picture: QImage) -> None:
        """Take the picture of a page, if it is of the size that is wanted now."""
        self._asked.discard(page)
        if page < len(self._ratios) and picture.width() == self._pixels():
            self._pictures[page] = picture
            while len(self._pictures) > _MOST_KEPT:
                self._pictures.popitem(last=False)
        self.viewport().update()

    def give_up(self, page: int) -> None:
        """Ask for a page again when it comes back into view; nobody draws it now."""
        self._asked.discard(page)

    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._ratios)

    def is_in_view(self, page: int) -> bool:
        """Tell whether anything of a page is seen."""
        return page in self._in_view()

    def page(self) -> int:
        """Return the page (from 0) that stands in the middle of the view, -1 without pages."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return bisect_right(self._tops, middle) - 1

    def go_to(self, page: int) -> None:
        """Bring the top of a page to the top of the view."""
        if 0 <= page < len(self._tops):
            self.verticalScrollBar().setValue(self._tops[page] - SPACE_3)

    def sizeHint(self) -> QSize:
        """Return the size at which one page is seen whole."""
        return QSize(720, 900)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the pages anew; pictures of another width are of no use."""
        super().resizeEvent(event)
        self._place_again()

    def _place_again(self) -> None:
        page = self.page()
        self._place()
        self.go_to(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with Page Up and Page Down, go to the ends with Home and End."""
        last = len(self._ratios) - 1
        target = {
            Qt.Key.Key_PageDown: min(self.page() + 1, last),
            Qt.Key.Key_PageUp: max(self.page() - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self.go_to(target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view, and ask for those that are missing."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(colours().canvas))
        for page in self._in_view():
            place = self._rect(page)
            painter.fillRect(place, Qt.GlobalColor.white)
            picture = self._pictures.get(page)
            if picture is not None:
                self._pictures.move_to_end(page)
                painter.drawImage(place, picture)
            elif page not in self._asked:
                self._asked.add(page)
                self.wanted.emit(page, self._pixels())
            painter.setPen(QColor(colours().line_strong))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()

    def _in_view(self) -> list[int]:
        view, shown = self.viewport().rect(), self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, shown) - 1, 0)
        last = bisect_right(self._tops, shown + view.height())
        return [page for page in range(first, last) if self._rect(page).intersects(view)]

    def _rect(self, page: int) -> QRect:
        left = (self.viewport().width() - self._width) // 2
        top = self._tops[page] - self.verticalScrollBar().value()
        return QRect(left, top, self._width, round(self._width * self._ratios[page]))

    def _pixels(self) -> int:
        return round(self._width * self.devicePixelRatioF())

    def _place(self) -> None:
        width = max(1, min(self.viewport().width() - 2 * SPACE_3, self._widest))
        if self._is_whole and self._ratios:
            high = self.viewport().height() - 2 * SPACE_3
            width = max(1, min(width, int(high / max(self._ratios))))
        if width != self._width:
            self._width = width
            self._forget()
        self._tops, top = [], SPACE_3
        for ratio in self._ratios:
            self._tops.append(top)
            top += round(width * ratio) + SPACE_3
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, top - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.fontMetrics().height() * 3)
        self.viewport().update()

    def _forget(self) -> None:
        self._pictures.clear()
        self._asked.clear()

    def _scrolled(self) -> None:
        self.viewport().update()
        self.turned.emit(self.page())
