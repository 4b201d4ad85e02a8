"""The dates of a plan, and the inspections that are due by it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.wording import _, in_source_language

_LONGEST_TITLE = 300
_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6}


def occurrences(plan: Plan, moved: Callable[[date], date] = lambda day: day) -> Iterator[date]:
    """Yield the days of the plan in order, none twice.

    A monthly plan from 31 January goes on with 28 February and 31 March: each day is counted
    from the first, never from the one before. ``moved`` takes a day off to the next working day.
    An irregular plan has none: its inspections are entered one by one.
    """
    first = plan.starts_on.first() if plan.starts_on else None
    if first is None or plan.frequency in ("", "irregular"):
        return
    last = (plan.ends_on.last() if plan.ends_on else None) or date(first.year, 12, 31)
    former = None
    for day in _days(first, last, _MONTHS.get(plan.frequency, 0)):
        found = day if plan.on_rest_days else moved(day)
        if found != former:
            yield found
        former = found


def departments(plan: Plan) -> tuple[str, ...]:
    """Return the departments that are inspected one by one; ("",) if they are not told apart."""
    return plan.inspected_units or ("",)


def due_inspections(
    plan: Plan,
    days: Iterable[date],
    items: tuple[Item, ...],
    made: Iterable[Inspection] = (),
    moved: Callable[[date], date] = lambda day: day,
) -> Iterator[Inspection]:
    """Yield a planned inspection for each day and department that has none yet.

    Args:
        plan: the plan.
        days: its days, as ``occurrences`` gives them.
        items: the checklist; each inspection gets rows of its own.
        made: the inspections that refer to the plan already: held, put off or deleted ones too.
        moved: as for ``occurrences``; an inspection that was made before the holidays were known
            is the one of the day it would be moved to.
    """
    there = {place_of(found, plan, moved) for found in made}
    for day in days:
        for department in departments(plan):
            if (day, department) not in there:
                asked = PartialDate.of(day)
                made_now = _inspection(plan, asked, department, items)
                yield replace(made_now, occurrence_on=asked)


def extra_inspection(plan: Plan, day: date, items: tuple[Item, ...]) -> Inspection:
    """Return one inspection by the plan outside its rhythm: of its department, if it has one."""
    named = plan.inspected_units[0] if len(plan.inspected_units) == 1 else ""
    return _inspection(plan, PartialDate.of(day), named, items)


def place_of(
    made: Inspection, plan: Plan, moved: Callable[[date], date]
) -> tuple[date | None, str]:
    """Return day and department for which an inspection was made, None for the day if unknown.

    One that was made before plans kept their own day stands for the day on which it is planned.
    """
    planned = made.occurrence_on or made.planned_on
    day = planned.first() if planned is not None and planned.precision == "day" else None
    return day if day is None or plan.on_rest_days else moved(day), made.inspected_unit


@in_source_language()
def _inspection(
    plan: Plan, planned: PartialDate, department: str, items: tuple[Item, ...]
) -> Inspection:
    what = plan.scheme or plan.title
    title = _("{department}{scheme}（{day}）").format(
        department=department, scheme=what, day=planned.in_words()
    )
    return Inspection(
        unit=plan.unit,
        title=title[:_LONGEST_TITLE],
        themes=plan.themes,
        department=plan.department,
        person=plan.person,
        confidential=plan.confidential,
        scheme=plan.scheme,
        planned_on=planned,
        plan=plan.id,
        inspected_unit=department,
        place=plan.place,
        inspectors=plan.inspectors,
        items=tuple(item.fresh() for item in items),
    )


def _days(first: date, last: date, step: int) -> Iterator[date]:
    if not step:
        yield first
        return
    count = 0
    while (day := _months_after(first, count * step)) <= last:
        yield day
        count += 1


def _months_after(first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + year, month + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))
