"""Quantities as they were reported, and totals that say what they hide.

140多万元 is "over 1,400,000 元", not 1,400,000 and not unknown. The words it was written in stay
with it, because a superior checks the figure against the report it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from sanyou_desktop.wording import N_, _

QUALIFIERS = {
    "exact": "",
    "over": N_("多于"),
    "about": N_("约"),
    "nearly": N_("近"),
    "under": N_("不足"),
}
_BEFORE = {
    "over": ("超过", "大于", "多于", "逾", "至少", "不少于", "≥", ">=", ">"),
    "about": ("大约", "约为", "约", "大概"),
    "nearly": ("接近", "将近", "近"),
    "under": ("不足", "不到", "少于", "低于", "至多", "≤", "<=", "<"),
}
_AFTER = {"over": ("多", "余", "以上", "+"), "about": ("左右", "上下", "来"), "under": ("以下",)}
_SCALES = {"亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2, "十": 1}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_STEPS = {"十": 10, "百": 100, "千": 1000}

_NUMBER = re.compile(
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
    r"(?P<inner>多|余|来)?(?P<scale>千万|百万|十万|亿|万|千|百|十)?(?P<outer>多|余|来|\+)?"
)


@dataclass(frozen=True)
class Quantity:
    """A number with what is known of it.

    Attributes:
        value: in ``unit``; None where the words hold no number (一大批).
        qualifier: one of ``QUALIFIERS``; how the true number stands to ``value``.
        unit: such as 元, 辆次, 个; may be empty.
        as_written: the reporter's own words.
    """

    value: Decimal | None
    qualifier: str = "exact"
    unit: str = ""
    as_written: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the four parts, the value as a decimal string or null."""
        value = None if self.value is None else format(self.value.normalize(), "f")
        return {
            "value": value,
            "qualifier": self.qualifier,
            "unit": self.unit,
            "as_written": self.as_written,
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any], unit: str = "") -> Quantity:
        """Read the four parts; missing words are written from the others.

        Raises:
            Refused: an unknown part or qualifier, or a value that is not a number.
        """
        # The field types import this module; their refusal is needed only on this path.
        from sanyou_desktop.model.fields.base import Refused
        from sanyou_desktop.model.fields.text import Text

        unknown = set(raw) - {"value", "qualifier", "unit", "as_written"}
        if unknown:
            raise Refused(_("数量中没有「{key}」这一项").format(key="、".join(sorted(unknown))))
        qualifier = raw.get("qualifier") or "exact"
        if qualifier not in QUALIFIERS:
            raise Refused(
                _("数量的限定应为 {options}，现为「{value}」").format(
                    options="/".join(QUALIFIERS), value=str(qualifier)[:40]
                )
            )
        text = Text("")
        read = cls(
            _decimal(raw.get("value")),
            qualifier,
            text.read(raw.get("unit")) or unit,
            text.read(raw.get("as_written")),
        )
        return read if read.as_written else cls(read.value, qualifier, read.unit, read.in_words())

    def in_words(self) -> str:
        """Return the quantity from its parts: ≥1,400,000 元, 约 30 个."""
        if self.value is None:
            return self.as_written
        return _figure(self.value, self.qualifier, self.unit)


def _decimal(raw: object) -> Decimal | None:
    from sanyou_desktop.model.fields.base import Refused

    if raw is None or raw == "":
        return None
    try:
        value = Decimal(str(raw))
    except InvalidOperation:
        value = Decimal("NaN")
    if isinstance(raw, bool) or not value.is_finite() or abs(value) > Decimal(10) ** 15:
        raise Refused(_("数量的数值应为数字，现为「{value}」").format(value=str(raw)[:40]))
    return value


def parse_quantity(text: str, unit: str = "") -> Quantity:
    """Read a quantity as people write it: 140多万元, 12,000, 近30个, 十六项, 一大批.

    ``unit`` is what is meant where none is written. Words without a number, or with more than
    one, are kept whole with no value rather than guessed at.
    """
    written = re.sub(r"\s+", " ", text).strip()
    tidy = re.sub(r"\s", "", normalize("NFKC", written))
    qualifier, rest = _qualifier_before(tidy)
    match = _NUMBER.match(rest)
    if not match or re.search(r"\d", rest[match.end() :]) or not _is_number(match, rest):
        return Quantity(None, "exact", unit, written)
    figure = match["figure"].replace(",", "")
    number = Decimal(figure) if figure[0].isdecimal() else Decimal(_chinese(figure))
    value = number.scaleb(_SCALES[match["scale"]]) if match["scale"] else number
    tail = rest[match.end() :]
    after, tail = _qualifier_after((match["inner"] or match["outer"] or ""), tail)
    return Quantity(value, qualifier or after or "exact", tail or unit, written)


def _is_number(match: re.Match[str], rest: str) -> bool:
    """Tell a Chinese numeral that counts (十六项) from one that is part of a word (一大批)."""
    if match["figure"][0].isdecimal():
        return True
    return not rest[match.end() :].startswith(("大", "些", "系列", "定"))


def _qualifier_before(text: str) -> tuple[str, str]:
    for qualifier, words in _BEFORE.items():
        for word in words:
            if text.startswith(word):
                return qualifier, text[len(word) :]
    return "", text


def _qualifier_after(mark: str, tail: str) -> tuple[str, str]:
    for qualifier, words in _AFTER.items():
        if mark in words:
            return qualifier, tail
        for word in words:
            if tail.endswith(word):
                return qualifier, tail[: -len(word)]
    return "", tail


def _chinese(figure: str) -> int:
    """Return the value of a Chinese numeral below 10,000: 十六 -> 16, 三百二十 -> 320."""
    if not any(char in _STEPS for char in figure):
        return int("".join(str(_DIGITS[char]) for char in figure))
    total, digit = 0, 0
    for char in figure:
        if char in _STEPS:
            total += (digit or 1) * _STEPS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


@dataclass(frozen=True)
class Total:
    """The sum of quantities of one unit, and what it leaves open.

    Attributes:
        value: the sum of all values given.
        inexact: how many of the summands are not exact.
        without_value: how many had words but no number, and so are not in the sum.
        qualifier: how the true sum stands to ``value``.
    """

    value: Decimal
    unit: str
    inexact: int
    without_value: int
    qualifier: str

    def __str__(self) -> str:
        """Return "≥1,400,000 元(含 1 项约数)"; items without a number are named too."""
        shown = _figure(self.value, self.qualifier, self.unit)
        remarks = []
        if self.inexact:
            remarks.append(_("含 {count} 项约数").format(count=self.inexact))
        if self.without_value:
            remarks.append(_("另 {count} 项无数字").format(count=self.without_value))
        return shown + (f"({'，'.join(remarks)})" if remarks else "")


def total(quantities: Iterable[Quantity], unit: str) -> Total:
    """Add up the quantities of ``unit``; those of another unit are left out by the caller's choice.

    The sum of "over" values is a lower bound and of "under" or "nearly" values an upper one;
    any mixture of the two is only about right.
    """
    value, without = Decimal(0), 0
    qualifiers: list[str] = []
    for quantity in quantities:
        if quantity.unit != unit:
            continue
        if quantity.value is None:
            without += 1
            continue
        value += quantity.value
        if quantity.qualifier != "exact":
            qualifiers.append("under" if quantity.qualifier == "nearly" else quantity.qualifier)
    kinds = set(qualifiers)
    joint = "exact" if not kinds else kinds.pop() if len(kinds) == 1 else "about"
    return Total(value, unit, len(qualifiers), without, joint)


def plain(number: Decimal) -> str:
    """Return a number with grouping commas left out and no trailing zeros: 12000, 0.5."""
    return format(number.normalize(), "f") if number else "0"


def _figure(value: Decimal, qualifier: str, unit: str) -> str:
    mark = {"over": "≥", "under": "≤", "about": _("约 "), "nearly": _("近 ")}.get(qualifier, "")
    whole = value == value.to_integral_value()
    figure = f"{int(value):,}" if whole else f"{value.normalize():,f}"
    return f"{mark}{figure} {unit}".rstrip()
