"""Counting findings: one look at each serves every number about them."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

from sanyou_desktop.ledger.counting.sums import Sums
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.indicators.finding_facts import LastRound, Standing, on_time, standing
from sanyou_desktop.model.repeats import Sight, plain_text, repeated

_BY_SOURCE = {"complaint": "complaints", "error": "errors", "accident": "accidents"}
_NO_ROUND = LastRound()


class _Facts(NamedTuple):
    """What the tallies need of a finding; many findings have the same."""

    group: str
    raised_on: str | None
    due_on: str | None
    closed_on: str | None
    status: str
    source: str
    is_replied: int
    last: str | None
    repeats: bool


def count_findings(sums: Sums) -> None:
    """Count findings by the days they were raised, due and closed."""
    alike = _alike(sums)
    rounds: dict[str | None, LastRound] = {None: _NO_ROUND}
    for facts, count in alike.items():
        if facts.last not in rounds:
            rounds[facts.last] = LastRound(*(part or "" for part in json.loads(facts.last or "[]")))
        stands = standing(facts.status, rounds[facts.last], facts.closed_on or "")
        _count_raised(sums, facts, stands, count)
        if facts.status == "closed":
            closed = sums.calendar.marks(facts.closed_on)
            sums.add(facts.group, "closed", closed.inside, count)
            sums.add(facts.group, "closed_unclear", closed.unclear, count)
        if facts.due_on:
            _count_due(sums, facts, stands, count)


def _count_raised(sums: Sums, facts: _Facts, stands: Standing, count: int) -> None:
    raised = sums.calendar.marks(facts.raised_on)
    source = _BY_SOURCE.get(facts.source)
    sums.add(facts.group, "raised", raised.inside, count)
    sums.add(facts.group, "raised_unclear", raised.unclear, count)
    if source:
        sums.add(facts.group, source, raised.inside, count)
        sums.add(facts.group, f"{source}_unclear", raised.unclear, count)
    if stands.settled:
        sums.add(facts.group, "settled", raised.inside, count)
    if facts.is_replied:
        sums.add(facts.group, "replied", raised.inside, count)
    if facts.repeats:
        sums.add(facts.group, "repeats", raised.inside, count)


def _count_due(sums: Sums, facts: _Facts, stands: Standing, count: int) -> None:
    assert facts.due_on
    calendar, due = sums.calendar, sums.calendar.marks(facts.due_on)
    # Overdue on the reference day: its time was over, and nothing had been handed in.
    if not stands.handed_in:
        pending, unclear = calendar.everything, 0
    else:
        earlier = calendar.everything & ~calendar.now
        done = calendar.marks(stands.done_on)
        pending, unclear = earlier & ~done.perhaps_by, earlier & done.perhaps_by & ~done.by
    sums.add(facts.group, "overdue", due.past & pending, count)
    sums.add(facts.group, "overdue_unclear", due.past & unclear, count)
    last = PartialDate.parse(facts.due_on).last()
    if not stands.settled and not (last is not None and last < calendar.today):
        return
    sums.add(facts.group, "due_unclear", due.unclear, count)
    in_time = on_time(stands.done_on, facts.due_on) if stands.settled else False
    if in_time is None:
        sums.add(facts.group, "due_unclear", due.inside, count)
        return
    sums.add(facts.group, "due", due.inside, count)
    if in_time:
        sums.add(facts.group, "on_time", due.inside, count)


def _alike(sums: Sums) -> Counter[_Facts]:
    """Return how many findings have the same facts.

    Those of other themes are looked at too, for one of them may be what a finding repeats.
    """
    scope = sums.scope
    unit = " AND unit = :unit" if scope.unit else ""
    wanted = "instr(themes, :theme) > 0" if scope.theme else "1"
    rows = sums.conn.execute(
        f"SELECT {scope.group}, raised_on, due_on, closed_on, status, source, "
        "ifnull(replied_on, '') <> '' OR reply <> '', "
        "CASE rounds WHEN '[]' THEN NULL ELSE json_extract(rounds, '$[#-1].rectified_on', "
        f"'$[#-1].verified_on', '$[#-1].verdict') END, {wanted}, "
        "seq, unit, title, ifnull(item_key, ''), place, department "
        f"FROM finding WHERE deleted_at = ''{unit}",
        scope.values,
    ).fetchall()
    again = _repeated(sums, rows)
    return Counter(_Facts._make((*row[:8], at in again)) for at, row in enumerate(rows) if row[8])


def _repeated(sums: Sums, rows: list[tuple[Any, ...]]) -> set[int]:
    """Return the places of the rows that repeat another one."""
    items = _item_texts(sums)
    days: dict[str, tuple[int, int] | None] = {}
    known: dict[str | None, str] = {None: ""}
    sights, places = [], []

    def plain(text: str | None) -> str:
        """The places and departments of a ledger are few."""
        if text not in known:
            known[text] = plain_text(text or "")
        return known[text]

    for at, row in enumerate(rows):
        raised = row[1]
        if raised not in days:
            days[raised] = _days(raised)
        day = days[raised]
        if day is None:
            continue
        seq, unit, title, item_key, place, department = row[9:]
        item, where, who = (plain(text) for text in (items.get(seq), place, department))
        sights.append(Sight(unit, plain_text(title), item_key, item, where, who, *day))
        places.append(at)
    return {places[at] for at in repeated(sights, sums.scope.repeat_days)}


def _item_texts(sums: Sums) -> dict[int, str]:
    """Return the text of the checklist item by the seq of the finding that came from it."""
    rows = sums.conn.execute(
        "SELECT finding.seq, row.value ->> 'item' FROM finding "
        "JOIN inspection ON inspection.id = finding.inspection, json_each(items) AS row "
        "WHERE finding.deleted_at = '' AND finding.item_key <> '' "
        "AND row.value ->> 'key' = finding.item_key"
    )
    return {int(seq): text or "" for seq, text in rows}


def _days(written: str | None) -> tuple[int, int] | None:
    known = PartialDate.parse(written) if written else None
    first, last = (known.first(), known.last()) if known else (None, None)
    if first is None or last is None:
        return None
    return first.toordinal(), last.toordinal()
