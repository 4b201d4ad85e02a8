"""What a scoring sheet says in words of the points taken off: 发现一处不合格扣1分，扣完为止.

Only a sentence that names one number is understood; several, a range or 酌情 are left to people.
"""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import normalize

_TAKEN_OFF = re.compile(r"扣(?:除|减)?(\d+(?:\.\d+)?)分")
# 最多扣10分 is the most there is, not what a place costs.
_AT_MOST = re.compile(r"(?:最多|最高|至多|累计|共)\D{0,4}扣\D{0,2}\d+(?:\.\d+)?分")
_ANY = re.compile(r"扣\D{0,4}\d")
_SPACES = re.compile(r"\s+")
# Nobody types so many digits; a number of thousands would be read for ever.
_LONGEST = 2_000


def speaks_of_deduction(words: str) -> bool:
    """Tell whether words, rather than a number, say what is taken off."""
    return "扣" in words


def deduction_in(words: str) -> Decimal | None:
    """Return the points that each place costs, None where that is not one number.

    >>> deduction_in("发现一处不合格扣１分，扣完为止")
    Decimal('1')
    >>> deduction_in("地面不洁扣2分，桌面不洁扣1分")
    """
    plain = _SPACES.sub("", normalize("NFKC", words[:_LONGEST]))
    plain = _AT_MOST.sub("", plain)
    named = [Decimal(number) for number in _TAKEN_OFF.findall(plain)]
    if len(set(named)) != 1 or len(named) != len(_ANY.findall(plain)):
        return None
    return named[0]
