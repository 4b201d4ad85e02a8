"""Working days keep their laws whatever the tables say, and the shipped years are the notices'."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.holiday_file import BadHolidays, parse_holidays, write_holidays
from sanyou_desktop.model.working_days import HolidayTable, WorkingDays
from sanyou_desktop.resources import resource_path

DAYS = st.dates(date(2024, 6, 1), date(2027, 6, 1))


@st.composite
def tables(draw: st.DrawFn, year: int) -> HolidayTable:
    within = st.dates(date(year - 1, 12, 1), date(year, 12, 31))
    off = draw(st.frozensets(within, min_size=1, max_size=40))
    work = draw(st.frozensets(within, max_size=10))
    return HolidayTable(year, off, work - off, draw(st.sampled_from(("", "通知"))))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingDays:
    years = draw(st.sets(st.sampled_from((2025, 2026)), max_size=2))
    return WorkingDays.of([draw(tables(year)) for year in sorted(years)])


def shipped() -> WorkingDays:
    files = sorted(resource_path("holidays").glob("*.json"))
    return WorkingDays.of(table for file in files for table in parse_holidays(file.read_text()))


def day(text: str) -> date:
    return date.fromisoformat(text)


@given(calendars(), DAYS)
def test_the_next_working_day_is_worked_and_none_before_it_is(
    calendar: WorkingDays, start: date
) -> None:
    found = calendar.next_working_day(start)
    assert calendar.is_working(found)
    assert not any(
        calendar.is_working(start + timedelta(days=passed))
        for passed in range((found - start).days)
    )


@given(calendars(), DAYS, st.integers(1, 60))
def test_so_many_working_days_after_lie_so_many_between(
    calendar: WorkingDays, start: date, count: int
) -> None:
    found = calendar.after(start, count)
    assert calendar.is_working(found)
    assert calendar.between(start, found) == count
    assert calendar.between(start, found - timedelta(days=1)) == count - 1


@given(calendars(), DAYS, st.integers(0, 20), st.integers(1, 20))
def test_counting_on_is_counting_at_once(
    calendar: WorkingDays, start: date, one: int, other: int
) -> None:
    if one:
        assert calendar.after(calendar.after(start, one), other) == calendar.after(
            start, one + other
        )
    else:
        assert calendar.after(start, 0) == calendar.next_working_day(start)


@given(DAYS)
def test_without_a_table_weeks_are_worked_from_monday_to_friday(when: date) -> None:
    assert WorkingDays().is_working(when) == (when.weekday() < 5)
    assert not WorkingDays().is_known(when.year)


def test_the_shipped_years_have_their_days() -> None:
    calendar = shipped()
    assert calendar.is_known(2025)
    assert calendar.is_known(2026)
    for worked in ("2025-01-26", "2025-10-11", "2026-01-04", "2026-02-28", "2026-10-10"):
        assert day(worked).weekday() >= 5
        assert calendar.is_working(day(worked))
    # Off and worked in exchange weigh each other up: seven statutory days fall on weekdays.
    assert calendar.after(day("2026-02-13"), 1) == day("2026-02-14")
    assert calendar.after(day("2026-02-14"), 1) == day("2026-02-24")
    assert calendar.after(day("2025-09-30"), 1) == day("2025-10-09")
    assert calendar.next_working_day(day("2026-10-01")) == day("2026-10-08")
    # National statutory holidays are 13 days since 2025; each takes one weekday off a year.
    assert calendar.between(day("2024-12-31"), day("2025-12-31")) == 248
    assert calendar.between(day("2025-12-31"), day("2026-12-31")) == 248


@given(st.sampled_from((2025, 2026)).flatmap(tables))
def test_what_is_written_is_read_the_same(table: HolidayTable) -> None:
    assert parse_holidays(write_holidays([table])) == [table]


def test_two_years_go_in_one_file() -> None:
    both = list(shipped().tables.values())
    assert parse_holidays(write_holidays(reversed(both))) == both


def test_lines_are_read_as_offices_write_them() -> None:
    text = (
        "\ufeff日期,安排\n# 元旦\n2026-12-31至2027-01-02,放假\n\n2027年1月3日，上班\n2027.2.5\t休\n"
    )
    (table,) = parse_holidays(text)
    assert table.year == 2027
    assert table.off == {
        day("2026-12-31"), day("2027-01-01"), day("2027-01-02"), day("2027-02-05"),
    }  # fmt: skip
    assert table.work == {day("2027-01-03")}
    assert not WorkingDays.of([table]).is_working(day("2026-12-31"))


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", None, "空"),
        ("日期,安排\n", 1, "没有任何日期"),
        ("2026-10-01,放假\n2026-10-02,值班", 2, "「放假」或「上班」"),
        ("2026-10-01,放假\n2026-13-02,放假", 2, "月"),
        ("2026-10,放假", 1, "哪年哪日"),
        ("2026-10-01,放假\n2026-10-01,上班", 2, "又放假又上班"),
        ("2026-10-07至2026-10-01,放假", 1, "从先到后"),
        ('{"year": 2026,\n"off": [', 2, "JSON"),
        ('{"year": "二〇二六"}', 1, "四位年份"),
        ('{"year": 2026,\n"off": "2026-01-01"}', 2, "列表"),
        ('{"year": 2026,\n"off": [\n"2025-11-30"]}', 3, "不在 2026 年"),
        ('{"year": 2026, "off": []}', 1, "没有任何日期"),
        ('[{"year": 2026, "off": ["2026-01-01"]},{"year": 2026, "off": ["2026-01-02"]}]', 1, "次"),
        ("[[[", 1, "JSON"),
        ("[]", 1, "没有任何年份"),
        ("[1]", 1, "year"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_line(text: str, line: int | None, what: str) -> None:
    with pytest.raises(BadHolidays) as refused:
        parse_holidays(text)
    assert what in str(refused.value)
    assert "没有改动" in str(refused.value)
    if line:
        assert f"第 {line} 行" in str(refused.value)


@given(st.text(max_size=80))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    with suppress(BadHolidays):
        assert parse_holidays(text)
