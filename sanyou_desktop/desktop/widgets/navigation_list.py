"""The list of pages at the left of the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import ICON, RADIUS, SPACE_2, SPACE_3

_HEIGHT = 34
_KEY = Qt.ItemDataRole.UserRole
_BADGE = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Entry:
    """One page: key, icon name, label; an empty key is a divider."""

    key: str = ""
    icon: str = ""
    text: str = ""


class NavigationList(QListView):
    """Emits ``chosen`` with the key of the page picked by mouse or arrow keys."""

    chosen = Signal(str)
    _was_current = False

    def __init__(self, entries: tuple[Entry, ...], parent: QWidget | None = None) -> None:
        """Show the entries in order."""
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self._model = QStandardItemModel(self)
        for entry in entries:
            item = QStandardItem(entry.text)
            item.setData(entry.key, _KEY)
            item.setData(entry.icon, _ICON)
            item.setData(0, _BADGE)
            item.setEditable(False)
            item.setEnabled(bool(entry.key))
            self._model.appendRow(item)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._picked)
        self.clicked.connect(self._clicked)
        current.changed.connect(self.viewport().update)

    def choose(self, key: str, *, quietly: bool = False) -> None:
        """Make the page with that key current."""
        index = self._index(key)
        if index is None or index == self.currentIndex():
            return
        if quietly:
            self.selectionModel().blockSignals(True)
        self.setCurrentIndex(index)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    @property
    def current_key(self) -> str:
        """The key of the current page, "" before any was chosen."""
        return str(self.currentIndex().data(_KEY) or "")

    def set_badge(self, key: str, number: int) -> None:
        """Show a number at an entry; 0 shows none."""
        index = self._index(key)
        if index is not None:
            self._model.setData(index, number, _BADGE)

    def _index(self, key: str) -> QModelIndex | None:
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if index.data(_KEY) == key:
                return index
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note whether the entry pressed is the current one, whose page may lie further back."""
        self._was_current = self.indexAt(event.position().toPoint()) == self.currentIndex()
        super().mousePressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self._was_current and index.data(_KEY):
            self.chosen.emit(str(index.data(_KEY)))

    def _picked(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(str(now.data(_KEY)))


class _Delegate(QStyledItemDelegate):
    """Draws icon, text and badge in a rounded row."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return one row, or the thin divider."""
        if not index.data(_KEY):
            return QSize(10, SPACE_3 + 1)
        return QSize(10, max(_HEIGHT, option.fontMetrics.height() + SPACE_3))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one entry."""
        now = colours()
        rect: QRect = option.rect
        painter.save()
        if not index.data(_KEY):
            painter.setPen(QColor(now.line))
            painter.drawLine(
                rect.left() + SPACE_3, rect.center().y(), rect.right() - SPACE_3, rect.center().y()
            )
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = rect.adjusted(SPACE_2, 1, -SPACE_2, -1)
        if chosen or hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.selection if chosen else now.hover))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        self._contents(painter, box, index, chosen=chosen)
        painter.restore()

    def _contents(
        self,
        painter: QPainter,
        box: QRect,
        index: QModelIndex | QPersistentModelIndex,
        *,
        chosen: bool,
    ) -> None:
        now = colours()
        mark = QRect(box.left() + SPACE_3, box.center().y() - ICON // 2 + 1, ICON, ICON)
        icon(str(index.data(_ICON)), "accent" if chosen else "muted").paint(painter, mark)
        painter.setPen(QColor(now.accent if chosen else now.text))
        text = box.adjusted(SPACE_3 + ICON + SPACE_2, 0, -SPACE_2, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, shown)
        number = index.data(_BADGE)
        if number:
            painter.setPen(QColor(now.bad))
            painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, f"{number:,}")
