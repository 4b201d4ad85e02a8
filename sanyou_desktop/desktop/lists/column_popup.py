"""The panel in which the columns of a list are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from sanyou_desktop.desktop.lists.columns import possible_columns
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_6
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

_SHOWN = 12


class ColumnPopup(QFrame):
    """Emits ``changed`` with the keys from left to right; each tick counts at once."""

    changed = Signal(object)

    def __init__(
        self, kind: str, columns: Sequence[str], usual: Sequence[str], parent: QWidget
    ) -> None:
        """Show which of the kind's columns are on; a button brings the ``usual`` ones back."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(_("选择列"))
        self._kind = kind
        self._columns = list(columns)
        self._usual = usual
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(text_label(_("显示哪些列"), "muted"))
        column.addWidget(self._ticks())
        column.addWidget(text_label(_("拖动表头可以调整顺序和宽度。"), "caption"))
        column.addWidget(button(_("恢复默认的列"), self._reset, role="link"))

    def show_at(self, at: QPoint) -> None:
        """Open the panel at a point of the screen, moved so that all of it is seen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        at.setY(max(screen.top(), min(at.y(), screen.bottom() - self.height())))
        self.move(at)
        self.show()
        next(iter(self.boxes.values())).setFocus()

    def _ticks(self) -> QScrollArea:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE_2)
        self.boxes: dict[str, QCheckBox] = {}
        for key in possible_columns(self._kind):
            box = QCheckBox(_(kind_of(self._kind).fields[key].title))
            box.setChecked(key in self._columns)
            box.toggled.connect(partial(self._tick, key))
            self.boxes[key] = box
            rows.addWidget(box)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        height = QCheckBox().sizeHint().height() + SPACE_2
        wide = max(box.sizeHint().width() for box in self.boxes.values()) + SPACE_6
        scroll.setMinimumSize(wide, min(_SHOWN, len(self.boxes)) * height)
        return scroll

    def _tick(self, key: str, on: bool) -> None:
        if on:
            self._columns.append(key)
        elif len(self._columns) > 1:
            self._columns.remove(key)
        else:
            # A list without any column could not even be clicked.
            self._show(self._columns)
            return
        self.changed.emit(tuple(self._columns))

    def _reset(self) -> None:
        self._columns = list(self._usual)
        self._show(self._columns)
        self.changed.emit(tuple(self._columns))

    def _show(self, columns: Sequence[str]) -> None:
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(key in columns)
            box.blockSignals(False)
