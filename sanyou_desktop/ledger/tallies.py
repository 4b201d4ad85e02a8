"""Tallies of many periods in one look at the ledger: the numbers behind every indicator."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from sanyou_desktop.ledger.connection import snapshot
from sanyou_desktop.ledger.counting import findings, inspections, kinds
from sanyou_desktop.ledger.counting.sums import Scope, Sums
from sanyou_desktop.model.indicators.calendar import Calendar
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.periods import Period

__all__ = ["Scope", "tallies"]

_COUNTERS = (
    kinds.count_pledges,
    kinds.count_rules,
    kinds.count_surveys,
    kinds.count_activities,
)


def tallies(
    conn: sqlite3.Connection, periods: Sequence[Period], today: date, scope: Scope
) -> dict[str, tuple[Tallies, ...]]:
    """Return, by group of the scope, the tallies of each period in the order given.

    All numbers are of one moment, whatever is being written meanwhile. Living records count, also
    confidential ones: a number tells nothing of what they say.
    """
    sums = Sums(conn, Calendar(periods, today), scope)
    with snapshot(conn):
        for counter in _COUNTERS:
            counter(sums)
        found = findings.count_findings(sums)
        # Checklists are read once: for their scores, and for what the findings' items say.
        item_texts = inspections.count_inspections(sums, findings.items_of(found))
        findings.count_repeats(sums, found, item_texts)
    return sums.tallies()


def repeat_ids(conn: sqlite3.Connection, period: Period, today: date, scope: Scope) -> list[str]:
    """Return the ids of the findings that ``tallies`` counts as repeats of the period."""
    sums = Sums(conn, Calendar([period], today), scope)
    with snapshot(conn):
        found = findings.gathered(sums)
        item_texts = inspections.count_inspections(sums, findings.items_of(found))
        return findings.repeat_ids(sums, found, item_texts)
