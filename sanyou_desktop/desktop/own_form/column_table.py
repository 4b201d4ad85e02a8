"""The columns of a form, each with its header and a choice of what fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea

from sanyou_desktop.desktop.editors.choice import NarrowComboBox
from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from sanyou_desktop.wording import _

_NOTHING = ""


class Headed(Protocol):
    """A column of a form or a table, with what stands above it."""

    @property
    def column(self) -> int:
        """Its place, from 0."""

    @property
    def letter(self) -> str:
        """The column as Excel names it."""

    @property
    def title(self) -> str:
        """Its header."""


class ColumnTable(QScrollArea):
    """Tells what was chosen; the choices are those of one kind of record."""

    def __init__(self, changed: Callable[[], object], what: str) -> None:
        """Call ``changed`` whenever something else was chosen; ``what`` heads the choices."""
        super().__init__()
        self._titles = (_("列"), _("表头"), what)
        self._changed = changed
        self._columns: list[int] = []
        self._boxes: list[QComboBox] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("表中各列"))

    def show_columns(
        self,
        headers: Sequence[Headed],
        choices: Sequence[tuple[str, str]],
        chosen: Mapping[int, str],
        *,
        single_cells: bool = False,
    ) -> None:
        """Show the columns, with one of ``choices`` (key and words) beside each by ``chosen``."""
        self._columns = [header.column for header in headers]
        self._boxes = []
        inside = QFrame()
        inside.setProperty("role", "card")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(inside)
        grid.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 2)
        titles = (_("格"), _("旁边的文字"), self._titles[-1]) if single_cells else self._titles
        for place, title in enumerate(titles):
            label = text_label(title, "caption")
            # Above what the boxes say, not above their edges.
            label.setContentsMargins(SPACE_1 if place == len(self._titles) - 1 else 0, 0, 0, 0)
            grid.addWidget(label, 0, place)
        # One for all boxes: of twenty columns each would make fifty entries.
        offered = QStandardItemModel(self)
        for key, words in choices:
            item = QStandardItem(words)
            item.setData(key, Qt.ItemDataRole.UserRole)
            offered.appendRow(item)
        for row, header in enumerate(headers, start=1):
            box = self._box(header, offered, chosen.get(header.column, _NOTHING))
            grid.addWidget(text_label(header.letter, "muted"), row, 0)
            grid.addWidget(text_label(header.title, wrap=True), row, 1)
            grid.addWidget(box, row, 2)
            self._boxes.append(box)
        grid.setRowStretch(len(headers) + 1, 1)
        self.setWidget(inside)

    def chosen(self) -> dict[int, str]:
        """Return what fills which column; columns that nothing fills are left out."""
        pairs = zip(self._columns, self._boxes, strict=True)
        return {column: str(box.currentData()) for column, box in pairs if box.currentData()}

    def twice(self) -> list[str]:
        """Return the names of fields that were chosen for more than one column."""
        texts = [box.currentText() for box in self._boxes if box.currentData()]
        return sorted({text for text in texts if texts.count(text) > 1})

    def box(self, column: int) -> QComboBox:
        """Return the choice beside a column (from 0)."""
        return self._boxes[self._columns.index(column)]

    def _box(self, header: Headed, offered: QStandardItemModel, source: str) -> QComboBox:
        made = NarrowComboBox()
        made.setAccessibleName(f"{header.title} {self._titles[-1]}")
        made.setModel(offered)
        made.setCurrentIndex(max(0, made.findData(source)))
        made.currentIndexChanged.connect(lambda _index: self._changed())
        return made
