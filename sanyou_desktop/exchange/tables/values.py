"""What offices write into cells, as the raw values that fields take.

Nothing is guessed in silence: what is not understood goes on as it stands, and the field refuses
it with its own sentence. To have another word of offices understood: see ``choice_words``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from sanyou_desktop.exchange.own_form.computed import YUAN
from sanyou_desktop.exchange.tables.choice_words import mark_called, option_called
from sanyou_desktop.model.fields import (
    Choice,
    Count,
    Date,
    Field,
    Json,
    LongText,
    Names,
    Number,
    People,
    Rows,
)
from sanyou_desktop.model.fields.rows import new_key
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.quantity_words import parse_quantity

_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
# Between these numbers of days, from 1954 to 2091, a bare number in a column of dates is a day.
_SERIALS = range(20_000, 70_000)
_WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?\s*")
_CLOCK = re.compile(
    r"(?:[ T]|\s*(?:上午|下午|中午|晚上|早上|凌晨)\s*)"
    r"(?:\d{1,2}[:时点](?:\d{1,2}(?::\d{2}(?:\.\d+)?|分)?)?)?$"
)
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月)?"
    r"(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_DIGITS = "〇一二三四五六七八九"
# 1. 1、 （一） ① at the beginning of a line.
_NUMBERED = re.compile(
    r"\s*(?:[(（]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,3}\s*[.．、)）]"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．]|[①-⑳])\s*(?!\d)"
)
# 38.6, 200多, 约1.2, 12,000左右: a number of the column's unit, with what is said about it.
_BARE = re.compile(
    r"(?P<before>[^\d万亿千百十元]{0,4})(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?P<inner>[多余几])?(?P<after>以上|以下|左右|上下|\+)?"
)
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")


def raw_of(kind: str, key: str, field: Field[Any], text: str, *, is_1904: bool = False) -> Json:
    """Return what the field reads, for the text of a cell."""
    tidy = text.strip()
    if isinstance(field, Date):
        return date_text(tidy, is_1904=is_1904)
    if isinstance(field, Count | Number):
        return number_text(tidy)
    if key == "confidential":
        return mark_called(tidy)
    if isinstance(field, Choice):
        return option_called(f"{kind}.{key}", tidy)
    if isinstance(field, Rows):
        return list(rows_of(field, tidy))
    if isinstance(field, People):
        return _people(tidy)
    if isinstance(field, Names):
        return list(listed_lines(tidy)) if "\n" in tidy else tidy
    return tidy if isinstance(field, LongText) else " ".join(tidy.split("\n"))


def date_text(text: str, *, is_1904: bool = False) -> str:
    """Return a date as the field reads it: 2006.7.24, 二〇〇六年七月, a day's number of Excel."""
    plain_text = normalize("NFKC", text)
    plain_text = _CLOCK.sub("", _WEEKDAY.sub("", plain_text)).strip()
    if plain_text.isdecimal() and len(plain_text) == 5 and int(plain_text) in _SERIALS:
        zero = _DAY_ZERO_1904 if is_1904 else _DAY_ZERO
        return (zero + timedelta(days=int(plain_text))).isoformat()
    found = _CHINESE_DATE.fullmatch(plain_text)
    if found is None:
        return plain_text
    year = "".join(str(_DIGITS.index(_zero(char))) for char in found.group(1))
    parts = [f"{_number(part):02}" for part in found.groups()[1:] if part]
    return "-".join([year, *parts])


def _zero(char: str) -> str:
    return "〇" if char in "零○" else char


def _number(text: str) -> int:
    """Return 十二 as 12; dates have no number beyond 三十一."""
    tens, _ten, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.index(text[-1])
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def in_yuan(text: str, unit: str) -> tuple[str, str]:
    """Return a sum with the unit that its column counts (万元), and as it is shown in yuan.

    38.6 is 38.6万元 and 386000, 200多 is 200多万元; what has a unit of its own stays.
    """
    bare = _BARE.fullmatch(normalize("NFKC", text))
    if unit not in YUAN or bare is None:
        return text, text
    before, number, inner, after = bare.groups(default="")
    if before or inner or after:
        told = f"{before}{number}{inner}{unit}{'以上' if after == '+' else after}"
        return told, told
    return text + unit, plain(Decimal(number.replace(",", "")) * YUAN[unit])


def number_text(text: str) -> str:
    """Return an exact number without its unit (120份, １２０, 三千); anything else as it stands."""
    found = parse_quantity(text)
    is_exact = found.value is not None and found.qualifier == "exact"
    return plain(found.value) if is_exact and found.value is not None else text


def _people(text: str) -> str:
    """Return names with separators: 张三 李四 are two people, 欧阳 修 may be one."""
    parts = text.split()
    if len(parts) > 1 and all(_NAME.fullmatch(part) for part in parts):
        return "、".join(parts)
    return text


def listed_lines(text: str) -> list[str]:
    """Return the lines of a cell without the numbers before them; blank lines are none."""
    lines = (_NUMBERED.sub("", line, count=1).strip() for line in text.split("\n"))
    return [line for line in lines if line]


def is_list(text: str) -> bool:
    """Tell whether a cell lists things: each of its lines has a number before it."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all(_NUMBERED.match(line) for line in lines)


def rows_of(field: Rows, text: str) -> list[dict[str, Json]]:
    """Return a row for each line of a cell, with the line in the row's first column.

    What our own workbooks print behind it in brackets by label is read back into its columns.
    """
    first = next(iter(field.columns))
    labels = {column.title: key for key, column in field.columns.items()}
    made = []
    for line in listed_lines(text):
        head, told = _labelled(line, labels)
        made.append({"key": new_key(), first: head, **told})
    return made


def _labelled(line: str, labels: Mapping[str, str]) -> tuple[str, dict[str, Json]]:
    """Return the text and the columns of 灯不亮（标准：常亮；满分：20）; else the line as it is."""
    head, bracket, rest = line.partition("（")
    if not bracket or not rest.endswith("）"):
        return line, {}
    told: dict[str, Json] = {}
    for part in rest[:-1].split("；"):
        label, colon, value = part.partition("：")
        if label not in labels:
            return line, {}
        told[labels[label]] = value if colon else True
    return head, told
