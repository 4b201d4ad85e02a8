"""The table in which one goes through the clauses of a pledge by keyboard: 1, 2, 3 and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import ICON, SPACE_2, SPACE_6
from sanyou_desktop.model.pledge import OUTCOMES, Fulfilment, Pledge
from sanyou_desktop.wording import _

CLAUSE, OUTCOME, EVIDENCE = range(3)
_KEYS = {
    Qt.Key.Key_1: "kept",
    Qt.Key.Key_2: "partly",
    Qt.Key.Key_3: "broken",
    **dict.fromkeys((Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace), ""),
}
_ICONS = {"good": "circle-check", "warn": "clock", "bad": "circle-alert"}
_RAW = Qt.ItemDataRole.UserRole


class OutcomeTable(QTableWidget):
    """A row a clause: what was promised, whether it was kept, and by what one knows.

    Signals:
        entered: an outcome or its evidence is another one now.
    """

    entered = Signal()

    def __init__(self, pledge: Pledge) -> None:
        """Show the clauses; nothing is said of any yet."""
        super().__init__(len(pledge.clauses), 3)
        self._keys = [clause.key for clause in pledge.clauses]
        self.setProperty("sheet", True)
        self.setAccessibleName(_("逐条登记"))
        self.setHorizontalHeaderLabels([_("条款"), _("兑现情况"), _("依据")])
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QTableWidget.EditTrigger.AnyKeyPressed
            | QTableWidget.EditTrigger.DoubleClicked
            | QTableWidget.EditTrigger.EditKeyPressed
        )
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(OUTCOME, QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        widest = max(self.fontMetrics().horizontalAdvance(_(one.title)) for one in OUTCOMES)
        self.setColumnWidth(OUTCOME, widest + ICON + 2 * SPACE_6)
        for row, clause in enumerate(pledge.clauses):
            detail = _("；").join(filter(None, (clause.standard, clause.time_limit)))
            words = "\n".join(filter(None, (clause.text or _("待补充"), detail)))
            fixed = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            for column, text in enumerate((words, "", "")):
                item = QTableWidgetItem(text)
                if column != EVIDENCE:
                    item.setFlags(fixed)
                self.setItem(row, column, item)
        self.cellDoubleClicked.connect(self._double_clicked)
        self.itemChanged.connect(lambda _item: self._changed())
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_rows)
        self.setCurrentCell(0, OUTCOME)

    # What is entered

    def entries(self) -> list[Fulfilment]:
        """Return what was said of the clauses, in their order; nothing of the others.

        One may have evidence alone, of which ``fulfilling`` says that the outcome is missing.
        """
        return [
            Fulfilment(clause=key, outcome=self.outcome(row), evidence=self._evidence(row))
            for row, key in enumerate(self._keys)
            if self.outcome(row) or self._evidence(row)
        ]

    def outcome(self, row: int) -> str:
        """Return what was said of a clause, "" for nothing."""
        return str(self._item(row, OUTCOME).data(_RAW) or "")

    def set_outcome(self, row: int, outcome: str) -> None:
        """Say whether a clause was kept; "" takes it back."""
        item = self._item(row, OUTCOME)
        option = next((one for one in OUTCOMES if one.value == outcome), None)
        item.setData(_RAW, outcome)
        item.setText(_(option.title) if option else "")
        mark = icon(_ICONS[option.tone], option.tone) if option else icon("minus", "faint")
        item.setIcon(mark)

    def keep_the_rest(self) -> None:
        """Note every clause that nothing was said of as kept."""
        for row in range(self.rowCount()):
            if not self.outcome(row):
                self.set_outcome(row, "kept")

    def _evidence(self, row: int) -> str:
        return self._item(row, EVIDENCE).text().strip()

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item

    def _changed(self) -> None:
        self._fit.start()
        self.entered.emit()

    def _fit_rows(self) -> None:
        self.resizeRowsToContents()
        for row in range(self.rowCount()):
            self.setRowHeight(row, self.rowHeight(row) + SPACE_2)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take 1, 2, 3 for an outcome, Return for the next row, Tab for the next cell."""
        if self.state() == QTableWidget.State.EditingState:
            # The editor's own Return comes by here too, before what was typed is taken over.
            event.accept()
            return
        row, column = self.currentRow(), self.currentColumn()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        if plain and column != EVIDENCE and event.key() in _KEYS:
            self._enter(row, _KEYS[Qt.Key(event.key())])
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_down(column)
        elif plain and event.key() == Qt.Key.Key_Tab and column != EVIDENCE:
            self.setCurrentCell(row, EVIDENCE)
        elif event.key() == Qt.Key.Key_Backtab and column == EVIDENCE:
            self.setCurrentCell(row, OUTCOME)
        elif plain and event.key() == Qt.Key.Key_Delete:
            self._item(row, EVIDENCE).setText("")
        else:
            super().keyPressEvent(event)

    def _enter(self, row: int, outcome: str) -> None:
        self.set_outcome(row, outcome)
        if outcome in ("partly", "broken"):
            # It cannot be saved without saying what happened.
            self.setCurrentCell(row, EVIDENCE)
            self.editItem(self._item(row, EVIDENCE))
        elif outcome:
            self._go_down(OUTCOME)

    def _go_down(self, column: int) -> None:
        if self.currentRow() + 1 < self.rowCount():
            self.setCurrentCell(self.currentRow() + 1, column)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on with the next clause once the evidence is typed."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go_down(OUTCOME)

    def _double_clicked(self, row: int, column: int) -> None:
        """Let the mouse go through the outcomes."""
        if column == OUTCOME:
            values = ["", *(option.value for option in OUTCOMES)]
            following = values[(values.index(self.outcome(row)) + 1) % len(values)]
            self.set_outcome(row, following)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give wrapped text the height that it needs at this width."""
        super().resizeEvent(event)
        self._fit.start()
