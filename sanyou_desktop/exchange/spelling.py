"""How a part is spelt beyond what patterns read: in UTF-16, with comments, instructions or CDATA.

ECMA-376-2, 8.1.4, allows UTF-8 and UTF-16, and XML the rest in any place. For editing, each such
thing gives way to a short instruction, and takes its place again when the part is put back; what
stood in a row that was written anew is gone with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sanyou_desktop.exchange.markup import escaped_content

_SPECIAL = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_CDATA = b"<![CDATA["
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

    What is not well-formed stays as it is, for the parser to refuse.
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
    if data.find(b"<!", start) < 0 and data.find(b"<?", start) < 0:
        return data, Spelling((), order, encoding) if encoding else None
    taken: list[bytes] = []

    def give_way(found: re.Match[bytes]) -> bytes:
        original = found.group(0)
        number = len(taken)
        taken.append(original)
        if not original.startswith(_CDATA):
            return b"<?_%d?>" % number
        text = escaped_content(original[len(_CDATA) : -len(b"]]>")].decode("utf-8", "replace"))
        return b"<?_%d?>%b<?_%d_?>" % (number, text.encode(), number)

    made = data[:start] + _SPECIAL.sub(give_way, data[start:])
    return made, Spelling(tuple(taken), order, encoding)
