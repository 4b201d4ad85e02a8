"""How much text the cells of a workbook show together, before a reader copies it into each.

A reader gives every cell its own copy of a shared string: a text of 30,000 characters that 50,000
cells refer to is a file of 0.3 MB, and took 7 GB.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from sanyou_desktop.exchange.limits import MOST_TEXT, too_much_text

_SST = re.compile(rb"<(?:[\w.-]+:)?sst[\s>]")
_ITEM = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_REFERS = re.compile(rb"""\bt\s*=\s*["']s["']""")
_INDEX = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:[\w.-]+:)?v[^<>]*>\s*(\d+)""")

# How a cell says so, whatever the spaces around the sign of equality.
_QUOTED = (b'"s"', b"'s'")
_PIECE = 1 << 20


class CellTexts:
    """Gathers the parts of a workbook one after another."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lengths: list[int] = []
        self._sheets: list[bytes] = []

    def add(self, part: bytes) -> None:
        """Take a part of markup: the shared strings, or a sheet that refers to them."""
        if _SST.search(part, 0, 4096):
            # A workbook of numbers has a table without any text in it.
            places = [*(found.start() for found in _ITEM.finditer(part)), len(part)]
            self._lengths = [end - start for start, end in pairwise(places)]
        elif _most_references(part):
            self._sheets.append(part)

    def check(self, name: str) -> None:
        """Refuse a workbook whose cells show more than a reader can hold.

        Raises:
            TooLarge: the text says how much that is.
        """
        longest = max(self._lengths, default=0)
        if longest * sum(map(_most_references, self._sheets)) <= MOST_TEXT:
            return
        counts = [sum(1 for _found in _REFERS.finditer(sheet)) for sheet in self._sheets]
        total = sum(
            self._shown(_INDEX.finditer(sheet), count, longest)
            for sheet, count in zip(self._sheets, counts, strict=True)
        )
        if total > MOST_TEXT:
            raise too_much_text(name)

    def _shown(self, indexes: Iterable[re.Match[bytes]], count: int, longest: int) -> int:
        """Return the bytes that one sheet shows; a cell spelt otherwise may show the longest."""
        total = found = 0
        for index in indexes:
            found += 1
            at = int(index.group(1)[:9])
            total += self._lengths[at] if at < len(self._lengths) else 0
        return total + (count - found) * longest


def _most_references(part: bytes) -> int:
    """Return how many cells of a sheet refer to a shared string at the most.

    Counted as plain bytes, a piece at a time: an expression over a large sheet would hold up every
    other thread for some tenths of a second.
    """
    found = 0
    for start in range(0, len(part), _PIECE):
        # A reference across the seam is counted with the piece that it begins in.
        end = start + _PIECE + len(_QUOTED[0]) - 1
        found += sum(part.count(quoted, start, end) for quoted in _QUOTED)
    return found
