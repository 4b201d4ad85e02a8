"""What a form asks for that is no field of a record: part of its rows, or what follows from it.

To offer another: a line in ``_COMPUTED``, and the headers that ask for it in ``_ASKED``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sanyou_desktop.exchange.columns import fitting, value_cell
from sanyou_desktop.exchange.sheet import CellValue, text_of
from sanyou_desktop.model.fields import Amount, Field, Flag, Row, Rows
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.model.survey import Survey
from sanyou_desktop.wording import N_, _

COMPUTES = "="
_COMPUTED: Mapping[str, Mapping[str, str]] = {
    "finding": {"=closed": N_("是否已销号"), "=rectified": N_("是否已整改")},
    "inspection": {"=points": N_("检查得分"), "=failed": N_("不合格项数")},
    "survey": {"=content": N_("满意率"), "=returned": N_("回收率")},
}
_ASKED: Mapping[str, str] = {
    "是否销号": "=closed",
    "是否已销号": "=closed",
    "是否办结": "=closed",
    "是否闭环": "=closed",
    "是否整改": "=rectified",
    "是否已整改": "=rectified",
    "是否完成整改": "=rectified",
    "是否整改完成": "=rectified",
    "是否整改到位": "=rectified",
    "是否完成": "=rectified",
    "得分": "=points",
    "总分": "=points",
    "检查得分": "=points",
    "考核得分": "=points",
    "不合格项数": "=failed",
    "问题数": "=failed",
    "满意率": "=content",
    "满意度": "=content",
    "回收率": "=returned",
}
# Those of which a record may have several, and the last tells how things stand.
LAST_COUNTS = frozenset({"rounds"})
_WITHOUT = frozenset({"attachments"})
# Stands for a row that says nothing among the lines of a cell.
NOTHING = "—"
# What sums are counted in, in yuan; the longer word first, for it holds the shorter.
YUAN = {"百万元": 1_000_000, "万元": 10_000, "亿元": 100_000_000, "千元": 1_000}
UNIT_OF_SUMS = re.compile(r"单位\s*[：:]\s*(?:人民币)?\s*(百万元|万元|亿元|千元)")
PERCENT = "%"


def computed_for(kind: str) -> Mapping[str, str]:
    """Return the titles of what is computed of records of a kind, by source, not translated."""
    return _COMPUTED.get(kind, {})


def computed_words(kind: str) -> dict[str, str]:
    """Return what is computed of records of a kind, by the headers that ask for it."""
    known = computed_for(kind)
    return {word: source for word, source in _ASKED.items() if source in known}


def parts_of(kind: str) -> Iterator[tuple[str, Field[Any], Field[Any]]]:
    """Yield source, rows and column of what stands in the rows inside a record."""
    for key, declared in kind_of(kind).fields.items():
        if not isinstance(declared, Rows) or declared.read_only or key in _WITHOUT:
            continue
        for part, column in declared.columns.items():
            if not isinstance(column, Flag):
                yield f"{key}.{part}", declared, column


def computed_cell(record: Record, source: str, unit: str) -> CellValue:
    """Return what is computed of a record, None where nothing is known to compute it from.

    ``unit`` is what the column counts in: of a rate with ``PERCENT`` only the number is left.
    """
    value = _VALUES[source](record)
    if not isinstance(value, Decimal) or source not in ("=content", "=returned"):
        return value
    return Decimal(plain(value)) if unit == PERCENT else f"{plain(value)}%"


def _yes(told: object) -> str:
    return _("是") if told else _("否")


def _closed(record: Record) -> CellValue:
    return _yes(record.status == "closed")


def _rectified(record: Record) -> CellValue:
    return _yes(record.status in ("rectified", "closed"))


def _points(record: Record) -> CellValue:
    assert isinstance(record, Inspection)
    found = record.outcome()
    return found.points if found.base else None


def _failed(record: Record) -> CellValue:
    assert isinstance(record, Inspection)
    found = record.outcome()
    return found.failed if found.judged else None


def _content(record: Record) -> CellValue:
    assert isinstance(record, Survey)
    return record.satisfaction_rate()


def _returned(record: Record) -> CellValue:
    assert isinstance(record, Survey)
    return record.return_rate()


_VALUES: Mapping[str, Callable[[Record], CellValue]] = {
    "=closed": _closed,
    "=rectified": _rectified,
    "=points": _points,
    "=failed": _failed,
    "=content": _content,
    "=returned": _returned,
}


def part_cell(record: Record, source: str, references: Mapping[str, str]) -> CellValue:
    """Return what a column of the rows inside a record says, in one cell.

    Of rounds the last one counts; of other rows each has a numbered line, one alone needs none.
    """
    key, _dot, part = source.partition(".")
    declared = kind_of(record.kind).fields[key]
    assert isinstance(declared, Rows), source
    rows: Sequence[Row] = value_of(record, key)
    column = declared.columns[part]
    if key in LAST_COUNTS:
        rows = _told(rows)[-1:]
    if isinstance(record, Inspection) and source in ("items.score", "items.full_score"):
        found = record.outcome()
        number = found.points if part == "score" else found.base
        return number if found.base else None
    if len(rows) == 1:
        return value_cell(column, value_of(rows[0], part), references)
    texts = [text_of(value_cell(column, value_of(row, part), references)) for row in rows]
    if not any(texts):
        return None
    lines = (f"{number}. {text or NOTHING}" for number, text in enumerate(texts, start=1))
    return fitting("\n".join(lines))


def _told(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that say anything."""
    return [row for row in rows if row != type(row)(key=row.key)]


def in_unit(declared: Field[Any], value: CellValue, unit: str) -> CellValue:
    """Return a sum as a column counts it: 386,000 yuan are 38.6 in a column of 万元."""
    if unit in YUAN and isinstance(declared, Amount) and isinstance(value, int | Decimal):
        return Decimal(plain(Decimal(value) / YUAN[unit]))
    return value


def unit_in(header: str) -> str:
    """Return what the numbers under a header count, as far as that changes them, else ""."""
    found = next((word for word in YUAN if word in header), "")
    return found or (PERCENT if "%" in header or "％" in header else "")
