"""What an empty page says: what belongs here, and the one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3

_PICTURE = 40


class EmptyState(QWidget):
    """An icon, one line, one action and a hint, in the middle of the page."""

    acted = Signal()

    def __init__(self, icon_name: str, line: str, action: str = "", hint: str = "") -> None:
        """Show ``line``; without ``action`` there is no button."""
        super().__init__()
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(icon(icon_name, "faint").pixmap(_PICTURE, _PICTURE))
        self.line = text_label(line, "muted", wrap=True)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_3)
        column.addStretch()
        column.addWidget(picture)
        column.addWidget(self.line)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(SPACE_2)
        self._actions.addStretch()
        self._actions.addStretch()
        column.addLayout(self._actions)
        if action:
            self.action = self.add_action(action, self.acted.emit)
        if hint:
            below = text_label(hint, "caption", wrap=True)
            below.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addSpacing(SPACE_2)
            column.addWidget(below)
        column.addStretch()

    def add_action(self, text: str, run: Callable[[], object]) -> QPushButton:
        """Offer one more thing to do, beside the first."""
        made = button(text, run)
        self._actions.insertWidget(self._actions.count() - 1, made)
        return made
