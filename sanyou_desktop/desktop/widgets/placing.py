"""Where a panel opens beside the widget it belongs to."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget


def place_below(panel: QWidget, anchor: QWidget) -> None:
    """Move ``panel`` below ``anchor``, above it where the screen ends, and never off the screen."""
    screen = anchor.screen().availableGeometry()
    top_left = anchor.mapToGlobal(QPoint(0, 0))
    y = top_left.y() + anchor.height()
    if y + panel.height() > screen.bottom() + 1:
        y = top_left.y() - panel.height()
    x = min(top_left.x(), screen.right() + 1 - panel.width())
    panel.move(max(x, screen.left()), max(y, screen.top()))
