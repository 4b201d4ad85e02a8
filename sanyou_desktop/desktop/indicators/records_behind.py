"""Which records stand behind a number: the list to show, and by which conditions.

Lists select by days that may lie in a period, indicators count those that surely do: the list
also shows the records that were counted as 日期不详.
"""

from __future__ import annotations

from datetime import timedelta

from sanyou_desktop.desktop.indicators.look import Question
from sanyou_desktop.desktop.lists.conditions import Condition
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


def named(ids: tuple[str, ...]) -> tuple[Condition, ...]:
    """Return the condition of the list of these repeats."""
    told = _("重复问题 {count} 条").format(count=f"{len(ids):,}")
    # Without any, a condition on no ids would select everything.
    return (Condition("id", ids or ("",), told=told),)


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
