"""Every key, in one table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.deeds.register import deeds_of, keys_of, page_deeds_of
from sanyou_desktop.desktop.inspections.sheet_keys import SHEET_KEYS
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.wording import N_, _

_MOST_COLUMNS = 3
_IN_LISTS = (
    ("Enter", N_("从列表到表单")),
    ("Esc", N_("从表单回到列表；在搜索框里清除搜索")),
    ("Ctrl+A / Shift+↓", N_("选中全部、多选一条")),
    ("Delete", N_("把所选的放进回收站")),
    ("Ctrl+C / Ctrl+V", N_("复制所选的行、粘贴表格")),
    ("Menu", N_("所选记录的菜单")),
    ("← / →", N_("走势图：逐点查看")),
)
_IN_FORMS = (
    ("Ctrl+↑ / Ctrl+↓", N_("表格：移动所选行")),
    ("Enter / Tab", N_("表格：向下、向右")),
    ("Ctrl+C / Ctrl+V", N_("表格：复制、粘贴单元格")),
    ("Alt+↓ / Ctrl+;", N_("日期：打开日历、填今天")),
    ("Alt+Enter", N_("采用字段下面的建议")),
)
# On the sheet of an inspection, beside its own table of keys.
_ON_SITE = (("U", N_("只看未判定")), ("Ctrl+S", N_("保存")), ("Esc", N_("关闭")))


Block = tuple[str, list[tuple[str, str]]]


class ShortcutsDialog(QDialog):
    """Shows the keys of the window's actions, of lists and forms, and of each kind's deeds."""

    def __init__(self, parent: QWidget) -> None:
        """List them, in as many columns as the screen has room for."""
        super().__init__(parent)
        self.setWindowTitle(_("键盘操作一览"))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        room = self.screen().availableSize()
        blocks = [_block(*block) for block in _blocks()]
        widest = max(block.sizeHint().width() for block in blocks) + SPACE_6
        across = max(1, min(_MOST_COLUMNS, (room.width() - 4 * SPACE_6) // widest))
        every = _in_columns(blocks, across)
        # Many kinds have many keys, and some screens are low.
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(every)
        wanted = every.sizeHint()
        scroll.setMinimumWidth(wanted.width() + SPACE_4)
        scroll.setMinimumHeight(min(wanted.height(), room.height() - 8 * SPACE_6))
        column.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.addWidget(text_label(_("带数字的按键固定不变，按钮的提示里也有"), "caption"))
        foot.addStretch()
        close = button(_("关闭"), self.accept, role="primary")
        close.setDefault(True)
        foot.addWidget(close)
        column.addLayout(foot)


def _blocks() -> list[Block]:
    """Return what is listed: a title, and keys with what they do."""
    general = [(action.shortcut, _(action.text)) for action in ACTIONS if action.shortcut]
    blocks = [
        (_("窗口"), general),
        (_("列表和图"), [(keys, _(text)) for keys, text in _IN_LISTS]),
        (_("表单"), [(keys, _(text)) for keys, text in _IN_FORMS]),
        (_("现场检查"), [*_sheet_keys(), *((keys, _(text)) for keys, text in _ON_SITE)]),
    ]
    for kind in KINDS.values():
        keys = keys_of(kind.key)
        deeds = (*deeds_of(kind.key), *page_deeds_of(kind.key))
        listed = [(keys[deed.id], _(deed.text)) for deed in deeds if deed.id in keys]
        if listed:
            blocks.append((_(kind.title), listed))
    return blocks


def _sheet_keys() -> list[tuple[str, str]]:
    return [(one.shown, _(one.text)) for one in SHEET_KEYS]


def _block(title: str, listed: list[tuple[str, str]]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, SPACE_4)
    grid.setHorizontalSpacing(SPACE_4)
    grid.setVerticalSpacing(SPACE_1)
    grid.setColumnStretch(1, 1)
    grid.addWidget(text_label(title, "section"), 0, 0, 1, 2)
    for row, (keys, text) in enumerate(listed, start=1):
        grid.addWidget(text_label(as_shown(keys), "muted"), row, 0)
        grid.addWidget(text_label(text), row, 1)
    return made


def as_shown(keys: str) -> str:
    """Return keys in Qt's portable form as they stand on a keyboard."""
    for portable, shown in (("Return", "Enter"), ("Up", "↑"), ("Down", "↓")):
        keys = keys.replace(portable, shown)
    return keys


def _in_columns(blocks: list[QWidget], across: int) -> QWidget:
    """Put each block, in their order, below what makes the lowest column."""
    every = QWidget()
    row = QHBoxLayout(every)
    row.setContentsMargins(0, 0, SPACE_4, 0)
    row.setSpacing(SPACE_6)
    columns = [QVBoxLayout() for _place in range(across)]
    heights = [0] * across
    for block in blocks:
        lowest = heights.index(min(heights))
        columns[lowest].addWidget(block)
        heights[lowest] += block.sizeHint().height()
    for column in columns:
        column.addStretch()
        row.addLayout(column, 1)
    return every
