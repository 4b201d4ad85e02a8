"""Inserting rows into a worksheet part (ECMA-376-1, 18.3.1): copies of a row, without its values.

Everything of the part that names rows moves along: cells and their formulas, merged cells, rules,
filters, breaks, what lies in front of the cells. Other parts are done by ``rows_elsewhere``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sanyou_desktop.exchange.cells import address_of, area_of, column_name
from sanyou_desktop.exchange.errors import TooLarge, Unsupported
from sanyou_desktop.exchange.limits import LAST_ROW
from sanyou_desktop.exchange.markup import (
    attributes,
    element,
    escaped,
    root_prefix,
    start_tag,
    unescaped,
    whole,
    with_attribute,
)
from sanyou_desktop.exchange.own_form.references import Insertion, grows_evenly, translated
from sanyou_desktop.wording import to_user

# Attributes that name cells, by the element that has them.
_AREAS = {
    "sheetView": ("topLeftCell",),
    "pane": ("topLeftCell",),
    "selection": ("activeCell", "sqref"),
    "protectedRange": ("sqref",),
    "autoFilter": ("ref",),
    "sortState": ("ref",),
    "sortCondition": ("ref",),
    "mergeCell": ("ref",),
    "conditionalFormatting": ("sqref",),
    "dataValidation": ("sqref",),
    "hyperlink": ("ref",),
    "ignoredError": ("sqref",),
    "cellWatch": ("r",),
    "inputCells": ("r",),
}
_FORMULAS = ("formula", "formula1", "formula2")
# 2006/main, its extensions of 2009 (x14) and the namespace in which these keep references (xm).
_EXTENDED_FORMULA = re.compile(rb"(<xm:f>)([^<]*)(</xm:f>)")
_EXTENDED_AREAS = re.compile(rb"(<xm:sqref>)([^<]*)(</xm:sqref>)")
_ANCHOR_ROW = re.compile(rb"(<(?:[A-Za-z0-9]+:)?row>)\s*([0-9]{1,7})\s*(</(?:[A-Za-z0-9]+:)?row>)")


def with_rows(data: bytes, insertion: Insertion, name: str) -> bytes:
    """Return the worksheet part with the rows inserted; ``name`` is the file's, for messages.

    Raises:
        Unsupported: an array formula or a data table would be torn apart. Excel refuses that too;
            here it is only done where the formula computes row by row (``grows_evenly``).
        TooLarge: the sheet has no room for them.
    """
    prefix = root_prefix(data)
    opened = start_tag(prefix + b"sheetData").search(data)
    if opened is None or opened.group(2):
        return data
    closing = re.search(rb"</" + re.escape(prefix) + rb"sheetData\s*>", data[opened.end() :])
    assert closing is not None, "a well-formed part"
    end = opened.end() + closing.start()
    rows = _Rows(prefix, data[opened.end() : end], insertion, name).moved()
    head = _around(data[: opened.end()], prefix, insertion)
    tail = _around(data[end:], prefix, insertion)
    return head + rows + _with_copied_merges(tail, prefix, insertion)


class _Rows:
    """The rows of a part, taken apart and put together again."""

    def __init__(self, prefix: bytes, data: bytes, insertion: Insertion, name: str) -> None:
        self._prefix = prefix
        self._data = data
        self._insertion = insertion
        self._name = name
        self._shared: dict[str, tuple[str, int, int]] = {}

    def moved(self) -> bytes:
        """Return all rows at their new places, with the copies among them."""
        made: list[bytes] = []
        model: bytes | None = b""
        before = 0
        for match in element(self._prefix + b"row").finditer(self._data):
            number = whole(attributes(match.group(1)).get("r", ""), before + 1)
            before = number
            if number > self._insertion.after and model is not None:
                made += self._copies(model)
                model = None
            now = self._insertion.row(number)
            self._check(now)
            row = self._row(match.group(0), number, now)
            made.append(row)
            if number == self._insertion.after:
                model = row
        if model is not None:
            made += self._copies(model)
        return b"".join(made)

    def _check(self, row: int) -> None:
        if row > LAST_ROW:
            raise TooLarge(
                to_user("{name} 的表已满（{count} 行），没有写入，文件未变。").format(
                    name=self._name, count=LAST_ROW
                )
            )

    def _row(self, row: bytes, was: int, now: int) -> bytes:
        tag, body = self._split(row)
        tag = with_attribute(tag, "r", str(now))
        return tag + self._cells(body, lambda cell, column: self._cell(cell, was, now, column))

    def _copies(self, model: bytes) -> list[bytes]:
        """Return the rows that are inserted: the model's looks and formulas, no values."""
        if not model:
            return []
        tag, body = self._split(model)
        after = self._insertion.after
        made = []
        for number in range(after + 1, after + 1 + self._insertion.count):
            self._check(number)

            def copied(cell: bytes, column: int, number: int = number) -> bytes:
                return self._copy(cell, column, number)

            made.append(with_attribute(tag, "r", str(number)) + self._cells(body, copied))
        return made

    def _split(self, row: bytes) -> tuple[bytes, bytes]:
        found = start_tag(self._prefix + b"row").match(row)
        assert found is not None, row[:80]
        if found.group(2):
            opened = found.group(0)[:-2].rstrip() + b">"
            return opened, b"</" + self._prefix + b"row>"
        return found.group(0), row[found.end() :]

    def _cells(self, body: bytes, made: Callable[[bytes, int], bytes]) -> bytes:
        before = -1

        def one(match: re.Match[bytes]) -> bytes:
            nonlocal before
            address = address_of(attributes(match.group(1)).get("r", ""))
            before = before + 1 if address is None else address[1]
            return made(match.group(0), before)

        return element(self._prefix + b"c").sub(one, body)

    def _cell(self, cell: bytes, was: int, now: int, column: int) -> bytes:
        cell = with_attribute(cell, "r", f"{column_name(column)}{now}")
        formula = element(self._prefix + b"f").search(cell)
        if formula is None:
            return cell
        # Of a dynamic array Excel finds out anew how far it reaches.
        spills = "cm" in attributes(_tag_of(cell))
        made = self._formula(formula, was, column, spills=spills)
        return cell[: formula.start()] + made + cell[formula.end() :]

    def _formula(self, found: re.Match[bytes], row: int, column: int, *, spills: bool) -> bytes:
        """Return a formula at its new place; one that is shared stands for itself from now on.

        Where some of its cells move and others do not, what it says of one is not true of another.
        """
        held = attributes(found.group(1))
        text = unescaped((found.group(2) or b"").decode())
        kind = held.get("t", "normal")
        if kind in ("array", "dataTable"):
            return self._block(found, held, text, row, spills=spills)
        if kind == "shared":
            group = held.get("si", "")
            if text:
                self._shared[group] = (text, row, column)
            elif group in self._shared:
                master, at_row, at_column = self._shared[group]
                text = translated(master, row - at_row, column - at_column)
        text = self._insertion.formula(text, self._insertion.sheet, row)
        return self._tagged("f", text)

    def _block(
        self, found: re.Match[bytes], held: dict[str, str], text: str, row: int, *, spills: bool
    ) -> bytes:
        rows = _rows_of(held.get("ref", ""))
        grows = held.get("t") == "array" and (
            spills or grows_evenly(text, self._insertion.sheet, *rows)
        )
        if rows[0] <= self._insertion.after < rows[1] and not grows:
            raise Unsupported(
                to_user(
                    "{name} 第 {row} 行有数组公式，它不是逐行计算的，在它中间插入行会算错。"
                    "文件未变，请先把它改成普通公式，或在表中预留足够的空行。"
                ).format(name=self._name, row=rows[0])
            )
        made = found.group(0)
        for key in ("ref", "r1", "r2"):
            if key not in held:
                continue
            area = self._insertion.area(held[key])
            if key == "ref" and rows[0] == rows[1]:
                # The array of one row: the copies of that row get arrays of their own.
                now = self._insertion.row(rows[0])
                area = _in_row(held[key], now)
            made = with_attribute(made, key, area)
        if not text:
            return made
        spelt = escaped(self._insertion.formula(text, self._insertion.sheet, row)).encode()
        place = made.find(b">") + 1
        return made[:place] + spelt + made[made.rfind(b"</") :]

    def _copy(self, cell: bytes, column: int, number: int) -> bytes:
        style = attributes(_tag_of(cell)).get("s", "")
        looks = f' s="{style}"' if style else ""
        name = self._prefix.decode()
        head = f'<{name}c r="{column_name(column)}{number}"{looks}'
        formula = element(self._prefix + b"f").search(cell)
        if formula is None or not formula.group(2):
            return f"{head}/>".encode()
        held = attributes(formula.group(1))
        text = translated(unescaped(formula.group(2).decode()), number - self._insertion.after)
        copied = self._tagged("f", text)
        if held.get("t", "normal") != "normal":
            rows = _rows_of(held.get("ref", ""))
            if held.get("t") != "array" or rows[0] != rows[1]:
                return f"{head}/>".encode()
            copied = with_attribute(copied, "t", "array")
            copied = with_attribute(copied, "ref", _in_row(held["ref"], number))
            dynamic = attributes(_tag_of(cell)).get("cm", "")
            head += f' cm="{dynamic}"' if dynamic else ""
        return f"{head}>".encode() + copied + f"</{name}c>".encode()

    def _tagged(self, tag: str, text: str) -> bytes:
        name = self._prefix.decode() + tag
        return f"<{name}>{escaped(text)}</{name}>".encode()


def _rows_of(ref: str) -> tuple[int, int]:
    """Return the first and the last row of an area, rows that no sheet has for none."""
    found = area_of(ref)
    return (found[0], found[2]) if found else (0, 0)


def _in_row(ref: str, row: int) -> str:
    """Return an area of one row in another row."""
    corners = [address_of(corner) for corner in ref.split(":")]
    return ":".join(f"{column_name(one[1])}{row}" for one in corners if one)


def _tag_of(cell: bytes) -> bytes:
    return cell[: cell.find(b">")]


def _around(data: bytes, prefix: bytes, insertion: Insertion) -> bytes:
    """Return what stands before or after the rows, with its references moved."""
    for tag, keys in _AREAS.items():
        data = _with_areas(data, prefix + tag.encode(), keys, insertion)
    found = start_tag(prefix + b"dimension").search(data)
    if found is not None:
        held = attributes(found.group(1)).get("ref", "")
        made = with_attribute(found.group(0), "ref", _dimension(held, insertion))
        data = data[: found.start()] + made + data[found.end() :]
    data = _with_breaks(data, prefix, insertion)
    for tag in _FORMULAS:
        data = _with_formulas(data, element(prefix + tag.encode()), insertion)
    data = _EXTENDED_FORMULA.sub(lambda found: _formula_in(found, insertion), data)
    data = _EXTENDED_AREAS.sub(
        lambda found: (
            found.group(1) + insertion.areas(found.group(2).decode()).encode() + found.group(3)
        ),
        data,
    )
    return moved_anchors(data, insertion)


def _with_areas(data: bytes, tag: bytes, keys: tuple[str, ...], insertion: Insertion) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        held = attributes(match.group(1))
        made = match.group(0)
        for key in keys:
            if key in held:
                made = with_attribute(made, key, insertion.areas(held[key]))
        return made

    return start_tag(tag).sub(moved, data)


def _dimension(held: str, insertion: Insertion) -> str:
    first, colon, last = held.partition(":")
    return f"{first}{colon}{insertion.area(last)}" if colon else held


def _with_breaks(data: bytes, prefix: bytes, insertion: Insertion) -> bytes:
    """Return the part with its page breaks moved; a break stands below the row that it names."""
    found = element(prefix + b"rowBreaks").search(data)
    if found is None:
        return data

    def moved(match: re.Match[bytes]) -> bytes:
        row = whole(attributes(match.group(1)).get("id", ""))
        now = row + insertion.count if row >= insertion.after else row
        return with_attribute(match.group(0), "id", str(now))

    made = start_tag(prefix + b"brk").sub(moved, found.group(0))
    return data[: found.start()] + made + data[found.end() :]


def _with_formulas(data: bytes, pattern: re.Pattern[bytes], insertion: Insertion) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        inside = match.group(2)
        if not inside or b"<" in inside:
            return match.group(0)
        text = insertion.formula(unescaped(inside.decode()), insertion.sheet)
        head, tail = match.span(2)
        start = match.start()
        whole_match = match.group(0)
        return whole_match[: head - start] + escaped(text).encode() + whole_match[tail - start :]

    return pattern.sub(moved, data)


def _formula_in(found: re.Match[bytes], insertion: Insertion) -> bytes:
    text = insertion.formula(unescaped(found.group(2).decode()), insertion.sheet)
    return found.group(1) + escaped(text).encode() + found.group(3)


def moved_anchors(data: bytes, insertion: Insertion) -> bytes:
    """Return markup with the rows moved to which pictures and controls are anchored (from 0)."""

    def moved(match: re.Match[bytes]) -> bytes:
        row = insertion.row(int(match.group(2)) + 1) - 1
        return match.group(1) + str(row).encode() + match.group(3)

    return _ANCHOR_ROW.sub(moved, data)


def _with_copied_merges(tail: bytes, prefix: bytes, insertion: Insertion) -> bytes:
    """Return what follows the rows: cells merged within the copied row are so in each copy."""
    found = element(prefix + b"mergeCells").search(tail)
    if found is None:
        return tail
    added = []
    for match in start_tag(prefix + b"mergeCell").finditer(found.group(0)):
        first, _colon, last = attributes(match.group(1)).get("ref", "").partition(":")
        start, end = address_of(first), address_of(last)
        if start is None or end is None or start[0] != insertion.after or end[0] != start[0]:
            continue
        for row in range(insertion.after + 1, insertion.after + 1 + insertion.count):
            ref = f"{column_name(start[1])}{row}:{column_name(end[1])}{row}"
            added.append(b"<" + prefix + f'mergeCell ref="{ref}"/>'.encode())
    if not added:
        return tail
    opened = start_tag(prefix + b"mergeCells").match(found.group(0))
    assert opened is not None
    held = attributes(opened.group(1))
    tag = opened.group(0)
    if "count" in held:
        tag = with_attribute(tag, "count", str(whole(held["count"]) + len(added)))
    body = found.group(0)[opened.end() :]
    cut = body.rfind(b"</")
    made = tag + body[:cut] + b"".join(added) + body[cut:]
    return tail[: found.start()] + made + tail[found.end() :]
