"""The styles part of a workbook (ECMA-376-1, 18.8): which are dates, and adding what is missing."""

from __future__ import annotations

import re
from functools import cached_property

from sanyou_desktop.exchange.markup import (
    attributes,
    element,
    root_prefix,
    start_tag,
    whole,
    with_attribute,
    with_last_child,
)

# 18.8.30: the numbers of the built-in formats that show a date, those of East Asia included.
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_YEAR_MONTH_DAY = 14
USUAL_POINTS = 11.0
_POINTS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,9})?")
_WRAPS = re.compile(rb"\bwrapText\s*=\s*[\"'](?:1|true)[\"']")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Styles:
    """The cell formats of one workbook, by the number that cells carry as ``s``."""

    def __init__(self, data: bytes) -> None:
        """Read the part."""
        self.data = data
        self._prefix = root_prefix(data)
        self._formats = self._read_formats()
        self._dates = self._read_dates()
        self._added: dict[str, str] = {}

    @property
    def can_grow(self) -> bool:
        """Whether the lists are there that new formats go into; some writers leave them out."""
        lists = (b"fonts", b"cellXfs")
        return all(start_tag(self._prefix + name).search(self.data) for name in lists)

    def is_date(self, style: str) -> bool:
        """Tell whether a number in that style shows as a date."""
        return whole(style) in self._dates

    def date_like(self, style: str) -> str:
        """Return a style that shows a date and otherwise looks like ``style``."""
        if self.is_date(style):
            return style
        return self._like(style, "numFmtId", str(_YEAR_MONTH_DAY), "applyNumberFormat")

    def quoted_like(self, style: str) -> str:
        """Return a style in which text stays text when somebody edits the cell and leaves it."""
        return self._like(style, "quotePrefix", "1")

    def wraps(self, style: str) -> bool:
        """Tell whether text in that style goes on in a second line."""
        markup = b"".join(self._formats[whole(style) : whole(style) + 1])
        return _WRAPS.search(markup) is not None

    def font_points(self, style: str) -> float:
        """Return the size of the letters in that style."""
        tag = start_tag(self._prefix + b"xf").match(
            b"".join(self._formats[whole(style) : whole(style) + 1])
        )
        number = whole(attributes(tag.group(1)).get("fontId", "0")) if tag else 0
        sizes = self._font_sizes
        return sizes[number] if number < len(sizes) else USUAL_POINTS

    @cached_property
    def _font_sizes(self) -> list[float]:
        found = element(self._prefix + b"fonts").search(self.data)
        inside = (found.group(2) or b"") if found else b""
        sizes = []
        for font in element(self._prefix + b"font").finditer(inside):
            size = start_tag(self._prefix + b"sz").search(font.group(0))
            points = attributes(size.group(1)).get("val", "") if size else ""
            sizes.append(float(points) if _POINTS.fullmatch(points) else USUAL_POINTS)
        return sizes

    def wrapped(self) -> str:
        """Return a style for long text: the default, going on in a second line."""
        key = "wrapped"
        if key not in self._added:
            self._added[key] = self._add_format(
                f'<{self._tag("xf")} numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" '
                f'applyAlignment="1"><{self._tag("alignment")} vertical="center" wrapText="1"/>'
                f"</{self._tag('xf')}>"
            )
        return self._added[key]

    def bold(self) -> str:
        """Return a style for headers: the default, in bold."""
        key = "bold"
        if key not in self._added:
            font = self._add(
                b"fonts", f"<{self._tag('font')}><{self._tag('b')}/></{self._tag('font')}>"
            )
            self._added[key] = self._add_format(
                f'<{self._tag("xf")} numFmtId="0" fontId="{font}" fillId="0" borderId="0" '
                'xfId="0" applyFont="1"/>'
            )
        return self._added[key]

    def _like(self, style: str, name: str, value: str, apply: str = "") -> str:
        """Return a style that differs from ``style`` in one attribute, and applies it."""
        key = f"{style} {name}={value}"
        if key not in self._added:
            base = b"".join(self._formats[whole(style) : whole(style) + 1])
            tag = base or f'<{self._tag("xf")} fontId="0" fillId="0" borderId="0"/>'.encode()
            made = with_attribute(tag, name, value)
            made = with_attribute(made, apply, "1") if apply else made
            self._added[key] = style if made == base else self._add_format(made.decode())
        return self._added[key]

    def _add_format(self, markup: str) -> str:
        number = self._add(b"cellXfs", markup)
        self._formats = self._read_formats()
        self._dates = self._read_dates()
        return str(number)

    def _add(self, parent: bytes, markup: str) -> int:
        """Add a child to a counted list of the part and return its number."""
        name = self._prefix + parent
        number = _children(self.data, name, self._child_of(parent))
        self.data = with_last_child(self.data, name, markup.encode(), count=True)
        return number

    def _child_of(self, parent: bytes) -> bytes:
        return self._prefix + {b"fonts": b"font", b"cellXfs": b"xf"}[parent]

    def _read_formats(self) -> list[bytes]:
        found = element(self._prefix + b"cellXfs").search(self.data)
        inside = (found.group(2) or b"") if found else b""
        return [match.group(0) for match in element(self._prefix + b"xf").finditer(inside)]

    def _read_dates(self) -> frozenset[int]:
        custom = {
            whole(held.get("numFmtId", ""))
            for match in start_tag(self._prefix + b"numFmt").finditer(self.data)
            if _shows_date((held := attributes(match.group(1))).get("formatCode", ""))
        }
        found = set()
        for number, markup in enumerate(self._formats):
            tag = start_tag(self._prefix + b"xf").match(markup)
            shown = attributes(tag.group(1)).get("numFmtId", "0") if tag else "0"
            if whole(shown) in _DATES | custom:
                found.add(number)
        return frozenset(found)

    def _tag(self, name: str) -> str:
        return self._prefix.decode() + name


def _shows_date(code: str) -> bool:
    plain = _QUOTED.sub("", code).lower()
    return "y" in plain or ("d" in plain and "m" in plain)


def _children(data: bytes, parent: bytes, child: bytes) -> int:
    found = element(parent).search(data)
    inside = (found.group(2) or b"") if found else b""
    return sum(1 for _match in element(child).finditer(inside))
