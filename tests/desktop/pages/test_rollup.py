"""The page 汇总 by keyboard: who owes what, registering, taking, sending back, chasing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.pages.rollup import RollupPage
from sanyou_desktop.desktop.printing.preview import PreviewDialog
from sanyou_desktop.desktop.submissions.chase_dialog import ChaseDialog
from sanyou_desktop.desktop.submissions.comments_editor import CommentsEditor
from sanyou_desktop.exchange.return_file import read_return, take_return
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.report_request import Owing, ReportRequest
from sanyou_desktop.model.requesting import request_for
from sanyou_desktop.model.submission import Submission
from sanyou_desktop.model.survey import Survey
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.pages.conftest import Paths, shown, upward_page

TODAY = date.today()
UNITS = {"350100": "福州市局", "350300": "莆田市局", "350500": "泉州市局"}


def day(offset: int) -> PartialDate:
    return PartialDate.of(TODAY + timedelta(days=offset))


def asked() -> ReportRequest:
    made = request_for(Period.of("month", TODAY - timedelta(days=60)))
    owing = tuple(Owing(key=code, unit=code, name=name) for code, name in UNITS.items())
    return replace(made, unit=UNIT, due_on=day(-5), units=owing)


def handed_in(code: str, request: ReportRequest, offset: int, **given: Any) -> Submission:
    made = Submission(
        reporter=code,
        reporter_name=UNITS.get(code, code),
        from_=request.from_,
        to=request.to,
        received_on=day(offset),
        manifest=f"m{code}",
    )
    return replace(made, **given)


@pytest.fixture(scope="session")
def superior(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that asked three units: one on time, one late, one missing; and a stray report."""
    path = tmp_path_factory.mktemp("ledgers") / "superior.sytz"
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        request = ledger.save(asked()).record
        assert isinstance(request, ReportRequest)
        ledger.register_submission(handed_in("350100", request, -6, status="accepted"))
        ledger.register_submission(handed_in("350300", request, -2))
        ledger.register_submission(handed_in("359999", request, -2))
        ledger.save(Unit(unit=UNIT, code="350500", name="泉州市机关事务局", phone="0595-1"))
    return path


@pytest.fixture
def desk_of_superior(desk: Callable[[Path], Desk], superior: Path, paths: Paths) -> Desk:
    made = desk(superior)
    return Desk(replace(made.session, ask=paths), paths, made.failures)


@pytest.fixture
def page(qtbot: QtBot, desk_of_superior: Desk) -> RollupPage:
    made = shown(qtbot, RollupPage(desk_of_superior.session))
    with qtbot.waitActive(made):
        made.activateWindow()
    made.board.setFocus()
    settled(qtbot, made.session)
    return made


def chips(page: RollupPage) -> dict[str, str]:
    cells = page.board.cells
    return {cells.rows[row][1]: str(cells.index(row, 1).data()) for row in range(cells.rowCount())}


def go_to(qtbot: QtBot, page: RollupPage, name: str) -> None:
    """Go to a unit with the arrow keys."""
    names = [row[1] for row in page.board.cells.rows]
    qtbot.keyClick(page.board, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.board, Qt.Key.Key_Right)
    for _step in range(names.index(name)):
        qtbot.keyClick(page.board, Qt.Key.Key_Down)
    settled(qtbot, page.session)
    assert page.panel.title.text().startswith(name)


def closed(qtbot: QtBot, at: Desk, dialog: QDialog) -> None:
    """Wait until a dialog has gone and what it did is seen."""
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    settled(qtbot, at.session)


def dialog(qtbot: QtBot, page: QWidget, kind: type[QDialog] = FieldsDialog) -> QDialog:
    (found,) = [made for made in page.findChildren(kind) if made.isVisible()]
    qtbot.waitUntil(lambda: bool(found.isActiveWindow()))
    return found


def test_the_board_says_who_is_on_time_late_and_missing(page: RollupPage) -> None:
    assert chips(page) == {
        "福州市局": "按时",
        "莆田市局": "迟报 3 天",
        "泉州市机关事务局": "未报 5 天",
    }
    counted = {key: tile.count for key, tile in page.tiles.items()}
    assert counted == {
        "expected": 3,
        "on_time": 1,
        "late": 1,
        "missing": 1,
        "sent_back": 0,
        "waiting": 0,
    }
    assert "报送率 66.7%（已报 2/应报 3），按时报送率 33.3%（1/3）" in page.rates.text()
    assert page.strays.text() == "另有 1 份不在任何报送任务内"


def test_a_report_of_another_period_is_offered_and_counted(
    qtbot: QtBot, page: RollupPage, desk_of_superior: Desk
) -> None:
    request = page.board.cells.board.requests[0]
    within = handed_in("350500", request, -6, to=request.from_)
    page.session.jobs.write(
        lambda one: one.register_submission(within), lambda _n: None, owner=page
    )
    settled(qtbot, page.session)
    page.refresh()
    settled(qtbot, page.session)
    assert chips(page)["泉州市机关事务局"] == "未报 5 天·1 份期间待核"
    go_to(qtbot, page, "泉州市机关事务局")
    assert page.panel.told.text().startswith("期间待核：")
    page.panel.count.setFocus()
    qtbot.keyClick(page.panel.count, Qt.Key.Key_Space)
    settled(qtbot, page.session)
    assert chips(page)["泉州市机关事务局"] == "按时"
    assert not page.panel.count.isVisible()
    page.session.operations.undo()
    settled(qtbot, page.session)
    assert chips(page)["泉州市机关事务局"] == "未报 5 天·1 份期间待核"


def test_a_tile_and_the_search_leave_the_units_that_are_wanted(
    qtbot: QtBot, page: RollupPage
) -> None:
    page.tiles["missing"].setFocus()
    qtbot.keyClick(page.tiles["missing"], Qt.Key.Key_Space)
    assert list(chips(page)) == ["泉州市机关事务局"]
    assert "只列未报的单位" in page.rates.text()
    assert [key for key, tile in page.tiles.items() if tile.chosen] == ["missing"]
    assert page.tiles["missing"].accessibleName() == "未报 1，只列这些"
    qtbot.keyClick(page.tiles["missing"], Qt.Key.Key_Space)
    assert len(chips(page)) == 3
    qtbot.keyClicks(page.search, "350300")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert list(chips(page)) == ["莆田市局"]


def test_a_report_on_paper_is_registered_and_taken_back(
    qtbot: QtBot, page: RollupPage, desk_of_superior: Desk
) -> None:
    go_to(qtbot, page, "泉州市机关事务局")
    qtbot.keyClick(page.board, Qt.Key.Key_Return)
    asked_for = dialog(qtbot, page)
    qtbot.keyClick(asked_for, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    closed(qtbot, desk_of_superior, asked_for)
    assert chips(page)["泉州市机关事务局"] == "迟报 5 天"
    assert "DJ-" in page.panel.told.text()
    page.session.operations.undo()
    settled(qtbot, page.session)
    assert chips(page)["泉州市机关事务局"] == "未报 5 天"


def test_a_report_is_accepted_and_its_receipt_printed(qtbot: QtBot, page: RollupPage) -> None:
    go_to(qtbot, page, "莆田市局")
    buttons = page.panel.deeds.buttons
    qtbot.mouseClick(buttons["accept"], Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    assert page.panel.current is not None
    assert page.panel.current.status == "accepted"
    assert buttons["accept"].isHidden()
    qtbot.mouseClick(buttons["receipt"], Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    shown_receipt = dialog(qtbot, page, PreviewDialog)
    assert "上报回执 DJ-" in shown_receipt.windowTitle()
    shown_receipt.reject()


def test_a_receipt_with_a_mark_of_secrecy_is_printed_by_a_second_act(
    qtbot: QtBot, page: RollupPage, desk_of_superior: Desk
) -> None:
    go_to(qtbot, page, "莆田市局")
    current = page.panel.current
    assert current is not None
    marked = replace(current, confidential="secret")
    page.session.operations.run(lambda ledger: ledger.save(marked), owner=page)
    settled(qtbot, page.session)
    go_to(qtbot, page, "莆田市局")
    desk_of_superior.ask.yes = False
    qtbot.mouseClick(page.panel.deeds.buttons["receipt"], Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    assert "1 条有密级的记录" in desk_of_superior.ask.asked[-1]
    assert page.findChild(PreviewDialog) is None
    desk_of_superior.ask.yes = True
    qtbot.mouseClick(page.panel.deeds.buttons["receipt"], Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    dialog(qtbot, page, PreviewDialog).reject()


def test_a_report_goes_back_with_comments_that_become_tasks_of_its_unit(
    qtbot: QtBot,
    page: RollupPage,
    desk_of_superior: Desk,
    paths: Paths,
    desk: Callable[[Path], Desk],
    tmp_path: Path,
) -> None:
    paths.path = tmp_path / "退回.sanyou-return.json"
    go_to(qtbot, page, "福州市局")
    qtbot.mouseClick(page.panel.deeds.buttons["send_back"], Qt.MouseButton.LeftButton)
    form = dialog(qtbot, page)
    assert isinstance(form, FieldsDialog)
    form.carry_out()
    settled(qtbot, page.session)
    assert "退回要写明意见" in form.fields["comments"].error
    form.editors["comments"].set_raw([{"about": "第 3 行", "text": "日期不全"}])
    form.carry_out()
    closed(qtbot, desk_of_superior, form)
    settled(qtbot, page.session)
    assert chips(page)["福州市局"] == "退回待改"
    assert page.tiles["sent_back"].count == 1
    assert "日期不全" in page.panel.told.text()
    with Ledger.open(desk_of_superior.session.path, read_only=True) as ledger:
        assert [(line.way, line.records) for line in ledger.exports.lines()] == [("return", 1)]

    unit = tmp_path / "unit"
    unit.mkdir()
    with Ledger.create(unit / "福州.sytz", Unit(code="350100", name="福州市局")):
        pass
    at = desk(unit / "福州.sytz")
    session = replace(at.session, ask=paths, unit_code="350100")
    upward = shown(qtbot, upward_page(session))
    for told in ("1 条意见已成为待整改的问题", "以前已经导入"):
        upward.returned.take.click()
        settled(qtbot, session)
        settled(qtbot, session)
        assert told in upward.banner.text.text()
    (finding,) = at.stored("finding")
    assert isinstance(finding, Finding)
    assert (finding.source, finding.raised_by) == ("superior", "晋江市政府办公室")
    # With a day of its own, so that it stands in the unit's Today.
    assert finding.due_on == day(7)
    assert read_return(paths.path, "350100").comments[0].text == "日期不全"


def test_a_comment_leads_to_the_record_it_is_about(
    qtbot: QtBot,
    page: RollupPage,
    desk_of_superior: Desk,
    paths: Paths,
    desk: Callable[[Path], Desk],
    tmp_path: Path,
) -> None:
    about = Survey(id=new_id(), unit="350100", number="MY-2026-0003", title="食堂满意度")
    elsewhere = replace(about, id=new_id(), unit="350300", title="食堂满意度二")
    write = page.session.jobs.write
    write(lambda one: one.save_many([about, elsewhere], ""), lambda _none: None, owner=page)
    settled(qtbot, page.session)
    paths.path = tmp_path / "退回.sanyou-return.json"
    go_to(qtbot, page, "福州市局")
    qtbot.mouseClick(page.panel.deeds.buttons["send_back"], Qt.MouseButton.LeftButton)
    form = dialog(qtbot, page)
    assert isinstance(form, FieldsDialog)
    comments = form.editors["comments"]
    assert isinstance(comments, CommentsEditor)
    comments.search.line.setFocus()
    qtbot.keyClicks(comments.search.line, "MY-2026")
    qtbot.waitUntil(comments.search.popup.isVisible)
    # Only the records of the unit that the report is from.
    assert comments.search.popup.count() == 1
    qtbot.keyClick(comments.search.line, Qt.Key.Key_Return)
    assert comments.sheet.model.shown(0, "record") == "MY-2026-0003 食堂满意度"
    assert comments.sheet.view.currentIndex().column() == comments.sheet.model.keys.index("text")
    comments.sheet.model.setData(comments.sheet.view.currentIndex(), "人数对不上")
    form.carry_out()
    closed(qtbot, desk_of_superior, form)
    settled(qtbot, page.session)
    (comment,) = read_return(paths.path, "350100").comments
    assert (comment.record, comment.about) == (about.id, "MY-2026-0003 食堂满意度")

    path = tmp_path / "福州.sytz"
    with Ledger.create(path, Unit(code="350100", name="福州市局")) as ledger:
        ledger.save(about)
        take_return(ledger, read_return(paths.path, "350100"))
        (finding,) = ledger.records("finding")
        assert isinstance(finding, Finding)
        assert finding.concerns == about.id
        assert finding.title == "上报退回：MY-2026-0003 食堂满意度"
        assert ledger.verify() == []


def test_a_file_that_is_no_return_is_told(
    qtbot: QtBot, desk_of_superior: Desk, paths: Paths, tmp_path: Path
) -> None:
    upward = shown(qtbot, upward_page(desk_of_superior.session))
    paths.path = tmp_path / "别的.json"
    paths.path.write_text("{}", encoding="utf-8")
    upward.returned.take.click()
    settled(qtbot, upward.session)
    assert "不是退回意见文件" in upward.banner.text.text()


def test_who_owes_is_chased_by_copy_and_on_paper(qtbot: QtBot, page: RollupPage) -> None:
    page.chase_button.click()
    settled(qtbot, page.session)
    listed = dialog(qtbot, page, ChaseDialog)
    assert isinstance(listed, ChaseDialog)
    listed.copy_list.click()
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t") == [
        "泉州市机关事务局",
        "未报 5 天",
        "",
        "0595-1",
    ]
    listed.copy_notice.click()
    assert "泉州市机关事务局。请抓紧报送" in QGuiApplication.clipboard().text()
    listed.print.click()
    settled(qtbot, page.session)
    paper = dialog(qtbot, listed, PreviewDialog)
    assert "催报名单" in paper.windowTitle()
    paper.reject()
    listed.reject()


def test_nothing_is_asked_yet(qtbot: QtBot, desk: Callable[[Path], Desk], few: Path) -> None:
    page = shown(qtbot, RollupPage(desk(few).session))
    assert page.empty.isVisible()
    assert page.chase_button.isHidden()
    with qtbot.waitSignal(page.draft_wanted) as wanted:
        page.empty.action.click()
    assert wanted.args is not None
    draft = wanted.args[0]
    assert isinstance(draft, Draft)
    request = draft.accepted()
    assert isinstance(request, ReportRequest)
    assert request.due_on is not None
    assert request.title.endswith("上报")
