"""Where each unit stands with each report, and rates that equal a count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.report_request import Owing, ReportRequest
from sanyou_desktop.model.submission_board import (
    EXCUSED,
    LATE,
    MISSING,
    ON_TIME,
    SENT_BACK,
    STANDINGS,
    WAITING,
    Board,
    Entry,
    board_of,
    unasked,
)

DUE = date(2026, 10, 10)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
UNITS = ("350100", "350300", "350500")


def request(*units: str, excused: str = "") -> ReportRequest:
    return ReportRequest(
        id="r",
        title="三季度",
        from_=PartialDate.parse("2026-07"),
        to=PartialDate.parse("2026-09"),
        due_on=PartialDate.of(DUE),
        units=tuple(
            Owing(key=code, unit=code, name=f"单位{code}", excused=code == excused)
            for code in units or UNITS
        ),
    )


def entry(unit: str, days: int, status: str = "accepted", returned: int | None = None) -> Entry:
    """A submission ``days`` after the last day."""
    back = None if returned is None else DUE + timedelta(days=returned)
    name = f"{unit}{days}{status}"
    return Entry(name, unit, unit, QUARTER, status, DUE + timedelta(days=days), back)


def board(*entries: Entry, today: int = 3, excused: str = "") -> Board:
    return board_of([request(excused=excused)], entries, DUE + timedelta(days=today))


def standing(*entries: Entry, today: int = 3) -> tuple[str, int]:
    place = board(*entries, today=today).places["350300", "r"]
    return place.standing, place.days


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), (MISSING, 3)),
        ((entry("350300", 0),), (ON_TIME, 0)),
        ((entry("350300", 1, "received"),), (LATE, 1)),
        ((entry("350300", -5, "returned", -3),), (SENT_BACK, 0)),
        # Sent back was no report: the one that came instead tells.
        ((entry("350300", -5, "superseded", -3), entry("350300", 2)), (LATE, 2)),
        # One's own correction later does not make a unit late.
        ((entry("350300", -5, "superseded"), entry("350300", 2)), (ON_TIME, 0)),
        ((entry("350300", -5, "superseded"), entry("350300", 2, "returned", 3)), (SENT_BACK, 0)),
        # Sent back, and taken after all.
        ((entry("350300", -5, "accepted", -3),), (ON_TIME, 0)),
    ],
)
def test_where_a_unit_stands(entries: tuple[Entry, ...], expected: tuple[str, int]) -> None:
    assert standing(*entries) == expected


def test_before_the_last_day_is_over_nobody_is_missing() -> None:
    assert standing(today=0) == (WAITING, 0)
    assert standing(today=-4) == (WAITING, 4)


def test_excused_units_are_listed_and_not_expected() -> None:
    found = board(entry("350100", 0), excused="350300")
    assert found.places["350300", "r"].standing == EXCUSED
    figures = found.of_request("r")
    assert (figures.expected, figures.actual, figures.missing) == (2, 1, 1)
    assert (figures.rate, figures.rate_on_time) == (Decimal("50.0"), Decimal("50.0"))


def test_a_rate_of_nothing_is_unknown() -> None:
    nobody = board_of([replace(request(), units=())], [], DUE)
    assert nobody.of_request("r").rate is None
    assert nobody.of_request("r").rate_on_time is None


def test_what_nobody_asked_for_is_not_lost() -> None:
    other_unit = entry("359999", 0)
    other_period = replace(entry("350300", 0), id="x", period=Period())
    many = [other_unit, other_period, entry("350100", 0)]
    assert unasked([request()], many) == (other_unit, other_period)
    found = board(*many)
    assert found.places["350300", "r"].standing == MISSING


def test_names_come_from_the_ledger_else_from_the_list() -> None:
    found = board_of([request()], [], DUE, {"350300": "莆田市机关事务管理局"})
    assert dict(found.units)["350300"] == "莆田市机关事务管理局"
    assert dict(found.units)["350100"] == "单位350100"


_HANDED = st.builds(
    lambda unit, days, status, back: entry(unit, days, status, days + 1 if back else None),
    st.sampled_from(UNITS),
    st.integers(-9, 9),
    st.sampled_from(["received", "accepted", "superseded", "returned"]),
    st.booleans(),
)


@given(st.lists(_HANDED, max_size=12), st.integers(-20, 20), st.sampled_from(["", *UNITS]))
def test_every_unit_is_counted_once(many: list[Entry], today: int, excused: str) -> None:
    found = board(*many, today=today, excused=excused)
    whole = found.of_request("r")
    parts = (whole.on_time, whole.late, whole.sent_back, whole.missing, whole.waiting)
    assert sum(parts) == whole.expected == len(UNITS) - bool(excused)
    assert whole.actual == whole.on_time + whole.late
    by_unit = [found.of_unit(code) for code in UNITS]
    assert sum(one.actual for one in by_unit) == whole.actual
    assert {place.standing for place in found.places.values()} <= {one.value for one in STANDINGS}
    if whole.rate is not None and whole.rate_on_time is not None:
        assert Decimal(0) <= whole.rate_on_time <= whole.rate <= Decimal(100)
    if today > 0:
        assert whole.waiting == 0
    else:
        assert whole.missing == 0


def of_period(first: str, last: str) -> Entry:
    return replace(entry("350300", -1), period=Period.between(first, last))


def near(*given: Entry) -> tuple[Entry, ...]:
    loose = unasked([request()], given)
    return board_of([request()], given, DUE, None, loose).places["350300", request().id].near


def test_what_touches_the_period_is_offered_while_the_report_is_owed() -> None:
    asked = request().period
    assert asked.first is not None
    assert asked.last is not None
    within = of_period(str(asked.first), str(asked.first))
    over = of_period("", "")
    before = of_period("1999", "2000")
    assert near(within, over, before) == (within, over)
    assert near(within, entry("350300", -1)) == ()
    assert near(replace(within, status="returned")) == ()


def test_a_period_in_other_words_is_the_same() -> None:
    year = replace(request(), from_=PartialDate.parse("2026"), to=PartialDate.parse("2026"))
    days = of_period("2026-01-01", "2026-12-31")
    assert unasked([year], [days]) == ()
