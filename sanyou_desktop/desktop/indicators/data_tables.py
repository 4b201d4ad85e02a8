"""The numbers of the plots as tables: side by side where both fit, else one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from sanyou_desktop.desktop.theme.tokens import SPACE_3
from sanyou_desktop.desktop.widgets.copy_table import CopyTable
from sanyou_desktop.model.periods import GRAIN_TITLES
from sanyou_desktop.wording import _


class DataTables(QScrollArea):
    """A table a grain, each as high as its rows: the pane scrolls, not the tables in it."""

    def __init__(self, grains: Sequence[str]) -> None:
        """Start with empty tables."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tables = {grain: CopyTable() for grain in grains}
        inside = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_3)
        for grain, table in self.tables.items():
            table.setAccessibleName(_(GRAIN_TITLES[grain]))
            table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._row.addWidget(table, 1, Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)

    def show_rows(self, grain: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other figures in one of the tables."""
        self.tables[grain].show_rows(header, rows)
        self.tables[grain].show_all_rows()
        self._place()

    def copy(self) -> None:
        """Copy the table that has the keys, else the first."""
        tables = list(self.tables.values())
        next((one for one in tables if one.hasFocus()), tables[0]).copy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the tables for the new width."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        widest = max(table.needed_width() for table in self.tables.values())
        room = (self.viewport().width() - SPACE_3 * (len(self.tables) - 1)) // len(self.tables)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if widest <= room else directions.TopToBottom)
