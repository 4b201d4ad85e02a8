"""A small read-only table that can be copied: Ctrl+C takes it, or what is selected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from sanyou_desktop.desktop.copied import put_cells
from sanyou_desktop.desktop.copied_cells import CopiedCells, copied_cells
from sanyou_desktop.desktop.theme.fonts import tabular


class CopyTable(QTableWidget):
    """The first column names the row, the others are figures."""

    def __init__(self, put: Callable[[CopiedCells], object] = put_cells) -> None:
        """Start empty; ``put`` takes what is copied in place of the clipboard."""
        super().__init__()
        self._put = put
        self._texts: Collection[int] | None = (0,)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFont(tabular(self.font()))
        self.horizontalHeader().setHighlightSections(False)

    def show_rows(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        texts: Collection[int] | None = (0,),
    ) -> None:
        """Show other rows; ``texts`` are the columns of words, None for all, the others figures."""
        self._texts = texts
        self.setColumnCount(len(header))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(header))
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                item = QTableWidgetItem(text)
                side = _side(place, texts)
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(at, place, item)
        for place in range(len(header)):
            side = _side(place, texts)
            heading = self.horizontalHeaderItem(place)
            if heading is not None:
                heading.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if header:
            across.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def needed_width(self) -> int:
        """Return the width at which no cell is cut, the columns of figures being equally wide."""
        header = self.horizontalHeader()
        widths = [
            max(self.sizeHintForColumn(place), header.sectionSizeHint(place))
            for place in range(self.columnCount())
        ]
        figures = widths[1:]
        return sum(widths[:1]) + max(figures, default=0) * len(figures) + 2 * self.frameWidth()

    def show_all_rows(self) -> None:
        """Be as high as the rows, so that what it stands in scrolls and not the table."""
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows + 2 * self.frameWidth())

    def copy(self) -> None:
        """Put the selected rows, or all of them, with the header on the clipboard."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = chosen if len(chosen) > 1 else range(self.rowCount())
        every = range(self.columnCount())
        texts = every if self._texts is None else self._texts
        figures = [place for place in every if place not in texts]
        self._put(copied_cells([self._header(), *map(self._line, rows)], figures))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _header(self) -> list[str]:
        items = (self.horizontalHeaderItem(place) for place in range(self.columnCount()))
        return [item.text() if item else "" for item in items]

    def _line(self, row: int) -> list[str]:
        items = (self.item(row, place) for place in range(self.columnCount()))
        return [item.text() if item else "" for item in items]


def _side(place: int, texts: Collection[int] | None) -> Qt.AlignmentFlag:
    is_text = texts is None or place in texts
    return Qt.AlignmentFlag.AlignLeft if is_text else Qt.AlignmentFlag.AlignRight
