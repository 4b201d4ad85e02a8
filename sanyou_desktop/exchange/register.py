"""The hidden register ``_meta`` of a report, format version 2: from it the records are rebuilt.

The sheet, and ``_meta_2``, ``_meta_3`` ... where it outgrows the rows of one sheet, holds text and
whole numbers only, from the first row on:

* facts, one a row, key in A and value in B: ``format`` (2), ``unit`` and ``unit_name`` of the
  sender, ``first`` and ``last`` of the period (EDTF, "" for open), ``made_at`` (ISO 8601 with its
  offset), ``program`` (name and version), ``rows`` (how many register rows follow, over all
  sheets), ``manifest``, ``parts`` (the names of the package's parts that hold the register, parted
  by spaces) and ``others`` (``report_seal.seal_of`` all other parts). A reader ignores keys that it
  does not know, and does without those that it misses;
* one empty row;
* a row for each record: A kind, B id, C revision, D hash, E sheet and F row (from 1) where people
  see it, G and on its JSON. D, E and F are empty for what comes along unseen: units, rounds, and
  the plans and checklists that the reported records refer to. Further sheets go on with such rows
  from their first one.

Hash (D) is ``sheet.hash_of`` the row's visible cells: where the cells hash to something else, a
person edited them. JSON is ``Record.to_json()``, compact, Chinese as is, cut into cells of at most
32,000 UTF-16 units (Excel holds 32,767) to be put together again. Characters that a cell cannot
hold or that readers of workbooks disagree on stand in it as JSON escapes, so that the text of the
cells is the same for each of them.

``manifest`` is the SHA-256, as hex digits, of the register rows in their order, each as the UTF-8
of kind, id, revision, hash and JSON parted by tabs and ended by a newline (JSON holds neither).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sanyou_desktop.model.record import Record

FORMAT_VERSION = 2
META = "_meta"
MOST_IN_CELL = 32_000
_FIXED = 6
# Not in XML, or (_x0041_) taken for an escape by some readers and for text by others.
_UNSURE = re.compile("[\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class RegisterRow(NamedTuple):
    """One record in the register; ``sheet`` is "" and ``row`` 0 where nobody sees it."""

    kind: str
    id: str
    revision: int
    hash: str
    sheet: str
    row: int
    json: str

    @classmethod
    def of(cls, record: Record) -> RegisterRow:
        """Return the row of a record that goes along unseen."""
        return cls(record.kind, record.id, record.revision, "", "", 0, json_of(record))

    @classmethod
    def from_cells(cls, cells: Sequence[object]) -> RegisterRow:
        """Return the row that was read from those cells, whatever type the reader gave them.

        Raises:
            ValueError: they are no register row.
        """
        texts = ["" if cell is None else str(cell) for cell in cells]
        if len(texts) <= _FIXED or not texts[0] or not texts[1]:
            raise ValueError(texts[:_FIXED])
        kind, record_id, revision, found, sheet, row = texts[:_FIXED]
        return cls(
            kind, record_id, int(float(revision)), found, sheet, int(float(row or 0)),
            "".join(texts[_FIXED:]),
        )  # fmt: skip


class Manifest:
    """The sum over the register rows, which tells that none is missing, changed or added."""

    def __init__(self) -> None:
        """Begin with no row."""
        self.rows = 0
        self._sum = hashlib.sha256()

    def add(self, row: RegisterRow) -> None:
        """Take in the next row."""
        line = f"{row.kind}\t{row.id}\t{row.revision}\t{row.hash}\t{row.json}\n"
        self._sum.update(line.encode())
        self.rows += 1

    def text(self) -> str:
        """Return the sum as hex digits."""
        return self._sum.hexdigest()


def json_of(record: Record) -> str:
    """Return a record as the register keeps it."""
    return register_json(json.dumps(record.to_json(), ensure_ascii=False, separators=(",", ":")))


def register_json(text: str) -> str:
    """Return compact JSON with what cells cannot hold as escapes."""
    if "_x" not in text and (text.isascii() or text.isprintable()):
        return text
    return _UNSURE.sub(lambda found: f"\\u{ord(found.group(0)):04x}", text)


def in_cells(text: str) -> Iterator[str]:
    """Yield the text in pieces that a cell holds; no character is cut in two."""
    if len(text) * 2 <= MOST_IN_CELL:
        yield text
        return
    units = text.encode("utf-16-le")
    at = 0
    while at < len(units):
        end = at + MOST_IN_CELL * 2
        # Not between the two halves of a character beyond the first plane.
        if 0xD8 <= (units[end - 1] if end < len(units) else 0) <= 0xDB:
            end -= 2
        yield units[at:end].decode("utf-16-le")
        at = end
