"""Blocks of cells on the clipboard, as Excel, WPS and LibreOffice put them there."""

from __future__ import annotations

import csv
import io

Block = list[list[str]]


def from_clipboard(text: str) -> Block:
    r"""Return the rows of a block: tabs between cells, quotes around cells with line breaks.

    A lone value is a block of one cell. The line break that ends the block is not a row.
    """
    tidy = text.replace("\r\n", "\n").replace("\r", "\n")
    if not tidy:
        return []
    reader = csv.reader(io.StringIO(tidy, newline=""), delimiter="\t", quotechar='"')
    limit = csv.field_size_limit(max(len(tidy) + 1, 131_072))
    try:
        rows = [row or [""] for row in reader]
    except csv.Error:
        # A stray quotation mark in ordinary text: take the lines as they are.
        rows = [line.split("\t") for line in tidy.removesuffix("\n").split("\n")]
    finally:
        csv.field_size_limit(limit)
    return rows


def to_clipboard(block: Block) -> str:
    """Return the text of a block, quoting cells that hold tabs, quotes or line breaks."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", quotechar='"', lineterminator="\n").writerows(block)
    return out.getvalue()
