"""What of a record is searched: its title, and the texts of all its other fields."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from sanyou_desktop.model.fields import Amount, Choice, Choices, Field, LongText, Names, Rows
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.record import Record, slots_of

_IN_TITLE = ("number", "title")


def body_texts(record: Record) -> list[str]:
    """Return the searched texts but number and title: one a text, name, cell or label.

    Labels of choices are always found and always by their Chinese, whatever language the window
    speaks. What tells most comes first, because excerpts begin with it.
    """
    found: list[tuple[int, str]] = []
    for slot in slots_of(type(record)):
        value = getattr(record, slot.attribute)
        if value and slot.key not in _IN_TITLE:
            rank = _rank(slot.field)
            found += ((rank, text) for text in _texts(slot.field, value))
    found.sort(key=itemgetter(0))
    return [text for _, text in found]


def _rank(field: Field[Any]) -> int:
    """Return 0 for texts, 1 for rows, 2 for short texts, 3 for labels."""
    if isinstance(field, LongText):
        return 0
    if isinstance(field, Choice | Choices):
        return 3
    return 1 if isinstance(field, Rows) else 2


def _texts(field: Field[Any], value: Any) -> Iterator[str]:  # noqa: ANN401 - a field's own value
    if not value:
        return
    if isinstance(field, Choice):
        yield _label(field, value)
    elif isinstance(field, Choices):
        yield from (_label(field, item) for item in value)
    elif isinstance(field, Amount):
        # Found both as it was written (140多万元) and by its figure (1400000).
        yield value.as_written
        if value.value is not None:
            yield plain(value.value)
    elif isinstance(field, Rows):
        for row in value:
            for key, column in field.columns.items():
                yield from _texts(column, getattr(row, key))
    elif isinstance(field, Names) and field.searched:
        yield from value
    elif field.searched:
        yield str(value)


def _label(field: Choice | Choices, value: str) -> str:
    return next((option.title for option in field.enum if option.value == value), value)
