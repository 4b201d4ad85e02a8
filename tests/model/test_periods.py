"""Periods at the edges of years and months, and where partial dates stand to them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.periods import GRAINS, Period


def span(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "before", "year_before"),
    [
        (
            span("2026-01-01", "2026-12-31"),
            ("2025-01-01", "2025-12-31"),
            ("2025-01-01", "2025-12-31"),
        ),
        (
            span("2026-01-01", "2026-01-31"),
            ("2025-12-01", "2025-12-31"),
            ("2025-01-01", "2025-01-31"),
        ),
        (
            span("2024-03-01", "2024-03-31"),
            ("2024-02-01", "2024-02-29"),
            ("2023-03-01", "2023-03-31"),
        ),
        (
            span("2024-02-01", "2024-02-29"),
            ("2024-01-01", "2024-01-31"),
            ("2023-02-01", "2023-02-28"),
        ),
        (
            span("2025-02-01", "2025-02-28"),
            ("2025-01-01", "2025-01-31"),
            ("2024-02-01", "2024-02-29"),
        ),
        (
            span("2026-01-01", "2026-03-31"),
            ("2025-10-01", "2025-12-31"),
            ("2025-01-01", "2025-03-31"),
        ),
        (
            span("2026-01-01", "2026-06-30"),
            ("2025-07-01", "2025-12-31"),
            ("2025-01-01", "2025-06-30"),
        ),
        # Five whole months: the five before. Ten days: the ten before.
        (
            span("2026-02-01", "2026-06-30"),
            ("2025-09-01", "2026-01-31"),
            ("2025-02-01", "2025-06-30"),
        ),
        (
            span("2026-03-05", "2026-03-14"),
            ("2026-02-23", "2026-03-04"),
            ("2025-03-05", "2025-03-14"),
        ),
        (
            span("2024-02-29", "2024-03-01"),
            ("2024-02-27", "2024-02-28"),
            ("2023-02-28", "2023-03-01"),
        ),
    ],
)  # fmt: skip - one case a line
def test_the_period_before_and_the_year_before(
    period: Period, before: tuple[str, str], year_before: tuple[str, str]
) -> None:
    assert period.before() == span(*before)
    assert period.year_before() == span(*year_before)


@pytest.mark.parametrize(
    "period", [Period(), Period(date(2026, 1, 1)), Period(None, date(2026, 1, 1))]
)
def test_an_open_period_has_none_before(period: Period) -> None:
    assert period.before() is None
    assert period.year_before() is None


def test_before_the_calendar_begins_there_is_no_period() -> None:
    assert Period(date(1, 1, 1), date(1, 12, 31)).before() is None
    assert Period(date(1, 1, 3), date(1, 12, 30)).before() is None


@pytest.mark.parametrize(
    ("written", "year", "quarter", "march"),
    [
        ("2026-03-31", True, True, True),
        ("2026-04-01", True, False, False),
        ("2026-03", True, True, True),
        ("2026-02", True, True, False),
        ("2026", True, None, None),
        ("2025", False, False, False),
        ("XXXX-03-08", None, None, None),
        ("XXXX-05-28", None, False, False),
        (None, None, None, None),
    ],
)
def test_a_date_lies_inside_outside_or_cannot_be_told(
    written: str | None, year: bool | None, quarter: bool | None, march: bool | None
) -> None:
    day = PartialDate.parse(written) if written else None
    periods = [Period.of(grain, date(2026, 3, 9)) for grain in ("year", "quarter", "month")]

    assert [period.holds(day) for period in periods] == [year, quarter, march]
    assert Period().holds(day) is True


def test_a_day_of_no_year_across_new_year() -> None:
    winter = span("2025-12-20", "2026-01-10")

    assert winter.holds(PartialDate.parse("XXXX-01-01")) is None
    assert winter.holds(PartialDate.parse("XXXX-12-31")) is None
    assert winter.holds(PartialDate.parse("XXXX-02-01")) is False
    assert span("2025-02-01", "2025-03-01").holds(PartialDate.parse("XXXX-02-29")) is False


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.between("2026", "2026"), "2026年"),
        (Period.between("2026-07", "2026-12"), "2026年下半年"),
        (Period.between("2026-04", "2026-06"), "2026年第二季度"),
        (Period.between("2026-04", "2026-04-30"), "2026年4月"),
        (Period.between("2026-04", "2026-05"), "2026-04-01 至 2026-05-31"),
        (Period.between("2026-04"), "2026-04-01 起"),
        (Period.between("", "2026"), "2026-12-31 止"),
        (Period(), "全部时间"),
    ],
)
def test_a_period_has_a_name(period: Period, words: str) -> None:
    assert period.in_words() == words


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.sampled_from(sorted(GRAINS)))
def test_periods_of_a_grain_follow_one_another(day: date, grain: str) -> None:
    period = Period.of(grain, day)
    before, year_before = period.before(), period.year_before()
    assert before is not None
    assert year_before is not None
    assert period.grain == before.grain == year_before.grain == grain
    assert before.last is not None
    assert period.first is not None
    assert (period.first - before.last).days == 1
    assert year_before == Period.of(grain, date(period.first.year - 1, period.first.month, 1))
    assert period.holds(PartialDate.of(day)) is True
    assert before.holds(PartialDate.of(day)) is False
