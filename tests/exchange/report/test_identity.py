"""Merging stands on each row's identity: unit, id, revision and a hash of what the row shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.sheet import hash_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import REPORTED, kind_of
from tests.exchange.report.filled import OWN, fill, save
from tests.exchange.report.readers import Shown, meta, shown

IDENTITY = {"所属单位代码", "所属单位", "记录标识", "记录版本", "校验值", "上报状态"}


def hash_from(row: Shown) -> str:
    """Return the hash as the format defines it: SHA-256 of the cells' texts as a JSON list."""
    texts = [_text(value) for name, value in row.items() if name not in IDENTITY]
    written = json.dumps(texts, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def test_each_row_carries_its_identity_and_the_hash_of_what_it_shows(
    ledger: Ledger, path: Path
) -> None:
    records = fill(ledger)
    export_report(ledger, path)
    for kind, record in records.items():
        (row,) = shown(path, kind_of(kind).title)
        assert row["所属单位代码"] == OWN.code
        assert row["所属单位"] == OWN.name
        assert row["记录标识"] == record.id
        assert row["记录版本"] == 1.0
        assert row["校验值"] == hash_from(row)


def test_the_hidden_register_names_every_row(ledger: Ledger, path: Path) -> None:
    fill(ledger)
    save(ledger, "pledge", title="第二条")
    export_report(ledger, path, "", "2026-12-31")
    facts, register = meta(path)
    assert facts["format"] == 2
    assert facts["unit"] == OWN.code
    assert facts["unit_name"] == OWN.name
    assert (facts["first"], facts["last"]) == ("", "2026-12-31")
    assert facts["rows"] == len(register)
    assert register.pop()[0] == "unit"
    written = [
        (kind, row["记录标识"], row["记录版本"], row["校验值"])
        for kind in REPORTED
        for row in shown(path, kind_of(kind).title)
    ]
    assert register == written
    assert len(written) == 6, "the second pledge has no date"


def test_a_changed_record_has_another_hash_and_an_unchanged_one_the_same(
    ledger: Ledger, path: Path
) -> None:
    record = fill(ledger)["pledge"]
    export_report(ledger, path)
    before = meta(path)[1]
    ledger.save(replace(record, title="改过的承诺"))
    export_report(ledger, path)
    after = meta(path)[1]
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert [(old[0], old[2], new[2]) for old, new in changed] == [("pledge", 1, 2)]
    assert changed[0][0][3] != changed[0][1][3]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.none() | st.text() | st.integers() | st.dates(), min_size=1),
    st.data(),
)
def test_rows_that_show_something_else_have_another_hash(
    cells: list[str | int | date | None], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(cells) - 1))
    other = data.draw(st.text())
    changed = [*cells[:place], other, *cells[place + 1 :]]
    same = ["" if cell is None else str(cell) for cell in (cells[place], other)]
    assert (hash_of(cells) == hash_of(changed)) == (same[0] == same[1])


def test_the_place_of_the_unit_column_does_not_change_the_hash(ledger: Ledger, path: Path) -> None:
    fill(ledger)
    export_report(ledger, path)
    alone = meta(path)[1]
    save(ledger, "pledge", unit="350399", title="别的单位")
    export_report(ledger, path)
    assert set(alone) <= set(meta(path)[1])
