"""From what was typed in a search box to an expression of FTS5 that cannot be malformed.

Every token is made by us of letters, digits and non-ASCII characters and is quoted, so no text is
ever read as FTS5's own syntax.
"""

from __future__ import annotations

import re
from itertools import groupby, islice, pairwise

from sanyou_desktop.ledger import search_terms
from sanyou_desktop.ledger.pinyin_syllables import INITIALS, LONGEST, canonical, cuts
from sanyou_desktop.ledger.search_terms import SHORT, fold, is_chinese, is_letters, pairs, runs

# A search box holds words; a whole pasted page is searched by its beginning.
_MOST_CHARACTERS = 200
_MOST_WORDS = 12
# Longer letters are no pinyin of a phrase, but a word, an address, a code.
_LONGEST_PINYIN = 48
_QUOTED = re.compile('"([^"]+)"')

Run = tuple[str, str]


def expression(text: str) -> str:
    """Return the FTS5 expression for ``text``; "" if nothing in it can be searched for.

    Words separated by spaces must all be found, each in one piece but for its punctuation.
    """
    # The slice before folding bounds the work on a pasted page.
    words = fold(text[: 2 * _MOST_CHARACTERS])[:_MOST_CHARACTERS].split()
    found = (_word(list(runs(word))) for word in words)
    return " AND ".join(islice((term for term in found if term), _MOST_WORDS))


def in_title(expression: str) -> str:
    """Return an expression of ours for the same tokens in the number or title."""
    return _QUOTED.sub(lambda found: f'"{search_terms.in_title(found[1])}"', expression)


def _word(given: list[Run]) -> str:
    if not given:
        return ""
    if len(given) == 1:
        return _alone(given[0])
    whole = _phrase(given)
    # 车liang: letters beside Chinese are pinyin as often as they are letters.
    mixed = any(is_chinese(kind) for kind, _ in given)
    if mixed and any(is_letters(kind) for kind, _ in given):
        parts = (_joined(list(group)) for group in _apart(given))
        return f"({whole} OR ({' AND '.join(parts)}))"
    return whole


def _apart(given: list[Run]) -> list[list[Run]]:
    """Group the runs: letters alone, what is between them together (第3号)."""
    return [list(group) for _, group in groupby(given, key=lambda run: is_letters(run[0]))]


def _joined(given: list[Run]) -> str:
    if not is_letters(given[0][0]):
        return _alone(given[0]) if len(given) == 1 else _phrase(given)
    return " AND ".join(_alone(run) for run in given)


def _alone(run: Run) -> str:
    kind, text = run
    if is_chinese(kind):
        return _quoted(f"_{text}") if len(text) == 1 else _quoted(*pairs(text)[:-1])
    beginning = _quoted(f"_{text}") if len(text) <= SHORT else f"{_quoted(text)} *"
    if not is_letters(kind) or not text.replace("ü", "").isascii():
        return beginning
    return f"({' OR '.join(dict.fromkeys([beginning, *_sounds(canonical(text))]))})"


def _phrase(given: list[Run]) -> str:
    """Return the runs one after another, over any punctuation; the last may go on."""
    tokens: list[str] = []
    for place, (kind, text) in enumerate(given):
        if not is_chinese(kind):
            tokens.append(text)
        elif place == len(given) - 1 and len(text) > 1:
            return _quoted(*tokens, *pairs(text)[:-1])
        else:
            tokens += pairs(text)
    return f"{_quoted(*tokens)} *"


def _sounds(letters: str) -> list[str]:
    """Return what letters may mean as pinyin: one syllable, initials, or several syllables."""
    if len(letters) > _LONGEST_PINYIN:
        return []
    found = [_quoted(f"_{letters}")] if len(letters) <= LONGEST else []
    if len(letters) > 1 and INITIALS.issuperset(letters):
        found.append(_initials(letters))
    found += [
        f"{_quoted(*(f'~{one}.{two}' for one, two in pairwise(cut)))} *"
        for cut in cuts(letters)
        if len(cut) > 1
    ]
    return found


def _initials(letters: str) -> str:
    if len(letters) == 2:
        return f"{_quoted(f'+{letters}')} *"
    return _quoted(*(f"+{letters[at : at + 3]}" for at in range(len(letters) - 2)))


def _quoted(*tokens: str) -> str:
    return f'"{" ".join(tokens)}"'
