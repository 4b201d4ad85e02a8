"""Going about in the window by keyboard, and never losing what was typed on the way."""

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
from sanyou_desktop.desktop.pages.entries import ENTRIES
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from tests.desktop.clerk import compose
from tests.desktop.conftest import settled
from tests.desktop.program import Program

PAGES = [entry.key for entry in ENTRIES if entry.key]


@pytest.fixture
def path(tmp_path: Path, few: Path) -> Path:
    return Path(shutil.copy(few, tmp_path / "本局.sytz"))


@pytest.fixture
def window(qtbot: QtBot, program: Program, path: Path) -> MainWindow:
    program.open(path)
    with qtbot.waitActive(program.main):
        program.main.activateWindow()
    return program.main


def typed_title(qtbot: QtBot, window: MainWindow, text: str) -> RecordPage:
    """Start a pledge and type its title, as after Ctrl+N."""
    page = window.page("pledge")
    assert isinstance(page, RecordPage)
    settled(qtbot, window.session)
    window.actions_by_id["new"].trigger()
    line = page.form.body.editors["title"].findChild(QLineEdit)
    assert line is not None
    compose(line, text)
    return page


def titles(path: Path) -> set[str]:
    with Ledger.open(path, read_only=True) as ledger:
        return {record.title for record in ledger.records("pledge")}


@pytest.mark.parametrize("number", range(1, 10))
def test_every_page_is_two_keys_away(qtbot: QtBot, window: MainWindow, number: int) -> None:
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
    assert window.stack.currentWidget() is window.pages[PAGES[number - 1]]
    shown = window.navigation.currentIndex().data()
    assert shown == next(entry.text for entry in ENTRIES if entry.key == PAGES[number - 1])


def test_a_page_without_an_entry_is_marked_by_the_one_that_leads_to_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("submission")
    assert window.navigation.currentIndex().data() == "汇总"
    list_of_pages = window.navigation
    at = list_of_pages.visualRect(list_of_pages.currentIndex()).center()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(list_of_pages.viewport(), left, pos=at)
    assert window.stack.currentWidget() is window.pages["rollup"]
    window.go("pledge")
    qtbot.mouseClick(list_of_pages.viewport(), left, pos=at)
    assert window.stack.currentWidget() is window.pages["rollup"]


def test_going_elsewhere_asks_about_what_was_typed(
    qtbot: QtBot, program: Program, window: MainWindow, path: Path
) -> None:
    page = typed_title(qtbot, window, "没写完的承诺")
    window.go("rule")
    assert program.ask.told == ["「没写完的承诺」有尚未保存的修改。"]
    assert window.stack.currentWidget() is page
    assert window.navigation.currentIndex().data() == "承诺"
    program.ask.about_unsaved = Answer.SAVE
    window.go("rule")
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.pages.get("rule"))
    assert "没写完的承诺" in titles(path)


@pytest.mark.parametrize(
    ("answer", "kept", "closes"),
    [(Answer.SAVE, True, True), (Answer.DISCARD, False, True), (Answer.CANCEL, False, False)],
)
def test_closing_asks_about_what_was_typed(
    qtbot: QtBot,
    program: Program,
    window: MainWindow,
    path: Path,
    answer: Answer,
    kept: bool,
    closes: bool,
) -> None:
    page = typed_title(qtbot, window, "没写完的承诺")
    program.ask.about_unsaved = answer
    window.close()
    if closes:
        qtbot.waitUntil(lambda: program.has_ended)
    else:
        settled(qtbot, window.session)
        assert window.isVisible()
        assert page.form.is_dirty
    assert len(program.ask.told) == 1
    assert ("没写完的承诺" in titles(path)) is kept
    program.ask.about_unsaved = Answer.DISCARD


def test_opening_another_ledger_asks_first(
    qtbot: QtBot, program: Program, window: MainWindow, path: Path
) -> None:
    typed_title(qtbot, window, "没写完的承诺")
    program.ask.path = Path(shutil.copy(path, path.with_name("别的.sytz")))
    window.actions_by_id["open"].trigger()
    assert window.isVisible()
    assert len(program.ask.told) == 1
    program.ask.about_unsaved = Answer.SAVE
    window.actions_by_id["open"].trigger()
    qtbot.waitUntil(lambda: program.main.session.path == program.ask.path)
    assert "没写完的承诺" in titles(path)


def test_what_is_typed_in_a_text_is_undone_there_and_not_in_the_ledger(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    page = typed_title(qtbot, window, "甲")
    page.form.save()
    settled(qtbot, window.session)
    line = page.form.body.editors["title"].findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "abc")
    window.actions_by_id["undo"].trigger()
    assert "abc" not in line.text()
    assert "甲" in titles(path)


def test_the_banner_never_takes_back_another_action_than_it_names(
    qtbot: QtBot, window: MainWindow
) -> None:
    def save(title: str, *, quiet: bool) -> None:
        record = Pledge(unit=window.session.unit_code, title=title)
        window.session.operations.run(lambda ledger: ledger.save(record), owner=window, quiet=quiet)
        settled(qtbot, window.session)

    save("甲", quiet=False)
    assert window.banner.isVisible()
    assert window.banner.action.text() == "撤销"
    save("乙", quiet=True)
    assert not window.banner.isVisible()
    window.banner.show_message("别的消息")
    save("丙", quiet=True)
    assert window.banner.isVisible()


def test_the_last_action_is_named_and_taken_back_from_the_menu(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    page = typed_title(qtbot, window, "甲")
    page.form.save()
    settled(qtbot, window.session)
    page.list.table.setFocus()
    undo = window.actions_by_id["undo"]
    assert undo.text() == "撤销：新建承诺"
    undo.trigger()
    settled(qtbot, window.session)
    assert "甲" not in titles(path)
    assert undo.text() == "撤销上一步操作"


def test_deleting_offers_to_take_it_back(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    page = window.page("pledge")
    assert isinstance(page, RecordPage)
    settled(qtbot, window.session)
    page.list.table.select_rows([0], 0)
    settled(qtbot, window.session)
    page.delete_selected()
    settled(qtbot, window.session)
    assert len(titles(path)) == 4
    assert window.banner.isVisible()
    qtbot.mouseClick(window.banner.action, Qt.MouseButton.LeftButton)
    settled(qtbot, window.session)
    assert len(titles(path)) == 5


def test_nothing_that_writes_is_offered_where_nothing_can_be_saved(
    program: Program, window: MainWindow, few: Path, tmp_path: Path
) -> None:
    newer = Path(shutil.copy(few, tmp_path / "新版.sytz"))
    with Ledger.open(newer) as ledger:
        ledger._conn.execute("PRAGMA user_version = 9000")
    program.open(newer)
    writing = ("new", "save", "save_and_new", "copy_as_new", "undo")
    assert not any(program.main.actions_by_id[name].isEnabled() for name in writing)
    page = program.main.page("pledge")
    assert isinstance(page, RecordPage)
    assert not page.new_button.isEnabled()


def test_a_mistake_of_ours_is_told_with_its_report_and_the_window_stays(
    window: MainWindow,
) -> None:
    window.session.jobs.unexpected.emit(RuntimeError("boom"))
    text = window.banner.text.text()
    assert "程序出错了，已保存的内容不受影响" in text
    assert Path(text.rsplit("：", 1)[1]).is_file()


def test_size_and_place_are_remembered(
    qtbot: QtBot, program: Program, window: MainWindow, path: Path
) -> None:
    # No wider than the screen of the offscreen platform allows.
    window.resize(1024, 700)
    window.close()
    qtbot.waitUntil(lambda: program.has_ended)
    program.open(path)
    assert (program.main.width(), program.main.height()) == (1024, 700)
