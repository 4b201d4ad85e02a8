"""Records written over several lines: merged over them, blank beneath, or said again in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.exchange.tables.importing import (
    FileLook,
    Wanted,
    keep_head,
    look_at,
    look_at_grids,
)
from sanyou_desktop.exchange.tables.reading import grid_of_text
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit
from tests.exchange.tables.clerk import Cells, take, workbook

OWN = Unit(code="350300", name="莆田市机关事务管理局")
CHECK = ("序号", "检查日期", "受检部门", "检查项目", "标准", "满分", "得分", "备注")
CHECKED: tuple[Cells, ...] = (
    CHECK,
    (1, "2026-03-01", "食堂", "地面干净", "无积水", 10, 8, None),
    (None, None, None, "生熟分开", "分架存放", 10, 10, "标签旧"),
    (None, None, None, "留样", "48 小时", 5, 5, None),
    (2, "2026-03-02", "车队", "车容整洁", "每日清洗", 10, 9, None),
    (None, None, None, "出车登记", "一车一记", 10, 10, None),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        yield ledger


def pasted(ledger: Ledger, rows: Sequence[Cells], wanted: Wanted | None = None) -> FileLook:
    text = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
    return look_at_grids(ledger, [grid_of_text(text)], "粘贴", wanted)


def inspections(ledger: Ledger) -> list[Inspection]:
    return [one for one in ledger.records("inspection") if isinstance(one, Inspection)]


def faults(look: FileLook) -> list[str]:
    return [str(fault) for row in look.preview.rows for fault in row.faults]


def merged(path: Path, rows: Sequence[Cells], *areas: str) -> Path:
    book = load_workbook(workbook(path, rows))
    for area in areas:
        book["台账"].merge_cells(area)
    book.save(path)
    return path


def told(one: Inspection) -> list[tuple[str, str, str]]:
    return [(item.item, str(item.score), item.remark) for item in one.items]


def test_lines_with_blank_columns_of_the_record_add_items_to_it(ledger: Ledger) -> None:
    look = pasted(ledger, CHECKED)

    assert look.preview.counts == {State.NEW: 2}
    take(ledger, look)
    canteen, cars = inspections(ledger)
    assert (canteen.title, str(canteen.inspected_on)) == ("食堂", "2026-03-01")
    assert told(canteen) == [
        ("地面干净", "8", ""),
        ("生熟分开", "10", "标签旧"),
        ("留样", "5", ""),
    ]
    assert [item.item for item in cars.items] == ["车容整洁", "出车登记"]


def test_which_lines_make_which_record_is_told(ledger: Ledger) -> None:
    preview = pasted(ledger, CHECKED).preview

    assert [row.notes for row in preview.rows] == [
        ("第 2 至 4 行是这一条记录",),
        ("第 5 至 6 行是这一条记录",),
    ]
    assert any("有 2 条记录占多行（如第 2 行至第 4 行）" in note for note in preview.notes)


def test_merged_columns_of_the_record_are_one_record(ledger: Ledger, tmp_path: Path) -> None:
    areas = [
        f"{letter}{first}:{letter}{last}" for letter in "ABC" for first, last in ((2, 4), (5, 6))
    ]
    path = merged(tmp_path / "检查.xlsx", CHECKED, *areas)

    look = look_at(ledger, path)
    take(ledger, look)

    assert [len(one.items) for one in inspections(ledger)] == [3, 2]
    assert look_at(ledger, path).preview.counts == {State.UNCHANGED: 2}


def test_columns_of_the_record_said_again_in_each_line_are_one_record(ledger: Ledger) -> None:
    rows = [
        CHECKED[0],
        *(("", *(CHECKED[1 if at < 4 else 4][1:3]), *CHECKED[at][3:]) for at in range(1, 6)),
    ]

    take(ledger, pasted(ledger, rows))

    assert [[item.item for item in one.items] for one in inspections(ledger)] == [
        ["地面干净", "生熟分开", "留样"],
        ["车容整洁", "出车登记"],
    ]


def test_a_wrong_cell_of_a_further_line_is_named_and_put_right(ledger: Ledger) -> None:
    rows = [list(row) for row in CHECKED]
    rows[3][5] = "五分半吧"
    look = pasted(ledger, rows)

    assert [fault.split("：")[0] for fault in faults(look)] == ["粘贴 F4"]
    assert "F4" in [cell.address for cell in look.cells("", 2)]
    (now,) = look.again(ledger, ("", 2), 4, {5: "5"})
    assert now.state is State.NEW


def test_a_score_that_the_deductions_contradict_is_told(ledger: Ledger) -> None:
    rows = (
        ("检查日期", "受检部门", "检查项目", "满分", "每处扣分", "处数", "得分"),
        ("2026-03-01", "食堂", "地面干净", 10, 2, 1, 8),
        (None, None, "生熟分开", 10, 2, 3, 9),
    )

    assert faults(pasted(ledger, rows)) == [
        "粘贴 G3：检查项目 第 2 行 得分：表中写的是 9，按同一行其他各格算出来是 4；"
        "请核对，改正其中一处"
    ]


def test_a_second_round_stands_beneath_the_finding(ledger: Ledger) -> None:
    rows = (
        ("存在问题", "发现时间", "整改完成时间", "整改情况", "复查结果", "复查意见"),
        ("走廊灯不亮", "2026-03-01", "2026-03-05", "换了一半", "退回", "还有一半"),
        (None, None, "2026-03-09", "全部更换", None, None),
        ("门坏", "2026-03-02", None, None, None, None),
    )
    take(ledger, pasted(ledger, rows, Wanted(kind="finding")))

    first, second = (one for one in ledger.records("finding") if isinstance(one, Finding))
    assert [one.rectification for one in first.rounds] == ["换了一半", "全部更换"]
    assert second.rounds == ()


def test_clauses_of_a_pledge_stand_line_by_line(ledger: Ledger) -> None:
    rows = (
        ("承诺名称", "责任部门", "承诺事项", "服务标准", "办理时限"),
        ("四心服务", "办公室", "接待热心", "起立让座", "当场"),
        (None, None, "办事细心", "一次告知", "3 日"),
        ("车辆保障", "车队", "准时出车", "提前 10 分钟", None),
    )
    take(ledger, pasted(ledger, rows, Wanted(kind="pledge")))

    pledges = [one for one in ledger.records("pledge") if isinstance(one, Pledge)]
    assert [[(c.text, c.time_limit) for c in one.clauses] for one in pledges] == [
        [("接待热心", "当场"), ("办事细心", "3 日")],
        [("准时出车", "")],
    ]


def test_a_department_over_several_findings_makes_them_no_one_finding(
    ledger: Ledger, tmp_path: Path
) -> None:
    rows = (
        ("责任单位", "存在问题", "发现时间", "整改情况"),
        ("物业科", "灯不亮", "2026-03-01", "已换"),
        (None, "门坏", "2026-03-02", "已修"),
    )
    look = look_at(ledger, merged(tmp_path / "表.xlsx", rows, "A2:A3"))

    assert look.preview.counts == {State.NEW: 2}
    assert [row.record and row.record.department for row in look.preview.rows] == ["物业科"] * 2


def test_a_cell_that_lists_items_is_cut_with_the_cells_beside_it(ledger: Ledger) -> None:
    rows = '检查日期\t受检部门\t检查项目\t得分\n2026-03-01\t食堂\t"1.地面\n2.留样"\t"8\n10"\n'
    rows += '2026-03-02\t车队\t"1.车容\n2.登记"\t9\n'
    look = look_at_grids(ledger, [grid_of_text(rows)], "粘贴")

    assert look.preview.counts == {State.NEW: 1, State.INVALID: 1}
    assert "这一格列了 2 项" in faults(look)[0]
    (new,) = look.preview.of(State.NEW)
    assert isinstance(new.record, Inspection)
    assert told(new.record) == [("地面", "8", ""), ("留样", "10", "")]


def test_how_many_lines_a_record_has_is_remembered_with_the_layout(ledger: Ledger) -> None:
    (sheet,) = pasted(ledger, CHECKED).sheets
    assert sheet.head.many_lines
    chosen = sheet.head.chosen("inspection", sheet.head.sources, many_lines=False)
    keep_head(ledger, chosen)

    (again,) = pasted(ledger, CHECKED).sheets

    assert isinstance(again.head, Head)
    assert not again.head.many_lines


def test_titles_of_groups_are_told_and_what_they_surely_say_is_taken(ledger: Ledger) -> None:
    rows = (
        ("序号", "活动名称", "开始日期", "情况说明"),
        ("一、优质服务", None, None, None),
        (1, "上门服务", "2026-03-01", "走访"),
        ("（一）办公室", None, None, None),
        (2, "窗口延时", "2026-03-02", "周六开"),
        ("二、基础设施", None, None, None),
        (3, "道路维修", "2026-03-03", "重铺"),
    )
    look = pasted(ledger, rows, Wanted(kind="activity"))

    assert [left.reason for left in look.preview.left_out] == [
        "分组标题：其下各条的「活动内容」记为「优质服务」",
        "分组标题：其下各条的「责任部门」记为「办公室」",
        "分组标题或说明，没有读入",
    ]
    made = [row.record for row in look.preview.rows]
    assert [(one.themes, one.department) for one in made if one] == [
        (("service",), ""), (("service",), "办公室"), ((), ""),
    ]  # fmt: skip


def test_a_list_of_numbered_titles_is_no_list_of_groups(ledger: Ledger) -> None:
    rows = (
        ("制度名称", "发文字号"),
        ("一、接待办法", None),
        ("二、用车办法", None),
        ("三、采购", "1"),
    )

    look = pasted(ledger, rows, Wanted(kind="rule"))

    assert look.preview.counts[State.NEW] >= 2
