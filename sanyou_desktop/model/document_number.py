"""发文字号: the number of an official document, and the mistakes people make in writing it.

Form: the issuer's characters, the year in six-sided brackets, a serial without 第 and without
leading zeros, 号 (GB/T 9704-2012, 7.2.5).
"""

from __future__ import annotations

import re
from unicodedata import normalize

_RIGHT = re.compile(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号")
_OPEN, _CLOSE = r"[\[(【﹝〔{<《〈「]", r"[\])】﹞〕}>》〉」]"
_ALMOST = re.compile(
    rf"(?P<org>[\u4e00-\u9fff]{{1,12}}?){_OPEN}?"
    rf"(?P<year>(?:19|20)\d{{2}})年?度?{_CLOSE}?[-－—]?第?0*(?P<serial>[1-9]\d{{0,4}})号?"
)
# Two digits are a year only inside brackets; outside they may be part of the serial.
_SHORT_YEAR = re.compile(
    rf"(?P<org>[\u4e00-\u9fff]{{1,12}}?){_OPEN}'?(?P<year>\d{{2}})年?度?{_CLOSE}"
    r"第?0*(?P<serial>[1-9]\d{0,4})号?"
)
_CENTURY_TURNS = 50


def corrected(text: str) -> str | None:
    """Return how a document number should be written; None if it is right or no such number.

    A year of two digits is one of 1950 to 2049.
    """
    written = text.strip()
    if not written or _RIGHT.fullmatch(written):
        return None
    plain = re.sub(r"\s+", "", normalize("NFKC", written))
    match = _ALMOST.fullmatch(plain)
    if match is not None:
        return f"{match['org']}〔{match['year']}〕{match['serial']}号"
    match = _SHORT_YEAR.fullmatch(plain)
    if match is None:
        return None
    short = int(match["year"])
    year = short + (1900 if short >= _CENTURY_TURNS else 2000)
    return f"{match['org']}〔{year}〕{match['serial']}号"
