"""The table in which items are judged, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from sanyou_desktop.desktop.inspections.sheet_delegate import SheetDelegate
from sanyou_desktop.desktop.inspections.sheet_keys import BY_KEY
from sanyou_desktop.desktop.inspections.sheet_model import (
    FINDING,
    ITEM,
    NUMBER,
    PLACES,
    REMARK,
    RESULT,
    SCORE,
    SheetModel,
)
from sanyou_desktop.desktop.theme.tokens import ICON_SMALL, SPACE_2, SPACE_3
from sanyou_desktop.model.inspection import Item
from sanyou_desktop.model.judging import judged, with_places
from sanyou_desktop.wording import _

_WIDEST_PART = 0.58
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class SheetView(QTableView):
    """Shows a ``SheetModel``; ``do`` does what a key of ``SHEET_KEYS`` stands for.

    Signals:
        raise_wanted: the place of the item, in the whole list, to raise a finding from.
        self_score_wanted: the unit's own score is to be typed.
    """

    raise_wanted = Signal(int)
    self_score_wanted = Signal()

    def __init__(self, model: SheetModel) -> None:
        """Show ``model``, its first item chosen."""
        super().__init__()
        self._model = model
        self.setModel(model)
        self._drawing = SheetDelegate(self, model)
        self.setItemDelegate(self._drawing)
        self.setAccessibleName(_("检查项目"))
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self._begin_typing(index.row(), index.column()))
        model.judged.connect(self._fit)
        model.modelReset.connect(self._begin_again)
        self._acts: dict[str, Callable[[int], None]] = {
            "pass": lambda row: self._judge(row, "pass"),
            "fail": lambda row: self._judge(row, "fail"),
            "na": lambda row: self._judge(row, "na"),
            "clear": lambda row: self._judge(row, ""),
            "more": lambda row: self._count(row, 1),
            "fewer": lambda row: self._count(row, -1),
            "figure": self._type_figure,
            "remark": lambda row: self._begin_typing(row, REMARK),
            "raise": lambda row: self.raise_wanted.emit(model.place(row)),
            "self": lambda _row: self.self_score_wanted.emit(),
        }
        self.go(0)

    # Where one is

    @property
    def row(self) -> int:
        """The current row, -1 if nothing is shown."""
        return self.currentIndex().row()

    def go(self, row: int) -> None:
        """Go to a row; what was judged meanwhile leaves a list of what is not judged."""
        last = self._model.rowCount() - 1
        if last < 0:
            return
        row = min(max(row, 0), last)
        # A cell that cannot be typed in keeps the input method away from the keys.
        self.setCurrentIndex(self._model.index(row, ITEM))
        self._model.drop_judged(but=row)
        self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _begin_again(self) -> None:
        self.fit()
        self.go(0)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Judge, move or begin to type; keys with Ctrl or Alt are not the table's."""
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            # What the line being typed in has no use for, Return among it, comes here too.
            return
        if event.modifiers() & _MODIFIERS or not self._press(key):
            event.ignore()

    def _press(self, key: int) -> bool:
        moves: dict[int, Callable[[], int]] = {
            Qt.Key.Key_Up: lambda: self.row - 1,
            Qt.Key.Key_Down: lambda: self.row + 1,
            Qt.Key.Key_Home: lambda: 0,
            Qt.Key.Key_End: lambda: self._model.rowCount() - 1,
            Qt.Key.Key_PageUp: lambda: self.row - self._a_page(),
            Qt.Key.Key_PageDown: lambda: self.row + self._a_page(),
        }
        if key in moves:
            self.go(moves[key]())
        elif key in BY_KEY:
            self.do(BY_KEY[key])
        else:
            return False
        return True

    def _a_page(self) -> int:
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        return max((last if last >= 0 else self._model.rowCount() - 1) - first, 1)

    def do(self, name: str) -> None:
        """Do what the key of that name in ``SHEET_KEYS`` does, with the current item."""
        if self.row >= 0:
            self._acts[name](self.row)

    def _judge(self, row: int, result: str) -> None:
        """Judge; one goes on by itself, but stays with what failed, to say why."""
        self._model.change(row, lambda item: judged(item, result))
        if result in ("pass", "na"):
            self.go(row + 1)

    def _count(self, row: int, step: int) -> None:
        def counted(item: Item) -> Item:
            places = (item.occurrences or 0) + step
            return item if places < 0 else with_places(item, places)

        self._model.change(row, counted)

    # Typing

    def _type_figure(self, row: int) -> None:
        """Type the places, or the score of an item that is not marked down by places."""
        item = self._model.item(row)
        by_score = item.deduction is None and item.full_score is not None
        self._begin_typing(row, SCORE if by_score else PLACES)

    def _begin_typing(self, row: int, column: int) -> None:
        if column in (PLACES, SCORE, REMARK):
            self.setCurrentIndex(self._model.index(row, column))
            self.edit(self._model.index(row, column))

    @property
    def has_refused(self) -> bool:
        """Tell whether something typed was refused and not mended or given up yet."""
        refused = self._drawing.refused
        # Its row may have left the list meanwhile.
        return refused is not None and refused[0].isValid()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the next item after Return in a remark, stay otherwise.

        What was refused is there again to be mended, until it is given up by Esc.
        """
        typed = self.currentIndex()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._drawing.refused = None
        if self.has_refused:
            # Not while the line that was typed in is still being taken away.
            QTimer.singleShot(0, self, self._mend)
            return
        entered = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        self.go(typed.row() + (1 if entered and typed.column() == REMARK else 0))

    def _mend(self) -> None:
        if self._drawing.refused is not None:
            at, _typed = self._drawing.refused
            self._begin_typing(at.row(), at.column())

    # Sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between item and remark, and fit the rows to their text."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Size columns and rows anew."""
        header = self.horizontalHeader()
        figures = self.fontMetrics().horizontalAdvance("0")
        em = self.fontMetrics().horizontalAdvance("字")
        widths = {
            NUMBER: 4 * figures + 2 * SPACE_2,
            RESULT: 3 * em + ICON_SMALL + 4 * SPACE_2,
            PLACES: 3 * em + 2 * SPACE_2,
            SCORE: 5 * em + 2 * SPACE_2,
            FINDING: 13 * figures + 2 * SPACE_2,
        }
        for column, width in widths.items():
            header.resizeSection(column, width)
        left = max(self.viewport().width() - sum(widths.values()), 12 * em)
        header.resizeSection(ITEM, int(left * _WIDEST_PART))
        header.resizeSection(REMARK, left - int(left * _WIDEST_PART))
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(em + 2 * SPACE_3)
        for row in range(self._model.rowCount()):
            rows.resizeSection(row, self._drawing.height(row))

    def _fit(self, row: int) -> None:
        high = self._drawing.height(row)
        if self.rowHeight(row) != high:
            self.verticalHeader().resizeSection(row, high)
