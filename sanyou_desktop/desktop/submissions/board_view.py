"""The matrix of units by reports, a chip a place; the keys go from place to place."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
)

from sanyou_desktop.desktop.submissions.look import chip_of, figures_in_words, last_day
from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.tokens import ROW_HEIGHT, SPACE_2
from sanyou_desktop.desktop.widgets.chip import chip_width, paint_chip
from sanyou_desktop.desktop.widgets.flat_table import FlatDelegate, FlatTable, Index, draw_words
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission_board import Board, Place
from sanyou_desktop.wording import _

PLACE_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_INDEX = QModelIndex()
_EMPTY = Board((), (), {})
_NAME_WIDTH, _LEAST_COLUMN = 200, 140
_MARK = 3


class BoardModel(QAbstractTableModel):
    """Units down, reports across; the first column holds the names."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.board = _EMPTY
        self.rows: list[tuple[str, str]] = []
        self._heads: list[str] = []

    def show_board(self, board: Board, rows: list[tuple[str, str]]) -> None:
        """Show ``rows`` of a board: codes and names."""
        self.beginResetModel()
        self.board, self.rows = board, rows
        self._heads = [_head(board, request) for request in board.requests]
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many units are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the column of names and one a report."""
        return 0 if parent.isValid() else 1 + len(self.board.requests)

    def place(self, index: Index) -> Place | None:
        """Return where that unit stands with that report; None for a name or a unit not asked."""
        if not index.isValid() or not index.column():
            return None
        return self.board.places.get((self.rows[index.row()][0], self.request(index).id))

    def request(self, index: Index) -> ReportRequest:
        """Return the report of a column, that of the first for a name."""
        return self.board.requests[max(index.column() - 1, 0)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is drawn, read aloud or shown under the mouse."""
        if not index.isValid():
            return None
        place = self.place(index)
        if role == PLACE_ROLE:
            return place
        if role == Qt.ItemDataRole.DisplayRole:
            if not index.column():
                return self.rows[index.row()][1]
            return chip_of(place)[0] if place else ""
        if role == Qt.ItemDataRole.ToolTipRole and not index.column():
            code, name = self.rows[index.row()]
            words = figures_in_words(self.board.of_unit(code))
            return _("{name}（{code}）\n{figures}").format(name=name, code=code, figures=words)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column():
            words = chip_of(place)[0] if place else _("不在应报名单")
            unit, title = self.rows[index.row()][1], self.request(index).title
            return _("{unit}，{report}：{words}").format(unit=unit, report=title, words=words)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return what is asked, by when, and how much of it has come."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._heads[section - 1] if section else _("单位")


class BoardView(FlatTable):
    """Signals: ``opened`` with the index that Enter or a double click is about."""

    opened = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.cells = BoardModel()
        self.setModel(self.cells)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("各单位上报情况"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(_LEAST_COLUMN)
        self.doubleClicked.connect(self.opened.emit)
        current.changed.connect(self.viewport().update)

    def show_board(self, board: Board, rows: list[tuple[str, str]]) -> None:
        """Show other rows; the current place and the scroll place stay if they are there."""
        unit, request = self.current_key()
        scrolled, was = self.verticalScrollBar().value(), self.cells.rows
        self.cells.show_board(board, rows)
        self._fit()
        codes = [code for code, _name in rows]
        ids = [one.id for one in board.requests]
        row = codes.index(unit) if unit in codes else 0
        column = 1 + ids.index(request) if request in ids else min(1, len(ids))
        self.setCurrentIndex(self.cells.index(row, column))
        if rows == was:
            self.verticalScrollBar().setValue(scrolled)

    def current_key(self) -> tuple[str, str]:
        """Return the code of the current unit and the id of the current request."""
        index = self.currentIndex()
        if not index.isValid() or not self.cells.board.requests:
            return "", ""
        return self.cells.rows[index.row()][0], self.cells.request(index).id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current place with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        header = self.horizontalHeader()
        for section in range(self.cells.columnCount()):
            wanted = max(header.sectionSizeHint(section), _LEAST_COLUMN)
            self.setColumnWidth(section, wanted if section else _NAME_WIDTH)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)


class _Delegate(FlatDelegate):
    """Draws names and chips."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of the chip."""
        wide = chip_width(str(index.data() or ""), option.fontMetrics) + 2 * SPACE_2
        return QSize(wide, ROW_HEIGHT)

    def draw(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Draw one place, and a mark before the current one."""
        now = colours()
        if index == self._view.currentIndex():
            tone = now.accent if self._view.hasFocus() else now.line_strong
            mark = QRect(room.left() - SPACE_2, room.top(), _MARK, room.height())
            painter.fillRect(mark, QColor(tone))
        place = index.data(PLACE_ROLE)
        if isinstance(place, Place):
            paint_chip(painter, room, *chip_of(place))
        else:
            colour = now.faint if index.column() else now.text
            draw_words(painter, room, str(index.data() or "") or "—", colour)


def _head(board: Board, request: ReportRequest) -> str:
    """Return what is asked, and below it by when, and how much of it has come."""
    figures = board.of_request(request.id)
    told = _("{due} · {actual}/{expected}").format(
        due=last_day(request), actual=figures.actual, expected=figures.expected
    )
    return f"{request.title}\n{told}"
