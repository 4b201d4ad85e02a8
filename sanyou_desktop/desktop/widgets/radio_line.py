"""A choice of one of a few options, all in view on one line behind its title."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_4


def radio_line(owner: QWidget, column: QVBoxLayout, title: str, *options: str) -> QButtonGroup:
    """Add the line to ``column`` and return its buttons, numbered from 0, the first one chosen."""
    group = QButtonGroup(owner)
    across = QHBoxLayout()
    across.setSpacing(SPACE_4)
    across.addWidget(text_label(title, "caption"))
    for number, text in enumerate(options):
        made = QRadioButton(text)
        group.addButton(made, number)
        across.addWidget(made)
    across.addStretch()
    group.button(0).setChecked(True)
    column.addLayout(across)
    return group
