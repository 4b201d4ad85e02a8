"""The piece of a record's text that a list of hits shows under its title."""

from __future__ import annotations

from collections.abc import Sequence

_LENGTH = 80
_BEFORE = 16
_MORE = "…"


def excerpt(texts: Sequence[str], query: str) -> str:
    """Return one line around the first place where a word of ``query`` stands as typed.

    Hits by pinyin, or in the title alone, show how the first text begins.
    """
    words = [word.casefold() for word in query[:_LENGTH].split()]
    for text in texts:
        compared = text.casefold()
        # Folding makes a few letters longer; then places in it are none in the text.
        if len(compared) != len(text):
            continue
        places = [place for word in words if (place := compared.find(word)) >= 0]
        if places:
            return _around(text, min(places))
    return _around(texts[0], 0) if texts else ""


def _around(text: str, place: int) -> str:
    start = max(0, place - _BEFORE)
    piece = " ".join(text[start : start + _LENGTH].split())
    before = _MORE if start else ""
    after = _MORE if start + _LENGTH < len(text) else ""
    return f"{before}{piece}{after}"
