"""Trying again while somebody has the shared workbook open."""

from __future__ import annotations

import time
from collections.abc import Callable

from sanyou_desktop.exchange.errors import FileBusy
from sanyou_desktop.exchange.sharing import Shared

# Often enough to catch the moment somebody closes the file, seldom enough for a network drive.
_BETWEEN_SECONDS = 2.0


def share_when_free(
    share: Callable[[], Shared],
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> Shared:
    """Call ``share`` until the workbook is free, beginning no try later than ``seconds`` from now.

    Raises:
        FileBusy: it never was; the reason is the last one.
        ExchangeError: what waiting does not mend is said at once.
    """
    deadline = clock() + seconds
    while True:
        try:
            return share()
        except FileBusy:
            left = deadline - clock()
            if left <= 0:
                raise
            pause(min(_BETWEEN_SECONDS, left))
