"""The line of buttons below a form's head: what can be done with the record as it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.register import deeds_of, keys_of
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_6
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _


class DeedBar(QWidget):
    """Shows the deeds that make sense for a record, the awaited one as the primary button.

    Signals:
        asked: the ``Deed`` that the user wants done.
    """

    asked = Signal(object)

    def __init__(self, kind: str, *, margin: int = SPACE_6) -> None:
        """Make a button for each deed of the kind; nothing is offered yet.

        ``margin`` is kept at both sides, and below unless it is 0.
        """
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._deeds, self._keys = deeds_of(kind), keys_of(kind)
        self._shortcuts: dict[str, QShortcut] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, 0, margin, SPACE_2 if margin else 0)
        flow = FlowLayout()
        column.addLayout(flow)
        for deed in self._deeds:
            self._add(deed, flow)
        self.hide()

    def _add(self, deed: Deed, flow: FlowLayout) -> None:
        made = button(_(deed.text), self._asking(deed), icon_name=deed.icon)
        made.setObjectName(deed.id)
        if deed.id in self._keys:
            keys = QKeySequence(self._keys[deed.id])
            made.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
            # Also from the list beside the form, where one goes from record to record; only the
            # page in view is asked.
            shortcut = QShortcut(keys, self, context=Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(self._asking(deed))
            self._shortcuts[deed.id] = shortcut
        flow.addWidget(made)
        self.buttons[deed.id] = made

    def _asking(self, deed: Deed) -> Callable[[], None]:
        return lambda: self.asked.emit(deed)

    def show_record(self, record: Record, *, read_only: bool) -> None:
        """Offer what makes sense for the record as saved; nothing for one that is new."""
        offered = set()
        for deed in self._deeds:
            made = self.buttons[deed.id]
            fits = bool(record.id) and not (read_only and deed.writes) and deed.offered(record)
            made.setVisible(fits)
            if deed.id in self._shortcuts:
                self._shortcuts[deed.id].setEnabled(fits)
            if fits:
                offered.add(deed.id)
                self._dress(made, deed, awaited=deed.awaited(record))
        self.setVisible(bool(offered))

    def _dress(self, made: QPushButton, deed: Deed, *, awaited: bool) -> None:
        role = "primary" if awaited else "plain"
        if made.property("role") != role:
            made.setProperty("role", role)
            made.setIcon(icon(deed.icon, "on_accent" if awaited else "text"))
            made.style().polish(made)
