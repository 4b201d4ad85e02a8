"""How an item is drawn on the spot: large text that wraps, the result as a chip."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sanyou_desktop.desktop.editors.composition import CompositionWatch
from sanyou_desktop.desktop.inspections.sheet_model import (
    FINDING,
    ITEM,
    NUMBER,
    REMARK,
    RESULT,
    SheetModel,
)
from sanyou_desktop.desktop.theme.current import colours
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.tokens import SECTION, SPACE_1, SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.chip import paint_chip
from sanyou_desktop.model.inspection import Item
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.wording import _

Index = QModelIndex | QPersistentModelIndex
_MARK = 4
# What is longer is in the tooltip; it would fill the screen.
_MOST_LINES = 12
_MOST_MEASURED = 800
_TONES = {"pass": "good", "fail": "bad", "na": "muted"}
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
# What is too long is refused with the reason; Qt would cut it off without a word.
_NO_LIMIT = 10_000_000


class SheetDelegate(QStyledItemDelegate):
    """Draws the cells of a ``SheetModel`` and gives three of them a line to type in.

    ``refused`` is what was typed and not taken, with its cell, to be mended; None for nothing.
    """

    refused: tuple[QPersistentModelIndex, str] | None = None

    def __init__(self, view: QTableView, model: SheetModel) -> None:
        """Draw for ``view``."""
        super().__init__(view)
        self._view, self._model = view, model
        self._composition = CompositionWatch(self)
        self._dress()

    def _dress(self) -> None:
        base = self._view.font()
        large = QFont(base)
        large.setPointSizeF(base.pointSizeF() * SECTION)
        self.large, self.small, self.figures = large, base, tabular(large)

    # Heights

    def height(self, row: int) -> int:
        """Return how high a row must be for its item and its remark to be read."""
        item = self._model.item(row)
        said = _said_of(item, self._model.before.get(item.key, ""))
        wide = self._view.columnWidth(ITEM) - 2 * SPACE_2
        own = _height(self.large, item.item or " ", wide)
        if said:
            own += SPACE_1 + _height(self.small, said, wide)
        remark = 0
        if item.remark:
            beside = self._view.columnWidth(REMARK) - 2 * SPACE_2
            remark = _height(self.small, item.remark, beside)
        return max(own, remark) + 2 * SPACE_3

    # Drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        now, rect = colours(), option.rect
        row, column = index.row(), index.column()
        item = self._model.item(row)
        painter.save()
        if row == self._view.currentIndex().row():
            painter.fillRect(rect, QColor(now.selection))
            if column == NUMBER:
                tone = now.accent if self._view.hasFocus() else now.line_strong
                painter.fillRect(QRect(rect.left(), rect.top(), _MARK, rect.height()), QColor(tone))
        painter.setPen(QColor(now.line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        room = rect.adjusted(SPACE_2, SPACE_3, -SPACE_2, -SPACE_3)
        if column == ITEM:
            self._draw_item(painter, room, item)
        elif column == RESULT:
            text = self._model.text(row, RESULT)
            self._draw_result(painter, rect.adjusted(SPACE_2, 0, -SPACE_1, 0), text, item.result)
        else:
            self._draw_cell(painter, room, row, column)
        painter.restore()

    def _draw_item(self, painter: QPainter, room: QRect, item: Item) -> None:
        now = colours()
        faint = item.result == "na"
        high = _height(self.large, item.item or " ", room.width())
        painter.setFont(self.large)
        painter.setPen(QColor(now.muted if faint else now.text))
        painter.drawText(QRect(room.left(), room.top(), room.width(), high), _WRAPPED, item.item)
        said = _said_of(item, self._model.before.get(item.key, ""))
        if said:
            below = room.adjusted(0, high + SPACE_1, 0, 0)
            painter.setFont(self.small)
            painter.setPen(QColor(now.bad if item.veto else now.muted))
            painter.drawText(below, _WRAPPED, said)

    def _draw_result(self, painter: QPainter, room: QRect, text: str, result: str) -> None:
        painter.setFont(self.small)
        if result:
            paint_chip(painter, room, text, _TONES[result])
        else:
            painter.setPen(QColor(colours().faint))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _draw_cell(self, painter: QPainter, room: QRect, row: int, column: int) -> None:
        now = colours()
        text = self._model.text(row, column)
        if column == REMARK:
            painter.setFont(self.small)
            painter.setPen(QColor(now.text))
            painter.drawText(room, _WRAPPED | int(Qt.AlignmentFlag.AlignVCenter), text)
            return
        if column == FINDING:
            painter.setFont(tabular(self.small))
            painter.setPen(QColor(now.accent))
            side = Qt.AlignmentFlag.AlignLeft
        else:
            painter.setFont(self.figures)
            painter.setPen(QColor(now.muted if column == NUMBER else now.text))
            side = Qt.AlignmentFlag.AlignRight
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    # Typing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line to type in."""
        line = QLineEdit(parent)
        line.setMaxLength(_NO_LIMIT)
        line.installEventFilter(self._composition)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what is there."""
        assert isinstance(editor, QLineEdit)
        at, typed = self.refused or (None, "")
        editor.setText(typed if at == index else str(index.data(Qt.ItemDataRole.EditRole)))
        if index.column() != REMARK:
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take over what was typed, or keep it to be mended."""
        assert isinstance(editor, QLineEdit)
        text = editor.text()
        taken = model.setData(index, text)
        self.refused = None if taken else (QPersistentModelIndex(index), text)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Lay the line across the cell, as high as a line is."""
        rect = QRect(option.rect)
        high = min(rect.height(), QFontMetrics(editor.font()).height() + 2 * SPACE_2)
        editor.setGeometry(rect.left(), rect.center().y() - high // 2, rect.width(), high)


def _said_of(item: Item, before: str) -> str:
    """Return what stands below the item: 落实, 标准, points, the veto, what was wrong."""
    parts = [_("一票否决")] if item.veto else []
    if before:
        parts.append(before)
    through = item.follow_through
    if through:
        named = through.startswith(_("落实"))
        parts.append(through if named else _("落实：{text}").format(text=through))
    if item.standard:
        parts.append(_("标准：{text}").format(text=item.standard))
    if item.deduction is not None:
        parts.append(_("每处扣 {points} 分").format(points=plain(item.deduction)))
    return _(" · ").join(parts)


def _height(font: QFont, text: str, width: int) -> int:
    metrics = QFontMetrics(font)
    room = QRect(0, 0, max(width, 1), 10_000)
    needed = metrics.boundingRect(room, _WRAPPED, text[:_MOST_MEASURED]).height()
    return min(needed, _MOST_LINES * metrics.lineSpacing())
