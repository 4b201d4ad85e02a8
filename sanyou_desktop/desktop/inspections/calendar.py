"""Which working day an inspection moves to: the one place that asks the table of holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sanyou_desktop.ledger.holidays import working_days_of
from sanyou_desktop.ledger.ledger import Ledger


def moved_for(ledger: Ledger) -> Callable[[date], date]:
    """Return what takes a day off to the next working day, by the holidays of ``ledger``."""
    return working_days_of(ledger).next_working_day
