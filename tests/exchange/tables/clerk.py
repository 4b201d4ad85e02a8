"""A table as a clerk keeps one, in every kind of file that offices send."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from sanyou_desktop.exchange.tables import importing
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.importing import Choices, FileLook
from sanyou_desktop.exchange.tables.reading import read_grids
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes

Cells = Sequence[object]
HEADERS = (
    "序号", "存在问题", "来源", "发现时间", "地点", "责任单位", "整改措施", "整改期限", "完成时间",
    "完成情况", "状态", "领导批示",
)  # fmt: skip
ROWS: tuple[Cells, ...] = (
    ("2026年问题整改台账",),
    ("填报单位：莆田市机关事务管理局",),
    HEADERS,
    (1, "走廊灯不亮", "自查自纠", date(2026, 3, 1), "一号楼", "物业科", "更换灯管", "2026.3.10",
     "2026年3月5日", "已更换", "已整改", "阅"),
    (2, "食堂地面湿滑", "群众投诉", "2026.3.2", "食堂", "膳食科", "增设防滑垫", 46100, None, None,
     "未整改", None),
    ("合计", None, None, None, None, None, None, None, None, None, "2"),
    ("注：本表每月上报。",),
)  # fmt: skip


def workbook(path: Path, rows: Iterable[Cells] = ROWS, **sheets: Iterable[Cells]) -> Path:
    """Write an .xlsx by another program: the rows, and further sheets by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet("台账")
    for row in rows:
        page.append(list(row))
    for name, more in sheets.items():
        other = book.create_sheet(name)
        for row in more:
            other.append(list(row))
    book.save(path)
    return path


def text(rows: Iterable[Cells] = ROWS, delimiter: str = ",") -> str:
    """Return the rows as comma-separated text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return out.getvalue()


def grid(path: Path) -> Grid:
    """Return the first sheet of a file."""
    return read_grids(path)[0]


def take(ledger: Ledger, look: FileLook, choices: Choices | None = None) -> Changes:
    """Import what was looked at, with what was decided."""
    rows, unfit = look.decided(choices or {})
    assert unfit == []
    return importing.take(ledger, rows, look.name)
