"""Alt and digits of the number pad write a character in Windows (Alt+41420 is √): no deed's key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_HELD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier


class KeypadGuard(QObject):
    """Event filter of a page: what is typed so stays with the field that has the cursor."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key before a shortcut does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_digit = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
            if is_digit and event.modifiers() & _HELD == _HELD:
                event.accept()
                return True
        return super().eventFilter(watched, event)
