"""An office at the real window for a whole year, with nothing but the keyboard.

Every key goes to the window that is in front, and from there to where the keyboard is. A field, a
table or a button is come to by Tab alone: what Tab does not reach would need a mouse, and fails.

With ``SANYOU_YEAR_PICTURES=FOLDER`` each step is kept there as a PNG, to be looked at; the scale is
Qt's own ``QT_SCALE_FACTOR``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sanyou_desktop.desktop.editors.choice import ChoiceEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.reference import ReferenceEditor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.inspections.on_site import OnSite
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.record import Record
from tests.desktop.clerk import compose
from tests.desktop.conftest import Answers, Desk, settled
from tests.desktop.forms.filling import choose, enter
from tests.desktop.program import Program

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
K = Qt.Key
PICTURES = "SANYOU_YEAR_PICTURES"
_HELD = {
    CONTROL: Qt.Key.Key_Control,
    SHIFT: Qt.Key.Key_Shift,
    ALT: Qt.Key.Key_Alt,
}
# More than there are fields, cells and buttons in any window.
_MOST_TABS = 400
# The pages that Ctrl and a digit lead to; the others are reached in the navigation.
_DIGITS = {"today": 1, "pledge": 2, "rule": 3, "inspection": 4, "finding": 5, "survey": 6}
D = TypeVar("D", bound=QWidget)


class Office:
    """Works on one ledger; every way in is a key."""

    def __init__(self, qtbot: QtBot, program: Program, path: Path) -> None:
        self.qtbot, self.program, self.path = qtbot, program, path
        program.open(path)
        if PICTURES in os.environ:
            self.window.resize(1360, 820)
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.settle()

    @property
    def window(self) -> MainWindow:
        return self.program.main

    @property
    def page(self) -> RecordPage:
        shown = self.window.stack.currentWidget()
        assert isinstance(shown, RecordPage)
        return shown

    def settle(self) -> None:
        settled(self.qtbot, self.window.session)

    def stored(self, kind: str) -> list[Record]:
        with Ledger.open(self.path, read_only=True) as ledger:
            return list(ledger.records(kind))

    def activate(self) -> None:
        """Give the keyboard back to the main window, which a window manager would do."""
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key in the main window."""
        self.activate()
        self.type_key(key, held)
        self.settle()

    def type_key(
        self, key: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key in whatever window is in front."""
        in_front: QWindow | None = QApplication.focusWindow()
        if in_front is None or not in_front.isVisible():
            # Without a window manager nobody gives the keyboard to the window that is left, and
            # names that were suggested keep it when they are gone.
            shown = QApplication.activeModalWidget() or self.window
            with self.qtbot.waitActive(shown):
                shown.activateWindow()
            in_front = shown.windowHandle()
        # One by one: a key may close the window, and QTest would go on with one that is gone.
        gone: list[bool] = []
        in_front.destroyed.connect(lambda: gone.append(True))
        self.qtbot.keyPress(in_front, key, held)
        for released in (key, *(name for flag, name in _HELD.items() if flag & held)):
            if not gone:
                self.qtbot.keyRelease(in_front, released)

    def reach(self, wanted: QWidget) -> QWidget:
        """Press Tab until the keyboard is in a widget; return what exactly has it."""
        for _step in range(_MOST_TABS):
            found = QApplication.focusWidget()
            if found is not None and (found is wanted or wanted.isAncestorOf(found)):
                return found
            self.type_key(K.Key_Tab)
        raise AssertionError(f"{wanted.accessibleName() or wanted} is not come to by Tab")

    def go(self, kind: str) -> RecordPage:
        """Go to a page: by its digit, or down the navigation with the arrows."""
        if kind in _DIGITS:
            self.press(Qt.Key(K.Key_0 + _DIGITS[kind]), CONTROL)
        else:
            navigation = self.window.navigation
            self.activate()
            self.reach(navigation)
            self.type_key(K.Key_Home)
            self.settle()
            while self.window.stack.currentWidget() is not self.window.pages.get(kind):
                before = navigation.currentIndex().row()
                self.type_key(K.Key_Down)
                self.settle()
                assert navigation.currentIndex().row() != before, f"{kind} is not in the navigation"
        self.settle()
        assert self.page.kind == kind
        return self.page

    def begin(self, kind: str, **texts: str) -> None:
        """Go to a page, begin a record with Ctrl+N, and fill it."""
        self.go(kind)
        self.press(K.Key_N, CONTROL)
        self.fill(**texts)

    def fill(self, **texts: str) -> None:
        """Enter texts into fields of the form: typed, chosen with arrows, pasted into tables."""
        self.activate()
        for key, text in texts.items():
            self.enter(self.page.form.body.editors[key], text)

    def enter(self, editor: Editor, text: str) -> None:
        self.reach(editor)
        if isinstance(editor, ChoiceEditor):
            choose(self.qtbot, editor, text)
        elif isinstance(editor, RowsEditor | ReferenceEditor):
            enter(self.qtbot, Desk(self.window.session, Answers()), editor, text)
        else:
            self.write(editor, text)

    def write(self, editor: Editor, text: str) -> None:
        """Type in place of what a field holds."""
        target = self.reach(editor)
        self.type_key(K.Key_A, CONTROL)
        compose(target, text)

    def save(self) -> str:
        """Press Ctrl+S and return the record's id."""
        self.press(K.Key_S, CONTROL)
        form = self.page.form
        assert not form.is_dirty, [str(problem) for problem in form.draft.problems()]
        return form.record_id

    def show(self, kind: str, record_id: str) -> None:
        """Go to a record: to its page, and down its list."""
        page = self.go(kind)
        table = page.list.table
        self.activate()
        self.reach(table)

        def here() -> str:
            return page.list.model.id_at(table.currentIndex().row())

        # The form follows the list a moment later.
        self.qtbot.waitUntil(lambda: bool(page.shown_id))
        self.type_key(K.Key_Home)
        for _step in range(page.list.total):
            self.settle()
            self.qtbot.waitUntil(lambda: page.shown_id == here())
            if page.shown_id == record_id:
                return
            self.type_key(K.Key_Down)
        raise AssertionError(f"{record_id} is not in the list of {kind}")

    def deed(self, name: str) -> None:
        """Press the button of a deed with the space bar."""
        made = self.page.form.deeds.buttons[name]
        assert made.isVisible(), f"{name} is not offered"
        self.activate()
        self.reach(made)
        self.type_key(K.Key_Space)
        self.settle()

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog that is open."""
        tops = QApplication.topLevelWidgets()
        (found,) = (one for one in tops if isinstance(one, kind) and one.isVisible())
        self.qtbot.waitUntil(found.isActiveWindow)
        return found

    def confirm(self, dialog: QDialog, key: Qt.Key = K.Key_Return) -> None:
        """Press Ctrl and a key, and wait until the dialog has gone and what it did is seen."""
        self.type_key(key, CONTROL)
        self.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
        self.settle()

    def picture(self, name: str, shown: QWidget | None = None) -> None:
        """Keep a picture of a dialog or, without one, of the window, if pictures are wanted."""
        folder = os.environ.get(PICTURES)
        if folder:
            self.settle()
            (shown or self.window).grab().save(str(Path(folder) / f"{name}.png"))

    def findings(self) -> list[Finding]:
        return [one for one in self.stored("finding") if isinstance(one, Finding)]

    # On site

    def hold(self, keys: str) -> None:
        """Judge the shown inspection: 1, 2 and 3 as on the sheet, F raises a finding."""
        self.press(K.Key_1, ALT)
        sheet = self.dialog(OnSite)
        self.qtbot.waitUntil(sheet.table.hasFocus)
        for key in keys:
            self.type_key(K.Key_Down if key == "v" else key)
            self.settle()
        self.type_key(K.Key_S, CONTROL)
        self.settle()
        self.picture("05 现场检查", sheet)
        self.type_key(K.Key_Escape)
        self.qtbot.waitUntil(lambda: not isValid(sheet) or not sheet.isVisible())
        self.settle()
