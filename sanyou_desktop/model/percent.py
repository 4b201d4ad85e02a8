"""Percentages as offices print them: one decimal place, 四舍五入."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """Return ``part`` of ``whole`` in percent; None if either is unknown, or ``whole`` is 0.

    A half is rounded up, as Excel's ROUND and every clerk does it, not to the even digit.
    """
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)
