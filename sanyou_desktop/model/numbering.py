"""The running number of a record: prefix of its kind, year, and a count from 1 (CN-2026-0007)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# Longer counts are no running numbers, whatever they are.
_FORM = re.compile(r"([A-Z]{2,4})-([0-9]{4})-([0-9]{4,9})")


class RunningNumber(NamedTuple):
    """The parts of a running number."""

    prefix: str
    year: int
    serial: int


def format_number(prefix: str, year: int, serial: int) -> str:
    """Return the number; beyond 9999 it simply grows wider."""
    return f"{prefix}-{year:04d}-{serial:04d}"


def running_number(number: str) -> RunningNumber | None:
    """Return the parts of a running number of any kind and year, None for any other text."""
    match = _FORM.fullmatch(number)
    return match and RunningNumber(match[1], int(match[2]), int(match[3]))


def last_of_each(numbers: Iterable[str]) -> list[str]:
    """Return the greatest running number of each kind and year; other texts are left out."""
    found: dict[tuple[str, int], RunningNumber] = {}
    for number in numbers:
        running = running_number(number)
        if running:
            series = running.prefix, running.year
            found[series] = max(running, found.get(series, running))
    return [format_number(*running) for running in found.values()]
