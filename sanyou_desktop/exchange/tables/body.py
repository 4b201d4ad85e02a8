"""The rows of a table that are records, and those that are not: totals, notes, headers again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanyou_desktop.exchange.scheme_headers import BELOW, EXAMPLE, TOTALS, Line, tidy
from sanyou_desktop.exchange.tables.cell_looks import ERRORS
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.model.fields import Choice, Choices
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

# 共 53 条, 零报告: what our own sheets, and others, close with.
_CLOSING = re.compile(r"\s*(共|合计|总计|零报告|以上)\s*\d*\s*(条|项|件|个)?")
# 以上问题由办公室跟踪督办。
_OF_ALL = re.compile(r"\s*(以上|本表|此表)")
_FEW_CELLS = 2


@dataclass(frozen=True)
class Passed:
    """A row that is no record, and why it is passed over."""

    number: int
    reason: str


def passed_over(grid: Grid, head: Head) -> Iterator[tuple[Line, str]]:
    """Yield the rows below the header, each with why it is none of the table's own, else ""."""
    header = _header(grid, head)
    titled = {column for column, source in head.fields.items() if source == head.titled_by}
    for line in grid.spread():
        if line.number <= head.last:
            continue
        yield line, _reason(line, header, titled, head)


def _header(grid: Grid, head: Head) -> Mapping[int, str]:
    cells: dict[int, str] = {}
    for line in grid.lines:
        if head.first <= line.number <= head.last:
            cells |= {column: tidy(text) for column, text in line.cells.items()}
    return cells


def _reason(line: Line, header: Mapping[int, str], titled: set[int], head: Head) -> str:
    read = [column for column in line.cells if column in head.sources]
    first = next(iter(sorted(line.cells.items())))[1]
    begins = [tidy(text) for _column, text in sorted(line.cells.items())[:_FEW_CELLS]]
    if any(text in TOTALS for text in begins):
        return _("合计行")
    if any(EXAMPLE.fullmatch(text) for text in begins):
        return _("填写示例")
    if all(header.get(column, "") == tidy(text) for column, text in line.cells.items()):
        return _("重复的表头")
    if titled.isdisjoint(read) and (BELOW.match(first) or _CLOSING.match(first)):
        return _("说明或签字")
    if len(line.cells) == 1 and (BELOW.match(first) or _OF_ALL.match(first)):
        return _("说明或签字")
    return ""


def nothing_to_read(line: Line, head: Head) -> str:
    """Return why nothing of a row can be read, "" if something can."""
    read = [column for column in line.cells if column in head.sources]
    said = [column for column in read if column in head.fields]
    if not said or (len(said) == 1 and _only_sets_apart(head, said[0])):
        return _("没有可读的内容")
    if all(line.cells[column].strip() in ERRORS for column in read if column in head.fields):
        return _("只有出错的公式")
    if len(line.cells) == 1 and head.fields.get(read[0]) == "number":
        return _("说明或签字")
    return ""


def _only_sets_apart(head: Head, column: int) -> bool:
    """Tell a column that says what sort of record a row is for, and nothing of one: 类别."""
    declared = kind_of(head.kind).fields.get(head.fields[column])
    return isinstance(declared, Choice | Choices)
