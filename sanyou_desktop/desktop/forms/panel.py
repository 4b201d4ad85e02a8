"""Something a form shows beside its editors, worked out from the whole draft."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.session import Session
from sanyou_desktop.model.draft import Draft


class Panel(QWidget):
    """Follows the draft; hides itself while it has nothing to say.

    Signals:
        reference_opened: the id of a record that the user wants to see.
    """

    reference_opened = Signal(str)

    def __init__(self, session: Session) -> None:
        """Start with nothing."""
        super().__init__()
        self.session = session
        self.hide()

    def show_draft(self, draft: Draft) -> None:
        """Look again; called for every record shown and, with a short delay, as one types."""
        raise NotImplementedError
