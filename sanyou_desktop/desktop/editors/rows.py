"""The editor of rows inside a record: a sheet with its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.rows_model import Computed, RawRow, RowsModel
from sanyou_desktop.desktop.editors.rows_view import RowsView
from sanyou_desktop.desktop.theme.parts import icon_button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1
from sanyou_desktop.model.fields import Json, Rows
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import _

_TALLEST = 460


class RowsEditor(Editor):
    """A sheet of the field's columns, with add, remove and reorder.

    ``compute`` makes a column show a value worked out from its row; ``offer`` makes a column of
    keys show and offer texts, such as the clauses a fulfilment may belong to.
    """

    wants_line = True

    def __init__(self, field: Rows) -> None:
        """Edit the rows of ``field``."""
        super().__init__()
        self.model = RowsModel(field)
        self.model.setParent(self)
        self.view = RowsView(self.model)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.move_rows.connect(self.shift)
        self.view.pasted_beyond.connect(self._tell_beyond)
        self.notice = text_label("", "error", wrap=True)
        self.notice.hide()
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_height)
        self.model.edited.connect(self.changed)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._fit.start)
        self.model.dataChanged.connect(self._fit.start)
        self._buttons = self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.view)
        column.addWidget(self.notice)
        column.addLayout(self._button_row())
        self.setFocusProxy(self.view)
        self._fit_height()

    def compute(self, key: str, work_out: Computed, when: Callable[[RawRow], bool]) -> None:
        """Show in column ``key`` what ``work_out`` makes of a row; it cannot be typed then."""
        self.model.computed[key] = (work_out, when)

    def offer(self, key: str, texts: Callable[[], dict[str, str]]) -> None:
        """Let column ``key`` be chosen from texts by key."""
        self.model.offered[key] = texts

    def raw(self) -> Json:
        """Return the rows as entered."""
        return [dict(row) for row in self.model.raw()]

    def set_raw(self, raw: Json) -> None:
        """Show rows; the cursor stays in its cell, if there still is one."""
        at = self.view.currentIndex()
        place = (at.row(), at.column())
        self.notice.hide()
        self.model.load(raw if isinstance(raw, list) else [])
        if self.model.hasIndex(*place):
            self.view.go_to(*place)
        self.view.fit_rows(0, self.model.rowCount() - 1)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.model.beginResetModel()
        self.model.read_only = read_only
        self.model.endResetModel()
        for button in self._buttons:
            button.setVisible(not read_only)

    def _tell_beyond(self, cells: int) -> None:
        self.notice.setText(
            _("粘贴的内容比表格的列多，{count} 格没有填入。请从更左边的格开始粘贴。").format(
                count=cells
            )
        )
        self.notice.setVisible(cells > 0)

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the cells to be mended."""
        super().set_problems(problems)
        self.model.set_problems(problems)

    def focus_problem(self, problem: Problem) -> None:
        """Go to the cell to be mended."""
        column = self.model.keys.index(problem.column) if problem.column in self.model.keys else 0
        self.view.setFocus()
        self.view.go_to(problem.row or 0, column)

    def place_of_cursor(self) -> QRect:
        """Return the place of the current cell."""
        cell = self.view.visualRect(self.view.currentIndex())
        return QRect(self.view.viewport().mapTo(self, cell.topLeft()), cell.size())

    def add(self) -> None:
        """Go to the empty row at the end."""
        self.view.setFocus()
        self.view.go_to(self.model.rowCount() - 1, 0)
        self.view.edit(self.view.currentIndex())

    def insert(self) -> None:
        """Insert an empty row above the current one."""
        row = max(self.view.currentIndex().row(), 0)
        self.model.insert(row)
        self.view.go_to(row, 0)

    def remove(self) -> None:
        """Remove the chosen rows."""
        self.model.remove(self.view.rows_chosen())
        self.view.fit_rows(0, self.model.rowCount() - 1)

    def shift(self, step: int) -> None:
        """Move the chosen rows up or down, and the selection with them."""
        chosen = self.view.rows_chosen()
        at = self.view.currentIndex()
        columns = [index.column() for index in self.view.selectedIndexes()] or [at.column()]
        if self.model.move(chosen, step):
            self.view.go_to(at.row() + step, at.column())
            first, last = chosen[0] + step, chosen[-1] + step
            self.view.choose_block((first, min(columns)), (last, max(columns)))
            self.view.fit_rows(0, self.model.rowCount() - 1)

    def _make_buttons(self) -> list[QToolButton]:
        return [
            icon_button("plus", _("添加一行"), self.add),
            icon_button("minus", _("删除所选行"), self.remove),
            icon_button("arrow-up", _("上移（Ctrl+↑）"), lambda: self.shift(-1)),
            icon_button("arrow-down", _("下移（Ctrl+↓）"), lambda: self.shift(1)),
        ]

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_1)
        for button in self._buttons:
            row.addWidget(button)
        row.addWidget(spacer())
        row.addWidget(text_label(_("可从 Excel 或 WPS 表格复制后直接粘贴"), "caption"))
        return row

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(_("复制"), self.view.copy)
        if not self.model.read_only:
            menu.addAction(_("粘贴"), self.view.paste)
            menu.addAction(_("清除内容"), self.view.clear_cells)
            menu.addSeparator()
            menu.addAction(_("在上方插入一行"), self.insert)
            menu.addAction(_("删除所选行"), self.remove)
            menu.addAction(_("撤销表格修改"), self.model.undo)
        menu.exec(self.view.viewport().mapToGlobal(at))
        menu.deleteLater()

    def _fit_height(self) -> None:
        """Be as high as the rows, up to a limit, so that the form and not the sheet scrolls."""
        header = self.view.verticalHeader()
        rows = header.length() if self.model.rowCount() < 200 else _TALLEST
        bar = self.view.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        title = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(min(rows + title + extra + 4, _TALLEST))
