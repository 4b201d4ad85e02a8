"""A ledger with a list, a plan and an inspection of twelve items, and its page on the screen."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.scheme import Entry, Scheme
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import UNIT, Desk
from tests.desktop.deed_page import shown_page

PLANNED = PartialDate(2026, 3, 2)


def items(count: int) -> tuple[Item, ...]:
    """Return items of ten points each, two off for each place; the third is a veto item."""
    return tuple(
        Item(
            key=f"row{number}",
            item=f"第{number}项：办公秩序",
            standard="桌面整洁",
            full_score=Decimal(10),
            deduction=Decimal(2),
            veto=number == 3,
        )
        for number in range(1, count + 1)
    )


@pytest.fixture(scope="session")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with 五查 as a list and a plan, and an inspection that is planned."""
    path = tmp_path_factory.mktemp("ledgers") / "rounds.sytz"
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        entries = tuple(
            Entry(key=f"e{n}", text=text) for n, text in enumerate(("查服务", "查作风"))
        )
        found = ledger.save(Scheme(unit=UNIT, title="五查", entries=entries, announced_count=5))
        ledger.save(
            Plan(
                unit=UNIT,
                title="五查计划",
                scheme="五查",
                checklist=found.record.id,
                frequency="quarterly",
                starts_on=PartialDate(2026, 1, 5),
                inspected_units=("车队", "食堂"),
            )
        )
        ledger.save(
            Inspection(
                unit=UNIT,
                title="办公秩序检查",
                inspected_unit="车队",
                place="一号楼",
                inspectors=("张三",),
                themes=("conduct",),
                planned_on=PLANNED,
                self_score=Decimal(110),
                items=items(12),
            )
        )
    return path


def page_of(qtbot: QtBot, at: Desk, kind: str) -> tuple[RecordPage, Record]:
    """Return the page of a kind, showing the first record of it."""
    record = at.stored(kind)[0]
    return shown_page(qtbot, at, kind, record.id), record


def do(page: RecordPage, name: str) -> None:
    """Press the button of a deed."""
    made = page.form.deeds.buttons[name]
    assert made.isVisible()
    made.click()


OpenCopy = Callable[..., Desk]
