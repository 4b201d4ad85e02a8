"""A clerk's own table becomes a list: its header is understood, what is no entry is told apart."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from sanyou_desktop.exchange.errors import ExchangeError, FileBusy, NotAList, TooLarge
from sanyou_desktop.exchange.scheme_files import Read, read_schemes, write_scheme
from sanyou_desktop.exchange.shipped_schemes import shipped_schemes
from sanyou_desktop.model.scheme import Entry, Scheme
from sanyou_desktop.wording import use_language
from tests.exchange.schemes.test_scheme_json import schemes

Grid = list[list[Any]]


def workbook(path: Path, **sheets: Grid) -> Path:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, grid in sheets.items():
        page = book.create_sheet(name)
        for row in grid:
            page.append(row)
    book.save(path)
    return path


def read(path: Path) -> Read:
    (found,) = read_schemes(path, "u")
    return found


def texts(scheme: Scheme) -> list[str]:
    return [entry.text for entry in scheme.entries]


def test_a_checklist_with_scores(tmp_path: Path) -> None:
    grid: Grid = [
        ["机关食堂检查表"],
        ["填报单位：", None, None, "日期：2026-03-01"],
        ["序号", "检查项目", "标 准", "满分（分）", "每处扣分", "一票否决", "得分"],
        [1, "食品留样", "48小时", 20, 2.5, None, None],
        [2, "持证上岗", "人人持证", "10分", "5 分", "★", None],
        [3, "台面清洁", None, 10, 1, "否", None],
        ["合计", None, None, 40, None, None, None],
        ["注：扣完为止。"],
        ["检查人：", None, None, None, None, None, None],
    ]
    found = read(workbook(tmp_path / "a.xlsx", Sheet1=grid))
    scheme = found.scheme
    assert scheme.title == "机关食堂检查表"
    assert texts(scheme) == ["食品留样", "持证上岗", "台面清洁"]
    assert [entry.full_score for entry in scheme.entries] == [20, 10, 10]
    assert [entry.deduction for entry in scheme.entries] == [Decimal("2.5"), 5, 1]
    assert [entry.veto for entry in scheme.entries] == [False, True, False]
    assert found.left_out == (
        "合计、说明等 3 行没有读入（第 7、8、9 行）",
        "没有用到的列：得分",
    )


def test_columns_under_no_header_are_named_by_their_letters_if_they_hold_anything(
    tmp_path: Path,
) -> None:
    grid: Grid = [
        ["检查内容", " ", None, "标准", None, None],
        ["食品留样", "上次不合格", None, "48小时", None, None],
        ["持证上岗", None, None, "人人持证", None, "张三负责"],
        ["合计", None, "不算", None, None, None],
        ["检查内容", " ", None, "标准", None, None],
        ["台面清洁", None, None, None, None, " "],
    ]
    grid[1] += [None] * 21 + ["远处"]
    for found in (
        read(workbook(tmp_path / "a.xlsx", Sheet1=grid)),
        read(_as_csv(tmp_path / "a.csv", grid)),
    ):
        assert texts(found.scheme) == ["食品留样", "持证上岗", "台面清洁"]
        assert found.left_out == (
            "合计、说明等 1 行没有读入（第 4 行）",
            "B、F、AB 列没有表头，其中的内容没有读入",
        )


def _as_csv(path: Path, grid: Grid) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(grid)
    return path


def test_a_row_that_says_something_of_no_entry_is_told(tmp_path: Path) -> None:
    grid: Grid = [
        ["序号", "检查内容", "分值"],
        [1, "食品留样", 10],
        [2, None, 20],
        [3, None, None],
    ]
    found = read(workbook(tmp_path / "a.xlsx", Sheet1=grid))
    assert texts(found.scheme) == ["食品留样"]
    assert found.left_out == ("合计、说明等 1 行没有读入（第 3 行）",)


def test_each_sheet_is_a_list_named_by_the_sheet(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "清单.xlsx",
        说明=[["本表由办公室汇总", "请勿改动"]],
        三查三落实=[["检查内容", "落实"], ["查工作质量", "落实工作制度"]],
        四心=[["承诺事项", "办理时限"], ["以耐心消烦心", "当日"], ["以公心赢民心", None]],
    )
    pairs, hearts = read_schemes(path, "u")
    assert (pairs.scheme.title, pairs.where) == ("三查三落实", "清单.xlsx，三查三落实")
    assert pairs.scheme.entries[0].follow_through == "落实工作制度"
    assert (hearts.scheme.title, hearts.scheme.entries[0].time_limit) == ("四心", "当日")


def test_what_an_entry_belongs_to_stays_with_it(tmp_path: Path) -> None:
    grid: Grid = [
        ["检查项目", "检查内容", "标准"],
        ["车辆", "出车登记", "逐次"],
        [None, "定点维修", "有单"],
        ["食堂", "留样", "48小时"],
        [None, None, "冷藏"],
    ]
    scheme = read(workbook(tmp_path / "a.xlsx", Sheet1=grid)).scheme
    assert texts(scheme) == ["车辆：出车登记", "车辆：定点维修", "食堂：留样", "食堂：留样"]
    assert scheme.title == "a"


def test_one_column_alone_needs_no_header(tmp_path: Path) -> None:
    path = tmp_path / "勤严和忍.csv"
    path.write_text("勤\n严\n\n和\n忍\n", "utf-8")
    scheme = read(path).scheme
    assert (scheme.title, texts(scheme)) == ("勤严和忍", ["勤", "严", "和", "忍"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_of_any_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "八个不让.csv"
    text = io.StringIO()
    rows = [["内容", "目标值"], ["不让差错，发生", "0"], ["=1+1", ""], ["a\nb", "0"]]
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    scheme = read(path).scheme
    assert texts(scheme) == ["不让差错，发生", "=1+1", "a b"]
    assert [entry.target for entry in scheme.entries] == [0, None, 0]


@pytest.mark.parametrize("number", range(17))
def test_what_we_write_is_read_by_others(tmp_path: Path, number: int) -> None:
    scheme = shipped_schemes("u")[number]
    path = tmp_path / "a.xlsx"
    write_scheme(scheme, path)
    book = CalamineWorkbook.from_path(str(path))
    grid = book.get_sheet_by_index(0).to_python()
    header = next(place for place, row in enumerate(grid) if row[0] == "序号")
    assert book.sheet_names == [scheme.title]
    assert grid[0][0] == scheme.title
    assert [row[1] for row in grid[header + 1 :]] == [
        entry.text or "（待补充）" for entry in scheme.entries
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(schemes())
def test_our_table_comes_back(tmp_path: Path, scheme: Scheme) -> None:
    path = tmp_path / "a.xlsx"
    write_scheme(scheme, path)
    if not scheme.entries:
        with pytest.raises(NotAList):
            read(path)
        return
    back = read(path).scheme
    assert list(map(content, back.entries)) == list(map(content, scheme.entries))
    assert (back.source, back.use, back.announced_count, back.purpose) == (
        scheme.source,
        scheme.use,
        scheme.announced_count,
        scheme.purpose,
    )


def content(entry: Entry) -> tuple[object, ...]:
    """Return everything of an entry but its key, which a table does not keep."""
    return (
        entry.text,
        entry.follow_through,
        entry.standard,
        entry.time_limit,
        entry.target,
        entry.full_score,
        entry.deduction,
        entry.veto,
    )


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    bad = ["=1+1", "+86", "@SUM(A1)", "-无", "{=A1}", "http://a"]
    entries = tuple(Entry(key=str(place), text=text) for place, text in enumerate(bad))
    write_scheme(Scheme(title="=清单", source="=A1", entries=entries), path)
    page = load_workbook(path).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    scheme = read(path).scheme
    assert (scheme.title, scheme.source, texts(scheme)) == ("=清单", "=A1", bad)


def test_a_table_is_chinese_whatever_the_window_speaks(tmp_path: Path) -> None:
    use_language("en")
    try:
        write_scheme(shipped_schemes("u")[0], tmp_path / "a.xlsx")
        assert read(tmp_path / "a.xlsx").scheme.use == "inspection"
    finally:
        use_language("zh_CN")
    assert read(tmp_path / "a.xlsx").scheme.use == "inspection"


@pytest.mark.parametrize(
    ("grid", "told"),
    [
        ([["姓名", "电话"], ["张三", "1"]], "没有找到清单"),
        ([["内容"], []], "没有找到清单"),
        ([], "没有找到清单"),
        ([["内容", "满分"], ["a", "十分"]], "B2（满分）"),
        ([["内容", "满分"], ["a", 5], [], ["b", -1]], "B4（满分）"),
        ([["内容", "满分", "扣分"], ["a", 5, 6]], "C2（每处扣分）"),
        ([["内容", "一票否决"], ["a", "看情况"]], "B2（一票否决）"),
        ([["公布项数：1"], ["内容", "标准"], ["a", "x"], ["b", "y"]], "多于公布的 1 项"),
        ([["内容", "标准"], *([f"第{row}项", "x"] for row in range(2001))], "最多 2000 行"),
    ],
)
def test_a_bad_table_is_refused_with_the_cell(tmp_path: Path, grid: Grid, told: str) -> None:
    path = workbook(tmp_path / "坏.xlsx", Sheet1=grid)
    before = path.read_bytes()
    with pytest.raises(ExchangeError) as caught:
        read_schemes(path, "u")
    assert told in str(caught.value)
    assert "没有读入" in str(caught.value)
    assert path.read_bytes() == before


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["A2"], page["XFD1048576"] = "内容", "查服务", "远"
    book.save(path)
    assert texts(read(path).scheme) == ["查服务"]


def test_too_long_a_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("内容\n" + "查服务\n" * 6000, "utf-8")
    with pytest.raises(TooLarge, match="2000"):
        read_schemes(path, "u")


def test_a_report_is_no_list(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", 检查=[["检查项目"], ["a"]], _meta=[["x"]])
    with pytest.raises(NotAList, match="上报工作簿"):
        read_schemes(path, "u")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(ExchangeError):
        read_schemes(path, "u")


def test_a_table_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    (tmp_path / ".~lock.a.xlsx#").write_text(",王五,,,;", "utf-8")
    with pytest.raises(FileBusy, match="王五"):
        write_scheme(shipped_schemes("u")[0], path)
    assert path.read_bytes() == b"old"
