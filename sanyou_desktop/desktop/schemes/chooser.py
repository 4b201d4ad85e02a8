"""Choosing among lists: search, the lists, and what the current one holds.

It knows no ledger: whoever shows it hands in the offers. With ``several`` each has a box to tick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from sanyou_desktop.desktop.schemes.offer_list import OfferList
from sanyou_desktop.desktop.schemes.offers import Offer
from sanyou_desktop.desktop.schemes.preview import SchemePreview
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.search_box import SearchBox
from sanyou_desktop.wording import _

_LEFT, _RIGHT = 11, 9


class SchemeChooser(QWidget):
    """Shows offers and says which are chosen.

    Signals:
        changed: what is chosen has changed.
        decided: the user chose with Return or a double click.
    """

    changed = Signal()
    decided = Signal()

    def __init__(self, *, several: bool, parent: QWidget | None = None) -> None:
        """Start without offers."""
        super().__init__(parent)
        self.search = SearchBox(_("搜索名称、出处、条目"))
        self.list = OfferList(several=several)
        self.preview = SchemePreview()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, SPACE_2, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        panes = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        panes.addWidget(left)
        panes.addWidget(self.preview)
        panes.setStretchFactor(0, _LEFT)
        panes.setStretchFactor(1, _RIGHT)
        panes.setSizes([1000 * _LEFT, 1000 * _RIGHT])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panes)
        self.search.search.connect(self.list.narrow)
        self.search.left_downwards.connect(self.list.setFocus)
        self.list.moved.connect(self._moved)
        self.list.ticked.connect(self.changed)
        self.list.decided.connect(self.decided)

    def show_offers(
        self, offers: Sequence[Offer], *, tick: Callable[[Offer], bool] = lambda _offer: False
    ) -> None:
        """Offer these lists, those ticked that ``tick`` picks out."""
        self.list.show_offers(offers, tick=tick)
        self._moved()

    def go_to(self, wanted: Callable[[Offer], bool]) -> None:
        """Make the first list that ``wanted`` picks out the current one, if there is one."""
        self.list.go_to(wanted)

    def chosen(self) -> list[Offer]:
        """Return what is chosen, in the order shown."""
        return self.list.chosen()

    def _moved(self) -> None:
        self.preview.show_offer(self.list.current())
        self.changed.emit()
