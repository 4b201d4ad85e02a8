"""On which of many days a rule was in force."""

from __future__ import annotations

from typing import NamedTuple

from sanyou_desktop.model.indicators.calendar import Calendar


class RuleDates(NamedTuple):
    """What a rule says of its life; ``begins`` is its day of effect, else of issue; "" unknown."""

    status: str
    begins: str
    repealed_on: str


def in_force(rule: RuleDates, calendar: Calendar) -> tuple[int, int]:
    """Return the masks of the periods on whose day it surely was in force, and perhaps was.

    Today its status tells, unless it is only to take effect later; what is under revision stays
    in force. Of earlier days only the dates tell: a rule of unknown beginning may have been in
    force then, or not yet.
    """
    if rule.status in ("drafting", "consultation"):
        return 0, 0
    begun = calendar.marks(rule.begins)
    if rule.status != "repealed":
        surely = (begun.perhaps_by & calendar.now) | begun.by
        return surely, begun.perhaps_by & ~surely
    repealed = calendar.marks(rule.repealed_on)
    earlier = calendar.everything & ~calendar.now
    perhaps = begun.perhaps_by & ~repealed.by & earlier
    # What is to be repealed on a day to come is in force until then.
    surely = begun.by & ~repealed.perhaps_by
    return surely, perhaps & ~surely
