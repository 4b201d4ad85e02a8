"""Telling that a report is still, part by part, what the program wrote: nobody typed over it.

What people see of a report needs to be compared with its register only where another program saved
the file since; that rewrites the sheets, and their sizes and check sums (CRC-32, which reading each
part verifies) change with it. Somebody who forges these gains no more than by forging the register,
whose own sum anybody can make again: what is taken over is what the register says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import TypeAlias

# Name, CRC-32 and size of a part.
Sum: TypeAlias = tuple[str, int, int]


def seal_of(parts: Iterable[Sum], without: Collection[str]) -> str:
    """Return the SHA-256 as hex digits of all parts but some, whatever order they stand in.

    Each is a line of its name, its CRC-32 as eight hex digits and its size, parted by tabs, as
    UTF-8 and ended by a newline; the lines are sorted.
    """
    lines = sorted(
        f"{name}\t{crc:08x}\t{size}\n".encode() for name, crc, size in parts if name not in without
    )
    return hashlib.sha256(b"".join(lines)).hexdigest()
