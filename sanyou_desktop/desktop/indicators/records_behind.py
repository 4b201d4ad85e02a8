"""Which records stand behind a number: the list to show, and by which conditions.

Conditions on fields say more than names of records, and go on holding when records change. But they
select by days that may lie in a period, where indicators count those that surely do, and not every
rule of counting is one of them. So where they select anything else than what was counted, the list
names its records one by one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sanyou_desktop.desktop.indicators.look import Question
from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.indicators.register import INDICATORS
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _

_STATUS = {
    "pledge": ("published", "ended"),
    "rule": ("in_force", "revising"),
    "inspection": ("done", "closed"),
    "survey": ("done",),
}
_UNSETTLED = ("open", "rectifying", "continuing")
_SOURCES = {"complaints": "complaint", "errors": "error", "accidents": "accident"}
# Which findings repeat others is worked out: no condition on fields says it.
REPEATS = "repeat_findings"
# Findings are counted by other days than the one they were raised on.
_DAYS = {"findings_closed": "closed_on", "on_time_rate": "due_on"}


def conditions_behind(key: str, kind: str, question: Question) -> tuple[Condition, ...]:
    """Return the conditions of the list of ``kind`` behind the indicator ``key``."""
    found: list[Condition] = []
    if key in ("findings_overdue", "rules_past_review"):
        day = str(question.day - timedelta(days=1))
        found.append(Condition("status", _UNSETTLED if kind == "finding" else _STATUS[kind]))
        found.append(Condition("due_on" if kind == "finding" else "review_by", last=day))
    else:
        if kind in _STATUS:
            found.append(Condition("status", _STATUS[kind]))
        if key in _SOURCES:
            found.append(Condition("source", (_SOURCES[key],)))
        # Rules in force and entries of fulfilment are not chosen by the record's own day.
        if key not in ("rules_in_force", "fulfilment_rate"):
            found += _period(_DAYS.get(key, kind_of(kind).record.occurred), question)
    return (*found, *scope_conditions(question))


def list_behind(ledger: Ledger, key: str, question: Question) -> tuple[str, tuple[Condition, ...]]:
    """Return kind and conditions of the list of the very records that an indicator counts."""
    asked = question.settled(ledger)
    indicator = next(one for one in INDICATORS if one.key == key)
    with ledger.as_of_now():
        counted = ledger.counted_ids(indicator, asked.period, asked.today, asked.scope)
        chosen = conditions_behind(key, indicator.kind, asked)
        if key != REPEATS and _selected(ledger, indicator.kind, chosen, asked) == counted:
            return indicator.kind, chosen
    title = _(indicator.title)
    return indicator.kind, (_named(title, counted, asked), *scope_conditions(asked))


def list_of_theme(
    ledger: Ledger, kind: str, theme: str, question: Question
) -> tuple[str, tuple[Condition, ...]]:
    """Return kind and conditions of the list of the records that are counted under a theme."""
    themed = replace(question.settled(ledger), theme=theme)
    with ledger.as_of_now():
        counted = ledger.themed_ids(kind, theme, themed.period, themed.today, themed.scope)
        chosen = period_conditions(kind, themed)
        if _selected(ledger, kind, chosen, themed) == counted:
            return kind, chosen
    title = _(kind_of(kind).title)
    return kind, (_named(title, counted, themed), *scope_conditions(themed))


def _selected(
    ledger: Ledger, kind: str, conditions: tuple[Condition, ...], question: Question
) -> set[str]:
    filters = [one for condition in conditions for one in condition.filters(question.today)]
    return set(ledger.ids(kind, Query(filters=tuple(filters))))


def _named(title: str, ids: set[str], question: Question) -> Condition:
    """Return the condition of the list of these records."""
    told = _("{title}（{period}）：计入的 {count} 条").format(
        title=title, period=question.period.in_words(), count=f"{len(ids):,}"
    )
    # Without any, a condition on no ids would select everything.
    return Condition("id", tuple(sorted(ids)) or ("",), told=told)


def scope_conditions(question: Question) -> tuple[Condition, ...]:
    """Return the conditions on unit and theme."""
    found = []
    if question.unit:
        found.append(Condition("unit", (question.unit,)))
    if question.theme:
        found.append(Condition("themes", (question.theme,)))
    return tuple(found)


def period_conditions(kind: str, question: Question) -> tuple[Condition, ...]:
    """Return the conditions for a kind's records of the period."""
    return (*_period(kind_of(kind).record.occurred, question), *scope_conditions(question))


def _period(key: str, question: Question) -> list[Condition]:
    period = question.period
    if period.is_everything:
        return []
    first, last = (str(day) if day else "" for day in (period.first, period.last))
    return [Condition(key, first=first, last=last)]
