"""The pages of the document before it is written, and what the operator should know of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.printing.page_feed import PageFeed
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4
from sanyou_desktop.desktop.widgets.page_view import PageView
from sanyou_desktop.exchange.page_pictures import PagePictures
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 820, 920


@dataclass(frozen=True)
class ToSee:
    """A document to be looked at."""

    pages: PagePictures
    remarks: tuple[str, ...]


class SummaryPreview(QDialog):
    """Shows the pages as the .pdf has them; they are drawn on another thread as they come up."""

    def __init__(self, parent: QWidget, session: Session, looked: ToSee) -> None:
        """Take over the open document, which is closed with the dialog."""
        super().__init__(parent)
        self._looked = looked
        self.setWindowTitle(_("总结材料预览"))
        self.view = PageView()
        self.place = text_label("", "muted")
        self._feed = PageFeed(self.view, session.jobs)
        self._feed.draw = self._draw
        self.view.turned.connect(self._tell)
        self.view.set_pages(looked.pages.sizes)
        self.finished.connect(lambda _result: looked.pages.close())
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.view, 1)
        column.addLayout(self._foot())
        self._tell(0)
        self.resize(_WIDTH, _HEIGHT)
        self.view.setFocus()

    def _foot(self) -> QHBoxLayout:
        close = button(_("关闭"), self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.place)
        foot.addWidget(spacer())
        foot.addWidget(close)
        return foot

    def _tell(self, page: int) -> None:
        words = _("第 {page} 页，共 {pages} 页")
        self.place.setText(words.format(page=page + 1, pages=len(self._looked.pages.sizes)))

    def _draw(self, page: int, width: int) -> QImage:
        made = self._looked.pages.draw(page, width)
        image = QImage(
            made.pixels, made.width, made.height, made.stride, QImage.Format.Format_RGB32
        )
        # The picture must not need the bytes any more.
        return image.copy()
