"""Where a date stands to many periods at once, as bits: a ledger's dates repeat, periods do too.

Bit n of every mask speaks of the n-th period. A tally is kept by mask first and spread over the
periods at the end, so that 30,000 records are looked at once, not once a period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.periods import Period


class Marks(NamedTuple):
    """What is known of one date.

    Attributes:
        inside: the periods it surely lies in; ``unclear``: those it may lie in.
        by: the periods on whose reference day it surely had come; ``perhaps_by``: may have come.
        past: the periods on whose reference day it surely lay before that day.
        is_over: it surely lies before today.
    """

    inside: int
    unclear: int
    by: int
    perhaps_by: int
    past: int
    is_over: bool


class Calendar:
    """The periods that are asked for, each with its reference day.

    Attributes:
        periods: what the bits stand for.
        days: the reference day of each (统计时点): its last day, today if it is not over.
        everything: the mask of all periods.
        now: the mask of those whose reference day is today.
    """

    def __init__(self, periods: Sequence[Period], today: date) -> None:
        """Take up to some dozens of periods."""
        self.periods = tuple(periods)
        self.today = today
        self.days = tuple(min(period.last or today, today) for period in self.periods)
        self.everything = (1 << len(self.periods)) - 1
        self.now = self._mask(day == today for day in self.days)
        self._known: dict[str | None, Marks] = {}

    def marks(self, written: str | None) -> Marks:
        """Return the marks of a date in EDTF; None or "" is a date that nobody gave."""
        found = self._known.get(written)
        if found is None:
            found = self._known[written] = self._found(
                PartialDate.parse(written) if written else None
            )
        return found

    def spread(self, mask: int) -> Iterator[int]:
        """Yield the places of the periods in a mask."""
        while mask:
            lowest = mask & -mask
            yield lowest.bit_length() - 1
            mask ^= lowest

    def _found(self, written: PartialDate | None) -> Marks:
        holds = [period.holds(written) for period in self.periods]
        first = written.first() if written else None
        last = written.last() if written else None
        if first is None or last is None:
            by, perhaps_by, past = 0, self.everything, 0
        else:
            by = self._mask(last <= day for day in self.days)
            perhaps_by = self._mask(first <= day for day in self.days)
            past = self._mask(last < day for day in self.days)
        inside = self._mask(answer is True for answer in holds)
        unclear = self._mask(answer is None for answer in holds)
        is_over = last is not None and last < self.today
        return Marks(inside, unclear, by, perhaps_by, past, is_over)

    def _mask(self, answers: Iterator[bool] | Sequence[bool]) -> int:
        return sum(1 << at for at, answer in enumerate(answers) if answer)
