"""What a form lets be entered in its cells: lists that it spells out, cells elsewhere, and names.

ECMA-376-1, 18.3.1.32: a list of choices is text in quotes with commas between, a range, or a name
that means one. Excel keeps lists on other sheets in an extension of 2009 (x14).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sanyou_desktop.exchange.cells import address_of, area_of
from sanyou_desktop.exchange.markup import (
    attributes,
    element,
    root_prefix,
    start_tag,
    unescaped,
)
from sanyou_desktop.exchange.own_form.references import translated
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.exchange.worksheet import Worksheet

_LIST = re.compile(r'\s*"([^"]*)"\s*')
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+)!)?"
_CELLS = re.compile(
    rf"{_SHEET}(?P<first>\$?[A-Za-z]{{1,3}}\$?[0-9]{{1,7}})"
    r"(?::(?P<last>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}))?"
)
_COLUMN = re.compile(rf"{_SHEET}\$?(?P<letters>[A-Za-z]{{1,3}}):\$?(?P=letters)")
_NAME = re.compile(rf"{_SHEET}(?P<name>[^\W\d][\w.]*)")
_EXTENDED = element(b"x14:dataValidation")
_EXTENDED_LIST = re.compile(rb"<x14:formula1>\s*<xm:f>([^<]*)</xm:f>")
_EXTENDED_AREAS = re.compile(rb"<xm:sqref>([^<]*)</xm:sqref>")
# A name may mean a name; a longer list is nobody's to choose from.
_DEEPEST, _MOST = 4, 10_000

Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Choices:
    """Cells for which the form lists what may be entered.

    ``options`` returns the list for one of them (row from 1, column from 0), None where it is
    computed and cannot be known.
    """

    areas: tuple[Area, ...]
    options: Callable[[int, int], tuple[str, ...] | None]

    def covers(self, row: int, column: int) -> bool:
        """Tell whether a cell is among them."""
        return any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self.areas
        )


def choices_of(parts: WorkbookParts, sheet: str, part: Worksheet) -> list[Choices]:
    """Return the lists of choices of a sheet, whose part is ``part``."""
    lists = _Lists(parts, sheet, part)
    return [
        Choices(areas, lists.by(formula, areas[0]))
        for formula, areas in _validations(part)
        if areas
    ]


def _areas_of(refs: str) -> tuple[Area, ...]:
    """Return the corners of areas with spaces between (ST_Sqref)."""
    return tuple(filter(None, map(area_of, refs.split())))


def _validations(part: Worksheet) -> Iterator[tuple[str, tuple[Area, ...]]]:
    """Yield the formula of each list, and the cells that it is for."""
    prefix = part.prefix
    for match in element(prefix + b"dataValidation").finditer(part.data):
        held = attributes(match.group(1))
        formula = element(prefix + b"formula1").search(match.group(2) or b"")
        if held.get("type") == "list" and formula:
            yield _text(formula.group(2) or b""), _areas_of(held.get("sqref", ""))
    for match in _EXTENDED.finditer(part.data):
        inside = match.group(2) or b""
        listed, areas = _EXTENDED_LIST.search(inside), _EXTENDED_AREAS.search(inside)
        if attributes(match.group(1)).get("type") == "list" and listed and areas:
            yield _text(listed.group(1)), _areas_of(_text(areas.group(1)))


def _text(markup: bytes) -> str:
    return unescaped(markup.decode()).strip()


class _Lists:
    """Finds what lists say in one workbook; what was read of it once is kept."""

    def __init__(self, parts: WorkbookParts, sheet: str, part: Worksheet) -> None:
        self._parts, self._sheet = parts, sheet
        self._read: dict[str, Worksheet | None] = {sheet.lower(): part}
        self._known: dict[str, tuple[str, ...] | None] = {}
        self._names: dict[tuple[str, str], str] | None = None

    def by(self, formula: str, area: Area) -> Callable[[int, int], tuple[str, ...] | None]:
        """Return what finds the list for a cell; references count from the first cell."""
        spelt = _LIST.fullmatch(formula)
        if spelt is not None:
            fixed = tuple(item.strip() for item in spelt.group(1).split(","))
            return lambda _row, _column: fixed
        top, left = area[:2]

        def options(row: int, column: int) -> tuple[str, ...] | None:
            here = translated(formula, row - top, column - left)
            if here not in self._known:
                self._known[here] = self._of(here)
            return self._known[here]

        return options

    def _of(self, formula: str, deep: int = 0) -> tuple[str, ...] | None:
        """Return the texts of the cells that a formula names, without those that are empty."""
        formula = formula.strip().removeprefix("=")
        if found := _CELLS.fullmatch(formula):
            area = area_of(":".join(filter(None, (found["first"], found["last"]))))
            part = self._part(found["sheet"])
            return self._texts(part, area) if part and area else None
        if found := _COLUMN.fullmatch(formula):
            part = self._part(found["sheet"])
            start = address_of(f"{found['letters']}1")
            if part is None or start is None:
                return None
            return self._texts(part, (1, start[1], part.last_filled(), start[1]))
        meant = self._meant(formula)
        return self._of(meant, deep + 1) if meant and deep < _DEEPEST else None

    def _texts(self, part: Worksheet, area: Area) -> tuple[str, ...] | None:
        top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) > _MOST:
            return None
        texts = []
        for row in range(top, bottom + 1):
            computed = part.formulas(row)
            for column in range(left, right + 1):
                text = part.text_at(row, column).strip()
                if not text and column in computed:
                    # Its result was not kept: nobody knows what it offers.
                    return None
                texts.append(text)
        return tuple(filter(None, texts)) or None

    def _part(self, spelt: str | None) -> Worksheet | None:
        name = self._sheet if spelt is None else spelt
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        key = name.lower()
        if key not in self._read:
            entries = (one for one in self._parts.sheets() if one.name.lower() == key)
            entry = next(entries, None)
            self._read[key] = self._parts.worksheet(entry) if entry else None
        return self._read[key]

    def _meant(self, formula: str) -> str:
        """Return what a name means, "" if it is none; a sheet's own goes before the workbook's."""
        found = _NAME.fullmatch(formula)
        if found is None:
            return ""
        if self._names is None:
            self._names = names_of(self._parts)
        sheet = (found["sheet"] or self._sheet).strip("'").lower()
        name = found["name"].lower()
        return self._names.get((sheet, name)) or self._names.get(("", name), "")


def names_of(parts: WorkbookParts) -> dict[tuple[str, str], str]:
    """Return what names mean (18.2.5), by their sheet ("" for the workbook) and by themselves."""
    data = parts.package.read_markup(parts.part)
    prefix = root_prefix(data)
    sheets = [
        attributes(match.group(1)).get("name", "").lower()
        for match in start_tag(prefix + b"sheet").finditer(data)
    ]
    found = {}
    for match in element(prefix + b"definedName").finditer(data):
        held = attributes(match.group(1))
        place = held.get("localSheetId", "")
        is_local = place.isdigit() and int(place) < len(sheets)
        scope = sheets[int(place)] if is_local else ""
        found[scope, held.get("name", "").lower()] = _text(match.group(2) or b"")
    return found
