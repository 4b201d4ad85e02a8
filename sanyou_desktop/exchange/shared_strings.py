"""Text that no cell shows any longer: it leaves the workbook's table of shared strings too.

Office programs write every text once into that table (ECMA-376 Part 1, 18.4) and only numbers into
the cells: with the cells emptied, the text would still be in the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sanyou_desktop.exchange.markup import element, root_prefix, whole
from sanyou_desktop.exchange.workbook_parts import WorkbookParts

# 18.3.1.4: of a cell so marked the value is the place of its text in the table.
_IS_SHARED = re.compile(rb"""\st\s*=\s*(?:"s"|'s')""")


def forget(parts: WorkbookParts, texts: Collection[str]) -> None:
    """Empty the shared strings that say one of ``texts`` and that no cell of any sheet shows.

    Their places stay, so that no other cell has to be touched.
    """
    part = parts.strings_part
    if not texts or not part:
        return
    said = {place for place, text in enumerate(parts.reading.strings) if text in texts}
    for sheet in parts.parts_with_cells() if said else ():
        shown = places_shown(parts.package.read_markup(sheet, alone=True))
        said = set() if shown is None else said - shown
    if not said:
        return
    shared = parts.package.read_markup(part)
    prefix = root_prefix(shared)
    items = list(element(prefix + b"si").finditer(shared))
    pieces: list[bytes] = []
    begin = 0
    for place in sorted(said):
        pieces += [shared[begin : items[place].start()], b"<%bsi><%bt/></%bsi>" % ((prefix,) * 3)]
        begin = items[place].end()
    parts.package.replace(part, b"".join([*pieces, shared[begin:]]))


def places_shown(data: bytes) -> set[int] | None:
    """Return the places of the shared strings that the cells of a sheet's part show.

    None if a cell may be written in a way that is not understood.
    """
    prefix = root_prefix(data)
    value = element(prefix + b"v")
    marked = 0
    places: set[int] = set()
    for cell in element(prefix + b"c").finditer(data):
        if not _IS_SHARED.search(cell.group(1)):
            continue
        marked += 1
        found = value.search(cell.group(2) or b"")
        if found is not None:
            places.add(whole((found.group(2) or b"").decode().strip(), -1))
    return places if marked == len(_IS_SHARED.findall(data)) and -1 not in places else None
