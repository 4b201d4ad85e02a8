"""The table of indicators: a row each, opened to its formula, leading to the records behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from sanyou_desktop.desktop.copied import put_cells
from sanyou_desktop.desktop.copied_cells import copied_cells
from sanyou_desktop.desktop.theme.current import colours, current, tone_colours
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.model.indicators.report import Reading
from sanyou_desktop.model.indicators.words import change_tone, change_words, value_words
from sanyou_desktop.wording import N_, _

_KEY = Qt.ItemDataRole.UserRole
_COLUMNS = (N_("指标"), N_("本期"), N_("环比"), N_("同比"), N_("日期不详"), N_("备注"))
_NAME, _VALUE, _BEFORE, _YEAR_BEFORE, _UNCLEAR, _NOTE = range(6)


class IndicatorTable(QTreeWidget):
    """Emits ``opened`` with the key of an indicator by Enter or a click on its name.

    ``explained`` carries the formula of the row that the keys are on or the mouse is over.
    """

    opened = Signal(str)
    explained = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.readings: tuple[Reading, ...] = ()
        self.rows: list[QTreeWidgetItem] = []
        self.setColumnCount(len(_COLUMNS))
        self.setHeaderLabels([_(title) for title in _COLUMNS])
        self.setAccessibleName(_("指标"))
        self.setFont(tabular(self.font()))
        self.setMouseTracking(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # A double click opens the records, as Enter does, rather than the formula.
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setStretchLastSection(True)
        for place in range(_NOTE):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
            if place > _NAME:
                self._align_right(self.headerItem(), place)
        self.itemActivated.connect(lambda item, _column: self._open(item))
        self.itemClicked.connect(self._clicked)
        self.itemEntered.connect(lambda item, _column: self._explain(item))
        self.currentItemChanged.connect(lambda item, _old: self._explain(item))
        current.changed.connect(self._colour)

    def show_readings(self, readings: tuple[Reading, ...]) -> None:
        """Show other numbers; what is open and where the keys are stays."""
        self.readings = readings
        is_new = len(self.rows) != len(readings)
        if is_new:
            self.clear()
            self.rows = [self._made(reading) for reading in readings]
        for item, reading in zip(self.rows, readings, strict=True):
            self._fill(item, reading)
        self._colour()
        if is_new:
            # Not earlier: the tree measures its columns anew at each cell that changes in it.
            self.addTopLevelItems(self.rows)
            for at in range(len(self.rows)):
                self.setFirstColumnSpanned(0, self.model().index(at, 0), True)

    def copy(self) -> None:
        """Put the whole table on the clipboard, formulas included."""
        block = [[*(_(title) for title in _COLUMNS), _("公式")]]
        for item, reading in zip(self.rows, self.readings, strict=True):
            cells = [item.text(place) for place in range(len(_COLUMNS))]
            block.append([*cells, _(reading.indicator.formula)])
        put_cells(copied_cells(block, range(1, len(_COLUMNS))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by the usual key; open by Enter, also where the system takes a double click."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _made(self, reading: Reading) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        item.setData(_NAME, _KEY, reading.indicator.key)
        item.setText(_NAME, _(reading.indicator.title))
        formula = QTreeWidgetItem(item)
        formula.setText(_NAME, _("公式：{formula}").format(formula=_(reading.indicator.formula)))
        formula.setData(_NAME, _KEY, reading.indicator.key)
        for place in range(len(_COLUMNS)):
            item.setToolTip(place, _(reading.indicator.formula))
        for place in (_VALUE, _BEFORE, _YEAR_BEFORE, _UNCLEAR):
            self._align_right(item, place)
        return item

    def _fill(self, item: QTreeWidgetItem, reading: Reading) -> None:
        indicator = reading.indicator
        item.setText(_VALUE, value_words(indicator, reading.value))
        item.setText(_BEFORE, change_words(indicator, reading.before))
        item.setText(_YEAR_BEFORE, change_words(indicator, reading.year_before))
        unclear = _("{count} 条").format(count=reading.unclear) if reading.unclear else ""
        item.setText(_UNCLEAR, unclear)
        item.setText(_NOTE, reading.note)
        item.setToolTip(_NOTE, reading.note)

    def _colour(self) -> None:
        now = colours()
        for item, reading in zip(self.rows, self.readings, strict=True):
            item.setForeground(_NAME, QColor(now.accent))
            item.setForeground(_NOTE, QColor(now.muted))
            item.setForeground(_UNCLEAR, QColor(now.warn))
            for place, change in ((_BEFORE, reading.before), (_YEAR_BEFORE, reading.year_before)):
                tone = change_tone(reading.indicator, change)
                colour = tone_colours(tone)[0] if tone else now.muted
                item.setForeground(place, QColor(colour))
            formula = item.child(0)
            if formula is not None:
                formula.setForeground(_NAME, QColor(now.muted))

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME and item.parent() is None:
            self._open(item)

    def _open(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.opened.emit(str(item.data(_NAME, _KEY)))

    def _explain(self, item: QTreeWidgetItem | None) -> None:
        key = item.data(_NAME, _KEY) if item is not None else ""
        for reading in self.readings:
            if reading.indicator.key == key:
                title, formula = _(reading.indicator.title), _(reading.indicator.formula)
                words = _("{title} = {formula}").format(title=title, formula=formula)
                self.explained.emit("\n".join(filter(None, (words, reading.note))))

    def _align_right(self, item: QTreeWidgetItem, place: int) -> None:
        side = Qt.AlignmentFlag.AlignLeft if place == _NOTE else Qt.AlignmentFlag.AlignRight
        item.setTextAlignment(place, side | Qt.AlignmentFlag.AlignVCenter)
