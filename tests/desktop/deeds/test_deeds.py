"""A deed is a button where it makes sense, a key, and nothing where nothing can be saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.ask import Answer
from sanyou_desktop.desktop.deeds import of_pledge
from sanyou_desktop.desktop.deeds.deed import Deed, Place
from sanyou_desktop.desktop.deeds.register import MODULES, deeds_of, keys_of, page_deeds_of
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.record import Record
from sanyou_desktop.resources import resource_path
from tests.desktop.conftest import Desk, settled
from tests.desktop.deed_page import shown_page

OpenCopy = Callable[..., Desk]
ALT = Qt.KeyboardModifier.AltModifier
done: list[str] = []


def note(place: Place, record: Record) -> None:
    """A deed that only says that it was done."""
    assert isinstance(place.widget, RecordPage)
    done.append(record.title)


def note_page(place: Place) -> None:
    """One of the page."""
    place.selected(lambda ids: done.append(f"{len(ids)}"))


NOTE = Deed(
    "note",
    "记一笔",
    "pencil",
    f"{__name__}:note",
    offered=lambda record: record.status == "published",
    awaited=lambda record: record.department == "办公室",
)


@pytest.fixture
def page(
    qtbot: QtBot, desk: OpenCopy, few: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Desk, RecordPage]:
    """Return a page of pledges with one deed of each sort."""
    monkeypatch.setattr(of_pledge, "DEEDS", (NOTE,))
    paged = Deed("paged", "全记", "pencil", f"{__name__}:note_page")
    monkeypatch.setattr(of_pledge, "PAGE_DEEDS", (paged,))
    done.clear()
    at = desk(few)
    return at, shown_page(qtbot, at, "pledge")


def show(qtbot: QtBot, at: Desk, page: RecordPage, title: str) -> None:
    page.show_record(next(item.id for item in at.stored("pledge") if item.title == title))
    settled(qtbot, at.session)


def test_a_deed_is_offered_where_it_makes_sense(
    qtbot: QtBot, page: tuple[Desk, RecordPage]
) -> None:
    at, shown = page
    show(qtbot, at, shown, "八个不让")
    note_button = shown.form.deeds.buttons["note"]
    assert note_button.isVisible()
    assert note_button.property("role") == "primary"
    qtbot.mouseClick(note_button, Qt.MouseButton.LeftButton)
    assert done == ["八个不让"]
    show(qtbot, at, shown, "一快三通")
    assert not note_button.isVisible()
    qtbot.keyClick(shown, Qt.Key.Key_1, ALT)
    assert done == ["八个不让"]


def test_the_key_works_from_the_list_too(qtbot: QtBot, page: tuple[Desk, RecordPage]) -> None:
    at, shown = page
    show(qtbot, at, shown, "办公用品预约领用、送货上门")
    assert shown.form.deeds.buttons["note"].property("role") == "plain"
    shown.list.table.setFocus()
    qtbot.keyClick(shown.list.table, Qt.Key.Key_1, ALT)
    assert done == ["办公用品预约领用、送货上门"]


def test_a_character_written_on_the_number_pad_does_nothing_else(
    qtbot: QtBot, page: tuple[Desk, RecordPage]
) -> None:
    """Alt+41420 is √ in Windows; its digits are no deeds."""
    at, shown = page
    show(qtbot, at, shown, "八个不让")
    line = shown.form.body.editors["title"].focusProxy()
    assert line is not None
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_1, ALT | Qt.KeyboardModifier.KeypadModifier)
    assert (done, at.ask.asked) == ([], [])
    # Without Windows the digit itself is written.
    shown.form.revert()
    qtbot.keyClick(line, Qt.Key.Key_1, ALT)
    settled(qtbot, at.session)
    assert done == ["八个不让"]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (Answer.SAVE, ["新的标题"]),
        (Answer.DISCARD, ["八个不让"]),
        (Answer.CANCEL, []),
    ],
)
def test_what_is_typed_is_settled_first(
    qtbot: QtBot, page: tuple[Desk, RecordPage], answer: Answer, found: list[str]
) -> None:
    at, shown = page
    show(qtbot, at, shown, "八个不让")
    shown.form.body.editors["title"].set_raw("新的标题")
    shown.form.body.editors["title"].changed.emit()
    at.ask.about_unsaved = answer
    qtbot.mouseClick(shown.form.deeds.buttons["note"], Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)
    assert done == found
    assert shown.form.is_dirty == (answer is Answer.CANCEL)
    if answer is Answer.DISCARD:
        assert shown.form.body.editors["title"].raw() == "八个不让"


def test_a_page_has_its_deeds_in_a_menu(qtbot: QtBot, page: tuple[Desk, RecordPage]) -> None:
    at, shown = page
    shown.list.table.selectAll()
    settled(qtbot, at.session)
    (action,) = shown.menu.menu().actions()
    action.trigger()
    settled(qtbot, at.session)
    assert done == ["5"]


def test_nothing_is_offered_for_a_record_that_is_new(page: tuple[Desk, RecordPage]) -> None:
    _at, shown = page
    shown.new_record()
    assert not shown.form.deeds.isVisible()


# Every declared deed


@pytest.mark.parametrize("kind", list(MODULES))
def test_every_deed_can_be_done_and_has_its_icon(kind: str) -> None:
    assert kind in KINDS
    for deed in (*deeds_of(kind), *page_deeds_of(kind)):
        module, _colon, name = deed.run.partition(":")
        assert callable(getattr(import_module(module), name))
        assert resource_path("icons", f"{deed.icon}.svg").is_file()


@pytest.mark.parametrize("kind", list(MODULES))
def test_no_key_means_two_things_on_one_page(kind: str) -> None:
    deeds = (*deeds_of(kind), *page_deeds_of(kind))
    keys = [action.shortcut for action in ACTIONS] + list(keys_of(kind).values())
    used = [QKeySequence(key).toString() for key in keys if key]
    assert len(set(used)) == len(used)
    assert len({deed.id for deed in deeds}) == len(deeds)


@pytest.mark.parametrize("kind", list(MODULES))
def test_keys_follow_the_buttons(kind: str) -> None:
    keys, deeds = keys_of(kind), deeds_of(kind)
    assert [keys[deed.id] for deed in deeds] == [
        f"Alt+{place}" for place in range(1, len(deeds) + 1)
    ]
    assert len(deeds) < 10
    first = page_deeds_of(kind)[:1]
    assert [keys[deed.id] for deed in first] == ["Alt+0"] * len(first)


def test_no_mnemonic_in_the_window_is_a_digit() -> None:
    """Alt with a digit would press what has it underlined."""
    words = [action.text for action in ACTIONS] + [
        deed.text for kind in MODULES for deed in (*deeds_of(kind), *page_deeds_of(kind))
    ]
    assert not [text for text in words if re.search(r"&\d", text)]
