"""The history of a record: when it changed, what, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.desktop.forms.history_panel import HistoryPanel, in_words
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import Desk, pledge, settled
from tests.desktop.forms.filling import saved, shown_form, type_into

OpenCopy = Callable[..., Desk]


@pytest.fixture
def at(desk: OpenCopy, few: Path) -> Desk:
    return desk(few)


def changed_form(qtbot: QtBot, at: Desk, people: tuple[str, ...] = ("张三", "李四")) -> RecordForm:
    """Return a form whose record was changed once for each of ``people``."""
    form = shown_form(qtbot, at, "pledge", height=900)
    form.open_record(at.stored("pledge")[0])
    for person in people:
        set_person(form, person)
        saved(qtbot, at, form)
    return form


def set_person(form: RecordForm, name: str) -> None:
    editor = form.body.editors["person"]
    assert isinstance(editor, TextEditor)
    editor.line.clear()
    type_into(editor.line, name)


def unfold(qtbot: QtBot, at: Desk, form: RecordForm) -> None:
    qtbot.mouseClick(form.history.toggle, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)


def texts(panel: HistoryPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def ways_back(panel: HistoryPanel) -> list[QPushButton]:
    found = panel.findChildren(QPushButton)
    return [button for button in found if button.isVisible() and button is not panel.toggle]


def test_a_new_record_has_none(qtbot: QtBot, at: Desk) -> None:
    assert not shown_form(qtbot, at, "pledge").history.isVisible()


def test_it_says_what_changed_from_what_to_what(qtbot: QtBot, at: Desk) -> None:
    form = changed_form(qtbot, at)
    assert form.history.toggle.text() == "历史 3 次修改"

    unfold(qtbot, at, form)

    shown = texts(form.history)
    assert "责任人 张三 → 李四" in shown
    assert "责任人 空 → 张三" in shown
    assert "最初的内容" in shown
    assert len(ways_back(form.history)) == 2


def test_an_earlier_revision_comes_back_as_a_new_one(qtbot: QtBot, at: Desk) -> None:
    form = changed_form(qtbot, at)
    unfold(qtbot, at, form)

    ways_back(form.history)[0].click()
    settled(qtbot, at.session)

    assert form.body.editors["person"].raw() == "张三"
    assert at.stored("pledge")[0].revision == 4
    assert not form.is_dirty
    assert form.history.toggle.text() == "历史 4 次修改"


def test_what_is_not_saved_is_not_dropped_for_an_earlier_revision(qtbot: QtBot, at: Desk) -> None:
    form = changed_form(qtbot, at)
    unfold(qtbot, at, form)
    set_person(form, "王五")
    at.ask.about_unsaved = Answer.CANCEL

    ways_back(form.history)[0].click()
    settled(qtbot, at.session)

    assert len(at.ask.asked) == 1
    assert form.body.editors["person"].raw() == "王五"
    assert at.stored("pledge")[0].revision == 3


def test_what_is_discarded_gives_way_to_the_earlier_revision(qtbot: QtBot, at: Desk) -> None:
    form = changed_form(qtbot, at)
    unfold(qtbot, at, form)
    set_person(form, "王五")
    at.ask.about_unsaved = Answer.DISCARD

    ways_back(form.history)[0].click()
    settled(qtbot, at.session)

    assert form.body.editors["person"].raw() == "张三"
    assert not form.is_dirty


def test_a_long_history_does_not_push_the_fields_out(qtbot: QtBot, at: Desk) -> None:
    form = changed_form(qtbot, at, tuple(f"第{number}人" for number in range(1, 13)))
    form.resize(640, 560)

    unfold(qtbot, at, form)

    assert form.body.height() >= 200
    assert form.height() == 560
    assert form.foot.save.isVisible()


def test_the_history_of_another_record_is_not_shown(qtbot: QtBot, at: Desk) -> None:
    form = changed_form(qtbot, at)
    form.history.toggle.click()
    form.open_record(at.stored("pledge")[1])
    settled(qtbot, at.session)

    assert "责任人" not in texts(form.history)


def test_long_texts_are_shortened_and_line_breaks_taken_out() -> None:
    before, now = pledge("甲", statement="旧"), pledge("甲", statement="新\n" * 100)

    words = in_words(now, before)

    assert words.startswith("承诺内容 旧 → 新 新 ")
    assert words.endswith("…")
    assert len(words) < 100


def test_rows_say_which_changed() -> None:
    before = pledge("甲", clauses=[{"key": "a", "text": "热心"}])
    now = pledge("甲", clauses=[{"key": "a", "text": "热心接待"}])

    assert in_words(now, before) == "承诺条款 1. 热心 → 1. 热心接待"


def test_a_revision_that_refers_to_a_deleted_record_says_so_in_the_form(
    qtbot: QtBot, at: Desk
) -> None:
    target = at.stored("pledge")[0]
    held: list[Record] = []

    def refer_and_turn_away(ledger: Ledger) -> Changes:
        found = ledger.save(Finding(unit=target.unit, title="灯不亮", against=target.id)).record
        assert isinstance(found, Finding)
        held.append(ledger.save(replace(found, against="")).record)
        return ledger.delete([target.id])

    at.session.operations.run(refer_and_turn_away, owner=at.session.jobs)
    settled(qtbot, at.session)
    form = shown_form(qtbot, at, "finding", height=900)
    form.open_record(held[0])
    unfold(qtbot, at, form)

    ways_back(form.history)[0].click()
    settled(qtbot, at.session)

    assert form.banner.isVisible()
    assert "「灯不亮」的违反的承诺或制度是回收站里的承诺" in form.banner.text.text()
    assert "请先在回收站里恢复它" in form.banner.text.text()
    assert at.stored("finding")[0].revision == 2
