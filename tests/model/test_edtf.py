"""A date keeps the precision it was given, in the form of ISO 8601-2 (EDTF)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import FIRST_YEAR, LAST_YEAR, BadDate, PartialDate

DAYS = st.dates(min_value=date(FIRST_YEAR, 1, 1), max_value=date(LAST_YEAR, 12, 31))
DATES = st.builds(
    lambda day, shape: {
        "day": PartialDate.of(day),
        "month": PartialDate(day.year, day.month),
        "year": PartialDate(day.year),
        "day of unknown year": PartialDate(None, day.month, day.day),
    }[shape],
    DAYS,
    st.sampled_from(["day", "month", "year", "day of unknown year"]),
)


@given(DATES)
def test_what_is_printed_is_read_as_the_same_date(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day
    assert PartialDate.parse(day.in_words()) == day


@given(DAYS)
def test_every_form_that_offices_write_is_read(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    for written in (
        f"{year}-{month}-{number}",
        f"{year}.{month}.{number}",
        f"{year}/{month:02}/{number:02}",
        f"{year}年{month}月{number}日",
        f"{year} 年 {month} 月 {number} 号",
        f"{year}{month:02}{number:02}",
        f"{day} 00:00:00",
        f"{day}T00:00:00.000",
    ):
        assert PartialDate.parse(written) == PartialDate.of(day)


@given(st.lists(DATES, max_size=8))
def test_dates_are_ordered_as_their_text_is(days: list[PartialDate]) -> None:
    assert [str(day) for day in sorted(days)] == sorted(str(day) for day in days)


@given(st.lists(DATES.filter(lambda day: day.year is not None), min_size=2, max_size=8))
def test_a_date_that_begins_later_is_not_before(days: list[PartialDate]) -> None:
    begins = [day.first() or date.max for day in sorted(days)]
    assert all(one <= two for one, two in pairwise(begins))


def test_coarser_dates_come_first_and_days_without_a_year_last() -> None:
    written = ["XXXX-05-28", "2006-07-24", "2006", "2006-07", "2005-12-31"]
    assert [str(day) for day in sorted(map(PartialDate.parse, written))] == [
        "2005-12-31",
        "2006",
        "2006-07",
        "2006-07-24",
        "XXXX-05-28",
    ]


@given(DATES)
def test_the_first_day_is_no_later_than_the_last(day: PartialDate) -> None:
    first, last = day.first(), day.last()
    if day.year is None:
        assert first is None
        assert last is None
        return
    assert first is not None
    assert last is not None
    assert first <= last
    assert (first == last) == (day.precision == "day")


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2006", "year", date(2006, 1, 1), date(2006, 12, 31)),
        ("2004-02", "month", date(2004, 2, 1), date(2004, 2, 29)),
        ("2006-07-24", "day", date(2006, 7, 24), date(2006, 7, 24)),
        ("XXXX-05-28", "day of unknown year", None, None),
    ],
)
def test_a_date_knows_the_days_it_may_be(
    written: str, precision: str, first: date | None, last: date | None
) -> None:
    day = PartialDate.parse(written)
    assert (day.precision, day.first(), day.last()) == (precision, first, last)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2006-07-XX", "2006-07"),
        ("2006-XX-XX", "2006"),
        ("2006-XX", "2006"),
        ("5月28日", "XXXX-05-28"),
        ("2月29日", "XXXX-02-29"),
        ("２００６年７月", "2006-07"),
        ("2006—07—24", "2006-07-24"),
        (" 2006 . 7 ", "2006-07"),
    ],
)
def test_what_is_not_known_is_left_out(written: str, edtf: str) -> None:
    assert str(PartialDate.parse(written)) == edtf


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2026-02-30", "2026 年 2 月没有 30 日，可填 2026-02-28 或 2026-02"),
        ("2024-02-30", "可填 2024-02-29 或 2024-02"),
        ("2026-04-31", "2026 年 4 月没有 31 日"),
        ("2026-13", "没有 13 月，月份应为 1 到 12"),
        ("2026-00-10", "没有 0 月"),
        # EDTF's spring, which is no month.
        ("2026-21", "没有 21 月"),
        ("2026-01-00", "1 月没有 0 日"),
        ("2月30日", "2 月没有 30 日"),
        ("1899-12-31", "年份 1899 不在 1900 到 2199 之间"),
        ("0026-03-01", "年份 26 不在"),
        # Which of the three is the year, and of which century, nobody can tell.
        ("26-3-1", "「26-3-1」的年份只有两位，请写成四位"),
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_refused(written: str, message: str) -> None:
    with pytest.raises(BadDate, match=message):
        PartialDate.parse(written)


@pytest.mark.parametrize(
    "written",
    [
        *("", "去年", "2026-3-1-1", "3月", "2026年底", "2026-03-01 08:30", "1 2 3"),
        # Valid EDTF that says more than is kept here is not cut short in silence.
        *("2006~", "2006?", "2006/2007", "2006-07-24/..", "200X", "XXXX-05", "-2006"),
        *("2026-03-01\n2026-03-02", "二〇二六年", "X" * 1000),
    ],
)
def test_what_is_no_date_is_refused_with_how_to_write_one(written: str) -> None:
    with pytest.raises(BadDate, match="不是日期，可填 2026-03-01、2026-03 或 2026"):
        PartialDate.parse(written)


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(BadDate):
        read = PartialDate.parse(text)
        assert PartialDate.parse(str(read)) == read
