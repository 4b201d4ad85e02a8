"""Where an axis from zero is marked: whole numbers only, because half a record does not exist."""

from __future__ import annotations

from itertools import count

_MOST = 5


def whole_ticks(top: float) -> list[int]:
    """Return 0 and the multiples of 1, 2 or 5 times a power of ten up to ``top``, at most six."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if top < step * (_MOST + 1))
    return list(range(0, int(top) + 1, step))
