"""What is wrong or in conflict is settled in the preview, by keyboard, before it is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.intake.import_dialog import ImportDialog
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.intake.test_importing import (
    chips,
    findings,
    opened,
    take,
)
from tests.desktop.intake.test_importing import page as page
from tests.exchange.tables.clerk import ROWS, workbook

KEYS = Qt.Key


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path) -> Desk:
    return desk(few)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A table with two wrong cells in row 5 and one in row 4."""
    rows = [list(row) for row in ROWS]
    rows[4][3], rows[4][10], rows[3][7] = "三月", "搁置", "月底"
    return workbook(tmp_path / "表.xlsx", rows)


def press(qtbot: QtBot, dialog: ImportDialog, key: Qt.Key) -> None:
    """Press a key where the cursor is, and wait for what comes of it."""
    at = dialog.focusWidget()
    assert isinstance(at, QWidget)
    qtbot.keyClick(at, key)
    qtbot.waitUntil(lambda: not dialog.is_busy)


def write(qtbot: QtBot, dialog: ImportDialog, text: str) -> None:
    """Type over the value, and confirm."""
    assert dialog.focusWidget() is dialog.mend.line
    assert dialog.mend.line.selectedText() == dialog.mend.line.text()
    # As an input method does; keys alone type no Chinese.
    dialog.mend.line.insert(text)
    press(qtbot, dialog, KEYS.Key_Return)


def states(dialog: ImportDialog) -> list[str]:
    return [line.state for line in dialog.table.lines.lines]


def test_wrong_cells_are_put_right_one_after_another_by_keyboard(
    qtbot: QtBot, at: Desk, page: RecordPage, bad: Path
) -> None:
    dialog = opened(qtbot, at, page, bad)
    assert states(dialog)[:2] == ["invalid", "invalid"]
    dialog.table.setFocus()

    press(qtbot, dialog, KEYS.Key_Return)
    assert dialog.mend.cell.currentText() == "H4 整改期限"
    write(qtbot, dialog, "2026.3.31")
    assert states(dialog)[:2] == ["new", "invalid"]
    first_wrong = dialog.mend.cell.currentText()
    assert first_wrong == "K5 状态"
    choice = dialog.mend.choice
    choice.setCurrentIndex(choice.findText("整改中"))
    press(qtbot, dialog, KEYS.Key_Return)
    assert dialog.mend.cell.currentText() == "D5 发现时间"
    write(qtbot, dialog, "2026年3月3日")

    assert states(dialog)[:2] == ["new", "new"]
    assert chips(dialog) == ["全部 4", "新增 2", "略过 2"]
    assert dialog.table.hasFocus()
    take(qtbot, at, page, dialog)
    told = [(str(one.raised_on), str(one.due_on), one.status) for one in findings(at)]
    assert told == [
        ("2026-03-01", "2026-03-31", "rectified"),
        ("2026-03-03", "2026-03-19", "rectifying"),
    ]


def test_what_was_put_right_is_taken_back_before_it_is_taken(
    qtbot: QtBot, at: Desk, page: RecordPage, bad: Path
) -> None:
    dialog = opened(qtbot, at, page, bad)
    dialog.table.setFocus()
    press(qtbot, dialog, KEYS.Key_F2)
    write(qtbot, dialog, "2026.3.31")
    assert states(dialog)[0] == "new"
    press(qtbot, dialog, KEYS.Key_Escape)
    assert dialog.isVisible()
    assert dialog.table.hasFocus()

    dialog.undo()
    qtbot.waitUntil(lambda: not dialog.is_busy)

    assert states(dialog)[0] == "invalid"
    assert "月底" in dialog.panel.lines[0].whole
    dialog.reject()
    assert at.ask.asked == []


def test_leaving_asks_after_what_was_put_right(
    qtbot: QtBot, at: Desk, page: RecordPage, bad: Path
) -> None:
    dialog = opened(qtbot, at, page, bad)
    dialog.table.setFocus()
    press(qtbot, dialog, KEYS.Key_F2)
    write(qtbot, dialog, "2026.3.31")
    at.ask.yes = False

    dialog.reject()

    assert dialog.isVisible()
    assert "还没有导入" in at.ask.asked[0]
    at.ask.yes = True
    dialog.reject()


def test_what_was_put_right_stays_when_the_columns_change(
    qtbot: QtBot, at: Desk, page: RecordPage, bad: Path
) -> None:
    dialog = opened(qtbot, at, page, bad)
    dialog.table.setFocus()
    press(qtbot, dialog, KEYS.Key_F2)
    write(qtbot, dialog, "2026.3.31")

    box = dialog.sheets.columns.box(11)
    box.setCurrentIndex(box.findData("notes"))
    qtbot.waitUntil(lambda: not dialog.is_busy)

    assert sorted(states(dialog))[:2] == ["invalid", "new"]
    dialog.reject()


def test_a_row_that_stood_twice_is_read_once_the_first_says_something_else(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    rows = [["编号", "标题", "责任人"], ["A-1", "灯不亮", "张三"], ["A-1", "水管漏", "李四"]]
    dialog = opened(qtbot, at, page, workbook(tmp_path / "表.xlsx", rows))
    assert states(dialog) == ["invalid", "new"]
    dialog.table.selectRow(1)
    dialog.table.setFocus()

    press(qtbot, dialog, KEYS.Key_F2)
    write(qtbot, dialog, "A-2")

    assert states(dialog) == ["new", "new"]
    take(qtbot, at, page, dialog)
    assert sorted(one.number for one in findings(at)) == ["A-1", "A-2"]


@pytest.fixture
def newer(few: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A ledger, and a report edited by hand of a record that the ledger has changed since."""
    out, ledger_path = tmp_path / "上报.xlsx", tmp_path / "新.sytz"
    shutil.copy(few, ledger_path)
    with Ledger.open(ledger_path) as ledger:
        first = Finding(unit=UNIT, title="灯不亮", person="张三", department="物业科")
        made = ledger.save(first).record
        export_report(ledger, out)
        ledger.save(replace(made, person="李四", department="行政科"))
    book = load_workbook(out)
    page = book["问题整改"]
    header = [cell.value for cell in page[3]]
    page.cell(4, header.index("责任人") + 1).value = "王五"
    page.cell(4, header.index("责任部门") + 1).value = "会务科"
    book.save(out)
    return ledger_path, out


@pytest.mark.parametrize("keys", [[KEYS.Key_2, KEYS.Key_Down, KEYS.Key_1], [KEYS.Key_2]])
def test_conflicts_are_decided_field_by_field(
    qtbot: QtBot,
    desk: Callable[..., Desk],
    newer: tuple[Path, Path],
    tmp_path: Path,
    keys: list[Qt.Key],
) -> None:
    template, report = newer
    folder = tmp_path / "台账"
    folder.mkdir()
    at = desk(template.rename(folder / "新.sytz"))
    page = RecordPage("finding", at.session)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    dialog = opened(qtbot, at, page, report)
    assert states(dialog)[:2] == ["conflicting", "conflicting"]
    assert "责任部门：台账「行政科」，表中「会务科」，原先「物业科」" in dialog.panel.detail.text()
    assert "还有 2 处冲突待定" in dialog.told.text()
    assert not dialog.take_button.isEnabled()
    dialog.table.setFocus()

    for key in keys:
        press(qtbot, dialog, key)

    assert dialog.take_button.text() == "导入 1 条"
    take(qtbot, at, page, dialog)
    (found,) = findings(at)
    assert (found.department, found.person) == ("会务科", "李四")
