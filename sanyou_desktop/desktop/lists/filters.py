"""The filter bar: a chip for each condition in force, and a menu that adds one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from sanyou_desktop.desktop.lists.conditions import Condition, filterable
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, shortened
from sanyou_desktop.desktop.widgets.chip import FilterChip
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.ledger.query import Filter
from sanyou_desktop.model.fields import UnitCode
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.lists.condition_popup import ConditionPopup

_LONGEST = 24


class FilterBar(QWidget):
    """Emits ``changed`` after a condition was added, changed or taken off by the user."""

    changed = Signal()

    def __init__(self, kind: str, session: Session, parent: QWidget | None = None) -> None:
        """Start without conditions."""
        super().__init__(parent)
        self._kind = kind
        self._session = session
        self._fields = kind_of(kind).fields
        self._conditions: dict[str, Condition] = {}
        # Names of the units that are asked for, by code.
        self._units: dict[str, str] = {}
        self._row = FlowLayout()
        self.setLayout(self._row)
        self.add_button = button(_("筛选"), self._offer, role="chip", icon_name="plus")
        self.add_button.setAccessibleName(_("添加筛选条件"))
        self._row.addWidget(self.add_button)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions in force, in the order they were added."""
        return tuple(self._conditions.values())

    def labels(self) -> list[str]:
        """Return how the conditions read, a line each."""
        return [one.label(self._fields[one.key], self._units) for one in self.conditions]

    def filters(self, today: date) -> tuple[Filter, ...]:
        """Return what the ledger is asked."""
        return tuple(item for each in self.conditions for item in each.filters(today))

    def set_conditions(self, conditions: Iterable[Condition]) -> None:
        """Show other conditions without telling anybody."""
        self._conditions = {item.key: item for item in conditions}
        self._show()

    def show_only(self, conditions: Iterable[Condition]) -> None:
        """Put other conditions in the place of those in force."""
        self.set_conditions(conditions)
        self.changed.emit()

    def clear(self) -> None:
        """Take all conditions off."""
        if self._conditions:
            self.set_conditions(())
            self.changed.emit()

    def put(self, condition: Condition) -> None:
        """Add or change the condition on a field; one that says nothing takes it off."""
        if condition.says_nothing:
            self._conditions.pop(condition.key, None)
        else:
            self._conditions[condition.key] = condition
        self._show()
        self.changed.emit()

    def field_menu(self) -> QMenu:
        """Return the menu of fields that can be filtered by."""
        menu = QMenu(self)
        for key in filterable(self._kind):
            action = menu.addAction(_(self._fields[key].title))
            action.triggered.connect(partial(self.edit, key))
        return menu

    def edit(self, key: str, _checked: bool = False) -> ConditionPopup:
        """Open the panel for the condition on a field."""
        condition = self._conditions.get(key, Condition(key))
        from sanyou_desktop.desktop.lists.condition_popup import ConditionPopup

        popup = ConditionPopup(self._kind, condition, self._session, self)
        popup.changed.connect(self.put)
        popup.show_under(self._chip(key) or self.add_button)
        return popup

    def chips(self) -> list[FilterChip]:
        """Return the chips shown."""
        found = [self._row.itemAt(at) for at in range(self._row.count())]
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, FilterChip)]

    def _chip(self, key: str) -> FilterChip | None:
        return next((chip for chip in self.chips() if chip.objectName() == key), None)

    def _offer(self) -> None:
        menu = self.field_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _show(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, FilterChip):
                widget.hide()
                widget.deleteLater()
        for condition in self.conditions:
            self._row.addWidget(self._made(condition))
        self._row.addWidget(self.add_button)
        self.updateGeometry()
        self._ask_names()

    def _ask_names(self) -> None:
        """Ask for the names of units that are not known yet, and show them when they come."""
        wanted = [
            code
            for one in self.conditions
            if isinstance(self._fields[one.key], UnitCode)
            for code in one.values
            if code not in self._units
        ]
        if not wanted:
            return

        def show(names: dict[str, str]) -> None:
            # Of a unit that is not in the ledger, the code is what there is.
            self._units |= {code: code for code in wanted} | names
            self._show()

        self._session.jobs.read(lambda ledger: ledger.unit_names(wanted), show, owner=self)

    def _made(self, condition: Condition) -> FilterChip:
        whole = condition.label(self._fields[condition.key], self._units)
        shown = shortened(whole, _LONGEST)
        chip = FilterChip(shown, self)
        chip.setObjectName(condition.key)
        if condition.told:
            chip.setToolTip(_("按 ✕ 或删除键取消"))
        else:
            chip.clicked.connect(partial(self.edit, condition.key))
        chip.removed.connect(partial(self.put, Condition(condition.key)))
        chip.show()
        return chip
