"""Cards in two columns where there is room for two, else below one another."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.tokens import SPACE_4

# Below it a card of two dates side by side becomes cramped.
_NARROWEST = 480


class CardColumns(QWidget):
    """The order of reading is that of the keyboard: the first column down, then the second."""

    def __init__(self, *columns: tuple[QWidget, ...]) -> None:
        """Put each tuple of cards into a column of its own."""
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACE_4)
        self._count = len(columns)
        for cards in columns:
            column = QVBoxLayout()
            column.setSpacing(SPACE_4)
            for card in cards:
                # In a line of its own a card is measured at the width that it gets.
                line = QHBoxLayout()
                line.addWidget(card, 1)
                line.addStretch(0)
                column.addLayout(line)
            column.addStretch(1)
            self._line.addLayout(column, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side or below one another, as the width allows."""
        super().resizeEvent(event)
        needed = self._count * _NARROWEST + (self._count - 1) * SPACE_4
        fits = event.size().width() >= needed
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if wanted is not self._line.direction():
            self._line.setDirection(wanted)
