"""A slip is issued about an open finding, with a demand and a day to answer by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding, Slip
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.supervision import issue, usual_demand, usual_due, usual_level
from sanyou_desktop.model.working_days import HolidayTable, WorkingDays

DAY = date(2026, 3, 6)
SLIP = Slip(
    key="",
    issued_on=PartialDate.of(DAY),
    demand="请整改",
    due_on=PartialDate.of(DAY + timedelta(days=3)),
)


@pytest.mark.parametrize(
    ("due", "wanted"), [(-1, "overdue"), (2, "warning"), (6, "reminder"), (60, "reminder")]
)
def test_the_level_is_that_of_the_limit(due: int, wanted: str) -> None:
    finding = Finding(title="灯坏了", due_on=PartialDate.of(DAY + timedelta(days=due)))
    assert usual_level(finding, DAY) == wanted
    assert issue(finding, SLIP).slips[-1].level == wanted
    assert issue(finding, replace(SLIP, level="warning")).slips[-1].level == "warning"
    assert usual_level(Finding(title="没有时限"), DAY) == "reminder"


def test_the_day_to_answer_by_is_a_working_day() -> None:
    friday_off = WorkingDays.of([HolidayTable(2026, frozenset({date(2026, 3, 9)}))])
    assert usual_due("overdue", DAY, WorkingDays()) == date(2026, 3, 11)
    assert usual_due("overdue", DAY, friday_off) == date(2026, 3, 12)
    assert usual_due("reminder", DAY, WorkingDays()) == date(2026, 3, 13)
    assert usual_demand()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"demand": ""}, "demand"),
        ({"due_on": None}, "due_on"),
        ({"due_on": PartialDate(2026, 4)}, "due_on"),
        ({"due_on": PartialDate(2026, 3, 5)}, "due_on"),
    ],
)
def test_what_is_missing_is_said(change: dict[str, object], column: str) -> None:
    with pytest.raises(Invalid) as refused:
        issue(Finding(title="灯坏了"), replace(SLIP, **change))  # type: ignore[arg-type]  # any field
    assert [problem.column for problem in refused.value.problems] == [column]


def test_a_closed_finding_is_not_supervised() -> None:
    with pytest.raises(Invalid, match="重开"):
        issue(Finding(title="灯坏了", status="closed"), SLIP)


@given(st.integers(1, 5))
def test_slips_only_add_up(count: int) -> None:
    finding = Finding(title="灯坏了")
    for _number in range(count):
        before, finding = finding, issue(finding, SLIP)
        assert finding.slips[:-1] == before.slips
    assert len({slip.key for slip in finding.slips}) == count
