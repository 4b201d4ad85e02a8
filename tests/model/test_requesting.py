"""Requests: whom they are made of, the one that follows, and who is chased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sanyou_desktop.model.chasing import notice, owed
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.report_request import Owing, ReportRequest
from sanyou_desktop.model.requesting import (
    following,
    last_period,
    request_for,
    subordinates,
    with_units,
)
from sanyou_desktop.model.submission_board import Entry, board_of
from sanyou_desktop.model.unit import Unit

OWN = "350000"
UNITS = [
    Unit(code="350500", name="泉州", superior=OWN, contact="林丽华", phone="0595"),
    Unit(code="350300", name="莆田", superior=OWN),
    Unit(code="350400", name="三明", superior=OWN, status="retired"),
    Unit(code="350582", name="晋江", superior="350500"),
    Unit(code=OWN, name="省局"),
]


def test_subordinate_units_in_office_owe_the_report() -> None:
    assert [one.unit for one in subordinates(UNITS, OWN)] == ["350300", "350500"]


def test_units_are_added_and_those_there_stay_as_they_are() -> None:
    begun = ReportRequest(units=(Owing(key="k", unit="350500", name="泉州", excused=True),))
    filled = with_units(begun, subordinates(UNITS, OWN))
    assert [(one.unit, one.excused) for one in filled.units] == [
        ("350500", True),
        ("350300", False),
    ]
    assert with_units(filled, subordinates(UNITS, OWN)) == filled
    assert len({one.key for one in filled.units}) == 2


def test_the_usual_request_is_about_the_last_quarter() -> None:
    made = request_for(last_period(date(2026, 11, 28)))
    assert made.title == "2026年第三季度上报"
    assert [str(day) for day in (made.from_, made.to, made.due_on)] == [
        "2026-07-01",
        "2026-09-30",
        "2026-10-10",
    ]
    with pytest.raises(ValueError, match="Period"):
        request_for(Period())


@pytest.mark.parametrize(
    ("first", "last", "due", "expected"),
    [
        ("2026-07", "2026-09", "2026-10-15", ("2026-10-01", "2026-12-31", "2027-01-15")),
        ("2026-12", "2026-12", "2027-01-05", ("2027-01-01", "2027-01-31", "2027-02-05")),
        ("2026", "2026", "2026-12-25", ("2027-01-01", "2027-12-31", "2027-12-25")),
        ("2026-03-02", "2026-03-08", "2026-03-10", ("2026-03-09", "2026-03-15", "2026-03-17")),
    ],
)
def test_the_next_asks_the_same_units_as_many_days_after(
    first: str, last: str, due: str, expected: tuple[str, ...]
) -> None:
    request = ReportRequest(
        from_=PartialDate.parse(first),
        to=PartialDate.parse(last),
        due_on=PartialDate.parse(due),
        units=(Owing(key="k", unit="350300"),),
    )
    made = following(request)
    assert made is not None
    assert tuple(str(day) for day in (made.from_, made.to, made.due_on)) == expected
    assert made.units == request.units
    assert following(replace(request, to=None)) is None


def test_who_is_late_longest_is_called_first_and_by_whom_to_call() -> None:
    request = with_units(request_for(Period.of("quarter", date(2026, 8, 1))), [])
    request = replace(
        request,
        id="r",
        units=tuple(Owing(key=code, unit=code, name=code, excused=code == "4") for code in "12345"),
    )
    day = date(2026, 10, 9)
    entries = [
        Entry("a", "1", "1", request.period, "accepted", day),
        Entry("b", "2", "2", request.period, "returned", day, day),
    ]
    board = board_of([request], entries, date(2026, 10, 13))
    found = owed(board, "r", {"5": Unit(code="5", name="五", contact="林丽华", phone="0595")})
    assert [(one.unit, one.place.standing) for one in found] == [
        ("3", "missing"),
        ("5", "missing"),
        ("2", "sent_back"),
    ]
    assert (found[1].contact, found[1].phone) == ("林丽华", "0595")
    text = notice(request, found, "省局", date(2026, 10, 13))
    assert "以下 3 个单位" in text
    assert "3、5、2" in text
    assert "2026年10月10日前报送" in text
