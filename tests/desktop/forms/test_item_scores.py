"""The score of an item in the form of an inspection: worked out, typed, and refused in its cell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.model.inspection import Inspection, Item
from tests.desktop.conftest import Desk
from tests.desktop.forms.filling import saved, shown_form, type_into


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path) -> Desk:
    return desk(few)


def form_of(qtbot: QtBot, at: Desk, row: str) -> tuple[RecordForm, RowsEditor]:
    """Return the form of a new inspection with one item, given as cells by their column."""
    form = shown_form(qtbot, at, "inspection", height=900)
    title = form.body.editors["title"]
    type_into(getattr(title, "line", QWidget()), "五月检查")
    rows = form.body.editors["items"]
    assert isinstance(rows, RowsEditor)
    for part in row.split():
        put(rows, *part.split("="))
    return form, rows


def put(rows: RowsEditor, key: str, text: str) -> None:
    place = rows.model.index(0, rows.model.keys.index(key))
    assert rows.model.setData(place, text)


def stored(at: Desk) -> Item:
    (record,) = at.stored("inspection")
    assert isinstance(record, Inspection)
    return record.items[0]


def test_a_failed_item_that_is_not_marked_down_by_places_scores_nothing(
    qtbot: QtBot, at: Desk
) -> None:
    form, rows = form_of(qtbot, at, "item=态度 full_score=10 result=不合格")
    saved(qtbot, at, form)
    assert stored(at).score == 0

    put(rows, "score", "4")
    saved(qtbot, at, form)
    assert stored(at).score == 4

    put(rows, "result", "合格")
    saved(qtbot, at, form)
    assert stored(at).score == Decimal(10)


def test_a_failed_item_without_a_count_is_marked_down_for_one_place(qtbot: QtBot, at: Desk) -> None:
    form, rows = form_of(qtbot, at, "item=灶台 full_score=10 deduction=3 result=不合格")
    place = rows.model.index(0, rows.model.keys.index("score"))
    assert rows.model.data(place, Qt.ItemDataRole.DisplayRole) == "7"
    saved(qtbot, at, form)
    assert stored(at).score == 7


def test_a_failure_of_no_place_is_refused_in_its_cell(qtbot: QtBot, at: Desk) -> None:
    form, rows = form_of(
        qtbot, at, "item=灶台 full_score=10 deduction=3 occurrences=0 result=不合格"
    )

    qtbot.mouseClick(form.foot.save, Qt.MouseButton.LeftButton)

    place = rows.model.index(0, rows.model.keys.index("occurrences"))
    assert "至少有 1 处" in str(rows.model.data(place, Qt.ItemDataRole.ToolTipRole))
    assert at.stored("inspection") == []
    put(rows, "occurrences", "2")
    saved(qtbot, at, form)
    assert stored(at).score == 4
