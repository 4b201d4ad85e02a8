"""A small dialog that asks for what a step needs and takes it; what is wrong shows at its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.editors.composition import finish_typing
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.for_field import make_editor
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import Field, Json, Refused
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.wording import _

_WIDTH = 560
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One field to fill in.

    Attributes:
        key: under which its value is handed on, and by which problems name it.
        field: what it may hold.
        raw: what stands in it at first.
        required: marked with *; that it was filled in is checked by the step itself.
        title: in place of the field's own, already translated.
        better: a better way to write what was entered, offered below; None for none.
    """

    key: str
    field: Field[Any]
    raw: Json = ""
    required: bool = False
    title: str = ""
    better: Callable[[str], str | None] = lambda _text: None


class FieldsDialog(QDialog):
    """Fields in lines, above a button that names the step.

    Attributes:
        editors: by the key of what they ask for.
        fields: their labels and errors, likewise.
    """

    def __init__(
        self,
        place: Place,
        title: str,
        words: str,
        lines: Sequence[Sequence[Asked]],
        step: str,
        work: Callable[[Ledger, Values], Changes | Saved],
        done: Callable[[Any], None] = lambda _result: None,
    ) -> None:
        """Ask; on ``step`` the values go to ``work`` in the background.

        The dialog stays until ``work`` is through, and then ``done`` gets what it returned.
        """
        super().__init__(place.widget)
        self._session = place.session
        self._work, self._done = work, done
        self._asked = {asked.key: asked for line in lines for asked in line}
        self.editors: dict[str, Editor] = {}
        self._begun: dict[str, Json] = {}
        self.fields: dict[str, LabelledField] = {}
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        self.words = text_label(words, "muted", wrap=True)
        self.words.setVisible(bool(words))
        column.addWidget(self.words)
        for line in lines:
            across = QHBoxLayout()
            across.setSpacing(SPACE_4)
            for asked in line:
                across.addWidget(self._field(asked), 1)
            column.addLayout(across)
        self.told = text_label("", "error", wrap=True)
        self.told.hide()
        column.addWidget(self.told)
        column.addStretch()
        self.cancel = button(_("取消"), self.reject)
        self.take = button(step, self.go, role="primary")
        self.take.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(spacer())
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        column.addLayout(foot)
        # Return makes a new line in a long text.
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go)
        first = next(iter(self.editors.values()), None)
        (first or self.take).setFocus()

    def _field(self, asked: Asked) -> LabelledField:
        editor = make_editor(asked.key, asked.field, self._session)
        editor.set_raw(asked.raw)
        field = LabelledField(
            asked.title or _(asked.field.title),
            editor,
            required=asked.required,
            help_text=_(asked.field.description),
        )
        self.editors[asked.key], self.fields[asked.key] = editor, field
        self._begun[asked.key] = editor.raw()
        editor.changed.connect(lambda: self._offer(asked))
        # What is being mended is no longer complained of.
        editor.changed.connect(lambda: field.set_error(""))
        self._offer(asked)
        return field

    def _offer(self, asked: Asked) -> None:
        editor = self.editors[asked.key]
        better = asked.better(str(editor.raw() or ""))

        def take() -> None:
            editor.set_raw(better)
            editor.setFocus()
            self._offer(asked)

        self.fields[asked.key].set_offer(better or "", take)

    def go(self) -> None:
        """Take the step with what is filled in, unless something of it is wrong."""
        if not self.take.isEnabled():
            return
        finish_typing(self)
        values = self._read()
        if values is None:
            return
        self._set_busy(True)
        self._session.operations.run(
            lambda ledger: self._work(ledger, values),
            owner=self,
            done=self._took,
            failed=self._refused,
        )

    def reject(self) -> None:
        """Leave, unless the step is being taken; what was typed is not thrown away by a slip."""
        if not self.take.isEnabled():
            return
        finish_typing(self)
        typed = any(editor.raw() != self._begun[key] for key, editor in self.editors.items())
        question = _("已填写的内容还没有保存，放弃吗？")
        if not typed or self._session.ask.confirm(self, question, _("放弃")):
            super().reject()

    def _read(self) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for key, asked in self._asked.items():
            try:
                values[key] = asked.field.read(self.editors[key].raw())
            except Refused as refusal:
                wrong[key] = str(refusal)
        self._show_wrong(wrong, ())
        return None if wrong else values

    def _took(self, result: Changes | Saved) -> None:
        self._set_busy(False)
        self.accept()
        self._done(result)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, Invalid):
            self._show_wrong({}, [explain(error)])
            return
        wrong: dict[str, str] = {}
        elsewhere = []
        for problem in error.problems:
            key = self._key_of(problem)
            if key and key not in wrong:
                wrong[key] = problem.message
            else:
                elsewhere.append(str(problem))
        self._show_wrong(wrong, elsewhere)

    def _key_of(self, problem: Problem) -> str:
        """Return what was asked that the problem is about, a column of a row before its field."""
        for key in (problem.column, problem.field):
            if key in self._asked:
                return key or ""
        return ""

    def _show_wrong(self, wrong: Mapping[str, str], elsewhere: Iterable[str]) -> None:
        for key, field in self.fields.items():
            field.set_error(wrong.get(key, ""))
            self.editors[key].set_problems([Problem(key, "", wrong[key])] if key in wrong else [])
        self.told.setText("\n".join(elsewhere))
        self.told.setVisible(bool(self.told.text()))
        if wrong:
            self.editors[next(iter(wrong))].setFocus()

    def _set_busy(self, busy: bool) -> None:
        self.take.setEnabled(not busy)
        self.cancel.setEnabled(not busy)


def ask_fields(dialog: QDialog) -> QDialog:
    """Open a dialog over its page; it goes away by itself."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
