"""The pages of a list that are in memory, and how they are read: no Qt, nothing of a window."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanyou_desktop.desktop.lists.cells import Named
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Line, Query
from sanyou_desktop.model.fields import Field, Reference, UnitCode
from sanyou_desktop.model.kinds import kind_of

PAGE = 200
_KEPT = 12


@dataclass(frozen=True)
class Page:
    """Up to ``PAGE`` rows, with what they refer to: records by id, units by code."""

    lines: Sequence[Line]
    named: Named = field(default_factory=Named)


def read_rows(
    ledger: Ledger, kind: str, query: Query, columns: Sequence[str], offset: int, limit: int
) -> Page:
    """Read rows of a list and the names of what they refer to."""
    lines = ledger.page(kind, query, columns, offset, limit)
    records = _referred(lines, kind, columns, Reference)
    units = _referred(lines, kind, columns, UnitCode)
    named = Named(
        ledger.titles(records) if records else {}, ledger.unit_names(units) if units else {}
    )
    return Page(lines, named)


def _referred(
    lines: Sequence[Line], kind: str, columns: Sequence[str], by: type[Field[Any]]
) -> set[str]:
    fields = kind_of(kind).fields
    places = [at for at, key in enumerate(columns) if isinstance(fields[key], by)]
    return {line.values[at] for line in lines for at in places if line.values[at]}


def read_page(ledger: Ledger, kind: str, query: Query, columns: Sequence[str], number: int) -> Page:
    """Read the page with that number, from 0."""
    return read_rows(ledger, kind, query, columns, number * PAGE, PAGE)


def positions(ledger: Ledger, kind: str, query: Query, ids: Iterable[str]) -> dict[str, int]:
    """Return the row of each record that is in the list."""
    found = ((record_id, ledger.position(kind, query, record_id)) for record_id in ids)
    return {record_id: row for record_id, row in found if row is not None}


class RowWindow:
    """The pages in memory: those looked at last stay, the others go."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._pages: OrderedDict[int, Page] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, number: int) -> bool:
        return number in self._pages

    def page(self, number: int) -> Page | None:
        """Return a page and note that it was looked at; None if it is not in memory."""
        found = self._pages.get(number)
        if found is not None:
            self._pages.move_to_end(number)
        return found

    def line(self, row: int) -> tuple[Line, Page] | None:
        """Return a row and its page, None if it is not in memory."""
        page = self.page(row // PAGE)
        place = row % PAGE
        if page is None or place >= len(page.lines):
            return None
        return page.lines[place], page

    def keep(self, number: int, page: Page) -> None:
        """Take a page in; the one not looked at for longest goes."""
        self._pages[number] = page
        self._pages.move_to_end(number)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)

    def replace(self, pages: Mapping[int, Page]) -> None:
        """Forget every page but these."""
        self._pages = OrderedDict(pages)

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record among the pages in memory."""
        for number, page in self._pages.items():
            for place, line in enumerate(page.lines):
                if line.id == record_id:
                    return number * PAGE + place
        return None

    def latest(self, count: int) -> list[int]:
        """Return the numbers of the pages looked at last, newest first."""
        return list(reversed(self._pages))[:count]


def values_of(columns: Sequence[str], line: Line) -> dict[str, Any]:
    """Return the values of a row by field key."""
    return dict(zip(columns, line.values, strict=True))
