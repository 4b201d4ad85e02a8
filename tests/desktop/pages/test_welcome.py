"""The page before any ledger is open, as a clerk fills it in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.pages.welcome import WelcomePage
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.ledger.backup_rotation import folder_of
from sanyou_desktop.model.unit import Unit
from tests.desktop.clerk import compose


class Dialogs(Ask):
    """Answers the file dialogs with what the test has set; keeps what they suggested."""

    def __init__(self) -> None:
        self.opened: Path | None = None
        self.saved: Path | None = None
        self.suggested = ""

    def open_file(
        self, parent: QWidget, title: str, patterns: str, folder: Path | None = None
    ) -> Path | None:
        return self.opened

    def save_file(
        self, parent: QWidget, title: str, suggested: str, patterns: str, *, overwrite: bool = True
    ) -> Path | None:
        self.suggested = suggested
        return self.saved


@pytest.fixture
def dialogs() -> Dialogs:
    return Dialogs()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def page(qtbot: QtBot, dialogs: Dialogs, preferences: Preferences) -> WelcomePage:
    made = WelcomePage(dialogs, preferences)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    return made


def button(page: WelcomePage, text: str) -> QPushButton:
    return next(found for found in page.findChildren(QPushButton) if found.text() == text)


def test_a_unit_and_a_place_make_a_ledger(
    qtbot: QtBot, page: WelcomePage, dialogs: Dialogs, tmp_path: Path
) -> None:
    dialogs.saved = tmp_path / "本局台账"
    compose(page.name, "莆田市机关事务管理局")
    qtbot.keyClicks(page.code, "350300-01")
    with qtbot.waitSignal(page.made) as made:
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    path, unit = made.args or (None, None)
    assert path == tmp_path / "本局台账.sytz"
    assert isinstance(unit, Unit)
    assert (unit.name, unit.code) == ("莆田市机关事务管理局", "350300-01")
    assert dialogs.suggested == "莆田市机关事务管理局.sytz"


def test_what_is_missing_is_said_beside_its_field(qtbot: QtBot, page: WelcomePage) -> None:
    compose(page.name, "莆田市机关事务管理局")
    with qtbot.assertNotEmitted(page.made):
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    field = page.fields["code"]
    assert field.error == "必填，请填写"
    assert field.below.isVisibleTo(page)
    assert page.fields["name"].error == ""
    qtbot.waitUntil(page.code.hasFocus)


def test_giving_no_place_makes_nothing(qtbot: QtBot, page: WelcomePage) -> None:
    compose(page.name, "莆田市机关事务管理局")
    qtbot.keyClicks(page.code, "350300-01")
    with qtbot.assertNotEmitted(page.made):
        qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)


def test_an_existing_ledger_and_the_sample_are_a_click_away(
    qtbot: QtBot, page: WelcomePage, dialogs: Dialogs, tmp_path: Path
) -> None:
    dialogs.opened = tmp_path / "旧.sytz"
    with qtbot.waitSignal(page.wanted) as wanted:
        qtbot.mouseClick(button(page, "打开已有台账…"), Qt.MouseButton.LeftButton)
    assert wanted.args == [tmp_path / "旧.sytz"]
    dialogs.saved = tmp_path / "示例"
    with qtbot.waitSignal(page.sample_wanted) as sample:
        qtbot.mouseClick(button(page, "生成示例台账…"), Qt.MouseButton.LeftButton)
    assert sample.args == [tmp_path / "示例.sytz"]


def test_ledgers_opened_lately_are_listed_if_they_are_still_there(
    qtbot: QtBot, dialogs: Dialogs, preferences: Preferences, tmp_path: Path
) -> None:
    for name in ("在的", "走了的"):
        (tmp_path / f"{name}.sytz").touch()
        preferences.note_recent(tmp_path / f"{name}.sytz")
    (tmp_path / "走了的.sytz").unlink()
    page = WelcomePage(dialogs, preferences)
    qtbot.addWidget(page)
    texts = [found.text() for found in page.findChildren(QPushButton)]
    assert "在的" in texts
    assert "走了的" not in texts
    with qtbot.waitSignal(page.wanted) as wanted:
        qtbot.mouseClick(button(page, "在的"), Qt.MouseButton.LeftButton)
    assert wanted.args == [tmp_path / "在的.sytz"]


def test_a_backup_is_suggested_to_become_the_ledger_it_was_made_of(
    qtbot: QtBot, page: WelcomePage, dialogs: Dialogs, tmp_path: Path
) -> None:
    ledger = tmp_path / "本局.sytz"
    dialogs.opened = folder_of(ledger) / "本局 20261123-080000.sytz"
    dialogs.saved = ledger
    with qtbot.waitSignal(page.restore_wanted) as wanted:
        qtbot.mouseClick(button(page, "从备份恢复…"), Qt.MouseButton.LeftButton)
    assert dialogs.suggested == str(ledger)
    assert wanted.args == [dialogs.opened, ledger]
