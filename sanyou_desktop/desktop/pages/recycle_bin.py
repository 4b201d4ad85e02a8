"""回收站: what was deleted, of every kind, and its way back. Nothing is ever erased."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.empty_state import EmptyState
from sanyou_desktop.ledger.errors import Recycled
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.wording import _

_PER_KIND = 2000


@dataclass(frozen=True)
class _Deleted:
    id: str
    cells: tuple[str, str, str, str]


class RecycleBinPage(Page):
    """A list of deleted records; several can be restored at once."""

    def __init__(self, session: Session) -> None:
        """Start empty; the first refresh fills it."""
        super().__init__(_("回收站"), session)
        self.restore = button(
            _("恢复所选"), self.restore_chosen, role="primary", icon_name="archive-restore"
        )
        self.head.addWidget(self.restore)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([_("类别"), _("编号"), _("标题"), _("删除时间")])
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._enable)
        self.nothing = EmptyState(
            "archive-restore", _("回收站是空的。删除的记录会先放在这里，可以随时恢复。")
        )
        self.banner = Banner()
        self.column.addWidget(self.banner)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.list, 1)
        session.operations.changed.connect(self._changed)
        self._enable()

    def refresh(self) -> None:
        """Look again."""
        self.session.jobs.read(_deleted, self._show, owner=self)

    def restore_chosen(self) -> None:
        """Take the chosen records back out."""
        ids = [item.data(0, Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
        if ids:
            self._restore(ids)

    def _restore(self, ids: list[str], *, with_needed: bool = False) -> None:
        self.banner.hide()
        self.session.operations.run(
            lambda ledger: ledger.restore(ids, with_needed=with_needed),
            owner=self,
            failed=lambda error: self._not_restored(ids, error),
        )

    def _not_restored(self, ids: list[str], error: Exception) -> None:
        """Say why; where only others that lie here are lacking, offer to restore them as well."""
        if not isinstance(error, Recycled):
            self.banner.show_message(explain(error), "bad")
            return
        self.banner.show_message(
            str(error),
            "warn",
            action=_("连同所引用的一并恢复"),
            run=lambda: self._restore(ids, with_needed=True),
        )

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, rows: list[_Deleted]) -> None:
        self.list.clear()
        for row in rows:
            item = QTreeWidgetItem(list(row.cells))
            item.setData(0, Qt.ItemDataRole.UserRole, row.id)
            self.list.addTopLevelItem(item)
        for column in (0, 1, 3):
            self.list.resizeColumnToContents(column)
        self.list.setColumnWidth(2, 420)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._enable()

    def _enable(self) -> None:
        self.restore.setEnabled(bool(self.list.selectedItems()) and not self.session.read_only)


def _deleted(ledger: Ledger) -> list[_Deleted]:
    rows = []
    query = Query(sort="deleted_at", deleted=True)
    for kind in KINDS.values():
        at = kind.fields["deleted_at"]
        for line in ledger.page(kind.key, query, ("number", "title", "deleted_at"), 0, _PER_KIND):
            number, title, when = line.values
            rows.append(_Deleted(line.id, (_(kind.title), number, title, at.show(when))))
    return rows
