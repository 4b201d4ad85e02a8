"""A small dialog for one step: a few fields, what is refused beside them, Ctrl+Enter to confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.editors.choice import FlagEditor
from sanyou_desktop.desktop.editors.composition import finish_typing
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.for_field import make_editor
from sanyou_desktop.desktop.errors import explain
from sanyou_desktop.desktop.findings.asked import Asked, Values
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.desktop.theme.parts import button, line, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.labelled_field import LabelledField
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import Flag, is_blank
from sanyou_desktop.model.fields.base import Refused
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.wording import _

Work = Callable[[Ledger, Values], Changes]

_WIDTH = 560
_GRID = 6
# Of the height of the screen, for the fields; a long text scrolls beyond it.
_TALLEST = 0.6


class StepDialog(QDialog):
    """Asks, carries out in the background, and closes once it is done.

    What is refused, by a field or by the record, is told where it can be mended, and everything
    typed stays.

    Attributes:
        editors, fields: by the keys of what is asked.
    """

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        title: str,
        lines: Sequence[tuple[Asked, ...]],
        work: Work,
        *,
        about: str = "",
        confirm: str = "",
    ) -> None:
        """Ask ``lines``; ``about`` says below the title of what, ``confirm`` names the button."""
        super().__init__(parent)
        self._session, self._work = session, work
        self._asked = [asked for asked_line in lines for asked in asked_line]
        self._after: Callable[[Values], object] = lambda _values: None
        self._saving = False
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, LabelledField] = {}
        self.setWindowTitle(title)
        self.about = _Heading(about)
        self.banner = Banner()
        self.cancel = button(_("取消"), self.reject)
        self.confirm = button(confirm or title, self.accept_all, role="primary", icon_name="check")
        self.confirm.setDefault(True)
        self._lay_out(lines)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept_all)
        self._focus_first()

    def then(self, after: Callable[[Values], object]) -> None:
        """Call ``after`` with what was entered, once it is done."""
        self._after = after

    def _lay_out(self, lines: Sequence[tuple[Asked, ...]]) -> None:
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        told = QVBoxLayout()
        told.setContentsMargins(SPACE_6, SPACE_2, SPACE_6, SPACE_2)
        told.addWidget(self.banner)
        column.addWidget(self.about)
        column.addLayout(told)
        column.addWidget(line())
        column.addWidget(_Sheet(holder), 1)
        column.addWidget(line())
        column.addLayout(self._foot())
        self.setMinimumWidth(_WIDTH)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_6, SPACE_3, SPACE_6, SPACE_3)
        foot.setSpacing(SPACE_2)
        foot.addWidget(text_label(_("Ctrl+Enter 确认，Esc 取消"), "caption"))
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.confirm)
        return foot

    def _field(self, asked: Asked) -> LabelledField:
        editor = self._editor(asked)
        editor.set_raw(asked.value)
        labelled = LabelledField(
            _(asked.field.title),
            editor,
            required=asked.field.required,
            help_text=_(asked.field.description),
        )
        if isinstance(asked.field, Flag) and isinstance(editor, FlagEditor):
            editor.box.setText(_(asked.field.title))
            labelled.label.hide()
        self.editors[asked.key], self.fields[asked.key] = editor, labelled
        editor.changed.connect(partial(self._show_error, asked.key, ""))
        return labelled

    def _editor(self, asked: Asked) -> Editor:
        if asked.make is not None:
            return asked.make(self._session)
        return make_editor(asked.completes or asked.key, asked.field, self._session, "finding")

    def _focus_first(self) -> None:
        """Put the cursor where something has to be entered still."""
        empty = [asked.key for asked in self._asked if asked.field.required and not asked.value]
        self.editors[(empty or [self._asked[0].key])[0]].setFocus()

    def event(self, event: QEvent) -> bool:
        """Grow when a message or a long text needs room; never shrink under the cursor."""
        done = super().event(event)
        # Not after any other: it may have been the one that takes the dialog away.
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        layout = self.layout()
        wanted = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        if self.height() < wanted:
            most = self.screen().availableGeometry().height()
            self.resize(self.width(), min(wanted, most))

    # Confirming

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything was entered that was not there at the beginning."""
        return any(
            self.editors[asked.key].raw() != asked.value
            and not (is_blank(asked.value) and is_blank(self.editors[asked.key].raw()))
            for asked in self._asked
        )

    def accept_all(self) -> None:
        """Carry out the step, or show what must be mended first."""
        finish_typing(self)
        if self._saving:
            return
        busy = next((item for item in self.editors.values() if item.is_busy), None)
        if busy is not None:
            busy.settled.connect(self.accept_all, Qt.ConnectionType.SingleShotConnection)
            return
        values = self._values()
        if values is None:
            return
        self._set_saving(True)
        self._session.operations.run(
            lambda ledger: self._work(ledger, values),
            owner=self,
            done=lambda _changes: self._done(values),
            failed=self._refused,
        )

    def _values(self) -> Values | None:
        """Return what was entered; None if a field does not take it, which is shown there."""
        self.banner.hide()
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

    def _done(self, values: Values) -> None:
        self._set_saving(False)
        self._after(values)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._set_saving(False)
        if not isinstance(error, Invalid):
            told = _("没有保存：{error}").format(error=explain(error))
            self.banner.show_message("\n".join((told, _("您填写的内容还在这里。"))), "bad")
            return
        elsewhere = [item for item in error.problems if not self._shown_at_field(item)]
        if elsewhere:
            self.banner.show_message("\n".join(map(str, elsewhere)), "bad")

    def _shown_at_field(self, problem: Problem) -> bool:
        found = next((asked.key for asked in self._asked if asked.holds(problem)), None)
        if found is None:
            return False
        self._show_error(found, problem.message)
        self.editors[found].setFocus()
        return True

    def _show_error(self, key: str, message: str) -> None:
        self.fields[key].set_error(message)
        editor = self.editors[key]
        restyle(editor.focusProxy() or editor, "invalid", bool(message))

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.confirm.setEnabled(not saving)

    def reject(self) -> None:
        """Close without doing it; what was typed is not thrown away by a slip of the finger."""
        if self._saving:
            return
        finish_typing(self)
        question = _("已填写的内容还没有保存，放弃吗？")
        if not self.is_dirty or self._session.ask.confirm(self, question, _("放弃")):
            super().reject()


def show(dialog: StepDialog) -> StepDialog:
    """Open a dialog over its window; it goes away by itself."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


class _Heading(QWidget):
    """What the dialog is about: its first line large, the others below."""

    def __init__(self, about: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, 0)
        column.setSpacing(SPACE_1)
        for place, text in enumerate(about.splitlines()):
            label = text_label(text, "muted" if place else "title", wrap=True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.setVisible(bool(about))


class _Sheet(QScrollArea):
    """Holds the fields; as high as they are, until the screen is full."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "form")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(holder)
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the fields when a text or a message makes them higher."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Return what shows all fields, as far as the screen allows."""
        holder = self.widget()
        if holder is None:
            return QSize()
        width = max(self.viewport().width(), _WIDTH)
        wanted = holder.minimumSizeHint()
        layout = holder.layout()
        if layout is not None and layout.hasHeightForWidth():
            wanted.setHeight(layout.totalHeightForWidth(width))
        most = round(self.screen().availableGeometry().height() * _TALLEST)
        return QSize(wanted.width(), min(wanted.height(), most))

    def sizeHint(self) -> QSize:
        """Return the same."""
        return self.minimumSizeHint()
