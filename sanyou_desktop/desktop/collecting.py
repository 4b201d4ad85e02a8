"""Python's collector kept away from what a long job builds.

It stops every thread while it walks over all objects: over the million that a table of 20,000
conflicts takes, for most of a second, and several times while they are being made.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_jobs = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Build very many objects that stay; none of them is walked over while it lives.

    They are freed as soon as nothing refers to them, as all objects are. Rings of objects that were
    garbage at that moment are not found any more.
    """
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _jobs
    with _lock:
        _jobs += 1
        gc.disable()


def _end() -> None:
    global _jobs
    with _lock:
        _jobs -= 1
        if not _jobs:
            gc.freeze()
            gc.enable()
