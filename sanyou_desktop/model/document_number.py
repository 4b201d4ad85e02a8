"""发文字号: the number of an official document, and the mistakes people make in writing it.

Form: the issuer's characters, the year in six-sided brackets, a serial without 第 and without
leading zeros, 号 (GB/T 9704-2012, 7.2.5).
"""

from __future__ import annotations

import re
from unicodedata import normalize

_RIGHT = re.compile(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号")
_ALMOST = re.compile(
    r"(?P<org>[\u4e00-\u9fff]{1,12}?)\s*[\[(【﹝〔{]?\s*(?P<year>(?:19|20)\d{2})\s*[\])】﹞〕}]?\s*"
    r"第?\s*0*(?P<serial>[1-9]\d{0,4})\s*号?"
)


def corrected(text: str) -> str | None:
    """Return how a document number should be written; None if it is right or no such number."""
    written = text.strip()
    if not written or _RIGHT.fullmatch(written):
        return None
    match = _ALMOST.fullmatch(normalize("NFKC", written).replace("﹝", "〔").replace("﹞", "〕"))
    if match is None:
        return None
    return f"{match['org']}〔{match['year']}〕{match['serial']}号"
