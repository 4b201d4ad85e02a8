"""Blocks of cells on the clipboard, as Excel, WPS and LibreOffice put them there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sanyou_desktop.desktop.copied import put_cells
from sanyou_desktop.desktop.copied_cells import copied_cells
from sanyou_desktop.model.fields import Amount, Count, Date, Field, Number

Block = list[list[str]]

# A cell in quotes, its own quotes doubled, up to the end of the cell.
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
# Numbers and dates, which a spreadsheet may read as such.
_FREE = (Amount, Count, Date, Number)
_PLAIN = re.compile(r"[^\t\n]*")


def from_clipboard(text: str) -> Block:
    r"""Return the rows of a block: tabs between cells, quotes around cells with line breaks.

    A lone value is a block of one cell. The line break that ends the block is not a row. Quotes
    are taken off only where a sheet would have put them: around a tab, a line break or a doubled
    quote. ``"四心"服务`` is text and keeps its own.
    """
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not text:
        return []
    rows: Block = [[]]
    at = 0
    while True:
        cell, at = _cell(tidy, at)
        rows[-1].append(cell)
        if at >= len(tidy):
            return rows
        if tidy[at] == "\n":
            rows.append([])
        at += 1


def _cell(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at)
    if quoted and re.search(r'[\t\n]|""', quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, at)
    assert plain is not None
    return plain[0], plain.end()


def put_rows(block: Block, fields: Sequence[Field[Any]]) -> None:
    """Put cells of these fields, column by column, on the clipboard."""
    free = [place for place, field in enumerate(fields) if isinstance(field, _FREE)]
    put_cells(copied_cells(block, free))
