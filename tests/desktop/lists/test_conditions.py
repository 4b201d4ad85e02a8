"""Conditions: what they ask, how they read, how they are remembered."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.desktop.lists.conditions import (
    Condition,
    condition_from_json,
    filterable,
    span_of,
)
from sanyou_desktop.ledger.query import Filter
from sanyou_desktop.model.kinds import KINDS, kind_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("year", ("2026-01-01", "2026-12-31")),
        ("quarter", ("2026-10-01", "2026-12-31")),
        ("month", ("2026-11-01", "2026-11-30")),
    ],
)
def test_spans_are_counted_from_today(span: str, expected: tuple[str, str]) -> None:
    assert span_of(span, TODAY) == expected


@given(st.dates(), st.sampled_from(["year", "quarter", "month"]))
def test_a_span_holds_its_day(day: date, span: str) -> None:
    first, last = span_of(span, day)
    assert first <= day.isoformat() <= last


def test_a_span_asks_for_both_ends() -> None:
    asked = Condition("published_on", span="month").filters(TODAY)
    assert asked == (
        Filter("published_on", ("2026-11-01",), "from"),
        Filter("published_on", ("2026-11-30",), "to"),
    )


def test_an_open_end_asks_for_one() -> None:
    assert Condition("published_on", first="2026-03").filters(TODAY) == (
        Filter("published_on", ("2026-03",), "from"),
    )


@pytest.mark.parametrize(
    ("condition", "label"),
    [
        (Condition("status", ("published",)), "状态：已公示"),
        (
            Condition("themes", ("service", "conduct", "satisfaction")),
            "活动内容：优质服务、优良作风 等 3 项",
        ),
        (Condition("department", ("办公室",)), "责任部门：办公室"),
        (Condition("department", is_empty=True), "责任部门：未填写"),
        (Condition("published_on", span="year"), "公示日期：本年"),
        (
            Condition("published_on", first="2026-01", last="2026-04"),
            "公示日期：2026-01 至 2026-04",
        ),
        (
            Condition("published_on", first="2026-01-01", last="2026-12-31"),
            "公示日期：2026年",
        ),
        (Condition("published_on", first="2026-07", last="2026-09"), "公示日期：2026年第三季度"),
        (Condition("published_on", last="2026"), "公示日期：2026 止"),
    ],
)  # fmt: skip - a table
def test_a_chip_says_what_is_asked(condition: Condition, label: str) -> None:
    assert condition.label(kind_of("pledge").fields[condition.key]) == label


@pytest.mark.parametrize(
    "condition",
    [
        Condition("status", ("published", "draft")),
        Condition("published_on", span="quarter"),
        Condition("published_on", first="2026-01-01", last="2026-06"),
        Condition("department", is_empty=True),
    ],
)
def test_a_condition_survives_being_remembered(condition: Condition) -> None:
    kept = json.loads(json.dumps(condition.to_json()))
    assert condition_from_json("pledge", kept) == condition


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        [],
        {"key": "gone", "values": ["x"]},
        {"key": "status", "values": "draft"},
        {"key": "published_on", "span": "decade"},
        {"key": "published_on", "first": "2026-02-30"},
        {"key": "status"},
    ],
)
def test_a_damaged_memory_is_forgotten(damaged: object) -> None:
    assert condition_from_json("pledge", damaged) is None


@pytest.mark.parametrize("kind", KINDS)
def test_status_comes_first_among_what_can_be_filtered(kind: str) -> None:
    assert filterable(kind)[0] == "status"
