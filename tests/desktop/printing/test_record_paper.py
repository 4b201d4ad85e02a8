"""Laws of a record on paper, for every kind: nothing is cut, and all of it lies on the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.desktop.printing.laid_out import LaidOut, PaperPage, Stroke
from sanyou_desktop.desktop.printing.record_paper import RecordPaper, lay_out_record
from sanyou_desktop.model.fields import Reference, Rows, UnitCode, fields_of
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Attachment, Record, value_of
from sanyou_desktop.model.rule import Rule
from tests.drawn import records


def words_in(made: LaidOut) -> str:
    return plain("".join(stroke.text for page in made.pages for stroke in page))


def plain(text: str) -> str:
    return "".join(text.split())


def said(record: Record) -> Iterator[str]:
    """Yield what the form says of a record, in its order."""
    fields = kind_of(record.kind).fields
    for key in DESIGNS[record.kind].placed():
        field, value = fields[key], value_of(record, key)
        if isinstance(field, Rows):
            if field.row is Attachment:
                continue
            for row in value:
                for column, inner in fields_of(field.row).items():
                    if column != "key":
                        yield inner.show(getattr(row, column))
        elif not isinstance(field, Reference | UnitCode):
            yield field.show(value)


@pytest.mark.parametrize("kind", sorted(DESIGNS))
@settings(
    max_examples=15,
    deadline=None,
    # Of some kinds few records that are drawn have their dates in order.
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_all_of_a_record_is_on_its_pages(
    qapp: QApplication, kind: str, data: st.DataObject
) -> None:
    record = data.draw(records(kind))
    made = lay_out_record(RecordPaper(record, DESIGNS[kind], "办公室"))
    words = words_in(made)
    assert [text for text in said(record) if plain(text) not in words] == []
    paper = made.layout.paintRectPoints()
    for page in made.pages:
        for stroke in page:
            left, top, width, height = stroke.room
            assert left >= 0
            assert top >= 0
            assert left + width <= paper.width() + 1
            assert top + height <= paper.height() + 1


@given(
    rooms=st.lists(st.tuples(*[st.floats(0, 800, width=32)] * 4), max_size=20),
    texts=st.lists(st.text(max_size=8), min_size=20, max_size=20),
)
def test_a_page_gives_back_what_was_drawn_on_it(
    rooms: list[tuple[float, float, float, float]], texts: list[str]
) -> None:
    font = QFont()
    strokes = [
        Stroke(room, text, font if text else None, len(text))
        for room, text in zip(rooms, texts, strict=False)
    ]
    page = PaperPage()
    for stroke in strokes:
        page.add(stroke)
    assert list(page) == strokes
    assert len(page) == len(strokes)


def test_what_is_on_later_pages_comes_later(qapp: QApplication) -> None:
    long = "".join(f"（{number}）" for number in range(3000))
    record = Rule(title="长", text=long)
    made = lay_out_record(RecordPaper(record, DESIGNS["rule"], "办公室"))
    assert len(made.pages) > 2
    body = ["".join(stroke.text for stroke in page) for page in made.pages]
    firsts = [int(page.split("（")[1].split("）")[0]) for page in body[:-1]]
    assert all(before < after for before, after in pairwise(firsts))
