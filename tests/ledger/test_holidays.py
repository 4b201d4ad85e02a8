"""A ledger knows the shipped years, and an imported year takes its year's place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanyou_desktop.ledger.errors import LedgerDamaged, LedgerReadOnly
from sanyou_desktop.ledger.holidays import keep_tables, kept_tables, working_days_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.model.working_days import HolidayTable


def test_an_imported_year_overrides_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "台账.sanyou"
    first = date(2026, 10, 1)
    with Ledger.create(path, Unit(code="350300", name="莆田市")) as ledger:
        assert not working_days_of(ledger).is_working(first)
        assert not working_days_of(ledger).is_known(2027)
        keep_tables(ledger, [HolidayTable(2027, frozenset({date(2027, 1, 1)}))])
        now = keep_tables(ledger, [HolidayTable(2026, frozenset({date(2026, 10, 2)}))])
        assert now.is_working(first)
    with Ledger.open(path, read_only=True) as ledger:
        assert working_days_of(ledger) == now
        assert now.is_known(2027)
        assert now.is_known(2025)
        with pytest.raises(LedgerReadOnly):
            keep_tables(ledger, kept_tables(ledger))


def test_damaged_tables_are_mended_by_importing_again(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "台账.sanyou", Unit(code="350300", name="莆田市")) as ledger:
        ledger.keep_setting("holidays", "{")
        with pytest.raises(LedgerDamaged, match="重新导入"):
            working_days_of(ledger)
        table = HolidayTable(2027, frozenset({date(2027, 1, 1)}))
        assert keep_tables(ledger, [table]).is_known(2027)
        assert kept_tables(ledger) == [table]
