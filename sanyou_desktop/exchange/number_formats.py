"""What a number format makes of a number (ECMA-376-1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

# Built-in formats that no file spells out, of which more than the number matters: those of 18.8.30,
# with what they are in Chinese: year and month, whatever stands between.
_MONTH = "yyyy.m"
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {9: "0%", 10: "0.00%", 17: "mmm-yy", 27: _MONTH, 36: _MONTH, 50: _MONTH, 52: _MONTH, 57: _MONTH}
)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# Digits, then a word in quotes or per cent. A comma behind the last digit divides by a thousand,
# and what is escaped among the digits makes 1.2万 of 12345: there the word is not of the number.
_WORD_BEHIND = re.compile(
    r"(?:\[[^\]]*\])*[#0?,]*[#0?](?:\.[#0?]+)?\s*(?:(?P<percent>%)|\"(?P<word>[^\"0-9]+)\")\s*"
)

Shown = Callable[[str], str]


def shows_date(code: str) -> bool:
    """Tell whether a number in that format shows as a date."""
    plain = _QUOTED.sub("", code).lower()
    return "y" in plain or ("d" in plain and "m" in plain)


def shown_in(code: str) -> Shown | None:
    """Return what turns a number or a day, as text, into what it says in that format.

    None where it says no more and no less: 2006-07-24, 12000.
    """
    first = code.partition(";")[0]
    if shows_date(first):
        plain = _QUOTED.sub("", first).lower()
        if "d" in plain or "h" in plain or "s" in plain:
            return None
        return _month if "m" in plain else _year
    found = _WORD_BEHIND.fullmatch(first)
    if found is None:
        return None
    if found["percent"]:
        return _percent
    word = found["word"].strip()
    return (lambda text: text + word if _is_number(text) else text) if word else None


def _month(text: str) -> str:
    """Return the month of its first day: who types 2006年7月 gets that day, and did not say it."""
    return text[:7] if len(text) == 10 and text.endswith("-01") else text


def _year(text: str) -> str:
    return text[:4] if len(text) == 10 and text.endswith("-01-01") else text


def _percent(text: str) -> str:
    return f"{(Decimal(text) * 100).normalize():f}%" if _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
