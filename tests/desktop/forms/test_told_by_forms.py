"""What a form says of its own accord: what a list still lacks, on which days a plan falls."""

from __future__ import annotations

from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.plan import Plan
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
