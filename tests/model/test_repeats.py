"""重复问题: the same matter, the same place, within so many days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.repeats import Sights, repeated, repeats_of, sight_of

FIRST = Finding(
    id="1",
    unit="350300",
    title="门厅积水",
    place="一楼",
    department="物业科",
    raised_on=PartialDate.parse("2026-03-01"),
)
AGAIN = replace(FIRST, id="2", raised_on=PartialDate.parse("2026-03-20"))


def test_the_same_title_in_the_same_place_repeats() -> None:
    assert repeats_of(AGAIN, [FIRST]) == [FIRST]
    assert repeats_of(replace(AGAIN, title="门厅 积水 "), [FIRST]) == [FIRST]
    assert repeats_of(replace(AGAIN, department="安保科"), [FIRST]) == [FIRST]
    assert repeats_of(replace(AGAIN, place="二楼"), [FIRST]) == [FIRST]


def test_another_matter_place_or_unit_does_not() -> None:
    assert repeats_of(replace(AGAIN, title="灯不亮"), [FIRST]) == []
    assert repeats_of(replace(AGAIN, place="二楼", department="安保科"), [FIRST]) == []
    assert repeats_of(replace(AGAIN, unit="350301"), [FIRST]) == []
    nowhere = replace(AGAIN, place="", department="")
    assert repeats_of(nowhere, [replace(FIRST, place="", department="")]) == []


def test_the_same_item_repeats_under_another_title() -> None:
    one = replace(FIRST, item_key="k1")
    other = replace(AGAIN, title="又见积水", item_key="k1")
    assert repeats_of(other, [one]) == [one]
    moved = replace(other, item_key="k9")
    assert repeats_of(moved, [one]) == []
    assert repeats_of(moved, [one], item_text=lambda _finding: "地面清洁") == [one]


def test_only_what_surely_came_before_and_not_too_long_ago() -> None:
    assert repeats_of(AGAIN, [FIRST], 19) == [FIRST]
    assert repeats_of(AGAIN, [FIRST], 18) == []
    assert repeats_of(FIRST, [AGAIN]) == []
    same_day = replace(AGAIN, raised_on=FIRST.raised_on)
    assert repeats_of(same_day, [FIRST]) == []
    in_march = replace(AGAIN, raised_on=PartialDate.parse("2026-03"))
    assert repeats_of(in_march, [FIRST]) == []
    assert repeats_of(replace(AGAIN, raised_on=PartialDate.parse("2026-04")), [in_march]) != []
    assert repeats_of(replace(AGAIN, raised_on=None), [FIRST]) == []


days = st.integers(0, 60).map(lambda n: PartialDate.of(date(2026, 1, 1) + timedelta(days=n)))
findings = st.builds(
    Finding,
    unit=st.sampled_from("AB"),
    title=st.sampled_from(("甲", "乙", "丙")),
    item_key=st.sampled_from(("", "k")),
    place=st.sampled_from(("", "一楼", "二楼")),
    department=st.sampled_from(("", "一科")),
    raised_on=st.one_of(days, days, st.sampled_from((PartialDate(2026, 2), PartialDate(2026)))),
)


@given(st.lists(findings, max_size=12), st.integers(0, 40))
def test_all_together_find_what_each_alone_finds(found: list[Finding], within: int) -> None:
    sights = [sight for one in found if (sight := sight_of(one)) is not None]
    alone = {at for at, one in enumerate(found) if repeats_of(one, found, within)}
    columns = Sights(*([getattr(one, name) for one in sights] for name in Sights._fields))
    assert repeated(columns, within) == alone
