"""A choice of one, a choice of several, yes or no."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QStyleOptionComboBox

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.tokens import CONTROL_HEIGHT, ICON_SMALL, SPACE_2
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.model.fields import Choice, Choices, Json
from sanyou_desktop.wording import _

_FEWEST_CHARACTERS = 15


class CalmComboBox(QComboBox):
    """A combo box that the mouse wheel scrolls past instead of changing."""

    def event(self, event: QEvent) -> bool:
        """Keep Alt+Down, which opens the list, from the window, where it is the next record."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            opens = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
            if opens and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow, which a style sheet can take only from a file of one colour."""
        super().paintEvent(event)
        side = ICON_SMALL
        place = QRect(self.width() - side - SPACE_2 - 2, (self.height() - side) // 2, side, side)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        icon("chevron-down", "muted").paint(QPainter(self), place, mode=mode)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class NarrowComboBox(CalmComboBox):
    """A combo box that may be narrower than its longest entry: the list opens as wide as that."""

    def __init__(self) -> None:
        """Start without entries."""
        super().__init__()
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_FEWEST_CHARACTERS)
        self.currentTextChanged.connect(self.setToolTip)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """End what does not fit before the arrow in an ellipsis."""
        super().initStyleOption(option)
        room = self.width() - ICON_SMALL - 4 * SPACE_2
        right = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, right, room)

    def showPopup(self) -> None:
        """Open the list."""
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 4 * SPACE_2)
        super().showPopup()


class ChoiceEditor(Editor):
    """A combo box; a value of a newer version of the program is kept and shown as it is."""

    def __init__(self, field: Choice) -> None:
        """Offer the options of ``field``."""
        super().__init__()
        self.combo = CalmComboBox()
        self.combo.addItem("", "")
        for option in field.enum:
            self.combo.addItem(_(option.title), option.value)
        self._offered = self.combo.count()
        self.combo.activated.connect(lambda _index: self.changed.emit())
        self._hold(self.combo)

    def raw(self) -> Json:
        """Return the value of the option chosen, "" for none."""
        return str(self.combo.currentData() or "")

    def set_raw(self, raw: Json) -> None:
        """Choose the option with that value."""
        while self.combo.count() > self._offered:
            self.combo.removeItem(self._offered)
        index = self.combo.findData(raw or "")
        if index < 0:
            self.combo.addItem(str(raw), raw)
            index = self.combo.count() - 1
        self.combo.setCurrentIndex(index)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.combo.setEnabled(not read_only)


class ChoicesEditor(Editor):
    """A row of toggles, one an option."""

    wants_line = True

    def __init__(self, field: Choices) -> None:
        """Offer the options of ``field``."""
        super().__init__()
        self.toggles: dict[str, QPushButton] = {}
        flow = FlowLayout(self)
        for option in field.enum:
            toggle = QPushButton(_(option.title))
            toggle.setCheckable(True)
            toggle.setProperty("role", "chip")
            toggle.clicked.connect(lambda _checked: self.changed.emit())
            flow.addWidget(toggle)
            self.toggles[option.value] = toggle
        self.setFocusProxy(next(iter(self.toggles.values())))

    def raw(self) -> Json:
        """Return the values chosen, in the order of the declaration."""
        return [value for value, toggle in self.toggles.items() if toggle.isChecked()]

    def set_raw(self, raw: Json) -> None:
        """Choose the options with those values."""
        chosen = raw if isinstance(raw, list) else []
        for value, toggle in self.toggles.items():
            toggle.setChecked(value in chosen)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        for toggle in self.toggles.values():
            toggle.setEnabled(not read_only)


class FlagEditor(Editor):
    """A box to tick."""

    def __init__(self) -> None:
        """Start without a tick."""
        super().__init__()
        self.box = QCheckBox(_("是"))
        self.box.setMinimumHeight(CONTROL_HEIGHT)
        self.box.clicked.connect(lambda _checked: self.changed.emit())
        self._hold(self.box)

    def raw(self) -> Json:
        """Return whether it is ticked."""
        return self.box.isChecked()

    def set_raw(self, raw: Json) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(raw))

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anything be changed."""
        self.box.setEnabled(not read_only)
        self.box.setFocusPolicy(Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus)
