"""Every key, in one table."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_4, SPACE_6
from sanyou_desktop.wording import N_, _

_IN_PLACES = (
    ("Esc", N_("清除搜索")),
    ("Ctrl+↑ / Ctrl+↓", N_("表格：移动所选行")),
    ("Enter / Tab", N_("表格：向下、向右")),
    ("Ctrl+C / Ctrl+V", N_("表格：复制、粘贴单元格")),
    ("Alt+↓ / Ctrl+;", N_("日期：打开日历、填今天")),
)


class ShortcutsDialog(QDialog):
    """Shows the shortcuts of all actions, and the keys of tables and dates."""

    def __init__(self, parent: QWidget) -> None:
        """List them."""
        super().__init__(parent)
        self.setWindowTitle(_("键盘操作一览"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_6)
        grid.setVerticalSpacing(SPACE_2)
        listed = [(action.shortcut, action.text) for action in ACTIONS if action.shortcut]
        half = -(-(len(listed) + len(_IN_PLACES)) // 2)
        for place, (keys, text) in enumerate([*listed, *_IN_PLACES]):
            across = 2 * (place // half)
            grid.addWidget(
                text_label(keys.replace("Return", "Enter"), "muted"), place % half, across
            )
            grid.addWidget(text_label(_(text)), place % half, across + 1)
        column.addLayout(grid)
        column.addSpacing(SPACE_4)
        column.addWidget(button(_("关闭"), self.accept))
