"""Every key that the brief promises is bound, listed, and unlike every other."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.deeds.register import deeds_of, keys_of
from sanyou_desktop.desktop.pages.shortcuts import ShortcutsDialog
from sanyou_desktop.model.kinds import KINDS

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
            assert action.shortcut.replace("Return", "Enter") in texts
            assert action.text in texts
    for kind in KINDS.values():
        for deed in deeds_of(kind.key):
            assert {kind.title, deed.text, keys_of(kind.key)[deed.id]} <= texts
    dialog.accept()
