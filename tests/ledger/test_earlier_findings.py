"""What a finding repeats is found by SQL and model together as by the model alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.repeats import WINDOWS, repeats_of
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350300", name="莆田市机关事务管理局")
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger.create(tmp_path / "台账.sytz", OWN)
    yield made
    made.close()


def _some(count: int) -> list[Finding]:
    """Return findings with few titles, places and days, so that many repeat one another."""
    chance = random.Random(7)
    days = [PartialDate.of(NEW_YEAR + timedelta(days=chance.randrange(500))) for _ in range(40)]
    days += [PartialDate(2026, 3), PartialDate(2026), PartialDate(2027, 1), PartialDate(None, 5, 1)]
    return [
        Finding(
            unit=OWN.code,
            title=chance.choice(["灯不亮", "灯 不亮。", "漏水", "！！"]),
            place=chance.choice(["二号楼（东）", "二号楼(东)", "一号楼", ""]),
            department=chance.choice(["物业科", "物业 科", ""]),
            item_key=chance.choice(["", "", "i1"]),
            raised_on=chance.choice([*days, None]),
        )
        for _number in range(count)
    ]


@pytest.mark.parametrize("days", WINDOWS)
def test_the_ledger_finds_what_the_model_finds(ledger: Ledger, days: int) -> None:
    ledger.save_many(_some(150), "示例")
    everything = [one for one in ledger.records("finding") if isinstance(one, Finding)]
    found = 0
    for one in everything:
        repeated = ledger.repeated(one, days)
        assert repeated == repeats_of(one, everything, days)
        found += len(repeated)
    assert found > 100


def test_what_was_deleted_or_belongs_to_another_unit_is_no_repeat(ledger: Ledger) -> None:
    first = Finding(
        unit=OWN.code, title="灯不亮", place="二号楼", raised_on=PartialDate.of(NEW_YEAR)
    )
    ledger.save(replace(first, unit="350301"))
    gone = ledger.save(first).record
    ledger.delete([gone.id])
    assert ledger.repeated(first, 90) == []
    kept = ledger.save(first).record
    assert ledger.repeated(first, 90) == [kept]
