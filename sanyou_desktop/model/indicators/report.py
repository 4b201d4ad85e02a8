"""An indicator's value beside that of the period before (环比) and of the year before (同比)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sanyou_desktop.model.indicators.register import INDICATORS, Indicator, Value
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.percent import percent
from sanyou_desktop.model.quantity import Total


@dataclass(frozen=True)
class Change:
    """How a value stands to an earlier one.

    Attributes:
        earlier: the earlier value.
        difference: now less then; for rates in percentage points (个百分点).
        rate: the difference in percent of the earlier value; None for rates, and from 0.
    """

    earlier: Value
    difference: Decimal
    rate: Decimal | None


@dataclass(frozen=True)
class Reading:
    """One indicator in one period.

    Attributes:
        value: None where it is undefined, for example a share of nothing.
        before, year_before: None where either value is undefined or that period is not known.
        unclear: how many records may or may not belong to the period and were left out.
        note: what the number hides, in words; "" for nothing.
    """

    indicator: Indicator
    value: Value
    before: Change | None
    year_before: Change | None
    unclear: int
    note: str


def readings(
    now: Tallies, before: Tallies | None = None, year_before: Tallies | None = None
) -> tuple[Reading, ...]:
    """Return every indicator, in the order of the register."""
    return tuple(reading(indicator, now, before, year_before) for indicator in INDICATORS)


def reading(
    indicator: Indicator,
    now: Tallies,
    before: Tallies | None = None,
    year_before: Tallies | None = None,
) -> Reading:
    """Return one indicator."""
    return Reading(
        indicator,
        indicator.value(now),
        _change(indicator, now, before),
        _change(indicator, now, year_before),
        indicator.unclear(now),
        indicator.note(now),
    )


def _change(indicator: Indicator, now: Tallies, then: Tallies | None) -> Change | None:
    value = indicator.value(now)
    earlier = indicator.value(then) if then is not None else None
    new, old = as_number(value), as_number(earlier)
    if new is None or old is None or then is None:
        return None
    if indicator.is_stock and indicator.unclear(then) > indicator.unclear(now):
        return None
    is_rate = indicator.shape in ("percent", "points")
    return Change(earlier, new - old, None if is_rate else percent(new - old, old))


def as_number(value: Value) -> Decimal | None:
    """Return a value as a plain number, None if it is undefined; a total leaves out its marks."""
    if value is None:
        return None
    return value.value if isinstance(value, Total) else Decimal(value)
