"""The problems that broken promises are about to raise: what they are called, who, until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from sanyou_desktop.desktop.theme.tokens import SPACE_6
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.wording import _

COLUMNS = ("title", "person", "due_on")
_WIDEST = "2026-12-31"


class BrokenTable(QTableWidget):
    """A row a problem, to be mended before it is saved; what was typed stays with its clause."""

    def __init__(self, suggested: Mapping[str, Finding]) -> None:
        """Know what each clause, by key, would raise; show none yet."""
        super().__init__(0, len(COLUMNS))
        self._suggested = suggested
        self._shown: list[str] = []
        self._typed: dict[tuple[str, str], str] = {}
        fields = kind_of("finding").fields
        self._fields = [fields[key] for key in COLUMNS]
        self.setProperty("sheet", True)
        self.setAccessibleName(_("将登记的问题"))
        self.setHorizontalHeaderLabels([_(field.title) for field in self._fields])
        self.setTabKeyNavigation(True)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (1, 2):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            wide = self.fontMetrics().horizontalAdvance(_WIDEST)
            self.setColumnWidth(column, wide + 2 * SPACE_6)
        self.itemChanged.connect(self._note)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_height)

    def show_broken(self, clauses: list[str]) -> None:
        """Show a row for each of these clauses."""
        if clauses == self._shown:
            return
        self._shown = []
        self.setRowCount(len(clauses))
        for row, clause in enumerate(clauses):
            finding = self._suggested[clause]
            for column, key in enumerate(COLUMNS):
                usual = "" if key == "due_on" else str(getattr(finding, key))
                self.setItem(row, column, QTableWidgetItem(self._typed.get((clause, key), usual)))
        self._shown = list(clauses)
        self._fit.start()

    def mended(self) -> dict[str, dict[str, Any]]:
        """Return what each problem shown was mended to: by its clause's key, then by field.

        Raises:
            Invalid: a cell cannot be read; the text names it.
        """
        return {clause: self._row(row) for row, clause in enumerate(self._shown)}

    def _row(self, row: int) -> dict[str, Any]:
        values = {}
        for column, (key, field) in enumerate(zip(COLUMNS, self._fields, strict=True)):
            item = self.item(row, column)
            try:
                values[key] = field.read(item.text() if item else "")
            except Refused as refusal:
                message = _("第 {number} 个问题的{field}：{fault}").format(
                    number=row + 1, field=_(field.title), fault=refusal
                )
                raise Invalid((Problem("", "", message),)) from refusal
        return values

    def _note(self, item: QTableWidgetItem) -> None:
        if item.row() < len(self._shown):
            self._typed[self._shown[item.row()], COLUMNS[item.column()]] = item.text()

    def _fit_height(self) -> None:
        rows = min(self.rowCount(), 4)
        height = self.horizontalHeader().height() + rows * self.rowHeight(0) + 4
        self.setFixedHeight(height)
