"""Counts, numbers and quantities, typed as people write them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import tabular
from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.model.fields import Amount, Field, Json, Refused
from sanyou_desktop.wording import _


class NumberEditor(TextEditor):
    """A line for a number: even digits, at the right."""

    def __init__(self, key: str, field: Field[Any], session: Session) -> None:
        """Edit the field ``key``."""
        super().__init__(key, field, session)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setFont(tabular(self.line.font()))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)


class AmountEditor(TextEditor):
    """A line for a quantity, with how it was understood below: 140多万元 is ≥1,400,000 元."""

    def __init__(self, key: str, field: Amount, session: Session) -> None:
        """Edit the field ``key``."""
        super().__init__(key, field, session)
        self._field = field
        self.understood = text_label("", "caption")
        row = self.layout()
        assert row is not None
        row.removeWidget(self.line)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.understood)
        row.addLayout(column)  # type: ignore[attr-defined]  # made as a QHBoxLayout by ``_hold``
        self.line.textChanged.connect(lambda _text: self._explain())
        self._explain()

    def set_raw(self, raw: Json) -> None:
        """Show the words of a quantity."""
        super().set_raw(raw["as_written"] if isinstance(raw, dict) else raw)

    def _explain(self) -> None:
        text = self.line.text().strip()
        shown = ""
        try:
            quantity = self._field.parse(text) if text else None
        except Refused:
            quantity = None
        if quantity is not None:
            words = quantity.in_words()
            shown = _("记为 {quantity}").format(quantity=words)
            if quantity.value is None:
                shown = _("没有数字，只记原话，不计入合计")
        self.understood.setText(shown)
        self.understood.setVisible(bool(shown))
