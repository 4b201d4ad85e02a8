"""The lines of a preview as a table: state, unit, record, what happens, and the side chosen."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
)

from sanyou_desktop.desktop.rollup.lines import (
    MINE,
    OF_REPORTS,
    THEIRS,
    TONES,
    Key,
    Line,
    Words,
    title_of,
)
from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.chip import chip_width, paint_chip
from sanyou_desktop.desktop.widgets.flat_table import FlatDelegate, FlatTable, Index, draw_words
from sanyou_desktop.wording import N_, _

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
SIDE_ROLE = Qt.ItemDataRole.UserRole + 2
_NO_INDEX = QModelIndex()
_STATE, _UNIT, _KIND, _TITLE, _TOLD, _CHOICE = range(6)
_TITLES = (N_("处理"), N_("单位"), N_("类别"), N_("标题"), N_("内容"), N_("决定"))
_CHARACTERS = {_UNIT: 9, _KIND: 5, _TITLE: 11, _CHOICE: 6}
_KEYS = {Qt.Key.Key_1: MINE, Qt.Key.Key_2: THEIRS, Qt.Key.Key_Delete: ""}
_MENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_CHOICE_TONES = {MINE: "good", THEIRS: "good", "": "warn"}


class LinesModel(QAbstractTableModel):
    """Lines, and the sides that were chosen."""

    def __init__(self, words: Words) -> None:
        """Start empty."""
        super().__init__()
        self.words = words
        self.lines: list[Line] = []
        self.choices: dict[Key, str] = {}

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def choose(self, rows: list[int], side: str) -> None:
        """Choose a side for the conflicts among some rows; "" leaves them open."""
        keys = [key for row in rows if (key := self.lines[row].key) is not None]
        for key in keys:
            if side:
                self.choices[key] = side
            else:
                self.choices.pop(key, None)
        if keys:
            self.dataChanged.emit(self.index(rows[0], _CHOICE), self.index(rows[-1], _CHOICE))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the columns."""
        return 0 if parent.isValid() else len(_TITLES)

    def choice(self, line: Line) -> str | None:
        """Return the side chosen, "" for none yet; None where there is nothing to choose."""
        return None if line.key is None else self.choices.get(line.key, "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is drawn, read aloud or shown under the mouse."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == SIDE_ROLE:
            return self.choice(line)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (_TITLE, _TOLD):
            return line.whole or line.title
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        choice = self.choice(line)
        texts = (
            title_of(line.state),
            line.unit,
            line.kind,
            line.title or line.place,
            line.told,
            "" if choice is None else _(self.words.sides[choice]),
        )
        return texts[index.column()]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return _(_TITLES[section]) if role == Qt.ItemDataRole.DisplayRole else None


class LinesTable(FlatTable):
    """Chooses by keys: 1 keeps the ledger's value, 2 takes what came, Delete leaves it open.

    Signals:
        chosen: a side was chosen.
        mending_wanted: Enter or F2 was pressed on a line, where it ``mends``.
    """

    chosen = Signal()
    mending_wanted = Signal()

    def __init__(self, words: Words = OF_REPORTS) -> None:
        """Start empty."""
        super().__init__()
        self.mends = False
        self.lines = LinesModel(words)
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("汇总预览"))
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # Of its own, in which nothing is selected: else it asks every row whether it is, to find
        # out whether a whole column is, and 15,000 lines hold the window for 0.15 s.
        header.setSelectionModel(QItemSelectionModel(self.lines, self))
        wide = self.fontMetrics().height()
        for column, characters in _CHARACTERS.items():
            self.setColumnWidth(column, characters * wide)
        widest = max(chip_width(title_of(state), self.fontMetrics()) for state in TONES)
        self.setColumnWidth(_STATE, widest + 2 * SPACE_2)
        header.setSectionResizeMode(_TOLD, QHeaderView.ResizeMode.Stretch)

    def show_only(self, *, units: bool, kinds: bool, choices: bool) -> None:
        """Leave out the columns that would say the same on every line, or nothing."""
        for column, shown in ((_UNIT, units), (_KIND, kinds), (_CHOICE, choices)):
            self.setColumnHidden(column, not shown)
        wide = self.fontMetrics().height()
        narrow = (units + kinds + choices) > 1
        self.setColumnWidth(_UNIT, (_CHARACTERS[_UNIT] - 3 * narrow) * wide)
        self.setColumnWidth(_TITLE, (_CHARACTERS[_TITLE] - 3 * narrow) * wide)

    def go_to(self, row: int) -> None:
        """Make one line current and select it alone."""
        # Not selectRow: while Shift is held, it selects nothing, and no key decides the line shown.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        rows = QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.lines.index(row, 0), only | rows)

    def choose(self, side: str) -> None:
        """Choose a side for the selected conflicts."""
        # By ranges: of thousands of rows every cell would be named else.
        ranges = self.selectionModel().selection().toList()
        rows = {row for one in ranges for row in range(one.top(), one.bottom() + 1)}
        self.lines.choose(sorted(rows), side)
        self.chosen.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Draw the selection anew, and tell a screen reader of its first cell.

        Qt would look up every cell of it to find that one: 140 ms for 15,000 lines.
        """
        super().selectionChanged(_first_of(selected), _first_of(deselected))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by key."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.choose(_KEYS[key])
        elif self.mends and key in _MENDING:
            self.mending_wanted.emit()
        else:
            super().keyPressEvent(event)


def _first_of(selection: QItemSelection) -> QItemSelection:
    """Return the first cell of a selection alone."""
    ranges = selection.toList()
    if not ranges:
        return QItemSelection()
    first = ranges[0].topLeft()
    return QItemSelection(first, first)


class _Delegate(FlatDelegate):
    """Draws chips for state and choice."""

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Draw one cell."""
        line = index.data(LINE_ROLE)
        assert isinstance(line, Line)
        text = str(index.data() or "")
        if index.column() == _STATE:
            paint_chip(painter, room, text, TONES.get(line.state, "muted"))
        elif index.column() == _CHOICE and text:
            paint_chip(painter, room, text, _CHOICE_TONES[index.data(SIDE_ROLE)])
        else:
            now = colours()
            is_aside = index.column() in (_UNIT, _KIND)
            draw_words(painter, room, text, now.muted if is_aside else now.text)
