"""Columns that tell of rows inside a record change these rows, and take nothing of them away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanyou_desktop.exchange.tables.importing import look_at
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.unit import Unit
from tests.exchange.tables.clerk import take, workbook

OWN = Unit(code="350300", name="莆田市机关事务管理局")
ITEMS = [("灯", ""), ("门", "关好"), ("窗", "完好")]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        items: list[Json] = [{"item": one, "standard": told} for one, told in ITEMS]
        given = {"title": "三月检查", "number": "JC-1", "inspected_on": "2026-03-01"}
        ledger.save(Draft.from_json("inspection", {**given, "items": items}, OWN.code).accepted())
        yield ledger


def items_of(ledger: Ledger) -> list[tuple[str, str]]:
    (found,) = ledger.records("inspection")
    assert isinstance(found, Inspection)
    return [(item.item, item.standard) for item in found.items]


def table(folder: Path, *cells: str) -> Path:
    head = ("编号", "检查名称", "检查日期", "检查标准")
    first, *more = cells
    lines = [("JC-1", "三月检查", "2026-03-01", first), *((None, None, None, one) for one in more)]
    return workbook(folder / "检查.xlsx", [head, *lines])


@pytest.mark.parametrize(
    ("cells", "first"),
    [(("1. —\n2. 关好锁好\n3. 完好",), ""), (("亮", "关好锁好", "完好"), "亮")],
    ids=["numbered in a cell", "line by line"],
)
def test_each_line_changes_its_row_and_a_dash_none(
    ledger: Ledger, tmp_path: Path, cells: tuple[str, ...], first: str
) -> None:
    look = look_at(ledger, table(tmp_path, *cells))
    assert dict(look.preview.counts) == {State.CHANGED: 1}
    take(ledger, look)
    assert items_of(ledger) == [("灯", first), ("门", "关好锁好"), ("窗", "完好")]


@pytest.mark.parametrize("cell", ["关好锁好", "1. 关好\n2. 完好", "1. 甲\n2. 乙\n3. 丙\n4. 丁"])
def test_where_nobody_can_tell_which_row_is_meant_all_stay(
    ledger: Ledger, tmp_path: Path, cell: str
) -> None:
    look = look_at(ledger, table(tmp_path, cell))
    (row,) = look.preview.of(State.INVALID)
    assert "3 行" in str(row.faults[0].problem)
    assert look.decided({})[0] == []
    assert items_of(ledger) == ITEMS
