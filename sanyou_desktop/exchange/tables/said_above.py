"""What stands over a table and is true of all its rows: 检查日期：2026年3月1日　检查人：张三."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sanyou_desktop.exchange.own_form.labelled import LABELS
from sanyou_desktop.exchange.own_form.layout import fillable_fields
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import HeaderWords
from sanyou_desktop.exchange.tables.heads import Head, is_inside

# A label with its colon, and all up to the next one or a gap.
_SAID = re.compile(
    r"([^\s：:（()）]{2,10})\s*(?:[（(][^）)]*[）)])?\s*[：:]\s*(\S+(?: \S+)*?)"
    r"(?=\s*$|\s{2,}|　|\s+[^\s：:]{2,10}[：:])"
)

# Who fills the sheet in, and when, is nothing that its records say.
_OF_THE_SHEET = frozenset({*LABELS, "负责人", "填表人", "审核人", "制表人"})
# 时间, 单位, 地点 may be those of anything.
_SHORTEST = 3


def said_above(grid: Grid, head: Head) -> Mapping[str, str]:
    """Return what the labels over a table say of fields that it has no column for, by source.

    A table without any column of the record itself is one record, called as the table is.
    """
    words = HeaderWords(head.kind)
    known = {source.partition(".")[0] for source in head.sources.values()}
    may = fillable_fields(head.kind).keys() - known
    found: dict[str, str] = {}
    for label, text in _pairs(grid, head):
        source = words.exactly(tidy(label))
        if label in _OF_THE_SHEET or len(label) < _SHORTEST:
            continue
        if source in may and not is_inside(head.kind, source):
            found.setdefault(source, text)
    if head.is_whole and "title" in may:
        found.setdefault("title", _title(grid, head))
    return found


def _pairs(grid: Grid, head: Head) -> Iterator[tuple[str, str]]:
    """Yield labels and texts: in one cell behind a colon, or in the cell beside."""
    for line in grid.lines:
        if line.number >= head.first:
            return
        cells = sorted(line.cells.items())
        for place, (_column, text) in enumerate(cells):
            for said in _SAID.finditer(text):
                yield said.group(1), said.group(2)
            is_label = text.strip().endswith(("：", ":"))
            if is_label and place + 1 < len(cells):
                yield text, cells[place + 1][1].strip()


def _title(grid: Grid, head: Head) -> str:
    """Return how a table is called: the line alone at its top, else its sheet."""
    for line in grid.lines:
        if line.number >= head.first:
            break
        (text, *more) = line.cells.values()
        if not more and not re.search(r"[：:]", text):
            return " ".join(text.split())
    return grid.name
