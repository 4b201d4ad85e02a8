"""How a part is spelt beyond what patterns read: in UTF-16, with comments, instructions or CDATA.

ECMA-376-2, 8.1.4, allows UTF-8 and UTF-16, and XML the rest in any place. For editing, each such
thing gives way to a short instruction, and takes its place again when the part is put back; what
stood in a row that was written anew is gone with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sanyou_desktop.exchange.limits import holds
from sanyou_desktop.exchange.markup import escaped_content

_SPECIAL = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_CDATA = b"<![CDATA["
_MOST = 300_000
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s.*?\?>", re.DOTALL)
# With a mark of the byte order, or by how a declaration begins (XML 1.0, appendix F).
_BYTE_ORDERS = (
    (b"\xff\xfe", b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", b"\xfe\xff", "utf-16-be"),
    (b"<\0?\0", b"", "utf-16-le"),
    (b"\0<\0?", b"", "utf-16-be"),
)
# Alone, or one before and one behind the text of a CDATA section.
_STANDS_FOR = re.compile(rb"<\?_([0-9]+)\?>(?:[^<]*<\?_\1_\?>)?")


@dataclass(frozen=True)
class Spelling:
    """What was taken out of a part, and the encoding that it is written in.

    ``taken`` is what instructions stand for, by their number; ``order`` is the mark of the byte
    order that the part begins with.
    """

    taken: tuple[bytes, ...] = ()
    order: bytes = b""
    encoding: str = ""

    def restored(self, data: bytes) -> bytes:
        """Return an edited part as it was spelt; one that was not read through this stays."""
        if self.encoding and (b"\0" in data or data.startswith(self.order or b"\0")):
            return data
        made = _STANDS_FOR.sub(self._original, data) if self.taken else data
        return self.order + made.decode().encode(self.encoding) if self.encoding else made

    def _original(self, found: re.Match[bytes]) -> bytes:
        return self.taken[int(found.group(1))]


def plainly(data: bytes) -> tuple[bytes, Spelling | None]:
    """Return a part as patterns read it, and how it was spelt; None if it was plain already.

    What is not well-formed, and what has more of these than anybody writes, stays as it is, to be
    refused.
    """
    known = next((one for one in _BYTE_ORDERS if data.startswith(one[0])), (b"", b"", ""))
    _begin, order, encoding = known
    if encoding:
        try:
            data = data[len(order) :].decode(encoding).encode()
        except UnicodeError:
            return data, None
    # Its declaration names another encoding than it has now.
    declared = None if encoding else _DECLARED.match(data)
    start = declared.end() if declared else 0
    if not holds(data, b"<!", start) and not holds(data, b"<?", start):
        return data, Spelling((), order, encoding) if encoding else None
    taken: list[bytes] = []
    # Views: the part may be large, and is needed once more as it is.
    view, pieces, at = memoryview(data), list[bytes | memoryview](), 0
    for found in _specials(data, start):
        pieces += [view[at : found.start()], _stand_in(found.group(0), len(taken))]
        taken.append(found.group(0))
        at = found.end()
        if len(taken) > _MOST:
            return data, None
    return b"".join([*pieces, view[at:]]), Spelling(tuple(taken), order, encoding)


def _stand_in(original: bytes, number: int) -> bytes:
    """Return what stands for a comment, an instruction or, around its text, a CDATA section."""
    if not original.startswith(_CDATA):
        return b"<?_%d?>" % number
    text = escaped_content(original[len(_CDATA) : -len(b"]]>")].decode("utf-8", "replace"))
    return b"<?_%d?>%b<?_%d_?>" % (number, text.encode(), number)


def _specials(data: bytes, start: int) -> Iterator[re.Match[bytes]]:
    """Yield them in order; they are looked for as bytes, an expression takes ten times as long."""
    places = dict.fromkeys((b"<!", b"<?"), -1)
    at = start
    while True:
        for begin, place in places.items():
            if place < at:
                found = data.find(begin, at)
                places[begin] = found if found >= 0 else len(data)
        first = min(places.values())
        if first == len(data):
            return
        special = _SPECIAL.match(data, first)
        if special is None:
            return
        yield special
        at = special.end()
