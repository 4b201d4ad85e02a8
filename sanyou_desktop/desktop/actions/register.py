"""All actions, in the order of the menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sanyou_desktop.desktop.actions.action import Action
from sanyou_desktop.desktop.pages.entries import ENTRIES
from sanyou_desktop.wording import N_

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow


def _going(page: str) -> Callable[[MainWindow], None]:
    return lambda window: window.go(page)


def _print(window: MainWindow) -> None:
    # Printing is loaded only by those who print.
    from sanyou_desktop.desktop.printing.print_flow import print_page

    print_page(window.stack.currentWidget())


_FILE, _RECORD, _GO, _HELP = N_("文件"), N_("记录"), N_("转到"), N_("帮助")

ACTIONS: tuple[Action, ...] = (
    Action("open", N_("打开台账…"), _FILE, lambda window: window.open_other(), "Ctrl+O"),
    Action("new_ledger", N_("新建台账…"), _FILE, lambda window: window.start_over()),
    Action("backup", N_("备份到…"), _FILE, lambda window: window.back_up()),
    Action("print", N_("打印…"), _FILE, _print, "Ctrl+P"),
    Action("quit", N_("退出"), _FILE, lambda window: window.close(), "Ctrl+Q"),
    Action("new", N_("新建"), _RECORD, lambda window: window.new_record(), "Ctrl+N", True),
    Action("save", N_("保存"), _RECORD, lambda window: window.on_page("save"), "Ctrl+S", True),
    Action(
        "save_and_new",
        N_("保存并新建"),
        _RECORD,
        lambda window: window.on_page("save_and_new"),
        "Ctrl+Return",
        True,
    ),
    Action(
        "copy_as_new",
        N_("复制为新记录"),
        _RECORD,
        lambda window: window.on_page("copy_as_new"),
        "Ctrl+D",
        True,
    ),
    Action("previous", N_("上一条"), _RECORD, lambda window: window.on_page("previous"), "Alt+Up"),
    Action("next", N_("下一条"), _RECORD, lambda window: window.on_page("next"), "Alt+Down"),
    Action("undo", N_("撤销上一步操作"), _RECORD, lambda window: window.undo(), "Ctrl+Z", True),
    Action("find", N_("查找"), _GO, lambda window: window.on_page("focus_search"), "Ctrl+F"),
    *(
        Action(
            f"go_{entry.key}",
            entry.text,
            _GO,
            _going(entry.key),
            f"Ctrl+{number}" if number < 10 else "",
        )
        for number, entry in enumerate((e for e in ENTRIES if e.key), start=1)
    ),
    Action("shortcuts", N_("键盘操作一览"), _HELP, lambda window: window.show_shortcuts(), "F1"),
    Action("about", N_("关于三优台账"), _HELP, lambda window: window.show_about()),
)
