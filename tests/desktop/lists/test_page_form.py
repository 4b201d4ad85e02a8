"""The form of a page comes piece by piece, and at once when somebody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.desktop.lists.page_form import PageForm
from sanyou_desktop.desktop.lists.record_page import RecordPage
from tests.desktop.conftest import Desk, settled

OpenCopy = Callable[..., Desk]


def place(qtbot: QtBot, desk: Desk, kind: str = "inspection") -> PageForm:
    made = PageForm(lambda: RecordForm(kind, desk.session, at_once=False))
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_window_has_its_turn_between_the_sections(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    shown = place(qtbot, desk(few))
    between: list[int] = []

    def look() -> None:
        if shown.begun is not None and not shown.begun.is_built:
            between.append(len(shown.begun.body.editors))

    watch = QTimer(shown)
    watch.timeout.connect(look)
    watch.start(0)
    shown.build()
    qtbot.waitUntil(lambda: shown.begun is not None and shown.begun.is_built)
    assert len(set(between)) >= len(DESIGNS["inspection"].sections) - 1
    assert not shown.shows_form


def test_only_who_came_last_is_called(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    shown = place(qtbot, desk(few))
    called: list[str] = []
    shown.once_built(lambda: called.append("first"))
    shown.once_built(lambda: called.append("second"))
    assert called == []
    qtbot.waitUntil(lambda: bool(called))
    assert called == ["second"]
    shown.once_built(lambda: called.append("third"))
    assert called == ["second", "third"]


def test_who_cannot_wait_gets_all_of_it(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    shown = place(qtbot, desk(few))
    shown.build()
    form = shown.whole()
    assert form.is_built
    assert list(form.body.editors) == DESIGNS["inspection"].placed()
    shown.show_form()
    assert shown.shows_form


def test_a_new_record_begun_before_the_form_is_there_stays(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    at = desk(few)
    page = RecordPage("pledge", at.session)
    qtbot.addWidget(page)
    page.resize(1360, 760)
    page.show()
    page.new_record()
    assert page.form.record_id == ""
    settled(qtbot, at.session)
    qtbot.wait(100)
    assert page.shown_id == ""
    assert page.form.isVisible()


def test_tab_goes_from_the_fields_to_the_buttons_below(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    shown = place(qtbot, desk(few))
    form = shown.whole()
    shown.show_form()
    steps = [_of(shown, editor) for editor in form.body.editors.values()]
    steps += [_of(shown, button) for button in (form.foot.save_and_new, form.foot.save)]
    chain = _chain(shown)
    places = [chain.index(step) for step in steps]
    assert places[:-2] == sorted(places[:-2])
    assert max(places[:-2]) < min(places[-2:])


def _of(shown: PageForm, widget: QWidget) -> QWidget:
    """Return what takes the focus for ``widget``."""
    assert shown.isAncestorOf(widget)
    return widget.focusProxy() or widget


def _chain(shown: PageForm) -> list[QWidget]:
    """Return what is in ``shown`` as Tab goes through it."""
    chain: list[QWidget] = []
    widget = shown.nextInFocusChain()
    while widget is not None and widget is not shown:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain
