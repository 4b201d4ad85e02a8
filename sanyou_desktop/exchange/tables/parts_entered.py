"""What single columns of a table say of the rows inside a record, entered into those rows.

A table has one line a record: of rounds it tells the last one, of other rows each in a numbered
line of its cell, as ``own_form.computed`` fills them. What it does not speak of stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sanyou_desktop.exchange.own_form.computed import LAST_COUNTS, NOTHING
from sanyou_desktop.exchange.tables.values import listed_lines
from sanyou_desktop.model.fields import Json

Row = dict[str, Json]


def entered(known: list[Row], key: str, read: Row, new: Mapping[str, str]) -> list[Row] | None:
    """Return the rows with columns that say something new of one row, None if that is not one.

    Args:
        known: the rows as they are, in order.
        key: the field that holds them.
        read: what the columns say, read as one row.
        new: the texts of the columns that differ from the record, by column.
    """
    told = [row for row in known if any(value for name, value in row.items() if name != "key")]
    if not told:
        return [*known, read]
    if key not in LAST_COUNTS and len(told) > 1:
        return None
    last = told[-1]
    changed = last | {part: read[part] for part in new if part in read}
    return [changed if row is last else row for row in known]


def lines_of(new: Mapping[str, str]) -> list[Row] | None:
    """Return what each numbered line of some cells says, None if they differ in their number."""
    lines = {part: listed_lines(text) for part, text in new.items()}
    if len({len(found) for found in lines.values()}) != 1:
        return None
    return [
        {part: text for part, text in zip(lines, texts, strict=True) if text != NOTHING}
        for texts in zip(*lines.values(), strict=True)
    ]


def one_by_one(known: Sequence[Row], said: Sequence[Row]) -> list[Row] | None:
    """Return the rows with what is said of each, None if nobody can tell which is which."""
    if len(known) != len(said):
        return None
    return [
        row | {part: value for part, value in told.items() if part != "key"}
        for row, told in zip(known, said, strict=True)
    ]
