"""A page of findings on the screen, and the dialog that is open over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.attached_file import png
from sanyou_desktop.desktop.findings.step_dialog import StepDialog
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.unit import Unit
from tests.desktop.clerk import compose
from tests.desktop.conftest import UNIT, Desk, settled

RAISED = date.today() - timedelta(days=20)
TITLES = ("走廊灯不亮", "食堂地面湿滑", "电梯年检标志过期")


def finding(title: str, **given: Json) -> Finding:
    """Return a finding that can be saved."""
    raw: dict[str, Json] = {
        "title": title,
        "department": "物业科",
        "person": "张三",
        "place": "二号楼",
        "raised_on": RAISED.isoformat(),
        "raised_by": "王主任",
        **given,
    }
    record = Draft.from_json("finding", raw, UNIT).accepted()
    assert isinstance(record, Finding)
    return record


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with three findings."""
    path = tmp_path_factory.mktemp("ledgers") / "found.sytz"
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        ledger.save_many([finding(title) for title in TITLES], "示例")
    return path


class Clerk:
    """Works on a page of findings with the keyboard."""

    def __init__(self, qtbot: QtBot, at: Desk, page: RecordPage) -> None:
        self.qtbot, self.at, self.page = qtbot, at, page

    def show(self, title: str) -> None:
        self.page.show_record(next(one.id for one in self.stored() if one.title == title))
        settled(self.qtbot, self.at.session)

    def stored(self) -> list[Finding]:
        return [one for one in self.at.stored("finding") if isinstance(one, Finding)]

    def now(self, title: str) -> Finding:
        return next(one for one in self.stored() if one.title == title)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        self.qtbot.keyClick(self.page, key, held)
        settled(self.qtbot, self.at.session)

    def open(self, number: int) -> StepDialog:
        """Press Alt and the number of a step, and return its dialog."""
        # Without a window manager nobody gives the keyboard back when a dialog closes.
        with self.qtbot.waitActive(self.page):
            self.page.activateWindow()
        self.press(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
        return self.dialog

    @property
    def dialogs(self) -> list[StepDialog]:
        tops = QApplication.topLevelWidgets()
        return [one for one in tops if isinstance(one, StepDialog) and one.isVisible()]

    @property
    def dialog(self) -> StepDialog:
        (found,) = self.dialogs
        self.qtbot.waitUntil(found.isActiveWindow)
        return found

    def type(self, key: str, text: str) -> None:
        """Enter ``text`` in place of what a field of the dialog holds."""
        box = self.dialog.editors[key].focusProxy()
        assert isinstance(box, QWidget)
        box.setFocus()
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        compose(target, text)

    def confirm(self) -> None:
        """Press Ctrl+Enter."""
        self.qtbot.keyClick(self.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settled(self.qtbot, self.at.session)


@pytest.fixture
def clerk(qtbot: QtBot, desk: Callable[..., Desk], found: Path) -> Clerk:
    at = desk(found)
    page = RecordPage("finding", at.session)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    settled(qtbot, at.session)
    qtbot.waitUntil(lambda: bool(page.shown_id))
    settled(qtbot, at.session)
    return Clerk(qtbot, at, page)


def picture(colour: str) -> bytes:
    """Return a photo as a file's content."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return png(image)
