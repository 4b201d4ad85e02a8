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
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

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
    return _BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def repeated(sights: Sequence[Sight], within_days: int = REPEAT_DAYS) -> set[int]:
    """Return the places in ``sights`` of all that repeat another one among them.

    The same rule as ``repeats_of``, in n log n: what has a matter and a place in common is looked
    at together, in the order of days.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, seen in enumerate(sights):
        for matter in _matters(seen):
            groups.setdefault(matter, []).append(at)
    found: set[int] = set()
    for alike in groups.values():
        if len(alike) > 1:
            found.update(_again(sights, alike, within_days))
    return found


def _again(sights: Sequence[Sight], alike: list[int], within: int) -> Iterator[int]:
    """Yield those of one matter that came back in the same place or department."""
    if len(alike) <= _FEW:
        for at in alike:
            later = sights[at]
            if any(_is_again(later, sights[other], within) for other in alike):
                yield at
        return
    places: dict[tuple[str, ...], list[int]] = {}
    for at in alike:
        for place in _places(sights[at]):
            places.setdefault(place, []).append(at)
    for members in places.values():
        if len(members) > 1:
            yield from _later_ones(sights, members, within)


def _is_again(later: Sight, earlier: Sight, within: int) -> bool:
    """Tell of two findings of one matter whether the first repeats the second."""
    if earlier.last >= later.first or later.last - earlier.first > within:
        return False
    same_place = bool(later.place) and later.place == earlier.place
    return same_place or (bool(later.department) and later.department == earlier.department)


def _later_ones(sights: Sequence[Sight], members: list[int], within: int) -> Iterator[int]:
    """Yield the members that have another one before them, no longer ago than ``within`` days."""
    by_last = sorted(members, key=lambda at: sights[at].last)
    ends = [sights[at].last for at in by_last]
    # The latest beginning of all that ended by then: the best candidate for "not too long ago".
    latest: list[int] = []
    for at in by_last:
        latest.append(max(sights[at].first, latest[-1]) if latest else sights[at].first)
    for at in members:
        before = bisect_left(ends, sights[at].first)
        if before and sights[at].last - latest[before - 1] <= within:
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


def _places(seen: Sight) -> list[tuple[str, ...]]:
    """Return the place and the department, where they are known."""
    pairs: tuple[tuple[str, ...], ...]
    pairs = (("place", seen.place), ("department", seen.department))
    return [pair for pair in pairs if pair[1]]
