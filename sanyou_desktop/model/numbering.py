"""The running number of a record: prefix of its kind, year, and a count from 1 (CN-2026-0007)."""

from __future__ import annotations

import re

_FORM = re.compile(r"([A-Z]{2,4})-(\d{4})-(\d{4,})")


def format_number(prefix: str, year: int, serial: int) -> str:
    """Return the number; beyond 9999 it simply grows wider."""
    return f"{prefix}-{year:04d}-{serial:04d}"


def serial_of(number: str, prefix: str, year: int) -> int:
    """Return the count in a number of that prefix and year, 0 for any other text."""
    match = _FORM.fullmatch(number)
    if not match or match[1] != prefix or int(match[2]) != year:
        return 0
    return int(match[3])
