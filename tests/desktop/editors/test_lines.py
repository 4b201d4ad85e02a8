"""Dates, numbers, choices and long texts, typed as clerks type them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.choice import ChoiceEditor, ChoicesEditor, FlagEditor
from sanyou_desktop.desktop.editors.date import DateEditor
from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.long_text import LongTextEditor
from sanyou_desktop.desktop.editors.number import AmountEditor
from sanyou_desktop.desktop.editors.text import TextEditor
from sanyou_desktop.model.fields import Amount, Choice, Choices, Text
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.clerk import compose
from tests.desktop.conftest import Desk, settled

Show = Callable[[Editor], None]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LONG = "机关后勤𠮷㐂🙂\t=1+1\n" * 8000


def changes(editor: Editor) -> list[None]:
    told: list[None] = []
    editor.changed.connect(lambda: told.append(None))
    return told


# Dates


@pytest.fixture
def dates(show: Show) -> DateEditor:
    made = DateEditor()
    show(made)
    return made


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026.3.1", "2026-03-01"),
        ("2026年3月", "2026-03"),
        ("2026", "2026"),
        ("２０２６－３－１", "2026-03-01"),
        ("2026-02-30", "2026-02-30"),
        ("下周", "下周"),
        ("", ""),
    ],
)
def test_a_date_is_put_in_order_when_it_is_left_and_a_wrong_one_stays(
    qtbot: QtBot, dates: DateEditor, typed: str, kept: str
) -> None:
    compose(dates.line, typed)
    qtbot.keyClick(dates.line, Qt.Key.Key_Tab)
    assert dates.raw() == kept


def test_today_is_one_key(qtbot: QtBot, dates: DateEditor) -> None:
    told = changes(dates)
    qtbot.keyClick(dates.line, Qt.Key.Key_Semicolon, CONTROL)
    assert dates.raw() == date.today().isoformat()
    assert len(told) == 1


def test_a_day_is_picked_from_the_calendar_with_the_keyboard(
    qtbot: QtBot, dates: DateEditor
) -> None:
    compose(dates.line, "2026-03-01")
    qtbot.keyClick(dates.line, Qt.Key.Key_Down, ALT)
    calendar = dates.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 3, 1)
    calendar.activated.emit(QDate(2026, 3, 18))
    assert dates.raw() == "2026-03-18"
    qtbot.waitUntil(lambda: dates.line.hasFocus())


def test_nothing_is_entered_where_nothing_may_be(qtbot: QtBot, dates: DateEditor) -> None:
    dates.set_raw("2026-03-01")
    dates.set_read_only(True)
    told = changes(dates)
    qtbot.keyClick(dates.line, Qt.Key.Key_Semicolon, CONTROL)
    qtbot.keyClick(dates.line, Qt.Key.Key_Down, ALT)
    assert (dates.raw(), told) == ("2026-03-01", [])
    assert dates.findChild(QCalendarWidget) is None


# Quantities


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("140多万元", "记为"),
        ("12,000元", "记为"),
        ("若干", "没有数字，只记原话，不计入合计"),
        ("", ""),
    ],
)
def test_how_a_quantity_was_understood_is_shown_while_it_is_typed(
    at: Desk, show: Show, typed: str, understood: str
) -> None:
    field = next(
        field
        for kind in KINDS.values()
        for field in kind.fields.values()
        if isinstance(field, Amount)
    )
    editor = AmountEditor("cost", field, at.session)
    show(editor)
    compose(editor.line, typed)
    assert editor.raw() == typed
    assert editor.understood.text().startswith(understood)
    assert editor.understood.isVisible() == bool(understood)


# Choices


@pytest.fixture
def status(show: Show) -> ChoiceEditor:
    field = KINDS["pledge"].fields["status"]
    assert isinstance(field, Choice)
    made = ChoiceEditor(field)
    show(made)
    return made


def test_a_choice_is_made_with_arrows(qtbot: QtBot, status: ChoiceEditor) -> None:
    status.set_raw("draft")
    told = changes(status)
    qtbot.keyClick(status.combo, Qt.Key.Key_Down)
    assert status.raw() not in ("draft", "")
    assert len(told) == 1


def test_the_wheel_scrolls_past_a_choice(status: ChoiceEditor) -> None:
    status.set_raw("draft")
    told = changes(status)
    at = QPointF(5, 5)
    down = QPoint(0, -120)
    wheel = QWheelEvent(
        at,
        at,
        down,
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(status.combo, wheel)
    assert (status.raw(), told) == ("draft", [])


def test_a_value_of_a_newer_program_is_shown_and_kept_until_another_is_shown(
    status: ChoiceEditor,
) -> None:
    options = status.combo.count()
    status.set_raw("suspended")
    assert (status.raw(), status.combo.currentText()) == ("suspended", "suspended")
    status.set_raw("draft")
    assert status.combo.count() == options


def test_several_are_chosen_by_keyboard_and_given_in_the_order_declared(
    qtbot: QtBot, show: Show
) -> None:
    field = KINDS["pledge"].fields["themes"]
    assert isinstance(field, Choices)
    editor = ChoicesEditor(field)
    show(editor)
    values = [option.value for option in field.enum]
    for value in (values[2], values[0]):
        editor.toggles[value].setFocus()
        qtbot.keyClick(editor.toggles[value], Qt.Key.Key_Space)
    assert editor.raw() == [values[0], values[2]]
    qtbot.keyClick(editor.toggles[values[0]], Qt.Key.Key_Space)
    assert editor.raw() == [values[2]]


def test_a_box_is_ticked_with_the_space_bar(qtbot: QtBot, show: Show) -> None:
    editor = FlagEditor()
    show(editor)
    told = changes(editor)
    qtbot.keyClick(editor.box, Qt.Key.Key_Space)
    assert editor.raw() is True
    assert len(told) == 1


# Texts


def test_a_hundred_thousand_characters_are_kept_and_do_not_stop_the_window(
    qtbot: QtBot, show: Show
) -> None:
    editor = LongTextEditor()
    show(editor)
    QApplication.clipboard().setText(LONG)
    began = time.monotonic()
    qtbot.keyClick(editor.box, Qt.Key.Key_V, CONTROL)
    QApplication.processEvents()
    # A window that works out the height of every line takes several seconds.
    assert time.monotonic() - began < 3
    assert editor.raw() == LONG
    assert editor.box.height() < 500


def test_a_box_grows_with_its_text_and_shrinks_again(show: Show) -> None:
    editor = LongTextEditor()
    show(editor)
    empty = editor.box.height()
    compose(editor.box, "一\n二\n三\n四\n五\n六")
    QApplication.processEvents()
    assert editor.box.height() > empty
    editor.set_raw("")
    assert editor.box.height() == empty


def test_formatted_text_is_pasted_as_plain_text(qtbot: QtBot, show: Show) -> None:
    editor = LongTextEditor()
    show(editor)
    board = QApplication.clipboard()
    board.setText("第一条 <b>规定</b>")
    qtbot.keyClick(editor.box, Qt.Key.Key_V, CONTROL)
    assert editor.raw() == "第一条 <b>规定</b>"


def test_a_line_takes_more_than_it_may_hold_so_that_the_field_can_say_so(
    qtbot: QtBot, at: Desk, show: Show
) -> None:
    field = KINDS["pledge"].fields["title"]
    assert isinstance(field, Text)
    editor = TextEditor("title", field, at.session, "pledge")
    show(editor)
    QApplication.clipboard().setText("长" * 100_000)
    qtbot.keyClick(editor.line, Qt.Key.Key_V, CONTROL)
    assert editor.raw() == "长" * 100_000


def test_what_was_entered_before_is_offered(qtbot: QtBot, at: Desk, show: Show) -> None:
    editor = TextEditor("department", KINDS["pledge"].fields["department"], at.session, "pledge")
    show(editor)
    settled(qtbot, at.session)
    told = changes(editor)
    qtbot.keyClicks(editor.line, "x")
    compose(editor.line, "")
    editor.line.setText("务")
    completer = editor.line.completer()
    completer.setCompletionPrefix("务")
    offered = [
        completer.completionModel().index(row, 0).data()
        for row in range(completer.completionCount())
    ]
    assert offered == ["会务科"]
    assert told != []
