"""Every field that a kind declares stands in its form, once, and can be edited there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.forms.body import FormBody
from sanyou_desktop.desktop.forms.design import NOT_SHOWN
from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.model.kinds import KINDS
from tests.desktop.conftest import Desk

OpenCopy = Callable[..., Desk]
each_kind = pytest.mark.parametrize("kind", list(KINDS))


def file_of(kind: str) -> str:
    """Return where the form of ``kind`` is laid out, as a person who adds a field looks for it."""
    alone = Path("sanyou_desktop/desktop/forms") / f"{kind}_form.py"
    return str(alone if alone.is_file() else alone.with_name("other_forms.py"))


@each_kind
def test_every_kind_has_a_form(kind: str) -> None:
    assert kind in DESIGNS, (
        f"no form shows records of the kind {kind!r}: "
        "lay it out in a file of sanyou_desktop/desktop/forms and list it in designs.py"
    )
    assert DESIGNS[kind].kind == kind


@each_kind
def test_every_field_has_its_place(kind: str) -> None:
    entered = {key for key, field in KINDS[kind].fields.items() if not field.read_only}
    missing = entered - set(DESIGNS[kind].placed()) - NOT_SHOWN

    assert not missing, (
        f"the form of {kind!r} does not show {sorted(missing)}: "
        f"add each key to a line of a section in {file_of(kind)}"
    )


@each_kind
def test_no_field_is_placed_twice(kind: str) -> None:
    twice = [key for key, count in Counter(DESIGNS[kind].placed()).items() if count > 1]

    assert not twice, f"{file_of(kind)} places {twice} more than once: take out all but one"


@each_kind
def test_nothing_is_placed_that_the_kind_does_not_declare(kind: str) -> None:
    unknown = set(DESIGNS[kind].placed()) - set(KINDS[kind].fields)

    assert not unknown, f"{file_of(kind)} places {sorted(unknown)}, which {kind!r} does not have"


@each_kind
def test_lines_hold_one_two_or_three_fields(kind: str) -> None:
    lengths = {len(line) for section in DESIGNS[kind].sections for line in section.lines}

    assert lengths <= {1, 2, 3}


@each_kind
def test_fields_that_want_a_line_have_it(
    qtbot: QtBot, desk: OpenCopy, few: Path, kind: str
) -> None:
    body = FormBody(DESIGNS[kind], desk(few).session)
    body.build()
    qtbot.addWidget(body)

    crowded = [
        key
        for section in DESIGNS[kind].sections
        for line in section.lines
        for key in line
        if len(line) > 1 and body.editors[key].wants_line
    ]
    assert not crowded, f"{crowded} want a line of their own in {file_of(kind)}"


@each_kind
def test_every_editor_has_the_label_of_its_field(
    qtbot: QtBot, desk: OpenCopy, few: Path, kind: str
) -> None:
    body = FormBody(DESIGNS[kind], desk(few).session)
    body.build()
    qtbot.addWidget(body)

    for key in DESIGNS[kind].placed():
        field = KINDS[kind].fields[key]
        star = " *" if field.required else ""
        assert body.fields[key].label.text() == f"{field.title}{star}"
        assert (body.editors[key].focusProxy() or body.editors[key]).accessibleName() == field.title
