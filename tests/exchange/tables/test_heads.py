"""Headers are found by the words of offices, wherever and however they stand."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.exchange.tables.heads import find_head
from sanyou_desktop.exchange.tables.reading import grid_of_text
from tests.exchange.tables.clerk import grid, workbook


def test_a_clerks_headers_are_known(tmp_path: Path) -> None:
    head = find_head(grid(workbook(tmp_path / "台账.xlsx")))

    assert head is not None
    assert (head.kind, head.first, head.last) == ("finding", 3, 3)
    assert head.sources == {
        0: "#number", 1: "description", 2: "source", 3: "raised_on", 4: "place", 5: "department",
        6: "measure", 7: "due_on", 8: "rounds.rectified_on", 9: "rounds.rectification",
        10: "status",
    }  # fmt: skip
    assert [(item.letter, item.title) for item in head.unused] == [("L", "领导批示")]


def test_headers_of_two_rows_are_read_together(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["序号", "问题描述", "整改", None, "责任人"],
        [None, None, "整改措施", "整改时限", None],
        [1, "灯不亮", "更换", "2026-03-01", "张三"],
    ]
    path = workbook(tmp_path / "两行.xlsx", rows)
    book = load_workbook(path)
    for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        book["台账"].merge_cells(area)
    book.save(path)

    head = find_head(grid(path))

    assert head is not None
    assert (head.first, head.last) == (1, 2)
    assert head.sources == {
        0: "#number", 1: "description", 2: "measure", 3: "due_on", 4: "person",
    }  # fmt: skip
    assert head.columns[2].title == "整改 / 整改措施"


def test_the_kind_is_known_by_its_headers() -> None:
    for kind, headers in {
        "rule": "制度名称\t文号\t文种\t印发日期\t施行日期",
        "pledge": "标题\t服务对象\t承诺内容\t公示日期",
        "survey": "标题\t测评日期\t发出份数\t收回份数\t很满意",
        "activity": "标题\t开始日期\t参加人员\t金额（元）\t成效",
        "inspection": "标题\t检查日期\t检查人员\t受检部门\t检查结论",
    }.items():
        head = find_head(grid_of_text(headers + "\n" + "a\tb\tc\td\n"))
        assert head is not None, kind
        assert head.kind == kind


def test_two_columns_of_one_name_are_one_field() -> None:
    head = find_head(grid_of_text("标题\t整改措施\t整改措施\t整改时限\n"), "finding")

    assert head is not None
    assert list(head.sources.values()).count("measure") == 1
    assert [item.letter for item in head.unused] == ["C"]


def test_a_sheet_of_other_things_has_no_header() -> None:
    assert find_head(grid_of_text("车牌\t里程\t油耗\n闽B12345\t3\t4\n")) is None
    assert find_head(grid_of_text("各科室：\n请于周五前报送。\n")) is None


def test_our_own_identity_is_known() -> None:
    head = find_head(grid_of_text("编号\t标题\t问题描述\t所属单位代码\t记录标识\n"))

    assert head is not None
    assert ID in head.sources.values()
