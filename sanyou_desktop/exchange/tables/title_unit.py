"""The unit that stands over a table: 填报单位：莆田市机关事务管理局　填报日期：2026年3月."""

from __future__ import annotations

import re

from sanyou_desktop.exchange.own_form.labelled import LABELS
from sanyou_desktop.exchange.own_form.layout import UNIT_NAME
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.heads import Head

# 单位 alone also heads units of measure (单位：万元) and is not asked for.
_SHORTEST = 3
_LABELS = [
    label for label, source in LABELS.items() if source == UNIT_NAME and len(label) >= _SHORTEST
]
_NAMED = re.compile(
    rf"(?:{'|'.join(_LABELS)})\s*(?:[（(][^）)]*[）)])?\s*[：:][\s_]*([^\s：:_]+)(?![^\s：:_]|\s*[：:])"
)


def unit_over(grid: Grid, head: Head) -> str:
    """Return the unit named in the lines above the headers, "" if none is."""
    for line in grid.lines:
        if line.number >= head.first:
            break
        cells = sorted(line.cells.items())
        for place, (_column, text) in enumerate(cells):
            found = _NAMED.search(text)
            if found:
                return found.group(1)
            is_label = tidy(text) in _LABELS
            if is_label and place + 1 < len(cells):
                return cells[place + 1][1].strip()
    return ""
