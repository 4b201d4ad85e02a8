"""What every page can do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import spacer, text_label
from sanyou_desktop.desktop.theme.tokens import CONTROL_HEIGHT, SPACE_3, SPACE_4, SPACE_6


class Page(QWidget):
    """A titled page; ``refresh`` is called whenever it comes into view.

    Its content scrolls, unless it ``fills`` the page with parts that scroll themselves: one bar
    is enough.
    """

    def __init__(self, title: str, session: Session, *, fills: bool = False) -> None:
        """Start with a title and an empty column."""
        super().__init__()
        self.session = session
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        outer.setSpacing(SPACE_4)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE_3)
        named = text_label(title, "page")
        # As high as a button, so that it stays where it is when one comes beside it.
        named.setMinimumHeight(CONTROL_HEIGHT)
        self.head.addWidget(named)
        self.head.addWidget(spacer())
        outer.addLayout(self.head)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_4)
        outer.addWidget(inside if fills else _scrolling(inside), 1)

    def add_card(self, card: QWidget) -> None:
        """Put a card below the others; a line of its own tells it how wide it will be.

        Below one another, cards get the height that their texts would need over the whole page.
        """
        line = QHBoxLayout()
        line.addWidget(card, 1)
        line.addStretch(0)
        self.column.addLayout(line)

    def refresh(self) -> None:
        """Look again at what the page shows."""

    def take_keyboard(self) -> None:
        """Give the keyboard to what the page is about, where that is not its first part.

        Not by a focus proxy: Tab would go from before the page straight to it, past all that
        stands above, and nowhere while it is hidden.
        """

    def leave(self, proceed: Callable[[], None]) -> None:
        """Call ``proceed`` when it is fine to leave the page."""
        proceed()


def _scrolling(inside: QWidget) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(inside)
    return made
