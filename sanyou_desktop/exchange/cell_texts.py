"""How much text the cells of a workbook show together, before a reader copies it into each.

A reader gives every cell its own copy of a shared string: a text of 30,000 characters that 50,000
cells refer to is a file of 0.3 MB, and took 7 GB.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sanyou_desktop.exchange.limits import MOST_TEXT, too_much_text

_SST = re.compile(rb"<(?:[\w.-]+:)?sst[\s>]")
_ITEM = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_REFERS = re.compile(rb"""\bt\s*=\s*["']s["']""")
_INDEX = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:[\w.-]+:)?v[^<>]*>\s*(\d+)""")


class CellTexts:
    """Gathers the parts of a workbook one after another."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lengths: list[int] = []
        self._sheets: list[bytes] = []

    def add(self, part: bytes) -> None:
        """Take a part of markup: the shared strings, or a sheet that refers to them."""
        if _SST.search(part, 0, 4096):
            places = [found.start() for found in _ITEM.finditer(part)]
            self._lengths = [
                end - start for start, end in zip(places, [*places[1:], len(part)], strict=True)
            ]
        elif _REFERS.search(part):
            self._sheets.append(part)

    def check(self, name: str) -> None:
        """Refuse a workbook whose cells show more than a reader can hold.

        Raises:
            TooLarge: the text says how much that is.
        """
        longest = max(self._lengths, default=0)
        counts = [len(_REFERS.findall(sheet)) for sheet in self._sheets]
        if longest * sum(counts) <= MOST_TEXT:
            return
        total = sum(
            self._shown(_INDEX.findall(sheet), count, longest)
            for sheet, count in zip(self._sheets, counts, strict=True)
        )
        if total > MOST_TEXT:
            raise too_much_text(name)

    def _shown(self, indexes: Iterable[bytes], count: int, longest: int) -> int:
        """Return the bytes that one sheet shows; a cell spelt otherwise may show the longest."""
        total = found = 0
        for index in indexes:
            found += 1
            at = int(index[:9])
            total += self._lengths[at] if at < len(self._lengths) else 0
        return total + (count - found) * longest
