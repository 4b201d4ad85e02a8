"""唱票录入: each key counts, Backspace takes back, Ctrl+S saves, Esc asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.surveys.tally_dialog import TallyDialog
from sanyou_desktop.model.survey import Survey
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.deed_page import PageUser

OnPage = Callable[..., PageUser]


@pytest.fixture
def user(on_page: OnPage) -> PageUser:
    """Somebody who has begun to count."""
    made = on_page(Survey(unit=UNIT, title="食堂满意度", distributed=30, satisfied=2))
    made.do("tally")
    return made


def stored(at: Desk) -> Survey:
    (survey,) = at.stored("survey")
    assert isinstance(survey, Survey)
    return survey


def test_answers_are_counted_by_keys(qtbot: QtBot, user: PageUser) -> None:
    at, page, dialog = user.at, user.page, user.dialog(TallyDialog)
    for key in "1112453":
        qtbot.keyClick(dialog, key)
    qtbot.keyClick(dialog, Qt.Key.Key_Backspace)
    assert dialog.figures["very_satisfied"].text() == "3"
    assert dialog.figures["basically_satisfied"].text() == "0"
    assert dialog.summary.text() == "已计 8 份 · 满意率 85.7%"
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    user.closed(dialog)
    survey = stored(at)
    assert (survey.very_satisfied, survey.satisfied, survey.dissatisfied) == (3, 3, 1)
    assert (survey.not_rated, survey.returned) == (1, 8)
    assert page.form.body.editors["very_satisfied"].raw() == "3"


def test_the_buttons_count_too(qtbot: QtBot, user: PageUser) -> None:
    at, dialog = user.at, user.dialog(TallyDialog)
    qtbot.mouseClick(dialog.keys["dissatisfied"], Qt.MouseButton.LeftButton)
    assert dialog.count.tallies()["dissatisfied"] == 1
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert not dialog.back.isEnabled()
    dialog.reject()
    user.closed(dialog)
    assert not at.ask.asked


def test_the_space_bar_and_a_held_key_count_nothing(qtbot: QtBot, user: PageUser) -> None:
    dialog = user.dialog(TallyDialog)
    before = dialog.count.tallies()
    assert dialog.hasFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Space)
    assert dialog.isVisible()
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True, 1
    )
    QApplication.sendEvent(dialog, held)
    assert dialog.count.tallies() == before
    dialog.reject()
    user.closed(dialog)


def test_leaving_asks_about_what_was_counted(qtbot: QtBot, user: PageUser) -> None:
    at, dialog = user.at, user.dialog(TallyDialog)
    qtbot.keyClick(dialog, "1")
    at.ask.yes = False
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "已唱 1 份还没有保存" in at.ask.asked[0]
    at.ask.yes = True
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    user.closed(dialog)
    assert stored(at).very_satisfied is None


def test_more_than_were_distributed_is_refused(qtbot: QtBot, user: PageUser) -> None:
    at, dialog = user.at, user.dialog(TallyDialog)
    for _answer in range(29):
        qtbot.keyClick(dialog, "1")
    dialog.carry_out()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert "多于发出" in dialog.banner.text.text()
    assert stored(at).very_satisfied is None
    qtbot.keyClick(dialog, Qt.Key.Key_Backspace)
    dialog.carry_out()
    user.closed(dialog)
    assert stored(at).returned == 30
