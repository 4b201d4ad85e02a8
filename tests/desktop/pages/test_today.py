"""今日 tells what is late, due and ending, each once, and leads to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.pages.today import TodayPage, look
from sanyou_desktop.desktop.widgets.chip import StatusChip
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import UNIT, Desk, pledge, settled
from tests.desktop.pages.conftest import shown

DAY = date(2026, 3, 10)


def on(days: int, day: date = DAY) -> str:
    return str(day + timedelta(days=days))


def finding(title: str, status: str = "open", **given: Json) -> Record:
    raw: dict[str, Json] = {"title": title, "status": status, **given}
    return Draft.from_json("finding", raw, UNIT).accepted()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "今日.sytz", Unit(code=UNIT, name="晋江市政府办公室"))


def lines(ledger: Ledger) -> list[tuple[str, str, str]]:
    return [(item.title, item.text, item.tone) for item in look(ledger, DAY).matters]


def test_findings_are_told_by_how_late_they_are(ledger: Ledger) -> None:
    ledger.save_many(
        [
            finding("下周", due_on=on(7)),
            finding("今天", due_on=on(0)),
            finding("逾期", due_on=on(-3)),
            finding("还早", due_on=on(8)),
            finding("没有期限"),
        ],
        "",
    )
    assert lines(ledger) == [
        ("逾期", "逾期 3 天", "bad"),
        ("今天", "今天到期", "warn"),
        ("下周", "7 天后到期", "warn"),
    ]


def test_what_waits_for_its_recheck_is_told_once(ledger: Ledger) -> None:
    raw: dict[str, Json] = {
        "status": "rectified",
        "due_on": on(-1),
        "rounds": [{"by": "张三", "rectification": "已改"}],
    }
    made = Draft.from_json("finding", {"title": "已整改", **raw}, UNIT)
    ledger.save(made.accepted())
    assert lines(ledger) == [("已整改", "等待复查", "warn")]


def test_pledges_and_rules_are_told_before_they_end(ledger: Ledger) -> None:
    rule = {"title": "复审", "status": "in_force", "review_by": on(30)}
    ledger.save_many(
        [
            pledge("到期", status="published", valid_until=on(5)),
            pledge("已过", status="published", valid_until=on(-1)),
            pledge("草拟的不算", status="draft", valid_until=on(5)),
            Draft.from_json("rule", {**rule}, UNIT).accepted(),
        ],
        "",
    )
    assert lines(ledger) == [
        ("已过", "已过有效期", "bad"),
        ("到期", "5 天后到期", "warn"),
        ("复审", "30 天后应复审", "warn"),
    ]


def test_a_long_day_is_cut_and_says_so(ledger: Ledger) -> None:
    ledger.save_many([finding(f"第{n}件", due_on=on(-n)) for n in range(1, 71)], "")
    board = look(ledger, DAY)
    assert (len(board.matters), board.more) == (50, 20)
    assert board.matters[0].title == "第70件"
    assert dict(board.counts)["finding"] == 70


def test_what_was_changed_last_comes_first(ledger: Ledger) -> None:
    ledger.save_many([pledge(f"第{n}件") for n in range(12)], "")
    last = ledger.save(finding("刚改的")).record
    recent = look(ledger, DAY).recent
    assert len(recent) == 8
    assert (recent[0].kind, recent[0].id) == ("finding", last.id)
    assert datetime.now().strftime("%Y-%m-%d") in recent[0].text


def links(page: QWidget) -> list[QPushButton]:
    return [item for item in page.findChildren(QPushButton) if item.isVisible()]


def test_a_line_leads_to_its_record(qtbot: QtBot, at: Desk) -> None:
    page = shown(qtbot, TodayPage(at.session))
    link = next(item for item in links(page) if item.text() == "八个不让")
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    wanted = next(record for record in at.stored("pledge") if record.title == "八个不让")
    assert opened.args == ["pledge", wanted.id]


def test_a_change_is_seen_at_once_and_counted(qtbot: QtBot, at: Desk) -> None:
    page = shown(qtbot, TodayPage(at.session))
    late = finding("灯坏了", due_on=on(-1, date.today()))
    with qtbot.waitSignal(page.counted, check_params_cb=lambda number: bool(number == 1)):
        at.session.operations.run(lambda ledger: ledger.save(late), owner=page)
        settled(qtbot, at.session)
    assert links(page)[0].text() == "灯坏了"
    assert [chip.accessibleName() for chip in page.findChildren(StatusChip)] == ["逾期 1 天"]


def test_a_long_title_does_not_widen_the_page(qtbot: QtBot, at: Desk) -> None:
    page = shown(qtbot, TodayPage(at.session))
    title = "机关办公区域卫生保洁" * 20
    at.session.operations.run(lambda ledger: ledger.save(pledge(title)), owner=page)
    settled(qtbot, at.session)
    link = links(page)[0]
    assert link.text() == title[:40] + "…"
    assert link.toolTip() == title
    assert link.mapTo(page, link.rect().topRight()).x() < page.width()
