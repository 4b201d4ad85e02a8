"""One line of text, with what was entered before offered as completion."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.model.fields import Field, Json, Text
from sanyou_desktop.wording import _

_COMPLETED = ("department", "person", "place", "scheme", "inspected_unit", "published_where")
# Pasting more than this into one line is refused by the field; the line edit must not cut it.
_NO_LIMIT = 10_000_000


class TextEditor(Editor):
    """A line edit; also for counts, numbers and everything typed on one line."""

    def __init__(self, key: str, field: Field[Any], session: Session, kind: str = "") -> None:
        """Edit the field ``key`` of ``kind``."""
        super().__init__()
        self._key, self._kind, self._session = key, kind, session
        self.line = QLineEdit()
        self.line.setMaxLength(_NO_LIMIT)
        if field.examples:
            shown = _("、").join(_(example) for example in field.examples)
            self.line.setPlaceholderText(_("例如 {examples}").format(examples=shown))
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self._hold(self.line)
        self._words = QStringListModel(self)
        if isinstance(field, Text) and kind and key in _COMPLETED:
            self._offer_completion()

    def raw(self) -> Json:
        """Return the text as typed."""
        return self.line.text()

    def set_raw(self, raw: Json) -> None:
        """Show a text."""
        text = "" if raw is None else str(raw)
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.line.setReadOnly(read_only)

    def _offer_completion(self) -> None:
        completer = QCompleter(self._words, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _text: self.changed.emit())
        self.line.setCompleter(completer)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look the words up when the line is entered, not before."""
        if event.type() == QEvent.Type.FocusIn and watched is self.line:
            self._session.jobs.read(
                lambda ledger: ledger.distinct(self._kind, self._key),
                self._words.setStringList,
                owner=self,
            )
        return super().eventFilter(watched, event)
