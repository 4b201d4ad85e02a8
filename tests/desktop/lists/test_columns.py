"""Columns: every field can be one, and each knows its width and side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.lists.columns import (
    NEEDED,
    alignment,
    column_width,
    is_sortable,
    known_columns,
    possible_columns,
    usual_columns,
)
from sanyou_desktop.model.kinds import KINDS, kind_of


@pytest.mark.parametrize("kind", KINDS)
def test_every_declared_field_can_be_a_column(kind: str) -> None:
    assert set(possible_columns(kind)) == set(kind_of(kind).fields) - {"id", "deleted_at"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_columns_are_declared_and_show_title_and_status(kind: str) -> None:
    usual = usual_columns(kind)
    assert set(usual) <= set(possible_columns(kind))
    assert {"title", "status"} <= set(usual)
    assert set(NEEDED.get(kind, ())) <= set(kind_of(kind).fields)


def test_remembered_columns_that_are_gone_are_forgotten() -> None:
    assert known_columns("pledge", ["title", "gone", "title", "number"]) == ("title", "number")
    assert known_columns("pledge", ["gone"]) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_is_at_least_as_wide_as_its_label(kind: str, qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    for key in possible_columns(kind):
        field = kind_of(kind).fields[key]
        assert column_width(kind, key, field, metrics) > metrics.horizontalAdvance(field.title)


def test_figures_stand_to_the_right() -> None:
    survey, activity = kind_of("survey").fields, kind_of("activity").fields
    assert alignment(survey["returned"]) & Qt.AlignmentFlag.AlignRight
    assert alignment(activity["amount"]) & Qt.AlignmentFlag.AlignRight
    assert alignment(survey["title"]) & Qt.AlignmentFlag.AlignLeft


def test_what_has_no_useful_order_cannot_be_sorted_by() -> None:
    fields = kind_of("pledge").fields
    assert is_sortable(fields["published_on"])
    assert not is_sortable(fields["themes"])
    assert not is_sortable(fields["clauses"])
