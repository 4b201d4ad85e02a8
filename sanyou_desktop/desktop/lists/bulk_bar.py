"""The foot of a list: how many records there are and are selected, and what to do with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.register import page_deeds_of
from sanyou_desktop.desktop.lists.bulk import CHANGEABLE, BulkChange
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import CONTROL_HEIGHT, SPACE_2
from sanyou_desktop.model.fields import Choice
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.lists.bulk_popup import BulkPopup


class BulkBar(QWidget):
    """Says the numbers; with several records selected, offers to change or delete them.

    Signals:
        change_wanted: the ``BulkChange`` to make.
        deed_wanted: a ``Deed`` of the page, to be done with the selected records.
    """

    change_wanted = Signal(object)
    deed_wanted = Signal(object)
    delete_wanted = Signal()

    def __init__(self, kind: str, session: Session, parent: QWidget | None = None) -> None:
        """Start without numbers."""
        super().__init__(parent)
        self._kind = kind
        self._session = session
        self.numbers = text_label("", "caption")
        self.selected = text_label("", "caption")
        self.change_button = button(_("批量修改"), self._offer, icon_name="pencil")
        self.delete_button = button(
            _("删除"), self.delete_wanted.emit, role="danger", icon_name="trash-2"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.numbers)
        row.addWidget(self.selected)
        row.addStretch()
        row.addWidget(self.change_button)
        row.addWidget(self.delete_button)
        self.setMinimumHeight(CONTROL_HEIGHT)
        self.show_selected(0)

    def show_numbers(self, total: int, found: int | None, *, outside: bool = False) -> None:
        """Say how many records there are, and how many of them search and filters leave."""
        if found is None:
            text = _("共 {total} 条").format(total=f"{total:,}")
        else:
            text = _("共 {total} 条，筛选出 {found} 条").format(
                total=f"{total:,}", found=f"{found:,}"
            )
        if outside:
            text += _("（右侧这条不在其中）")
        self.numbers.setText(text)

    def show_selected(self, count: int) -> None:
        """Say how many records are selected."""
        several = count > 1
        self.selected.setText(_("已选 {count} 条").format(count=f"{count:,}") if several else "")
        self.selected.setVisible(several)
        for made in (self.change_button, self.delete_button):
            made.setVisible(several and not self._session.read_only)

    def menu(self, parent: QWidget) -> QMenu:
        """Return the menu of what can be changed for many records at once."""
        menu = QMenu(_("批量修改"), parent)
        fields = kind_of(self._kind).fields
        deeds = [deed for deed in page_deeds_of(self._kind) if deed.several]
        for deed in deeds:
            action = menu.addAction(_(deed.text))
            action.setObjectName(deed.id)
            action.triggered.connect(partial(self._wish_deed, deed))
        if deeds:
            menu.addSeparator()
        for key in CHANGEABLE:
            field = fields[key]
            if isinstance(field, Choice):
                self._add_options(menu.addMenu(_(field.title)), key, field)
            else:
                action = menu.addAction(_("{field}…").format(field=_(field.title)))
                action.triggered.connect(partial(self.edit, key))
        return menu

    def edit(self, key: str, _checked: bool = False) -> BulkPopup:
        """Open the panel in which the new value is given."""
        from sanyou_desktop.desktop.lists.bulk_popup import BulkPopup

        popup = BulkPopup(self._kind, key, self._session, self)
        popup.accepted.connect(self.change_wanted)
        popup.show_over(self.change_button)
        return popup

    def _add_options(self, menu: QMenu, key: str, field: Choice) -> None:
        for option in field.enum:
            change = BulkChange(key, (option.value,))
            action = menu.addAction(_(option.title))
            action.triggered.connect(partial(self._wish, change))
        if key == "confidential":
            # Of these fields the only one that a record may be without.
            menu.addSeparator()
            none = menu.addAction(_("去掉密级…"))
            none.triggered.connect(partial(self._wish, BulkChange(key, ())))

    def _wish(self, change: BulkChange, _checked: bool = False) -> None:
        self.change_wanted.emit(change)

    def _wish_deed(self, deed: Deed, _checked: bool = False) -> None:
        self.deed_wanted.emit(deed)

    def _offer(self) -> None:
        menu = self.menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        at = self.change_button.mapToGlobal(self.change_button.rect().topLeft())
        at.setY(at.y() - menu.sizeHint().height())
        menu.popup(at)
