"""What single columns of a table say of the rows inside a record, entered into those rows.

A table has one line a record: of rounds it tells the last one, of other rows each in a numbered
line of its cell, as ``own_form.computed`` fills them. What it does not speak of stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from sanyou_desktop.exchange.own_form.computed import LAST_COUNTS
from sanyou_desktop.exchange.tables.values import listed_lines
from sanyou_desktop.model.fields import Json

Row = dict[str, Json]


def entered(known: list[Row], key: str, read: Row, new: Mapping[str, str]) -> Json:
    """Return the rows with the columns that say something new.

    Args:
        known: the rows as they are, in order.
        key: the field that holds them.
        read: what the columns say, read as one row.
        new: the texts of the columns that differ from the record, by column.
    """
    told = [row for row in known if any(value for name, value in row.items() if name != "key")]
    if not told:
        return [*known, read]
    if key in LAST_COUNTS or len(told) == 1:
        last = told[-1]
        changed = last | {part: read[part] for part in new if part in read}
        return [changed if row is last else row for row in known]
    lines = {part: listed_lines(text) for part, text in new.items()}
    if any(len(found) != len(known) for found in lines.values()):
        # Rows were added or taken away: nobody can tell which line is which row.
        return [read]
    return [
        row | {part: found[place] for part, found in lines.items()}
        for place, row in enumerate(known)
    ]
