"""Units side by side by one indicator: who stands where, and what the whole comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sanyou_desktop.model.indicators.register import Indicator
from sanyou_desktop.model.indicators.report import Reading, as_number, reading
from sanyou_desktop.model.indicators.tallies import Tallies


@dataclass(frozen=True)
class Ranked:
    """A unit's standing.

    Attributes:
        place: from 1; units of one value share a place and those behind keep theirs (1, 1, 3).
            None where the value is undefined: a rate of nothing is no last place.
        unit: its code.
    """

    place: int | None
    unit: str
    reading: Reading


def ranking(indicator: Indicator, units: Mapping[str, tuple[Tallies, ...]]) -> list[Ranked]:
    """Return the units by an indicator, the best first; where neither way is better, the most.

    ``units`` has, by code, the tallies of the period and, if it is known, of the year before.
    Those whose value is undefined stand at the end; within a place units are in order of code.
    """
    read = {
        unit: reading(indicator, now, year_before=rest[0] if rest else None)
        for unit, (now, *rest) in units.items()
    }
    numbers = {unit: as_number(one.value) for unit, one in read.items()}
    known = [(number, unit) for unit, number in numbers.items() if number is not None]
    sign = 1 if indicator.better == "down" else -1
    known.sort(key=lambda one: (sign * one[0], one[1]))
    ranked: list[Ranked] = []
    last: Decimal | None = None
    for at, (number, unit) in enumerate(known, start=1):
        place = ranked[-1].place if ranked and number == last else at
        ranked.append(Ranked(place, unit, read[unit]))
        last = number
    unknown = sorted(unit for unit, number in numbers.items() if number is None)
    return [*ranked, *(Ranked(None, unit, read[unit]) for unit in unknown)]
