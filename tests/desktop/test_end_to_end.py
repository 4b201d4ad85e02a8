"""The main job, through the real window: type, save, close, reopen, find, export, share twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.unit import Unit
from tests.desktop.clerk import Clerk

OWN = Unit(code="350300-01", name="莆田市机关事务管理局")


@dataclass(frozen=True)
class Case:
    """One record as a clerk types it, and by what it is found again."""

    kind: str
    texts: dict[str, str]
    rows_key: str
    rows: str
    find: str
    expected: dict[str, str]
    first_cells: list[str] = field(default_factory=list)


CASES = (
    Case(
        "pledge",
        {
            "title": "会议服务零差错承诺",
            "audience": "各厅局办公室",
            "department": "会务科",
            "status": "已公示",
            "statement": "=会前三查、会中三看\n会后三清，𠮷日亦然 🙂",
        },
        "clauses",
        "会标文字零差错\t逐字核对\t会前一日\n茶水及时\t每二十分钟一次\t会议期间\n",
        "差错",
        {"标题": "会议服务零差错承诺", "承诺对象": "各厅局办公室", "状态": "已公示"},
        ["会标文字零差错", "茶水及时"],
    ),
    Case(
        "rule",
        {
            "title": "机关车辆派遣管理规定",
            "doc_number": "莆机管〔2026〕3号",
            "status": "现行有效",
            "issued_on": "2026-3-5",
            "text": "第一条 公务用车统一调度。\n第二条 节假日封存停驶。",
        },
        "",
        "",
        "派遣",
        {"标题": "机关车辆派遣管理规定", "发文字号": "莆机管〔2026〕3号"},
    ),
    Case(
        "inspection",
        {
            "title": "二季度办公区环境检查",
            "inspected_on": "2026-06-30",
            "place": "一号楼及地下车库",
            "conclusion": "总体整洁，楼道堆物须清理。",
        },
        "items",
        "楼道\t每日清扫\t无堆物\t20\n车库\t每周冲洗\t无积水\t10\n",
        "环境",
        {"标题": "二季度办公区环境检查", "检查地点": "一号楼及地下车库"},
        ["楼道", "车库"],
    ),
)


def calamine_row(path: Path, sheet: str) -> dict[str, str]:
    """Return the one record of a sheet by header, as a reader that did not write it sees it."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    header = next(at for at, row in enumerate(rows) if "记录标识" in row)
    filled = [row for row in rows[header + 1 :] if row[rows[header].index("记录标识")]]
    assert len(filled) == 1
    return {str(name): str(cell) for name, cell in zip(rows[header], filled[0], strict=True)}


def openpyxl_row(path: Path, sheet: str) -> dict[str, str]:
    book = openpyxl.load_workbook(path)
    rows = list(book[sheet].iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if "记录标识" in row)
    filled = [row for row in rows[header + 1 :] if row[rows[header].index("记录标识")]]
    assert len(filled) == 1
    pairs = zip(rows[header], filled[0], strict=True)
    return {str(name): "" if cell is None else str(cell) for name, cell in pairs}


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Clerk]:
    made = Clerk(qtbot, qapp, tmp_path / "settings.ini")
    yield made
    made.leave()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported:UserWarning")
def test_a_record_from_typing_to_both_workbooks(case: Case, clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "莆田台账.sytz"
    Ledger.create(path, OWN).close()
    clerk.open(path)
    form = clerk.new(case.kind)
    clerk.fill(form, case.texts)
    if case.rows_key:
        clerk.paste_rows(form, case.rows_key, case.rows)
    clerk.save(form)
    clerk.close()

    clerk.open(path)
    page = clerk.find(case.kind, case.find)
    assert page.list.total == 1
    assert page.list.model.index(0, 1).data() == case.texts["title"]
    report, shared = tmp_path / "上报.xlsx", tmp_path / "共享.xlsx"
    clerk.export(report)
    first = clerk.share(shared)
    assert "新增 1" in first
    once = shared.read_bytes()
    second = clerk.share(shared)
    assert "没有变化" in second
    assert shared.read_bytes() == once
    clerk.close()

    sheet = kind_of(case.kind).title
    for workbook in (report, shared):
        seen = calamine_row(workbook, sheet)
        assert case.expected.items() <= seen.items()
        assert seen["所属单位代码"] == OWN.code
        whole = "\n".join(seen.values())
        assert all(cell in whole for cell in case.first_cells)
        other = openpyxl_row(workbook, sheet)
        assert case.expected.items() <= other.items()
        assert other["记录标识"] == seen["记录标识"]

    with Ledger.open(path, read_only=True) as ledger:
        (stored,) = ledger.records(case.kind)
        written = stored.to_json()
        assert stored.id == seen["记录标识"]
        assert written["title"] == case.texts["title"]
        for key in ("statement", "text", "conclusion"):
            if key in case.texts:
                assert written[key] == case.texts[key]
        rows = written[case.rows_key] if case.rows_key else []
        assert isinstance(rows, list)
        assert len(rows) == len(case.first_cells)
        assert ledger.verify() == []
