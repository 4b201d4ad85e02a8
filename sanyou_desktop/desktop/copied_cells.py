"""Cells on the clipboard that no spreadsheet takes for formulas.

A spreadsheet takes the HTML: there each text says that it is one, to Excel and WPS by
``mso-number-format``, to LibreOffice by ``sdnum``, whose own clipboard says it so. What takes plain
text gets an apostrophe before what it would compute. Our own lists take the exact text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

# What a spreadsheet computes, also as typed in full width or behind what it strips.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠]")
_APOSTROPHE = re.compile(r"((?:\A|[\t\n])\"?)'(?=[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+%?")
_NEEDS_QUOTES = re.compile(r'[\t\n\r]|^"')
_HEAD = (
    '<html><head><meta charset="utf-8"><style>.t{mso-number-format:"\\@"}</style></head>'
    "<body><table>"
)
_TEXT = ' class=t sdnum="1033;0;@"'
# Beyond these the table would take hundreds of MB; the plain text is as harmless.
_MOST_CELLS = 500_000
_SAME_CELL = "<br style='mso-data-placement:same-cell'>"


@dataclass(frozen=True)
class CopiedCells:
    """A block of cells, as each kind of taker wants it.

    Attributes:
        exact: tabs between cells, as they are; what is pasted here again.
        plain: the same, without anything that would be computed.
        html: a table whose texts stay texts; "" where there is too much for one.
    """

    exact: str
    plain: str
    html: str


def copied_cells(block: Sequence[Sequence[str]], free: Collection[int] = ()) -> CopiedCells:
    """Return a block for the clipboard; columns that are ``free`` hold numbers or dates."""
    plain = _lines([[_harmless(cell) for cell in row] for row in block])
    too_many = sum(map(len, block)) > _MOST_CELLS
    return CopiedCells(_lines(block), plain, "" if too_many else _table(block, free))


def is_computed(text: str) -> bool:
    """Tell whether a spreadsheet may compute a text; a signed number is only a number."""
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def as_meant(plain: str) -> str:
    """Take the apostrophes off again, where the plain text went through another program."""
    return _APOSTROPHE.sub(r"\1", plain)


def _table(block: Sequence[Sequence[str]], free: Collection[int]) -> str:
    rows = "".join(
        f"<tr>{''.join(_html(cell, place in free) for place, cell in enumerate(row))}</tr>"
        for row in block
    )
    return f"{_HEAD}{rows}</table></body></html>"


def _harmless(cell: str) -> str:
    return f"'{cell}" if is_computed(cell) else cell


def _html(cell: str, is_free: bool) -> str:
    looks = "" if is_free and not is_computed(cell) else _TEXT
    first, *others = re.split("\r\n|\r|\n", cell)
    # LibreOffice begins a new row at a line break, and would compute what stands there.
    between = " " if any(is_computed(line) for line in others) else _SAME_CELL
    return f"<td{looks}>{between.join(escape(line) for line in (first, *others))}</td>"


def _lines(block: Sequence[Sequence[str]]) -> str:
    return "".join("\t".join(map(_written, row)) + "\n" for row in block)


def _written(cell: str) -> str:
    """Quote a cell that would not be read back as it is."""
    if not _NEEDS_QUOTES.search(cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
