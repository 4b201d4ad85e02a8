"""The holiday tables that hold in a ledger: those shipped, and those its user put in their place.

The notice for the next year comes out in November, often after the program: a year's table is a
file that anyone can bring in, and it then goes with the ledger.
"""

from __future__ import annotations

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.holiday_file import parse_holidays, write_holidays
from sanyou_desktop.model.working_days import HolidayTable, WorkingDays
from sanyou_desktop.resources import resource_path

_SETTING = "holidays"


def shipped_tables() -> list[HolidayTable]:
    """Return the tables that came with the program, by year."""
    files = sorted(resource_path("holidays").glob("*.json"))
    return [table for file in files for table in parse_holidays(file.read_text(encoding="utf-8"))]


def kept_tables(ledger: Ledger) -> list[HolidayTable]:
    """Return the tables that were imported into the ledger."""
    kept = ledger.setting(_SETTING)
    return parse_holidays(kept) if kept else []


def keep_tables(ledger: Ledger, tables: list[HolidayTable]) -> WorkingDays:
    """Put tables in the place of those of the same years and return what now holds.

    Raises:
        LedgerReadOnly, LedgerError: as each says; the tables are as they were.
    """
    kept = {table.year: table for table in (*kept_tables(ledger), *tables)}
    ledger.keep_setting(_SETTING, write_holidays(kept.values()))
    return working_days_of(ledger)


def working_days_of(ledger: Ledger) -> WorkingDays:
    """Return the working days as this ledger knows them."""
    return WorkingDays.of((*shipped_tables(), *kept_tables(ledger)))
