"""The sheets of a workbook, of which some are ticked and one is looked at."""

from __future__ import annotations

from collections.abc import Container, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy

from sanyou_desktop.desktop.theme.tokens import SPACE_2

_NAME = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 6


class SheetList(QListWidget):
    """As high as the sheets it lists, up to six; the space key ticks the current one."""

    def __init__(self) -> None:
        """List nothing yet."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def show_sheets(self, names: Iterable[str], ticked: Container[str], current: str = "") -> None:
        """List these sheets, and look at ``current``, else at the first one; nobody is told."""
        self.blockSignals(True)
        for name in names:
            item = QListWidgetItem(name)
            item.setData(_NAME, name)
            on = Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked
            item.setCheckState(on)
            self.addItem(item)
            if name == current or self.count() == 1:
                self.setCurrentItem(item)
        self.blockSignals(False)
        frame = 2 * self.frameWidth() + SPACE_2
        rows = min(self.count(), _MOST_SHOWN)
        self.setFixedHeight(rows * self.sizeHintForRow(0) + frame)

    @property
    def current(self) -> str:
        """The sheet that is looked at, "" without any."""
        row = self.currentRow()
        return "" if row < 0 else str(self.item(row).data(_NAME))

    @property
    def ticked(self) -> list[str]:
        """The sheets that are ticked, in their order."""
        checked = Qt.CheckState.Checked
        return [name for name, item in self._items() if item.checkState() == checked]

    def tell(self, name: str, words: str) -> None:
        """Show ``words`` in the line of a sheet; nobody is told."""
        for found, item in self._items():
            if found == name and item.text() != words:
                self.blockSignals(True)
                item.setText(words)
                self.blockSignals(False)

    def _items(self) -> Iterable[tuple[str, QListWidgetItem]]:
        for place in range(self.count()):
            item = self.item(place)
            yield str(item.data(_NAME)), item
