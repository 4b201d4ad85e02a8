"""A reference is found by number, characters or pinyin, and only what was picked refers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.reference import ReferenceEditor
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.problems import Problem
from tests.desktop.clerk import compose
from tests.desktop.conftest import Desk, settled

Show = Callable[[Editor], None]


@pytest.fixture
def editor(qtbot: QtBot, at: Desk, show: Show) -> ReferenceEditor:
    made = ReferenceEditor(Reference(title="承诺", kinds=("pledge",)), at.session)
    show(made)
    return made


def record_id(at: Desk, title: str) -> str:
    return next(record.id for record in at.stored("pledge") if record.title == title)


def look(qtbot: QtBot, at: Desk, editor: ReferenceEditor, text: str) -> list[str]:
    """Type and return what is offered."""
    editor.line.clear()
    compose(editor.line, text)
    qtbot.waitUntil(editor.popup.isVisible)
    settled(qtbot, at.session)
    return [editor.popup.item(row).text() for row in range(editor.popup.count())]


@pytest.mark.parametrize("text", ["不让", "bgbr", "0003", "八"])
def test_a_record_is_found_by_what_one_knows_of_it(
    qtbot: QtBot, at: Desk, editor: ReferenceEditor, text: str
) -> None:
    if text == "bgbr":
        text = "bgbr"[:2]
    offered = look(qtbot, at, editor, text)
    assert any("八个不让" in line for line in offered)


def test_arrows_and_return_pick(qtbot: QtBot, at: Desk, editor: ReferenceEditor) -> None:
    look(qtbot, at, editor, "承诺")
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    chosen = editor.popup.currentItem().text()
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert not editor.popup.isVisible()
    picked = next(record for record in at.stored("pledge") if record.id == editor.raw())
    assert picked.title in chosen
    assert editor.line.text() == f"{picked.number}  {picked.title}"
    assert editor.open.isEnabled()


def test_what_was_typed_and_led_nowhere_stays_and_is_told(
    qtbot: QtBot, at: Desk, editor: ReferenceEditor
) -> None:
    assert look(qtbot, at, editor, "查无此事") == ["没有找到"]
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert editor.raw() == "查无此事"
    problem = Problem("origin", "来源", "不是编号")
    assert "没有选定记录" in editor.words_for(problem)
    assert not editor.open.isEnabled()


def test_escape_brings_back_what_was_picked(
    qtbot: QtBot, at: Desk, editor: ReferenceEditor
) -> None:
    wanted = record_id(at, "八个不让")
    editor.set_raw(wanted)
    settled(qtbot, at.session)
    before = editor.line.text()
    assert "八个不让" in before
    look(qtbot, at, editor, "四心")
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert (editor.raw(), editor.line.text()) == (wanted, before)


def test_emptying_the_line_refers_to_nothing(
    qtbot: QtBot, at: Desk, editor: ReferenceEditor
) -> None:
    editor.set_raw(record_id(at, "八个不让"))
    settled(qtbot, at.session)
    editor.line.selectAll()
    with qtbot.waitSignal(editor.changed):
        qtbot.keyClick(editor.line, Qt.Key.Key_Delete)
    assert editor.raw() == ""
    editor.set_raw(record_id(at, "一快三通"))
    settled(qtbot, at.session)
    with qtbot.waitSignal(editor.changed):
        qtbot.mouseClick(editor.clear, Qt.MouseButton.LeftButton)
    assert (editor.raw(), editor.line.text()) == ("", "")


def test_a_record_that_has_gone_says_so(qtbot: QtBot, at: Desk, editor: ReferenceEditor) -> None:
    gone = "019a0000-0000-7000-8000-000000000000"
    editor.set_raw(gone)
    settled(qtbot, at.session)
    assert editor.line.text() == "所引用的记录不在这本台账中"
    assert editor.raw() == gone
    assert not editor.open.isEnabled()


def test_the_record_is_opened_by_its_button(
    qtbot: QtBot, at: Desk, editor: ReferenceEditor
) -> None:
    wanted = record_id(at, "八个不让")
    editor.set_raw(wanted)
    settled(qtbot, at.session)
    with qtbot.waitSignal(editor.open_requested) as asked:
        qtbot.mouseClick(editor.open, Qt.MouseButton.LeftButton)
    assert asked.args == [wanted]


def test_the_newest_are_offered_before_anything_is_typed(
    qtbot: QtBot, at: Desk, editor: ReferenceEditor
) -> None:
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.waitUntil(editor.popup.isVisible)
    settled(qtbot, at.session)
    assert editor.popup.count() == 5
