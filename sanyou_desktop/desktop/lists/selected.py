"""What is selected in a list, by id: rows that were never on screen are asked of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from sanyou_desktop.desktop.lists.cells import shown
from sanyou_desktop.desktop.lists.row_window import read_rows
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
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


def as_sheet_text(
    ledger: Ledger, kind: str, query: Query, ranges: Ranges, columns: Sequence[str]
) -> str:
    """Return those rows as a spreadsheet takes them: tabs between cells, labels on top."""
    fields = [kind_of(kind).fields[key] for key in columns]
    rows = ["\t".join(_(field.title) for field in fields)]
    for first, count in ranges:
        page = read_rows(ledger, kind, query, columns, first, count)
        for line in page.lines:
            pairs = zip(fields, line.values, strict=True)
            rows.append("\t".join(shown(field, value, page.named) for field, value in pairs))
    return "\n".join(rows) + "\n"
