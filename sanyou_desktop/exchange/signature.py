"""Where 署名 and 成文日期 stand without a seal (GB/T 9704-2012, 7.3.5.2), in widths of a character.

The signer stands two characters from the right edge, the date below begins two characters right
of the signer's first; a date longer than the signer stands two characters from the edge itself.
"""

from __future__ import annotations

import unicodedata

_EDGE, _SHIFT = 2.0, 2.0


def signature_indents(signer: str, day: str) -> tuple[float, float]:
    """Return how far from the right edge the signer and the date end, in characters."""
    wide, long = width(signer), width(day)
    if long > wide:
        return _EDGE + long + _SHIFT - wide, _EDGE
    return _EDGE, max(0.0, _EDGE + wide - _SHIFT - long)


def width(text: str) -> float:
    """Return the width of a text in characters; what is not full-width takes half of one."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)
