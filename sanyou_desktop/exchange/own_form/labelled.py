"""Cells around a form's table that ask for the unit, its contact, the day or the period.

The answer goes after the label's colon, or into the empty cell beside the label. One cell may ask
for several things in a line: 填报单位：　　填报人：　　填报日期：　年　月　日.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanyou_desktop.exchange.own_form.layout import (
    UNIT_CODE,
    UNIT_NAME,
    Body,
    Layout,
    merged_areas,
)
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.exchange.worksheet import Worksheet

TODAY, PERIOD, CONTACT, PHONE = "#today", "#period", "#contact", "#phone"
_LABELS_OF = {
    UNIT_NAME: (
        *("填报单位", "所属单位", "单位名称", "单位", "报送单位", "上报单位", "填表单位"),
        *("填报单位名称", "单位全称", "填报机关", "报送机关"),
    ),
    UNIT_CODE: ("单位代码", "所属单位代码", "机构代码", "统一社会信用代码"),
    TODAY: (
        *("填报日期", "填表日期", "报送日期", "上报日期", "制表日期", "日期"),
        *("填报时间", "填表时间", "报送时间", "上报时间", "制表时间"),
    ),
    PERIOD: ("填报期间", "报告期", "统计期间", "期间", "所属期", "统计时段", "报送期间"),
    CONTACT: ("联系人",),
    PHONE: ("联系电话", "联系方式", "办公电话", "联系人电话"),
}
LABELS = {label: source for source, labels in _LABELS_OF.items() for label in labels}
# The day beside a signature is for the hand that signs.
_ONLY_ABOVE = frozenset({"日期"})
_LABEL = re.compile(r"([^\s：:_（()）—－]{2,12})\s*(?:[（(][^）)]*[）)])?\s*[：:]")
# What is left free for an answer: spaces, a line to write on, a date without its numbers.
BLANK = re.compile(r"[\s　_＿—－\-]*(?:年[\s　_＿]*月[\s　_＿]*日?[\s　_＿]*)?")
_LEAST_GAP = 4


@dataclass(frozen=True)
class LabelledCell:
    """A cell that asks for something.

    Attributes:
        row: its row, from 1.
        column: its column, from 0.
        wanted: what it asks for, in order; several only where labels and blanks share the cell.
        parts: the texts around the answers, one more than ``wanted``; empty ones in a cell beside
            its label.
    """

    row: int
    column: int
    wanted: tuple[str, ...]
    parts: tuple[str, ...] = ("", "")

    def answered(self, answers: Mapping[str, str]) -> str:
        """Return the cell's text with the answers that are known, "" where none of them is."""
        if not any(answers.get(source) for source in self.wanted):
            return ""
        made = self.parts[0]
        for source, after in zip(self.wanted, self.parts[1:], strict=True):
            answer = answers.get(source, "")
            made += answer + (_closer(after, answer) if answer else after)
        return made


def _closer(after: str, answer: str) -> str:
    """Return what follows an answer, with so much less room as the answer took."""
    rest = after.lstrip(" _　")
    room = len(after) - len(rest)
    if not rest:
        return ""
    return after[:1] * max(min(room, _LEAST_GAP), room - 2 * len(answer)) + rest


def labelled_cells(part: Worksheet, layout: Layout, body: Body) -> list[LabelledCell]:
    """Return the cells above the table and below it that ask for something.

    ``body`` are the rows of the table as they stand in ``part``. Below it only a label with a
    colon asks: other words there are notes.
    """
    merged = merged_areas(part)
    found: list[LabelledCell] = []
    for row in part.rows():
        is_above = row < layout.top
        # Of several tables only the last has what stands below the sheet's tables below it.
        if not is_above and (row <= body.last or body.is_open or layout.before):
            continue
        found += _in_row(part, row, merged, is_above=is_above)
    return found


def _in_row(
    part: Worksheet, row: int, merged: list[tuple[int, int, int, int]], *, is_above: bool
) -> Iterator[LabelledCell]:
    texts = part.texts(row)
    formulas = part.formulas(row)
    starts = {(top, left) for top, left, _bottom, _right in merged}
    for column, text in texts.items():
        if column in formulas:
            continue
        beside = right_of(merged, row, column)
        has_colon = bool(_LABEL.fullmatch(text.strip()))
        # A box of its own is where the answer goes; else it follows the colon.
        has_box = (row, beside) in starts
        inside = None if has_colon and has_box else _inside(text, row, column, is_above=is_above)
        if inside is not None:
            yield inside
            continue
        source = LABELS.get(tidy(text), "")
        if source and (is_above or has_colon) and beside not in formulas:
            free = texts.get(beside, "")
            if BLANK.fullmatch(free):
                yield LabelledCell(row, beside, (source,))


def _inside(text: str, row: int, column: int, *, is_above: bool) -> LabelledCell | None:
    """Return the cell as one that is answered in itself, None if it is not."""
    wanted: list[str] = []
    parts = [""]
    at = 0
    labels = list(_LABEL.finditer(text))
    for place, label in enumerate(labels):
        end = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        free = text[label.end() : end]
        name = tidy(label.group(1))
        source = LABELS.get(name, "")
        if not source or not BLANK.fullmatch(free) or (name in _ONLY_ABOVE and not is_above):
            continue
        parts[-1] += text[at : label.end()]
        gap = free[len(free.rstrip(" _　")) :] if free.strip(" _　") else free
        parts.append(gap)
        wanted.append(source)
        at = end
    if not wanted:
        return None
    parts[-1] += text[at:]
    return LabelledCell(row, column, tuple(wanted), tuple(parts))


def right_of(merged: list[tuple[int, int, int, int]], row: int, column: int) -> int:
    """Return the column to the right of a cell, beyond what is merged with it."""
    for top, left, bottom, right in merged:
        if top <= row <= bottom and left <= column <= right:
            return right + 1
    return column + 1
