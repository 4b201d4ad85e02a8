"""A record over several lines in the preview: told, put right by cell, and chosen to be or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.model.inspection import Inspection
from tests.desktop.conftest import Desk, settled
from tests.desktop.intake.test_importing import opened, take
from tests.exchange.tables.clerk import Cells, workbook

ROWS: tuple[Cells, ...] = (
    ("检查日期", "受检部门", "检查项目", "满分", "得分"),
    ("2026-03-01", "食堂", "地面", 10, 8),
    (None, None, "留样", 5, "五分半吧"),
    ("2026-03-02", "车队", "车容", 10, 9),
    (None, None, "登记", 10, 10),
)


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path) -> Desk:
    return desk(few)


@pytest.fixture
def page(qtbot: QtBot, at: Desk) -> RecordPage:
    made = RecordPage("inspection", at.session)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    settled(qtbot, at.session)
    return made


def taken(at: Desk) -> dict[str, int]:
    found = [one for one in at.stored("inspection") if isinstance(one, Inspection)]
    return {one.title: len(one.items) for one in found if one.title in ("食堂", "车队")}


def test_a_cell_of_a_further_line_is_put_right_and_its_record_taken_and_taken_back(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, page, workbook(tmp_path / "检查.xlsx", ROWS))
    assert dialog.head.text() == "检查.xlsx：无法接收 1 条，新增 1 条"
    assert dialog.sheets.lines.isChecked()
    assert dialog.mend.cell.currentText() == "E3 得分"

    dialog.mend.line.setText("5")
    qtbot.keyClick(dialog.mend.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.head.text() == "检查.xlsx：新增 2 条")
    take(qtbot, at, page, dialog)

    assert taken(at) == {"食堂": 2, "车队": 2}
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert taken(at) == {}


def test_that_each_line_is_a_record_is_chosen_and_remembered(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    rows = [[cell for at, cell in enumerate(row) if at != 4] for row in ROWS]
    path = workbook(tmp_path / "检查.xlsx", rows)
    dialog = opened(qtbot, at, page, path)
    assert dialog.head.text() == "检查.xlsx：新增 2 条"

    qtbot.keyClick(dialog.sheets.lines, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.head.text() == "检查.xlsx：无法接收 2 条，新增 2 条")
    qtbot.waitUntil(dialog.take_button.isEnabled)
    take(qtbot, at, page, dialog)

    again = opened(qtbot, at, page, path)
    assert not again.sheets.lines.isChecked()
    again.accept()
