"""The map from field to column of a workbook, and from record to row.

To add a field type: a line in ``_STYLES``. To print a column: its key in ``PRINTED``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column, Row, Sheet, hash_of
from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Choices,
    Count,
    Date,
    Field,
    Flag,
    Identifier,
    Instant,
    LongText,
    Names,
    Number,
    Reference,
    Rows,
    Text,
)
from sanyou_desktop.model.kinds import Kind, kind_of
from sanyou_desktop.model.record import Attachment, Record, value_of
from sanyou_desktop.wording import _

# Excel's limit for the text of one cell (ECMA-376 does not set one; Excel refuses longer ones).
LONGEST_CELL = 32_767
_LONG_NOTE_ROOM = 120

_STYLES: tuple[tuple[type[Field[Any]], CellStyle, float], ...] = (
    (LongText, CellStyle.WRAPPED, 40),
    (Rows, CellStyle.WRAPPED, 44),
    (Names, CellStyle.WRAPPED, 18),
    (Choices, CellStyle.WRAPPED, 14),
    (Choice, CellStyle.TEXT, 10),
    (Flag, CellStyle.TEXT, 8),
    (Count, CellStyle.INTEGER, 9),
    (Number, CellStyle.DECIMAL, 9),
    (Amount, CellStyle.WRAPPED, 16),
    (Date, CellStyle.DATE, 12),
    (Reference, CellStyle.TEXT, 16),
    (Identifier, CellStyle.IDENTITY, 14),
    (Instant, CellStyle.TEXT, 17),
    (Text, CellStyle.WRAPPED, 16),
)
_LEFT_OUT = frozenset(
    {"id", "unit", "revision", "confidential", "created_at", "deleted_at", "updated_at"}
)
# What a superior wants to see on A4 across; the rest stands to the right, outside the print area.
PRINTED = {
    "pledge": (
        "number", "title", "audience", "statement", "clauses", "department", "person",
        "published_on", "valid_until", "status",
    ),
    "rule": (
        "number", "title", "doc_number", "genre", "category", "issued_on", "effective_on",
        "announced_count", "titles", "department", "status",
    ),
    "inspection": (
        "number", "title", "scheme", "inspected_on", "inspected_unit", "inspectors", "items",
        "conclusion", "status",
    ),
    "finding": (
        "number", "title", "source", "raised_on", "description", "measure", "department",
        "person", "due_on", "rounds", "reply", "closed_on", "status",
    ),
    "survey": (
        "number", "title", "held_on", "respondents", "distributed", "returned", "very_satisfied",
        "satisfied", "basically_satisfied", "dissatisfied", "not_rated",
    ),
    "activity": (
        "number", "title", "category", "started_on", "ended_on", "narrative", "quantities",
        "amount", "outcome",
    ),
}  # fmt: skip
IDENTITY = ("_unit", "_unit_name", "_id", "_revision", "_hash", "_state")


def columns_of(kind: str) -> tuple[Column, ...]:
    """Return the columns of a kind's sheet: printed ones, the others, then identity."""
    declared = kind_of(kind)
    first = [key for key in PRINTED.get(kind, ()) if key in declared.fields]
    others = [key for key in declared.fields if key not in first and key not in _LEFT_OUT]
    made = [_column(declared, key, printed=True) for key in first]
    made += [_column(declared, key, printed=False) for key in others]
    return (*_unique(made), *_identity())


def _column(kind: Kind, key: str, *, printed: bool) -> Column:
    field = kind.fields[key]
    style, width = next((style, width) for cls, style, width in _STYLES if isinstance(field, cls))
    if key == "title":
        width = 26
    choices: tuple[str, ...] = ()
    if isinstance(field, Choice):
        choices = tuple(_(option.title) for option in field.enum)
    elif isinstance(field, Flag):
        choices = (_("是"),)
    return Column(key, _(field.title), width, style, choices, printed)


def _unique(columns: list[Column]) -> list[Column]:
    """Return the columns; two fields of a kind must not share a header."""
    titles = [column.title for column in columns]
    assert len(set(titles)) == len(titles), titles
    return columns


def _identity() -> tuple[Column, ...]:
    style = CellStyle.IDENTITY
    titles = (
        ("_unit", _("所属单位代码"), 16),
        ("_unit_name", _("所属单位"), 24),
        ("_id", _("记录标识"), 14),
        ("_revision", _("记录版本"), 8),
        ("_hash", _("校验值"), 12),
        ("_state", _("上报状态"), 10),
    )
    return tuple(Column(key, title, width, style, (), False) for key, title, width in titles)


def sheet_of(
    kind: str, records: Iterable[Record], unit_names: dict[str, str], references: dict[str, str]
) -> Sheet:
    """Return a kind's sheet; ``references`` shows ids of other records as number and title."""
    columns = columns_of(kind)
    rows = _rows(columns, records, unit_names, references)
    return Sheet(kind, _(kind_of(kind).title), columns, rows)


def _rows(
    columns: tuple[Column, ...],
    records: Iterable[Record],
    unit_names: dict[str, str],
    references: dict[str, str],
) -> Iterator[Row]:
    own = [column for column in columns if not column.key.startswith("_")]
    for record in records:
        cells = tuple(_cell(record, column.key, references) for column in own)
        found = hash_of(cells)
        name = unit_names.get(record.unit, record.unit)
        identity = (record.unit, name, record.id, record.revision, found, "")
        yield Row(record.unit, record.id, record.revision, found, (*cells, *identity))


def _cell(record: Record, key: str, references: dict[str, str]) -> CellValue:
    field = kind_of(record.kind).fields[key]
    value = value_of(record, key)
    if field.is_empty(value):
        return None
    if isinstance(field, Date):
        day: date | None = value.first() if value.precision == "day" else None
        return day or str(value)
    if isinstance(field, Count | Number):
        number: int | Decimal = value
        return number
    if isinstance(field, Reference):
        named: str = references.get(value, value)
        return named
    if isinstance(field, Rows) and field.row is Attachment:
        return "\n".join(item.name for item in value)
    return fitting(field.show(value))


def fitting(text: str) -> str:
    """Return text that a cell can hold; what does not fit is announced, never silently dropped."""
    # Excel counts UTF-16 units.
    units = len(text.encode("utf-16-le")) // 2
    if units <= LONGEST_CELL:
        return text
    note = _("……【全文 {length} 字，超出单元格上限，其余见台账】").format(length=len(text))
    room = LONGEST_CELL - _LONG_NOTE_ROOM
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return kept + note
