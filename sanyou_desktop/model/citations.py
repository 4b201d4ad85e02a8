"""Which rules a text cites: by title in 《》, or by document number, as offices write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TITLE = re.compile(r"《([^《》]{1,300})》")
_NUMBER = re.compile(r"[^\s，。；：、（）《》“”,;()]*[〔\[﹝]\d{4}[〕\]﹞]\s*第?\d+号")
# A text that holds neither cites nothing.
SIGNS = ("《", "号")
_BRACKETS = str.maketrans({"[": "〔", "﹝": "〔", "]": "〕", "﹞": "〕", "第": None})


class Citations:
    """What texts cite, and which record each text belongs to."""

    def __init__(self) -> None:
        """Start with nothing cited."""
        self._titles: dict[str, set[str]] = {}
        # By the part that begins with the year, which has the least in common with others.
        self._numbers: dict[str, dict[str, set[str]]] = {}

    def read(self, owner: str, text: str) -> None:
        """Note what a text of the record ``owner`` (an id) cites."""
        for title in _TITLE.findall(text):
            self._titles.setdefault(_unspaced(title), set()).add(owner)
        for written in _NUMBER.findall(text):
            number = _tidy(written)
            same = self._numbers.setdefault(_tail(number), {})
            same.setdefault(number, set()).add(owner)

    def cites(self, rule: str, title: str, doc_number: str) -> bool:
        """Tell whether any other record than ``rule`` (an id) cites that title or number."""
        owners = self._titles.get(_unspaced(title.strip("《》")), set())
        if owners - {rule}:
            return True
        number = _tidy(doc_number)
        return bool(number) and bool(self._citing(number) - {rule})

    def _citing(self, number: str) -> set[str]:
        """Return who cites a number; what stands before it in the sentence belongs to its match."""
        found: set[str] = set()
        for written, owners in self._numbers.get(_tail(number), {}).items():
            if written.endswith(number):
                found |= owners
        return found


def plain_texts(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts without blanks, those that are empty left out."""
    for text in texts:
        plain = _unspaced(text)
        if plain:
            yield plain


def _tail(number: str) -> str:
    return number[number.find("〔") :]


def _tidy(number: str) -> str:
    return _unspaced(number).translate(_BRACKETS)


def _unspaced(text: str) -> str:
    return "".join(text.split())
