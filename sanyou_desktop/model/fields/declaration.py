"""What a record or a row declares: its fields by key, and the attributes that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, get_type_hints

from sanyou_desktop.model.fields.base import Field, Json


def fields_of(declared: type) -> Mapping[str, Field[Any]]:
    """Return the declared fields of a record or row type by JSON key, in order.

    Raises:
        TypeError: an attribute is declared without a field.
    """
    if declared not in _declarations:
        _declarations[declared] = MappingProxyType(_read_declaration(declared))
    return _declarations[declared]


# Not functools.cache: type checkers see no hash on a dataclass's type.
_declarations: dict[type, Mapping[str, Field[Any]]] = {}


def _read_declaration(declared: type) -> dict[str, Field[Any]]:
    found: dict[str, Field[Any]] = {}
    for attribute, hint in get_type_hints(declared, include_extras=True).items():
        if attribute.startswith("_") or "ClassVar" in str(hint):
            continue
        facets = [item for item in getattr(hint, "__metadata__", ()) if isinstance(item, Field)]
        if len(facets) != 1:
            raise TypeError(f"{declared.__name__}.{attribute} must declare exactly one field")
        found[attribute.rstrip("_")] = facets[0]
    return found


def attribute_of(declared: type, key: str) -> str:
    """Return the Python attribute behind a JSON key: ``from`` is held in ``from_``."""
    known = _ATTRIBUTES.get(declared)
    if known is None:
        names = {item.name for item in fields(declared)}
        # Of a row too, whose key is none of its fields.
        known = _ATTRIBUTES[declared] = {name.rstrip("_"): name for name in names}
    return known.get(key, key)


_ATTRIBUTES: dict[type, dict[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Slot:
    """A declared field with what is asked of it for each of very many records or rows.

    ``empty`` is the value of an unfilled field and ``blank`` its JSON form: most fields of most
    records are that, and need no further look.
    """

    key: str
    attribute: str
    field: Field[Any]
    empty: Any
    blank: Json

    def written(self, value: Any) -> Json:  # noqa: ANN401 - a record's fields differ in type
        """Return the JSON form of a value."""
        if value is self.empty and not isinstance(self.blank, list):
            return self.blank
        return self.field.write(value)

    def kept(self, written: Json) -> Any:  # noqa: ANN401 - a record's fields differ in type
        """Return the value that was written."""
        if written is None or written == self.blank:
            return self.empty
        return self.field.kept(written)


def slots_of(declared: type) -> tuple[Slot, ...]:
    """Return the fields of a record or row type in the order of the declaration."""
    found = _SLOTS.get(declared)
    if found is None:
        found = _SLOTS[declared] = tuple(
            Slot(key, attribute_of(declared, key), field, field.empty, field.write(field.empty))
            for key, field in fields_of(declared).items()
        )
    return found


_SLOTS: dict[type, tuple[Slot, ...]] = {}
