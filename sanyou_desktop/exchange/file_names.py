"""Names for files that every system takes, from the words of users: titles, units, periods."""

from __future__ import annotations

import re

# Windows forbids these in names.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
# Linux counts bytes, 255 at most, of which a Chinese character takes three. Programs put files of
# longer names beside it while it is open or written.
_MOST_BYTES = 200


def file_name(words: str, ending: str, otherwise: str) -> str:
    """Return a name with that ending, cut where it would be too long.

    ``otherwise`` stands for words of which nothing is left.
    """
    safe = " ".join(_FORBIDDEN.sub(" ", words).split()).strip(" .")
    room = _MOST_BYTES - len(ending.encode())
    cut = safe.encode("utf-8", "ignore")[:room].decode("utf-8", "ignore").strip(" .")
    return (cut or otherwise) + ending
