"""A table compared with a ledger and taken over: new, changed, unchanged, or refused by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.exchange.tables.importing import (
    FileLook,
    Wanted,
    keep_head,
    look_at,
    look_at_grids,
)
from sanyou_desktop.exchange.tables.reading import grid_of_text
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from tests.exchange.tables.clerk import ROWS, take, workbook

OWN = Unit(code="350300", name="莆田市机关事务管理局")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        yield ledger


def counts(look: FileLook) -> dict[State, int]:
    return dict(look.preview.counts)


def pasted(ledger: Ledger, text: str, kind: str = "") -> FileLook:
    return look_at_grids(ledger, [grid_of_text(text)], "粘贴", Wanted(kind=kind))


def faults(look: FileLook) -> list[str]:
    return [str(fault) for row in look.preview.rows for fault in row.faults]


def findings(ledger: Ledger) -> list[Finding]:
    return [one for one in ledger.records("finding") if isinstance(one, Finding)]


def test_a_clerks_table_is_taken_whole_and_taken_back_whole(ledger: Ledger, tmp_path: Path) -> None:
    look = look_at(ledger, workbook(tmp_path / "台账.xlsx"))

    assert counts(look) == {State.NEW: 2}
    changes = take(ledger, look)
    first, second = findings(ledger)
    assert (first.title, first.description, first.status) == (
        "走廊灯不亮",
        "走廊灯不亮",
        "rectified",
    )
    assert [str(day) for day in (first.raised_on, first.due_on)] == ["2026-03-01", "2026-03-10"]
    assert [(str(one.rectified_on), one.rectification) for one in first.rounds] == [
        ("2026-03-05", "已更换")
    ]
    assert (second.source, second.status, str(second.due_on)) == ("complaint", "open", "2026-03-19")
    ledger.undo(changes.token)
    assert findings(ledger) == []


def test_what_is_no_record_is_passed_over_and_said(ledger: Ledger, tmp_path: Path) -> None:
    preview = look_at(ledger, workbook(tmp_path / "台账.xlsx")).preview

    assert [str(left) for left in preview.left_out] == [
        "台账.xlsx 台账 第 6 行：合计行", "台账.xlsx 台账 第 7 行：说明或签字",
    ]  # fmt: skip
    assert preview.notes == ("「台账」没有读入的列：L「领导批示」",)


def test_the_same_table_again_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx")
    take(ledger, look_at(ledger, path))

    again = look_at(ledger, path)

    assert counts(again) == {State.UNCHANGED: 2}
    assert not again.preview.changes_anything


def test_a_changed_cell_is_a_change_of_its_field(ledger: Ledger, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx")
    take(ledger, look_at(ledger, path))
    rows = [list(row) for row in ROWS]
    rows[4][6] = "更换地砖"
    rows[4][5] = None

    look = look_at(ledger, workbook(tmp_path / "改.xlsx", rows))

    (row,) = look.preview.of(State.CHANGED)
    (change,) = row.changes
    assert (change.part.key, change.mine, change.theirs) == ("measure", "增设防滑垫", "更换地砖")
    assert str(change.place) == "改.xlsx 台账 G5"
    take(ledger, look)
    changed = findings(ledger)[1]
    # A blank in the table takes nothing away.
    assert (changed.measure, changed.department) == ("更换地砖", "膳食科")


def test_each_cell_that_cannot_be_read_is_named(ledger: Ledger) -> None:
    look = pasted(ledger, "标题\t提出日期\t整改时限\t状态\n停车混乱\t三月\t2026-02-30\t搁置\n")

    assert counts(look) == {State.INVALID: 1}
    assert faults(look) == [
        "粘贴 D2：状态：没有「搁置」这个选项，可选：待整改、整改中、持续整改、已整改、已销号",
        "粘贴 B2：提出日期：「三月」不是日期，可填 2026-03-01、2026-03 或 2026",
        "粘贴 C2：整改时限：2026 年 2 月没有 30 日，可填 2026-02-28 或 2026-02",
    ]
    assert not look.preview.changes_anything


def test_a_formula_that_failed_is_no_content(ledger: Ledger) -> None:
    look = pasted(ledger, "存在问题\t发现时间\t责任人\n灯不亮\t2026-03-01\t#N/A\n#REF!\t#N/A\t\n")

    assert counts(look) == {State.INVALID: 1}
    assert faults(look) == [
        "粘贴 C2：责任人：公式出错，显示为 #N/A。请在表格里改正，或在这里填上正确的内容"
    ]
    assert [left.reason for left in look.preview.left_out] == ["只有出错的公式"]
    look.again(ledger, ("", 2), 2, {2: "张三"})
    assert counts(look) == {State.NEW: 1}


def test_a_formula_without_a_result_clears_nothing_and_is_told(
    ledger: Ledger, tmp_path: Path
) -> None:
    kept = Finding(unit=OWN.code, number="2026-1", title="灯不亮", place="一号楼")
    ledger.save(kept)
    rows = [["编号", "标题", "地点"], ["2026-1", "灯不亮", '="一"&"号楼"']]
    look = look_at(ledger, workbook(tmp_path / "台账.xlsx", rows), Wanted(blank_clears=True))

    assert counts(look) == {State.UNCHANGED: 1}
    assert look.preview.notes == (
        "「台账」有 1 格公式（如 C2）没有存下结果，没有读入。"
        "请用 Excel 或 WPS 打开这个文件，保存后再导入。",
    )


def test_the_rules_of_the_ledger_hold_for_tables_too(ledger: Ledger) -> None:
    look = pasted(ledger, "标题\t提出日期\t状态\n灯不亮\t2026-03-01\t已销号\n")

    assert counts(look) == {State.INVALID: 1}
    assert "复查" in faults(look)[0]


def test_records_are_known_by_their_number(ledger: Ledger) -> None:
    made = ledger.save(Finding(unit=OWN.code, title="旧标题")).record

    look = pasted(ledger, f"编号\t标题\t责任人\n{made.number}\t新标题\t张三\n", "finding")

    (row,) = look.preview.of(State.CHANGED)
    assert [change.part.key for change in row.changes] == ["title", "person"]


def test_two_records_of_one_name_and_day_are_not_guessed_between(ledger: Ledger) -> None:
    day = PartialDate.parse("2026-03-01")
    ledger.save_many([Finding(unit=OWN.code, title="灯不亮", raised_on=day)] * 2, "两条")

    look = pasted(ledger, "标题\t提出日期\t责任人\n灯不亮\t2026-03-01\t张三\n", "finding")

    assert "有 2 条同名同日的记录" in faults(look)[0]


def test_a_record_that_stands_twice_in_a_table_is_told(ledger: Ledger) -> None:
    made = ledger.save(Finding(unit=OWN.code, title="灯不亮")).record
    line = f"{made.number}\t灯不亮\t张三\n"

    look = pasted(ledger, "编号\t标题\t责任人\n" + line + line, "finding")

    assert counts(look) == {State.CHANGED: 1, State.INVALID: 1}
    assert "与第 2 行是同一条记录" in faults(look)[0]


@pytest.mark.parametrize("number", ["A-1", ""])
def test_a_new_record_that_stands_twice_is_told(ledger: Ledger, number: str) -> None:
    row = f"{number}\t走廊灯不亮\t2026-03-01"
    other = "\t走廊灯不亮\t2026-03-01\t二楼"

    look = pasted(ledger, f"编号\t问题\t发现日期\t地点\n{row}\n{row}\n{other}", "finding")

    assert counts(look) == {State.NEW: 2, State.INVALID: 1}
    assert faults(look) == ["粘贴 第 3 行：与第 2 行是同一条记录，没有再读"]


def test_units_are_known_by_name_and_alias(ledger: Ledger) -> None:
    other = Unit(
        unit=OWN.code, code="350783", name="建瓯市委办公室", title="建瓯", aliases=("建欧市委办",)
    )
    ledger.save(other)

    look = pasted(
        ledger, "标题\t填报单位\t提出日期\n甲\t建欧市委办\t2026\n乙\t没有这个\t2026\n", "finding"
    )

    assert [row.unit for row in look.preview.of(State.NEW)] == ["350783"]
    assert "台账中没有「没有这个」这个单位" in faults(look)[0]


def test_rows_inside_a_record_keep_what_the_table_does_not_say(ledger: Ledger) -> None:
    clauses = (Clause(key="a", text="态度和蔼", standard="微笑"), Clause(key="b", text="答复及时"))
    made = ledger.save(Pledge(unit=OWN.code, title="四心", clauses=clauses)).record
    text = f'编号\t标题\t承诺条款\n{made.number}\t四心\t"1. 态度和蔼\n2. 上门服务"\n'

    look = pasted(ledger, text, "pledge")

    take(ledger, look)
    (now,) = ledger.records("pledge")
    assert isinstance(now, Pledge)
    assert [(one.text, one.standard) for one in now.clauses] == [
        ("态度和蔼", "微笑"),
        ("上门服务", ""),
    ]
    assert now.clauses[0].key == "a"


def test_a_layout_that_was_set_once_is_read_so_again(ledger: Ledger) -> None:
    text = "名目\t问题描述\t提出日期\t经办\n甲\t灯不亮\t2026-03-01\t张三\n"
    (sheet,) = pasted(ledger, text).sheets
    chosen = sheet.head.chosen("finding", {0: "tags", 1: "title", 2: "raised_on"}, many_lines=False)
    keep_head(ledger, chosen)

    (row,) = pasted(ledger, text).preview.of(State.NEW)

    assert isinstance(row.record, Finding)
    assert (row.record.title, row.record.tags, row.record.description) == ("灯不亮", ("甲",), "")


def test_our_own_report_comes_back_as_it_went(tmp_path: Path) -> None:
    path = tmp_path / "示例.sytz"
    make_sample(path)
    with Ledger.open(path) as ledger:
        export_report(ledger, tmp_path / "上报.xlsx")

        look = look_at(ledger, tmp_path / "上报.xlsx")

        total = sum(1 for kind in REPORTED for _one in ledger.records(kind))
        assert counts(look) == {State.UNCHANGED: total}
        assert look.preview.notes == ()


def test_a_row_that_was_edited_in_our_report_comes_back_as_a_change(tmp_path: Path) -> None:
    path, out = tmp_path / "示例.sytz", tmp_path / "上报.xlsx"
    make_sample(path)
    with Ledger.open(path) as ledger:
        export_report(ledger, out)
        book = load_workbook(out)
        page = book["制度"]
        header = [cell.value for cell in page[3]]
        page.cell(5, header.index("责任人") + 1).value = "王五"
        book.save(out)

        look = look_at(ledger, out)

        (row,) = look.preview.of(State.CHANGED)
        assert [(one.part.key, one.theirs) for one in row.changes] == [("person", "王五")]
        take(ledger, look)
        assert "王五" in {one.person for one in ledger.records("rule")}


def test_a_file_without_a_table_of_records_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Unsupported, match="请检查表头"):
        pasted(ledger, "车牌\t里程\n闽B12345\t3\n")


def test_a_reader_that_cancels_stops_it(ledger: Ledger, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        look_at(ledger, workbook(tmp_path / "台账.xlsx"), progress=stop)


def test_a_record_in_the_recycle_bin_is_not_made_anew(ledger: Ledger) -> None:
    made = ledger.save(Finding(unit=OWN.code, title="灯不亮")).record
    ledger.delete([made.id])

    look = pasted(
        ledger, f"记录标识\t编号\t标题\t责任人\n{made.id}\t{made.number}\t灯不亮\t张三\n", "finding"
    )

    assert "在回收站里" in faults(look)[0]


def test_confidential_marks_are_not_touched(ledger: Ledger) -> None:
    made: Record = ledger.save(
        Finding(unit=OWN.code, title="灯不亮", confidential="internal")
    ).record

    look = pasted(ledger, f"编号\t标题\t责任人\n{made.number}\t灯不亮\t张三\n", "finding")

    take(ledger, look)
    (now,) = findings(ledger)
    assert (now.confidential, now.person) == ("internal", "张三")
    assert replace(now, person="", revision=1, updated_at=made.updated_at) == made
