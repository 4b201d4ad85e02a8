"""Where the rows of a worksheet part stand in its bytes; a sheet may have a million of them.

Three arrays in the order of the rows' numbers instead of an object a row: 300 units write into one
sheet, and of nearly all its rows nothing but the place is ever asked for.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator

from sanyou_desktop.exchange.markup import attributes, start_tag, whole

# Its number comes first in nearly every row.
_NUMBERED = re.compile(rb'\s+r="([0-9]{1,10})"')
# Places in the part, and row numbers as the part spells them.
_WIDE = "Q"


class RowPlaces:
    """The rows by number; of two with the same number the last counts."""

    def __init__(self, data: bytes, prefix: bytes, start: int, end: int) -> None:
        """Find the ``row`` elements between two places of the part.

        A row without a number follows the one before it (ECMA-376-1, 18.3.1.73).
        """
        self._numbers, self._starts, self._ends = array(_WIDE), array(_WIDE), array(_WIDE)
        self._ended = end
        before, is_sorted = 0, True
        for number, first, last in _rows(data, prefix, start, end):
            number = number if number >= 0 else before + 1
            is_sorted = is_sorted and number > before
            self._numbers.append(number)
            self._starts.append(first)
            self._ends.append(last)
            before = number
        if not is_sorted:
            self._sort()

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[int]:
        """Yield their numbers, as they are now, in order."""
        yield from self._numbers[:]

    def __reversed__(self) -> Iterator[int]:
        """Yield their numbers from the last on."""
        return reversed(self._numbers)

    @property
    def last(self) -> int:
        """The number of the last row, 0 if there is none."""
        return self._numbers[-1] if self._numbers else 0

    def find(self, number: int) -> tuple[int, int] | None:
        """Return from where to where a row stands, None if there is no such row."""
        at = bisect_left(self._numbers, number)
        if at == len(self._numbers) or self._numbers[at] != number:
            return None
        return self._starts[at], self._ends[at]

    def add(self, number: int) -> tuple[int, int]:
        """Add a row that is not there; return the empty place where it belongs."""
        at = bisect_left(self._numbers, number)
        place = self._starts[at] if at < len(self._numbers) else self._ended
        self._numbers.insert(at, number)
        self._starts.insert(at, place)
        self._ends.insert(at, place)
        return place, place

    def _sort(self) -> None:
        """Put rows that stand out of order into order, of those with one number the last."""
        known = {number: at for at, number in enumerate(self._numbers)}
        order = [known[number] for number in sorted(known)]
        self._numbers = array(_WIDE, sorted(known))
        self._starts = array(_WIDE, (self._starts[at] for at in order))
        self._ends = array(_WIDE, (self._ends[at] for at in order))


def _rows(data: bytes, prefix: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield number (-1 if it is not spelt), first byte and the byte behind each row."""
    begins, closes = b"<" + prefix + b"row", b"</" + prefix + b"row"
    tag = start_tag(prefix + b"row")
    at = data.find(begins, start, end)
    while at >= 0:
        opened = tag.match(data, at, end)
        if opened is None:
            # Some other element that begins so.
            at = data.find(begins, at + len(begins), end)
            continue
        finish = opened.end()
        if not opened.group(2):
            finish = data.find(b">", data.find(closes, finish, end)) + 1
        spelt = _NUMBERED.match(opened.group(1))
        given = spelt.group(1).decode() if spelt else attributes(opened.group(1)).get("r", "")
        yield whole(given, -1), at, finish
        at = data.find(begins, finish, end)
