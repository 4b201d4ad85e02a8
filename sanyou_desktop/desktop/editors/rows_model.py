"""Rows inside a record as a table: raw cells, one empty row at the end, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from sanyou_desktop.desktop.editors.cells import Block
from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.model.fields import Choice, Field, Flag, Json, Refused, Rows, is_blank
from sanyou_desktop.model.fields.numbers import Count, Number
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import _

Index = QModelIndex | QPersistentModelIndex
RawRow = dict[str, Json]
Computed = Callable[[RawRow], str]
_STEPS_BACK = 100
_ROOT = QModelIndex()


class RowsModel(QAbstractTableModel):
    """Cells hold what was typed; a row that has content but no key is new.

    ``edited`` comes only of the user's changes. The last row is always empty: typing there adds it.
    """

    edited = Signal()

    def __init__(self, field: Rows) -> None:
        """Show the columns of ``field``."""
        super().__init__()
        self.columns: Mapping[str, Field[Any]] = field.columns
        self.keys = tuple(self.columns)
        self.computed: dict[str, tuple[Computed, Callable[[RawRow], bool]]] = {}
        self.offered: dict[str, Callable[[], dict[str, str]]] = {}
        self.read_only = False
        self._rows: list[RawRow] = []
        self._problems: dict[tuple[int, str], str] = {}
        self._past: list[list[RawRow]] = []

    # What is shown

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the rows and the empty one after them."""
        if parent.isValid():
            return 0
        return len(self._rows) + (0 if self.read_only else 1)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.keys)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Return column titles and row numbers."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return _(self.columns[self.keys[section]].description) or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return "+" if section == len(self._rows) else str(section + 1)
        return _(self.columns[self.keys[section]].title)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Return what a cell shows, holds, or is marked with."""
        key = self.keys[index.column()]
        field = self.columns[key]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.shown(index.row(), key, as_typed=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(field, Flag):
            ticked = self._row(index.row()).get(key) is True
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            at = Qt.AlignmentFlag.AlignLeft
            if isinstance(field, Count | Number):
                at = Qt.AlignmentFlag.AlignRight
            return at | Qt.AlignmentFlag.AlignVCenter
        return self._mark((index.row(), key), role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what may be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        key = self.keys[index.column()]
        if self.read_only or self._is_computed(index.row(), key):
            return flags
        if isinstance(self.columns[key], Flag):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable

    def shown(self, row: int, key: str, *, as_typed: bool = False) -> str:
        """Return the text of a cell: a choice by its label, a computed cell by its value."""
        cells = self._row(row)
        if self._is_computed(row, key):
            return self.computed[key][0](cells)
        raw = cells.get(key)
        field = self.columns[key]
        if isinstance(raw, bool) or raw is None:
            return ""
        if key in self.offered and not as_typed:
            return self.offered[key]().get(str(raw), str(raw))
        if isinstance(field, Choice) and not as_typed:
            return field.show(str(raw))
        return str(raw["as_written"] if isinstance(raw, dict) else raw)

    def _is_computed(self, row: int, key: str) -> bool:
        return key in self.computed and self.computed[key][1](self._row(row))

    def _mark(self, place: tuple[int, str], role: int) -> Any:  # noqa: ANN401 - Qt's variant
        problem = self._problems.get(place)
        if role == Qt.ItemDataRole.BackgroundRole:
            if problem:
                return QColor(colours().bad_tint)
            return QColor(colours().canvas) if self._is_computed(*place) else None
        if problem and role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return problem
        if problem and role == Qt.ItemDataRole.DecorationRole:
            return icon("circle-alert", "bad")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.shown(*place) or None
        return None

    # What it holds

    def raw(self) -> list[RawRow]:
        """Return the rows as entered, without the empty one."""
        return [dict(row) for row in self._rows]

    def load(self, rows: Sequence[Json]) -> None:
        """Show other rows; what was done before can no longer be taken back."""
        self.beginResetModel()
        self._rows = [dict(row) for row in rows if isinstance(row, dict)]
        self._problems = {}
        self._past = []
        self.endResetModel()

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the cells that must be mended."""
        self._problems = {
            (item.row, item.column or self.keys[0]): item.message
            for item in problems
            if item.row is not None
        }
        self._repaint()

    def refresh(self) -> None:
        """Show computed and offered cells anew."""
        self._repaint()

    # Changing it

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401 - Qt's variant
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Enter a cell; typing in the empty row adds it."""
        key = self.keys[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole:
            value = Qt.CheckState(value) == Qt.CheckState.Checked
        elif role != Qt.ItemDataRole.EditRole:
            return False
        new = self._understood(key, value)
        if new == self._row(index.row()).get(key, "") or self.read_only:
            return False
        self._change(lambda rows: _put(rows, index.row(), {key: new}))
        return True

    def paste(self, row: int, column: int, block: Block) -> int:
        """Fill cells from ``row`` and ``column`` on, adding rows as needed.

        Returns:
            How many cells with content had no column to go to.
        """
        keys = self.keys[column:]

        def fill(rows: list[RawRow]) -> None:
            for offset, texts in enumerate(block):
                cells = {
                    key: self._understood(key, text.strip())
                    for key, text in zip(keys, texts, strict=False)
                }
                _put(rows, row + offset, cells)

        self._change(fill)
        return sum(bool(text.strip()) for texts in block for text in texts[len(keys) :])

    def clear(self, places: Sequence[tuple[int, int]]) -> None:
        """Empty cells, given as (row, column)."""

        def empty(rows: list[RawRow]) -> None:
            for row, column in places:
                if row < len(rows):
                    rows[row][self.keys[column]] = ""

        self._change(empty)

    def insert(self, row: int) -> None:
        """Insert a row before ``row``; it stays although it is empty."""
        from sanyou_desktop.model.fields import new_key

        self._change(lambda rows: rows.insert(row, {"key": new_key()}))

    def remove(self, chosen: Sequence[int]) -> None:
        """Remove rows."""

        def drop(rows: list[RawRow]) -> None:
            for row in sorted(set(chosen), reverse=True):
                if row < len(rows):
                    del rows[row]

        self._change(drop)

    def move(self, chosen: Sequence[int], step: int) -> bool:
        """Move rows up (-1) or down (1) together; False at the edge."""
        wanted = sorted(row for row in set(chosen) if row < len(self._rows))
        if not wanted or wanted[0] + step < 0 or wanted[-1] + step >= len(self._rows):
            return False

        def shift(rows: list[RawRow]) -> None:
            for row in wanted if step < 0 else reversed(wanted):
                rows[row + step], rows[row] = rows[row], rows[row + step]

        self._change(shift)
        return True

    def undo(self) -> bool:
        """Take back the last change; False if there is none."""
        if not self._past:
            return False
        self._show(self._past.pop())
        return True

    def _change(self, change: Callable[[list[RawRow]], object]) -> None:
        before = [dict(row) for row in self._rows]
        after = [dict(row) for row in self._rows]
        change(after)
        while after and "key" not in after[-1] and is_blank(after[-1]):
            after.pop()
        if after == before:
            return
        self._past = [*self._past[1 - _STEPS_BACK :], before]
        self._show(after)

    def _show(self, rows: list[RawRow]) -> None:
        """Exchange the rows, telling the view as little as is true."""
        grown = len(rows) - len(self._rows)
        self._problems = {}
        if grown > 0:
            self.beginInsertRows(_ROOT, len(self._rows) + 1, len(rows))
        elif grown < 0:
            self.beginRemoveRows(_ROOT, len(rows) + 1, len(self._rows))
        self._rows = rows
        if grown > 0:
            self.endInsertRows()
        elif grown < 0:
            self.endRemoveRows()
        self._repaint()
        self.edited.emit()

    def _repaint(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(self.rowCount() - 1, 0))

    def _row(self, row: int) -> RawRow:
        return self._rows[row] if row < len(self._rows) else {}

    def _understood(self, key: str, value: Json) -> Json:
        """Return a label as its option's value and 是 as a tick; anything else as typed."""
        field = self.columns[key]
        if key in self.offered and isinstance(value, str):
            return _offered(self.offered[key](), value)
        if not isinstance(field, Choice | Flag) or is_blank(value):
            return False if isinstance(field, Flag) and is_blank(value) else value
        try:
            understood: Json = field.parse(value)
        except Refused:
            return value
        return understood


def _offered(labels: Mapping[str, str], text: str) -> str:
    """Return the key behind a label such as "2. 无投诉", or behind its number or words alone.

    What could be several, and what is none of them, stays as it was pasted.
    """
    if text in labels:
        return text
    named = [key for key, label in labels.items() if label == text]
    if not named:
        parts = ((key, label.partition(". ")) for key, label in labels.items())
        named = [key for key, (number, _dot, words) in parts if text in (number, words)]
    return named[0] if len(named) == 1 else text


def _put(rows: list[RawRow], row: int, cells: Mapping[str, Json]) -> None:
    while len(rows) <= row:
        rows.append({})
    rows[row].update(cells)
