"""A limit presses from 7 days on, harder from 3 on, and is overdue the day after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.escalation import (
    LEVELS_RISING,
    NONE,
    OVERDUE,
    REMINDER,
    WARNING,
    days_left,
    level,
    waited_level,
)
from sanyou_desktop.model.finding import LEVELS, Finding

DAY = date(2026, 2, 26)


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(-400, OVERDUE), (-1, OVERDUE), (0, WARNING), (3, WARNING), (4, REMINDER), (7, REMINDER),
     (8, NONE), (400, NONE)],
)  # fmt: skip
def test_levels_change_at_their_days(days: int, wanted: str) -> None:
    limit = PartialDate.of(DAY + timedelta(days=days))
    assert level(limit, DAY) == wanted
    assert days_left(limit, DAY) == days


def test_a_coarse_limit_ends_with_its_last_day() -> None:
    assert level(PartialDate(2026, 2), DAY) == WARNING
    assert level(PartialDate(2026, 2), date(2026, 3, 1)) == OVERDUE
    assert level(PartialDate(2025), DAY) == OVERDUE
    assert level(PartialDate(None, 2, 1), DAY) == NONE
    assert level(None, DAY) == NONE


def test_levels_are_those_of_a_slip() -> None:
    assert [option.value for option in LEVELS] == [found for found in LEVELS_RISING if found]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-500, 500), st.integers(0, 500))
def test_nothing_presses_less_as_days_go_by(day: date, ahead: int, later: int) -> None:
    limit = PartialDate.of(day + timedelta(days=ahead))
    rising = [LEVELS_RISING.index(level(limit, now)) for now in (day, day + timedelta(days=later))]
    assert rising == sorted(rising)
    late = Finding(due_on=limit, status="open").overdue_days(day)
    assert (late > 0) == (level(limit, day) == OVERDUE)


def test_what_waits_for_long_is_a_warning() -> None:
    waited = [waited_level(PartialDate.of(DAY - timedelta(days=days)), DAY) for days in (0, 7, 8)]
    assert waited == [REMINDER, REMINDER, WARNING]
    assert waited_level(None, DAY) == REMINDER
