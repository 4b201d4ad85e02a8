"""The left of a page: search box, list, and the numbers below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from sanyou_desktop.desktop.lists.bulk_bar import BulkBar
from sanyou_desktop.desktop.lists.columns import usual_columns
from sanyou_desktop.desktop.lists.record_list import RecordList
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import icon_button
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.search_box import SearchBox
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.lists.column_popup import ColumnPopup


class ListPane(QWidget):
    """Puts the parts of a list together; ``copy_as_new_wanted`` comes from its menu.

    Attributes:
        usual: the columns shown until the user chooses others.
    """

    copy_as_new_wanted = Signal()

    def __init__(self, kind: str, session: Session, parent: QWidget | None = None) -> None:
        """Lay the parts out."""
        super().__init__(parent)
        self._kind = kind
        self._session = session
        self._total = 0
        self.usual = usual_columns(kind)
        self.search = SearchBox(_("搜索标题、内容、拼音首字母"))
        self.list = RecordList(kind, session)
        self.bar = BulkBar(kind, session)
        self.columns_button = icon_button("columns-3", _("选择列"), self._columns_below_button)
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.search, 1)
        top.addWidget(self.columns_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.bar)
        self._connect()

    def _connect(self) -> None:
        self.search.left_downwards.connect(self.list.table.setFocus)
        self.list.header.menu_wanted.connect(self.choose_columns)
        self.list.selection_changed.connect(self.bar.show_selected)
        self.list.counted.connect(lambda _found: self.show_numbers())
        self.list.table.menu_wanted.connect(self._offer)
        self._session.operations.changed.connect(self._on_changed)

    def take_keyboard(self) -> None:
        """Give the keyboard to the list; not by a focus proxy, see ``Page.take_keyboard``."""
        self.list.table.setFocus()

    def count_all(self) -> None:
        """Find out how many records there are without search and filters."""
        self._session.jobs.read(
            lambda ledger: ledger.count(self._kind, Query()), self._counted_all, owner=self
        )

    def _counted_all(self, total: int) -> None:
        self._total = total
        self.show_numbers()

    def show_numbers(self) -> None:
        """Show how many records there are and how many are found."""
        filtered = self.list.is_filtered
        outside = filtered and bool(self.list.current_id) and not self.list.is_current_listed
        found = self.list.total if filtered else None
        self.bar.show_numbers(max(self._total, found or 0), found, outside=outside)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(self._kind):
            self.count_all()

    def choose_columns(self, at: QPoint) -> ColumnPopup:
        """Open the panel of columns at a point of the screen."""
        from sanyou_desktop.desktop.lists.column_popup import ColumnPopup

        popup = ColumnPopup(self._kind, self.list.header.visual_columns(), self.usual, self)
        popup.changed.connect(self.list.set_columns)
        popup.show_at(at)
        return popup

    def _columns_below_button(self) -> None:
        self.choose_columns(
            self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft())
        )

    def row_menu(self) -> QMenu:
        """Return what can be done with the selected rows."""
        menu = QMenu(self)
        several = self.list.table.selected_count() > 1
        may_write = not self._session.read_only
        if not several:
            menu.addAction(_("打开")).triggered.connect(self.list.open_current)
            copy_as_new = menu.addAction(_("复制为新记录"))
            copy_as_new.triggered.connect(self.copy_as_new_wanted)
            copy_as_new.setEnabled(may_write)
        menu.addAction(_("复制到剪贴板")).triggered.connect(self.list.copy_selected)
        if several and may_write:
            menu.addMenu(self.bar.menu(menu))
        menu.addSeparator()
        delete = menu.addAction(_("删除"))
        delete.triggered.connect(self.bar.delete_wanted)
        delete.setEnabled(may_write)
        return menu

    def _offer(self, at: QPoint) -> None:
        menu = self.row_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
