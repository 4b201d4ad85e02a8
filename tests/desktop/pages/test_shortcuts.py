"""Every key that the brief promises is bound, listed, and unlike every other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.deeds.register import deeds_of, keys_of
from sanyou_desktop.desktop.inspections.sheet_keys import SHEET_KEYS
from sanyou_desktop.desktop.pages.shortcuts import ShortcutsDialog, as_shown
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.conftest import pledge
from tests.desktop.deed_page import PageUser

PROMISED = {
    "Ctrl+N": "new",
    "Ctrl+S": "save",
    "Ctrl+Return": "save_and_new",
    "Ctrl+F": "find",
    "Ctrl+D": "copy_as_new",
    "Alt+Up": "previous",
    "Alt+Down": "next",
    "Ctrl+Z": "undo",
}


def test_the_promised_keys_do_what_is_promised() -> None:
    bound = {action.shortcut: action.id for action in ACTIONS if action.shortcut}
    assert {key: bound.get(key) for key in PROMISED} == PROMISED


def test_no_key_does_two_things() -> None:
    keys = [QKeySequence(action.shortcut).toString() for action in ACTIONS if action.shortcut]
    assert all(keys)
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_every_action_has_a_name_of_its_own() -> None:
    for names in ([action.id for action in ACTIONS], [action.text for action in ACTIONS]):
        assert len(set(names)) == len(names)


def test_the_table_lists_every_key(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ShortcutsDialog(parent)
    dialog.open()
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for action in ACTIONS:
        if action.shortcut:
            assert as_shown(action.shortcut) in texts
            assert action.text in texts
    for kind in KINDS.values():
        for deed in deeds_of(kind.key):
            assert {kind.title, deed.text, keys_of(kind.key)[deed.id]} <= texts
    # Where nothing but keys is used, none of them is left to be found out.
    for key in SHEET_KEYS:
        assert {key.shown, key.text} <= texts
    assert {"U", "只看未判定"} <= texts
    dialog.accept()


def test_the_keys_of_lists_do_what_the_table_says(on_page: Callable[..., PageUser]) -> None:
    """Enter, Esc, Ctrl+A, Ctrl+C and Delete, each as F1 tells."""
    clerk = on_page(pledge("一号承诺"), pledge("二号承诺"))
    page, qtbot = clerk.page, clerk.qtbot
    table, form = page.list.table, page.form
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert form.isAncestorOf(focus)
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    clerk.settle()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clerk.settle()
    assert "二号承诺" in QGuiApplication.clipboard().text()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    clerk.settle()
    assert clerk.at.stored("pledge") == []
