"""The comments of a report that is sent back: a sheet, and a search for the records they are about.

What is found there stands in a line of its own and goes to the unit with its identity, so that
the finding it becomes there leads to that record.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.reference import ReferenceEditor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.model.fields import Json, Reference, Rows
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import N_, _

_RECORD, _TEXT = "record", "text"


class CommentsEditor(Editor):
    """Comments as rows of ``field``; ``unit`` is the code of the unit whose records are found."""

    wants_line = True

    def __init__(self, field: Rows, session: Session, unit: str) -> None:
        """Begin without comments."""
        super().__init__()
        self._named: dict[str, str] = {}
        self.search = ReferenceEditor(Reference(N_("涉及记录"), kinds=REPORTED), session, unit=unit)
        self.search.line.setPlaceholderText(_("查找这个单位的记录，选中后加为一行，再写意见"))
        self.search.line.setAccessibleName(_("查找涉及的记录"))
        self.search.open.hide()
        self.search.picked.connect(self._add)
        self.sheet = RowsEditor(field)
        self.sheet.offer(_RECORD, lambda: self._named)
        self.sheet.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.search)
        column.addWidget(self.sheet)
        self.setFocusProxy(self.sheet)

    def _add(self, record_id: str, label: str) -> None:
        """Give a record that was found a line, and go on to what is to be said of it."""
        self._named[record_id] = label
        rows = self.sheet.model.raw()
        known = [place for place, row in enumerate(rows) if row.get(_RECORD) == record_id]
        if not known:
            self.sheet.set_raw([*rows, {_RECORD: record_id}])
            self.changed.emit()
        self.search.set_raw("")
        row = known[0] if known else len(rows)
        self.sheet.view.setFocus()
        self.sheet.view.go_to(row, self.sheet.model.keys.index(_TEXT))

    def raw(self) -> Json:
        """Return the comments as entered."""
        return self.sheet.raw()

    def set_raw(self, raw: Json) -> None:
        """Show comments."""
        self.sheet.set_raw(raw)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.search.setVisible(not read_only)
        self.sheet.set_read_only(read_only)

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the cells to be mended."""
        self.sheet.set_problems(problems)

    def focus_problem(self, problem: Problem) -> None:
        """Put the cursor into the cell."""
        self.sheet.focus_problem(problem)
