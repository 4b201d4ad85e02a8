"""The holiday tables that hold in a ledger: those shipped, and those its user put in their place.

The notice for the next year comes out in November, often after the program: a year's table is a
file that anyone can bring in, and it then goes with the ledger.
"""

from __future__ import annotations

from contextlib import suppress

from sanyou_desktop.ledger.errors import LedgerDamaged
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.holiday_file import BadHolidays, parse_holidays, write_holidays
from sanyou_desktop.model.working_days import HolidayTable, WorkingDays
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import _

_SETTING = "holidays"


def shipped_tables() -> list[HolidayTable]:
    """Return the tables that came with the program, by year."""
    files = sorted(resource_path("holidays").glob("*.json"))
    return [table for file in files for table in parse_holidays(file.read_text(encoding="utf-8"))]


def kept_tables(ledger: Ledger) -> list[HolidayTable]:
    """Return the tables that were imported into the ledger.

    Raises:
        LedgerDamaged: another program changed them.
    """
    kept = ledger.setting(_SETTING)
    try:
        return parse_holidays(kept) if kept else []
    except BadHolidays as error:
        text = _("台账里导入的节假日表已损坏。请在「设置」里重新导入各年的节假日表。")
        raise LedgerDamaged(text) from error


def keep_tables(ledger: Ledger, tables: list[HolidayTable]) -> WorkingDays:
    """Put tables in the place of those of the same years and return what now holds.

    Raises:
        LedgerReadOnly, LedgerError: as each says; the tables are as they were.
    """
    # What is damaged is given up: importing again is how it is mended.
    with suppress(LedgerDamaged):
        tables = [*kept_tables(ledger), *tables]
    kept = {table.year: table for table in tables}
    ledger.keep_setting(_SETTING, write_holidays(kept.values()))
    return working_days_of(ledger)


def working_days_of(ledger: Ledger) -> WorkingDays:
    """Return the working days as this ledger knows them."""
    return WorkingDays.of((*shipped_tables(), *kept_tables(ledger)))
