"""The texts that a workbook keeps once for all its cells (ECMA-376 Part 1, 18.4.9)."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import overload

from sanyou_desktop.exchange.cells import plain_text
from sanyou_desktop.exchange.markup import element, root_prefix


class StringTable(Sequence[str]):
    """Read when asked for: of somebody's millions of texts we look at those of our own rows."""

    def __init__(self, data: bytes) -> None:
        """Find where each text stands; ``data`` is the part, empty if there is none."""
        self._data = data
        self._prefix = root_prefix(data)
        self._item = element(self._prefix + b"si")
        self._places = array("L", (item.start() for item in self._item.finditer(data)))

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return the text that cells refer to by that number."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        item = self._item.match(self._data, self._places[place])
        assert item is not None, place
        return plain_text(self._prefix, item.group(2) or b"")
