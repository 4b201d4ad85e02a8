"""Scores of inspections: deduction by count until nothing is left (扣完为止), veto, n/a.

The shape is that of the checklists in public use: full score, deduction for each place found,
an item never below 0; items that do not apply leave the base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from sanyou_desktop.model.percent import percent


class Scored(Protocol):
    """What a checklist item must have to be scored."""

    @property
    def full_score(self) -> Decimal | None:
        """The most it can score."""

    @property
    def deduction(self) -> Decimal | None:
        """Points taken off for each place found."""

    @property
    def occurrences(self) -> int | None:
        """How many places were found."""

    @property
    def score(self) -> Decimal | None:
        """What was entered."""

    @property
    def veto(self) -> bool:
        """A failure fails the whole inspection."""

    @property
    def result(self) -> str:
        """pass, fail, na or not yet known."""


@dataclass(frozen=True)
class Outcome:
    """The score of a whole inspection.

    Attributes:
        points: the sum over scored items that apply.
        base: the sum of their full scores.
        full: the sum of all full scores, n/a items included.
        rate: points of base in percent, None if nothing was scored.
        applicable: items that are not n/a.
        failed: items with result "fail"; ``judged``: items with any result.
        vetoed: a failed veto item fails the whole, whatever the points.
    """

    points: Decimal
    base: Decimal
    full: Decimal
    rate: Decimal | None
    applicable: int
    failed: int
    judged: int
    vetoed: bool

    @property
    def converted(self) -> Decimal | None:
        """The points as they count on the whole list's full score.

        The share of items that do not apply goes to the others in proportion (points x full /
        base), so that a department without a canteen is not marked down for it. None if nothing
        was scored; one decimal place, a half rounded up.
        """
        if not self.base:
            return None
        return (self.points * self.full / self.base).quantize(Decimal("0.1"), ROUND_HALF_UP)


def item_score(item: Scored) -> Decimal | None:
    """Return max(0, full - deduction x occurrences); None for n/a or without a full score.

    A failure is one of at least one place, also where none was counted. Where no deduction
    applies, an entered score stands; else a pass has the full score. A failure with the full score
    is one whose score was computed while it was a pass: it is not known.
    """
    if item.result == "na" or item.full_score is None:
        return None
    places = places_of(item)
    if item.deduction is not None and places is not None:
        return max(Decimal(0), item.full_score - item.deduction * places)
    if item.score is not None:
        stale = item.result == "fail" and item.score == item.full_score
        return None if stale else item.score
    return item.full_score if item.result == "pass" else None


def places_of(item: Scored) -> int | None:
    """Return how many places count against an item; None if nobody counted and it did not fail."""
    if item.result != "fail":
        return item.occurrences
    return max(item.occurrences or 0, 1)


def outcome(items: Sequence[Scored]) -> Outcome:
    """Return the score of all items together; unscored items are neither points nor base."""
    points = base = Decimal(0)
    for item in items:
        score = item_score(item)
        if score is not None and item.full_score is not None:
            points += score
            base += item.full_score
    return Outcome(
        points=points,
        base=base,
        full=sum((item.full_score or Decimal(0) for item in items), Decimal(0)),
        rate=percent(points, base),
        applicable=sum(item.result != "na" for item in items),
        failed=sum(item.result == "fail" for item in items),
        judged=sum(bool(item.result) for item in items),
        vetoed=any(item.veto and item.result == "fail" for item in items),
    )
