"""A row made straight from what the ledger keeps is the row that its record makes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanyou_desktop.exchange.cells import cell_text
from sanyou_desktop.exchange.columns import RowOf, columns_of
from sanyou_desktop.exchange.markup import element
from sanyou_desktop.exchange.register import json_of
from sanyou_desktop.exchange.report_looks import look_of
from sanyou_desktop.exchange.report_rows import RowMaker
from sanyou_desktop.exchange.row_height import height_of
from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.exchange.sheet import CellStyle, text_of
from sanyou_desktop.exchange.stored_cells import StoredRowOf
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.kinds import REPORTED
from tests.exchange.report.filled import OWN, fill, save

LOOKS = {name: name for name in (*(style.value for style in CellStyle), "words", "quoted")}
NAMES = {OWN.code: OWN.name}
EVERYTHING = Query(sort="number", descending=False)


def require_same(ledger: Ledger, kind: str, *, many_units: bool = False) -> int:
    """Compare all rows of a kind; return how many there are."""
    columns = columns_of(kind, many_units=many_units)
    titles = {record.id: f"见 {record.title}" for record in ledger.records("inspection")}
    make, row_of = RowMaker(kind, columns, LOOKS, NAMES, titles), RowOf(columns, NAMES, titles)
    cells_of = StoredRowOf(kind, columns, NAMES, titles)
    rows = list(ledger.stored_rows(kind, EVERYTHING))
    records = list(ledger.records(kind))
    for stored, record in zip(rows, records, strict=True):
        made, row = make(stored), row_of(record)
        assert (made.kind, made.id, made.revision) == (kind, row.id, row.revision)
        assert made.hash == row.hash
        assert cells_of(stored) == replace(row, texts=tuple(map(text_of, row.cells)))
        assert made.json == json_of(record)
        assert made.height == height_of(columns, row)
        cells = [found.group(0) for found in element(b"c").finditer(made.markup)]
        for cell, column, value in zip(cells, columns, row.cells, strict=True):
            is_date = column.style is CellStyle.DATE
            shown = cell_text(b"", cell, [], is_date=is_date, is_1904=False)
            assert shown == text_of(value)
            assert f's="{look_of(value, column.style)}"'.encode() in cell
            assert re.match(rb'<c r="[A-Z]+\0"', cell)
    return len(rows)


@pytest.mark.parametrize("kind", REPORTED)
def test_of_every_kind_with_every_field(ledger: Ledger, kind: str) -> None:
    inspection = fill(ledger)["inspection"]
    save(ledger, "finding", inspection=inspection.id)
    save(ledger, kind, title="只有标题")
    save(ledger, "pledge", clauses=[{"key": "c1"}, {"key": "c9", "text": "茶水"}], fulfilments=[
        {"on": "2026-04-01", "clause": "c9", "outcome": "kept"}, {"on": "2026-04"}])  # fmt: skip
    assert require_same(ledger, kind) >= 2
    assert require_same(ledger, kind, many_units=True) >= 2


def test_of_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "示例.sytz"
    make_sample(path)
    with Ledger.open(path, read_only=True) as ledger:
        assert sum(require_same(ledger, kind) for kind in REPORTED) >= 53


def test_of_a_record_with_files(ledger: Ledger) -> None:
    record = save(ledger, "activity")
    files = tuple(
        ledger.attachments.add(b"%PDF-1.4", name) for name in ("甲.pdf", "=乙_x0041_.pdf")
    )
    ledger.save(replace(record, attachments=files))
    assert require_same(ledger, "activity") == 1


TEXT = st.characters(exclude_categories=["Cs"])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(
    title=st.text(TEXT, max_size=290),
    notes=st.text(TEXT, max_size=50),
    amount=st.sampled_from(["", "0元", "12万元", "140多万元", "=1+1", "999999999999999.5元"]),
    day=st.sampled_from(["", "2026", "2026-06", "2026-06-30", "1900-01-01", "XXXX-05-28"]),
    label=st.text(TEXT, max_size=20),
)  # fmt: skip
def test_whatever_was_typed(
    ledger: Ledger, title: str, notes: str, amount: str, day: str, label: str
) -> None:
    quantities: list[Json] = [{"label": label, "quantity": "约3盏"}, {"label": "灯"}]
    save(ledger, "activity", title="题" + title, notes=notes, amount=amount, started_on=day,
         quantities=quantities)  # fmt: skip
    rounds: list[Json] = [{"rectification": label}]
    save(ledger, "finding", title="题" + title, description=notes, rounds=rounds)
    require_same(ledger, "activity")
    require_same(ledger, "finding")
