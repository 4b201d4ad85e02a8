"""How the cells of a list are drawn: text from one edge, even digits, status as a chip."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from sanyou_desktop.desktop.lists.cells import Status
from sanyou_desktop.desktop.lists.columns import is_figure
from sanyou_desktop.desktop.lists.table_model import (
    LOADING,
    REMARK_ROLE,
    STATUS_ROLE,
    RecordTableModel,
)
from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.chip import chip_width, paint_chip
from sanyou_desktop.model.fields import Date, Instant

Index = QModelIndex | QPersistentModelIndex
_MARK = 3


def text_rect(cell: QRect) -> QRect:
    """Return where text stands in a cell; headers use it too, so that both stand on one edge."""
    return cell.adjusted(SPACE_2, 0, -SPACE_2, 0)


class CellDelegate(QStyledItemDelegate):
    """Draws the cells itself: a style sheet would move the text off the header's edge."""

    def __init__(self, view: QTableView, model: RecordTableModel) -> None:
        """Draw for ``view``."""
        super().__init__(view)
        self._view = view
        self._model = model
        self._even_fonts: dict[str, QFont] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that the cell's content needs."""
        metrics = QFontMetrics(self._font(option.font, index))
        status = index.data(STATUS_ROLE)
        text = str(index.data() or "")
        wide = chip_width(text, metrics) if status else metrics.horizontalAdvance(text)
        return QSize(wide + 2 * SPACE_2, metrics.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painter.save()
        self._background(painter, option, index)
        painter.setFont(self._font(option.font, index))
        room = text_rect(option.rect)
        status = index.data(STATUS_ROLE)
        if isinstance(status, Status):
            paint_chip(painter, room, status.text, status.tone)
        else:
            self._draw_text(painter, room, index)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the whole text where the cell does not, and what there is to remark on it."""
        cell = self._view.visualRect(self._model.index(index.row(), index.column()))
        remark = str(index.data(REMARK_ROLE) or "")
        is_whole = self.sizeHint(option, index).width() <= cell.width()
        if is_whole and not remark:
            QToolTip.hideText()
            return False
        text = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        QToolTip.showText(event.globalPos(), "\n".join(filter(None, (text, remark))), view)
        return True

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = colours()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(now.selection))
        if self._is_current(index) and self._is_first(index):
            tone = now.accent if self._view.hasFocus() else now.line_strong
            painter.fillRect(QRect(rect.left(), rect.top(), _MARK, rect.height()), QColor(tone))
        painter.setPen(QColor(now.line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

    def _draw_text(self, painter: QPainter, room: QRect, index: Index) -> None:
        text = str(index.data() or "")
        faint = text == LOADING or self._model.columns[index.column()] == "number"
        painter.setPen(QColor(colours().muted if faint else colours().text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(room, side, shown)

    def _is_current(self, index: Index) -> bool:
        return index.row() == self._view.currentIndex().row()

    def _is_first(self, index: Index) -> bool:
        return self._view.horizontalHeader().visualIndex(index.column()) == 0

    def _font(self, font: QFont, index: Index) -> QFont:
        key = self._model.columns[index.column()]
        field = self._model.field(index.column())
        if key == "number" or is_figure(field) or isinstance(field, Date | Instant):
            return self._even(font)
        return font

    def _even(self, font: QFont) -> QFont:
        key = font.key()
        if key not in self._even_fonts:
            self._even_fonts[key] = tabular(font)
        return self._even_fonts[key]
