"""A card: a heading and what belongs under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import FORM_WIDTH, SPACE_2, SPACE_4


class Card(QFrame):
    """A pane with a heading; add to ``column``."""

    def __init__(self, title: str, *, wide: bool = False) -> None:
        """Start with the heading alone."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if not wide:
            self.setMaximumWidth(FORM_WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.column.setSpacing(SPACE_2)
        self.title = text_label(title, "section")
        self.column.addWidget(self.title)
