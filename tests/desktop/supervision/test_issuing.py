"""Slips are issued by keyboard, alone or together, and printed one a page."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.printing.leaving import write_pdf
from sanyou_desktop.desktop.printing.paper_colours import LEVEL_COLOURS
from sanyou_desktop.desktop.printing.preview import PreviewDialog
from sanyou_desktop.desktop.supervision import issuing
from sanyou_desktop.desktop.supervision.slip_dialog import LevelEditor, SlipDialog, SlipsWanted
from sanyou_desktop.desktop.supervision.slip_print import SlipPrint
from sanyou_desktop.exchange.page_pictures import PagePictures
from sanyou_desktop.ledger.holidays import keep_tables, working_days_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Round, Slip
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.supervision import usual_demand
from sanyou_desktop.model.working_days import HolidayTable, WorkingDays
from sanyou_desktop.wording import use_language
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.deed_page import shown_page

TODAY = date.today()


def on(days: int) -> PartialDate:
    return PartialDate.of(TODAY + timedelta(days=days))


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path, tmp_path: Path) -> Desk:
    filled = tmp_path / "filled" / "督办.sytz"
    filled.parent.mkdir()
    shutil.copy(few, filled)
    with Ledger.open(filled) as ledger:
        closed = Finding(
            title="已销号的",
            unit=UNIT,
            status="closed",
            reply="已修好",
            rounds=(Round(key="a", by="张三", rectification="改", verified_by="李四",
                          verdict="passed"),),
        )  # fmt: skip
        ledger.save_many(
            [
                Finding(title="灯坏了", unit=UNIT, due_on=on(-2)),
                Finding(title="门坏了", unit=UNIT, due_on=on(6)),
                closed,
            ],
            "",
        )
    return desk(filled)


def change(qtbot: QtBot, at: Desk, work: Callable[[Ledger], object]) -> None:
    """Change the ledger as another page would."""
    at.session.jobs.write(work, lambda _done: None, owner=at.session.operations)
    settled(qtbot, at.session)


def findings(at: Desk) -> list[Finding]:
    return [record for record in at.stored("finding") if isinstance(record, Finding)]


def dialog(qtbot: QtBot, at: Desk, parent: QWidget, ids: list[str]) -> SlipDialog:
    qtbot.addWidget(parent)
    parent.show()
    issuing.issue_about(parent, at.session, ids)
    settled(qtbot, at.session)
    found = parent.findChild(SlipDialog)
    assert found is not None
    return found


def levels(shown: SlipDialog) -> QComboBox:
    editor = shown.editors["level"]
    assert isinstance(editor, LevelEditor)
    return editor.combo


def preview(qtbot: QtBot, parent: QWidget) -> PreviewDialog:
    qtbot.waitUntil(lambda: parent.findChild(PreviewDialog) is not None)
    found = parent.findChild(PreviewDialog)
    assert found is not None
    return found


def test_a_slip_is_issued_with_what_is_usual(qtbot: QtBot, at: Desk) -> None:
    parent, lamp = QWidget(), findings(at)[0]
    shown = dialog(qtbot, at, parent, [lamp.id])
    assert levels(shown).currentData() == "overdue"
    assert shown.fields["level"].below.text() == "已超过整改时限 2 天"
    with Ledger.open(at.session.path, read_only=True) as ledger:
        asked = working_days_of(ledger)
    wanted = asked.after(TODAY, 3)
    assert shown.editors["due_on"].raw() == str(wanted)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    settled(qtbot, at.session)
    (slip,) = findings(at)[0].slips
    assert slip.number == f"DB-{TODAY.year}-0001"
    assert (slip.level, slip.demand) == ("overdue", usual_demand())
    assert (slip.issued_on, slip.due_on) == (on(0), PartialDate.of(wanted))
    told = preview(qtbot, parent)
    assert told.windowTitle() == f"打印预览：督办通知单 {slip.number}"
    told.reject()
    assert at.failures == []


def test_another_level_brings_its_day_unless_one_was_typed(qtbot: QtBot, at: Desk) -> None:
    parent = QWidget()
    with Ledger.open(at.session.path, read_only=True) as ledger:
        calendar = working_days_of(ledger)
    shown = dialog(qtbot, at, parent, [findings(at)[0].id])
    combo = levels(shown)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    assert combo.currentData() == "reminder"
    assert shown.editors["due_on"].raw() == str(calendar.after(TODAY, 5))
    own = str(TODAY + timedelta(days=30))
    shown.editors["due_on"].set_raw(own)
    qtbot.keyClick(combo, Qt.Key.Key_End)
    assert shown.editors["due_on"].raw() == own
    shown.reject()


def test_a_year_without_a_table_is_said(qtbot: QtBot, at: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    about = tuple(findings(at)[:1])
    shown = SlipDialog(parent, at.session, SlipsWanted(about, WorkingDays()))
    assert "没有节假日表" in shown.fields["due_on"].below.text()
    known = [HolidayTable(year, frozenset()) for year in (TODAY.year, TODAY.year + 1)]
    other = SlipDialog(parent, at.session, SlipsWanted(about, WorkingDays.of(known)))
    assert "没有节假日表" not in other.fields["due_on"].below.text()


def test_several_get_one_each_by_their_own_limits(qtbot: QtBot, at: Desk) -> None:
    parent = QWidget()
    shown = dialog(qtbot, at, parent, [one.id for one in findings(at)])
    QTest.keyClick(shown, Qt.Key.Key_Return)
    settled(qtbot, at.session)
    slips = [[(slip.number[-4:], slip.level) for slip in one.slips] for one in findings(at)]
    assert slips == [[("0001", "overdue")], [("0002", "reminder")], []]
    preview(qtbot, parent).reject()
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert [one.slips for one in findings(at)] == [(), (), ()]


def test_what_is_missing_is_said_at_its_field(qtbot: QtBot, at: Desk) -> None:
    parent = QWidget()
    shown = dialog(qtbot, at, parent, [findings(at)[0].id])
    shown.editors["demand"].set_raw("")
    shown.editors["due_on"].set_raw("2026-13-01")
    shown.carry_out()
    assert "月" in shown.fields["due_on"].error
    shown.editors["due_on"].set_raw(str(TODAY - timedelta(days=1)))
    shown.carry_out()
    settled(qtbot, at.session)
    assert shown.fields["demand"].error == "请写明要做什么、怎么回复"
    shown.editors["demand"].set_raw("请整改")
    shown.carry_out()
    settled(qtbot, at.session)
    assert "早于签发日期" in shown.fields["due_on"].error
    assert findings(at)[0].slips == ()
    assert shown.confirm.isEnabled()
    shown.reject()


def test_a_finding_deleted_meanwhile_is_told(qtbot: QtBot, at: Desk) -> None:
    parent = QWidget()
    shown = dialog(qtbot, at, parent, [findings(at)[0].id])
    gone = [findings(at)[0].id]
    change(qtbot, at, lambda ledger: ledger.delete(gone))
    shown.carry_out()
    settled(qtbot, at.session)
    assert "已被删除" in shown.banner.text.text()
    shown.reject()


def test_closed_ones_and_none_are_refused_with_what_to_do(qtbot: QtBot, at: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    issuing.issue_about(parent, at.session, [])
    issuing.issue_about(parent, at.session, [findings(at)[2].id])
    settled(qtbot, at.session)
    assert ["请先在列表中选中" in at.ask.asked[0], "重开" in at.ask.asked[1]] == [True, True]


def test_issued_slips_are_printed_again(qtbot: QtBot, at: Desk) -> None:
    parent, lamp = QWidget(), findings(at)[0]
    qtbot.addWidget(parent)
    parent.show()
    slip = Slip(key="", issued_on=on(0), demand="请整改", due_on=on(3))
    for _time in range(2):
        change(qtbot, at, lambda ledger: ledger.issue_slips([lamp.id], slip))
    place = Place(parent, at.session, lambda _draft: None, lambda _id: None, lambda _call: None)
    issuing.reprint(place, findings(at)[0])
    shown = preview(qtbot, parent)
    year = TODAY.year
    assert shown.windowTitle() == f"打印预览：督办通知单 DB-{year}-0001 至 DB-{year}-0002"
    shown.reject()


def on_paper(tmp_path: Path, *slips: tuple[Finding, Slip]) -> list[str]:
    path = tmp_path / "督办.pdf"
    write_pdf(SlipPrint("晋江市政府办公室", slips), path)
    text = subprocess.run(
        ["pdftotext", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    # Fonts that draw a character and its radical with one glyph come back as the radical, and
    # some digits beside a hyphen come back as nothing.
    tidy = unicodedata.normalize("NFKC", text).replace("⻔", "门").replace("⻚", "页")
    return ["".join(page.split()) for page in tidy.split("\f")[:-1]]


def a_slip(title: str = "灯坏了", number: str = "DB-2026-0001") -> tuple[Finding, Slip]:
    finding = Finding(
        title=title,
        number="WT-2026-0007",
        department="行政科",
        person="张三",
        place="三号楼",
        description="走廊灯三处不亮",
        due_on=PartialDate(2026, 3, 2),
    )
    slip = Slip(
        key="a",
        number=number,
        issued_on=PartialDate(2026, 3, 6),
        level="overdue",
        demand=usual_demand(),
        due_on=PartialDate(2026, 3, 11),
    )
    return finding, slip


@pytest.mark.pdf
def test_each_slip_has_its_page_with_notice_and_receipt(tmp_path: Path) -> None:
    use_language("en")
    try:
        pages = on_paper(tmp_path, a_slip(), a_slip("门坏了", "DB-2026-0002"))
    finally:
        use_language("zh_CN")
    assert len(pages) == 2
    words = ("晋江市政府办公室", "督办通知单", "督办单号", "逾期", "行政科", "灯坏了",
             "走廊灯三处不亮", "2026年3月11日", "督办回执", "办理结果",
             "负责人签字")  # fmt: skip
    # Chinese whatever the window speaks, because others read it.
    assert [word for word in words if word not in pages[0]] == []
    assert "门坏了" in pages[1]


@pytest.mark.pdf
@pytest.mark.parametrize("length", [400, 5000])
def test_a_long_description_stays_above_the_cut(tmp_path: Path, length: int) -> None:
    finding, slip = a_slip()
    wordy = replace(finding, description="情况" * (length // 2))
    (page,) = on_paper(tmp_path, (wordy, slip))
    assert page.index("限办日期") < page.index("沿此线剪下") < page.index("督办回执")
    assert ("全文" in page) == (length == 5000)


@pytest.mark.pdf
def test_a_long_title_stands_whole_in_notice_and_receipt(tmp_path: Path) -> None:
    title = "走廊照明灯坏了" * 42
    (page,) = on_paper(tmp_path, a_slip(title))
    assert page.count(title) == 2


def test_each_level_has_its_colour_on_paper(tmp_path: Path) -> None:
    finding, slip = a_slip()
    slips = tuple((finding, replace(slip, level=level)) for level in LEVEL_COLOURS)
    path = tmp_path / "督办.pdf"
    write_pdf(SlipPrint("晋江市政府办公室", slips), path)
    drawn = PagePictures(path.read_bytes())
    for number, level in enumerate(LEVEL_COLOURS):
        seen = drawn.draw(number, 600)
        colours = {seen.pixels[at : at + 3][::-1].hex() for at in range(0, len(seen.pixels), 4)}
        found = {one for one, colour in LEVEL_COLOURS.items() if colour[1:].lower() in colours}
        assert found == {level}
    drawn.close()


@pytest.mark.parametrize(("yes", "pages"), [(True, 2), (False, 1)])
def test_slips_about_secret_findings_are_asked_about(
    qtbot: QtBot, at: Desk, *, yes: bool, pages: int
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    finding, slip = a_slip("内部问题")
    at.ask.yes = yes
    issuing.show_slips(
        parent, at.session, [a_slip(), (replace(finding, confidential="secret"), slip)]
    )
    assert "1 条有密级的记录" in at.ask.asked[0]
    shown = preview(qtbot, parent)
    assert shown.view.count() == pages
    shown.reject()


def test_many_at_once_are_sent_back(qtbot: QtBot, at: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    issuing.issue_about(parent, at.session, [str(number) for number in range(201)])
    assert "分批" in at.ask.asked[0]


def test_the_day_skips_the_holidays_of_the_ledger(qtbot: QtBot, at: Desk) -> None:
    off = frozenset(TODAY + timedelta(days=days) for days in range(1, 10))
    tables = [
        HolidayTable(year, frozenset(day for day in off if day.year == year))
        for year in {day.year for day in off}
    ]
    change(qtbot, at, lambda ledger: keep_tables(ledger, tables))
    records: list[Record] = list(findings(at))
    shown = dialog(qtbot, at, QWidget(), [records[0].id])
    assert date.fromisoformat(str(shown.editors["due_on"].raw())) > TODAY + timedelta(days=10)
    shown.reject()


def test_the_page_of_findings_offers_slips_for_what_is_selected(qtbot: QtBot, at: Desk) -> None:
    page = shown_page(qtbot, at, "finding")
    page.list.table.setFocus()
    page.list.table.selectAll()
    settled(qtbot, at.session)
    next(
        action for action in page.menu.menu().actions() if action.objectName() == "slips"
    ).trigger()
    settled(qtbot, at.session)
    shown = page.findChild(SlipDialog)
    assert shown is not None
    assert levels(shown).currentText() == "按各自时限"
    QTest.keyClick(shown, Qt.Key.Key_Return)
    settled(qtbot, at.session)
    assert [len(finding.slips) for finding in findings(at)] == [1, 1, 0]
    preview(qtbot, page).reject()


def test_a_key_issues_a_slip_about_the_finding_in_the_form(qtbot: QtBot, at: Desk) -> None:
    page = shown_page(qtbot, at, "finding", findings(at)[0].id)
    qtbot.keyClick(page.list.table, Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, at.session)
    shown = page.findChild(SlipDialog)
    assert shown is not None
    shown.carry_out()
    settled(qtbot, at.session)
    preview(qtbot, page).reject()
    settled(qtbot, at.session)
    assert len(findings(at)[0].slips) == 1
    assert page.form.deeds.buttons["reprint_slips"].isVisible()
