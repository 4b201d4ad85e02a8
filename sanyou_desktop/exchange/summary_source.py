"""What the summary document is composed from, gathered from a ledger in one reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.ledger.repeat_window import repeat_days_of
from sanyou_desktop.model.campaign_round import CampaignRound
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.indicators import Reading, Tallies, readings
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.summary import Summary, Told, compose
from sanyou_desktop.model.summary.chosen import Chosen
from sanyou_desktop.wording import in_source_language

Progress = Callable[[int, int], None]

# How many records are read between two looks at whether the user has had enough.
_STEP = 200


def summary_of(
    ledger: Ledger, first: str = "", last: str = "", *, progress: Progress | None = None
) -> Summary:
    """Return the document about the days from ``first`` to ``last`` (EDTF, "" open).

    All of it is of one moment, and in Chinese, as documents are. ``progress`` may raise to cancel.
    """
    period, today = Period.between(first, last), date.today()
    with in_source_language(), ledger.as_of_now():
        units = ledger.units()
        own = ledger.own_unit().outside()
        names = {unit.code: unit.name for unit in units}
        chosen = _chosen(ledger, period, progress)
        rounds = [one for one in ledger.records("round") if isinstance(one, CampaignRound)]
        return compose(
            Told(
                own=own,
                units=units,
                period=period,
                today=today,
                chosen=chosen,
                readings=_readings(ledger, period, today),
                by_part=_by_part(ledger, period, today),
                rounds=[one for one in rounds if not one.confidential],
                superior=names.get(own.superior, ""),
                names=names,
            )
        )


def _chosen(ledger: Ledger, period: Period, progress: Progress | None) -> Chosen:
    chosen = Chosen()
    total = sum(ledger.count(kind, Query()) for kind in REPORTED)
    done = 0
    for kind in REPORTED:
        for record in ledger.records(kind):
            chosen.take(record, period)
            done += 1
            if progress is not None and done % _STEP == 0:
                progress(min(done, total), total)
    return chosen


def _scope(ledger: Ledger) -> Scope:
    # A document names no confidential record, so its numbers must not count one either.
    return Scope(public=True, repeat_days=repeat_days_of(ledger))


def _readings(ledger: Ledger, period: Period, today: date) -> tuple[Reading, ...]:
    before, year_before = period.before(), period.year_before()
    asked = [found for found in (period, before, year_before) if found]
    counted = list(ledger.tallies(asked, today, _scope(ledger))[""])
    now = counted.pop(0)
    earlier = counted.pop(0) if before else None
    last_year = counted.pop(0) if year_before else None
    return readings(now, _known(earlier), _known(last_year))


def _known(tallies: Tallies | None) -> Tallies | None:
    """Return tallies unless they are all 0: of a time before the ledger nothing is known."""
    return None if tallies is None or tallies.is_empty else tallies


def _by_part(ledger: Ledger, period: Period, today: date) -> list[tuple[Period, Tallies]]:
    """Return the months of a year, half or quarter that have begun, with their tallies."""
    if period.grain not in ("year", "half", "quarter"):
        return []
    parts = [
        part
        for part in period.parts("month")
        if part.first and period.holds(PartialDate.of(part.first)) and part.first <= today
    ]
    return (
        list(zip(parts, ledger.tallies(parts, today, _scope(ledger))[""], strict=True))
        if parts
        else []
    )
