"""The styles part of a workbook (ECMA-376-1, 18.8): which are dates, and adding what is missing."""

from __future__ import annotations

import re
from datetime import date
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
from sanyou_desktop.exchange.number_formats import BUILT_IN, shows_date
from sanyou_desktop.exchange.sheet import CellValue

# 18.8.30: the numbers of the built-in formats that show a date, those of East Asia included.
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
# Days read alike on every machine; the built-in format shows them as the machine's language does:
# 2/1/2026 is the first of February on one and the second of January on another.
_DAY = r"yyyy\-mm\-dd"
_DAYS = frozenset({_DAY, "yyyy-mm-dd", "yyyy/mm/dd", "yyyy/m/d", "yyyy.m.d", "yyyy.mm.dd"})
_FIRST_OF_ITS_OWN = 164
# General, and two that show no more than digits.
_NUMBERS = (0, 1, 2)
USUAL_POINTS = 11.0
# Office programs take what begins so for a formula once somebody edits the cell.
_LIKE_FORMULAS = ("=", "+", "-", "@")
_POINTS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,9})?")
_CHOICE = re.compile(rb"<mc:Choice\s.*?</mc:Choice\s*>", re.DOTALL)
_WRAPS = re.compile(rb"\bwrapText\s*=\s*[\"'](?:1|true)[\"']")


class Styles:
    """The cell formats of one workbook, by the number that cells carry as ``s``."""

    def __init__(self, data: bytes) -> None:
        """Read the part."""
        self.data = self._read = data
        self._prefix = root_prefix(data)
        self._formats = self._read_formats()
        self._dates = self._read_dates()
        self._added: dict[str, str] = {}

    @property
    def has_grown(self) -> bool:
        """Whether a format was added."""
        return bool(self._added) and self.data != self._read

    def is_date(self, style: str) -> bool:
        """Tell whether a number in that style shows as a date."""
        return whole(style) in self._dates

    def codes(self) -> list[str]:
        """Return the number format of each style, "" where its number alone is what shows."""
        known = {**BUILT_IN, **self._codes}
        return [known.get(number, "") for number in self._number_formats()]

    def fitting(self, style: str, value: CellValue) -> str:
        """Return a style that shows a value as what it is and otherwise looks like ``style``."""
        if isinstance(value, date):
            return self.date_like(style)
        if isinstance(value, str):
            return self.quoted_like(style) if value.startswith(_LIKE_FORMULAS) else style
        return style if value is None else self.number_like(style)

    def date_like(self, style: str) -> str:
        """Return a style that shows a date and otherwise looks like ``style``."""
        if self.is_date(style):
            return style
        return self._like(style, "numFmtId", str(self._day_format()), "applyNumberFormat")

    def number_like(self, style: str) -> str:
        """Return a style that shows a number as one and otherwise looks like ``style``."""
        if not self.is_date(style):
            return style
        # Some writers give even the number of the general format to a date.
        plain = next((number for number in _NUMBERS if number not in self._date_codes), _NUMBERS[0])
        return self._like(style, "numFmtId", str(plain), "applyNumberFormat")

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
        name = self._prefix + b"fonts"
        sizes = []
        for font in element(self._prefix + b"font").finditer(_inside(self.data, name)):
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

    def _day_format(self) -> int:
        """Return the number of a format of days that the workbook has, else of an added one."""
        known = next((number for number, code in self._codes.items() if code in _DAYS), None)
        if known is not None:
            return known
        number = max([_FIRST_OF_ITS_OWN - 1, *self._codes]) + 1
        made = f'<{self._tag("numFmt")} numFmtId="{number}" formatCode="{_DAY}"/>'.encode()
        name = self._prefix + b"numFmts"
        if start_tag(name).search(self.data):
            self.data = with_last_child(self.data, name, made, count=True)
        else:
            # The first of the parts of a styles part (18.8.39).
            root = start_tag(self._prefix + b"styleSheet").search(self.data)
            assert root is not None, "a styles part"
            listed = b"<" + name + b' count="1">' + made + b"</" + name + b">"
            self.data = self.data[: root.end()] + listed + self.data[root.end() :]
        for read in ("_codes", "_date_codes"):
            self.__dict__.pop(read, None)
        return number

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
        inside = _inside(self.data, self._prefix + b"cellXfs")
        return [match.group(0) for match in element(self._prefix + b"xf").finditer(inside)]

    @cached_property
    def _codes(self) -> dict[int, str]:
        """The formats of numbers that the workbook itself declares."""
        # Not those of conditional formats and tables, which stand in dxfs: Excel gives these the
        # numbers of built-in formats, so that 19 shows the time of a day to every cell.
        listed = _inside(self.data, self._prefix + b"numFmts")
        found = start_tag(self._prefix + b"numFmt").finditer(listed)
        declared = (attributes(match.group(1)) for match in found)
        return {whole(held.get("numFmtId", "")): held.get("formatCode", "") for held in declared}

    @cached_property
    def _date_codes(self) -> frozenset[int]:
        """The numbers of those that show a date."""
        return frozenset(number for number, code in self._codes.items() if shows_date(code))

    def _read_dates(self) -> frozenset[int]:
        custom = self._date_codes
        dates = _DATES | custom
        return frozenset(at for at, shown in enumerate(self._number_formats()) if shown in dates)

    def _number_formats(self) -> list[int]:
        """Return the number of the format of each cell format."""
        tags = (start_tag(self._prefix + b"xf").match(markup) for markup in self._formats)
        return [whole(attributes(tag.group(1)).get("numFmtId", "0")) if tag else 0 for tag in tags]

    def _tag(self, name: str) -> str:
        return self._prefix.decode() + name


def _children(data: bytes, parent: bytes, child: bytes) -> int:
    return sum(1 for _match in element(child).finditer(_inside(data, parent)))


def _inside(data: bytes, parent: bytes) -> bytes:
    """Return the content of a list; of what is there in two ways (Part 3, 7.6) only the second."""
    found = element(parent).search(data)
    return _CHOICE.sub(b"", found.group(2) or b"") if found else b""
