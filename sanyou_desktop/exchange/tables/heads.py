"""Which row of a sheet is its header, and which column of it is which field of a record."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sanyou_desktop.exchange.own_form.computed import COMPUTES, UNIT_OF_SUMS, unit_in
from sanyou_desktop.exchange.own_form.layout import (
    NUMBER,
    UNIT_CODE,
    UNIT_NAME,
    fillable_fields,
)
from sanyou_desktop.exchange.scheme_headers import Line, tidy
from sanyou_desktop.exchange.tables.found_columns import Column
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import (
    ID,
    HeaderWords,
    counts_rows,
    counts_things,
)
from sanyou_desktop.model.fields import Rows
from sanyou_desktop.model.kinds import REPORTED, kind_of

_LOOKED_AT = 40
# With fewer columns that are surely known it is more likely a line of text.
_FEWEST = 2
# What begins the header of a further table, and how many columns of it must be known.
SURELY, _ROWS_OF_A_HEAD = 3, 4


@dataclass(frozen=True)
class Head:
    """The header of a table.

    Attributes:
        kind: the kind of record that the rows are.
        first, last: its rows in the sheet, from 1.
        columns: every column with a header.
        sure: how many of them are called as the field is, not only like it; one more where one
            names the kind.
        many_lines: a record may have further lines beneath, that add rows to it.
    """

    kind: str
    first: int
    last: int
    columns: tuple[Column, ...]
    sure: int = 0
    many_lines: bool = False

    @cached_property
    def sources(self) -> dict[int, str]:
        """What each column is, those that are read."""
        known = self.fillers.items()
        return {at: source for at, source in known if not source.startswith(COMPUTES)}

    @cached_property
    def fillers(self) -> dict[int, str]:
        """What fills each column of a form: what is read, and what is computed of a record."""
        return {item.column: item.source for item in self.columns if item.source}

    @cached_property
    def units(self) -> dict[int, str]:
        """What the numbers of a column count (万元, %), where the table says so."""
        return {item.column: item.unit for item in self.columns if item.unit}

    @cached_property
    def fields(self) -> dict[int, str]:
        """The field of each column that is one."""
        return {at: source for at, source in self.sources.items() if not source.startswith("#")}

    @property
    def titled_by(self) -> str:
        """The field whose text is the title of a row's record, "" if there is none."""
        known = set(self.fields.values())
        return next((key for key in ("title", *_TITLING.get(self.kind, ())) if key in known), "")

    @property
    def unused(self) -> tuple[Column, ...]:
        """The columns that are not read."""
        return tuple(item for item in self.columns if not item.source)

    @property
    def fingerprint(self) -> str:
        """What tells this layout from others: the kind's own words and where they stand."""
        told = [(item.column, item.title) for item in self.columns]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]

    @property
    def is_whole(self) -> bool:
        """Tell whether the table is one record: all its columns are those of rows inside it."""
        fields = self.fields.values()
        return bool(fields) and all(is_inside(self.kind, one) for one in fields)

    @property
    def unread(self) -> tuple[Column, ...]:
        """The columns of which nothing is taken, those too that are computed of a record."""
        return tuple(item for item in self.columns if item.column not in self.sources)

    @property
    def has_rows(self) -> bool:
        """Tell whether a column says something of rows inside a record."""
        return any(is_inside(self.kind, source) for source in self.fields.values())

    def chosen(
        self, kind: str, sources: Mapping[int, str], *, many_lines: bool | None = None
    ) -> Head:
        """Return the head with another kind, and columns and lines read as somebody chose."""
        columns = tuple(replace(item, source=sources.get(item.column, "")) for item in self.columns)
        many = self.many_lines if many_lines is None else many_lines
        return Head(kind, self.first, self.last, columns, self.sure, many)


def is_inside(kind: str, source: str) -> bool:
    """Tell whether a column of that source says something of rows inside a record."""
    return isinstance(kind_of(kind).fields.get(source.partition(".")[0]), Rows)


def find_head(grid: Grid, kind: str = "") -> Head | None:
    """Return the header of a sheet, None if no row of it can be one.

    Of all rows and kinds the one with most columns that are known; the title must be among what
    is known, or something that a title can be made of.
    """
    words = _words(kind)
    heads = [
        _head(grid, one, rows) for rows in _candidates(grid.lines, grid.merged) for one in words
    ]
    # Whoever says the kind needs no more headers to show it.
    fitting = [
        head
        for head in heads
        if head.titled_by and (len(head.fields) if kind and head.sure else head.sure) >= _FEWEST
    ]
    whole = [head for head in heads if head.is_whole and head.sure > _FEWEST]
    # The first of equals: the same words stand again at the top of each page.
    return max(
        fitting or whole,
        key=lambda head: (head.sure, len(head.fields), -head.first),
        default=None,
    )


def next_head(grid: Grid, head: Head) -> Head | None:
    """Return the header of another table below, None if there is none.

    The same header again at the top of a page begins no other table.
    """
    titles = [column.title for column in head.columns]
    for place, line in enumerate(grid.lines):
        if line.number <= head.last or not any(
            counts_rows(tidy(one)) for one in line.cells.values()
        ):
            continue
        near = grid.lines[place : place + _ROWS_OF_A_HEAD]
        found = find_head(replace(grid, lines=near))
        if found is None or found.sure < SURELY or found.first != line.number:
            continue
        if [column.title for column in found.columns] != titles:
            return found
    return None


def head_down_to(grid: Grid, kind: str, last: int) -> Head:
    """Return the header that ends in a row, as somebody chose it, however little of it is known."""
    tops = [top for top, _left, bottom, _right in grid.merged if bottom == last]
    rows = tuple(range(min([last, *tops]), last + 1))
    heads = [_head(grid, one, rows) for one in _words(kind)]
    return max(heads, key=lambda head: (head.sure, len(head.fields)))


# What a record is called where a table has no column for its title.
_TITLING: Mapping[str, tuple[str, ...]] = {
    "pledge": ("statement", "clauses", "clauses.text"),
    "rule": ("titles",),
    "inspection": ("scheme", "inspected_unit"),
    "finding": ("description",),
    "survey": ("respondents",),
    "activity": ("narrative",),
}


def _words(kind: str) -> list[HeaderWords]:
    return [HeaderWords(one) for one in ((kind,) if kind else REPORTED)]


def _candidates(
    lines: Sequence[Line], merged: Iterable[tuple[int, int, int, int]]
) -> list[tuple[int, ...]]:
    """Return the rows that may make a header: one, or two where cells are merged over both."""
    found: list[tuple[int, ...]] = []
    for line in lines[:_LOOKED_AT]:
        if len(line.cells) < _FEWEST:
            continue
        bottoms = [bottom for top, _left, bottom, _right in merged if top == line.number]
        last = max([line.number, *bottoms])
        found.append(tuple(range(line.number, min(last, line.number + 2) + 1)))
    return found


def _head(grid: Grid, words: HeaderWords, rows: tuple[int, ...]) -> Head:
    texts = _texts(grid, rows)
    above = _unit_above(grid, rows[0])
    columns = []
    taken: set[str] = set()
    # A column of numbers holds no texts: 发现问题（个）.
    counted = {column for column, parts in texts.items() if any(map(counts_things, parts))}
    tried = _tried(texts, words)
    exact = {at: next(filter(None, map(words.exactly, one)), "") for at, one in tried.items()}
    exact |= {column: "" for column in counted if words.is_text(exact[column])}
    # Once: a row may have all the columns that there are.
    known = set(exact.values())
    for column in sorted(texts):
        parts = texts[column]
        # What all its rows make together says too much to be like anything.
        alone = [text for text in tried[column] if text in map(tidy, parts)]
        source = exact[column] or _likely(alone, words, known)
        if column in counted and words.is_text(source):
            source = ""
        if source in taken:
            source = ""
        taken.add(source)
        title = " / ".join(parts)
        columns.append(Column(column, title, source, unit_in(title) or above))
    sure = sum(
        bool(exact[item.column]) and item.source[:1] not in ("#", COMPUTES) for item in columns
    )
    sure += any(words.names_kind(text) for one in tried.values() for text in one)
    return Head(words.kind, rows[0], rows[-1], tuple(columns), sure)


def _unit_above(grid: Grid, first: int) -> str:
    """Return what the sums of a sheet count: 单位：万元 in a line above its table; "" for yuan."""
    for line in grid.lines[: bisect_left(grid.lines, first, key=lambda line: line.number)]:
        for text in line.cells.values():
            found = UNIT_OF_SUMS.search(text)
            if found is not None:
                return found.group(1)
    return ""


def _texts(grid: Grid, rows: tuple[int, ...]) -> dict[int, list[str]]:
    """Return the header texts of each column, from above; a merged group heads all its columns."""
    at = bisect_left(grid.lines, rows[0], key=lambda line: line.number)
    near = grid.lines[at : at + len(rows)]
    by_row = {line.number: dict(line.cells) for line in near if line.number in rows}
    for top, left, _bottom, right in grid.merged:
        text = by_row.get(top, {}).get(left, "")
        if text and right > left:
            by_row[top] |= dict.fromkeys(range(left, right + 1), text)
    found: dict[int, list[str]] = {}
    for row in rows:
        for column, text in by_row.get(row, {}).items():
            tidied = " ".join(text.split())
            if tidied and tidied not in found.setdefault(column, []):
                found[column].append(tidied)
    return {column: parts for column, parts in found.items() if parts}


def _tried(texts: Mapping[int, list[str]], words: HeaderWords) -> dict[int, list[str]]:
    """Return what each header may be known by: its lowest row, all rows, each of the others.

    What stands over several columns names none of them if it names a group: 检查情况 over 检查内容
    and 存在问题, but not 很满意 over 票数 and %.
    """
    tidied = {column: [tidy(part) for part in parts] for column, parts in texts.items()}
    groups = {part for parts in tidied.values() for part in parts[:-1] if words.exactly(parts[-1])}
    return {
        column: list(
            dict.fromkeys(
                [
                    parts[-1],
                    "".join(parts),
                    *(part for part in reversed(parts[:-1]) if part not in groups),
                ]
            )
        )
        for column, parts in tidied.items()
    }


def _likely(tried: Sequence[str], words: HeaderWords, known: set[str]) -> str:
    for text in tried:
        source = words.likely(text)
        if source and source not in known:
            return source
    return ""


def readable_sources(kind: str) -> list[str]:
    """Return what a column of a table of that kind may be."""
    return [NUMBER, UNIT_NAME, UNIT_CODE, ID, *fillable_fields(kind)]
