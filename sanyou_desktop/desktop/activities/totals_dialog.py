"""What the activities of the list come to: money and quantities, with what the totals hide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from sanyou_desktop.desktop.copied_cells import copied_cells
from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.lists.copying import copy_noted
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.activity_totals import Sum, Totals, totals_of
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 640, 480
_ALL = 10**9


def open_totals(place: Place) -> None:
    """Add up the activities that the list shows, or those selected if there are several."""
    page = place.widget
    assert isinstance(page, RecordPage)
    query = page.list.model.query

    def look(ids: list[str]) -> None:
        chosen = frozenset(ids) if len(ids) > 1 else None

        def tell(found: AddedUp) -> None:
            show(TotalsDialog(place, found, of_selected=chosen is not None))

        place.session.jobs.read(
            lambda ledger: add_up(ledger, query, chosen), tell, owner=place.widget
        )

    place.selected(look)


@dataclass(frozen=True)
class AddedUp:
    """Totals, and the activities among those added up that have a mark, revision by id."""

    totals: Totals
    marked: Mapping[str, int]


def add_up(ledger: Ledger, query: Query, chosen: frozenset[str] | None) -> AddedUp:
    """Return the totals of what a query selects, of ``chosen`` ids only if given."""
    columns = ("amount", "quantities", "confidential", "revision")
    lines = ledger.page("activity", query, columns, 0, _ALL)
    wanted = [line for line in lines if chosen is None or line.id in chosen]
    marked = {line.id: line.values[3] for line in wanted if line.values[2]}
    return AddedUp(totals_of(line.values[:2] for line in wanted), marked)


class TotalsDialog(QDialog):
    """A table that can be copied into a report."""

    def __init__(self, place: Place, added: AddedUp, *, of_selected: bool) -> None:
        """Show the totals, the money first."""
        super().__init__(place.widget)
        self._session, self._marked = place.session, added.marked
        found = added.totals
        self.setWindowTitle(_("合计数量与金额"))
        words = (
            _("所选 {count} 条活动的合计。") if of_selected else _("列表中 {count} 条活动的合计。")
        )
        explained = _("同一名目、同一单位的数量才相加；约数和没有数字的逐一注明。")
        self.words = text_label(words.format(count=f"{found.activities:,}") + explained, "muted")
        self.words.setWordWrap(True)
        self._lines = [*([found.money] if found.money else []), *found.quantities]
        self.table = self._make_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        self.nothing = text_label(_("这些活动没有填写数量或金额。"), "muted")
        self.nothing.setVisible(not self._lines)
        self.table.setVisible(bool(self._lines))
        column.addWidget(self.nothing)
        if not self._lines:
            column.addStretch()
        self.copy_button = button(_("复制表格"), self.copy, icon_name="copy")
        self.copy_button.setEnabled(bool(self._lines))
        close = button(_("关闭"), self.accept, role="primary")
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.copy_button)
        foot.addWidget(spacer(), 1)
        foot.addWidget(close)
        column.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT if self._lines else self.sizeHint().height())

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._lines), 3)
        table.setHorizontalHeaderLabels([_("名目"), _("合计"), _("项数")])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, words in ((1, _("合计")), (2, _("项数"))):
            title = QTableWidgetItem(words)
            title.setTextAlignment(right)
            table.setHorizontalHeaderItem(place, title)
        for row, line in enumerate(self._lines):
            for place, text in enumerate(_cells(line)):
                item = QTableWidgetItem(text)
                if place:
                    item.setTextAlignment(right)
                table.setItem(row, place, item)
        return table

    def copy(self) -> None:
        """Copy the table for a report or a sheet; labels and sums tell of those with a mark."""
        rows = [[_("名目"), _("合计"), _("项数")], *map(_cells, self._lines)]
        cells = copied_cells(rows, (1, 2))
        copy_noted(self, self._session, cells, "totals:activity", self.windowTitle(), self._marked)


def _cells(line: Sum) -> list[str]:
    return [line.label or _("（无名目）"), line.words(), str(line.entries)]
