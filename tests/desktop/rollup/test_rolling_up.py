"""From a folder of report workbooks to the preview, the decisions, the taking and taking back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sanyou_desktop.desktop.pages.rollup import RollupPage
from sanyou_desktop.desktop.rollup.lines import Line
from sanyou_desktop.desktop.rollup.lines_view import LinesModel, LinesTable
from sanyou_desktop.desktop.rollup.preview_dialog import RollupPreview
from sanyou_desktop.desktop.rollup.runs_dialog import RunsDialog
from sanyou_desktop.exchange import rollup
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.rollup import roll_up
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import Part
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import Desk, settled
from tests.desktop.pages.conftest import Paths, shown

SUPERIOR, COUNTY = "350000", "350300"


class Province:
    """A superior that has rolled up its county once, and what both did since."""

    def __init__(self, folder: Path) -> None:
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.superior, self.county = folder / "省.sytz", folder / "县.sytz"
        Ledger.create(self.superior, Unit(code=SUPERIOR, name="省机关事务管理局")).close()
        with Ledger.create(self.county, Unit(code=COUNTY, name="莆田市局")) as ledger:
            self.finding = ledger.save(Finding(unit=COUNTY, title="灯坏了", measure="报修")).record
            export_report(ledger, self.reports / "莆田.xlsx")
        with Ledger.open(self.superior) as ledger:
            roll_up(ledger, [self.reports])
            ledger.save(replace(self._finding(ledger), measure="先停用"))
        with Ledger.open(self.county) as ledger:
            ledger.save(replace(self._finding(ledger), measure="已换新灯", place="三号楼"))
            ledger.save(Finding(unit=COUNTY, title="门坏了"))
            (self.reports / "莆田.xlsx").unlink()
            export_report(ledger, self.reports / "莆田 补报.xlsx")
        (self.reports / "坏.xlsx").write_text("不是工作簿", encoding="utf-8")

    def _finding(self, ledger: Ledger) -> Finding:
        found = ledger.get(self.finding.id)
        assert isinstance(found, Finding)
        return found


@pytest.fixture
def province(tmp_path: Path) -> Province:
    folder = tmp_path / "province"
    folder.mkdir()
    return Province(folder)


@pytest.fixture
def at(desk: Callable[[Path], Desk], province: Province, paths: Paths) -> Desk:
    made = desk(province.superior)
    paths.path = province.reports
    return Desk(replace(made.session, ask=paths), paths, made.failures)


@pytest.fixture
def paths() -> Paths:
    return Paths()


@pytest.fixture
def page(qtbot: QtBot, at: Desk) -> RollupPage:
    made = shown(qtbot, RollupPage(at.session))
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def preview(qtbot: QtBot, page: RollupPage) -> RollupPreview:
    settled(qtbot, page.session)
    (found,) = [one for one in page.findChildren(RollupPreview) if one.isVisible()]
    qtbot.waitUntil(lambda: bool(found.isActiveWindow()))
    return found


def findings(at: Desk) -> dict[str, tuple[str, str]]:
    found = [one for one in at.stored("finding") if isinstance(one, Finding)]
    return {one.title: (one.measure, one.place) for one in found}


def chips(found: RollupPreview) -> list[str]:
    return [chip.text() for chip in found.panel.states.buttons()]


def test_conflicts_are_decided_by_key_and_taken_back_as_one(
    qtbot: QtBot, page: RollupPage, at: Desk
) -> None:
    page.choose_folder()
    found = preview(qtbot, page)
    assert findings(at) == {"灯坏了": ("先停用", "")}
    assert chips(found) == ["全部 4", "冲突 1", "未接收 1", "修改 1", "新增 1"]
    assert "还有 1 处冲突待定" in found.told.text()
    lines = found.table.lines.lines
    assert [line.title for line in lines] == ["灯坏了", "", "灯坏了", "门坏了"]
    assert "台账「先停用」，来件「已换新灯」，上次「报修」" in found.panel.detail.text()
    qtbot.keyClick(found.table, Qt.Key.Key_2)
    assert found.panel.undecided == 0
    assert found.table.lines.index(0, 5).data() == "采用来件"
    told: list[str] = []
    page.session.operations.acted.connect(told.append)
    qtbot.mouseClick(found.accept_button, Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    assert not isValid(found)
    assert findings(at) == {"灯坏了": ("已换新灯", "三号楼"), "门坏了": ("", "")}
    # One message, with what takes it back, in place of the short one of any action.
    assert told[-1].startswith("已汇总 1 份")
    assert "另有 1 项没有接收" in told[-1]
    assert page.work.banner.isHidden()
    submissions = at.stored("submission")
    assert sorted(one.status for one in submissions) == ["accepted", "superseded"]

    page.session.operations.undo()
    settled(qtbot, page.session)
    assert findings(at) == {"灯坏了": ("先停用", "")}
    assert [one.status for one in at.stored("submission")] == ["accepted"]


def test_what_concerns_a_file_as_a_whole_is_a_line_that_keys_reach(
    qtbot: QtBot, page: RollupPage, province: Province, tmp_path: Path
) -> None:
    with Ledger.create(tmp_path / "新.sytz", Unit(code="350400", name="三明市局")) as ledger:
        export_report(ledger, province.reports / "三明.xlsx")
    page.choose_folder()
    found = preview(qtbot, page)
    assert "提示 1" in chips(found)
    found.panel.show_state("noted")
    assert "1 个单位原来不在本台账中，随表新增：「三明市局」（350400）" in found.panel.detail.text()


def test_reports_that_came_before_today_are_on_time_by_the_day_they_came(
    qtbot: QtBot, page: RollupPage, at: Desk
) -> None:
    page.choose_folder()
    found = preview(qtbot, page)
    for wrong in ("2999-01-01", "2026-10", ""):
        found.received.line.selectAll()
        qtbot.keyClick(found.received.line, Qt.Key.Key_Delete)
        qtbot.keyClicks(found.received.line, wrong)
        assert not found.accept_button.isEnabled()
        assert "收到日期要写到日" in found.told.text()
    found.received.line.clear()
    qtbot.keyClicks(found.received.line, "2026.10.9")
    assert found.accept_button.isEnabled()
    qtbot.mouseClick(found.accept_button, Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    (taken,) = [one for one in at.stored("submission") if one.status == "accepted"]
    assert taken.to_json()["received_on"] == "2026-10-09"


def test_a_key_decides_the_first_line_though_shift_was_held_when_it_came(
    qtbot: QtBot, page: RollupPage
) -> None:
    qtbot.keyPress(page, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    page.choose_folder()
    found = preview(qtbot, page)
    qtbot.keyRelease(page, Qt.Key.Key_Shift)
    qtbot.keyClick(found.table, Qt.Key.Key_2)
    assert found.panel.undecided == 0


def test_what_is_decided_while_it_is_taken_does_not_take_it_twice(
    qtbot: QtBot, page: RollupPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.choose_folder()
    found = preview(qtbot, page)
    gate, begun, real = Event(), Event(), rollup.roll_up

    def slow(*args: Any, **kwargs: Any) -> rollup.RolledUp:
        begun.set()
        assert gate.wait(10)
        return real(*args, **kwargs)

    monkeypatch.setattr(rollup, "roll_up", slow)
    qtbot.mouseClick(found.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(begun.is_set)
    qtbot.keyClick(found.table, Qt.Key.Key_2)
    assert not found.accept_button.isEnabled()
    gate.set()
    settled(qtbot, page.session)


def test_what_is_left_open_keeps_the_ledger_and_comes_again(
    qtbot: QtBot, page: RollupPage, at: Desk
) -> None:
    page.choose_folder()
    found = preview(qtbot, page)
    qtbot.keyClick(found.table, Qt.Key.Key_1)
    qtbot.keyClick(found.table, Qt.Key.Key_Delete)
    assert found.panel.undecided == 1
    found.take()
    settled(qtbot, page.session)
    assert findings(at)["灯坏了"] == ("先停用", "三号楼")
    page.choose_folder()
    again = preview(qtbot, page)
    assert "冲突 1" in chips(again)
    again.reject()


def test_lines_are_shown_by_what_would_happen(qtbot: QtBot, page: RollupPage) -> None:
    page.choose_folder()
    found = preview(qtbot, page)
    next(chip for chip in found.panel.states.buttons() if chip.text() == "未接收 1").click()
    (line,) = found.table.lines.lines
    assert line.place == "坏.xlsx"
    assert "坏.xlsx" in found.panel.detail.text()
    assert not found.panel.adopt.isEnabled()
    found.reject()


def test_choices_are_not_lost_by_a_slip(qtbot: QtBot, page: RollupPage, paths: Paths) -> None:
    page.choose_folder()
    found = preview(qtbot, page)
    qtbot.keyClick(found.table, Qt.Key.Key_1)
    paths.yes = False
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    assert found.isVisible()
    paths.yes = True
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    assert not isValid(found) or not found.isVisible()
    assert len(paths.asked) == 2


def test_reading_is_stopped_and_nothing_changed(qtbot: QtBot, page: RollupPage, at: Desk) -> None:
    page.choose_folder()
    assert not page.roll_button.isEnabled()
    page.work.stop()
    settled(qtbot, page.session)
    assert not page.findChildren(RollupPreview)
    assert "已取消，台账没有改动" in page.work.banner.text.text()
    assert page.roll_button.isEnabled()
    assert findings(at) == {"灯坏了": ("先停用", "")}


def test_the_preview_does_not_wait_for_what_is_being_written(
    qtbot: QtBot, page: RollupPage, at: Desk
) -> None:
    go_on = Event()

    def write(_ledger: Ledger) -> None:
        assert go_on.wait(30)

    page.session.jobs.write(write, lambda _none: None, owner=page)
    page.choose_folder()
    qtbot.waitUntil(lambda: bool(page.findChildren(RollupPreview)), timeout=20_000)
    (found,) = page.findChildren(RollupPreview)
    assert chips(found)[:2] == ["全部 4", "冲突 1"]
    go_on.set()
    settled(qtbot, page.session)
    found.reject()


def test_files_can_be_dropped_on_the_page(
    qtbot: QtBot, page: RollupPage, province: Province
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(province.reports / "坏.xlsx"))])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(9, 9), actions, data, Qt.MouseButton.LeftButton, none))
    found = preview(qtbot, page)
    assert chips(found) == ["全部 1", "未接收 1"]
    assert not found.accept_button.isEnabled()
    assert "没有可以接收的工作簿" in found.told.text()
    found.reject()


def test_where_nothing_was_asked_for_the_page_says_where_reports_are(
    qtbot: QtBot, page: RollupPage
) -> None:
    page.refresh()
    settled(qtbot, page.session)
    registered = page.list_button.text().removeprefix("登记簿 ")
    assert int(registered) > 0
    assert page.empty.line.text().endswith(f"已收到的 {registered} 份上报在「登记簿」里。")


def test_a_run_of_another_day_is_taken_back_as_a_whole(
    qtbot: QtBot, page: RollupPage, at: Desk, paths: Paths
) -> None:
    page.choose_folder()
    found = preview(qtbot, page)
    found.take()
    settled(qtbot, page.session)
    page.show_runs()
    settled(qtbot, page.session)
    (runs,) = page.findChildren(RunsDialog)
    assert runs.table.rowCount() == 2
    runs.table.setCurrentCell(1, 0)
    runs.undo.click()
    settled(qtbot, page.session)
    # The first was built upon by the second.
    assert "没有撤销" in runs.work.banner.text.text()
    runs.table.setCurrentCell(0, 0)
    paths.yes = False
    runs.undo.click()
    assert not runs.work.is_busy
    paths.yes = True
    runs.undo.click()
    settled(qtbot, page.session)
    settled(qtbot, page.session)
    assert findings(at) == {"灯坏了": ("先停用", "")}
    item = runs.table.item(0, 2)
    assert item is not None
    assert "已撤销" in item.text()
    assert not runs.undo.isEnabled()
    runs.reject()


def test_choosing_everything_with_a_screen_reader_looks_at_no_cell_for_itself(qtbot: QtBot) -> None:
    asked: list[int] = []

    class Counting(LinesModel):
        def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
            asked.append(index.row())
            return super().flags(index)

    table = LinesTable()
    qtbot.addWidget(table)
    table.lines = Counting(table.lines.words)
    table.setModel(table.lines)
    lines = [Line("conflicting", "", key=("u", str(n), Part("person"))) for n in range(500)]
    table.lines.show_lines(lines)
    table.resize(800, 400)
    table.show()
    QAccessible.setActive(True)
    try:
        asked.clear()
        table.selectAll()
        assert len(asked) < len(lines)
    finally:
        QAccessible.setActive(False)
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert len(table.lines.choices) == len(lines)
