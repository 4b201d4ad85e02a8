"""Every field of every kind has its column, and nothing comes into a sheet twice or by accident."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.columns import (
    IDENTITY,
    LONGEST_CELL,
    PRINTED,
    columns_of,
    fitting,
    sheet_of,
)
from sanyou_desktop.exchange.sheet import text_of
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Date
from sanyou_desktop.model.kinds import KINDS, REPORTED, kind_of

KIND = pytest.mark.parametrize("kind", REPORTED)
KEPT_HOME = {"id", "unit", "revision", "confidential", "created_at", "updated_at", "deleted_at"}


@KIND
def test_every_field_is_a_column_but_those_of_the_ledger_itself(kind: str) -> None:
    keys = [column.key for column in columns_of(kind)]
    assert len(keys) == len(set(keys))
    assert set(keys) == (set(kind_of(kind).fields) - KEPT_HOME) | set(IDENTITY)


@KIND
def test_printed_columns_come_first_and_identity_last(kind: str) -> None:
    columns = columns_of(kind)
    printed = [column.key for column in columns if column.printed]
    assert printed == list(PRINTED[kind])
    assert [column.key for column in columns[: len(printed)]] == printed
    assert tuple(column.key for column in columns[-len(IDENTITY) :]) == IDENTITY


@KIND
def test_headers_are_chinese_and_differ(kind: str) -> None:
    titles = [column.title for column in columns_of(kind, many_units=True)]
    assert len(titles) == len(set(titles))
    assert all(title and not title.isascii() for title in titles)


@KIND
def test_the_same_columns_stand_there_for_many_units_the_name_first(kind: str) -> None:
    alone, many = columns_of(kind), columns_of(kind, many_units=True)
    assert many[0].key == "_unit_name"
    assert many[0].printed
    assert sorted(column.key for column in many) == sorted(column.key for column in alone)


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_record_is_a_row_of_empty_cells(kind: str) -> None:
    required = {
        key: "2026-03-01" if isinstance(field, Date) else "空"
        for key, field in kind_of(kind).fields.items()
        if field.required
    }
    record = Draft.from_json(kind, dict(required), unit="350300").accepted()
    (row,) = sheet_of(kind, [record], {"350300": "莆田"}, {}).rows
    columns = columns_of(kind)
    shown = {
        column.key: cell
        for column, cell in zip(columns, row.cells, strict=True)
        if cell is not None
    }
    worked_out = {"status", "title", "code", "name", "incomplete"}
    assert set(shown) - set(IDENTITY) <= {*required, *worked_out}
    assert shown["_unit"] == "350300"
    assert shown["_unit_name"] == "莆田"
    assert shown["_hash"] == row.hash


def test_a_unit_that_the_ledger_does_not_know_goes_by_its_code() -> None:
    record = Draft.from_json("pledge", {"title": "甲"}, unit="350999").accepted()
    (row,) = sheet_of("pledge", [record], {}, {}).rows
    places = {column.key: at for at, column in enumerate(columns_of("pledge"))}
    assert row.cells[places["_unit_name"]] == "350999"


@given(st.text(max_size=300), st.integers(100, 300))
def test_what_fits_a_cell_is_whole_and_what_does_not_is_announced(text: str, times: int) -> None:
    written = text * times
    found = fitting(written)
    assert len(found.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_CELL
    if len(written.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_CELL:
        assert found == written
    else:
        kept, mark, note = found.rpartition("……【全文 ")
        assert mark
        assert note == f"{len(written)} 字，超出单元格上限，其余见台账】"
        assert written.startswith(kept)
        assert len(kept) > LONGEST_CELL / 2 - 200


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ("甲", "甲"),
        (0, "0"),
        (Decimal("0"), "0"),
        (Decimal("2.50"), "2.5"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 3, 1), "2026-03-01"),
    ],
)
def test_a_cell_reads_the_same_written_or_read_back(cell: object, text: str) -> None:
    assert text_of(cell) == text  # type: ignore[arg-type]  # each is a CellValue
