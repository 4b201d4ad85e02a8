"""What a form says of its own accord: what a list still lacks, on which days a plan falls."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.plan import Plan
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.scheme import Entry, Scheme


def days_of(plan: Plan) -> str:
    (summary,) = (one.summary for one in DESIGNS["plan"].sections if one.summary is not None)
    return summary(Draft.of(plan))


def test_the_head_of_a_list_says_how_many_entries_are_to_be_found() -> None:
    hint = DESIGNS["scheme"].hint
    known = (Entry(key="a", text="勤学"), Entry(key="b"))
    lacking = Scheme(title="四勤三特", announced_count=7, entries=known).completed()
    assert hint(lacking) == ("待补充：还缺 6 项", False)
    whole = Scheme(title="四心", announced_count=1, entries=known[:1]).completed()
    assert hint(whole) == ("", False)


def test_a_plan_tells_the_year_only_where_it_goes_on_into_another() -> None:
    plan = Plan(
        title="半年检查",
        frequency="half_yearly",
        starts_on=PartialDate(2026, 3, 31),
        ends_on=PartialDate(2027, 12, 31),
        on_rest_days=True,
    )
    assert days_of(plan) == "检查日期：2026年3月31日、9月30日、2027年3月31日、9月30日"
    within = Plan(
        title="季度检查",
        frequency="quarterly",
        starts_on=PartialDate(2026, 2, 2),
        on_rest_days=True,
    )
    assert days_of(within) == "检查日期：2月2日、5月2日、8月2日、11月2日"


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("28", "核定得分 24 / 30，比自评低 4 分"),
        ("20.5", "核定得分 24 / 30，比自评高 3.5 分"),
        ("24", "核定得分 24 / 30，与自评一致"),
        ("", "核定得分 24 / 30"),
        ("很好", "核定得分 24 / 30"),
    ],
)
def test_the_verified_score_stands_beside_the_one_that_the_unit_gave_itself(
    own: str, told: str
) -> None:
    ten = Decimal(10)
    held = Inspection(
        title="食堂检查",
        items=(
            Item(key="a", item="甲", full_score=ten, score=Decimal(6), result="fail"),
            Item(key="b", item="乙", full_score=ten, score=ten, result="pass"),
            Item(key="c", item="丙", full_score=ten, result="na"),
        ),
    )
    draft = Draft.of(held)
    draft.enter("self_score", own)
    (beside,) = (
        one.summary
        for one in DESIGNS["inspection"].sections
        if one.summary is not None and ("self_score", "person") in one.lines
    )
    assert beside(draft) == told
    unfinished = Draft.of(replace(held, items=(*held.items, Item(key="d", item="丁"))))
    assert beside(unfinished) == ""


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (Rule(status="in_force", effective_on=PartialDate(2999, 1, 1)), "2999年1月1日起施行"),
        (
            Rule(status="repealed", repealed_on=PartialDate(2999, 1, 1)),
            "2999年1月1日起废止，此前仍然有效",
        ),
        (Rule(status="in_force", effective_on=PartialDate(2020, 1, 1)), ""),
    ],
)
def test_the_head_of_a_rule_says_from_when_it_holds(rule: Rule, told: str) -> None:
    assert DESIGNS["rule"].hint(rule) == (told, False)
