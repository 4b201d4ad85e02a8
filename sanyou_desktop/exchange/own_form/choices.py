"""What a form lets be entered in its cells: the lists that the sheet itself spells out.

ECMA-376-1, 18.3.1.32: a list of choices is text in quotes with commas between, or cells elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sanyou_desktop.exchange.cells import address_of
from sanyou_desktop.exchange.markup import attributes, element, unescaped
from sanyou_desktop.exchange.worksheet import Worksheet

_LIST = re.compile(r'\s*"([^"]*)"\s*')


@dataclass(frozen=True)
class Choices:
    """Cells for which the form lists what may be entered."""

    areas: tuple[tuple[int, int, int, int], ...]
    options: tuple[str, ...]

    def covers(self, row: int, column: int) -> bool:
        """Tell whether a cell is among them."""
        return any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self.areas
        )


def choices_of(part: Worksheet) -> list[Choices]:
    """Return the lists of choices that the sheet itself spells out."""
    found = []
    prefix = part.prefix
    for match in element(prefix + b"dataValidation").finditer(part.data):
        held = attributes(match.group(1))
        formula = element(prefix + b"formula1").search(match.group(2) or b"")
        listed = _LIST.fullmatch(unescaped((formula.group(2) or b"").decode())) if formula else None
        if held.get("type") != "list" or listed is None:
            continue
        options = tuple(item.strip() for item in listed.group(1).split(","))
        found.append(Choices(_areas(held.get("sqref", "")), options))
    return found


def _areas(refs: str) -> tuple[tuple[int, int, int, int], ...]:
    found = []
    for ref in refs.split():
        first, _colon, last = ref.partition(":")
        start, end = address_of(first), address_of(last or first)
        if start and end:
            found.append((*start, *end))
    return tuple(found)
