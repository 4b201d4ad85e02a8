"""What is typed is kept within two seconds, offered after a crash, and dropped once it is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.ledger.drafts import KeptDraft
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from tests.desktop.conftest import Desk, settled
from tests.desktop.forms.filling import paste_into, saved, shown_form, type_into

OpenCopy = Callable[..., Desk]


@pytest.fixture
def at(desk: OpenCopy, few: Path) -> Desk:
    return desk(few)


def kept(at: Desk) -> list[KeptDraft]:
    with Ledger.open(at.session.path, read_only=True) as ledger:
        return ledger.drafts.all()


def type_text(form: RecordForm, key: str, text: str) -> None:
    editor = form.body.editors[key]
    assert isinstance(editor, TextEditor)
    type_into(editor.line, text)


def test_what_is_typed_is_kept_within_two_seconds(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_text(form, "title", "四心𠮷")

    qtbot.waitUntil(lambda: "草稿已保留" in form.foot.state.text(), timeout=2000)

    assert [draft.raw for draft in kept(at)] == [{"title": "四心𠮷"}]


def test_a_kept_draft_is_dropped_once_it_is_saved(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_text(form, "title", "四心")
    qtbot.waitUntil(lambda: len(kept(at)) == 1)

    saved(qtbot, at, form)

    assert kept(at) == []


def test_reverting_drops_the_draft_and_shows_the_record(qtbot: QtBot, at: Desk) -> None:
    record = at.stored("pledge")[0]
    form = shown_form(qtbot, at, "pledge")
    form.open_record(record)
    type_text(form, "person", "张三")
    qtbot.waitUntil(lambda: len(kept(at)) == 1)

    qtbot.mouseClick(form.foot.revert, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)

    assert kept(at) == []
    assert form.body.editors["person"].raw() == ""
    assert not form.is_dirty


def test_a_draft_shows_in_another_window_what_was_typed(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_text(form, "title", "四心")
    sheet = form.body.editors["clauses"]
    assert isinstance(sheet, RowsEditor)
    paste_into(qtbot, sheet.view, "热心\t\t\t许多")
    qtbot.waitUntil(lambda: bool(kept(at) and "clauses" in kept(at)[0].raw))

    later = shown_form(qtbot, at, "pledge")
    later.recover(kept(at)[0], None)

    again = later.body.editors["clauses"]
    assert again.raw() == sheet.raw()
    assert later.body.editors["title"].raw() == "四心"
    assert later.is_dirty
    assert later.banner.text.text() == "这是上次没有保存的内容，请核对后保存。"


def test_saving_a_recovered_draft_forgets_it(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_text(form, "title", "四心")
    qtbot.waitUntil(lambda: len(kept(at)) == 1)
    later = shown_form(qtbot, at, "pledge")
    later.recover(kept(at)[0], None)

    saved(qtbot, at, later)

    assert kept(at) == []
    assert len(at.stored("pledge")) == 6


def test_a_copy_begins_without_number_and_is_saved_as_a_new_record(qtbot: QtBot, at: Desk) -> None:
    record = at.stored("pledge")[0]
    form = shown_form(qtbot, at, "pledge")
    form.open_draft(Draft.copy_of(record))

    assert form.body.editors["title"].raw() == record.title
    assert form.body.editors["number"].raw() == ""
    assert form.is_dirty
    record_id = saved(qtbot, at, form)
    copies = [item for item in at.stored("pledge") if item.title == record.title]
    assert {item.id for item in copies} == {record.id, record_id}
    assert len({item.number for item in copies}) == 2


def test_save_and_new_asks_for_another_record_once_saved(qtbot: QtBot, at: Desk) -> None:
    form = shown_form(qtbot, at, "pledge")
    type_text(form, "title", "四心")

    with qtbot.waitSignal(form.new_wanted):
        qtbot.mouseClick(form.foot.save_and_new, Qt.MouseButton.LeftButton)

    assert len(at.stored("pledge")) == 6
