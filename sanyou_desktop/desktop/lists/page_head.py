"""The first line of a page of records: back to the list, title, filters in use, actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import CONTROL_HEIGHT, SPACE_1, SPACE_3


def page_head(back: QWidget, title: str, filters: QWidget, *actions: QWidget) -> QHBoxLayout:
    """Return the line; all but the filters keep to its top when these need more rows."""
    label = text_label(title, "page")
    label.setMinimumHeight(CONTROL_HEIGHT)
    # Chips are lower than the button beside them.
    chips = QVBoxLayout()
    chips.setContentsMargins(0, SPACE_1, 0, SPACE_1)
    chips.addWidget(filters)
    chips.addStretch()
    head = QHBoxLayout()
    head.setSpacing(SPACE_3)
    head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    head.addSpacing(SPACE_3)
    head.addLayout(chips, 1)
    for action in actions:
        head.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
    return head
