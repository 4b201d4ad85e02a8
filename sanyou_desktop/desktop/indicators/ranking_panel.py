"""Units side by side by one indicator; Enter leads to the records behind a unit's number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.indicators.look import Standing
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.copy_table import CopyTable
from sanyou_desktop.model.indicators.ranking import Ranked, ranking
from sanyou_desktop.model.indicators.register import INDICATORS, Indicator
from sanyou_desktop.model.indicators.report import Reading, reading
from sanyou_desktop.model.indicators.words import UNDEFINED, change_words, value_words
from sanyou_desktop.wording import _

_FIRST = "rectification_rate"
# Nobody reads on here; the export has them all.
_MOST = 1000


class RankingTable(CopyTable):
    """Emits ``opened`` with the row that Enter or a double click is about."""

    opened = Signal(int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setAccessibleName(_("单位排名"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.cellDoubleClicked.connect(lambda row, _column: self.opened.emit(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class RankingPanel(QWidget):
    """Shows one indicator of every unit, the whole above them.

    Signals:
        opened: key of the indicator and code of the unit whose records are wanted.
    """

    opened = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._standing = Standing({}, (), {})
        self.ranked: list[Ranked] = []
        self.choice = CalmComboBox()
        self.choice.setAccessibleName(_("排名的指标"))
        for indicator in INDICATORS:
            self.choice.addItem(_(indicator.title), indicator.key)
        self.choice.setCurrentIndex(self.choice.findData(_FIRST))
        self.choice.activated.connect(lambda _index: self._draw())
        self.copy_button = button(_("复制表格"), self.copy, icon_name="copy")
        self.order = text_label("", "muted")
        self.formula = text_label("", "muted", wrap=True)
        self.table = RankingTable()
        self.table.opened.connect(self._open)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        for part in (self.choice, self.order, spacer(), self.copy_button):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_2, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.formula)

    def show_standing(self, standing: Standing) -> None:
        """Show other numbers."""
        self._standing = standing
        self._draw()

    def copy(self) -> None:
        """Copy the table."""
        self.table.copy()

    @property
    def _indicator(self) -> Indicator:
        key = self.choice.currentData()
        return next(indicator for indicator in INDICATORS if indicator.key == key)

    def _draw(self) -> None:
        indicator, standing = self._indicator, self._standing
        self.ranked = ranking(indicator, standing.units)[:_MOST]
        rows = [self._cells(one) for one in self.ranked]
        if standing.whole:
            now, *rest = standing.whole
            whole = reading(indicator, now, year_before=rest[0] if rest else None)
            rows.insert(0, ["", _("全部单位"), *_figures(indicator, whole)])
        header = (_("名次"), _("单位"), _("本期"), _("同比"), _("备注"))
        self.table.show_rows(header, rows, texts=(1, 4))
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        if rows:
            self.table.setCurrentCell(0, 1)
        orders = {"up": _("数值高的在前"), "down": _("数值低的在前")}
        order = orders.get(indicator.better, _("数值大的在前，不分优劣"))
        self.order.setText(_("{order}；按回车或双击看记录").format(order=order))
        formula = _("{title} = {formula}").format(
            title=_(indicator.title), formula=_(indicator.formula)
        )
        self.formula.setText(formula)

    def _cells(self, one: Ranked) -> list[str]:
        place = UNDEFINED if one.place is None else str(one.place)
        name = self._standing.names.get(one.unit, one.unit)
        return [place, name, *_figures(self._indicator, one.reading)]

    def _open(self, row: int) -> None:
        if 0 <= row <= len(self.ranked):
            # Above the units stands the whole.
            unit = self.ranked[row - 1].unit if row else ""
            self.opened.emit(self._indicator.key, unit)


def _figures(indicator: Indicator, read: Reading) -> list[str]:
    parts = [read.note]
    if read.unclear:
        parts.append(_("日期不详 {count} 条未计").format(count=read.unclear))
    return [
        value_words(indicator, read.value),
        change_words(indicator, read.year_before),
        _("；").join(filter(None, parts)),
    ]
