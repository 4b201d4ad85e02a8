"""A cell of a table put right in the preview: which cell, what it should say, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.theme.parts import button
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.model.fields import Choice, Rows
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.tables.importing import Cell

_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CELL_CHARACTERS = 12


class MendBar(QWidget):
    """Shows one cell of the current row at a time, the wrong one first.

    Signals:
        mended: a cell is to say something else: its row, its column (from 0) and the text.
        left: Escape was pressed: back to the lines.
    """

    mended = Signal(int, int, str)
    left = Signal()

    def __init__(self) -> None:
        """Show no cell yet."""
        super().__init__()
        self._cells: list[Cell] = []
        self._kind = ""
        self.cell = CalmComboBox()
        self.cell.setAccessibleName(_("要改正的格子"))
        self.cell.setMinimumWidth(_CELL_CHARACTERS * self.fontMetrics().height())
        self.line = QLineEdit()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.choice = CalmComboBox()
        self.values = QStackedWidget()
        self._editor: QLineEdit | QPlainTextEdit | CalmComboBox = self.line
        for editor in (self.line, self.text, self.choice):
            editor.setAccessibleName(_("改为"))
            editor.installEventFilter(self)
            self.values.addWidget(editor)
        self.apply = button(_("改正"), self._apply, icon_name="pencil")
        self.apply.setAutoDefault(False)
        self.apply.setToolTip(_("只用于这次导入，不改原表；Ctrl+Z 撤销"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.cell, 0, top)
        row.addWidget(self.values, 1, top)
        row.addWidget(self.apply, 0, top)
        self._show_editor(self.line)
        self.cell.currentIndexChanged.connect(lambda _index: self._show_cell())

    def show_row(self, kind: str, cells: Sequence[Cell], wrong: str) -> None:
        """Show the cells of a row of records of ``kind``, first the one at address ``wrong``."""
        self._kind, self._cells = kind, list(cells)
        self.cell.blockSignals(True)
        self.cell.clear()
        for one in cells:
            self.cell.addItem(f"{one.address} {one.title}")
        addresses = [one.address for one in cells]
        self.cell.setCurrentIndex(addresses.index(wrong) if wrong in addresses else 0)
        self.cell.blockSignals(False)
        self._show_cell()
        self.setEnabled(bool(cells))

    def begin(self) -> None:
        """Put the cursor into the value, so that typing replaces it."""
        self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(self._editor, QLineEdit | QPlainTextEdit):
            self._editor.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter for putting right, Ctrl+Enter in a text of lines, Escape for leaving."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _RETURNS and (watched is not self.text or held):
            self._apply()
            return True
        return False

    def _show_cell(self) -> None:
        if not self._cells:
            self.line.clear()
            self._show_editor(self.line)
            return
        now = self._cells[self.cell.currentIndex()]
        key, _dot, part = now.source.partition(".")
        field = kind_of(self._kind).fields.get(key)
        if part and isinstance(field, Rows):
            field = field.columns[part]
        if isinstance(field, Choice):
            self._offer(field, now.text)
        elif isinstance(field, Rows) or "\n" in now.text:
            self.text.setPlainText(now.text)
            self._show_editor(self.text)
        else:
            self.line.setText(now.text)
            self._show_editor(self.line)

    def _show_editor(self, editor: QLineEdit | QPlainTextEdit | CalmComboBox) -> None:
        self._editor = editor
        self.values.setCurrentWidget(editor)
        is_high = editor is self.text
        self.values.setFixedHeight((2 if is_high else 1) * self.line.sizeHint().height())

    def _offer(self, field: Choice, text: str) -> None:
        """Offer what the field knows; what stands there is kept until something is chosen."""
        self.choice.clear()
        titles = ["", *(_(option.title) for option in field.enum)]
        if text not in titles:
            self.choice.addItem(text, text)
        for title in titles:
            self.choice.addItem(title or _("（空）"), title)
        self.choice.setCurrentIndex(self.choice.findData(text))
        self._show_editor(self.choice)

    def _apply(self) -> None:
        if not self._cells:
            return
        now = self._cells[self.cell.currentIndex()]
        if isinstance(self._editor, QLineEdit):
            text = self._editor.text()
        elif isinstance(self._editor, QPlainTextEdit):
            text = self._editor.toPlainText()
        else:
            text = str(self._editor.currentData() or "")
        if text != now.text:
            self.mended.emit(now.row, now.column, text)
