"""Buttons at the right end of a card."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sanyou_desktop.desktop.theme.tokens import SPACE_2


def button_row(*buttons: QWidget) -> QHBoxLayout:
    """Return a row of ``buttons``, in this order."""
    row = QHBoxLayout()
    row.setSpacing(SPACE_2)
    row.addStretch()
    for made in buttons:
        row.addWidget(made)
    return row
