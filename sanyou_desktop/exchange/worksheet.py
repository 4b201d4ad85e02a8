"""One worksheet part as rows of bytes: rows that nobody touches keep theirs.

ECMA-376-1, 18.3.1: ``sheetData`` holds ``row`` elements in order, each with ``c`` elements in
order; both may leave out their address, which then follows from the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from sanyou_desktop.exchange.cells import address_of, area_of, cell_markup, column_name
from sanyou_desktop.exchange.errors import NotAWorkbook, TooLarge, Unsupported
from sanyou_desktop.exchange.limits import LAST_COLUMN, LAST_ROW, MEGABYTE
from sanyou_desktop.exchange.markup import (
    attributes,
    element,
    root_prefix,
    start_tag,
    whole,
    with_attribute,
    without_attribute,
)
from sanyou_desktop.exchange.row_places import RowPlaces
from sanyou_desktop.exchange.row_texts import Reading, RowTexts, style_of
from sanyou_desktop.exchange.sheet import CellValue
from sanyou_desktop.wording import to_user

_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,20})?")
_DEFAULT_WIDTH = 9.0
# Four hundred cells as full as cells can be; reading takes several times as much memory.
_LONGEST_ROW = 16 * MEGABYTE
_ADDRESSED = re.compile(rb"\sr\s*=")


@dataclass
class Worksheet:
    """A worksheet part that is being edited."""

    data: bytes
    reading: Reading
    name: str
    formulas_lost: bool = False
    _made: dict[int, bytes] = field(default_factory=dict)
    _widest: int = 0
    _whole: tuple[bytes, dict[int, str]] = field(default_factory=lambda: (b"", {}))

    def __post_init__(self) -> None:
        """Find the rows.

        Raises:
            NotAWorkbook: there is no place for rows.
        """
        self._prefix = root_prefix(self.data)
        opened = start_tag(self._prefix + b"sheetData").search(self.data)
        if opened is None:
            raise NotAWorkbook(
                to_user("{name} 已损坏：有一张表没有内容部分。文件未变，请找回完好的一份。").format(
                    name=self.name
                )
            )
        self._open = opened
        self._is_empty = bool(opened.group(2))
        # The rest is short, and the rows may be long: looked for from behind.
        closing = b"</" + self._prefix + b"sheetData"
        self._end = opened.end() if self._is_empty else self.data.rfind(closing)
        self._tail = self.data[self._end :]
        self._places = RowPlaces(self.data, self._prefix, opened.end(), self._end)
        self._check_row(self._places.last)
        self._shown = RowTexts(self._prefix, self.reading)

    # Reading

    def rows(self) -> Iterator[int]:
        """Yield the numbers of the rows that are there, in order."""
        return iter(self._places)

    def rows_upwards(self) -> Iterator[int]:
        """Yield the numbers of the rows from the last on."""
        return reversed(self._places)

    def texts(self, row: int) -> dict[int, str]:
        """Return what a row shows, by column, without its empty cells."""
        quickly = self._shown.of_row(self._bytes_of(row), row)
        if quickly is not None:
            return quickly
        found = ((column, self._shown.of_cell(cell)) for column, cell in self._cells(row))
        return {column: text for column, text in found if text}

    def text_at(self, row: int, column: int) -> str:
        """Return what one cell shows; much faster than ``texts`` on a wide sheet."""
        markup = self._bytes_of(row)
        found = self._shown.at(markup, row, column)
        if found is not None:
            return found
        # One cell is asked for after another, where cells have no addresses.
        if self._whole[0] != markup:
            self._whole = (markup, self.texts(row))
        return self._whole[1].get(column, "")

    def formulas(self, row: int) -> frozenset[int]:
        """Return the columns of a row in which formulas stand, those of arrays included."""
        formula = start_tag(self._prefix + b"f")
        found = {column for column, cell in self._cells(row) if formula.search(cell)}
        for top, left, bottom, right in self._arrays:
            if top <= row <= bottom:
                found.update(range(left, right + 1))
        return frozenset(found)

    def has_formula(self, row: int) -> bool:
        """Tell whether a cell of a row computes what it shows; of an array only the first does."""
        return start_tag(self._prefix + b"f").search(self._bytes_of(row)) is not None

    @cached_property
    def _arrays(self) -> list[tuple[int, int, int, int]]:
        """The areas of array formulas (18.3.1.40), of which only the first cell says so."""
        areas = []
        for match in start_tag(self._prefix + b"f").finditer(self.data):
            held = attributes(match.group(1))
            area = area_of(held.get("ref", ""))
            if held.get("t") == "array" and area:
                areas.append(area)
        return areas

    @property
    def prefix(self) -> bytes:
        """The prefix of the part's elements with its colon, or nothing."""
        return self._prefix

    def styles(self, row: int) -> dict[int, str]:
        """Return the styles of a row's cells by column."""
        return {column: style_of(cell) for column, cell in self._cells(row)}

    def column_style(self, column: int) -> str:
        """Return the style that empty cells of a column have, "" if the default."""
        return next((held.get("style", "") for held in self._looks_of(column)), "")

    def column_width(self, column: int) -> float:
        """Return how many half-width characters a column takes."""
        held = [given.get("width", "") for given in self._looks_of(column)]
        found = _NUMBER.match(held[-1]) if held else None
        return float(found.group(0)) if found else _DEFAULT_WIDTH

    def _looks_of(self, column: int) -> Iterator[dict[str, str]]:
        """Yield what is declared of a column; a well-formed part declares it once at most."""
        for held in self._columns:
            if whole(held.get("min", "")) <= column + 1 <= whole(held.get("max", "")):
                yield held

    @cached_property
    def _columns(self) -> list[dict[str, str]]:
        found = start_tag(self._prefix + b"col").finditer(self.data, 0, self._open.start())
        # There is one for each column at most.
        return [attributes(match.group(1)) for match in islice(found, LAST_COLUMN)]

    def last_filled(self) -> int:
        """Return the number of the last row that shows anything, 0 if none does."""
        return next((row for row in reversed(self._places) if self.texts(row)), 0)

    def widest(self) -> int:
        """Return the last column in which any row shows anything, 0 if none does."""
        return max((max(self.texts(row), default=0) for row in self._places), default=0)

    # Editing

    def write(self, row: int, values: Mapping[int, CellValue], styles: Mapping[int, str]) -> None:
        """Put values into cells of a row, which may be new; its other cells stay.

        Raises:
            Unsupported: a formula that other cells depend on stands there.
            TooLarge: the sheet is full.
        """
        self._check_row(row)
        if max(values, default=0) >= LAST_COLUMN:
            raise self._too_wide(row)
        cells = dict(self._cells(row))
        for column, value in values.items():
            self._check_formula(row, cells.get(column, b""))
            cells[column] = cell_markup(
                self._prefix,
                f"{column_name(column)}{row}",
                styles.get(column, ""),
                value,
                is_1904=self.reading.is_1904,
            )
            self._widest = max(self._widest, column)
        tag = without_attribute(self._row_tag(row), "spans")
        body = b"".join(cells[column] for column in sorted(cells))
        if self._places.find(row) is None:
            self._places.add(row)
        self._made[row] = tag + body + b"</" + self._prefix + b"row>"

    def fit(self, row: int, points: float, *, although_set: bool = False) -> None:
        """Make a row that was written at least so high, unless somebody set its height.

        ``although_set`` makes it higher even then: a text that is cut is worse than another height.
        """
        made = self._made[row]
        found = start_tag(self._prefix + b"row").match(made)
        held = attributes(found.group(1)) if found else {}
        now = _NUMBER.match(held.get("ht", ""))
        is_set = "customHeight" in held and not although_set
        if not is_set and points > (float(now.group(0)) if now else 0):
            self._made[row] = with_attribute(made, "ht", f"{points:g}")

    def extend(self, tag: str, ended: int, last: int) -> None:
        """Let a reference such as the automatic filter's end at row ``last``.

        One that ended above ``ended``, the last filled row so far, stays: somebody keeps what is
        below out of it.
        """
        pattern = start_tag(self._prefix + tag.encode())
        found = pattern.search(self._tail)
        if found is None:
            return
        area = area_of(attributes(found.group(1)).get("ref", "").replace("$", ""))
        if area is None or area[2] < ended:
            return
        made = with_last_row(found.group(0), last)
        self._tail = self._tail[: found.start()] + made + self._tail[found.end() :]

    def to_bytes(self) -> bytes:
        """Return the part."""
        is_same = not self._made and self.data.endswith(self._tail)
        return self.data if is_same else b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes | memoryview]:
        """Yield the part piece by piece: in one piece it would be in memory once more."""
        data = memoryview(self.data)
        yield self._head()
        at = self._open.end()
        # By place, for rows may stand out of order; a new row goes before the one at its place.
        for (start, end), number in sorted((self._place_of(row), row) for row in self._made):
            yield data[at:start]
            yield self._made[number]
            at = end
        yield data[at : self._end]
        if self._is_empty:
            yield b"</" + self._prefix + b"sheetData>"
        yield self._tail

    def _head(self) -> bytes:
        """Return everything before the rows, with the dimension they now have."""
        tag = self._open.group(0)
        opened = tag[:-2].rstrip() + b">" if self._is_empty else tag
        head = self.data[: self._open.start()]
        found = start_tag(self._prefix + b"dimension").search(head)
        if found is not None:
            held = attributes(found.group(1)).get("ref", "A1")
            made = with_attribute(found.group(0), "ref", self._dimension(held))
            head = head[: found.start()] + made + head[found.end() :]
        return head + opened

    def _dimension(self, held: str) -> str:
        first, _colon, last = held.partition(":")
        corner = address_of(last or first) or (1, 0)
        row = max(corner[0], self._places.last)
        return f"{first}:{column_name(max(corner[1], self._widest))}{row}"

    def _bytes_of(self, row: int) -> bytes:
        made = self._made.get(row)
        if made is not None:
            return made
        place = self._places.find(row)
        if place is None:
            return b""
        if place[1] - place[0] > _LONGEST_ROW:
            raise TooLarge(
                to_user(
                    "{name} 有一张表的第 {row} 行内容过多，没有写入，文件未变。"
                    "请删去这一行里多余的内容后再试。"
                ).format(name=self.name, row=row)
            )
        return self.data[place[0] : place[1]]

    def _row_tag(self, row: int) -> bytes:
        found = start_tag(self._prefix + b"row").match(self._bytes_of(row))
        if found is None:
            return b"<" + self._prefix + f'row r="{row}">'.encode()
        tag = found.group(0)
        opened = tag[:-2].rstrip() + b">" if found.group(2) else tag
        return with_attribute(opened, "r", str(row))

    def _cells(self, row: int) -> Iterator[tuple[int, bytes]]:
        before = -1
        markup = self._bytes_of(row)
        opened = start_tag(self._prefix + b"row").match(markup)
        for match in element(self._prefix + b"c").finditer(markup, opened.end() if opened else 0):
            spelt = _ADDRESSED.search(match.group(1))
            address = address_of(attributes(match.group(1)).get("r", "")) if spelt else None
            before = before + 1 if address is None else address[1]
            if before >= LAST_COLUMN:
                raise self._too_wide(row)
            yield before, match.group(0)

    def _too_wide(self, row: int) -> TooLarge:
        return TooLarge(
            to_user(
                "{name} 有一张表的第 {row} 行超出 {count} 列，没有写入，文件未变。"
                "请删去右边多余的列后再试。"
            ).format(name=self.name, row=row, count=LAST_COLUMN)
        )

    def _check_row(self, row: int) -> None:
        if row > LAST_ROW:
            raise TooLarge(
                to_user(
                    "{name} 有一张表已满（{count} 行），没有写入，文件未变。请换一个新文件。"
                ).format(name=self.name, count=LAST_ROW)
            )

    def _check_formula(self, row: int, cell: bytes) -> None:
        formula = start_tag(self._prefix + b"f").search(cell)
        if formula is None:
            return
        # 18.3.1.40: the first of shared formulas, an array and a data table say for which cells.
        if "ref" in attributes(formula.group(1)):
            raise Unsupported(
                to_user(
                    "{name} 第 {row} 行有公式被其他单元格引用，改动会影响它们。"
                    "文件未变，请先把这一行的公式改成数值。"
                ).format(name=self.name, row=row)
            )
        self.formulas_lost = True

    def _place_of(self, row: int) -> tuple[int, int]:
        """Return from where to where in the part's bytes a row stands."""
        place = self._places.find(row)
        assert place is not None, row
        return place


def with_last_row(tag: bytes, last: int) -> bytes:
    """Return a start tag whose ``ref`` reaches down to row ``last``."""
    found = re.search(rb"\bref\s*=\s*[\"']([^\"']*)[\"']", tag)
    if found is None:
        return tag
    first, _colon, end = found.group(1).decode().partition(":")
    corner = address_of(end or first)
    if corner is None or corner[0] >= last:
        return tag
    return with_attribute(tag, "ref", f"{first}:{column_name(corner[1])}{last}")
