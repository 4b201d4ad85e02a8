"""How far a change of many records is, told to whoever may stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
# Done and in all. It raises to stop the change, of which nothing then stays.
Progress = Callable[[int, int], None]
# What takes less cannot be stopped: it is over before anybody could want to.
_EVERY = 100


class Telling:
    """Passes records on, and tells ``progress``, if there is one, of every hundred of them."""

    def __init__(self, progress: Progress | None = None) -> None:
        """Tell ``progress``, or nobody."""
        self._progress = progress

    def __call__(self, records: Iterable[T], total: int) -> Iterable[T]:
        """Return the records as they come; there are ``total`` of them."""
        progress = self._progress
        return records if progress is None else _told(records, total, progress)


UNTOLD = Telling()


def _told(records: Iterable[T], total: int, progress: Progress) -> Iterable[T]:
    for done, record in enumerate(records):
        if done and done % _EVERY == 0:
            progress(done, total)
        yield record
