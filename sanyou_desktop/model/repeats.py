"""重复问题: the same matter found again in the same place or department within so many days.

Two findings are of the same matter if they came from the same checklist item (the same row, or a
row with the same text, for each inspection has rows of its own) or carry the same title. They
must be of one unit, and of the same place or the same department; a blank says nothing. The later
one repeats the earlier one if it surely was raised on a later day and surely within the days
given: a date known to the month only does so where any of its days would. Two findings of one day
are two places of one problem, not a problem that came back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, Protocol, TypeVar

from sanyou_desktop.model.edtf import PartialDate

# 重复 is counted within half a year unless somebody chooses other days.
REPEAT_DAYS = 180
# Up to so many of one matter are compared pair by pair, which is quicker than sorting them.
_FEW = 6
REPEAT_CHOICES = (30, 90, 180, 365)
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class Recurring(Protocol):
    """What of a finding decides whether it came back; ``model.finding.Finding`` has it all."""

    @property
    def unit(self) -> str:
        """Code of the unit."""

    @property
    def title(self) -> str:
        """The title of the finding."""

    @property
    def item_key(self) -> str:
        """Row key of the checklist item it was found by, "" if none."""

    @property
    def place(self) -> str:
        """Where it was found."""

    @property
    def department(self) -> str:
        """Who is answerable."""

    @property
    def raised_on(self) -> PartialDate | None:
        """When it was raised."""


F = TypeVar("F", bound=Recurring)


class Sight(NamedTuple):
    """A finding as the rule sees it: days as ordinals, texts with blanks taken out."""

    unit: str
    title: str
    item_key: str
    item: str
    place: str
    department: str
    first: int
    last: int


class Sights(NamedTuple):
    """Many findings as the rule sees them, one column an aspect: quicker than one object each."""

    unit: Sequence[str]
    title: Sequence[str]
    item_key: Sequence[str]
    item: Sequence[str]
    place: Sequence[str]
    department: Sequence[str]
    first: Sequence[int]
    last: Sequence[int]


def repeats_of(
    finding: F,
    earlier: Iterable[F],
    within_days: int = REPEAT_DAYS,
    item_text: Callable[[F], str] = lambda _finding: "",
) -> list[F]:
    """Return those of ``earlier`` that ``finding`` repeats, in the order given.

    ``item_text`` tells the text of the checklist item a finding came from, "" if none; without
    it, items are known by their row key alone.
    """
    seen = sight_of(finding, item_text(finding))
    if seen is None:
        return []
    return [
        other
        for other in earlier
        if other is not finding
        and _comes_back(seen, sight_of(other, item_text(other)), within_days)
    ]


def sight_of(finding: Recurring, item: str = "") -> Sight | None:
    """Return what the rule sees of a finding; None if it is not known when it was raised."""
    raised = finding.raised_on
    first, last = (raised.first(), raised.last()) if raised else (None, None)
    if first is None or last is None:
        return None
    return Sight(
        finding.unit,
        plain_text(finding.title),
        finding.item_key,
        plain_text(item),
        plain_text(finding.place),
        plain_text(finding.department),
        first.toordinal(),
        last.toordinal(),
    )


def plain_text(text: str) -> str:
    """Return what is compared of a text: no blanks, punctuation, letter case or width.

    卫生间（二楼） and 卫生间(二楼) are one place, however two people type it.
    """
    # Most texts are words alone, for which the rest changes nothing but takes three times as long.
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text.casefold()
    return _BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def repeated(sights: Sights, within_days: int = REPEAT_DAYS) -> set[int]:
    """Return the places in ``sights`` of all that repeat another one among them.

    The same rule as ``repeats_of``, in n log n: what has a matter and a place in common is looked
    at together, in the order of days.
    """
    found: set[int] = set()
    for matters in (sights.title, sights.item_key, sights.item):
        for alike in _alike(sights.unit, matters):
            if len(alike) <= _FEW:
                _add_again(sights, alike, within_days, found)
                continue
            units = [sights.unit[at] for at in alike]
            for places in (sights.place, sights.department):
                for members in _alike(units, [places[at] for at in alike]):
                    at_once = [alike[place] for place in members]
                    found.update(_later_ones(sights, at_once, within_days))
    return found


def _alike(units: Sequence[str], texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places that have both in common, two or more; a blank text says nothing."""
    matters: Iterable[Any] = texts
    if len(set(units)) > 1:
        matters = (text and (unit, text) for unit, text in zip(units, texts, strict=True))
    groups: defaultdict[Any, list[int]] = defaultdict(list)
    for at, matter in enumerate(matters):
        if matter:
            groups[matter].append(at)
    return (alike for alike in groups.values() if len(alike) > 1)


def _add_again(sights: Sights, alike: list[int], within: int, found: set[int]) -> None:
    """Add those of one matter that came back in the same place or department."""
    places, departments = sights.place, sights.department
    firsts, lasts = sights.first, sights.last
    for at in alike:
        place, department = places[at], departments[at]
        first, earliest = firsts[at], lasts[at] - within
        for other in alike:
            if lasts[other] < first and firsts[other] >= earliest:
                same_place = place and places[other] == place
                if same_place or (department and departments[other] == department):
                    found.add(at)
                    break


def _is_again(later: Sight, earlier: Sight, within: int) -> bool:
    """Tell of two findings of one matter whether the first repeats the second."""
    if earlier.last >= later.first or later.last - earlier.first > within:
        return False
    same_place = bool(later.place) and later.place == earlier.place
    return same_place or (bool(later.department) and later.department == earlier.department)


def _later_ones(sights: Sights, members: list[int], within: int) -> Iterator[int]:
    """Yield the members that have another one before them, no longer ago than ``within`` days."""
    firsts, lasts = sights.first, sights.last
    by_last = sorted(members, key=lasts.__getitem__)
    ends = [lasts[at] for at in by_last]
    # The latest beginning of all that ended by then: the best candidate for "not too long ago".
    latest = list(accumulate((firsts[at] for at in by_last), max))
    for at in members:
        before = bisect_left(ends, firsts[at])
        if before and lasts[at] - latest[before - 1] <= within:
            yield at


def _comes_back(later: Sight, earlier: Sight | None, within: int) -> bool:
    if earlier is None or not _is_again(later, earlier, within):
        return False
    return not set(_matters(later)).isdisjoint(_matters(earlier))


def _matters(seen: Sight) -> list[tuple[str, ...]]:
    """Return the unit with each of the title, the row and the text of the item that is known."""
    found: list[tuple[str, ...]] = []
    if seen.title:
        found.append((seen.unit, "title", seen.title))
    if seen.item_key:
        found.append((seen.unit, "key", seen.item_key))
    if seen.item:
        found.append((seen.unit, "item", seen.item))
    return found
