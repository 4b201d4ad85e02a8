"""The dialog of a deed that asks for a few fields; what is wrong stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from sanyou_desktop.desktop.dialogs.asked import Asked, Values
from sanyou_desktop.desktop.dialogs.deed_dialog import DeedDialog, Work
from sanyou_desktop.desktop.dialogs.frame import Sheet
from sanyou_desktop.desktop.editors.choice import FlagEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.for_field import make_editor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.tokens import SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import Flag, Json, is_blank
from sanyou_desktop.model.fields.base import Refused
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.wording import _

FieldsWork = Callable[[Ledger, Values], Changes | Saved]

_GRID = 6


class FieldsDialog(DeedDialog):
    """Asks lines of fields.

    Attributes:
        editors, fields: by the keys of what is asked.
    """

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        title: str,
        lines: Sequence[tuple[Asked, ...]],
        work: FieldsWork,
        *,
        kind: str = "",
        about: str = "",
        confirm: str = "",
        icon_name: str = "check",
    ) -> None:
        """Ask ``lines``; the values go to ``work`` in the background.

        Args:
            parent: the page over which it opens.
            session: the open ledger.
            title: names the deed, and its button unless ``confirm`` does.
            lines: what is asked, line by line.
            work: does it, and may raise ``Invalid``.
            kind: of the records whose texts are offered for completion.
            about: says of what, in lines.
            confirm: words of the button.
            icon_name: of the button.
        """
        super().__init__(parent, session, title, about, confirm, icon_name=icon_name)
        self._work, self._kind = work, kind
        self._asked = [asked for asked_line in lines for asked in asked_line]
        self._after: Callable[[Values], object] = lambda _values: None
        self._begun: dict[str, Json] = {}
        self._entered: Values = {}
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, LabelledField] = {}
        self._lay_out(Sheet(self._grid(lines)))
        self._focus_first()

    def then(self, after: Callable[[Values], object]) -> None:
        """Call ``after`` with what was entered, once it is done."""
        self._after = after

    def _grid(self, lines: Sequence[tuple[Asked, ...]]) -> QWidget:
        holder = QWidget()
        holder.setProperty("role", "form")
        grid = QGridLayout(holder)
        grid.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_3)
        for unit in range(_GRID):
            grid.setColumnStretch(unit, 1)
        for row, asked_line in enumerate(lines):
            share = _GRID // len(asked_line)
            for place, asked in enumerate(asked_line):
                top = Qt.AlignmentFlag.AlignTop
                grid.addWidget(self._field(asked), row, place * share, 1, share, top)
        grid.setRowStretch(len(lines), 1)
        return holder

    def _field(self, asked: Asked) -> LabelledField:
        editor = self._editor(asked)
        editor.set_raw(asked.value)
        labelled = LabelledField(
            _(asked.field.title),
            editor,
            required=asked.must or asked.field.required,
            help_text=_(asked.field.description),
        )
        if isinstance(asked.field, Flag) and isinstance(editor, FlagEditor):
            editor.box.setText(_(asked.field.title))
            labelled.label.hide()
        self.editors[asked.key], self.fields[asked.key] = editor, labelled
        self._begun[asked.key] = editor.raw()
        editor.changed.connect(partial(self._edited, asked))
        self._offer_better(asked)
        return labelled

    def _editor(self, asked: Asked) -> Editor:
        if asked.make is not None:
            return asked.make(self._session)
        return make_editor(asked.completes or asked.key, asked.field, self._session, self._kind)

    def _focus_first(self) -> None:
        """Put the cursor where something has to be entered still."""
        empty = [
            asked.key
            for asked in self._asked
            if (asked.must or asked.field.required) and is_blank(asked.value)
        ]
        self.editors[(empty or [self._asked[0].key])[0]].setFocus()

    def _edited(self, asked: Asked) -> None:
        """What is being mended is no longer complained of."""
        self._show_error(asked.key, "")
        self._offer_better(asked)

    def _offer_better(self, asked: Asked) -> None:
        editor = self.editors[asked.key]
        better = asked.better(str(editor.raw() or ""))

        def take() -> None:
            editor.set_raw(better)
            editor.setFocus()
            self._edited(asked)

        self.fields[asked.key].set_offer(better or "", take)

    # Doing

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything was entered that was not there at the beginning."""
        return any(
            editor.raw() != self._begun[key]
            and not (is_blank(self._begun[key]) and is_blank(editor.raw()))
            for key, editor in self.editors.items()
        )

    def _busy(self) -> Editor | None:
        return next((item for item in self.editors.values() if item.is_busy), None)

    def _prepare(self) -> Work | None:
        values = self._values()
        if values is None:
            return None
        self._entered = values
        return lambda ledger: self._work(ledger, values)

    def _values(self) -> Values | None:
        """Return what was entered; None if a field does not take it, which is shown there."""
        values: dict[str, Any] = {}
        for asked in self._asked:
            message = ""
            try:
                values[asked.key] = asked.field.read(self.editors[asked.key].raw())
            except Refused as refusal:
                message = str(refusal)
            self._show_error(asked.key, message)
        wrong = [asked.key for asked in self._asked if asked.key not in values]
        if wrong:
            self.editors[wrong[0]].setFocus()
            return None
        return values

    def _done(self) -> None:
        self._after(self._entered)

    def _tell_at_place(self, problem: Problem) -> bool:
        found = next((asked.key for asked in self._asked if asked.holds(problem)), None)
        if found is None:
            return False
        is_first = not any(field.error for field in self.fields.values())
        before = self.fields[found].error
        self._show_error(found, "\n".join(filter(None, (before, problem.message))))
        if is_first:
            self.editors[found].setFocus()
        return True

    def _show_error(self, key: str, message: str) -> None:
        self.fields[key].set_error(message)
        self.editors[key].set_problems([Problem(key, "", message)] if message else [])
