"""The foot of a form: what state it is in, and the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_6
from sanyou_desktop.wording import _


class FormFoot(QWidget):
    """State at the left; revert, save and new, save at the right."""

    def __init__(self) -> None:
        """Start with nothing typed."""
        super().__init__()
        self.state = text_label("", "caption")
        self.problems = button("", lambda: None, role="link", icon_name="circle-alert")
        self.revert = button(_("撤销修改"), lambda: None)
        self.save_and_new = button(_("保存并新建"), lambda: None)
        self.save_and_new.setToolTip("Ctrl+Enter")
        self.save = button(_("保存"), lambda: None, role="primary")
        self.save.setToolTip("Ctrl+S")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_6, SPACE_3, SPACE_6, SPACE_3)
        row.setSpacing(SPACE_2)
        row.addWidget(self.state)
        row.addWidget(self.problems)
        row.addWidget(spacer())
        for made in (self.revert, self.save_and_new, self.save):
            row.addWidget(made)
        self.show_state("")
        self.show_problem_count(0)

    def show_state(self, text: str) -> None:
        """Say what happened last: 已保存 10:42."""
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def show_problem_count(self, count: int) -> None:
        """Say how many fields must be mended; the text leads to the first."""
        self.problems.setText(_("有 {count} 处需要修改").format(count=count))
        self.problems.setVisible(count > 0)

    def set_dirty(self, dirty: bool) -> None:
        """Offer to drop what was typed, if there is anything."""
        self.revert.setEnabled(dirty)

    def set_saving(self, saving: bool) -> None:
        """While a record is being saved it cannot be saved again."""
        self.save.setEnabled(not saving)
        self.save_and_new.setEnabled(not saving)

    def set_read_only(self, read_only: bool) -> None:
        """Show no buttons where nothing can be saved."""
        for made in (self.revert, self.save_and_new, self.save):
            made.setVisible(not read_only)
