"""A clerk's table comes in by the menu, by dropping and by pasting; it is looked at first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.intake.flow import import_table, look_at_clipboard
from sanyou_desktop.desktop.intake.import_dialog import ImportDialog
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.model.finding import Finding
from tests.desktop.conftest import Desk, settled
from tests.exchange.tables.clerk import ROWS, workbook

BAD = [list(row) for row in ROWS]
BAD[4][3] = "三月"


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path) -> Desk:
    return desk(few)


@pytest.fixture
def page(qtbot: QtBot, at: Desk) -> RecordPage:
    made = RecordPage("finding", at.session)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    settled(qtbot, at.session)
    return made


def dialog_of(qtbot: QtBot, page: RecordPage) -> ImportDialog:
    """Return the preview once the table is read."""
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is not None)
    found = page.findChild(ImportDialog)
    assert isinstance(found, ImportDialog)
    qtbot.waitUntil(lambda: not found.is_busy and found.take_button.text() != "")
    qtbot.waitUntil(lambda: found.table.lines.rowCount() > 0 or found.work.banner.isVisible())
    return found


def opened(qtbot: QtBot, at: Desk, page: RecordPage, path: Path) -> ImportDialog:
    at.ask.path = path
    import_table(page.place)
    return dialog_of(qtbot, page)


def take(qtbot: QtBot, at: Desk, page: RecordPage, dialog: ImportDialog) -> None:
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is None)
    settled(qtbot, at.session)


def findings(at: Desk) -> list[Finding]:
    return [one for one in at.stored("finding") if isinstance(one, Finding)]


def chips(dialog: ImportDialog) -> list[str]:
    return [chip.text() for chip in dialog.panel.chips.findChildren(QPushButton)]


def test_a_table_is_looked_at_taken_and_taken_back(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, page, workbook(tmp_path / "表.xlsx"))

    assert dialog.head.text() == "表.xlsx：新增 2 条"
    not_read, whose = dialog.notes.text().split("\n")
    assert not_read == "「台账」没有读入的列：L「领导批示」"
    assert "填报单位「莆田市机关事务管理局」在台账中没有登记" in whose
    assert dialog.take_button.text() == "导入 2 条"
    first = dialog.table.lines.lines[0]
    assert first.title == "走廊灯不亮"
    assert first.told.startswith("责任部门：物业科；状态：已整改；")
    take(qtbot, at, page, dialog)
    assert [one.title for one in findings(at)] == ["走廊灯不亮", "食堂地面湿滑"]
    assert at.session.operations.undo_text == "从 表.xlsx 导入 2 条"
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert findings(at) == []


def test_what_cannot_be_read_is_shown_first_with_its_cell(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, page, workbook(tmp_path / "表.xlsx", BAD))

    line = dialog.table.lines.lines[0]
    assert "D5：提出日期：「三月」不是日期" in line.whole
    assert chips(dialog) == ["全部 4", "无法接收 1", "新增 1", "略过 2"]
    assert "有 1 行读不了：按 Enter 当场改正" in dialog.told.text()
    take(qtbot, at, page, dialog)
    assert [one.title for one in findings(at)] == ["走廊灯不亮"]


def test_a_column_is_read_as_somebody_chooses_and_so_the_next_time(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "表.xlsx")
    dialog = opened(qtbot, at, page, path)
    box = dialog.sheets.columns.box(11)
    assert box.currentData() == ""
    box.setCurrentIndex(box.findData("notes"))
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "备注：阅" in dialog.table.lines.lines[0].whole
    take(qtbot, at, page, dialog)
    assert findings(at)[0].notes == "阅"

    again = opened(qtbot, at, page, path)

    assert again.sheets.columns.box(11).currentData() == "notes"
    assert again.head.text() == "表.xlsx：未变 2 条"
    assert not again.take_button.isEnabled()
    again.reject()


def test_cells_that_were_copied_are_pasted(qtbot: QtBot, at: Desk, page: RecordPage) -> None:
    QGuiApplication.clipboard().setText("标题\t提出日期\t责任人\n灯不亮\t2026.3.1\t张三\n")
    page.list.table.setFocus()

    qtbot.keyClick(page.list.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    dialog = dialog_of(qtbot, page)
    assert dialog.head.text() == "粘贴的内容：新增 1 条"
    take(qtbot, at, page, dialog)
    assert [(one.title, one.person) for one in findings(at)] == [("灯不亮", "张三")]


def test_rows_that_were_copied_here_come_back_as_they_were(
    qtbot: QtBot, at: Desk, page: RecordPage
) -> None:
    """Also those that a spreadsheet would compute."""
    QGuiApplication.clipboard().setText("标题\t提出日期\n=1+1\t2026.3.1\n@甲\t2026.3.2\n")
    look_at_clipboard(page.place, "finding")
    take(qtbot, at, page, dialog_of(qtbot, page))
    settled(qtbot, at.session)
    page.list.table.selectAll()
    page.list.copy_selected()
    settled(qtbot, at.session)
    assert "'=1+1" in QGuiApplication.clipboard().text()

    look_at_clipboard(page.place, "finding")

    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is not None)
    again = page.findChild(ImportDialog)
    assert isinstance(again, ImportDialog)
    qtbot.waitUntil(lambda: again.head.text() == "粘贴的内容：未变 2 条")
    again.reject()
    assert sorted(one.title for one in findings(at)) == ["=1+1", "@甲"]


def test_an_empty_clipboard_says_what_to_do(qtbot: QtBot, at: Desk, page: RecordPage) -> None:
    QGuiApplication.clipboard().clear()

    look_at_clipboard(page.place, "finding")

    assert "剪贴板里没有文字" in at.ask.asked[0]
    assert page.findChild(ImportDialog) is None


def test_a_file_is_dropped_on_the_list(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(workbook(tmp_path / "表.xlsx")))])
    target = page.list.table.viewport()
    copy, left, plain = (
        Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    entering = QDragEnterEvent(QPoint(5, 5), copy, data, left, plain)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()

    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, left, plain))

    dialog = dialog_of(qtbot, page)
    assert dialog.head.text() == "表.xlsx：新增 2 条"
    dialog.reject()


def test_all_sheets_are_offered_and_taken_together(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    more = [["标题", "责任人"], ["停车混乱", "李四"]]
    rules = [
        ["制度名称", "发文字号", "发文日期", "生效日期"],
        ["接待办法", "某办〔2026〕1号", "2026.3", ""],
    ]
    path = workbook(tmp_path / "表.xlsx", 二月=more, 制度=rules)

    dialog = opened(qtbot, at, page, path)

    listed = dialog.sheets.sheets
    names = [listed.item(place).text() for place in range(listed.count())]
    assert names == ["台账（问题整改）", "二月（问题整改）", "制度（制度）"]
    assert dialog.head.text() == "表.xlsx：新增 4 条"
    take(qtbot, at, page, dialog)
    assert [one.title for one in findings(at)] == ["走廊灯不亮", "食堂地面湿滑", "停车混乱"]
    assert [one.title for one in at.stored("rule")] == ["接待办法"]
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert findings(at) == at.stored("rule") == []


def test_a_sheet_is_left_out_by_the_space_bar(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    more = [["标题", "责任人"], ["停车混乱", "李四"]]
    dialog = opened(qtbot, at, page, workbook(tmp_path / "表.xlsx", 二月=more))

    dialog.sheets.sheets.setFocus()
    qtbot.keyClick(dialog.sheets.sheets, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not dialog.is_busy)

    assert [line.title for line in dialog.table.lines.lines] == ["停车混乱"]
    take(qtbot, at, page, dialog)
    assert [one.title for one in findings(at)] == ["停车混乱"]


def test_what_is_no_table_says_why(
    qtbot: QtBot, at: Desk, page: RecordPage, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "车.xlsx", [["车牌", "里程"], ["闽B12345", 3]])

    dialog = opened(qtbot, at, page, path)

    assert "请检查表头" in dialog.work.banner.text.text()
    assert not dialog.take_button.isEnabled()
    dialog.reject()


def test_nothing_comes_in_where_nothing_can_be_saved(
    qtbot: QtBot, desk: Callable[..., Desk], few: Path
) -> None:
    at = desk(few, read_only_reason="只读")
    made = RecordPage("finding", at.session)
    qtbot.addWidget(made)

    assert not made.list.table.viewport().acceptDrops()
    assert "import_table" not in {action.objectName() for action in made.menu.menu().actions()}
