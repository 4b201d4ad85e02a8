"""A styles part for a workbook that has none, or whose part lacks the lists that formats go into.

Some libraries leave out what nothing in their cells refers to. ECMA-376-1, 18.8.39, lets every
list be left out; a format that is added needs a font, a fill, a border and a base to refer to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sanyou_desktop.exchange.markup import root_prefix, start_tag

# In the order of the schema, with what the first of each is in every program: the default look.
_LISTS = (
    ("numFmts", ""),
    ("fonts", '<{p}font><{p}sz val="11"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>'),
    ("fills", '<{p}fill><{p}patternFill patternType="none"/></{p}fill>'
     '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>'),
    ("borders", "<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>"),
    ("cellStyleXfs", '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'),
    ("cellXfs", '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'),
    ("cellStyles", '<{p}cellStyle name="Normal" xfId="0" builtinId="0"/>'),
    ("dxfs", ""), ("tableStyles", ""), ("colors", ""), ("extLst", ""),
)  # fmt: skip
_NEEDED = ("fonts", "cellXfs")


_REFERS = re.compile(rb"""\s(?:s|style)\s*=\s*["']([0-9]{1,5})["']""")
# Excel's limit.
_MOST_FORMATS = 65_490


def with_every_list(data: bytes, namespace: str, sheets: Iterable[bytes]) -> bytes:
    """Return the part with all lists that a new format needs; ``data`` itself if they are there.

    Args:
        data: the part, empty if there is none.
        namespace: that of its elements, should it have to be made.
        sheets: the parts with cells. Whatever format these refer to must be there, with the
            default look: Excel calls another one damage.
    """
    prefix = root_prefix(data)
    if all(start_tag(prefix + name.encode()).search(data) for name in _NEEDED):
        return data
    if not data:
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        data = f'{head}<styleSheet xmlns="{namespace}"/>'.encode()
    highest = max((int(one) for part in sheets for one in set(_REFERS.findall(part))), default=0)
    formats = min(highest + 1, _MOST_FORMATS)
    data = _opened(data, prefix)
    for place, (name, first) in enumerate(_LISTS):
        if first and not start_tag(prefix + name.encode()).search(data):
            spelt = first.format(p=prefix.decode()) * (formats if name == "cellXfs" else 1)
            count = {"cellXfs": formats, "fills": 2}.get(name, 1)
            tag = prefix.decode() + name
            made = f'<{tag} count="{count}">{spelt}</{tag}>'.encode()
            at = _before_the_next(data, prefix, place)
            data = data[:at] + made + data[at:]
    return data


def _opened(data: bytes, prefix: bytes) -> bytes:
    """Return the part with an end tag of its root, where that is one empty element."""
    found = start_tag(prefix + b"styleSheet").search(data)
    if found is None or not found.group(2):
        return data
    tag = found.group(0)[:-2].rstrip() + b">"
    return data[: found.start()] + tag + b"</" + prefix + b"styleSheet>" + data[found.end() :]


def _before_the_next(data: bytes, prefix: bytes, place: int) -> int:
    """Return where in the part a list belongs."""
    for name, _first in _LISTS[place + 1 :]:
        found = start_tag(prefix + name.encode()).search(data)
        if found is not None:
            return found.start()
    end = re.search(rb"</" + re.escape(prefix) + rb"styleSheet\s*>", data)
    return end.start() if end else len(data)
