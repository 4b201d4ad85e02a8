"""A plan has the days one expects of it, and each day and department gets one inspection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.compiling import clauses_of, items_of, zero_targets_of
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.plan import FREQUENCIES, Plan
from sanyou_desktop.model.planning import due_inspections, extra_inspection, occurrences
from sanyou_desktop.model.scheme import Entry, Scheme


def plan(frequency: str, starts: str = "2026-01-31", ends: str = "", **given: object) -> Plan:
    start, end = PartialDate.parse(starts), PartialDate.parse(ends) if ends else None
    made = Plan(id="p", title="五查计划", frequency=frequency, starts_on=start, ends_on=end)
    return replace(made, **given)  # type: ignore[arg-type]  # any field, by keyword


def days(made: Plan) -> list[str]:
    return [day.isoformat() for day in occurrences(made)]


def test_months_are_counted_from_the_first_day() -> None:
    assert days(plan("monthly", ends="2026-05-30")) == [
        "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30",
    ]  # fmt: skip
    assert days(plan("quarterly")) == ["2026-01-31", "2026-04-30", "2026-07-31", "2026-10-31"]
    assert days(plan("half_yearly")) == ["2026-01-31", "2026-07-31"]
    assert days(plan("once")) == ["2026-01-31"]
    assert days(plan("irregular")) == []
    assert days(plan("half_yearly", ends="2027")) == [
        "2026-01-31", "2026-07-31", "2027-01-31", "2027-07-31",
    ]  # fmt: skip


def test_a_day_of_rest_is_moved_unless_the_plan_says_otherwise() -> None:
    def moved(day: date) -> date:
        while day.weekday() >= 5:
            day += timedelta(days=1)
        return day

    assert list(occurrences(plan("once"), moved)) == [date(2026, 2, 2)]
    assert list(occurrences(plan("once", on_rest_days=True), moved)) == [date(2026, 1, 31)]


@given(
    st.sampled_from([option.value for option in FREQUENCIES]),
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    st.integers(0, 900),
)
def test_days_lie_in_the_plan_in_order(frequency: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    made = plan(frequency, first.isoformat(), last.isoformat())
    found = list(occurrences(made))
    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)
    if frequency == "monthly":
        assert {(day.year, day.month) for day in found} >= {(first.year, first.month)}


def test_each_day_and_department_gets_one_inspection_however_often_it_is_asked() -> None:
    made = plan("quarterly", inspected_units=("车队", "食堂"), scheme="五查")
    items = (Item(key="x", item="查思想", full_score=Decimal(20)),)
    first = list(due_inspections(made, occurrences(made), items))
    assert len(first) == 8
    assert first[0].title == "车队五查（2026年1月31日）"
    assert first[0].plan == "p"
    assert first[0].items[0].item == "查思想"
    assert first[0].items[0].key not in ("", "x")
    held = [replace(first[0], status="done", inspected_on=PartialDate(2026, 2, 2)), *first[1:5]]
    rest = list(due_inspections(made, occurrences(made), items, held))
    assert [(one.planned_on, one.inspected_unit) for one in rest] == [
        (one.planned_on, one.inspected_unit) for one in first[5:]
    ]


def test_what_was_made_before_the_holidays_were_known_is_not_made_again() -> None:
    def moved(day: date) -> date:
        return date(2026, 2, 2) if day == date(2026, 1, 31) else day

    made = plan("quarterly")
    before = list(due_inspections(made, occurrences(made), ()))
    again = list(due_inspections(made, occurrences(made, moved), (), before, moved))
    assert len(before) == 4
    assert again == []


def test_an_extra_inspection_is_of_the_one_department_there_is() -> None:
    made = plan("irregular", inspected_units=("车队",), scheme="五查", inspectors=("张三",))
    extra = extra_inspection(made, date(2026, 5, 6), (Item(key="x", item="查思想"),))
    assert extra.title == "车队五查（2026年5月6日）"
    assert (extra.plan, extra.inspected_unit, extra.inspectors) == ("p", "车队", ("张三",))
    several = replace(made, inspected_units=("车队", "食堂"))
    assert extra_inspection(several, date(2026, 5, 6), ()).inspected_unit == ""


@pytest.mark.parametrize("starts", ["", "2026-03"])
def test_a_rhythm_needs_the_day_it_starts_from(starts: str) -> None:
    start = PartialDate.parse(starts) if starts else None
    made = Plan(title="甲", frequency="monthly", starts_on=start)
    assert ["请填写到日" in str(problem) for problem in made.problems()] == [True]
    assert not list(replace(made, frequency="irregular").problems())


# Lists


LIST = Scheme(
    title="三查三落实",
    announced_count=3,
    entries=(
        Entry(key="1", text="查思想", follow_through="落实责任", full_score=Decimal(30)),
        Entry(key="2", text="查制度", follow_through="落实措施", veto=True),
        Entry(key="3"),
    ),
)


def test_a_list_becomes_clauses_items_and_zero_targets() -> None:
    assert [(one.text, one.standard) for one in clauses_of(LIST)] == [
        ("查思想", "落实责任"),
        ("查制度", "落实措施"),
    ]
    items = items_of(LIST)
    assert [(one.item, one.follow_through, one.veto) for one in items] == [
        ("查思想", "落实责任", False),
        ("查制度", "落实措施", True),
    ]
    assert [one.target for one in zero_targets_of(LIST)] == [0, 0]
    keys = [one.key for one in (*clauses_of(LIST), *items, *zero_targets_of(LIST))]
    assert len(set(keys)) == 6
    # An inspection or a pledge that is made of it can be saved.
    assert not list(Inspection(title="甲", items=items).problems())


@pytest.mark.parametrize(
    ("announced", "texts", "missing"),
    [(None, (), 1), (7, (), 7), (None, ("甲", ""), 1), (2, ("甲", "乙"), 0), (None, ("甲",), 0)],
)
def test_a_list_knows_what_it_lacks(
    announced: int | None, texts: tuple[str, ...], missing: int
) -> None:
    entries = tuple(Entry(key=str(place), text=text) for place, text in enumerate(texts))
    made = Scheme(title="甲", announced_count=announced, entries=entries)
    assert made.missing() == missing
    assert made.completed().incomplete == (missing > 0)
    assert not list(made.problems())


def test_more_entries_than_announced_are_a_mistake() -> None:
    made = replace(LIST, announced_count=1)
    assert [str(one) for one in made.problems()] == [
        "公布项数：已录 2 项，多于公布的 1 项，请核对公布项数"
    ]
