"""A label above, an editor, and help below that gives way to an error."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.palette import restyle
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1
from sanyou_desktop.wording import _

OFFER_KEY = "Alt+Return"


class LabelledField(QWidget):
    """Everything of one field on a form; its parts keep to the top, so that a row stays level."""

    def __init__(
        self, label: str, editor: QWidget, *, required: bool = False, help_text: str = ""
    ) -> None:
        """Put ``label`` above ``editor``; required fields are marked with *."""
        super().__init__()
        self.editor = editor
        self._help = help_text
        self._take: Callable[[], object] = _nothing
        # Made when something is first offered; most fields never have an offer.
        self.offer: QPushButton | None = None
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

    def set_offer(self, text: str, take: Callable[[], object]) -> None:
        """Offer a better text below the editor; "" takes the offer back."""
        self._take = take if text else _nothing
        if self.offer is None:
            if not text:
                return
            self.offer = self._make_offer()
        self.offer.setText(_("改为 {text}").format(text=text))
        self.offer.setVisible(bool(text))

    def _make_offer(self) -> QPushButton:
        made = button("", lambda: self._take(), role="link", icon_name="pencil")
        keys = QKeySequence(OFFER_KEY)
        made.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        # Also while the cursor is still in the field.
        shortcut = QShortcut(keys, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._take())
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.below), made, 0, Qt.AlignmentFlag.AlignLeft)
        QWidget.setTabOrder(self._spoken, made)
        return made


def _nothing() -> None:
    """There is no offer to take."""
