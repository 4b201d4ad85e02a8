"""Tallies of many periods in one look at the ledger: the numbers behind every indicator."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sanyou_desktop.ledger.connection import snapshot
from sanyou_desktop.ledger.counting import findings, inspections, kinds
from sanyou_desktop.ledger.counting.sums import Scope, Sums
from sanyou_desktop.model.indicators.calendar import Calendar
from sanyou_desktop.model.indicators.register import Indicator
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.periods import Period

__all__ = ["Scope", "tallies"]

_COUNTERS: Mapping[str, Callable[[Sums], object]] = {
    "pledge": kinds.count_pledges,
    "rule": kinds.count_rules,
    "survey": kinds.count_surveys,
    "activity": kinds.count_activities,
    "inspection": lambda sums: inspections.count_inspections(sums, {}),
}


def tallies(
    conn: sqlite3.Connection, periods: Sequence[Period], today: date, scope: Scope
) -> dict[str, tuple[Tallies, ...]]:
    """Return, by group of the scope, the tallies of each period in the order given.

    All numbers are of one moment, whatever is being written meanwhile. Living records count, also
    confidential ones: a number tells nothing of what they say.
    """
    sums = Sums(conn, Calendar(periods, today), scope)
    with snapshot(conn):
        for kind in ("pledge", "rule", "survey", "activity"):
            _COUNTERS[kind](sums)
        found = findings.count_findings(sums)
        # Checklists are read once: for their scores, and for what the findings' items say.
        item_texts = inspections.count_inspections(sums, findings.items_of(found))
        findings.count_repeats(sums, found, item_texts)
    return sums.tallies()


def counted_ids(
    conn: sqlite3.Connection, indicator: Indicator, period: Period, today: date, scope: Scope
) -> set[str]:
    """Return the ids of the records that an indicator counts in a period, by the same counting."""
    repeats = "repeats" in indicator.behind
    scope = replace(scope, by="record", repeats=repeats)
    sums = Sums(conn, Calendar([period], today), scope)
    with snapshot(conn):
        if indicator.kind == "finding":
            found = findings.count_findings(sums)
            if repeats:
                item_texts = inspections.count_inspections(sums, findings.items_of(found))
                findings.count_repeats(sums, found, item_texts)
        else:
            _COUNTERS[indicator.kind](sums)
    return sums.counted(indicator.behind)
