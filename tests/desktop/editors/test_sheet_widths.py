"""The columns of a sheet: texts share what is left, and stay wide enough to read."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.rows_model import RowsModel
from sanyou_desktop.desktop.editors.rows_view import RowsView
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.model.kinds import KINDS


@pytest.mark.parametrize("width", [300, 600, 2000])
def test_an_item_of_a_checklist_shows_ten_characters_at_any_width(qtbot: QtBot, width: int) -> None:
    view = _sheet(qtbot, "inspection", "items", width)

    for key in ("item", "follow_through", "standard", "remark"):
        column = view.rows().keys.index(key)
        assert view.columnWidth(column) >= 10 * view.fontMetrics().horizontalAdvance("字")


def test_texts_fill_a_wide_sheet(qtbot: QtBot) -> None:
    view = _sheet(qtbot, "pledge", "clauses", 2000)

    left = view.viewport().width() - view.horizontalHeader().length()
    assert 0 <= left < len(view.rows().keys)


@pytest.mark.parametrize(
    ("kind", "key"), [("pledge", "clauses"), ("pledge", "fulfilments"), ("rule", "reviews")]
)
def test_a_short_sheet_stands_whole_in_the_form_of_a_usual_window(
    qtbot: QtBot, kind: str, key: str
) -> None:
    # What the form leaves a table in a window of 1360.
    view = _sheet(qtbot, kind, key, 490)
    assert view.horizontalHeader().length() <= view.viewport().width()
    assert not view.horizontalScrollBar().isVisible()
    # With so many rows that they scroll, there is a little less.
    view.rows().load([{} for _row in range(40)])
    qtbot.waitUntil(view.verticalScrollBar().isVisible)
    assert not view.horizontalScrollBar().isVisible()


def _sheet(qtbot: QtBot, kind: str, key: str, width: int) -> RowsView:
    field = KINDS[kind].fields[key]
    assert isinstance(field, Rows)
    view = RowsView(RowsModel(field))
    qtbot.addWidget(view)
    view.resize(width, 200)
    view.show()
    return view


def test_a_long_sheet_is_fitted_bit_by_bit_and_at_once_where_one_goes(qtbot: QtBot) -> None:
    view = _sheet(qtbot, "inspection", "items", 600)
    view.rows().load([{"item": "很长的检查项目" * 12} for _row in range(120)])
    least = view.rowHeight(119)
    view.fit_rows(0, 119)
    assert view.rowHeight(0) > least
    assert view.rowHeight(119) == least
    view.go_to(60, 0)
    assert view.rowHeight(60) == view.rowHeight(0)
    qtbot.waitUntil(lambda: view.rowHeight(119) == view.rowHeight(0))
