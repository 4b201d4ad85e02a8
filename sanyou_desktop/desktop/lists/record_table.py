"""The table of a list: its size, keys, selection by rows, and the width of its columns."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from sanyou_desktop.desktop.lists.cell_delegate import CellDelegate
from sanyou_desktop.desktop.lists.columns import STRETCHED, column_width
from sanyou_desktop.desktop.lists.header import ListHeader
from sanyou_desktop.desktop.lists.table_model import RecordTableModel
from sanyou_desktop.desktop.theme.current import current
from sanyou_desktop.desktop.theme.tokens import CONTROL_HEIGHT, ROW_HEIGHT, SPACE_2, SPACE_4

_SHORTEST_TITLE = 8


class RecordTable(QTableView):
    """Says by signals what the user wants; what is done about it is the list's business."""

    open_wanted = Signal()
    delete_wanted = Signal()
    copy_wanted = Signal()
    paste_wanted = Signal()
    widths_changed = Signal()
    menu_wanted = Signal(object)

    def __init__(self, model: RecordTableModel, parent: QWidget | None = None) -> None:
        """Show ``model``."""
        super().__init__(parent)
        self._model = model
        self._widths: dict[str, int] = {}
        self._is_fitting = False
        self.header = ListHeader(self, model)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self, model))
        self._set_behaviour()
        self._set_height()
        self.header.sectionResized.connect(self._resized)
        model.modelReset.connect(self.fit)
        self.doubleClicked.connect(lambda _index: self.open_wanted.emit())
        current.changed.connect(self._set_height)

    def _set_behaviour(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()

    def _set_height(self) -> None:
        """Give rows and header their height, more where the font is large."""
        line = self.fontMetrics().height() + SPACE_4
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, line))
        self.header.setFixedHeight(max(CONTROL_HEIGHT, line))
        self.fit()

    # Columns

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Take the widths that the user gave to columns earlier."""
        self._widths = dict(widths)

    @property
    def widths(self) -> dict[str, int]:
        """The widths that the user gave to columns."""
        return dict(self._widths)

    def fit(self) -> None:
        """Give each column its width and the title what is left."""
        columns = self._model.columns
        if not columns:
            return
        self._is_fitting = True
        metrics = self.fontMetrics()
        taken = 0
        for section, key in enumerate(columns):
            if key == STRETCHED:
                continue
            usual = column_width(self._model.kind, key, self._model.field(section), metrics)
            self.setColumnWidth(section, self._widths.get(key, usual))
            taken += self.columnWidth(section)
        if STRETCHED in columns:
            least = metrics.horizontalAdvance("汉" * _SHORTEST_TITLE) + 2 * SPACE_2
            left = self.viewport().width() - taken
            self.setColumnWidth(columns.index(STRETCHED), max(least, left))
        self._is_fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the title what is left of the new width."""
        super().resizeEvent(event)
        self.fit()

    def _resized(self, section: int, _before: int, now: int) -> None:
        if self._is_fitting or section >= len(self._model.columns):
            return
        self._widths[self._model.columns[section]] = now
        self.widths_changed.emit()

    # Rows

    def selected_ranges(self) -> list[tuple[int, int]]:
        """Return the selected rows as (first, count), from the top."""
        ranges = sorted(
            (item.top(), item.bottom()) for item in self.selectionModel().selection().toList()
        )
        joined: list[tuple[int, int]] = []
        for top, bottom in ranges:
            if joined and top <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
            else:
                joined.append((top, bottom))
        return [(top, bottom - top + 1) for top, bottom in joined]

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return sum(count for _first, count in self.selected_ranges())

    def select_rows(self, rows: list[int], current_row: int | None) -> None:
        """Select just these rows and make one of them current, without scrolling."""
        last = len(self._model.columns) - 1
        selection = QItemSelection()
        for row in rows:
            selection.select(self._model.index(row, 0), self._model.index(row, last))
        model = self.selectionModel()
        at = QModelIndex() if current_row is None else self._model.index(current_row, 0)
        if current_row is None:
            model.clearCurrentIndex()
        else:
            model.setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.viewport().update()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Move by whole rows: Home and End go to the first and last one."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._model.rowCount() - 1,
        }
        if action in ends:
            return self._model.index(ends[action], max(self.currentIndex().column(), 0))
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn keys into wishes."""
        wishes = {
            Qt.Key.Key_Return: self.open_wanted,
            Qt.Key.Key_Enter: self.open_wanted,
            Qt.Key.Key_Delete: self.delete_wanted,
        }
        wish = wishes.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif wish is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            wish.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected rows."""
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).bottomLeft()
            at = self.viewport().mapToGlobal(place)
        if self.selected_count():
            self.menu_wanted.emit(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the mark of the current row in its colour."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            at = self._model.index(0, 0)
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()
