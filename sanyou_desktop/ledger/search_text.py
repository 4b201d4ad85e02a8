"""What of a record is searched: its title, and the texts of all its other fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from sanyou_desktop.model.fields import Amount, Choice, Choices, Field, LongText, Names, Rows
from sanyou_desktop.model.fields.declaration import slots_of
from sanyou_desktop.model.quantity import Quantity, plain
from sanyou_desktop.model.record import Record

_IN_TITLE = ("number", "title")
# From a value that is not empty to its texts.
_Texts: TypeAlias = Callable[[Any], Iterable[str]]
_Searched: TypeAlias = tuple[tuple[str, _Texts], ...]
_SEARCHED: dict[type[Record], _Searched] = {}


def body_texts(record: Record) -> list[str]:
    """Return the searched texts but number and title: one a text, name, cell or label.

    Labels of choices are always found and always by their Chinese, whatever language the window
    speaks. What tells most comes first, because excerpts begin with it.
    """
    found: list[str] = []
    for attribute, texts in _searched_of(type(record)):
        value = getattr(record, attribute)
        if value:
            found += texts(value)
    return found


def _searched_of(declared: type[Record]) -> _Searched:
    """Return the attributes of a kind that are searched and what makes texts of them, in order."""
    found = _SEARCHED.get(declared)
    if found is None:
        found = _SEARCHED[declared] = _looked_up(declared)
    return found


def _looked_up(declared: type[Record]) -> _Searched:
    slots = [slot for slot in slots_of(declared) if slot.key not in _IN_TITLE]
    slots.sort(key=lambda slot: _rank(slot.field))
    made = ((slot.attribute, _texts_of(slot.field)) for slot in slots)
    return tuple((attribute, texts) for attribute, texts in made if texts is not None)


def _rank(field: Field[Any]) -> int:
    """Return 0 for texts, 1 for rows, 2 for short texts, 3 for labels."""
    if isinstance(field, LongText):
        return 0
    if isinstance(field, Choice | Choices):
        return 3
    return 1 if isinstance(field, Rows) else 2


def _texts_of(field: Field[Any]) -> _Texts | None:
    """Return what makes texts of a field's values, None if it is not searched."""
    if isinstance(field, Choice | Choices):
        labels = {option.value: option.title for option in field.enum}
        if isinstance(field, Choice):
            return lambda value: [labels.get(value) or value]
        return lambda value: [labels.get(one) or one for one in value]
    if isinstance(field, Amount):
        return _of_amount
    if isinstance(field, Rows):
        return _of_rows(field)
    if not field.searched:
        return None
    return tuple if isinstance(field, Names) else lambda value: (str(value),)


def _of_amount(value: Quantity) -> list[str]:
    """Return an amount as it was written (140多万元) and by its figure (1400000)."""
    found = [value.as_written]
    if value.value is not None:
        found.append(plain(value.value))
    return found


def _of_rows(field: Rows) -> _Texts:
    made = ((key, _texts_of(column)) for key, column in field.columns.items())
    columns = [(key, texts) for key, texts in made if texts is not None]

    def texts(rows: Iterable[object]) -> list[str]:
        found: list[str] = []
        for row in rows:
            for key, of_cell in columns:
                value = getattr(row, key)
                if value:
                    found += of_cell(value)
        return found

    return texts
