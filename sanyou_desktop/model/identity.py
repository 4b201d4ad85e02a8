"""Record ids: UUID version 7 (RFC 9562 section 5.7), ordered by the time they were made."""

from __future__ import annotations

import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a new id; ids made one after another in one process sort in that order.

    The 12 bits after the version continue the millisecond (RFC 9562 section 6.2, method 3), so
    that order holds within a millisecond too.
    """
    # Neither is needed to start, and start-up is measured: uuid brings in all of platform.
    import secrets
    from uuid import UUID

    global _last
    with _lock:
        now = time.time_ns()
        ticks = max((now // 1_000_000 << 12) | (now % 1_000_000 * 4096 // 1_000_000), _last + 1)
        _last = ticks
    value = (ticks >> 12) << 80 | 0x7 << 76 | (ticks & 0xFFF) << 64
    return str(UUID(int=value | 0b10 << 62 | secrets.randbits(62)))


def derived_id(*parts: str) -> str:
    """Return the id that these parts always give (version 5, RFC 9562 section 5.5).

    For a record that is made from something outside: made twice, it is the same record.
    """
    from uuid import NAMESPACE_OID, uuid5

    return str(uuid5(NAMESPACE_OID, "\n".join(parts)))
