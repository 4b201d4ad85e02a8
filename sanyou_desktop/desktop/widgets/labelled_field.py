"""A label above, an editor, and help below that gives way to an error."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1


class LabelledField(QWidget):
    """Everything of one field on a form; its parts keep to the top, so that a row stays level."""

    def __init__(
        self, label: str, editor: QWidget, *, required: bool = False, help_text: str = ""
    ) -> None:
        """Put ``label`` above ``editor``; required fields are marked with *."""
        super().__init__()
        self.editor = editor
        self._help = help_text
        self.label = text_label(f"{label} *" if required else label, "caption")
        self.label.setBuddy(editor)
        self.below = text_label("", "caption", wrap=True)
        self.below.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._spoken = editor.focusProxy() or editor
        self._spoken.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.below)
        column.addStretch()
        self.set_error("")

    @property
    def error(self) -> str:
        """The error shown, "" if none."""
        return self._error

    def set_error(self, message: str) -> None:
        """Show what is wrong and how to mend it in place of the help; "" brings the help back."""
        self._error = message
        self.below.setText(message or self._help)
        restyle(self.below, "role", "error" if message else "caption")
        self.below.setVisible(bool(message or self._help))
        self._spoken.setAccessibleDescription(message or self._help)

    def set_help(self, text: str) -> None:
        """Change the help text."""
        self._help = text
        self.set_error(self._error)
