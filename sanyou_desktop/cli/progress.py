"""How far a long command is, on one line of the terminal that it rewrites and leaves empty."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# What takes less than that is done before anybody wonders.
_AFTER_SECONDS = 1.0
_EVERY_SECONDS = 0.2


@contextmanager
def told_on_terminal(words: str) -> Iterator[Callable[[int, int], None] | None]:
    """Return what is told done and in all, and tells the user; None where no one looks on.

    ``words`` has places for ``done`` and ``total``. It goes to standard error, so that what the
    command prints stays as it is.
    """
    if not sys.stderr.isatty():
        yield None
        return
    next_at, wide = time.monotonic() + _AFTER_SECONDS, 0

    def tell(done: int, total: int) -> None:
        nonlocal next_at, wide
        now = time.monotonic()
        if now >= next_at:
            next_at = now + _EVERY_SECONDS
            told = words.format(done=done, total=total)
            # Chinese takes two places; not every terminal knows how to clear a line.
            wide = max(wide, 2 * len(told))
            print(f"\r{told}", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        if wide:
            print(f"\r{' ' * wide}\r", end="", file=sys.stderr, flush=True)
