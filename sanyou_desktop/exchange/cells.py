"""Cells of a worksheet part (ECMA-376-1, 18.3.1.4): addresses, values in and out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from sanyou_desktop.exchange.markup import attributes, element, escaped, unescaped, whole
from sanyou_desktop.exchange.sheet import CellValue, text_of

# ST_Xstring (22.9.2.19): what XML cannot hold is written _xHHHH_, and what looks so is guarded.
_NOT_XML = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_ILLEGAL = re.compile(f"[{_NOT_XML}]|_(?=x[0-9A-Fa-f]{{4}}[_{_NOT_XML}])")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DAY_ZERO = date(1899, 12, 30)
_DAY_ZERO_1904 = date(1904, 1, 1)
# Excel counts a 29 February 1900 that never was: only from here on do all programs agree.
_FIRST_DAY = date(1900, 3, 1)
_A = ord("A") - 1
_INSTRUCTION = re.compile(rb"<\?[^>]*\?>")


def column_name(column: int) -> str:
    """Return the letters of a column, from 0: A, B, ... AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address_of(text: str) -> tuple[int, int] | None:
    """Return row (from 1) and column (from 0) of an address such as AC12, None if it is none."""
    found = _ADDRESS.fullmatch(text.replace("$", "").upper())
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - _A
    return int(found.group(2)), column - 1


def area_of(ref: str) -> tuple[int, int, int, int] | None:
    """Return first row, first column, last row and last column of C5 or B4:F9; None for none."""
    first, _colon, last = ref.partition(":")
    start, end = address_of(first), address_of(last or first)
    return (*start, *end) if start and end else None


def cell_markup(
    prefix: bytes, address: str, style: str, value: CellValue, *, is_1904: bool
) -> bytes:
    """Return the ``c`` element of a value; text is written inline, never as a formula."""
    looks = f' s="{style}"' if style else ""
    name = prefix.decode()
    head = f'<{name}c r="{address}"{looks}'
    if value is None or value == "":
        return f"{head}/>".encode()
    if isinstance(value, date) and value < (_DAY_ZERO_1904 if is_1904 else _FIRST_DAY):
        value = value.isoformat()
    if isinstance(value, str):
        text = escaped(xstring(value))
        return (
            f'{head} t="inlineStr"><{name}is><{name}t xml:space="preserve">{text}'
            f"</{name}t></{name}is></{name}c>"
        ).encode()
    number = str(_serial(value, is_1904=is_1904)) if isinstance(value, date) else text_of(value)
    return f"{head}><{name}v>{number}</{name}v></{name}c>".encode()


def cell_text(
    prefix: bytes, cell: bytes, strings: Sequence[str], *, is_date: bool, is_1904: bool
) -> str:
    """Return what a ``c`` element shows, spelt as ``text_of`` spells the value."""
    found = element(prefix + b"c").match(_without_instructions(cell))
    if found is None or found.group(2) is None:
        return ""
    kind = attributes(found.group(1)).get("t", "n")
    inside = found.group(2)
    if kind == "inlineStr":
        return plain_text(prefix, inside)
    value = element(prefix + b"v").search(inside)
    raw = unescaped((value.group(2) or b"").decode()) if value else ""
    if kind == "s":
        place = whole(raw, len(strings))
        return strings[place] if place < len(strings) else ""
    if kind == "d":
        return _day_text(raw)
    if kind != "n":
        return from_xstring(raw)
    return _number_text(raw, is_date=is_date, is_1904=is_1904)


def plain_text(prefix: bytes, item: bytes) -> str:
    """Return the text of an ``si`` or ``is`` element's content, without phonetic guides."""
    spoken = element(prefix + b"rPh").sub(b"", _without_instructions(item))
    found = element(prefix + b"t").finditer(spoken)
    return "".join(from_xstring(unescaped((part.group(2) or b"").decode())) for part in found)


def _without_instructions(markup: bytes) -> bytes:
    """Return markup without what stands for comments in it (``spelling``)."""
    return _INSTRUCTION.sub(b"", markup) if b"<?" in markup else markup


def xstring(text: str) -> str:
    """Return text with everything that XML cannot hold spelt out."""
    # Printable means, above all, without control characters; asking that is ten times as fast.
    if text.isprintable() and "_x" not in text:
        return text
    return _ILLEGAL.sub(lambda found: f"_x{ord(found.group(0)):04X}_", text)


def from_xstring(text: str) -> str:
    """Return the text that was spelt out."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def _serial(day: date, *, is_1904: bool) -> int:
    return (day - (_DAY_ZERO_1904 if is_1904 else _DAY_ZERO)).days


def _day_text(raw: str) -> str:
    """Return a day without its hour where it has none (18.18.11: ISO 8601)."""
    try:
        moment = datetime.fromisoformat(raw.removesuffix("Z"))
    except ValueError:
        return raw
    return moment.date().isoformat() if moment.time() == time() else raw


def _number_text(raw: str, *, is_date: bool, is_1904: bool) -> str:
    """Return a number without the noise of binary fractions (0.1 kept as 0.10000000000000001)."""
    try:
        number = Decimal(repr(float(raw)))
    except (ValueError, InvalidOperation):
        return raw
    if not number.is_finite():
        return raw
    if is_date and number == number.to_integral_value():
        try:
            day = (_DAY_ZERO_1904 if is_1904 else _DAY_ZERO) + timedelta(days=int(number))
        except OverflowError:
            return raw
        return day.isoformat()
    return text_of(number)
