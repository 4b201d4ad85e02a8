"""The map from field to column of a workbook, and from record to row.

To add a field type: a line in ``_STYLES``. To print a column: its key in ``PRINTED``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sanyou_desktop.exchange.photo_column import making_room
from sanyou_desktop.exchange.rows_text import rows_text
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
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.record import Record, value_of
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
# Some 142 characters fill the page at full size, so many at 75 percent.
_MOST_PRINTED = 142 / 0.75
# What a superior wants to see on A4 across, and how wide; the rest stands to the right, outside
# the print area.
PRINTED: dict[str, dict[str, float]] = {
    "pledge": {
        "number": 13, "title": 24, "audience": 14, "statement": 32, "clauses": 36,
        "department": 12, "person": 9, "published_on": 11, "valid_until": 11, "status": 8,
    },
    "rule": {
        "number": 13, "title": 32, "doc_number": 16, "genre": 8, "category": 10, "issued_on": 11,
        "effective_on": 11, "announced_count": 8, "titles": 26, "department": 14, "status": 10,
    },
    "inspection": {
        "number": 13, "title": 24, "scheme": 12, "inspected_on": 11, "inspected_unit": 14,
        "inspectors": 14, "items": 44, "conclusion": 30, "status": 8,
    },
    "finding": {
        "number": 13, "title": 18, "source": 8, "raised_on": 11, "description": 24, "measure": 22,
        "department": 10, "person": 8, "due_on": 11, "rounds": 26, "reply": 16, "closed_on": 11,
        "status": 9,
    },
    "survey": {
        "number": 13, "title": 34, "held_on": 11, "respondents": 24, "distributed": 9,
        "returned": 9, "very_satisfied": 9, "satisfied": 9, "basically_satisfied": 9,
        "dissatisfied": 9, "not_rated": 9,
    },
    "activity": {
        "number": 13, "title": 26, "category": 10, "started_on": 11, "ended_on": 11,
        "narrative": 38, "quantities": 26, "amount": 14, "outcome": 22,
    },
}  # fmt: skip
_UNIT_WIDTH = 18
# Excel holds 15 digits of a number, and no day before 1 March 1900 that every program agrees on.
_MOST_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)
# Beside the cells of a record: what they say is neither compared nor read back.
IDENTITY = ("_unit", "_unit_name", "_id", "_revision", "_hash", "_state")


def columns_of(kind: str, *, many_units: bool = False, photos: bool = False) -> tuple[Column, ...]:
    """Return the columns of a kind's sheet: printed ones, the others, then identity.

    Where records of ``many_units`` stand together, the unit's name comes first and is printed.
    ``photos`` gives them a column, the last that is printed.
    """
    declared = kind_of(kind)
    first = [key for key in PRINTED.get(kind, {}) if key in declared.fields]
    others = [key for key in declared.fields if key not in first and key not in _LEFT_OUT]
    made = [_column(declared, key, printed=True) for key in first]
    beside = [_column(declared, key, printed=False) for key in others]
    identity = _identity()
    if many_units:
        named = next(column for column in identity if column.key == "_unit_name")
        identity = tuple(column for column in identity if column is not named)
        made.insert(0, replace(named, width=_UNIT_WIDTH, style=CellStyle.WRAPPED, printed=True))
    if photos:
        made = making_room(made, _MOST_PRINTED)
    return (*_unique([*made, *beside]), *identity)


def _column(kind: Kind, key: str, *, printed: bool) -> Column:
    field = kind.fields[key]
    style, width = next((style, width) for cls, style, width in _STYLES if isinstance(field, cls))
    choices: tuple[str, ...] = ()
    if isinstance(field, Choice):
        choices = tuple(_(option.title) for option in field.enum)
    elif isinstance(field, Flag):
        choices = (_("是"),)
    wanted = PRINTED.get(kind.key, {}).get(key, width)
    return Column(key, _(field.title), wanted, style, choices, printed)


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
    kind: str,
    records: Iterable[Record],
    unit_names: dict[str, str],
    references: Mapping[str, str],
    *,
    many_units: bool = False,
    photos: bool = False,
) -> Sheet:
    """Return a kind's sheet; ``references`` shows ids of other records as number and title."""
    columns = columns_of(kind, many_units=many_units, photos=photos)
    row_of = RowOf(columns, unit_names, references)
    return Sheet(kind, _(kind_of(kind).title), columns, map(row_of, records))


class RowOf:
    """Makes the row of a record: its visible cells, then its identity with the hash of those."""

    def __init__(
        self, columns: tuple[Column, ...], unit_names: dict[str, str], references: Mapping[str, str]
    ) -> None:
        """Make rows for these columns; ``references`` shows ids as number and title."""
        self._columns = columns
        self._own = [column.key for column in columns if column.key not in IDENTITY]
        self._names = unit_names
        self._references = references

    def __call__(self, record: Record) -> Row:
        """Return the row."""
        cells = {key: cell_of(record, key, self._references) for key in self._own}
        found = hash_of(cells.values())
        name = self._names.get(record.unit, record.unit)
        identity = (record.unit, name, record.id, record.revision, found, "")
        cells |= dict(zip(IDENTITY, identity, strict=True))
        ordered = tuple(cells[column.key] for column in self._columns)
        return Row(record.unit, record.id, record.revision, found, ordered)


def cell_of(record: Record, key: str, references: Mapping[str, str]) -> CellValue:
    """Return what a cell holds for one field: text, number or day; None for nothing.

    ``references`` shows ids of other records as number and title.
    """
    clauses = record.clauses if isinstance(record, Pledge) else ()
    return value_cell(kind_of(record.kind).fields[key], value_of(record, key), references, clauses)


def value_cell(
    field: Field[Any],
    value: Any,  # noqa: ANN401 - a field's own value
    references: Mapping[str, str],
    clauses: Sequence[Clause] = (),
) -> CellValue:
    """Return the same for a value alone; ``clauses`` are those that fulfilments speak of."""
    if field.is_empty(value):
        return None
    if isinstance(field, Date):
        day: date | None = value.first() if value.precision == "day" else None
        return day if day and day >= _FIRST_DAY else str(value)
    if isinstance(field, Count | Number):
        return _number(value)
    if isinstance(field, Amount):
        # A sum is a number only where nothing hides behind it: 140多万元 stays words.
        plain = value.qualifier == "exact" and value.value is not None and value.unit == field.unit
        return _number(value.value) if plain else fitting(value.as_written)
    if isinstance(field, Reference):
        return fitting(references.get(value, value))
    if isinstance(field, Rows):
        return fitting(rows_text(value, field, clauses))
    return fitting(field.show(value))


def _number(value: int | Decimal) -> CellValue:
    """Return a number that a sheet holds to the last digit, as text where it cannot."""
    digits = Decimal(value).normalize().as_tuple().digits
    return value if len(digits) <= _MOST_DIGITS else format(Decimal(value), "f")


def fits(text: str) -> bool:
    """Tell whether a cell can hold the text; Excel counts UTF-16 units."""
    return len(text) * 2 <= LONGEST_CELL or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL


def fitting(text: str) -> str:
    """Return text that a cell can hold; what does not fit is announced, never silently dropped."""
    if fits(text):
        return text
    note = _("……【全文 {length} 字，超出单元格上限，其余见台账】").format(length=len(text))
    room = LONGEST_CELL - _LONG_NOTE_ROOM
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return kept + note
