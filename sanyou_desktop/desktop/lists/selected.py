"""What is selected in a list, by id: rows that were never on screen are asked of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sanyou_desktop.desktop.copied_cells import CopiedCells, copied_cells
from sanyou_desktop.desktop.lists.cells import shown
from sanyou_desktop.desktop.lists.columns import is_figure
from sanyou_desktop.desktop.lists.row_window import read_rows
from sanyou_desktop.desktop.withheld import public_names
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.fields import Date, Instant
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

Ranges = Sequence[tuple[int, int]]
"""Rows as (first, count)."""


def ids_of(ledger: Ledger, kind: str, query: Query, ranges: Ranges) -> list[str]:
    """Return the ids of the records in those rows, in the list's order."""
    if len(ranges) == 1 and ranges[0][0] == 0:
        return ledger.ids(kind, query)[: ranges[0][1]]
    found: list[str] = []
    for first, count in ranges:
        found += [line.id for line in ledger.page(kind, query, (), first, count)]
    return found


@dataclass(frozen=True)
class Copied:
    """Rows on their way to the clipboard.

    Attributes:
        public: the rows without a mark of secrecy, which name nothing that has one.
        whole: all of them.
        marked: the records that have a mark, revision by id.
        rows: how many are without one.
    """

    public: CopiedCells
    whole: CopiedCells
    marked: Mapping[str, int]
    rows: int


def as_sheet_cells(
    ledger: Ledger, kind: str, query: Query, ranges: Ranges, columns: Sequence[str]
) -> Copied:
    """Return those rows as a spreadsheet takes them, labels on top."""
    fields = [kind_of(kind).fields[key] for key in columns]
    head = [_(field.title) for field in fields]
    public, whole = [head], [head]
    marked: dict[str, int] = {}
    wanted = (*columns, "confidential", "revision")
    for first, count in ranges:
        page = read_rows(ledger, kind, query, wanted, first, count)
        open_names = public_names(ledger, page.named)
        for line in page.lines:
            *values, mark, revision = line.values
            pairs = list(zip(fields, values, strict=True))
            whole.append([shown(field, value, page.named) for field, value in pairs])
            if mark:
                marked[line.id] = revision
            else:
                public.append([shown(field, value, open_names) for field, value in pairs])
    free = [
        place
        for place, field in enumerate(fields)
        if is_figure(field) or isinstance(field, Date | Instant)
    ]
    return Copied(copied_cells(public, free), copied_cells(whole, free), marked, len(public) - 1)
