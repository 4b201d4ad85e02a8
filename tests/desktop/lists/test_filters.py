"""The filter bar and its panel, worked as a user works them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.condition_popup import ConditionPopup
from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.desktop.lists.filters import FilterBar
from sanyou_desktop.ledger.query import Filter
from tests.desktop.conftest import UNIT, Desk, settled

OpenCopy = Callable[[Path], Desk]


def bar(qtbot: QtBot, desk: Desk) -> FilterBar:
    made = FilterBar("pledge", desk.session)
    qtbot.addWidget(made)
    made.resize(600, 40)
    made.show()
    return made


def opened(qtbot: QtBot, desk: Desk, made: FilterBar, key: str) -> ConditionPopup:
    popup = made.edit(key)
    settled(qtbot, desk.session)
    return popup


def box(popup: ConditionPopup, text: str) -> QCheckBox:
    found = [item for item in popup.findChildren(QCheckBox) if item.text() == text]
    return found[-1]


def texts(made: FilterBar) -> list[str]:
    return [chip.text().removesuffix("  ✕") for chip in made.chips()]


def test_ticked_options_become_a_chip(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    popup = opened(qtbot, open_desk, made, "status")
    box(popup, "已公示").click()
    box(popup, "草稿").click()
    assert texts(made) == ["状态：已公示、草稿"]
    assert made.filters(date(2026, 11, 23)) == (Filter("status", ("published", "draft")),)
    popup.close()


def test_values_in_use_are_offered_most_used_first(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    popup = opened(qtbot, open_desk, made, "department")
    offered = [item.text() for item in popup.findChildren(QCheckBox) if not item.isHidden()]
    assert offered[0] == "办公室"
    assert set(offered) == {"办公室", "会务科", "行政科", "未填写"}
    popup.close()


def test_not_filled_in_and_a_value_exclude_each_other(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    popup = opened(qtbot, open_desk, made, "department")
    box(popup, "办公室").click()
    box(popup, "未填写").click()
    assert texts(made) == ["责任部门：未填写"]
    assert not box(popup, "办公室").isChecked()
    box(popup, "会务科").click()
    assert texts(made) == ["责任部门：会务科"]
    assert not box(popup, "未填写").isChecked()
    popup.close()


def test_the_last_tick_taken_off_takes_the_chip_off(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    popup = opened(qtbot, open_desk, made, "status")
    box(popup, "草稿").click()
    box(popup, "草稿").click()
    assert texts(made) == []
    popup.close()


def test_a_year_is_one_click(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    popup = opened(qtbot, open_desk, made, "published_on")
    next(item for item in popup.findChildren(QPushButton) if item.text() == "本年").click()
    assert texts(made) == ["公示日期：本年"]


def test_dates_may_be_typed_as_offices_write_them(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    popup = opened(qtbot, open_desk, made, "published_on")
    popup.first.insert("2026年3月")
    popup.first.editingFinished.emit()
    assert texts(made) == ["公示日期：2026-03 起"]
    popup.close()


def test_a_date_that_is_none_is_said_to_be(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    popup = opened(qtbot, open_desk, made, "published_on")
    popup.last.insert("2026-02-30")
    popup.last.editingFinished.emit()
    assert popup.wrong.isVisible()
    assert "2026-02-30" in popup.wrong.text()
    assert texts(made) == []
    popup.close()


def test_delete_on_a_chip_takes_it_off(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    made = bar(qtbot, desk(few))
    made.set_conditions([Condition("status", ("draft",)), Condition("department", ("办公室",))])
    with qtbot.waitSignal(made.changed):
        qtbot.keyClick(made.chips()[0], Qt.Key.Key_Delete)
    assert texts(made) == ["责任部门：办公室"]


def test_the_menu_offers_every_field_that_can_be_filtered(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    made = bar(qtbot, desk(few))
    menu = made.field_menu()
    offered = [action.text() for action in menu.actions()]
    assert offered[:3] == ["状态", "公示日期", "活动内容"]
    assert "承诺内容" not in offered


def test_units_are_named_and_not_told_by_their_code(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    open_desk = desk(few)
    made = bar(qtbot, open_desk)
    made.set_conditions([Condition("unit", (UNIT, "350999"))])
    settled(qtbot, open_desk.session)
    assert texts(made) == ["填报单位：晋江市政府办公室、350999"]
    assert made.labels() == ["填报单位：晋江市政府办公室、350999"]
    popup = opened(qtbot, open_desk, made, "unit")
    assert box(popup, "晋江市政府办公室").isChecked()
    box(popup, "晋江市政府办公室").click()
    assert made.conditions == (Condition("unit", ("350999",)),)
    popup.close()
