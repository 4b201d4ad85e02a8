"""List and form side by side, or taking turns where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.parts import button
from sanyou_desktop.desktop.theme.tokens import FORM_WIDTH, NARROW, SPACE_4, SPACE_6
from sanyou_desktop.wording import _

_FORM_SHARE = 0.5
_FORM_LEAST = 440
_LIST_LEAST = 280
_UNLIMITED = 16777215


class TwoPanes(QSplitter):
    """Keeps the form at a readable width and gives the rest to the list.

    Signals:
        resized_by_hand: the user moved the divider.
        turned: narrow began or ended.
        list_wanted: the user went back to the list, and goes on there.

    Attributes:
        back: leads from the form to the list, for the head of the page, where it takes no room
            from the form.
    """

    resized_by_hand = Signal(object)
    turned = Signal(bool)
    list_wanted = Signal()

    def __init__(self, left: QWidget, right: QWidget, sizes: Sequence[int]) -> None:
        """Put ``right`` on a card beside ``left``; ``sizes`` are remembered ones, or none."""
        super().__init__(Qt.Orientation.Horizontal)
        self._left, self._sizes = left, list(sizes)
        self.is_narrow = False
        self._shows_form = False
        self._has_form = True
        self.back = button(_("返回列表"), self.show_list, icon_name="arrow-left")
        self._right = QFrame()
        self._right.setProperty("role", "card")
        column = QVBoxLayout(self._right)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(right, 1)
        self.addWidget(left)
        self.addWidget(self._right)
        self.setHandleWidth(SPACE_4)
        self.setChildrenCollapsible(False)
        left.setMinimumWidth(_LIST_LEAST)
        self.splitterMoved.connect(self._moved)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._right)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.show_list)
        self._arrange()

    def show_form(self) -> None:
        """Where only one has room, show the form."""
        self._shows_form = True
        self._arrange()

    def show_list(self) -> None:
        """Where only one has room, show the list; the keyboard is wanted there."""
        self._shows_form = False
        self._arrange()
        self.list_wanted.emit()

    def set_has_form(self, has_form: bool) -> None:
        """Give the list all the room while there is nothing that a form could show."""
        if has_form != self._has_form:
            self._has_form = has_form
            self._arrange()

    @property
    def shows_form(self) -> bool:
        """Tell whether the form can be seen."""
        return not self._right.isHidden()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between side by side and taking turns."""
        super().resizeEvent(event)
        self._look_at_width()

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange for the window that it is in by now."""
        super().showEvent(event)
        self._look_at_width()

    def _look_at_width(self) -> None:
        narrow = self.window().width() < NARROW
        if narrow != self.is_narrow:
            self.is_narrow = narrow
            self._arrange()
            self.turned.emit(narrow)
        self._share()

    def _arrange(self) -> None:
        form_only = self.is_narrow and self._shows_form and self._has_form
        self._left.setVisible(not form_only)
        self._right.setVisible(self._has_form and (form_only or not self.is_narrow))
        self.back.setVisible(form_only)
        widest = _UNLIMITED if self.is_narrow else FORM_WIDTH + 3 * SPACE_6
        self._right.setMaximumWidth(widest)
        self._share()

    def _share(self) -> None:
        if self.is_narrow or not self._has_form:
            return
        room = self.width() - self.handleWidth()
        form = self._sizes[1] if len(self._sizes) == 2 else round(room * _FORM_SHARE)
        form = max(min(form, self._right.maximumWidth(), room - _LIST_LEAST), _FORM_LEAST)
        self.setSizes([room - form, form])

    def _moved(self) -> None:
        self._sizes = self.sizes()
        self.resized_by_hand.emit(self._sizes)
