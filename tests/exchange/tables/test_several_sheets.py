"""All tables of a file are read together, each as what it is, for the unit that stands over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.exchange.tables.importing import FileLook, Wanted, look_at, look_at_grids
from sanyou_desktop.exchange.tables.reading import grid_of_text
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.unit import Unit
from tests.exchange.tables.clerk import ROWS, take, workbook

OWN = Unit(code="350300", name="莆田市机关事务管理局")
FINDINGS = [["编号", "标题", "责任人"], ["W-1", "停车混乱", "李四"]]
RULES = [["制度名称", "发文字号", "发文日期"], ["接待办法", "某办〔2026〕1号", "2026.3"]]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        ledger.save(
            Unit(unit=OWN.code, code="350783", name="建瓯市委办公室", aliases=("建欧市委办",))
        )
        yield ledger


def kinds(look: FileLook) -> dict[str, str]:
    return {sheet.grid.name: sheet.head.kind for sheet in look.sheets}


def pasted(ledger: Ledger, text: str) -> FileLook:
    return look_at_grids(ledger, [grid_of_text(text)], "粘贴", Wanted("finding"))


def test_each_sheet_is_what_its_headers_say(ledger: Ledger, tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", ROWS, 二月=FINDINGS, 制度=RULES, 说明=[["填表说明"]])

    look = look_at(ledger, path, Wanted(likely="finding"))

    assert kinds(look) == {"台账": "finding", "二月": "finding", "制度": "rule"}
    assert [str(left.place) for left in look.left_out] == ["表.xlsx 说明"]
    changes = take(ledger, look)
    assert len(changes.ids) == 4
    ledger.undo(changes.token)
    assert [*ledger.records("finding"), *ledger.records("rule")] == []


def test_the_list_that_a_table_came_to_decides_where_its_headers_do_not(
    ledger: Ledger, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "表.xlsx", FINDINGS)

    assert {
        kind: kinds(look_at(ledger, path, Wanted(likely=kind)))["台账"] for kind in REPORTED
    } == {kind: kind for kind in REPORTED}


def test_sheets_and_kinds_are_read_as_somebody_chose(ledger: Ledger, tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", FINDINGS, 二月=FINDINGS)

    look = look_at(ledger, path, Wanted(kinds={"二月": "activity"}, without=frozenset({"台账"})))

    assert [row.kind for row in look.preview.of(State.NEW)] == ["activity"]


def test_one_record_on_two_sheets_is_told(ledger: Ledger, tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", FINDINGS, 二月=FINDINGS)

    look = look_at(ledger, path, Wanted("finding"))

    assert dict(look.preview.counts) == {State.NEW: 1, State.INVALID: 1}
    (fault,) = look.preview.of(State.INVALID)[0].faults
    assert str(fault) == "表.xlsx 二月 第 2 行：与「台账」第 2 行是同一条记录，没有再读"


def test_a_report_of_ours_is_read_by_its_own_sheets_wherever_it_came_to(tmp_path: Path) -> None:
    make_sample(tmp_path / "示例.sytz")
    with Ledger.open(tmp_path / "示例.sytz") as ledger:
        export_report(ledger, tmp_path / "上报.xlsx")

        look = look_at(ledger, tmp_path / "上报.xlsx", Wanted(likely="finding"))

        assert sorted(kinds(look).values()) == sorted(REPORTED)
        assert set(look.preview.counts) == {State.UNCHANGED}


@pytest.mark.parametrize(
    "over",
    [
        "填报单位：建瓯市委办公室",
        "填报单位:建欧市委办 填报日期：2026年3月",
        "2026年台账\n报送单位（盖章）：建瓯市委办公室",
        "填报单位\t建瓯市委办公室\t日期\t2026-03-01",
    ],
)
def test_the_unit_over_the_table_is_that_of_its_rows(ledger: Ledger, over: str) -> None:
    look = pasted(ledger, f"{over}\n标题\t责任人\n灯不亮\t张三\n")

    assert [row.unit for row in look.preview.of(State.NEW)] == ["350783"]
    assert "未写单位的各行归入 350783" in look.preview.notes[-1]


def test_a_column_of_units_goes_before_the_unit_over_the_table(ledger: Ledger) -> None:
    rows = "标题\t责任人\t填报单位\n甲\t张三\t莆田市机关事务管理局\n乙\t李四\t\n"

    look = pasted(ledger, f"填报单位：建瓯市委办公室\n{rows}")

    assert [row.unit for row in look.preview.of(State.NEW)] == [OWN.code, "350783"]


def test_a_unit_that_nobody_knows_is_told(ledger: Ledger) -> None:
    look = pasted(ledger, "填报单位：某某局\n标题\t责任人\n灯不亮\t张三\n")

    assert [row.unit for row in look.preview.of(State.NEW)] == [OWN.code]
    assert "「某某局」在台账中没有登记" in look.preview.notes[-1]


def test_the_own_unit_over_a_table_and_units_of_measure_are_nothing_to_tell(
    ledger: Ledger,
) -> None:
    rows = "标题\t责任人\n灯不亮\t张三\n"

    assert pasted(ledger, f"填报单位：{OWN.name}\n{rows}").preview.notes == ()
    assert pasted(ledger, f"单位：万元\n{rows}").preview.notes == ()


def test_a_row_is_looked_at_again_as_if_the_table_had_said_so(
    ledger: Ledger, tmp_path: Path
) -> None:
    rows = [list(row) for row in ROWS]
    rows[4][3] = "三月"
    look = look_at(ledger, workbook(tmp_path / "坏.xlsx", rows))

    (now,) = look.again(ledger, ("台账", 5), 5, {3: "2026.3.2"})

    assert now.state is State.NEW
    right = look_at(ledger, workbook(tmp_path / "坏.xlsx"))
    assert look.preview == replace(right.preview, rows=look.preview.rows)
    again, first = look.preview.rows[1].record, right.preview.rows[1].record
    assert again == first
