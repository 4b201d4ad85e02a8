"""Making a request: which units owe a report, by when, and the one that follows another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import new_key
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.report_request import Owing, ReportRequest
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _, in_source_language

# Offices usually ask for a period's report by the tenth of the month that follows.
_DAYS_AFTER = 10


def subordinates(units: Iterable[Unit], own: str) -> list[Owing]:
    """Return the units that report to ``own``, by code, without those that were closed."""
    found = [unit for unit in units if unit.superior == own and unit.status == "active"]
    return [Owing(unit=unit.code, name=unit.name) for unit in sorted(found, key=lambda u: u.code)]


def with_units(request: ReportRequest, owing: Iterable[Owing]) -> ReportRequest:
    """Return the request with the units that are not in it yet at its end; what is there stays."""
    known = {one.unit for one in request.units}
    added = [replace(one, key=new_key()) for one in owing if one.unit not in known]
    return replace(request, units=(*request.units, *added))


@in_source_language()
def request_for(period: Period) -> ReportRequest:
    """Return what is usually asked about a period, of nobody yet.

    Raises:
        ValueError: the period has an open end.
    """
    if period.first is None or period.last is None:
        raise ValueError(period)
    return ReportRequest(
        title=_("{period}上报").format(period=period.in_words()),
        from_=PartialDate.of(period.first),
        to=PartialDate.of(period.last),
        due_on=PartialDate.of(period.last + timedelta(days=_DAYS_AFTER)),
    )


def last_period(today: date) -> Period:
    """Return the quarter that ended last: what is asked about most often."""
    found = Period.of("quarter", today).before()
    assert found is not None
    return found


def following(request: ReportRequest) -> ReportRequest | None:
    """Return the same asked for the next period, of the same units; None with an open end.

    The last day stays as many days after the period as it was.
    """
    period = request.period
    due = request.due_on.last() if request.due_on else None
    if period.first is None or period.last is None or due is None:
        return None
    if period.grain:
        next_period = Period.of(period.grain, period.last + timedelta(days=1))
    else:
        length = period.last - period.first
        first = period.last + timedelta(days=1)
        next_period = Period(first, first + length)
    assert next_period.last is not None
    made = request_for(next_period)
    later = next_period.last + (due - period.last)
    return replace(made, due_on=PartialDate.of(later), units=request.units)
