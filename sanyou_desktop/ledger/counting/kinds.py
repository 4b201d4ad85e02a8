"""Counting pledges, rules, surveys and activities."""

from __future__ import annotations

import json
import re
from collections import Counter

from sanyou_desktop.ledger.counting.sums import Sums
from sanyou_desktop.model.fields import Money
from sanyou_desktop.model.indicators.rule_facts import RuleDates, in_force
from sanyou_desktop.model.pledge import OUTCOMES
from sanyou_desktop.model.quantity import Quantity, bound
from sanyou_desktop.model.survey import Survey

OUTCOME_KEYS = tuple(option.value for option in OUTCOMES)
# An entry as the ledger writes it. A quotation mark inside a text is escaped, so that nothing that
# was typed can look like this.
_ENTRY = re.compile(r'"on":(?:"([^"]*)"|null),"clause":"[^"]*","outcome":"([a-z]*)"')
_OUTCOME = '"outcome":'
# The numbers that ``count_surveys`` asks for, in their order.
_POOLED = (
    "surveys",
    "distributed",
    "answered",
    "very_satisfied",
    "satisfied",
    "basically_satisfied",
    "dissatisfied",
)


def count_pledges(sums: Sums) -> None:
    """Count publications by their day, and entries of fulfilment by theirs."""
    sql = (
        "SELECT {group}, published_on, fulfilments FROM pledge "
        "WHERE {where} AND status IN ('published', 'ended')"
    )
    for batch in sums.batches(sql):
        written: dict[str, list[str]] = {}
        for group, _day, entered in batch:
            written.setdefault(group, []).append(entered or "[]")
        for (group, day), count in Counter(row[:2] for row in batch).items():
            marks = sums.calendar.marks(day)
            sums.add(group, "pledges", marks.inside, count)
            sums.add(group, "pledges_unclear", marks.unclear, count)
        for group, lists in written.items():
            _count_entries(sums, group, Counter(_entries(lists)))


def _count_entries(sums: Sums, group: str, alike: Counter[tuple[str, str]]) -> None:
    for (day, outcome), count in alike.items():
        if outcome in OUTCOME_KEYS:
            marks = sums.calendar.marks(day)
            sums.add(group, outcome, marks.inside, count)
            sums.add(group, "fulfilments_unclear", marks.unclear, count)


def _entries(lists: list[str]) -> list[tuple[str, str]]:
    """Return day and outcome of each entry of fulfilment of many pledges.

    Reading them whole takes several times as long, so it is done only where another program
    wrote them in another order.
    """
    together = "\n".join(lists)
    found: list[tuple[str, str]] = _ENTRY.findall(together)
    if len(found) == together.count(_OUTCOME):
        return found
    rows = (row for entered in lists for row in json.loads(entered))
    return [(row.get("on") or "", row.get("outcome") or "") for row in rows]


def count_rules(sums: Sums) -> None:
    """Count rules in force on the reference days."""
    sql = (
        "SELECT {group}, status, effective_on, issued_on, repealed_on, review_by, "
        "collection OR announced_count IS NOT NULL, announced_count, count(*) "
        "FROM rule WHERE {where} AND status NOT IN ('drafting', 'consultation') "
        "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
    )
    for group, status, effective, issued, repealed, review, together, announced, found in sums.rows(
        sql
    ):
        count = int(found)
        dates = RuleDates(status, effective or issued or "", repealed or "")
        surely, unclear = in_force(dates, sums.calendar)
        sums.add(group, "rules", surely, count)
        sums.add(group, "rules_unclear", unclear, count)
        if review:
            sums.add(group, "review_past", surely & sums.calendar.marks(review).past, count)
        if together:
            sums.add(group, "collections", surely, count)
            if announced is None:
                sums.add(group, "uncounted", surely, count)
            else:
                sums.add(group, "announced", surely, count * int(announced))


def count_surveys(sums: Sums) -> None:
    """Pool the answers of finished surveys, those of like weights together."""
    sql = (
        "SELECT {group}, held_on, ifnull(weights, ''), ifnull(basic_excluded, 0), count(*), "
        "total(distributed) FILTER (WHERE returned IS NOT NULL AND distributed IS NOT NULL), "
        "total(returned) FILTER (WHERE returned IS NOT NULL AND distributed IS NOT NULL), "
        "total(very_satisfied), total(satisfied), total(basically_satisfied), "
        "total(dissatisfied) "
        "FROM survey WHERE {where} AND status = 'done' GROUP BY 1, 2, 3, 4"
    )
    pooled: dict[tuple[str, str, int, int], Counter[str]] = {}
    for group, day, weights, narrow, *numbers in sums.rows(sql):
        marks = sums.calendar.marks(day)
        sums.add(group, "surveys_unclear", marks.unclear, int(numbers[0]))
        alike = pooled.setdefault((group, weights, narrow, marks.inside), Counter())
        for name, number in zip(_POOLED, numbers, strict=True):
            alike[name] += int(number)
    for (group, weights, narrow, inside), alike in pooled.items():
        survey = Survey(
            very_satisfied=alike["very_satisfied"],
            satisfied=alike["satisfied"],
            basically_satisfied=alike["basically_satisfied"],
            dissatisfied=alike["dissatisfied"],
            weights=weights,
            basic_excluded=bool(narrow),
        )
        sums.add(group, "surveys", inside, alike["surveys"])
        sums.add(group, "narrow", inside, alike["surveys"] if narrow else 0)
        sums.add(group, "distributed", inside, alike["distributed"])
        sums.add(group, "answered", inside, alike["answered"])
        sums.add(group, "content", inside, survey.content())
        sums.add(group, "rated", inside, survey.rated())
        sums.add(group, "weighted", inside, survey.weighted())


def count_activities(sums: Sums) -> None:
    """Add up the money of activities, and how it is qualified."""
    sql = (
        "SELECT {group}, started_on, amount, count(*) FROM activity "
        "WHERE {where} AND amount IS NOT NULL AND amount <> '' "
        "AND status <> 'planned' GROUP BY 1, 2, 3"
    )
    known: dict[str, Quantity] = {}
    for group, day, written, found in sums.rows(sql):
        if written not in known:
            known[written] = Quantity.kept(json.loads(written))
        amount = known[written]
        if amount.unit != Money.unit:
            continue
        marks, count = sums.calendar.marks(day), int(found)
        sums.add(group, "money_unclear", marks.unclear, count)
        if amount.value is None:
            sums.add(group, "wordy", marks.inside, count)
            continue
        sums.add(group, "sums", marks.inside, count)
        sums.add(group, "money", marks.inside, amount.value * count)
        if amount.qualifier != "exact":
            sums.add(group, bound(amount.qualifier), marks.inside, count)
