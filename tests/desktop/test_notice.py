"""What presses is said once a day, in the tray or in the window, and leads to 今日."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop import notice
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.notice import DayWatch, Notice
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from tests.desktop.conftest import UNIT, Desk, settled

TEXT = "今日：逾期 2 项，3 天内到期 1 项"


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path, tmp_path: Path) -> Desk:
    filled = tmp_path / "filled" / "今日.sytz"
    filled.parent.mkdir()
    shutil.copy(few, filled)
    with Ledger.open(filled) as ledger:
        due = (-5, -1, 2, 6)
        days = [PartialDate.of(date.today() + timedelta(days=day)) for day in due]
        ledger.save_many([Finding(title="坏了", unit=UNIT, due_on=day) for day in days], "")
    return desk(filled)


def opened(qtbot: QtBot, at: Desk) -> MainWindow:
    window = MainWindow(at.session)
    qtbot.addWidget(window)
    window.show()
    window.go("pledge")
    qtbot.waitUntil(lambda: window.notice is not None)
    settled(qtbot, at.session)
    return window


def test_without_a_tray_the_window_says_it_and_leads_there(qtbot: QtBot, at: Desk) -> None:
    window = opened(qtbot, at)
    assert window.banner.text.text() == TEXT
    window.banner.action.click()
    settled(qtbot, at.session)
    assert window.stack.currentWidget() is window.pages["today"]
    assert window.banner.isHidden()


def test_it_is_said_once_a_day_and_again_on_the_next(
    qtbot: QtBot, at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, at)
    window.banner.hide()
    window.pages["today"].refresh()
    settled(qtbot, at.session)
    assert window.banner.isHidden()
    watch = window.findChild(DayWatch)
    assert watch is not None
    watch.look()

    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls.fromordinal(date.today().toordinal() + 1)

    monkeypatch.setattr(notice, "date", Tomorrow)
    monkeypatch.setattr("sanyou_desktop.desktop.pages.today.date", Tomorrow)
    with qtbot.waitSignal(watch.changed):
        watch.look()
    settled(qtbot, at.session)
    assert window.banner.text.text() == TEXT
    assert not window.banner.isHidden()


def test_going_to_the_page_takes_the_words_off(qtbot: QtBot, at: Desk) -> None:
    window = opened(qtbot, at)
    window.go("today")
    settled(qtbot, at.session)
    assert window.banner.isHidden()


def test_it_is_not_said_where_it_is_not_wanted(qtbot: QtBot, at: Desk) -> None:
    at.session.preferences.notices = False
    window = opened(qtbot, at)
    assert window.banner.isHidden()


def test_the_tray_says_it_where_there_is_one(
    qtbot: QtBot, at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _tray: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _tray, *what: said.append(what[1]))
    window = opened(qtbot, at)
    assert said == [TEXT]
    assert window.banner.isHidden()
    found = window.notice
    assert isinstance(found, Notice)
    assert found.tray is not None
    found.tray.messageClicked.emit()
    settled(qtbot, at.session)
    assert window.stack.currentWidget() is window.pages["today"]


def test_what_is_left_out_opens_as_a_list(qtbot: QtBot, at: Desk) -> None:
    window = opened(qtbot, at)
    from sanyou_desktop.desktop.pages.today_board import rest_of

    window.open_list(*rest_of("overdue", date.today()))
    settled(qtbot, at.session)
    page = window.pages["finding"]
    assert page is window.stack.currentWidget()
    assert getattr(page, "list").total == 2  # noqa: B009 - either kind of page
