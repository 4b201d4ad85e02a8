"""The scale of a chart of counts: round steps from 0, never a broken axis."""

from __future__ import annotations

_STEPS = (1, 2, 5)
_MOST_TICKS = 6


def ticks(largest: int) -> list[int]:
    """Return the marks of the axis, from 0 to at least ``largest``."""
    size = 1
    while True:
        for step in _STEPS:
            length = step * size
            if length * (_MOST_TICKS - 1) >= largest:
                last = max(1, -(-largest // length))
                return [length * number for number in range(last + 1)]
        size *= 10
