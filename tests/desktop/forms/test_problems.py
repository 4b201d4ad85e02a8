"""Errors stand beside their fields, say how to mend them, and the first one gets the cursor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.desktop.forms.form import RecordForm
from tests.desktop.conftest import Desk, settled
from tests.desktop.forms.filling import paste_into, saved, shown_form, type_into

OpenCopy = Callable[..., Desk]


@pytest.fixture
def at(desk: OpenCopy, few: Path) -> Desk:
    return desk(few)


def save(qtbot: QtBot, at: Desk, form: RecordForm) -> None:
    qtbot.mouseClick(form.foot.save, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)


def line(form: RecordForm, key: str) -> QWidget:
    editor = form.body.editors[key]
    assert isinstance(editor, TextEditor | DateEditor)
    return editor.line


def is_in_view(form: RecordForm, widget: QWidget) -> bool:
    viewport = form.body.viewport()
    place = QRect(widget.mapTo(viewport, widget.rect().topLeft()), widget.size())
    return viewport.rect().intersected(place).height() >= min(place.height(), 24)


def errors(form: RecordForm) -> dict[str, str]:
    return {key: field.error for key, field in form.body.fields.items() if field.error}


def test_an_empty_title_is_named_at_its_field(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_into(line(form, "person"), "张三")

    save(qtbot, at, form)

    assert errors(form) == {"title": "必填，请填写"}
    assert form.body.fields["title"].below.isVisible()
    assert QApplication.focusWidget() is line(form, "title")
    assert form.foot.problems.text() == "有 1 处需要修改"
    assert len(at.stored("pledge")) == 5


def test_a_record_whose_title_is_deleted_is_called_what_it_was(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    (first, *_rest) = at.stored("pledge")
    form.open_record(first)
    line(form, "title").setFocus()
    qtbot.keyClick(line(form, "title"), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line(form, "title"), Qt.Key.Key_Delete)
    save(qtbot, at, form)
    assert form.head.title.text() == first.title


def test_every_problem_is_shown_and_the_first_in_reading_order_gets_the_cursor(
    qtbot: QtBot, at: Desk
) -> None:
    form = shown_form(qtbot, at, "pledge", height=420)
    type_into(line(form, "title"), "四心")
    for key, text in (
        ("published_on", "2026-02-30"),
        ("valid_until", "明年"),
        ("hotline", "0" * 101),
    ):
        type_into(line(form, key), text)

    save(qtbot, at, form)

    assert set(errors(form)) == {"published_on", "valid_until", "hotline"}
    assert QApplication.focusWidget() is line(form, "hotline")
    assert form.foot.problems.text() == "有 3 处需要修改"
    assert is_in_view(form, line(form, "hotline"))


@pytest.mark.parametrize("key", ["valid_until", "tags"])
def test_a_problem_far_down_is_scrolled_to_with_its_message(
    qtbot: QtBot, at: Desk, key: str
) -> None:
    form = shown_form(qtbot, at, "pledge", height=420)
    type_into(line(form, "title"), "四心")
    type_into(line(form, key), "长" * 600)
    form.body.verticalScrollBar().setValue(0)
    line(form, "title").setFocus()
    form.body.verticalScrollBar().setValue(0)
    assert not is_in_view(form, line(form, key))

    save(qtbot, at, form)

    assert QApplication.focusWidget() is line(form, key)
    qtbot.waitUntil(lambda: is_in_view(form, line(form, key)))
    qtbot.waitUntil(lambda: is_in_view(form, form.body.fields[key].below))


def test_a_wrong_cell_far_down_is_scrolled_to_and_named(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge", height=420)
    type_into(line(form, "title"), "四心")
    sheet = form.body.editors["clauses"]
    assert isinstance(sheet, RowsEditor)
    sheet.view.setFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, 0))
    rows = [f"第{number}条\t\t\t{'许多' if number == 60 else number}" for number in range(1, 61)]
    paste_into(qtbot, sheet.view, "\n".join(rows))
    qtbot.waitUntil(lambda: sheet.view.height() > form.body.viewport().height())
    form.body.verticalScrollBar().setValue(0)

    save(qtbot, at, form)

    assert errors(form) == {"clauses": "第 60 行 目标值：应为数字，现为「许多」"}
    assert (sheet.view.currentIndex().row(), sheet.view.currentIndex().column()) == (59, 3)

    def cell_is_in_view() -> bool:
        cell = sheet.view.visualRect(sheet.view.currentIndex())
        at = sheet.view.viewport().mapTo(form.body.viewport(), cell.topLeft())
        return form.body.viewport().rect().contains(QRect(at, cell.size()))

    qtbot.waitUntil(cell_is_in_view)


def test_a_mended_field_loses_its_error_while_it_is_typed(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    save(qtbot, at, form)
    type_into(line(form, "title"), "四心")

    assert errors(form) == {}
    assert form.body.fields["title"].below.text() == ""


def test_the_count_of_problems_follows_what_is_mended(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_into(line(form, "published_on"), "2026-02-30")
    save(qtbot, at, form)
    assert form.foot.problems.text() == "有 2 处需要修改"

    type_into(line(form, "title"), "四心")
    qtbot.waitUntil(lambda: form.foot.problems.text() == "有 1 处需要修改")
    qtbot.mouseClick(form.foot.problems, Qt.MouseButton.LeftButton)

    assert QApplication.focusWidget() is line(form, "published_on")
    assert line(form, "published_on").property("text") == "2026-02-30"


def test_a_wrong_date_is_told_when_the_cursor_leaves_it(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_into(line(form, "valid_from"), "2026-02-30")
    assert errors(form) == {}

    qtbot.keyClick(line(form, "valid_from"), Qt.Key.Key_Tab)

    assert errors(form)["valid_from"].startswith("2026 年 2 月没有 30 日")
    assert line(form, "valid_from").property("text") == "2026-02-30"


def test_dates_out_of_order_are_told_at_the_later_one(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_into(line(form, "title"), "四心")
    type_into(line(form, "valid_from"), "2026-05")
    type_into(line(form, "valid_until"), "2026-03")

    save(qtbot, at, form)

    assert set(errors(form)) == {"valid_until"}
    assert QApplication.focusWidget() is line(form, "valid_until")


def test_a_text_over_its_limit_says_how_long_it_is_and_keeps_every_character(
    qtbot: QtBot, at: Desk
) -> None:
    form = shown_form(qtbot, at, "pledge")
    paste_into(qtbot, line(form, "title"), "长" * 100_000)
    editor = form.body.editors["statement"]
    assert isinstance(editor, LongTextEditor)
    paste_into(qtbot, editor.box, "长" * 200_001)

    save(qtbot, at, form)

    assert "最多 300 字，现有 100000 字" in errors(form)["title"]
    assert "最多 200000 字，现有 200001 字" in errors(form)["statement"]
    assert len(str(form.draft.typed("title"))) == 100_000
    assert len(editor.box.toPlainText()) == 200_001


def test_help_comes_back_when_the_error_is_gone(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "inspection")
    type_into(line(form, "title"), "检查")
    paste_into(qtbot, line(form, "scheme"), "查" * 501)
    save(qtbot, at, form)
    field = form.body.fields["scheme"]
    assert "最多 500 字" in field.below.text()
    assert line(form, "scheme").accessibleDescription() == field.below.text()

    paste_into(qtbot, select_all(qtbot, line(form, "scheme")), "五查")

    assert field.below.text() == "按哪个清单检查"
    saved(qtbot, at, form)


def select_all(qtbot: QtBot, widget: QWidget) -> QWidget:
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    return widget
