"""A year of one unit, played through by keyboard, and its indicators against a count by hand.

What happens in 2025: a list is written and a plan made of it; four inspections find eleven
problems and a broken promise the twelfth; they go their rounds; a rule is issued and revised, a
survey counted, money spent. The figures at the end were counted on paper, from this file.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sanyou_desktop.cli.program import main
from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.desktop.inspections.generating_dialog import GeneratingDialog
from sanyou_desktop.desktop.pages.indicators import IndicatorsPage
from sanyou_desktop.desktop.pledges.fulfil_dialog import FulfilDialog
from sanyou_desktop.desktop.pledges.outcome_table import OUTCOME
from sanyou_desktop.desktop.schemes.dialog import ChooseDialog
from sanyou_desktop.desktop.surveys.tally_dialog import TallyDialog
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.indicators import INDICATORS
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.model.unit import Unit
from tests.desktop.clerk import compose
from tests.desktop.program import Program
from tests.desktop.year import ALT, CONTROL, K, Office

OWN = Unit(code="350300", name="莆田市机关事务管理局")
# 内容, 落实, 标准, 时限, 目标, 满分, 每处扣分: five items of 20 points, 5 off for each place.
LIST = "\n".join(
    f"{item}\t{follow}\t{standard}\t\t\t20\t5"
    for item, follow, standard in (
        ("楼道", "每日清扫", "无堆物"),
        ("会议室", "会前检查", "设备完好"),
        ("食堂", "晨检记录", "证照齐全"),
        ("车库", "每周冲洗", "无积水"),
        ("值班室", "交接签字", "记录完整"),
    )
)
# The plan's quarters fall on 6 January, then on days off: Qingming, a Sunday, the National Day.
DAYS = ("2025-01-06", "2025-04-07", "2025-07-07", "2025-10-09")
# What is pressed for the five items; 2 fails one in one place, F raises its finding.
JUDGED = ("2fv2fv2fv11", "2fv112fv2f", "12fv2fv2fv1", "112fv12f")


@pytest.fixture
def office(qtbot: QtBot, program: Program, tmp_path: Path) -> Office:
    path = tmp_path / "莆田台账.sytz"
    Ledger.create(path, OWN).close()
    return Office(qtbot, program, path)


@pytest.mark.slow
def test_a_year_by_keyboard(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    write_the_list(office)
    plan_the_year(office)
    inspect(office)
    promise_and_keep(office)
    go_the_rounds(office)
    make_rules_live(office)
    ask_and_act(office)
    assert office.program.ask.told == []
    indicators_are_those_counted_by_hand(office, capsys)
    with Ledger.open(office.path, read_only=True) as ledger:
        assert ledger.verify() == []


def write_the_list(office: Office) -> None:
    office.begin("scheme", title="办公区检查清单", entries=LIST, announced_count="5")
    office.save()
    office.press(K.Key_0, ALT)
    dialog = office.dialog(ChooseDialog)
    for title in ("四心", "四勤三特"):
        office.reach(dialog.chooser.list)
        office.type_key(K.Key_Home)
        while (offer := dialog.chooser.list.current()) and offer.scheme.title != title:
            office.type_key(K.Key_Down)
        office.type_key(K.Key_Space)
    office.picture("01 取用清单", dialog)
    office.type_key(K.Key_Return)
    office.settle()
    office.picture("02 清单")
    lists = [one for one in office.stored("scheme") if isinstance(one, Scheme)]
    assert {one.title: one.incomplete for one in lists} == {
        "办公区检查清单": False, "四心": False, "四勤三特": True,
    }  # fmt: skip


def plan_the_year(office: Office) -> None:
    office.begin(
        "plan",
        title="办公区季度检查",
        scheme="办公区检查",
        checklist="办公区",
        frequency="每季度",
        starts_on=DAYS[0],
        place="一号楼",
        inspectors="王检查",
    )
    office.save()
    office.press(K.Key_1, ALT)
    dialog = office.dialog(GeneratingDialog)
    office.picture("03 生成检查", dialog)
    office.reach(dialog.make)
    office.type_key(K.Key_Space)
    office.settle()
    office.picture("04 计划")
    planned = [one for one in office.stored("inspection") if isinstance(one, Inspection)]
    assert sorted(str(one.planned_on) for one in planned) == list(DAYS)


def inspect(office: Office) -> None:
    planned = {str(getattr(one, "planned_on", "")): one.id for one in office.stored("inspection")}
    for day, keys in zip(DAYS, JUDGED, strict=True):
        office.show("inspection", planned[day])
        office.fill(inspected_on=day, self_score="90")
        office.save()
        office.hold(keys)
    office.picture("06 检查")
    assert len(office.findings()) == 11
    held = [one for one in office.stored("inspection") if isinstance(one, Inspection)]
    assert sorted(int(one.outcome().points) for one in held) == [85, 85, 85, 90]


def promise_and_keep(office: Office) -> None:
    lists = {one.title: one.id for one in office.stored("scheme")}
    office.show("scheme", lists["四心"])
    office.deed("make_pledge")
    office.fill(title="四心服务承诺", audience="各处室", hotline="0594-1234567")
    office.save()
    office.deed("publish")
    asked = office.dialog(FieldsDialog)
    office.write(asked.editors["published_on"], "2025-02-01")
    office.write(asked.editors["published_where"], "大厅公示栏")
    office.picture("07 公示", asked)
    office.confirm(asked, K.Key_S)
    office.press(K.Key_2, ALT)
    fulfil = office.dialog(FulfilDialog)
    office.write(fulfil.day, "2025-06-30")
    office.reach(fulfil.table)
    assert (fulfil.table.currentRow(), fulfil.table.currentColumn()) == (0, OUTCOME)
    for key in "1113":
        office.type_key(key)
    evidence = QApplication.focusWidget()
    assert isinstance(evidence, QLineEdit)
    compose(evidence, "来电无人接听")
    office.type_key(K.Key_Return)
    # Faster than the event loop no clerk presses the next key.
    office.qtbot.waitUntil(lambda: QApplication.focusWidget() is not evidence)
    office.picture("08 履行", fulfil)
    office.type_key(K.Key_S, CONTROL)
    office.qtbot.waitUntil(lambda: len(office.findings()) == 12)
    office.settle()
    office.picture("09 承诺")
    (pledge,) = (one for one in office.stored("pledge") if isinstance(one, Pledge))
    assert [one.outcome for one in pledge.fulfilments] == ["kept", "kept", "kept", "broken"]
    (broken,) = (one for one in office.findings() if one.against)
    assert (broken.against, broken.clause) == (pledge.id, pledge.clauses[3].key)


def go_the_rounds(office: Office) -> None:
    ordered = sorted(office.findings(), key=lambda one: (str(one.raised_on), one.number))
    for place, finding in enumerate(ordered):
        office.show("finding", finding.id)
        first = raised(finding)
        step(office, 1, person="张三", due_on=after(first, 1), measure="限期整改")
        if place == 11:
            continue
        if place == 10:
            step(office, 6, reason="等待大修，年底前完成")
            continue
        # The ninth is rectified after its limit.
        done = after(first, 2) if place == 8 else first
        step(office, 2, on=done, by="张三", done="已整改")
        if place == 9:
            continue
        if place == 0:
            step(office, 3, on=done, by="李四", verdict="退回", opinion="仍有堆物")
            step(office, 2, on=done, by="张三", done="已清空")
        step(office, 3, on=done, by="李四", verdict="通过")
        if place == 7:
            continue
        step(office, 4, on=done, reply="已整改，请监督")
    # The second was not settled after all, and goes round once more.
    second = ordered[1]
    office.show("finding", second.id)
    again = after(raised(second), 1)
    step(office, 7, on=again, by="李四", reason="设备又坏了")
    step(office, 2, on=again, by="张三", done="更换设备")
    step(office, 3, on=again, by="李四", verdict="通过")
    step(office, 4, on=again, reply="已更换")
    office.picture("11 问题")
    office.press(K.Key_1, CONTROL)
    office.picture("12 今日")
    statuses = [one.status for one in office.findings()]
    assert {status: statuses.count(status) for status in statuses} == {
        "closed": 8, "rectified": 2, "continuing": 1, "rectifying": 1,
    }  # fmt: skip


def raised(finding: Finding) -> str:
    assert finding.raised_on is not None
    return str(finding.raised_on)


def after(day: str, months: int) -> str:
    """Return the same day some months later; every day of this year has one."""
    year, month, date = day.split("-")
    return f"{year}-{int(month) + months:02d}-{min(int(date), 28):02d}"


def step(office: Office, number: int, **given: str) -> None:
    """Take a step of the loop: Alt and its number, the fields, Ctrl+Enter."""
    office.press(K(K.Key_0 + number), ALT)
    dialog = office.dialog(FieldsDialog)
    for key, text in given.items():
        office.enter(dialog.editors[key], text)
    office.picture(f"10 步骤 {number}", dialog)
    office.confirm(dialog)


def make_rules_live(office: Office) -> None:
    office.begin("rule", title="机关车辆管理规定", genre="规定", version="1.0")
    office.save()
    issue(office, "莆机管〔2025〕3号", "2025-03-01", "2025-04-01")
    office.deed("revise")
    assert office.page.form.record_id == ""
    office.save()
    issue(office, "莆机管〔2025〕12号", "2025-09-01", "2025-10-01")
    rules = {one.version: one for one in office.stored("rule") if isinstance(one, Rule)}
    assert {version: one.status for version, one in rules.items()} == {
        "1.0": "repealed", "1.1": "in_force",
    }  # fmt: skip
    assert rules["1.1"].replaces == rules["1.0"].id
    office.fill(review_by="2025-11-30")
    office.save()
    office.picture("14 制度")


def issue(office: Office, number: str, issued: str, effective: str) -> None:
    office.deed("issue")
    asked = office.dialog(FieldsDialog)
    for key, text in (
        ("doc_number", number), ("issued_on", issued), ("effective_on", effective),
    ):  # fmt: skip
        office.write(asked.editors[key], text)
    office.picture("13 发布施行", asked)
    office.confirm(asked, K.Key_S)


def ask_and_act(office: Office) -> None:
    office.begin("survey", title="年度满意度测评", held_on="2025-12-01", distributed="60")
    office.save()
    office.press(K.Key_1, ALT)
    dialog = office.dialog(TallyDialog)
    for key in "1" * 30 + "2" * 10 + "3" * 5 + "4" * 3 + "5" * 2:
        office.type_key(key)
    office.picture("15 唱票", dialog)
    office.confirm(dialog, K.Key_S)
    office.fill(status="已完成")
    office.save()
    office.picture("16 满意度")
    for title, day, amount in (
        ("办公区修缮", "2025-05-10", "140多万元"), ("购置灭火器", "2025-08-20", "12,000"),
    ):  # fmt: skip
        office.begin("activity", title=title, category="经费投入", started_on=day, amount=amount)
        office.save()
    office.picture("17 活动")


def indicators_are_those_counted_by_hand(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["indicators", str(office.path), "--from", "2025-01-01", "--to", "2025-12-31"]) == 0
    found = json.loads(capsys.readouterr().out)["indicators"]
    counted = {
        "pledges_published": 1,
        # Three clauses kept of four.
        "fulfilment_rate": 75.0,
        # The first version is repealed, the second should have been reviewed in November.
        "rules_in_force": 1,
        "rules_past_review": 1,
        "inspections_held": 4,
        # 85 + 85 + 85 + 90 of 400; 9 of 20 items passed.
        "score_rate": 86.3,
        "pass_rate": 45.0,
        "findings_raised": 12,
        "findings_closed": 8,
        # Of the four others one waits for its re-check and one for a reply: not late any more.
        "findings_overdue": 2,
        # The eight, and the one that waits for a reply, of twelve; all twelve limits have passed,
        # and of the nine that passed their re-check one was rectified too late.
        "rectification_rate": 75.0,
        "on_time_rate": 66.7,
        "replied_rate": 66.7,
        # 走廊 of April, 车库 of July, 食堂 of October, each within 180 days of the one before.
        "repeat_findings": 3,
        "complaints": 0,
        "errors": 0,
        "accidents": 0,
        # 50 of 60; 45 of 48 rated; (30 x 100 + 10 x 80 + 5 x 60) / 48.
        "return_rate": 83.3,
        "satisfaction_rate": 93.8,
        "satisfaction_index": 85.4,
    }
    # 1,400,000 and some more, and 12,000.
    money = "≥1,412,000 元(含 1 项约数)"
    told = found.pop("money_invested")
    assert told["value"]["text"] == money
    assert {key: value(one) for key, one in found.items()} == counted
    percent = {one.key for one in INDICATORS if one.shape == "percent"}
    words = {
        key: f"{number}%" if key in percent else str(number) for key, number in counted.items()
    }
    assert shown_on_the_page(office) == {**words, "money_invested": money}


def shown_on_the_page(office: Office) -> dict[str, str]:
    """Go to 指标, back to 2025, and return what stands there by indicator."""
    office.press(K.Key_8, CONTROL)
    page = office.window.stack.currentWidget()
    assert isinstance(page, IndicatorsPage)
    for _year in range(100):
        if page.bar.name.text().startswith("2025"):
            break
        office.reach(page.bar.earlier)
        office.type_key(K.Key_Space)
        office.settle()
    office.picture("18 指标")
    return {
        reading.indicator.key: row.text(1)
        for reading, row in zip(page.table.readings, page.table.rows, strict=True)
    }


def value(indicator: dict[str, object]) -> object:
    held = indicator["value"]
    return float(held) if isinstance(held, str) else held
