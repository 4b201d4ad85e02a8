"""Every key, in one table."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.deeds.register import deeds_of, keys_of, page_deeds_of
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_4, SPACE_6
from sanyou_desktop.model.kinds import KINDS
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
        listed = [(action.shortcut, _(action.text)) for action in ACTIONS if action.shortcut]
        listed += [(keys, _(text)) for keys, text in _IN_PLACES]
        listed += _of_deeds()
        half = -(-len(listed) // 2)
        for place, (keys, text) in enumerate(listed):
            across = 2 * (place // half)
            grid.addWidget(
                text_label(keys.replace("Return", "Enter"), "muted"), place % half, across
            )
            grid.addWidget(text_label(text), place % half, across + 1)
        keys_of_all = QWidget()
        keys_of_all.setLayout(grid)
        # Many kinds have many keys, and some screens are low.
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(keys_of_all)
        room = self.screen().availableSize()
        wanted = keys_of_all.sizeHint()
        scroll.setMinimumSize(
            min(wanted.width() + SPACE_6, room.width() - 4 * SPACE_6),
            min(wanted.height(), room.height() - 8 * SPACE_6),
        )
        column.addWidget(scroll, 1)
        column.addSpacing(SPACE_4)
        column.addWidget(button(_("关闭"), self.accept))


def _of_deeds() -> list[tuple[str, str]]:
    """Return the keys of what can be done with records, each with the kind it is for."""
    return [
        (keys[deed.id], _("{kind}：{action}").format(kind=_(kind.title), action=_(deed.text)))
        for kind in KINDS.values()
        if (keys := keys_of(kind.key))
        for deed in (*deeds_of(kind.key), *page_deeds_of(kind.key))
        if deed.id in keys
    ]
