"""The deeds of a request: 填入下级单位, 催报名单, 布置下一期."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.ledger.holidays import working_days_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.requesting import (
    following,
    last_period,
    request_for,
    subordinates,
    with_units,
)
from sanyou_desktop.wording import _


def fill_units(place: Place, request: ReportRequest) -> None:
    """Add the units whose superior this unit is, and say where to mend it if there is none."""

    def work(ledger: Ledger) -> Changes:
        filled = with_units(request, subordinates(ledger.units(), ledger.unit))
        if filled == request:
            return Changes()
        count = len(filled.units) - len(request.units)
        return ledger.save_many([filled], _("填入 {count} 个应报单位").format(count=count))

    def done(changes: Changes) -> None:
        if not changes.ids:
            place.session.ask.tell(place.widget, _no_more())

    place.session.operations.run(work, owner=place.widget, done=done)


def _no_more() -> str:
    return _(
        "没有可以填入的单位。单位表中「上级单位」填写本单位代码、状态为在册的单位才会填入；"
        "也可以把单位代码和名称从 Excel 复制，粘贴到应报单位表里。"
    )


def chase(place: Place, request: ReportRequest) -> None:
    """Show who has not reported, to be printed or copied."""
    from sanyou_desktop.desktop.submissions.chase_dialog import open_chase

    open_chase(place.widget, place.session, request.id)


def ask_for_next(place: Place, request: ReportRequest) -> None:
    """Go to a draft that asks the same units about the next period."""
    made = following(request)
    if made is not None:
        place.session.jobs.read(
            lambda ledger: due_on_a_working_day(ledger, made),
            lambda found: place.begin(draft_of(found, place.session.unit_code)),
            owner=place.widget,
        )


def usual_request(ledger: Ledger, today: date) -> ReportRequest:
    """Return what one most likely wants to ask: the last quarter's, of all subordinate units."""
    found = due_on_a_working_day(ledger, request_for(last_period(today)))
    return with_units(found, subordinates(ledger.units(), ledger.unit))


def due_on_a_working_day(ledger: Ledger, request: ReportRequest) -> ReportRequest:
    """Return the request with a last day on which offices work: else the next one after it."""
    assert request.due_on is not None, request
    day = request.due_on.first()
    assert day is not None, request
    return replace(request, due_on=PartialDate.of(working_days_of(ledger).next_working_day(day)))


def draft_of(request: ReportRequest, unit: str) -> Draft:
    """Return a request as a draft, to be completed and saved."""
    written = request.to_json()
    given: dict[str, Json] = {
        key: written[key] for key in ("title", "from", "to", "due_on", "units")
    }
    return Draft.new("request", unit, **given)
