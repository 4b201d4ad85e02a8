"""A table on its way into a workbook: columns and rows that know nothing of records or files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

CellValue = str | int | Decimal | date | None


class CellStyle(Enum):
    """How a cell is formatted."""

    TEXT = "text"
    WRAPPED = "wrapped"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    IDENTITY = "identity"
    PHOTOS = "photos"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: a field key, or an identity key that begins with "_".
        title: its header, unique in the sheet.
        width: in characters of the default font; a Chinese character takes two.
        choices: what a cell may be chosen from; empty for anything.
        printed: inside the print area.
    """

    key: str
    title: str
    width: float
    style: CellStyle
    choices: tuple[str, ...] = ()
    printed: bool = True


@dataclass(frozen=True)
class Row:
    """One row; ``cells`` are in column order, identity columns included.

    ``texts`` say what ``text_of`` says of them, where that is at hand.
    """

    unit: str
    id: str
    revision: int
    hash: str
    cells: tuple[CellValue, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One table; ``rows`` may be streamed and is then read once."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


def hash_of(cells: Iterable[CellValue]) -> str:
    """Return what a row's visible cells say, as 16 hex digits: a hand-edited row differs."""
    return hash_of_texts([text_of(cell) for cell in cells])


def hash_of_texts(texts: list[str]) -> str:
    """Return ``hash_of`` cells that are texts already, as ``text_of`` spells them."""
    shown = json.dumps(texts, ensure_ascii=False)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def text_of(cell: CellValue) -> str:
    """Return a cell as text, the same whether it was written or read back."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f") if cell else "0"
    return str(cell)
