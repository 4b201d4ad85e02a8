"""A page on the screen with one record in its form, and the dialog that a deed opens."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import Desk, settled

D = TypeVar("D", bound=QWidget)


def filled(qtbot: QtBot, at: Desk, records: list[Record]) -> list[str]:
    """Save records one after another into the open ledger; return their ids."""
    found: list[str] = []
    for record in records:

        def work(ledger: Ledger, record: Record = record) -> Saved:
            return ledger.save(record)

        def done(saved: Saved) -> None:
            found.append(saved.record.id)

        at.session.jobs.write(work, done, owner=at.session.jobs)
    settled(qtbot, at.session)
    assert len(found) == len(records), at.failures
    return found


def shown_page(qtbot: QtBot, at: Desk, kind: str, record_id: str) -> RecordPage:
    """Return a page with that record in its form."""
    page = RecordPage(kind, at.session)
    qtbot.addWidget(page)
    page.reference_opened.connect(page.show_record)
    page.draft_wanted.connect(page.open_draft)
    page.resize(1280, 900)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    settled(qtbot, at.session)
    qtbot.waitUntil(lambda: bool(page.shown_id))
    page.show_record(record_id)
    settled(qtbot, at.session)
    qtbot.waitUntil(lambda: page.shown_id == record_id)
    return page


def press(qtbot: QtBot, at: Desk, page: RecordPage, deed: str) -> None:
    """Press the button of a deed."""
    made = page.form.deeds.buttons[deed]
    assert made.isVisible(), f"{deed} is not offered"
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)


def opened(qtbot: QtBot, page: RecordPage, kind: type[D]) -> D:
    """Return the dialog that is open, ready for keys."""
    found = [made for made in page.findChildren(kind) if made.isVisible()]
    assert len(found) == 1, found
    qtbot.waitUntil(lambda: bool(found[0].isActiveWindow()))
    return found[0]


def closed(qtbot: QtBot, at: Desk, dialog: QDialog) -> None:
    """Wait until a dialog has gone and what it did is seen."""
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    settled(qtbot, at.session)
