"""The sheet in which rows are edited: keys, clipboard and cell editors as people know them."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sanyou_desktop.desktop.copied import cells_there
from sanyou_desktop.desktop.editors.cells import from_clipboard, put_rows
from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.editors.composition import CompositionWatch
from sanyou_desktop.desktop.editors.row_fitting import RowFitting
from sanyou_desktop.desktop.editors.rows_model import RowsModel
from sanyou_desktop.desktop.theme.tokens import ICON_SMALL, ROW_HEIGHT_COMPACT, SPACE_2
from sanyou_desktop.model.fields import Choice, Count, Date, Flag, Number, Text
from sanyou_desktop.wording import _

Index = QModelIndex | QPersistentModelIndex
_LONG_TEXT = 300
_EMS_OF_LONG_TEXT = 10
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class RowsView(QTableView):
    """A sheet: Return goes down, Tab right, typing replaces, Delete clears, blocks paste.

    Signals:
        move_rows: the user wants the chosen rows one up (-1) or down (1).
        pasted_beyond: how many cells of what was pasted had no column to go to.
    """

    move_rows = Signal(int)
    pasted_beyond = Signal(int)

    def __init__(self, model: RowsModel) -> None:
        """Show ``model``."""
        super().__init__()
        self._long_texts: dict[int, int] = {}  # least widths by column
        self._short_texts: dict[int, tuple[int, int]] = {}  # usual and least widths by column
        self._fitting = RowFitting(self)
        self.setProperty("sheet", True)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setWordWrap(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT_COMPACT + 4)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT_COMPACT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        self._size_columns(model)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the texts."""
        super().resizeEvent(event)
        self._share_width()

    def _size_columns(self, model: RowsModel) -> None:
        """Give numbers and choices what they need; the texts share the rest."""
        header = self.horizontalHeader()
        em = self.fontMetrics().horizontalAdvance("字")
        for column, field in enumerate(model.columns.values()):
            title = self.fontMetrics().horizontalAdvance(_(field.title)) + 2 * SPACE_2
            header.resizeSection(column, max(title, self._usual(field) + 2 * SPACE_2))
            if isinstance(field, Text) and field.max_length > _LONG_TEXT:
                self._long_texts[column] = max(title, em * _EMS_OF_LONG_TEXT)
            elif isinstance(field, Text):
                usual = header.sectionSize(column)
                self._short_texts[column] = (usual, max(title, usual - 2 * em))
        header.setMinimumSectionSize(em * 4)

    def _usual(self, field: object) -> int:
        """Return the width of what usually stands in a column."""
        metrics = self.fontMetrics()
        if isinstance(field, Date):
            return metrics.horizontalAdvance("2026-00-00")
        if isinstance(field, Choice):
            # The arrow of its box, while one chooses, stands beside the word.
            words = (metrics.horizontalAdvance(_(option.title)) for option in field.enum)
            return max(words, default=0) + ICON_SMALL
        return metrics.horizontalAdvance("字") * _ems(field)

    def _share_width(self) -> None:
        """Share the width that is left, but keep texts readable: the sheet scrolls instead."""
        header = self.horizontalHeader()
        for column, (usual, _least) in self._short_texts.items():
            header.resizeSection(column, usual)
        others = [column for column in range(header.count()) if column not in self._long_texts]
        left = self.viewport().width() - sum(map(header.sectionSize, others))
        left += self._narrowed(sum(self._long_texts.values()) - left)
        for column, least in self._long_texts.items():
            header.resizeSection(column, max(least, left // len(self._long_texts)))
        if self._long_texts:
            self.fit_rows(0, self.model().rowCount() - 1)

    def _narrowed(self, missing: int) -> int:
        """Take some room from short texts if then all stand side by side; return how much."""
        spare = sum(usual - least for usual, least in self._short_texts.values())
        if not 0 < missing <= spare:
            return 0
        for column, (_usual, least) in self._short_texts.items():
            self.horizontalHeader().resizeSection(column, least)
        return spare

    def rows_chosen(self) -> list[int]:
        """Return the rows of the selected cells, else the current one."""
        rows = {index.row() for index in self.selectedIndexes()}
        if not rows and self.currentIndex().isValid():
            rows = {self.currentIndex().row()}
        return sorted(rows)

    def rows(self) -> RowsModel:
        """Return the model, by its own type."""
        model = self.model()
        assert isinstance(model, RowsModel)
        return model

    def fit_rows(self, first: int, last: int) -> None:
        """Make rows as high as their wrapped text, unless there are too many to measure."""
        self._fitting.fit(first, last)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z from the window, where it takes back what was saved."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.rows().read_only
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys of a sheet; everything else is Qt's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear_cells()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.rows().undo()
        elif not self._sheet_key(event):
            super().keyPressEvent(event)

    def _sheet_key(self, event: QKeyEvent) -> bool:
        key, at = event.key(), self.currentIndex()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.go(-1 if shift else 1)
        elif key in _ARROWS and shift and not control:
            self._widen(*_ARROWS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_cells()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and control:
            self.move_rows.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Tab and self._is_last(at):
            self._leave(forward=True)
        elif key == Qt.Key.Key_Backtab and at.row() <= 0 and at.column() <= 0:
            self._leave(forward=False)
        else:
            return False
        return True

    def _leave(self, *, forward: bool) -> None:
        """Go on to the next widget; while Tab goes through cells, Qt hands it back to the sheet."""
        self.setTabKeyNavigation(False)
        try:
            (self.focusNextChild if forward else self.focusPreviousChild)()
        finally:
            self.setTabKeyNavigation(True)

    def _is_last(self, at: QModelIndex) -> bool:
        model = self.model()
        return at.row() == model.rowCount() - 1 and at.column() == model.columnCount() - 1

    def go(self, step: int) -> None:
        """Move the cursor by rows in the same column."""
        at = self.currentIndex()
        row = min(max(at.row() + step, 0), self.model().rowCount() - 1)
        self.go_to(row, max(at.column(), 0))

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor in a cell and choose it alone.

        Qt's own ``setCurrentIndex`` widens the selection while Ctrl or Shift is held, as it is
        just after Ctrl+S or Ctrl+Up.
        """
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._fitting.reach(row)
        self.selectionModel().setCurrentIndex(self.model().index(row, column), only)

    def _widen(self, down: int, right: int) -> None:
        """Move the corner of the selection that the cursor is in.

        Qt itself widens from the cell that was last clicked, wherever the cursor went since.
        """
        at, model = self.currentIndex(), self.model()
        chosen = self.selectedIndexes() or [at]
        rows, columns = [i.row() for i in chosen], [i.column() for i in chosen]
        fixed = (
            max(rows) if at.row() == min(rows) else min(rows),
            max(columns) if at.column() == min(columns) else min(columns),
        )
        row = min(max(at.row() + down, 0), model.rowCount() - 1)
        column = min(max(at.column() + right, 0), model.columnCount() - 1)
        none = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(model.index(row, column), none)
        self.choose_block(
            (min(fixed[0], row), min(fixed[1], column)), (max(fixed[0], row), max(fixed[1], column))
        )

    def choose_block(self, top_left: tuple[int, int], bottom_right: tuple[int, int]) -> None:
        """Choose a block of cells; the cursor stays where it is."""
        model = self.model()
        block = QItemSelection(model.index(*top_left), model.index(*bottom_right))
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down after Return."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go(1)

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        chosen = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        rows: dict[int, list[str]] = {}
        for row, column in chosen:
            index = self.model().index(row, column)
            text = str(index.data() or "")
            if isinstance(self.rows().columns[self.rows().keys[column]], Flag):
                checked = index.data(Qt.ItemDataRole.CheckStateRole)
                text = _("是") if Qt.CheckState(checked) == Qt.CheckState.Checked else ""
            rows.setdefault(row, []).append(text)
        first = min((column for _row, column in chosen), default=0)
        put_rows(list(rows.values()), list(self.rows().columns.values())[first:])

    def paste(self) -> None:
        """Fill cells from the clipboard, from the top left of the selection on."""
        block = from_clipboard(cells_there())
        if not block or self.rows().read_only:
            return
        chosen = self.selectedIndexes() or [self.currentIndex()]
        row = min((index.row() for index in chosen), default=0)
        column = min((index.column() for index in chosen), default=0)
        beyond = self.rows().paste(max(row, 0), max(column, 0), block)
        self.pasted_beyond.emit(beyond)
        self.fit_rows(max(row, 0), max(row, 0) + len(block))

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        if not self.rows().read_only:
            self.rows().clear([(i.row(), i.column()) for i in self.selectedIndexes()])


def _ems(field: object) -> int:
    """Return how many Chinese characters a column should have room for."""
    if isinstance(field, Flag | Count | Number):
        return 4
    if isinstance(field, Text) and field.max_length > _LONG_TEXT:
        return 12
    return 7


class CellDelegate(QStyledItemDelegate):
    """Gives a cell the editor of its field."""

    def __init__(self, parent: QWidget) -> None:
        """Serve the view ``parent``."""
        super().__init__(parent)
        self._composition = CompositionWatch(self)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a combo box for choices, a box for long texts, a line for the rest."""
        made = self._editor(parent, index)
        made.installEventFilter(self._composition)
        return made

    def _editor(self, parent: QWidget, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, RowsModel)
        key = model.keys[index.column()]
        field = model.columns[key]
        if key in model.offered:
            return self._combo(parent, [("", ""), *model.offered[key]().items()])
        if isinstance(field, Choice):
            options = [("", ""), *((item.value, _(item.title)) for item in field.enum)]
            return self._combo(parent, options)
        if isinstance(field, Text) and field.max_length > _LONG_TEXT:
            return _CellBox(parent, self)
        line = QLineEdit(parent)
        line.setMaxLength(10_000_000)
        return line

    def _combo(self, parent: QWidget, options: list[tuple[str, str]]) -> CalmComboBox:
        combo = CalmComboBox(parent)
        for value, title in options:
            combo.addItem(title, value)
        combo.activated.connect(lambda _index: self._take(combo))
        return combo

    def _take(self, combo: CalmComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's raw value."""
        raw = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, CalmComboBox):
            editor.setCurrentIndex(max(editor.findData(raw), 0))
            editor.showPopup()
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(raw)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(raw)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take over what was entered."""
        if isinstance(editor, CalmComboBox):
            value = str(editor.currentData() or "")
        elif isinstance(editor, QPlainTextEdit):
            value = editor.toPlainText()
        else:
            assert isinstance(editor, QLineEdit)
            value = editor.text()
        model.setData(index, value)
        view = self.parent()
        if isinstance(view, RowsView):
            view.fit_rows(index.row(), index.row())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Cover the cell; a box for long text is at least three lines high."""
        rect = option.rect
        if isinstance(editor, QPlainTextEdit):
            rect.setHeight(max(rect.height(), option.fontMetrics.lineSpacing() * 3 + SPACE_2))
        editor.setGeometry(rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of the wrapped text with air around it."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height() + SPACE_2, ROW_HEIGHT_COMPACT + 4))


class _CellBox(QPlainTextEdit):
    """A box over a cell: Return enters it, Tab goes on."""

    def __init__(self, parent: QWidget, delegate: CellDelegate) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._delegate.commitData.emit(self)
            hint = QAbstractItemDelegate.EndEditHint.SubmitModelCache
            self._delegate.closeEditor.emit(self, hint)
            return
        super().keyPressEvent(event)
