"""Somebody at the page of one kind: shows a record, presses a deed, fills in its dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.record import Record
from tests.desktop.clerk import compose
from tests.desktop.conftest import Desk, settled

D = TypeVar("D", bound=QDialog)
R = TypeVar("R", bound=Record)
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def filled(qtbot: QtBot, at: Desk, records: list[Record]) -> list[str]:
    """Save records one after another into the open ledger; return their ids."""
    found: list[str] = []

    def save(ledger: Ledger) -> list[str]:
        return [ledger.save(record).record.id for record in records]

    at.session.jobs.write(save, found.extend, owner=at.session.jobs)
    settled(qtbot, at.session)
    assert len(found) == len(records), at.failures
    return found


def shown_page(qtbot: QtBot, at: Desk, kind: str, record_id: str = "") -> RecordPage:
    """Return a page in view, with that record in its form, or with what it shows by itself."""
    page = RecordPage(kind, at.session)
    qtbot.addWidget(page)
    page.resize(1280, 900)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    settled(qtbot, at.session)
    if at.stored(kind):
        qtbot.waitUntil(lambda: bool(page.shown_id))
        settled(qtbot, at.session)
    if record_id:
        page.show_record(record_id)
        settled(qtbot, at.session)
        qtbot.waitUntil(lambda: page.shown_id == record_id)
    return page


class PageUser:
    """Works on one page with keys and buttons."""

    def __init__(self, qtbot: QtBot, at: Desk, page: RecordPage) -> None:
        self.qtbot, self.at, self.page = qtbot, at, page

    def settle(self) -> None:
        settled(self.qtbot, self.at.session)

    def all_of(self, kind: type[R]) -> list[R]:
        """Return what is stored of a kind, by number."""
        return [one for one in self.at.stored(kind.kind) if isinstance(one, kind)]

    def show(self, title: str) -> None:
        """Show the record with that title."""
        found = self.at.stored(self.page.kind)
        self.page.show_record(next(one.id for one in found if one.title == title))
        self.settle()

    def change(self, work: Callable[[Ledger], object]) -> None:
        """Change the ledger as another window would, without a word to this one."""
        self.at.session.jobs.write(work, lambda _done: None, owner=self.page)
        self.settle()

    def undo(self) -> None:
        self.at.session.operations.undo()
        self.settle()

    # Deeds

    def do(self, deed: str) -> None:
        """Press the button of a deed."""
        made = self.page.form.deeds.buttons[deed]
        assert made.isVisible(), f"{deed} is not offered"
        self.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, digit: int) -> None:
        """Press Alt and a digit."""
        # Without a window manager nobody gives the keyboard back when a dialog closes.
        with self.qtbot.waitActive(self.page):
            self.page.activateWindow()
        self.qtbot.keyClick(self.page, Qt.Key(Qt.Key.Key_0 + digit), ALT)
        self.settle()

    def choose(self, deed: str) -> None:
        """Choose a deed in the menu of the page."""
        actions = self.page.menu.menu().actions()
        next(one for one in actions if one.objectName() == deed).trigger()
        self.settle()

    # Its dialog

    def open_dialogs(self, kind: type[D]) -> list[D]:
        return [made for made in self.page.findChildren(kind) if made.isVisible()]

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog that is open, ready for keys."""
        (found,) = self.open_dialogs(kind)
        self.qtbot.waitUntil(lambda: bool(found.isActiveWindow()))
        return found

    @property
    def asked(self) -> FieldsDialog:
        """The dialog of fields that is open."""
        return self.dialog(FieldsDialog)

    def type(self, key: str, text: str) -> None:
        """Enter ``text`` in place of what a field of the dialog holds."""
        box = self.asked.editors[key].focusProxy()
        assert isinstance(box, QWidget)
        box.setFocus()
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, Qt.Key.Key_A, CONTROL)
        compose(target, text)

    def confirm(self) -> None:
        """Press Ctrl+Enter."""
        self.qtbot.keyClick(self.asked, Qt.Key.Key_Return, CONTROL)
        self.settle()

    def closed(self, dialog: QDialog) -> None:
        """Wait until a dialog has gone and what it did is seen."""
        self.qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
        self.settle()


def gone(user: PageUser, ids: Iterable[str], *ways: tuple[str, str]) -> None:
    """Let records go to places, as the log keeps it."""
    wanted = list(ids)

    def note(ledger: Ledger) -> None:
        for way, target in ways:
            outgoing = Outgoing(way, target)
            for one in wanted:
                outgoing.add(one, 1)
            ledger.exports.note(outgoing)

    user.change(note)
