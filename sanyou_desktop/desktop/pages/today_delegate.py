"""How a line of 今日 is drawn: chip, title, whose it is, number, in columns that line up."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.tokens import ROW_HEIGHT, SECTION, SPACE_2, SPACE_3, SPACE_4
from sanyou_desktop.desktop.widgets.chip import chip_width, paint_chip
from sanyou_desktop.wording import _

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_MARK = 3
_NUMBER = "WW-0000-00000"
# Of the width that is left between chip and number.
_TITLE_PART = 0.62


@dataclass(frozen=True)
class Look:
    """What is drawn of a line.

    Attributes:
        chip: how pressing it is, drawn as a chip in ``tone``; without a tone as plain text.
        count: of a heading, how many matters stand under it.
    """

    text: str
    chip: str = ""
    tone: str = ""
    whose: str = ""
    number: str = ""
    count: int = 0
    is_heading: bool = False

    def in_words(self) -> str:
        """Return the line as it is read aloud."""
        if self.is_heading and self.count:
            return _("{title} {count}").format(title=self.text, count=self.count)
        return _("，").join(filter(None, (self.chip, self.text, self.whose, self.number)))


class LineDelegate(QStyledItemDelegate):
    """Draws the lines of a view."""

    def __init__(self, view: QListView) -> None:
        """Draw for ``view``."""
        super().__init__(view)
        self._view = view
        current.changed.connect(view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one line; a heading after others stands off from them."""
        height = max(ROW_HEIGHT, option.fontMetrics.height() + SPACE_3)
        above = SPACE_4 if _look(index).is_heading and index.row() else 0
        return QSize(10, height + above)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        look = _look(index)
        painter.save()
        room: QRect = option.rect.adjusted(SPACE_3, 0, -SPACE_3, 0)
        if look.is_heading:
            self._heading(painter, option, room, look)
        else:
            self._background(painter, option, index)
            if look.number:
                self._matter(painter, room, look)
            else:
                painter.setPen(QColor(colours().accent))
                _text(painter, room.adjusted(self._chips(painter) + SPACE_3, 0, 0, 0), look.text)
        painter.restore()

    def _heading(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, look: Look
    ) -> None:
        now = colours()
        room.setTop(room.bottom() - max(ROW_HEIGHT, option.fontMetrics.height() + SPACE_3))
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * SECTION)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(now.text))
        _text(painter, room, look.text)
        if look.count:
            beside = painter.fontMetrics().horizontalAdvance(look.text) + SPACE_2
            painter.setFont(tabular(option.font))
            painter.setPen(QColor(now.muted))
            _text(painter, room.adjusted(beside, 0, 0, 0), f"{look.count:,}")
        painter.setPen(QColor(now.line))
        rect: QRect = option.rect
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = colours()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(now.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(now.hover))
        if index.row() == self._view.currentIndex().row():
            tone = now.accent if self._view.hasFocus() else now.line_strong
            painter.fillRect(QRect(rect.left(), rect.top(), _MARK, rect.height()), QColor(tone))

    def _matter(self, painter: QPainter, room: QRect, look: Look) -> None:
        now = colours()
        chips = self._chips(painter)
        chip = QRect(room.left(), room.top(), chips, room.height())
        if look.tone:
            paint_chip(painter, chip, look.chip, look.tone)
        else:
            painter.setPen(QColor(now.muted))
            _text(painter, chip, look.chip)
        plain = painter.font()
        number_width = QFontMetrics(tabular(plain)).horizontalAdvance(_NUMBER)
        rest = room.adjusted(chips + SPACE_3, 0, -number_width - SPACE_3, 0)
        title = QRect(rest)
        title.setWidth(int(rest.width() * _TITLE_PART) if look.whose else rest.width())
        painter.setPen(QColor(now.text))
        _text(painter, title, look.text)
        painter.setPen(QColor(now.muted))
        _text(painter, rest.adjusted(title.width() + SPACE_3, 0, 0, 0), look.whose)
        painter.setFont(tabular(plain))
        number = room.adjusted(room.width() - number_width, 0, 0, 0)
        _text(painter, number, look.number, Qt.AlignmentFlag.AlignRight)

    def _chips(self, painter: QPainter) -> int:
        """Return the width of the column of chips: that of its longest usual word."""
        words = (
            _("{level}：{what}").format(level=_("警告"), what=_("已等 {days} 天")),
            "0000-00-00 00:00",
        )
        return max(chip_width(text.format(days=888), painter.fontMetrics()) for text in words)


def _look(index: Index) -> Look:
    found = index.data(LINE_ROLE)
    assert isinstance(found, Look)
    return found


def _text(
    painter: QPainter,
    room: QRect,
    text: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, shown)
