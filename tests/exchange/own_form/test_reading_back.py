"""A form that was filled comes back: what somebody changed in it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.own_form.from_ledger import SheetToFill, Wanted, fill, keep_columns
from sanyou_desktop.exchange.own_form.looking import Form
from sanyou_desktop.exchange.tables.importing import look_at
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.unit import Unit
from tests.exchange.own_form.superior import FIRST, LAYOUT, SHEET, make_form
from tests.exchange.tables.clerk import take

OWN = Unit(code="350300", name="莆田市机关事务管理局")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        drafts = [
            Draft.new(
                "finding",
                OWN.code,
                title=f"第 {number} 处灯不亮",
                raised_on=f"2026-03-{number:02}",
                due_on="2026-04-01",
                measure="更换",
                place="一号楼",
                notes="只在台账里",
            )
            for number in range(1, 8)
        ]
        ledger.save_many([draft.accepted() for draft in drafts], "示例")
        yield ledger


@pytest.fixture
def filled(ledger: Ledger, tmp_path: Path) -> Path:
    make_form(tmp_path / "上级台账.xlsx")
    form, out = Form(tmp_path / "上级台账.xlsx"), tmp_path / "已填.xlsx"
    fill(ledger, form, [SheetToFill(LAYOUT)], out, Wanted())
    keep_columns(ledger, form.look(SHEET), LAYOUT.columns)
    return out


def test_a_filled_form_that_nobody_touched_is_the_ledger(ledger: Ledger, filled: Path) -> None:
    assert dict(look_at(ledger, filled).preview.counts) == {State.UNCHANGED: 7}


def test_what_was_changed_in_it_is_told_by_its_cell(ledger: Ledger, filled: Path) -> None:
    book = load_workbook(filled)
    book[SHEET][f"F{FIRST + 2}"] = "更换并登记"
    book[SHEET][f"H{FIRST + 4}"] = "二号楼"
    book.save(filled)

    look = look_at(ledger, filled)

    told = [
        (str(change.place), change.part.key, change.mine, change.theirs)
        for row in look.preview.of(State.CHANGED)
        for change in row.changes
    ]
    assert told == [
        (f"已填.xlsx {SHEET} F{FIRST + 2}", "measure", "更换", "更换并登记"),
        (f"已填.xlsx {SHEET} H{FIRST + 4}", "place", "一号楼", "二号楼"),
    ]
    take(ledger, look)
    found = [one for one in ledger.records("finding") if isinstance(one, Finding)]
    assert [one.place for one in found].count("二号楼") == 1
    # What the form does not ask for is as it was.
    assert {one.notes for one in found} == {"只在台账里"}
