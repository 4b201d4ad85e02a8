"""About records that get a mark: where they had gone, and what else is to be marked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.lists import bulk
from sanyou_desktop.desktop.lists.bulk import BulkChange
from sanyou_desktop.desktop.marking.looking import Known, place_of, what_to_do, when_of
from sanyou_desktop.desktop.not_saved import tell_not_saved
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_WIDTH = 720
_ROWS_HIGH = 8
# Under a place, places, and what else is to be marked; more are counted.
_NAMED, _PLACES, _LISTED = 50, 50, 300
_ID = Qt.ItemDataRole.UserRole
Apply = Callable[[Ledger, list[str]], Changes]


class MarkDialog(QDialog):
    """Tells what is known, and marks what stays ticked; all of it in one action."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        known: Known,
        apply: Apply,
        *,
        asked: int = 0,
        mark: str = "",
    ) -> None:
        """Show what is known of records.

        Args:
            parent: over which it opens.
            session: the open ledger.
            known: of the records.
            apply: changes the ledger, given the ids that are ticked.
            asked: how many records are yet to be marked themselves, 0 if they are already.
            mark: in words.
        """
        super().__init__(parent)
        self._session, self._known, self._apply = session, known, apply
        self._asked, self._mark = asked, mark
        self.setWindowTitle(_("标密级"))
        self.setMinimumWidth(_WIDTH)
        self.places, self.others = self._make_places(), self._make_others()
        self.banner = Banner()
        self.go = button("", self.carry_out, role="primary", icon_name="lock")
        self.leave = button(_("取消") if asked else _("不标"), self.reject)
        self._lay_out()
        self.others.itemChanged.connect(lambda *_args: self._count())
        self._count()
        self.go.setDefault(True)
        (self.others if known.made else self.go).setFocus()

    def _lay_out(self) -> None:
        known = self._known
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        if known.left:
            gone = _("其中 {count} 条没有密级时已经离开台账，共 {places} 处")
            told = gone.format(count=len(known.gone), places=len(known.left))
            column.addWidget(text_label(told, "section", wrap=True))
            column.addWidget(self.places)
            advice = what_to_do([one.line for one in known.left])
            column.addWidget(text_label(advice, "muted", wrap=True))
        if known.made:
            told = _("由它们产生、还没有密级的记录 {count} 条").format(count=len(known.made))
            column.addWidget(text_label(told, "section", wrap=True))
            line = _("这些记录可能写着同样的内容，勾选的一并标上「{mark}」，可以一次撤销。")
            column.addWidget(text_label(line.format(mark=self._mark), "muted", wrap=True))
            column.addWidget(self.others)
        column.addWidget(self.banner)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for made in (spacer(), self.leave, self.go):
            foot.addWidget(made)
        column.addLayout(foot)
        # Texts that wrap are higher than their hint says.
        high = column.totalHeightForWidth(_WIDTH)
        self.setMinimumHeight(high)
        self.resize(_WIDTH, high)

    def _make_places(self) -> QTreeWidget:
        tree = _tree([_("去向"), _("时间"), _("记录")], _("去过哪里"))
        for place in self._known.left[:_PLACES]:
            count = _("{count} 条").format(count=len(place.ids))
            item = QTreeWidgetItem([place_of(place.line), when_of(place.line), count])
            item.setToolTip(0, place.line.target)
            for record_id in place.ids[:_NAMED]:
                item.addChild(QTreeWidgetItem([self._known.name(record_id)]))
            if len(place.ids) > _NAMED:
                more = _("还有 {count} 条没有列出").format(count=len(place.ids) - _NAMED)
                item.addChild(QTreeWidgetItem([more]))
            tree.addTopLevelItem(item)
        unlisted = len(self._known.left) - _PLACES
        if unlisted > 0:
            told = _("另有 {count} 处没有列出").format(count=f"{unlisted:,}")
            tree.addTopLevelItem(QTreeWidgetItem([told]))
        _fit(tree)
        return tree

    def _make_others(self) -> QTreeWidget:
        tree = _tree([_("记录"), _("种类"), _("由来")], _("一并标密级的记录"))
        tree.setRootIsDecorated(False)
        shown = self._known.made[:_LISTED]
        for one in shown:
            declared = kind_of(one.kind)
            why = _("{field}：{record}").format(
                field=_(declared.fields[one.key].title), record=self._source(one.source)
            )
            item = QTreeWidgetItem([f"{one.number} {one.title}".strip(), _(declared.title), why])
            for place in range(3):
                item.setToolTip(place, item.text(place))
            _offer(tree, item, [one.id])
        others = [one.id for one in self._known.made[_LISTED:]]
        if others:
            more = _("另有 {count} 条没有列出").format(count=f"{len(others):,}")
            _offer(tree, QTreeWidgetItem([more]), others)
        _fit(tree)
        return tree

    def _source(self, record_id: str) -> str:
        _kind, number, title = self._known.titles.get(record_id, ("", "", ""))
        return number or title

    @property
    def chosen(self) -> list[str]:
        """The ids of those that are ticked."""
        items = [self.others.topLevelItem(at) for at in range(self.others.topLevelItemCount())]
        return [
            record_id
            for item in items
            if item is not None and item.checkState(0) == Qt.CheckState.Checked
            for record_id in item.data(0, _ID)
        ]

    def _count(self) -> None:
        count = self._asked + len(self.chosen)
        self.go.setText(_("给 {count} 条标上{mark}").format(count=count, mark=self._mark))
        self.go.setEnabled(bool(count))

    def carry_out(self) -> None:
        """Mark them, and close; what is refused is told, and nothing was changed."""
        chosen = self.chosen
        self.go.setEnabled(False)

        def refused(error: Exception) -> None:
            self._count()
            tell_not_saved(self.banner, error)

        self._session.operations.run(
            lambda ledger: self._apply(ledger, chosen),
            owner=self,
            done=lambda _changes: self.accept(),
            failed=refused,
        )


def offer_the_others(parent: QWidget, session: Session, known: Known, record: Record) -> None:
    """Offer to mark what was made from a record that has a mark by now."""
    value = record.confidential
    change = BulkChange("confidential", (value,))
    show(
        MarkDialog(
            parent,
            session,
            known,
            lambda ledger, ids: bulk.apply(ledger, record.kind, ids, change),
            mark=mark_in_words(record.kind, value),
        )
    )


def mark_in_words(kind: str, value: str) -> str:
    """Return a mark as the form names it."""
    return kind_of(kind).fields["confidential"].show(value)


def _offer(tree: QTreeWidget, item: QTreeWidgetItem, ids: list[str]) -> None:
    """Add a ticked item that stands for these records."""
    item.setData(0, _ID, ids)
    item.setCheckState(0, Qt.CheckState.Checked)
    tree.addTopLevelItem(item)


def _tree(header: list[str], name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setHeaderLabels(header)
    tree.setUniformRowHeights(True)
    tree.setAccessibleName(name)
    return tree


def _fit(tree: QTreeWidget) -> None:
    """Be as high as the rows, up to some, and give the first column what is left."""
    head = tree.header()
    head.setStretchLastSection(False)
    head.setSectionResizeMode(0, head.ResizeMode.Stretch)
    for column in (1, 2):
        head.setSectionResizeMode(column, head.ResizeMode.ResizeToContents)
    count = min(max(tree.topLevelItemCount(), 3), _ROWS_HIGH)
    high = max(tree.sizeHintForRow(0), tree.fontMetrics().height())
    tree.setFixedHeight(head.sizeHint().height() + count * high + 2 * tree.frameWidth())
