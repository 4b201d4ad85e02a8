"""What was typed before a crash is offered, one after the other, never in place of other work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.ledger.ledger import Ledger
from tests.desktop.clerk import compose
from tests.desktop.conftest import settled
from tests.desktop.program import Program


@pytest.fixture
def path(tmp_path: Path, few: Path) -> Path:
    path = Path(shutil.copy(few, tmp_path / "本局.sytz"))
    with Ledger.open(path) as ledger:
        changed = next(item for item in ledger.records("pledge") if item.title == "八个不让")
        drafts = ledger.drafts
        drafts.keep("new-rule-1", "rule", "", 0, {"title": "没存的制度"})
        drafts.keep(changed.id, "pledge", changed.id, changed.revision, {"title": "九个不让"})
    return path


@pytest.fixture
def window(qtbot: QtBot, program: Program, path: Path) -> MainWindow:
    program.open(path)
    qtbot.waitUntil(program.main.banner.isVisible)
    settled(qtbot, program.main.session)
    return program.main


def look(qtbot: QtBot, window: MainWindow) -> RecordPage:
    qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
    settled(qtbot, window.session)
    page = window.stack.currentWidget()
    assert isinstance(page, RecordPage)
    return page


def title_of(page: RecordPage) -> QLineEdit:
    line = page.form.body.editors["title"].findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    return line


def titles(path: Path, kind: str) -> list[str]:
    with Ledger.open(path, read_only=True) as ledger:
        return [record.title for record in ledger.records(kind)]


def test_drafts_are_offered_one_after_the_other(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    assert window.banner.text.text() == "有 2 份上次没有保存的内容。"
    first = look(qtbot, window)
    assert window.banner.text.text() == "有 1 份上次没有保存的内容。"
    assert title_of(first).text() == "九个不让"
    first.save()
    settled(qtbot, window.session)

    second = look(qtbot, window)
    assert not window.banner.isVisible()
    assert (second.kind, title_of(second).text()) == ("rule", "没存的制度")
    second.save()
    settled(qtbot, window.session)
    assert titles(path, "rule") == ["没存的制度"]
    assert "九个不让" in titles(path, "pledge")
    assert "八个不让" not in titles(path, "pledge")
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.drafts.all() == []


@pytest.mark.parametrize("elsewhere", ["pledge", "inspection"])
def test_what_is_being_typed_is_not_replaced(
    qtbot: QtBot, program: Program, window: MainWindow, elsewhere: str
) -> None:
    window.go(elsewhere)
    settled(qtbot, window.session)
    window.new_record()
    page = window.stack.currentWidget()
    assert isinstance(page, RecordPage)
    compose(title_of(page), "正在写的")
    program.ask.about_unsaved = Answer.CANCEL
    assert look(qtbot, window) is page
    assert title_of(page).text() == "正在写的"
    assert window.banner.text.text() == "有 2 份上次没有保存的内容。"

    program.ask.about_unsaved = Answer.SAVE
    shown = look(qtbot, window)
    assert title_of(shown).text() == "九个不让"
    assert "正在写的" in titles(window.session.path, elsewhere)
