"""Chains of records that follow one another: the rule that replaces one, the check after one."""

from __future__ import annotations

from collections.abc import Callable


def cycle(start: str, following: str, next_of: Callable[[str], str]) -> tuple[str, ...]:
    """Return the ids from ``start`` round to itself, () if its chain ends.

    Args:
        start: id of the record that is about to refer to ``following``.
        following: id it will refer to, "" for none.
        next_of: the id that a record refers to, "" for none.
    """
    found = [start]
    while following:
        if following == start:
            return (*found, start)
        # A ring further on, of records that were there before, is not this record's doing.
        if following in found:
            return ()
        found.append(following)
        following = next_of(following)
    return ()
