"""The header of a list: on the same edges as the cells, sorts, moves, and offers columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from sanyou_desktop.desktop.lists.cell_delegate import text_rect
from sanyou_desktop.desktop.lists.table_model import RecordTableModel
from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import ICON_SMALL, SPACE_1, SPACE_2


class ListHeader(QHeaderView):
    """Draws labels where the cells draw their text, with an arrow at the sorted column."""

    menu_wanted = Signal(object)

    def __init__(self, view: QTableView, model: RecordTableModel) -> None:
        """Make the header of ``view``."""
        super().__init__(Qt.Orientation.Horizontal, view)
        self._model = model
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(4 * SPACE_2)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def visual_columns(self) -> list[str]:
        """Return the column keys from left to right."""
        columns = self._model.columns
        return [columns[self.logicalIndex(place)] for place in range(len(columns))]

    def straighten(self) -> None:
        """Forget moves by hand, after the model was given the columns in the wanted order."""
        self.blockSignals(True)
        for section in range(self.count()):
            self.moveSection(self.visualIndex(section), section)
        self.blockSignals(False)

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        """Draw one label."""
        if not rect.isValid() or logicalIndex >= len(self._model.columns):
            return
        now = colours()
        painter.save()
        painter.fillRect(rect, QColor(now.header))
        painter.setPen(QColor(now.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = self._arrow(painter, text_rect(rect), logicalIndex)
        painter.setPen(QColor(now.muted))
        side = self._model.headerData(
            logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        label = str(self._model.headerData(logicalIndex, Qt.Orientation.Horizontal))
        shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side, shown)
        painter.restore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the columns."""
        self.menu_wanted.emit(event.globalPos())

    def _arrow(self, painter: QPainter, room: QRect, section: int) -> QRect:
        """Draw the sort arrow behind (figures: before) the label; return what room is left."""
        if not self.isSortIndicatorShown() or self.sortIndicatorSection() != section:
            return room
        falls = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        side = ICON_SMALL - 2
        label = str(self._model.headerData(section, Qt.Orientation.Horizontal))
        wide = painter.fontMetrics().horizontalAdvance(label) + SPACE_1
        if (
            self._model.headerData(
                section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
            )
            & Qt.AlignmentFlag.AlignRight
        ):
            left = max(room.right() - wide - side, room.left())
        else:
            left = min(room.left() + wide, room.right() - side)
        mark = QRect(left, room.center().y() - side // 2 + 1, side, side)
        icon("chevron-down" if falls else "chevron-up", "accent").paint(painter, mark)
        return room
