"""Saving takes all that was typed, leaves the cursor where it was, and loses nothing on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import Desk, settled
from tests.desktop.forms.filling import (
    paste_into,
    reopened,
    saved,
    shown_form,
    type_into,
)

OpenCopy = Callable[..., Desk]


@pytest.fixture
def at(desk: OpenCopy, few: Path) -> Desk:
    return desk(few)


def line_of(form: RecordForm, key: str) -> QLineEdit:
    editor = form.body.editors[key]
    assert isinstance(editor, TextEditor)
    return editor.line


def box_of(form: RecordForm, key: str) -> QPlainTextEdit:
    editor = form.body.editors[key]
    assert isinstance(editor, LongTextEditor)
    return editor.box


def sheet_of(form: RecordForm, key: str) -> RowsEditor:
    editor = form.body.editors[key]
    assert isinstance(editor, RowsEditor)
    return editor


def first(at: Desk) -> Record:
    return at.stored("pledge")[0]


def compose_only(widget: QWidget, text: str) -> None:
    """Let the input method show what it is composing, without entering it."""
    widget.setFocus()
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def test_the_cursor_stays_where_it_was(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    line = line_of(form, "person")
    type_into(line, "张三李四")
    line.setCursorPosition(2)

    form.save()
    settled(qtbot, at.session)

    assert not form.is_dirty
    assert QApplication.focusWidget() is line
    assert line.cursorPosition() == 2


def test_the_cursor_stays_in_the_cell(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    sheet = sheet_of(form, "clauses")
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, 2))
    qtbot.keyClicks(sheet.view, "3")
    inner = QApplication.focusWidget()
    assert isinstance(inner, QLineEdit)

    form.save()
    settled(qtbot, at.session)

    assert sheet.model.raw()[0]["time_limit"] == "3"
    assert QApplication.focusWidget() is sheet.view
    assert (sheet.view.currentIndex().row(), sheet.view.currentIndex().column()) == (0, 2)


def test_what_is_typed_while_saving_stays(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    type_into(line_of(form, "person"), "张三")

    form.save()
    type_into(line_of(form, "hotline"), "12345")
    line_of(form, "person").setFocus()
    line_of(form, "person").end(False)
    qtbot.keyClicks(line_of(form, "person"), "!")
    settled(qtbot, at.session)

    assert (first(at).person, form.draft.base.person) == ("张三", "张三")
    assert line_of(form, "hotline").text() == "12345"
    assert line_of(form, "person").text() == "张三!"
    assert form.is_dirty
    saved(qtbot, at, form)
    assert first(at).person == "张三!"


def test_saving_again_while_saving_saves_what_came_after(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    type_into(line_of(form, "person"), "张三")
    form.save()
    type_into(line_of(form, "hotline"), "12345")
    form.save()
    settled(qtbot, at.session)

    assert not form.is_dirty
    assert first(at).to_json()["hotline"] == "12345"
    assert first(at).revision == 3


def test_leaving_while_saving_asks_about_what_came_after(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    type_into(line_of(form, "person"), "张三")
    left: list[bool] = []

    form.save(lambda: left.append(True))
    type_into(line_of(form, "hotline"), "12345")
    settled(qtbot, at.session)

    assert left == []
    assert at.ask.asked == [f"「{first(at).title}」有尚未保存的修改。"]
    assert form.is_dirty


@pytest.mark.parametrize("key", ["title", "statement"])
def test_what_the_input_method_still_composes_is_saved(qtbot: QtBot, at: Desk, key: str) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    widget = line_of(form, key) if key == "title" else box_of(form, key)
    compose_only(widget, "四心")

    form.save()
    settled(qtbot, at.session)

    assert "四心" in str(first(at).to_json()[key])


def test_what_is_composed_in_a_cell_is_saved(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    sheet = sheet_of(form, "clauses")
    sheet.add()
    inner = QApplication.focusWidget()
    assert inner is not None
    compose_only(inner, "当场办结")

    form.save()
    settled(qtbot, at.session)

    assert [row["text"] for row in sheet.model.raw()] == ["当场办结"]
    assert first(at).to_json()["clauses"]


def test_what_is_still_composed_counts_as_unsaved(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    compose_only(line_of(form, "person"), "张三")
    left: list[bool] = []

    form.leave(lambda: left.append(True))

    assert left == []
    assert len(at.ask.asked) == 1
    assert line_of(form, "person").text() == "张三"


@pytest.mark.parametrize(
    ("answer", "leaves", "kept"),
    [(Answer.SAVE, True, "张三"), (Answer.DISCARD, True, ""), (Answer.CANCEL, False, "")],
)
def test_leaving_asks_and_does_what_was_answered(
    qtbot: QtBot, at: Desk, answer: Answer, leaves: bool, kept: str
) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    type_into(line_of(form, "person"), "张三")
    at.ask.about_unsaved = answer
    left: list[bool] = []

    form.leave(lambda: left.append(True))
    settled(qtbot, at.session)

    assert bool(left) is leaves
    assert first(at).person == kept
    assert form.is_dirty is (answer is Answer.CANCEL)


def test_leaving_does_not_leave_what_cannot_be_saved(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_into(line_of(form, "person"), "张三")
    at.ask.about_unsaved = Answer.SAVE
    left: list[bool] = []

    form.leave(lambda: left.append(True))
    settled(qtbot, at.session)

    assert left == []
    assert form.body.fields["title"].error == "必填，请填写"


def test_a_form_without_changes_is_left_without_a_question(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    line = line_of(form, "person")
    type_into(line, "张")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    left: list[bool] = []

    form.leave(lambda: left.append(True))

    assert left == [True]
    assert at.ask.asked == []


def test_a_unit_is_named_in_the_question(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "unit")
    type_into(line_of(form, "name"), "省政协办公厅")

    form.leave(lambda: None)

    assert at.ask.asked == ["「省政协办公厅」有尚未保存的修改。"]


def test_a_newer_revision_is_not_overwritten(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    form.open_record(first(at))
    type_into(line_of(form, "person"), "张三")
    sheet = sheet_of(form, "clauses")
    sheet.set_raw([{"text": "我加的条款"}])
    sheet.changed.emit()
    draft = Draft.of(first(at))
    draft.enter("hotline", "12345")
    draft.enter("clauses", [{"text": "别人加的条款"}])
    theirs = draft.accepted()
    at.session.jobs.write(lambda ledger: ledger.save(theirs), lambda _saved: None, owner=form)
    settled(qtbot, at.session)

    form.save()
    settled(qtbot, at.session)

    assert first(at).person == ""
    assert line_of(form, "person").text() == "张三"
    assert form.banner.isVisible()
    form.banner.action.click()
    settled(qtbot, at.session)
    assert line_of(form, "hotline").text() == "12345"
    saved(qtbot, at, form)
    found = first(at)
    assert isinstance(found, Pledge)
    assert (found.person, found.hotline) == ("张三", "12345")
    # A row of either side is no reason to lose that of the other.
    assert {clause.text for clause in found.clauses} == {"我加的条款", "别人加的条款"}


def test_what_was_deleted_meanwhile_is_kept_in_the_form_and_said(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    record = first(at)
    form.open_record(record)
    type_into(line_of(form, "person"), "张三")
    at.session.jobs.write(lambda ledger: ledger.delete([record.id]), lambda _done: None, owner=form)
    settled(qtbot, at.session)

    form.save()
    settled(qtbot, at.session)

    assert form.banner.text.text().startswith(
        "没有保存：这条记录已在别处被删除；请先在回收站里恢复它"
    )
    assert line_of(form, "person").text() == "张三"


def test_line_breaks_and_tabs_pasted_into_a_line_become_spaces(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    paste_into(qtbot, line_of(form, "title"), "=四心\t服务\r\n承诺\n")
    record_id = saved(qtbot, at, form)

    assert next(r for r in at.stored("pledge") if r.id == record_id).title == "=四心 服务 承诺"
    assert line_of(form, "title").text() == "=四心 服务 承诺"
    reopened(qtbot, at, form, record_id)
    assert line_of(form, "title").text() == "=四心 服务 承诺"


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 595", "-停用", "@所有人", "𠮷㐂🙂👨‍👩‍👧", "'; DROP TABLE"]
)
def test_texts_that_mean_something_elsewhere_stay_texts(qtbot: QtBot, at: Desk, text: str) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_into(line_of(form, "title"), text)
    type_into(box_of(form, "statement"), text)

    record_id = saved(qtbot, at, form)

    kept = next(record for record in at.stored("pledge") if record.id == record_id).to_json()
    assert (kept["title"], kept["statement"]) == (text, text)
