"""How far a worksheet part reaches, found out before a reader makes room for every cell of it.

Readers keep a sheet as a full rectangle: one cell at XFD1048576 would ask for the room of
seventeen thousand million. Most parts are written in one way, which is searched at the speed of
memory; any other way of writing the same XML takes the slower look.
"""

from __future__ import annotations

import re

from sanyou_desktop.exchange.cells import address_of
from sanyou_desktop.exchange.errors import TooLarge
from sanyou_desktop.wording import to_user

# Some 400 MB in the reader; 300,000 rows of a report's forty columns.
MOST_CELLS = 12_000_000
# Of cells that are not written as nearly all programs do, each is looked at: 20 s for 5,000,000.
MOST_UNUSUAL = 1_500_000
# What begins like a cell and is none that stands within A1:LZ9999, each at its address: nearly all
# sheets hold nothing else, which one look tells.
_FAR = re.compile(rb'<c(?! r="[A-L]?[A-Z][0-9]{1,4}"|[oefu])')
_NEAR = 13 * 26 * 9_999
_SHORTEST_CELL = len('<c r="A1"/>')
_USUAL = b'<c r="'
# What else begins with "<c" in a worksheet: col, conditionalFormatting, cfRule, cellWatch, custom.
_NO_CELLS = (b"<co", b"<cf", b"<ce", b"<cu")
_LETTERS = tuple(re.compile(_USUAL + b"([A-Z]{%d})[0-9]" % count) for count in (3, 2))
_DIGITS = tuple((count, re.compile(_USUAL + b"[A-Z]{1,3}[0-9]{%d}" % count)) for count in (7, 6, 5))
_NUMBER = re.compile(_USUAL + b"[A-Z]{1,3}([0-9]+)")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])([^>]*)")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])")
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3}[0-9]{1,7})[\"']")


def check_extent(data: bytes, name: str, sheet: str, most: int = MOST_CELLS) -> None:
    """Refuse a worksheet part whose cells span more than a reader has room for.

    Raises:
        TooLarge: the text names the sheet.
    """
    if most >= _NEAR and _is_near(data, most):
        return
    count = _at_least(data)
    hidden = count > MOST_UNUSUAL and not _is_usual(data)
    if hidden or count > most or cells_spanned(data, most) > most:
        raise TooLarge(
            to_user(
                "{name} 的「{sheet}」有内容的单元格相距太远，读不进来，文件未变。"
                "请删去表格右边和下边多余的行列，或分成几个文件后再试。"
            ).format(name=name, sheet=sheet)
        )


def _is_near(data: bytes, most: int) -> bool:
    """Tell whether there are at most so many cells, and none beyond ``_NEAR``."""
    fewer = len(data) <= most * _SHORTEST_CELL
    return fewer and b":c" not in data and _FAR.search(data) is None


def _at_least(data: bytes) -> int:
    """Return how many cells there are that are spelt as cells usually are."""
    return sum(data.count(begin + end) for begin in (b"<c", b":c") for end in (b">", b" ", b"/"))


def cells_spanned(data: bytes, most: int = MOST_CELLS) -> int:
    """Return how many cells the part spans from A1 on; up to ``most`` it may be fewer."""
    if not _is_usual(data):
        return _spanned_by_any(data)
    width = _width(data)
    rows = next((10**count - 1 for count, found in _DIGITS if found.search(data)), 9_999)
    if width * rows <= most:
        return width * rows
    return width * max(map(int, set(_NUMBER.findall(data))), default=0)


def _is_usual(data: bytes) -> bool:
    """Tell whether every cell begins with its address, as nearly all programs write it."""
    cells = data.count(b"<c") - sum(data.count(other) for other in _NO_CELLS)
    return cells == data.count(_USUAL) and b":c" not in data


def _width(data: bytes) -> int:
    for letters in _LETTERS:
        found = set(letters.findall(data))
        if found:
            return max(_place(one + b"1")[1] for one in found) + 1
    return 26


def _spanned_by_any(data: bytes) -> int:
    """Return the span of cells written in any way, with or without addresses."""
    widest = last = 0
    rows = _ROW.split(data)
    for number, row in enumerate(rows):
        column = 0
        for cell in _CELL.finditer(row):
            address = _ADDRESS.search(cell.group(1))
            at, column = _place(address.group(1)) if address else (number, column)
            last, column = max(last, at), column + 1
            widest = max(widest, column)
    return widest * max(last, len(rows) - 1)


def _place(address: bytes) -> tuple[int, int]:
    found = address_of(address.decode())
    assert found is not None, address
    return found
