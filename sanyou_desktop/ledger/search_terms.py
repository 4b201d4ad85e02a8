"""From text to the tokens of the search table.

A run of Chinese characters becomes its overlapping pairs and its last character alone, so that
any two or more characters are a phrase of pairs, and no phrase reaches from one run into the
next. Beside these there are, each with its own mark:

* ``~che.liang``: overlapping pairs of syllables, for full pinyin
* ``+clj``: overlapping threes of initials and the last two, for pinyin initials; pairs would each
  stand in a third of all records
* ``=pledge``: the kind
* ``_``: each once, every single character, the first letters and digits of every word, and the
  beginnings of every syllable. A query of one character or syllable is one exact token: as a
  prefix query it would have to merge the lists of hundreds of tokens
* ``.``: the end of a text, over which no phrase reaches
* ``^``: before any of these, once more: it is in the number or the title
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

END = "."
TITLE = "^"

Stream = tuple[str, ...]
# Words longer than this are found by their first so many characters.
LONGEST_WORD = 64
# So many first characters of a word are tokens of their own; longer beginnings are few enough.
SHORT = 3

# Longer texts are seldom said twice.
_SHORT_TEXT = 60
_FIRST_CHINESE = 0x2E80
_HAN, _LETTER, _DIGIT, _APART, _DROPPED = "h", "a", "d", " ", "x"
_RUN = re.compile(f"{_HAN}+|{_LETTER}+|{_DIGIT}+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class _Classes(dict[int, str]):
    """The class of each character met so far, as ``str.translate`` wants it."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _class_of(chr(code))
        return found


def _class_of(char: str) -> str:
    category = unicodedata.category(char)
    # Marks and invisible joiners: left out, so that a word is the same with and without.
    if category in ("Mn", "Me", "Cf"):
        return _DROPPED
    if category[0] in "ZPM" or category in ("Cc", "Cs", "Sm", "Sc", "Sk"):
        return _APART
    if ord(char) < _FIRST_CHINESE and category != "So":
        if char.isdecimal():
            return _DIGIT
        return _LETTER if category[0] in "LN" else _APART
    # Chinese, kana, emoji, private use and what this Python does not know yet: rare characters.
    return _HAN


_CLASSES = _Classes()


def fold(text: str) -> str:
    """Return ``text`` as it is compared: full-width as half-width, lower case, 1,000 as 1000."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    folded = folded.casefold()
    classes = folded.translate(_CLASSES)
    if _DROPPED in classes:
        kept = zip(folded, classes, strict=True)
        folded = "".join(char for char, kind in kept if kind != _DROPPED)
    return _GROUPED.sub("", folded) if "," in folded else folded


def runs(folded: str) -> Iterator[tuple[str, str]]:
    """Yield class and text of each run of Chinese (h), letters (a) and digits (d)."""
    for match in _RUN.finditer(folded.translate(_CLASSES)):
        kind = match[0][0]
        run = folded[match.start() : match.end()]
        yield kind, run if kind == _HAN else run[:LONGEST_WORD]


class Piece(NamedTuple):
    """What one text gives, whatever it stands in and however it is read.

    Attributes:
        words: its tokens in their order, its end among them, separated by spaces.
        singles: its single characters and beginnings of words, with their mark; ASCII ones apart,
            which come first and are sorted three times as fast by themselves.
        chinese: its different runs of Chinese.
    """

    words: str
    singles: tuple[frozenset[str], frozenset[str]]
    chinese: tuple[str, ...]


class Reading(NamedTuple):
    """How a run of Chinese is read, and what that gives for the index.

    Attributes:
        streams: the syllables.
        said: the pairs of syllables and threes of initials of each stream that has any.
        begun: the beginnings of all syllables, with their mark.
    """

    streams: tuple[Stream, ...]
    said: tuple[str, ...]
    begun: frozenset[str]

    @classmethod
    def of(cls, streams: tuple[Stream, ...]) -> Self:
        """Return a reading by its streams of syllables."""
        made = [_stream(stream) for stream in streams]
        begun = frozenset().union(*(begun for _said, begun in made))
        return cls(streams, tuple(said for said, _begun in made if said), begun)


# The reading of each run of Chinese.
Readings = Mapping[str, Reading]


def piece(text: str) -> Piece:
    """Return what a text gives; many records say the same."""
    return _piece_of_short(text) if len(text) <= _SHORT_TEXT else _piece_of_long(text)


def _made(text: str) -> Piece:
    words: list[str] = []
    singles: set[str] = set()
    chinese: dict[str, None] = {}
    for kind, run in runs(fold(text)):
        if kind == _HAN:
            words += pairs(run)
            singles.update(run)
            chinese[run] = None
        else:
            words.append(run)
            singles.update(run[:length] for length in range(1, SHORT + 1))
    words.append(END)
    first = frozenset([f"_{one}" for one in singles if one[0].isascii()])
    other = frozenset([f"_{one}" for one in singles if not one[0].isascii()])
    return Piece(" ".join(words), (first, other), tuple(chinese))


# A short one takes up to some 10 kB, a long one ten times as much.
_piece_of_short = lru_cache(maxsize=2048)(_made)
_piece_of_long = lru_cache(maxsize=64)(_made)


def is_chinese(kind: str) -> bool:
    """Tell whether a run's class is that of Chinese."""
    return kind == _HAN


def is_letters(kind: str) -> bool:
    """Tell whether a run's class is that of letters."""
    return kind == _LETTER


def pairs(run: str) -> list[str]:
    """Return the overlapping pairs of a run of Chinese and its last character."""
    found = [run[place : place + 2] for place in range(len(run) - 1)]
    found.append(run[-1])
    return found


def in_title(given: str) -> str:
    """Return tokens, separated by single spaces, as those of a number or title."""
    return TITLE + given.replace(" ", f" {TITLE}")


def kind_token(kind: str) -> str:
    """Return the token that every record of a kind has."""
    return f"={kind}"


def chinese_runs(pieces: Iterable[Piece]) -> dict[str, None]:
    """Return the different runs of Chinese in the pieces of some texts, in order."""
    return dict.fromkeys([run for one in pieces for run in one.chinese])


def tokens(pieces: Sequence[Piece], readings: Readings) -> str:
    """Return the tokens of the pieces of some texts, separated by single spaces.

    Whoever changes what this returns adds a migration that indexes every record again: new code
    must find what old code wrote, and take it out of the index again.
    """
    read = [readings[run] for run in chinese_runs(pieces) if run in readings]
    first = _NONE.union(*[one.singles[0] for one in pieces], *[one.begun for one in read])
    other = _NONE.union(*[one.singles[1] for one in pieces])
    sounds = dict.fromkeys([said for one in read for said in one.said])
    # What is there once each comes first: FTS5 writes low positions in fewer bytes.
    return " ".join([*sorted(first), *sorted(other), *sounds, *[one.words for one in pieces]])


_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def _stream(syllables: Stream) -> tuple[str, frozenset[str]]:
    """Return the pairs of syllables, then the threes of initials; and all beginnings, marked.

    Between those of one stream and of the next lie tokens of the other sort, so that no phrase
    reaches from one into the next. A single syllable makes no pair: "".
    """
    begun = frozenset(f"_{one[:length]}" for one in syllables for length in range(1, len(one) + 1))
    following = syllables[1:]
    if not following:
        return "", begun
    initials = "".join(syllable[0] for syllable in syllables)
    found = [f"~{one}.{two}" for one, two in zip(syllables, following, strict=False)]
    found += [f"+{initials[place : place + 3]}" for place in range(len(following))]
    return " ".join(found), begun
