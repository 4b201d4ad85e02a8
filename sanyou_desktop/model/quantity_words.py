"""Reading quantities as people write them: 140多万元, 12,000, 近30个, 十六项, 一大批.

Words that hold no number, more than one, or one that can be taken in two ways (三四十人) are kept
whole with no value rather than guessed at.
"""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import normalize

from sanyou_desktop.model.quantity import LARGEST, MOST_DECIMALS, Quantity

_BEFORE = {
    "over": ("超过", "大于", "多于", "逾", "至少", "不少于", "≥", ">=", ">"),
    "about": ("大约", "约为", "约", "大概"),
    "nearly": ("接近", "将近", "近"),
    "under": ("不足", "不到", "少于", "低于", "至多", "≤", "<=", "<"),
}
_AFTER = {
    "over": ("多", "余", "几", "以上", "+"),
    "about": ("左右", "上下", "来"),
    "under": ("以下",),
}
_SCALES = {"亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2, "十": 1}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_BIG_STEPS = {"万": 10**4, "亿": 10**8}
_LONGEST_UNIT = 50

_NUMBER = re.compile(
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+)"
    r"(?P<inner>多|余|来|几)?(?P<scale>千万|百万|十万|亿|万|千|百|十)?(?P<outer>多|余|来|几|\+)?"
)
# What makes the number before it part of another one: 3万五千, 三分之一, 一年半.
_GOES_ON = re.compile(r"[零〇一二两三四五六七八九]|分之|.?半|.*\d")


def parse_quantity(text: str, unit: str = "") -> Quantity:
    """Read a quantity; ``unit`` is what is meant where none is written."""
    written = re.sub(r"\s+", " ", text).strip()
    spaced = normalize("NFKC", written)
    tidy = re.sub(r"\s", "", spaced)
    before, rest = _qualifier_before(tidy)
    match = _NUMBER.match(rest)
    value = _value(match) if match and not re.search(r"\d\s+\d", spaced) else None
    if match is None or value is None or not _stands_alone(match, rest):
        return Quantity(None, "exact", unit, written)
    after, tail = _qualifier_after(match["inner"] or match["outer"] or "", rest[match.end() :])
    if len(tail) > _LONGEST_UNIT:
        return Quantity(None, "exact", unit, written)
    return Quantity(value, before or after or "exact", tail or unit, written)


def _value(match: re.Match[str]) -> Decimal | None:
    figure, scale = match["figure"].replace(",", ""), match["scale"]
    if match["inner"] and scale in _STEPS:
        return None  # 一百几十
    number = Decimal(figure) if figure[0].isdecimal() else _chinese(figure)
    if number is None:
        return None
    value = number.scaleb(_SCALES[scale]) if scale else number
    exponent = value.as_tuple().exponent
    too_long = not isinstance(exponent, int) or exponent < -MOST_DECIMALS
    return None if too_long or value > LARGEST else value


def _stands_alone(match: re.Match[str], rest: str) -> bool:
    """Tell a number that counts (十六项) from one that is part of a word or of another number."""
    tail = rest[match.end() :]
    if _GOES_ON.match(tail):
        return False
    # 一大批, 一些, 一定.
    return match["figure"][0].isdecimal() or not tail.startswith(("大", "些", "系列", "定"))


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


def _chinese(figure: str) -> Decimal | None:
    """Return the value of a Chinese numeral: 十六 -> 16, 三百二 -> 320, 三万五千 -> 35000.

    None where it can be taken in two ways: 三五, 三四十, 百十.
    """
    if all(char in _DIGITS for char in figure):
        return _digits_alone(figure)
    total = section = digit = 0
    before = ""
    lowest = 10**9
    for char in figure:
        if char in _DIGITS:
            if _DIGITS.get(before):
                return None
            digit = _DIGITS[char]
        elif char in _STEPS:
            if _STEPS[char] >= lowest or (before and not digit):
                return None
            section += (digit or 1) * _STEPS[char]
            digit, lowest = 0, _STEPS[char]
        else:
            section += digit
            if before and not section:
                return None
            total = _raised(total, section or 1, _BIG_STEPS[char])
            section, digit, lowest = 0, 0, 10**9
        before = char
    return _with_last(total + section, digit, figure)


def _digits_alone(figure: str) -> Decimal | None:
    """Return 二〇〇六 as 2006; 三五 is three to five."""
    if len(figure) > 1 and not set("零〇") & set(figure):
        return None
    return Decimal("".join(str(_DIGITS[char]) for char in figure))


def _raised(total: int, section: int, step: int) -> int:
    return (total + section) * step if step == _BIG_STEPS["亿"] else total + section * step


def _with_last(rest: int, digit: int, figure: str) -> Decimal | None:
    """Add the last digit, which after 百, 千, 万 or 亿 counts in tenths of them: 三百二 is 320."""
    before = figure[-2:-1]
    if not digit or before in _DIGITS:
        return Decimal(rest + digit)
    if figure[-1] == "两":
        return None  # 三百两: of silver
    step = (_STEPS | _BIG_STEPS)[before]
    return Decimal(rest + digit * step // 10)
