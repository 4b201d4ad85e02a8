"""The checklist as it is judged on the spot: a row an item, its score worked out at each key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from sanyou_desktop.model.fields import Refused, fields_of
from sanyou_desktop.model.inspection import RESULTS, Item
from sanyou_desktop.model.judging import with_places, with_score
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.scoring import Outcome, outcome
from sanyou_desktop.wording import N_, _

Index = QModelIndex | QPersistentModelIndex
NUMBER, ITEM, RESULT, PLACES, SCORE, REMARK, FINDING = range(7)
TITLES = (
    N_("序号"),
    N_("检查项目"),
    N_("结果"),
    N_("处数"),
    N_("得分"),
    N_("存在问题"),
    N_("整改问题"),
)  # fmt: skip - in the order of the columns
_RESULT_TITLES = {option.value: option.title for option in RESULTS}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SheetModel(QAbstractTableModel):
    """Holds the items; shows all of them or those that were not judged yet.

    ``items`` is as judged by now, in the order of the list; ``findings`` maps the row key of an
    item to id and number of the finding that was raised from it, ``before`` to what was wrong with
    it when it was inspected last.

    Signals:
        judged: an item was changed; its row as shown.
        refused: what was typed was not taken; its row as shown, and why.
    """

    judged = Signal(int)
    refused = Signal(int, str)

    def __init__(
        self,
        items: Sequence[Item],
        findings: Mapping[str, tuple[str, str]],
        before: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Show all items."""
        super().__init__()
        self.before = before
        self.items = list(items)
        self.findings = dict(findings)
        self._shown = list(range(len(self.items)))
        self.only_unjudged = False

    # What is shown

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many items are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - what Qt asks for has many types
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(TITLES[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (NUMBER, PLACES, SCORE) else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as above
        """Return what a cell shows, or what its editor begins with."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return self._typed(self.item(index.row()), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = _(TITLES[index.column()])
            return _("{title}：{text}").format(
                title=title, text=self.text(index.row(), index.column())
            )
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a cell be chosen; its editor is opened by a key of its own."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in (PLACES, SCORE, REMARK):
            chosen |= Qt.ItemFlag.ItemIsEditable
        return chosen

    def item(self, row: int) -> Item:
        """Return the item in a row as shown."""
        return self.items[self._shown[row]]

    def place(self, row: int) -> int:
        """Return the place of a shown row in the whole list, from 0."""
        return self._shown[row]

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        item = self.item(row)
        if column == NUMBER:
            return str(self._shown[row] + 1)
        if column == ITEM:
            return item.item
        if column == RESULT:
            return _(_RESULT_TITLES[item.result]) if item.result else "—"
        if column == PLACES:
            return "" if item.occurrences is None else str(item.occurrences)
        if column == SCORE:
            return _score(item)
        if column == REMARK:
            return item.remark
        return self.findings.get(item.key, ("", ""))[1]

    def _typed(self, item: Item, column: int) -> str:
        if column == PLACES:
            return "" if item.occurrences is None else str(item.occurrences)
        if column == SCORE:
            return "" if item.score is None else plain(item.score)
        return item.remark

    def outcome(self) -> Outcome:
        """Return the score by now."""
        return outcome(self.items)

    # What changes it

    def change(self, row: int, by: Callable[[Item], Item]) -> None:
        """Put what ``by`` makes of the item of a shown row in its place."""
        place = self._shown[row]
        after = by(self.items[place])
        if after is self.items[place] or after == self.items[place]:
            return
        self.items[place] = after
        self.dataChanged.emit(self.index(row, 0), self.index(row, FINDING))
        self.judged.emit(row)

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401 - as above
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Take what was typed into a cell; what it cannot have leaves it as it was, and is told."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        try:
            self.change(index.row(), _typed_change(index.column(), " ".join(str(value).split())))
        except Refused as refused:
            self.refused.emit(index.row(), str(refused))
            return False
        return True

    def note_finding(self, key: str, record_id: str, number: str) -> None:
        """Show that a finding was raised from the item with that row key."""
        self.findings[key] = (record_id, number)
        for row, place in enumerate(self._shown):
            if self.items[place].key == key:
                self.dataChanged.emit(self.index(row, FINDING), self.index(row, FINDING))

    def replace_items(self, items: Sequence[Item]) -> None:
        """Show another state of the list."""
        self.beginResetModel()
        self.items = list(items)
        self._shown = self._wanted()
        self.endResetModel()

    def show_only_unjudged(self, *, only: bool) -> None:
        """Show what is not judged yet, or everything.

        An item that is judged then stays until the next one is looked at (``drop_judged``), so
        that its remark can still be written.
        """
        self.beginResetModel()
        self.only_unjudged = only
        self._shown = self._wanted()
        self.endResetModel()

    def drop_judged(self, but: int) -> None:
        """Take judged items off the list of those not judged, except that in row ``but``."""
        if not self.only_unjudged:
            return
        for row in range(len(self._shown) - 1, -1, -1):
            if row != but and self.item(row).result:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._shown[row]
                self.endRemoveRows()

    def row_of(self, place: int) -> int:
        """Return the shown row of an item by its place in the list, -1 if it is not shown."""
        return self._shown.index(place) if place in self._shown else -1

    def _wanted(self) -> list[int]:
        return [
            place
            for place, item in enumerate(self.items)
            if not (self.only_unjudged and item.result)
        ]


def _typed_change(column: int, text: str) -> Callable[[Item], Item]:
    """Return what a text typed into a column does to an item.

    Raises:
        Refused: it is no number, or not one that the column takes.
    """
    fields = fields_of(Item)
    if column == PLACES:
        places = fields["occurrences"].read(text)
        return lambda item: with_places(item, places or 0)
    if column == SCORE:
        score = fields["score"].read(text)
        return lambda item: with_score(item, score)
    remark = fields["remark"].read(text)
    return lambda item: replace(item, remark=remark)


def _score(item: Item) -> str:
    if item.full_score is None or item.result == "na":
        return ""
    score = "—" if item.score is None else plain(item.score)
    return _("{score} / {full}").format(score=score, full=plain(item.full_score))
