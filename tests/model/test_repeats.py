"""The same thing again in the same spot: what counts, and the laws that hold whatever the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.repeats import is_repeat, repeats_of

FIRST = Finding(
    id="01",
    unit="350300",
    title="走廊灯不亮",
    place="二号楼 3 层",
    department="物业科",
    raised_on=PartialDate(2026, 3, 2),
)
AGAIN = replace(FIRST, id="02", raised_on=PartialDate(2026, 4, 2))


def test_the_same_thing_in_the_same_place_is_a_repeat() -> None:
    assert is_repeat(AGAIN, FIRST, 90)
    assert not is_repeat(FIRST, AGAIN, 90)
    assert not is_repeat(AGAIN, AGAIN, 90)


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"title": " 走廊灯，不亮。"}, True),
        ({"title": "走廊门不亮"}, False),
        ({"title": "走廊门不亮", "item_key": "i1"}, False),
        ({"place": "二号楼３层"}, True),
        ({"place": "一号楼"}, True),
        ({"place": "一号楼", "department": "保卫科"}, False),
        ({"place": "", "department": ""}, False),
        ({"department": "保卫科"}, True),
        ({"unit": "350301"}, False),
    ],
)
def test_what_counts_as_the_same(changed: dict[str, Any], counts: bool) -> None:
    assert is_repeat(replace(AGAIN, **changed), FIRST, 90) is counts


def test_one_item_of_a_checklist_counts_whatever_the_title() -> None:
    earlier = replace(FIRST, item_key="i1")
    assert is_repeat(replace(AGAIN, title="灯又坏了", item_key="i1"), earlier, 90)


def test_nothing_in_common_is_nothing_the_same() -> None:
    earlier = replace(FIRST, title="……", place="", department="")
    assert not is_repeat(replace(AGAIN, title="。", place="", department=""), earlier, 90)


@pytest.mark.parametrize(
    ("raised", "counts"),
    [
        ("2026-03-02", True),
        ("2026-05-31", True),
        ("2026-06-01", False),
        ("2026-03-01", False),
        ("2026-03", False),
        ("2026-05", True),
        ("2027", False),
        ("XXXX-04-02", False),
    ],
)
def test_the_days_between(raised: str, counts: bool) -> None:
    assert is_repeat(replace(AGAIN, raised_on=PartialDate.parse(raised)), FIRST, 90) is counts


def test_a_month_counts_from_its_last_day() -> None:
    earlier = replace(FIRST, raised_on=PartialDate(2026, 3))
    assert is_repeat(replace(AGAIN, raised_on=PartialDate(2026, 6, 29)), earlier, 90)
    assert not is_repeat(replace(AGAIN, raised_on=PartialDate(2026, 6, 30)), earlier, 90)


def test_a_finding_that_is_not_saved_yet_comes_last() -> None:
    assert is_repeat(replace(FIRST, id=""), FIRST, 90)


def test_the_latest_come_first() -> None:
    third = replace(FIRST, id="03", raised_on=PartialDate(2026, 4, 9))
    assert repeats_of(third, (FIRST, third, AGAIN), 90) == [AGAIN, FIRST]


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
partial = st.one_of(
    days.map(PartialDate.of),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year)),
)
findings = st.builds(
    Finding,
    id=st.text("0123456789abcdef", min_size=1, max_size=2),
    title=st.sampled_from(["灯不亮", "灯 不亮", "漏水", "！"]),
    place=st.sampled_from(["甲", "乙", ""]),
    department=st.sampled_from(["丙", ""]),
    item_key=st.sampled_from(["", "i"]),
    raised_on=st.none() | partial,
)


@given(findings, findings, st.integers(0, 400), st.integers(0, 400))
def test_laws(one: Finding, other: Finding, within: int, more: int) -> None:
    found = is_repeat(one, other, within)
    assert not (found and is_repeat(other, one, within))
    if found:
        assert is_repeat(one, other, within + more)
        assert one.raised_on is not None
        assert other.raised_on is not None
        first, last = one.raised_on.first(), other.raised_on.last()
        assert first is not None
        assert last is not None
        assert first - last <= timedelta(days=within)
    assert repeats_of(one, [other, one], within) == ([other] if found else [])
