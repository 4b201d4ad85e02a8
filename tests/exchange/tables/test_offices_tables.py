"""Tables as offices really make them, each with what would go wrong in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.tables.importing import FileLook, Wanted, look_at, look_at_grids
from sanyou_desktop.exchange.tables.reading import grid_of_text
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from tests.exchange.tables.clerk import Cells, take, workbook

OWN = Unit(code="350300", name="莆田市机关事务管理局")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", OWN) as ledger:
        yield ledger


def pasted(ledger: Ledger, *rows: Cells, kind: str = "") -> FileLook:
    text = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
    return look_at_grids(ledger, [grid_of_text(text)], "粘贴", Wanted(kind=kind))


def merged(path: Path, rows: Sequence[Cells], areas: str) -> Path:
    book = load_workbook(workbook(path, rows))
    for area in areas.split():
        book["台账"].merge_cells(area)
    book.save(path)
    return path


def sources(look: FileLook) -> list[str]:
    (sheet,) = look.sheets
    return [item.source for item in sheet.head.columns]


def made(look: FileLook) -> list[Record]:
    return [row.record for row in look.preview.rows if row.record is not None]


def test_a_group_over_known_headers_names_none_of_its_columns(
    ledger: Ledger, tmp_path: Path
) -> None:
    rows = (
        ("序号", "受检部门", "检查情况", None, None, "检查日期"),
        (None, None, "检查内容", "评分", None, None),
        (None, None, None, "扣分", "得分", None),
        (1, "膳食科", "食堂卫生", 2, 18, "2006.7.24"),
    )
    path = merged(tmp_path / "汇总.xlsx", rows, "A1:A3 B1:B3 C1:E1 C2:C3 D2:E2 F1:F3")

    look = look_at(ledger, path)

    assert sources(look) == [
        "#number", "inspected_unit", "items.item", "", "items.score", "inspected_on",
    ]  # fmt: skip
    assert look.preview.notes == ("「台账」没有读入的列：D「检查情况 / 评分 / 扣分」",)


def test_a_group_over_counts_and_rates_names_its_counts(ledger: Ledger, tmp_path: Path) -> None:
    rows = (
        ("测评时间：2006年6月",),
        ("测评对象", "发出票数", "很满意", None, "满意", None),
        (None, None, "票数", "%", "票数", "%"),
        ("干部", 120, 60, 0.5, 40, 0.33),
    )
    look = look_at(ledger, merged(tmp_path / "测评.xlsx", rows, "A2:A3 B2:B3 C2:D2 E2:F2"))

    assert sources(look) == [
        "respondents", "distributed", "very_satisfied", "", "satisfied", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "value", "qualifier"),
    [
        ("140.5", "1405000", "exact"),
        ("200多", "2000000", "over"),
        ("约1.2", "12000", "about"),
        ("１２左右", "120000", "about"),
        ("50+", "500000", "over"),
        ("12,000元", "12000", "exact"),
        ("3万", "30000", "exact"),
    ],
)
def test_a_sum_in_a_column_of_ten_thousands_is_so_many_times_as_much(
    ledger: Ledger, written: str, value: str, qualifier: str
) -> None:
    (one,) = made(
        pasted(ledger, ("活动名称", "活动时间", "经费（万元）"), ("改造", "2006.7", written))
    )

    assert isinstance(one, Activity)
    assert one.amount is not None
    assert (one.amount.value, one.amount.qualifier) == (Decimal(value), qualifier)


def test_a_day_of_completion_is_no_day_of_beginning(ledger: Ledger) -> None:
    rows = (("项目名称", "投入金额", "完成时间"), ("改造", 5, "2006.7"))

    assert sources(pasted(ledger, *rows, kind="activity"))[2] == "ended_on"


def test_a_date_alone_is_the_day_of_the_record(ledger: Ledger) -> None:
    rows = (("日期", "活动名称", "活动内容", "地点"), ("2006.5.9", "动员会", "学习方案", "三楼"))
    look = pasted(ledger, *rows)

    assert sources(look) == ["started_on", "title", "narrative", ""]
    themed = (
        ("日期", "活动名称", "活动内容", "情况说明"),
        ("2006.5.9", "动员会", "优质服务", "好"),
    )
    assert sources(pasted(ledger, *themed)) == ["started_on", "title", "themes", "narrative"]


def test_a_sentence_about_the_table_is_no_record(ledger: Ledger) -> None:
    look = pasted(
        ledger,
        ("序号", "存在问题", "发现时间"),
        (1, "灯坏", "2006.7.1"),
        ("", "以上问题由办公室跟踪督办。", ""),
    )

    assert look.preview.counts == {State.NEW: 1}
    assert [left.reason for left in look.preview.left_out] == ["说明或签字"]


def test_a_column_that_is_computed_here_is_told_to_be_left_out(ledger: Ledger) -> None:
    look = pasted(ledger, ("存在问题", "发现时间", "是否销号"), ("灯坏", "2006.7.1", "是"))

    assert look.preview.notes == ("没有读入的列：C「是否销号」",)


def test_a_check_sheet_is_one_inspection_with_what_stands_over_it(ledger: Ledger) -> None:
    look = pasted(
        ledger,
        ("“五查”检查记录",),
        ("检查日期：2006年7月24日　检查人：张三、李四",),
        ("检查项目", "检查标准", "满分", "每处扣分", "处数", "得分"),
        ("查思想", "认识到位", 20, 2, 1, 18),
        ("查纪律", "无违纪", 20, 5, 0, 20),
        ("合计", "", 40, "", "", 38),
    )

    (one,) = made(look)
    assert isinstance(one, Inspection)
    assert (one.title, str(one.inspected_on), one.inspectors) == (
        "“五查”检查记录",
        "2006-07-24",
        ("张三", "李四"),
    )
    assert [item.item for item in one.items] == ["查思想", "查纪律"]
    assert any("检查日期 2006年7月24日" in note for note in look.preview.notes)


def test_quantities_stand_beside_what_they_count(ledger: Ledger) -> None:
    look = pasted(
        ledger,
        ("活动名称", "开始日期", "名目", "数量"),
        ("车辆保障", "2006.7", "派车", "283辆次"),
        ("", "", "行程", "约3万公里"),
    )

    (one,) = made(look)
    assert isinstance(one, Activity)
    assert [(f.label, f.quantity and f.quantity.value) for f in one.quantities] == [
        ("派车", Decimal(283)), ("行程", Decimal(30000)),
    ]  # fmt: skip


def test_a_reply_beneath_merged_columns_is_that_of_the_finding(
    ledger: Ledger, tmp_path: Path
) -> None:
    rows = (
        ("编号", "问题描述", "提出日期", "整改人", "整改完成日期", "整改情况", "复查人", "复查结论",
         "复查意见", "回音内容", "状态"),
        ("W-1", "灯不亮", "2006-07-01", "张三", "2006-07-03", "换一半", "李四", "退回", "还有两盏",
         None, "已销号"),
        (None, None, None, "张三", "2006-07-06", "全换", "李四", "通过", None, "已告知", None),
    )  # fmt: skip
    path = merged(tmp_path / "复查.xlsx", rows, "A2:A3 B2:B3 C2:C3 K2:K3")

    look = look_at(ledger, path)

    (one,) = made(look)
    assert isinstance(one, Finding)
    assert [round_.verdict for round_ in one.rounds] == ["failed", "passed"]
    assert (one.reply, one.status) == ("已告知", "closed")
    take(ledger, look)
    assert look_at(ledger, path).preview.counts == {State.UNCHANGED: 1}


def test_several_measures_of_one_problem_stay_together(ledger: Ledger, tmp_path: Path) -> None:
    rows = (
        ("存在问题", "整改措施", "责任部门", "整改时限", "整改情况"),
        ("停车难", "1.划线", "车队", "2006年9月", "已划线"),
        (None, "2.限号", "车队", "2006年9月", "已限号"),
    )
    path = merged(tmp_path / "措施.xlsx", rows, "A2:A3")
    look = look_at(ledger, path)

    (one,) = made(look)
    assert isinstance(one, Finding)
    assert one.measure == "1.划线\n2.限号"
    assert [round_.rectification for round_ in one.rounds] == ["已划线；已限号"]
    take(ledger, look)
    assert look_at(ledger, path).preview.counts == {State.UNCHANGED: 1}


def test_a_line_that_says_otherwise_than_its_record_is_told(ledger: Ledger, tmp_path: Path) -> None:
    rows = (
        ("存在问题", "整改措施", "责任部门", "整改情况"),
        ("停车难", "1.划线", "车队", "已划线"),
        (None, "2.限号", "保卫科", "已限号"),
    )
    look = look_at(ledger, merged(tmp_path / "措施.xlsx", rows, "A2:A3"))

    (row,) = look.preview.rows
    assert [str(fault) for fault in row.faults] == [
        "措施.xlsx 台账 C3：责任部门：这一行并入了第 2 行的记录，却另写着「保卫科」；请改成一致，"
        "或不勾「一条记录占多行」，让每行成为一条"
    ]
    (now,) = look.again(ledger, ("台账", 2), 3, {2: "车队"})
    assert now.state is State.NEW


def test_an_hour_behind_a_day_is_no_part_of_it(ledger: Ledger) -> None:
    rows = [("存在问题", "发现时间")]
    rows += [
        (f"问题{at}", day) for at, day in enumerate(("2006年7月24日上午", "2006.7.24 9时30分"))
    ]

    found = made(pasted(ledger, *rows))

    assert [str(one.raised_on) for one in found if isinstance(one, Finding)] == ["2006-07-24"] * 2


@pytest.mark.parametrize("written", ["06/7/24", "06年7月24日", "’06.7.24", "06-7"])
def test_a_year_of_two_digits_is_not_guessed_and_the_clerk_told_so(
    ledger: Ledger, written: str
) -> None:
    look = pasted(ledger, ("存在问题", "发现时间"), ("灯坏", written))

    (row,) = look.preview.rows
    assert [str(fault) for fault in row.faults] == [
        f"粘贴 B2：提出日期：「{written}」的年份只有两位，请写成四位，如 2026-03-01"
    ]
