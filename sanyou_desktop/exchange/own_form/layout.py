"""Where a superior's form wants to be filled: its sheet, the rows of its table, the lines above.

A form is read as it was sent: a header of one or more rows, the rows to fill below it, then totals,
notes and signatures. What stands there already is somebody's and is never written over unasked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sanyou_desktop.exchange.cells import address_of
from sanyou_desktop.exchange.markup import attributes, start_tag
from sanyou_desktop.exchange.scheme_headers import BELOW, TOTALS, tidy
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.fields import Field
from sanyou_desktop.model.kinds import kind_of

# Columns and cells that no field of a record fills.
NUMBER, UNIT_NAME, UNIT_CODE, TODAY, PERIOD = "#number", "#unit_name", "#unit", "#today", "#period"
_LABELS_OF = {
    UNIT_NAME: ("填报单位", "所属单位", "单位名称", "单位", "报送单位", "上报单位", "填表单位"),
    UNIT_CODE: ("单位代码", "所属单位代码", "机构代码", "统一社会信用代码"),
    TODAY: ("填报日期", "填表日期", "报送日期", "上报日期", "日期", "填报时间"),
    PERIOD: ("填报期间", "报告期", "统计期间", "期间", "所属期"),
}
# The unit stands in columns of its own; the mark keeps a record from leaving at all.
_OURS = frozenset({"id", "unit", "confidential", "attachments"})
LABELS = {label: source for source, labels in _LABELS_OF.items() for label in labels}
_LABELLED = re.compile(
    r"\s*([^：:\s（(]{2,10})\s*(?:[（(][^）)]*[）)])?\s*[：:]\s*(.*?)\s*", re.DOTALL
)


def fillable_fields(kind: str) -> dict[str, Field[Any]]:
    """Return the fields of a kind that a form may ask for."""
    declared = kind_of(kind).fields.items()
    return {key: item for key, item in declared if not item.read_only and key not in _OURS}


@dataclass(frozen=True)
class Layout:
    """How a sheet is filled; rows count from 1, columns from 0.

    Attributes:
        sheet: the sheet's name.
        kind: the kind of record that fills its rows.
        header_row: the last row of the headers.
        columns: what fills each column: a field's key, ``NUMBER``, ``UNIT_NAME`` or ``UNIT_CODE``.
    """

    sheet: str
    kind: str
    header_row: int
    columns: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """The rows to fill.

    Attributes:
        first: the first row below the headers.
        last: the last row that belongs to the table, at least ``first``.
        filled: rows that hold something in a column that would be filled.
        is_open: nothing stands below ``last``: more rows need no room to be made.
    """

    first: int
    last: int
    filled: tuple[int, ...]
    is_open: bool


@dataclass(frozen=True)
class LabelledCell:
    """A cell that a label above the table asks for: 填报单位：____.

    Attributes:
        row: its row, from 1.
        column: its column, from 0.
        source: what it wants: ``UNIT_NAME``, ``UNIT_CODE``, ``TODAY`` or ``PERIOD``.
        before: what stands in the cell and stays before the answer; "" where it is empty.
    """

    row: int
    column: int
    source: str
    before: str = ""


def body_of(part: Worksheet, layout: Layout) -> Body:
    """Return the rows of the table."""
    first = layout.header_row + 1
    end = 0
    filled = []
    for row in part.rows():
        if row < first:
            continue
        texts = part.texts(row)
        if _ends_table(texts):
            end = row
            break
        if any(texts.get(column, "").strip() for column in _asked(part, row, layout)):
            filled.append(row)
    if end:
        return Body(first, max(first, end - 1), tuple(filled), is_open=False)
    known = [row for row in part.rows() if row >= first]
    return Body(first, max([first, *known]), tuple(filled), is_open=True)


def _asked(part: Worksheet, row: int, layout: Layout) -> list[int]:
    """Return the columns in which something may stand that a person entered."""
    formulas = part.formulas(row)
    return [
        column
        for column, source in layout.columns.items()
        if source != NUMBER and column not in formulas
    ]


def _ends_table(texts: Mapping[int, str]) -> bool:
    """Tell a row of totals, a note or a signature from a row to fill."""
    shown = [text for _column, text in sorted(texts.items()) if text.strip()]
    if not shown:
        return False
    begins = [tidy(text) for text in shown[:2]]
    return any(text in TOTALS for text in begins) or bool(BELOW.match(shown[0]))


def labelled_cells(part: Worksheet, layout: Layout) -> list[LabelledCell]:
    """Return the cells above the table that ask for the unit, the day or the period.

    The answer goes after the label's colon, or into the next empty cell beside the label.
    """
    merged = merged_areas(part)
    found = []
    for row in part.rows():
        if row >= layout.header_row:
            break
        texts = part.texts(row)
        for column, text in texts.items():
            said = _LABELLED.fullmatch(text)
            source = LABELS.get(tidy(said.group(1) if said else text), "")
            if not source or (said and said.group(2).strip(" _—－-　")):
                continue
            if said:
                found.append(LabelledCell(row, column, source, text.rstrip(" _　")))
                continue
            beside = _after(merged, row, column)
            if not texts.get(beside, "").strip():
                found.append(LabelledCell(row, beside, source))
    return found


def _after(merged: list[tuple[int, int, int, int]], row: int, column: int) -> int:
    for top, left, bottom, right in merged:
        if top <= row <= bottom and left <= column <= right:
            return right + 1
    return column + 1


def merged_areas(part: Worksheet) -> list[tuple[int, int, int, int]]:
    """Return the merged areas: first row, first column, last row, last column."""
    found = []
    for match in start_tag(part.prefix + b"mergeCell").finditer(part.data):
        first, _colon, last = attributes(match.group(1)).get("ref", "").partition(":")
        start, end = address_of(first), address_of(last)
        if start and end:
            found.append((*start, *end))
    return found
