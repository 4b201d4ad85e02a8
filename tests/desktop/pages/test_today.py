"""今日 tells what is late, due and ending, each once, and leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.pages.today import TodayPage
from sanyou_desktop.desktop.pages.today_board import RECENT, SHOWN, look, rest_of
from sanyou_desktop.desktop.pages.today_list import lines_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model import agenda
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import PLEDGES, UNIT, Desk, pledge, settled
from tests.desktop.pages.conftest import board_of, shown

DAY = date(2026, 3, 10)


def on(days: int, day: date = DAY) -> str:
    return str(day + timedelta(days=days))


def finding(title: str, status: str = "open", **given: Json) -> Record:
    raw: dict[str, Json] = {"title": title, "status": status, **given}
    return Draft.from_json("finding", raw, UNIT).accepted()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    unit = Unit(code=UNIT, name="晋江市政府办公室")
    with Ledger.create(tmp_path / "今日.sytz", unit) as ledger:
        yield ledger


def lines(ledger: Ledger) -> list[tuple[str, str, str]]:
    return [
        (line.matter.title, line.look.chip, line.look.tone)
        for line in lines_of(look(ledger, DAY))
        if line.matter is not None and line.section != RECENT
    ]


def waiting(title: str, rectified: int, verified: int | None = None, **given: Json) -> Record:
    one: dict[str, Json] = {"rectified_on": on(rectified), "by": "张三", "rectification": "已改"}
    if verified is not None:
        one |= {"verified_on": on(verified), "verified_by": "李四", "verdict": "passed"}
    return finding(title, "rectified", rounds=[one], **given)


def test_findings_are_told_by_how_late_they_are(ledger: Ledger) -> None:
    ledger.save_many(
        [
            finding("下周", due_on=on(7)),
            finding("今天", due_on=on(0)),
            finding("三天", due_on=on(3)),
            finding("四天", due_on=on(4)),
            finding("逾期", due_on=on(-3)),
            finding("还早", due_on=on(8)),
            finding("没有期限"),
        ],
        "",
    )
    assert lines(ledger) == [
        ("逾期", "逾期 3 天", "bad"),
        ("今天", "警告：今天到期", "warn"),
        ("三天", "警告：还有 3 天", "warn"),
        ("四天", "提醒：还有 4 天", "muted"),
        ("下周", "提醒：还有 7 天", "muted"),
    ]


def test_what_waits_is_told_once_under_its_step(ledger: Ledger) -> None:
    ledger.save_many(
        [
            waiting("待复查", -3, due_on=on(-1)),
            waiting("待回音", -9, -8),
            waiting("可销号", -1, 0, reply="已修好"),
        ],
        "",
    )
    assert lines(ledger) == [
        ("待复查", "提醒：已等 3 天", "muted"),
        ("待回音", "警告：已等 8 天", "warn"),
        ("可销号", "提醒：等待办理", "muted"),
    ]
    assert [section.key for section in look(ledger, DAY).sections] == ["recheck", "reply", "close"]


def test_pledges_rules_and_checks_are_told_before_their_day(ledger: Ledger) -> None:
    rule = {"title": "复审", "status": "in_force", "review_by": on(30)}
    check = {"title": "月查", "planned_on": on(-1), "inspected_unit": "食堂"}
    ledger.save_many(
        [
            pledge("到期", status="published", valid_until=on(5)),
            pledge("已过", status="published", valid_until=on(-1)),
            pledge("草拟的不算", status="draft", valid_until=on(5)),
            Draft.from_json("rule", {**rule}, UNIT).accepted(),
            Draft.from_json("inspection", {**check}, UNIT).accepted(),
        ],
        "",
    )
    assert lines(ledger) == [
        ("月查", "逾期 1 天", "bad"),
        ("已过", "逾期 1 天", "bad"),
        ("到期", "提醒：还有 5 天", "muted"),
        ("复审", "还有 30 天", "muted"),
    ]


def test_a_long_day_is_cut_and_says_so(ledger: Ledger) -> None:
    ledger.save_many([finding(f"第{n}件", due_on=on(-n)) for n in range(1, 71)], "")
    board = look(ledger, DAY)
    (section,) = board.sections
    assert (len(section.matters), section.more) == (SHOWN, 70 - SHOWN)
    assert section.matters[0].title == "第70件"
    assert dict(board.counts)["finding"] == 70
    more = [line.look.text for line in lines_of(board) if line.is_more]
    assert more == [f"还有 {70 - SHOWN} 件，到列表查看"]


@pytest.mark.parametrize("section", agenda.SECTIONS)
def test_the_list_of_a_section_holds_all_of_it(ledger: Ledger, section: str) -> None:
    records: list[Record] = [finding(f"第{n}件", due_on=on(n)) for n in range(-20, 20)]
    records += [waiting(f"查{n}", -n) for n in range(10)]
    records += [waiting(f"回{n}", -n, -n) for n in range(10)]
    records += [waiting(f"销{n}", -n, -n, reply="已修好") for n in range(10)]
    records += [pledge(f"诺{n}", status="published", valid_until=on(n)) for n in range(20, 40)]
    for n in range(20, 40):
        raw: dict[str, Json] = {"title": f"制{n}", "status": "in_force", "review_by": on(n)}
        records.append(Draft.from_json("rule", raw, UNIT).accepted())
        check: dict[str, Json] = {"title": f"检{n}", "planned_on": on(n - 30)}
        records.append(Draft.from_json("inspection", check, UNIT).accepted())
    ledger.save_many(records, "")
    (wanted,) = (one for one in ledger.agenda(DAY, 500) if one.key == section)
    kind, conditions = rest_of(section, DAY)
    filters = tuple(item for condition in conditions for item in condition.filters(DAY))
    found = set(ledger.ids(kind, Query(filters=filters)))
    assert {matter.id for matter in wanted.matters} <= found
    if section not in (agenda.RECHECK, agenda.REPLY, agenda.CLOSE):
        assert len(found) == wanted.total


def test_what_was_changed_last_comes_first(ledger: Ledger) -> None:
    ledger.save_many([pledge(f"第{n}件") for n in range(12)], "")
    last = ledger.save(finding("刚改的")).record
    recent = look(ledger, DAY).recent
    assert len(recent) == 8
    matter, when = recent[0]
    assert (matter.kind, matter.id) == ("finding", last.id)
    assert datetime.now().strftime("%Y-%m-%d") in when


def test_a_matter_of_another_unit_names_it(ledger: Ledger) -> None:
    other = Unit(code="350300", name="莆田市政府办公室", unit=UNIT)
    late = replace(finding("灯坏了", due_on=on(-1)), unit="350300", department="行政科")
    ledger.save_many([other, late], "")
    (line,) = (line for line in lines_of(look(ledger, DAY)) if line.section == agenda.OVERDUE
               and line.matter)  # fmt: skip
    assert line.look.whose == "莆田市政府办公室 · 行政科"
    assert line.look.in_words().startswith("逾期 1 天，灯坏了，莆田市政府办公室 · 行政科，WT-")


def late(title: str, days: int) -> Record:
    return finding(title, due_on=on(-days, date.today()))


def test_the_keys_go_through_all_lines_and_open_them(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, late("灯坏了", 2), late("门坏了", 1))
    seen = []
    for _step in range(len(page.list.lines.lines)):
        line = page.list.line()
        assert line is not None
        assert line.matter is not None
        seen.append(line.matter.title)
        with qtbot.waitSignal(page.open_requested) as opened:
            qtbot.keyClick(page.list, Qt.Key.Key_Return)
        assert opened.args == [line.matter.kind, line.matter.id]
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert seen[:2] == ["灯坏了", "门坏了"]
    assert {*seen} >= {title for title, *_rest in PLEDGES}


def test_what_is_left_out_leads_to_the_list(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, *(late(f"第{n}件", n) for n in range(1, SHOWN + 3)))
    for _step in range(SHOWN):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.list_requested) as wanted:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0] == "finding"
    assert {condition.key for condition in wanted.args[1]} == {"status", "due_on"}


def passed(number: int) -> Record:
    """A finding that passed its re-check and waits for a reply."""
    today = date.today()
    done: dict[str, Json] = {"rectified_on": on(-3, today), "by": "张三"}
    done |= {"verified_on": on(-2, today), "verified_by": "李四", "verdict": "passed"}
    return finding(f"第{number}件", "rectified", rounds=[done])


def test_all_that_waits_is_listed_on_the_page(qtbot: QtBot, at: Desk) -> None:
    """No list could tell apart what waits for a re-check and what waits for a reply."""
    page = board_of(qtbot, at, *map(passed, range(SHOWN + 3)))
    for _step in range(SHOWN):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    line = page.list.line()
    assert line is not None
    assert line.look.text == "还有 3 件，全部列出"
    with qtbot.waitSignal(page.looked):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    waiting_here = [one for one in page.list.lines.lines if one.section == agenda.REPLY]
    assert len([one for one in waiting_here if one.matter]) == SHOWN + 3
    assert not any(one.is_more for one in waiting_here)
    line = page.list.line()
    assert line is not None
    assert line.matter is not None


def test_listing_all_of_one_section_leaves_the_others_as_they_are(qtbot: QtBot, at: Desk) -> None:
    many = [late(f"晚{number}", 1 + number % 5) for number in range(SHOWN + 20)]
    page = board_of(qtbot, at, *many, *(passed(number) for number in range(SHOWN + 3)))
    lines = page.list.lines
    more = next(place for place, line in enumerate(lines.lines) if line.is_more_here)
    page.list.setCurrentIndex(lines.index(more))
    section = lines.lines[more].section
    with qtbot.waitSignal(page.looked):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    listed = [line.section for line in lines.lines if line.matter]
    assert listed.count(agenda.OVERDUE) == SHOWN
    assert listed.count(section) == SHOWN + 3
    line = page.list.line()
    assert line is not None
    assert (line.section, line.matter is not None) == (section, True)


def test_tiles_count_and_lead_to_their_section(qtbot: QtBot, at: Desk) -> None:
    soon = finding("快到期", due_on=on(1, date.today()))
    page = board_of(qtbot, at, late("灯坏了", 2), late("门坏了", 1), soon)
    counted = {key: tile.count for key, tile in page.tiles.items() if tile.isVisible()}
    assert counted == {agenda.OVERDUE: 2, agenda.WARNING: 1, agenda.REMINDER: 0}
    tile = page.tiles[agenda.WARNING]
    assert tile.accessibleName() == "3 天内 1"
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    line = page.list.line()
    assert line is not None
    assert line.look.text == "快到期"
    assert not page.tiles[agenda.REMINDER].isEnabled()


def test_a_change_is_seen_at_once_and_the_line_stays(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, late("灯坏了", 2), late("门坏了", 1))
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(
        page.looked, check_params_cb=lambda board: bool(board.total(agenda.OVERDUE) == 3)
    ):
        at.session.operations.run(lambda ledger: ledger.save(late("窗坏了", 9)), owner=page)
        settled(qtbot, at.session)
    line = page.list.line()
    assert line is not None
    assert line.look.text == "门坏了"


def test_until_one_goes_to_a_line_the_most_pressing_stays_in_view(qtbot: QtBot, at: Desk) -> None:
    # At first there is nothing but what was changed last; then there is much to do.
    page = board_of(qtbot, at)
    page.resize(700, 420)
    assert selected(page) == [PLEDGES[-1][0]]
    changed(qtbot, at, page, late("灯坏了", 2))
    assert selected(page) == ["灯坏了"]
    for number in range(6):
        changed(qtbot, at, page, late(f"第{number}件", 20 + number))
    assert selected(page) == ["第5件"]
    assert page.list.verticalScrollBar().value() == 0
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    changed(qtbot, at, page, late("最急的", 99))
    assert selected(page) == ["第4件"]


def changed(qtbot: QtBot, at: Desk, page: TodayPage, record: Record) -> None:
    with qtbot.waitSignal(page.looked):
        at.session.operations.run(lambda ledger: ledger.save(record), owner=page)
    settled(qtbot, at.session)


def selected(page: TodayPage) -> list[str]:
    return [line.look.text for line in page.list.selected()]


def test_what_is_selected_and_in_view_stays_when_others_change(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, *(late(f"第{n}件", n) for n in range(1, 6)))
    page.resize(700, 380)
    for step in (Qt.KeyboardModifier.NoModifier, *[Qt.KeyboardModifier.ShiftModifier] * 2):
        qtbot.keyClick(page.list, Qt.Key.Key_Down, step)
    assert selected(page) == ["第4件", "第3件", "第2件"]
    bar = page.list.verticalScrollBar()
    assert bar.maximum() > 60
    bar.setValue(50)
    top = page.list.visualRect(page.list.currentIndex()).top()
    changed(qtbot, at, page, late("新的一件", 99))
    assert selected(page) == ["第4件", "第3件", "第2件"]
    line = page.list.line()
    assert line is not None
    assert line.look.text == "第2件"
    assert page.list.visualRect(page.list.currentIndex()).top() == top


def test_the_keys_go_on_where_the_current_matter_was(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, *(late(f"第{n}件", n) for n in range(1, 5)))
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert selected(page) == ["第3件"]
    line = page.list.line()
    assert line is not None
    assert line.matter is not None
    gone = line.matter.id
    with qtbot.waitSignal(page.looked):
        at.session.operations.run(lambda ledger: ledger.delete([gone]), owner=page)
    settled(qtbot, at.session)
    assert selected(page) == ["第2件"]


def test_nothing_to_do_is_said(qtbot: QtBot, at: Desk) -> None:
    page = shown(qtbot, TodayPage(at.session))
    assert page.nothing.isVisible()
    assert page.list.isVisible()
    assert not page.empty.isVisible()
    assert not page.slip_button.isEnabled()
    ids = [record.id for record in at.stored("pledge")]
    at.session.operations.run(lambda ledger: ledger.delete(ids), owner=page)
    settled(qtbot, at.session)
    assert page.empty.isVisible()
    assert not page.list.isVisible()


def test_a_slip_is_offered_about_findings_alone(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, late("灯坏了", 2), late("门坏了", 1))
    assert page.slip_button.isEnabled()
    assert len(page.findings()) == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.findings()) == 2
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    assert page.findings() == []
    assert not page.slip_button.isEnabled()


def test_the_menu_key_offers_what_can_be_done(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, late("灯坏了", 2))
    page.list.menu_wanted.emit(page.mapToGlobal(page.rect().center()))
    menu = page.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["打开", "督办单…"]
    with qtbot.waitSignal(page.open_requested):
        menu.actions()[0].trigger()
    menu.close()


def test_long_titles_are_cut_on_the_line_and_whole_in_the_tip(qtbot: QtBot, at: Desk) -> None:
    title = "机关办公区域卫生保洁" * 20
    page = board_of(qtbot, at, late(title, 1))
    assert page.list.horizontalScrollBar().maximum() == 0
    assert page.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole) == title
    page.grab()


def others(title: str, days: int) -> Record:
    return replace(late(title, days), unit="350300")


def test_one_unit_alone_is_not_asked_whose_matters_it_wants(qtbot: QtBot, at: Desk) -> None:
    page = board_of(qtbot, at, late("灯坏了", 2))
    assert not page.scope.isVisible()


def test_a_superior_may_look_at_its_own_matters_alone(qtbot: QtBot, at: Desk) -> None:
    theirs = [others(f"下级{n}", n) for n in range(1, 31)]
    mine = [late(f"本级{n}", n) for n in range(1, SHOWN + 3)]
    page = board_of(qtbot, at, *theirs, *mine)
    assert page.scope.isVisible()
    assert page.tiles[agenda.OVERDUE].count == len(theirs) + len(mine)
    page.scope.setFocus()
    with qtbot.waitSignal(page.looked):
        qtbot.keyClick(page.scope, Qt.Key.Key_Down)
    assert page.scope.currentText() == "本单位"
    assert page.tiles[agenda.OVERDUE].count == len(mine)
    shown_here = [line.matter.title for line in page.list.lines.lines if line.matter is not None]
    assert not [title for title in shown_here if title.startswith("下级")]
    assert page.counts.text().startswith("本单位现有")
    more = next(place for place, line in enumerate(page.list.lines.lines) if line.is_more)
    page.list.setCurrentIndex(page.list.lines.index(more))
    with qtbot.waitSignal(page.list_requested) as wanted:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted.args is not None
    kind, conditions = wanted.args
    day = date.today()
    filters = tuple(item for condition in conditions for item in condition.filters(day))
    with Ledger.open(at.session.path, read_only=True) as ledger:
        found = [ledger.get(one) for one in ledger.ids(kind, Query(filters=filters))]
    assert sorted(record.title for record in found if record) == sorted(one.title for one in mine)
    # Remembered on this machine.
    again = TodayPage(at.session)
    shown(qtbot, again)
    assert again.tiles[agenda.OVERDUE].count == len(mine)
    assert again.scope.currentText() == "本单位"


@pytest.mark.parametrize("unit", ["", UNIT, "350300"])
def test_the_sections_of_one_unit_are_those_that_its_records_stand_in(
    ledger: Ledger, unit: str
) -> None:
    records: list[Record] = []
    for number, code in enumerate((UNIT, "350300") * 15):
        made: list[Record] = [finding(f"第{number}件", due_on=on(number - 15))]
        made += [waiting(f"查{number}", -number), waiting(f"回{number}", -number, -number)]
        made.append(pledge(f"诺{number}", status="published", valid_until=on(number + 20)))
        raw: dict[str, Json] = {"title": "制", "status": "in_force", "review_by": on(number + 20)}
        made.append(Draft.from_json("rule", raw, UNIT).accepted())
        check: dict[str, Json] = {"title": "检", "planned_on": on(number - 10)}
        made.append(Draft.from_json("inspection", check, UNIT).accepted())
        records += [replace(record, unit=code) for record in made]
    ledger.save_many(records, "")
    wanted: dict[str, int] = {}
    for record in records:
        section = agenda.section_of(record, DAY)
        if section and unit in ("", record.unit):
            wanted[section] = wanted.get(section, 0) + 1
    found = ledger.agenda(DAY, 500, unit)
    assert {section.key: section.total for section in found} == wanted
    assert all(matter.unit == unit for one in found for matter in one.matters) or not unit
