"""A table of rows with a line under each and no grid, whose cells are words or chips."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.tokens import ROW_HEIGHT, SPACE_2

Index = QModelIndex | QPersistentModelIndex


class FlatTable(QTableView):
    """Tab leaves it; rows are as high as the letters need."""

    def __init__(self) -> None:
        """Start without a model."""
        super().__init__()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(
            max(ROW_HEIGHT, self.fontMetrics().height() + 2 * SPACE_2)
        )


class FlatDelegate(QStyledItemDelegate):
    """Draws what all cells have; a subclass draws what is in them."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        now = colours()
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(now.selection))
        painter.setPen(QColor(now.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self.draw(painter, rect.adjusted(SPACE_2, 0, -SPACE_2, 0), index)
        painter.restore()

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Draw what is in a cell into the ``room`` that it leaves."""
        raise NotImplementedError


def draw_words(painter: QPainter, room: QRect, text: str, colour: str) -> None:
    """Draw a text on one line, cut where the room ends."""
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
