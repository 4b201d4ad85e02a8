"""生成检查: the dated occurrences of a plan become planned inspections, as many as are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.findings.due_dates import told_of_unknown
from sanyou_desktop.ledger.holidays import working_days_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.compiling import items_of
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.model.planning import (
    departments,
    due_inspections,
    extra_inspection,
    occurrences,
    place_of,
)
from sanyou_desktop.model.record import Record, stricter
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _

# More than a clerk can hold in years; made by a plan whose end was mistyped.
MOST_AT_ONCE = 2_000


@dataclass(frozen=True)
class Due:
    """What a plan asks for.

    Attributes:
        days: all its days.
        lacking: by day, how many inspections are missing; ``gone``: how many were deleted.
        departments: how many inspections a day has.
        missing: the inspections to be made; none beyond ``MOST_AT_ONCE`` is worked out.
        there: how many of its inspections were made before.
        items: how many items the list gives each; ``unknown`` entries it still lacks.
        provisional: says for which years nobody knows the holidays yet, "" for none.
    """

    plan: Plan
    days: tuple[date, ...]
    lacking: Mapping[date, int]
    gone: Mapping[date, int]
    departments: int
    missing: tuple[Inspection, ...]
    there: int
    items: int
    unknown: int
    provisional: str = ""

    @property
    def deleted(self) -> int:
        """How many of its inspections are in the recycle bin, and are not made again."""
        return sum(self.gone.values())

    @property
    def is_too_much(self) -> bool:
        """Tell whether it is more than is made at once."""
        return len(self.missing) > MOST_AT_ONCE


def _marked(plan: Plan, scheme: Record | None) -> Plan:
    """Return the plan with the stricter mark of itself and its list, which its inspections get."""
    mark = stricter(plan.confidential, scheme.confidential) if scheme else plan.confidential
    return replace(plan, confidential=mark)


def due(ledger: Ledger, plan: Plan) -> Due:
    """Return what is missing of a plan by what is in the ledger now."""
    calendar = working_days_of(ledger)
    moved = calendar.next_working_day
    scheme = ledger.get(plan.checklist) if plan.checklist else None
    items = items_of(scheme) if isinstance(scheme, Scheme) else ()
    plan = _marked(plan, scheme)
    days = tuple(occurrences(plan, moved))
    made = ledger.occurrences_of(plan.id)
    missing: list[Inspection] = []
    for found in due_inspections(plan, days, items, (one.inspection for one in made), moved):
        missing.append(found)
        if len(missing) > MOST_AT_ONCE:
            break
    each = len(departments(plan))
    wanted = {(day, department) for day in days for department in departments(plan)}
    gone = {place_of(one.inspection, plan, moved) for one in made if one.is_deleted}
    gone -= {place_of(one.inspection, plan, moved) for one in made if not one.is_deleted}
    gone &= wanted
    lacking = Counter(
        day for day, _department in (place_of(one, plan, moved) for one in missing) if day
    )
    return Due(
        plan=plan,
        days=days,
        lacking=lacking,
        gone=Counter(day for day, _department in gone if day),
        departments=each,
        missing=tuple(missing),
        there=max(len(days) * each - len(missing) - len(gone), 0),
        items=len(items),
        unknown=scheme.missing() if isinstance(scheme, Scheme) else 0,
        provisional=(
            "" if plan.on_rest_days or not days else told_of_unknown(calendar, days[0], days[-1])
        ),
    )


def make_missing(ledger: Ledger, plan: Plan) -> Changes:
    """Make what is missing, all or nothing; twice makes nothing more."""
    found = due(ledger, plan)
    undo = (
        _("生成检查 {count} 份（原有 {there} 份未动）") if found.there else _("生成检查 {count} 份")
    )
    return ledger.save_many(
        found.missing[:MOST_AT_ONCE], undo.format(count=len(found.missing), there=found.there)
    )


def generate(place: Place, plan: Plan) -> None:
    """Show which inspections a plan asks for, and make those that are missing once confirmed."""
    from sanyou_desktop.desktop.inspections.generating_dialog import GeneratingDialog

    def ask(found: Due) -> None:
        show(GeneratingDialog(place.widget, found)).accepted.connect(make)

    def make() -> None:
        place.session.operations.run(lambda ledger: make_missing(ledger, plan), owner=place.widget)

    place.session.jobs.read(lambda ledger: due(ledger, plan), ask, owner=place.widget)


def add_one(place: Place, plan: Plan) -> None:
    """Begin one inspection by a plan today, to be completed and saved in its form."""

    def made(ledger: Ledger) -> Inspection:
        scheme = ledger.get(plan.checklist) if plan.checklist else None
        items = items_of(scheme) if isinstance(scheme, Scheme) else ()
        return extra_inspection(_marked(plan, scheme), date.today(), items)

    def begin(inspection: Inspection) -> None:
        place.begin(Draft.copy_of(inspection))

    place.session.jobs.read(made, begin, owner=place.widget)
