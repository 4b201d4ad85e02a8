"""Titles of groups between the rows of a table: 一、优质服务, （二）办公室.

What such a title surely says of the rows beneath it is taken: an option of a choice that the table
has no column for, or the department in charge. What else it says is told to have been left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sanyou_desktop.exchange.own_form.layout import fillable_fields
from sanyou_desktop.exchange.scheme_headers import Line, tidy
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.model.fields import Choice, Choices
from sanyou_desktop.wording import _

# By how it is numbered: 一、 is above （一）, that above 1. and what has no number.
_NUMBERED = (
    re.compile(r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分|[、.．]))\s*"),
    re.compile(r"\s*[(（][一二三四五六七八九十]{1,3}[)）]\s*[、.．]?\s*"),
    re.compile(r"\s*\d{1,2}\s*[、.．]\s*(?!\d)"),
)
_UNNUMBERED = len(_NUMBERED)
# 办公室, 膳食科, 车队: what a department is called, and nothing longer.
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{1,14}(?:科|处|室|部|局|股|队|组|中心|站|所|公司)")
# A title over the table's whole width, or most of it.
_WIDE = 3


class GroupTitles:
    """Keeps what the titles met so far say of the rows beneath."""

    def __init__(self, grid: Grid, head: Head) -> None:
        """Know which rows are written over several columns, and which fields have no column."""
        self._head = head
        self._wide = {
            top
            for top, left, bottom, right in grid.merged
            if top == bottom and right - left + 1 >= min(_WIDE, len(head.columns))
        }
        self._after = {
            line.number: following
            for line, following in zip(grid.lines, grid.lines[1:], strict=False)
        }
        known = {source.partition(".")[0] for source in head.sources.values()}
        self._open = {
            key: item for key, item in fillable_fields(head.kind).items() if key not in known
        }
        self._said: list[tuple[int, str, str]] = []

    @property
    def under(self) -> Mapping[str, str]:
        """What is known of the rows that follow, by source."""
        return {source: text for _level, source, text in self._said}

    def of(self, line: Line) -> str:
        """Return what is to be said of a line that is a title of a group, "" if it is none."""
        if len(line.cells) != 1:
            return ""
        (text,) = line.cells.values()
        level, rest = _level_of(text)
        if not self._is_title(line, level):
            return ""
        self._said = [one for one in self._said if one[0] < level]
        source, shown = self._meaning(rest)
        if not source:
            return _("分组标题或说明，没有读入")
        self._said = [one for one in self._said if one[1] != source]
        self._said.append((level, source, shown))
        told = _("分组标题：其下各条的「{field}」记为「{text}」")
        return told.format(field=_(self._open[source].title), text=shown)

    def _is_title(self, line: Line, level: int) -> bool:
        """Tell a title from a record of which no more is known than how it is called."""
        if line.number in self._wide:
            return True
        following = self._after.get(line.number)
        if level == _UNNUMBERED or following is None:
            return False
        return any(column in self._head.fields for column in following.cells) and (
            len(following.cells) > 1 or following.number in self._wide
        )

    def _meaning(self, text: str) -> tuple[str, str]:
        """Return the source that a title tells something of, and what."""
        for key, item in self._open.items():
            options = item.enum if isinstance(item, Choice | Choices) else ()
            for option in options:
                if tidy(text) in (tidy(option.title), tidy(_(option.title))):
                    return key, _(option.title)
        if "department" in self._open and _DEPARTMENT.fullmatch(text):
            return "department", text
        return "", ""


def _level_of(text: str) -> tuple[int, str]:
    for level, pattern in enumerate(_NUMBERED):
        found = pattern.match(text)
        if found:
            return level, text[found.end() :].strip(" :：")
    return _UNNUMBERED, text.strip(" :：")
