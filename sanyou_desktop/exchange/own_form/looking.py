"""Looking at a superior's form before it is filled: where its headers are and what they ask for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.errors import CannotWrite, Unsupported
from sanyou_desktop.exchange.limits import read_file
from sanyou_desktop.exchange.own_form.layout import (
    Body,
    Layout,
    body_of,
    guessed_source,
    merged_areas,
)
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.scheme_headers import tidy
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.wording import _

_LOOKED_AT = 40
# A header with fewer known columns than this is more likely a line of text.
_FEWEST = 2
_TOLD = 4


@dataclass(frozen=True)
class Header:
    """The header of one column; ``texts`` are those of its rows, the lowest first."""

    column: int
    texts: tuple[str, ...]

    @property
    def letter(self) -> str:
        """The column as Excel names it."""
        return column_name(self.column)

    @property
    def title(self) -> str:
        """What stands above the column, as it is read."""
        return " / ".join(reversed(self.texts))


@dataclass(frozen=True)
class Look:
    """One sheet of a form.

    Attributes:
        layout: how it would be filled, as far as that can be guessed.
        headers: every column that has one.
        body: the rows to fill.
        rows: the first rows of the sheet that show anything, with some of what they show.
        known: the layout is one that somebody set before.
    """

    layout: Layout
    headers: tuple[Header, ...]
    body: Body
    rows: Mapping[int, str]
    known: bool = False

    @property
    def fingerprint(self) -> str:
        """What tells this layout from others: the headers and where they stand."""
        told = [self.layout.sheet, [(item.column, item.texts) for item in self.headers]]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


class Form:
    """A form that was read; it is never changed."""

    def __init__(self, path: Path) -> None:
        """Read the form.

        Raises:
            ExchangeError: it cannot be read, with the reason.
        """
        self.path = path
        try:
            self.data = read_file(path)
        except FileNotFoundError as error:
            raise CannotWrite(
                _("找不到 {path}，没有填写。请检查文件是否被移走。").format(path=path)
            ) from error
        self._parts = WorkbookParts(Package(self.data, path.name))
        self.sheets = tuple(entry.name for entry in self._parts.sheets())
        if not self.sheets:
            raise Unsupported(_("{name} 里没有表，没有填写。").format(name=path.name))

    def best(self) -> Look:
        """Return the sheet of whose headers most are known."""
        looks = [self.look(name) for name in self.sheets]
        return max(looks, key=lambda look: len(look.layout.columns))

    def look(self, sheet: str, kind: str = "", header_row: int = 0) -> Look:
        """Return one sheet, guessed as far as it is not given.

        ``header_row`` is the last row of the headers, counted from 1.
        """
        entry = next(item for item in self._parts.sheets() if item.name == sheet)
        part = self._parts.worksheet(entry)
        heads = [_head_down_to(part, header_row)] if header_row else _candidates(part)
        kinds = [kind] if kind else list(REPORTED)
        looks = [_look(part, sheet, one, head) for head in heads for one in kinds]
        best = max(looks, key=lambda look: len(look.layout.columns))
        if header_row or len(best.layout.columns) >= _FEWEST:
            return best
        return replace(best, layout=replace(best.layout, columns={}))

    def with_layout(self, layout: Layout) -> Look:
        """Return a sheet as a layout says that was set before."""
        look = self.look(layout.sheet, layout.kind, layout.header_row)
        columns = {item.column for item in look.headers}
        kept = {column: source for column, source in layout.columns.items() if column in columns}
        return replace(look, layout=replace(layout, columns=kept), known=True)


def _candidates(part: Worksheet) -> list[tuple[int, int]]:
    """Return first and last row of what may be headers: merged cells make some of two rows."""
    merged = merged_areas(part)
    rows = [row for row in part.rows() if row <= _LOOKED_AT and len(part.texts(row)) >= _FEWEST]
    return [(row, _last_of(merged, row)) for row in rows] or [(1, 1)]


def _last_of(merged: list[tuple[int, int, int, int]], row: int) -> int:
    return max([row, *(bottom for top, _left, bottom, _right in merged if top == row)])


def _head_down_to(part: Worksheet, last: int) -> tuple[int, int]:
    """Return first and last row of headers that end in a row."""
    tops = [top for top, _left, bottom, _right in merged_areas(part) if bottom == last]
    return min([last, *tops]), last


def _look(part: Worksheet, sheet: str, kind: str, head: tuple[int, int]) -> Look:
    headers = _headers(part, merged_areas(part), *head)
    layout = Layout(sheet, kind, head[1], _guessed(headers, kind))
    return Look(layout, headers, body_of(part, layout), _shown_rows(part, head[1]))


def _shown_rows(part: Worksheet, header_row: int) -> dict[int, str]:
    """Return rows that may end the headers; merged cells show in all rows that they cover."""
    merged = merged_areas(part)
    found = {}
    for row in range(1, max(_LOOKED_AT, header_row) + 1):
        texts = part.texts(row)
        for top, left, bottom, _right in merged:
            if top < row <= bottom:
                texts[left] = part.texts(top).get(left, "")
        shown = [" ".join(text.split()) for _column, text in sorted(texts.items()) if text.strip()]
        if shown or row == header_row:
            found[row] = _("、").join(shown[:_TOLD])
    return found


def _headers(
    part: Worksheet, merged: list[tuple[int, int, int, int]], first: int, last: int
) -> tuple[Header, ...]:
    shown: dict[int, list[str]] = {}
    for row in range(last, first - 1, -1):
        texts = part.texts(row)
        for top, left, _bottom, right in merged:
            if top == row and right > left:
                texts |= {column: texts.get(left, "") for column in range(left, right + 1)}
        for column, text in texts.items():
            tidied = " ".join(text.split())
            if tidied and tidied not in shown.setdefault(column, []):
                shown[column].append(tidied)
    return tuple(Header(column, tuple(shown[column])) for column in sorted(shown) if shown[column])


def _guessed(headers: tuple[Header, ...], kind: str) -> Mapping[int, str]:
    """Return what fills the columns whose headers are known; no field fills two of them."""
    found: dict[int, str] = {}
    for header in headers:
        tried = [tidy(text) for text in header.texts]
        if len(tried) > 1:
            tried.insert(1, "".join(reversed(tried)))
        sources = (guessed_source(text, kind) for text in tried)
        source = next((one for one in sources if one and one not in found.values()), "")
        if source:
            found[header.column] = source
    return found
