"""What holds for every editor: it gives back what it was given, and speaks up only for the user."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.editors.for_field import make_editor
from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import Desk, settled

PLACED = [(kind, key) for kind, design in DESIGNS.items() for key in design.placed()]
Show = Callable[[Editor], None]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Record]]:
    path = tmp_path_factory.mktemp("sample") / "示例.sytz"
    make_sample(path)
    with Ledger.open(path, read_only=True) as ledger:
        return {kind: list(ledger.records(kind)) for kind in KINDS}


def given(records: list[Record], key: str) -> Iterator[Json]:
    """Yield what a form would hand the editor: of a new record, and of every one there is."""
    seen = set()
    for draft in (Draft.new(records[0].kind) if records else None, *map(Draft.of, records)):
        raw = draft.typed(key) if draft is not None else None
        known = json.dumps(raw, ensure_ascii=False, sort_keys=True)
        if draft is not None and known not in seen:
            seen.add(known)
            yield raw


def editor_of(at: Desk, kind: str, key: str) -> Editor:
    return make_editor(key, KINDS[kind].fields[key], at.session, kind)


@pytest.mark.parametrize(("kind", "key"), PLACED)
def test_it_gives_back_what_it_was_given_and_says_nothing(
    qtbot: QtBot, at: Desk, sample: dict[str, list[Record]], kind: str, key: str
) -> None:
    editor = editor_of(at, kind, key)
    qtbot.addWidget(editor)
    told: list[None] = []
    editor.changed.connect(lambda: told.append(None))
    for raw in [*given(sample[kind], key), Draft.new(kind).typed(key)]:
        editor.set_raw(raw)
        settled(qtbot, at.session)
        assert _same(editor.raw(), raw)
    assert told == []


def _same(shown: Json, given: Json) -> bool:
    """Tell whether two raw values mean the same: a quantity is shown as it was written."""
    if isinstance(given, dict):
        return shown == given["as_written"]
    return shown == given or (shown in ("", []) and given in (None, "", []))


@pytest.mark.parametrize(("kind", "key"), PLACED)
def test_the_keyboard_gets_in_and_out(
    qtbot: QtBot, at: Desk, show: Show, kind: str, key: str
) -> None:
    editor = editor_of(at, kind, key)
    show(editor)
    window = editor.window()
    focused = window.focusWidget()
    assert focused is not None
    assert editor.isAncestorOf(focused)
    for _ in range(40):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if not _is_inside(editor, window.focusWidget()):
            return
    pytest.fail("Tab never leaves it")


def _is_inside(editor: Editor, widget: QWidget | None) -> bool:
    return widget is not None and (widget is editor or editor.isAncestorOf(widget))


@pytest.mark.parametrize(("kind", "key"), PLACED)
def test_read_only_it_shows_and_keeps(
    qtbot: QtBot, at: Desk, show: Show, sample: dict[str, list[Record]], kind: str, key: str
) -> None:
    editor = editor_of(at, kind, key)
    show(editor)
    raw = list(given(sample[kind], key) if sample[kind] else [Draft.new(kind).typed(key)])[-1]
    editor.set_raw(raw)
    editor.set_read_only(True)
    settled(qtbot, at.session)
    before = editor.raw()
    with qtbot.assertNotEmitted(editor.changed):
        target = editor.focusProxy() or editor
        for text in (Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Down):
            qtbot.keyClick(target, text)
        qtbot.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        settled(qtbot, at.session)
    assert editor.raw() == before


def test_the_sample_fills_most_fields(sample: dict[str, list[Record]], tmp_path: Path) -> None:
    filled = {
        (kind, key)
        for kind, key in PLACED
        for record in sample[kind]
        if Draft.of(record).typed(key) not in (None, "", [], False)
    }
    assert len(filled) >= 30
