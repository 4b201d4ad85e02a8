"""Many findings at once: assigned, given a limit, started; all of them or none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from sanyou_desktop.desktop.dialogs.fields_dialog import FieldsDialog
from sanyou_desktop.ledger import holidays
from sanyou_desktop.ledger.holidays import shipped_tables
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.working_days import WorkingDays
from tests.desktop.findings.conftest import RAISED, TITLES, Clerk, finding


def ask(clerk: Clerk, deed: str) -> FieldsDialog:
    """Select everything and choose a deed in the menu of the bulk bar."""
    table = clerk.page.list.table
    table.setFocus()
    clerk.qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    clerk.settle()
    menu = clerk.page.pane.bar.menu(clerk.page)
    next(one for one in menu.actions() if one.objectName() == deed).trigger()
    clerk.settle()
    return clerk.asked


def all_of(clerk: Clerk, key: str) -> set[Any]:
    return {getattr(one, key) for one in clerk.stored()}


def test_department_and_person_at_once(clerk: Clerk) -> None:
    ask(clerk, "assign")
    clerk.type("department", "保卫科")
    clerk.type("person", "赵六")
    clerk.confirm()
    assert all_of(clerk, "department") == {"保卫科"}
    assert all_of(clerk, "person") == {"赵六"}
    assert clerk.at.session.operations.undo_text == "指派（3 个问题）"
    clerk.undo()
    assert all_of(clerk, "person") == {"张三"}


def test_what_is_left_empty_stays_as_it_is(clerk: Clerk) -> None:
    dialog = ask(clerk, "assign")
    clerk.confirm()
    assert dialog.fields["department"].error == "请填写责任部门或责任人"
    clerk.type("person", "赵六")
    clerk.confirm()
    assert all_of(clerk, "department") == {"物业科"}
    assert all_of(clerk, "person") == {"赵六"}


def test_one_day_for_all(clerk: Clerk) -> None:
    ask(clerk, "set_due")
    clerk.type("day", "2099-05-01")
    clerk.confirm()
    assert all_of(clerk, "due_on") == {PartialDate(2099, 5, 1)}


@pytest.mark.parametrize("base", ["today", "raised"])
def test_so_many_working_days(clerk: Clerk, base: str) -> None:
    dialog = ask(clerk, "set_due")
    clerk.type("count", "5")
    dialog.editors["base"].set_raw(base)
    clerk.confirm()
    start = date.today() if base == "today" else RAISED
    assert all_of(clerk, "due_on") == {
        PartialDate.of(WorkingDays.of(shipped_tables()).after(start, 5))
    }


def test_a_year_without_a_holiday_table_is_told_beforehand(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holidays, "shipped_tables", list)
    dialog = ask(clerk, "set_due")
    told = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("没有节假日表，只避开周末" in text for text in told)


@pytest.mark.parametrize(
    ("day", "count", "told"),
    [
        ("", "", "请填写日期，或填写几个工作日后"),
        ("2099-05-01", "5", "日期和天数只能填一个"),
        ("", "5000", "最多 1000 个工作日"),
    ],
)
def test_a_limit_that_is_none(clerk: Clerk, day: str, count: str, told: str) -> None:
    dialog = ask(clerk, "set_due")
    clerk.type("day", day or " ")
    clerk.type("count", count or " ")
    clerk.confirm()
    assert any(told in field.error for field in dialog.fields.values())
    assert all_of(clerk, "due_on") == {None}


def test_all_or_none_with_their_names(clerk: Clerk) -> None:
    """A limit before the day it was raised on is refused for each finding."""
    dialog = ask(clerk, "set_due")
    clerk.type("day", "2000-01-01")
    clerk.confirm()
    told = dialog.banner.text.text()
    assert "所选 3 条中有 3 条不能这样修改，全部没有改动" in told
    assert all(title in told for title in TITLES)
    assert all_of(clerk, "due_on") == {None}


def test_the_limit_of_a_closed_finding_stays(clerk: Clerk) -> None:
    day = RAISED.isoformat()
    done = finding(
        "已销号的",
        status="closed",
        due_on=day,
        reply="已修好",
        rounds=[{"rectified_on": day, "by": "张三", "verified_by": "李四", "verdict": "passed"}],
    )
    clerk.change(lambda ledger: ledger.save(done))
    for key, text in (("day", "2099-05-01"), ("count", "5")):
        dialog = ask(clerk, "set_due")
        clerk.type(key, text)
        clerk.confirm()
        told = dialog.banner.text.text()
        assert "中有 1 条不能这样修改，全部没有改动" in told
        assert "「已销号的」：已销号，时限不再改动" in told
        dialog.reject()
        clerk.settle()
    assert all_of(clerk, "due_on") == {None, PartialDate.of(RAISED)}


def test_starting_many(clerk: Clerk) -> None:
    ask(clerk, "begin_many")
    clerk.type("measure", "统一整改")
    clerk.confirm()
    assert all_of(clerk, "status") == {"rectifying"}
    assert all_of(clerk, "person") == {"张三"}

    dialog = ask(clerk, "begin_many")
    clerk.confirm()
    assert "只有待整改和持续整改的问题可以开始整改" in dialog.banner.text.text()


def test_the_same_is_in_the_menu_of_the_page(clerk: Clerk) -> None:
    actions = clerk.page.menu.menu().actions()
    names = [one.objectName() for one in actions]
    assert names[:4] == ["assign", "set_due", "begin_many", "slips"]
    clerk.page.list.table.clearSelection()
    clerk.settle()
    actions[0].trigger()
    clerk.settle()
    assert clerk.at.ask.asked == ["请先在列表中选择问题，可以选多条。"]
    assert clerk.open_dialogs(FieldsDialog) == []
