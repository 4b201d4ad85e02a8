"""A plan becomes inspections, once each, seen before they are made and taken back together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.inspections import generating
from sanyou_desktop.desktop.inspections.generating import due, make_missing
from sanyou_desktop.desktop.inspections.generating_dialog import GeneratingDialog
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.plan import Plan
from tests.desktop.conftest import Desk, settled
from tests.desktop.inspections.conftest import OpenCopy, do, page_of


@pytest.fixture
def at(desk: OpenCopy, rounds: Path) -> Desk:
    return desk(rounds)


def cells(dialog: GeneratingDialog) -> list[list[str]]:
    table = dialog.days
    return [
        [str(table.model().index(row, column).data()) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_a_plan_is_looked_at_made_and_taken_back(qtbot: QtBot, at: Desk) -> None:
    page, _record = page_of(qtbot, at, "plan")
    do(page, "generate")
    qtbot.waitUntil(lambda: page.findChild(GeneratingDialog) is not None)
    dialog = page.findChild(GeneratingDialog)
    assert isinstance(dialog, GeneratingDialog)
    assert "将生成 8 份" in dialog.told.text()
    assert "还有 3 项没有录入" in dialog.warning.text.text()
    assert cells(dialog)[0] == ["2026-01-05", "星期一", "生成 2 份"]
    # 5 April 2026 is Qingming and a Sunday; the Monday after it is off as well.
    assert [row[0] for row in cells(dialog)[1:]] == ["2026-04-07", "2026-07-06", "2026-10-08"]
    assert dialog.make.text() == "生成 8 份检查"
    dialog.make.click()
    qtbot.waitUntil(lambda: len(at.stored("inspection")) == 9)
    settled(qtbot, at.session)
    assert "已有检查 8 份（计划 8）" in page.form.related.labels[0].text()
    made = [one for one in at.stored("inspection") if isinstance(one, Inspection) and one.plan]
    assert [one.title for one in made[:2]] == [
        "车队五查（2026年1月5日）", "食堂五查（2026年1月5日）",
    ]  # fmt: skip
    assert all([item.item for item in one.items] == ["查服务", "查作风"] for one in made)
    at.session.operations.undo()
    settled(qtbot, at.session)
    assert len(at.stored("inspection")) == 1


def test_again_only_what_is_missing_is_made(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "plan")
    assert isinstance(record, Plan)
    told: list[str] = []
    at.session.operations.acted.connect(told.append)

    def make() -> None:
        at.session.operations.run(lambda ledger: make_missing(ledger, record), owner=page)
        settled(qtbot, at.session)

    make()
    gone = at.stored("inspection")[3].id
    at.session.operations.run(lambda ledger: ledger.delete([gone]), owner=page)
    make()
    make()
    # What somebody deleted was not wanted; it is not made again.
    assert [text for text in told if "生成" in text] == ["已生成检查 8 份"]
    assert len(at.stored("inspection")) == 8
    do(page, "generate")
    qtbot.waitUntil(lambda: page.findChild(GeneratingDialog) is not None)
    dialog = page.findChild(GeneratingDialog)
    assert isinstance(dialog, GeneratingDialog)
    assert "7 份都已生成" in dialog.told.text()
    assert "另有 1 份已被删除，不再生成；需要的话，可在回收站里恢复。" in dialog.told.text()
    assert "已有 1 份，已删除 1 份" in [row[2] for row in cells(dialog)]
    assert not dialog.make.isEnabled()
    dialog.reject()


def test_an_inspection_that_was_put_off_is_not_made_again(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "plan")
    assert isinstance(record, Plan)
    at.session.operations.run(lambda ledger: make_missing(ledger, record), owner=page)
    settled(qtbot, at.session)
    first = next(one for one in at.stored("inspection") if isinstance(one, Inspection) and one.plan)
    put_off = replace(first, planned_on=PartialDate.parse("2026-02-20"))
    at.session.operations.run(lambda ledger: ledger.save_many([put_off], "改期"), owner=page)
    settled(qtbot, at.session)

    with Ledger.open(at.session.path, read_only=True) as ledger:
        found = due(ledger, record)

    assert found.missing == ()
    assert found.there == 8
    assert first.occurrence_on == PartialDate.parse("2026-01-05")


def test_what_was_made_and_taken_back_is_made_again(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "plan")
    assert isinstance(record, Plan)
    at.session.operations.run(lambda ledger: make_missing(ledger, record), owner=page)
    settled(qtbot, at.session)
    at.session.operations.undo()
    settled(qtbot, at.session)

    with Ledger.open(at.session.path, read_only=True) as ledger:
        found = due(ledger, record)

    assert (len(found.missing), found.there, found.deleted) == (8, 0, 0)


def test_a_plan_without_end_is_not_made(
    qtbot: QtBot, at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generating, "MOST_AT_ONCE", 5)
    page, record = page_of(qtbot, at, "plan")
    assert isinstance(record, Plan)
    with Ledger.open(at.session.path, read_only=True) as ledger:
        found = due(ledger, record)
        bare = due(ledger, replace(record, checklist="", frequency="irregular"))
    dialog = GeneratingDialog(page, found)
    qtbot.addWidget(dialog)
    assert found.is_too_much
    assert not dialog.make.isEnabled()
    assert "没有排出日期" in GeneratingDialog(page, bare).told.text()


def test_one_more_begins_in_the_form(qtbot: QtBot, at: Desk) -> None:
    page, record = page_of(qtbot, at, "plan")
    begun: list[Draft] = []
    page.draft_wanted.connect(begun.append)
    do(page, "add_one")
    qtbot.waitUntil(lambda: bool(begun))
    made = begun[0].accepted()
    assert isinstance(made, Inspection)
    assert (made.plan, made.planned_on and made.planned_on.first()) == (record.id, date.today())
    assert [item.item for item in made.items] == ["查服务", "查作风"]


def test_days_of_a_year_without_its_holidays_are_said_to_be_provisional(
    qtbot: QtBot, at: Desk
) -> None:
    """2025 and 2026 are there; of 2099 nobody knows."""
    plan = next(one for one in at.stored("plan") if isinstance(one, Plan))
    parent = QWidget()
    qtbot.addWidget(parent)
    with Ledger.open(at.session.path, read_only=True) as ledger:
        assert due(ledger, plan).provisional == ""
        later = replace(plan, starts_on=PartialDate(2099, 1, 5))
        assert "2099 年没有节假日表" in due(ledger, later).provisional
        assert due(ledger, replace(later, on_rest_days=True)).provisional == ""
        dialog = GeneratingDialog(parent, due(ledger, later))
    # Beside what is to be said of the list.
    told = dialog.warning.text.text().splitlines()
    assert len(told) == 2
    assert "还有 3 项没有录入" in told[0]
    assert "2099" in told[1]
