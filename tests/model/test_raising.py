"""A failed item becomes one finding, once, that knows the item it came from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import RESULTS, Inspection, Item
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.raising import finding_of, findings_due, raised
from sanyou_desktop.model.reinspection import reinspection

TODAY = PartialDate(2026, 3, 9)
INSPECTION = Inspection(
    id="i1",
    unit="350582-01",
    title="食堂检查",
    themes=("service",),
    department="办公室",
    confidential="internal",
    inspected_unit="食堂",
    place="二号楼一层",
    inspectors=("张三", "李四"),
    inspected_on=PartialDate(2026, 3, 2),
    status="done",
    items=(
        Item(key="a", item="地面", standard="无积水", full_score=Decimal(10), result="pass"),
        Item(key="b", item="灶台", standard="无油污", deduction=Decimal(2), occurrences=3,
             result="fail", remark="三处油污"),
        Item(key="c", item="留样", veto=True, result="fail"),
    ),
)  # fmt: skip
RESULTS_GIVEN = st.sampled_from(["", *(option.value for option in RESULTS)])
ITEMS = st.lists(
    st.builds(
        Item,
        item=st.text("查服务作风", max_size=400),
        remark=st.text("无人值守", max_size=400),
        veto=st.booleans(),
        result=RESULTS_GIVEN,
    ),
    max_size=8,
).map(lambda items: tuple(replace(item, key=f"k{n}") for n, item in enumerate(items)))


def test_a_finding_says_what_failed_where_and_who_saw_it() -> None:
    found = finding_of(INSPECTION, 1, TODAY)
    assert found.title == "灶台：三处油污"
    assert found.description == "检查项目：灶台\n标准：无油污\n存在问题：三处油污\n共 3 处"
    assert (found.source, found.inspection, found.item, found.item_key) == (
        "inspection", "i1", 1, "b",
    )  # fmt: skip
    assert (found.department, found.place, found.raised_by) == ("食堂", "二号楼一层", "张三、李四")
    assert found.raised_on == PartialDate(2026, 3, 2)
    assert (found.severity, found.themes, found.confidential) == (
        "minor", ("service",), "internal",
    )  # fmt: skip
    assert not list(found.problems())


def test_a_veto_item_is_critical_and_what_is_missing_has_its_stand_in() -> None:
    bare = replace(INSPECTION, inspected_on=None, inspected_unit="")
    found = finding_of(bare, 2, TODAY)
    assert (found.title, found.severity) == ("留样：不合格", "critical")
    assert (found.raised_on, found.department) == (TODAY, "办公室")
    unnamed = replace(INSPECTION, items=(Item(key="x", result="fail"),))
    assert finding_of(unnamed, 0, TODAY).title == "检查项目第 1 项：不合格"


def test_names_that_have_no_room_are_left_out_whole() -> None:
    many = replace(INSPECTION, inspectors=tuple(f"检查员{number:02d}" for number in range(40)))
    shown = finding_of(many, 1, TODAY).raised_by
    assert len(shown) <= 100
    assert set(shown.split("、")) <= set(many.inspectors)


@pytest.mark.parametrize("inspection", [replace(INSPECTION, id=""), INSPECTION])
def test_only_a_failed_item_of_a_saved_inspection_becomes_a_finding(inspection: Inspection) -> None:
    with pytest.raises(Invalid):
        finding_of(inspection, 0, TODAY)


def test_a_finding_is_known_by_its_row_though_rows_were_moved() -> None:
    found = replace(finding_of(INSPECTION, 1, TODAY), id="f1")
    moved = replace(INSPECTION, items=(INSPECTION.items[1], INSPECTION.items[0]))
    assert raised(moved, 0, [found]) == found
    assert raised(moved, 1, [found]) is None
    by_hand = Finding(id="f2", title="甲", inspection="i1", item=2)
    assert raised(INSPECTION, 2, [by_hand]) == by_hand
    assert raised(replace(INSPECTION, id="i2"), 2, [by_hand, found]) is None


@given(ITEMS)
def test_raising_all_again_raises_nothing(items: tuple[Item, ...]) -> None:
    inspection = replace(INSPECTION, items=items)
    first = list(findings_due(inspection, (), TODAY))
    failed = [item.key for item in items if item.result == "fail"]
    assert [one.item_key for one in first] == failed
    assert [items[one.item or 0].key for one in first] == failed
    assert list(findings_due(inspection, first, TODAY)) == []
    assert [one.item_key for one in findings_due(inspection, first[1:], TODAY)] == failed[:1]
    # None of them is too long to be saved from its form.
    assert all(len(one.title) <= 300 and len(one.raised_by) <= 100 for one in first)


# Re-inspection


def told(item: Item) -> tuple[object, ...]:
    """Return what the list says of an item, without how it was judged."""
    return (
        item.item, item.follow_through, item.standard, item.full_score, item.deduction, item.veto
    )  # fmt: skip


@given(ITEMS)
def test_a_reinspection_carries_exactly_what_was_flagged(items: tuple[Item, ...]) -> None:
    inspection = replace(INSPECTION, items=items)
    flagged = [item for item in items if item.result == "fail"]
    if not flagged:
        with pytest.raises(Invalid):
            reinspection(inspection, TODAY)
        return
    again = reinspection(inspection, TODAY)
    assert [told(item) for item in again.items] == [told(item) for item in flagged]
    assert not any(item.result or item.occurrences or item.remark for item in again.items)
    assert not {item.key for item in again.items} & {item.key for item in items}
    assert (again.previous, again.id, again.status) == ("i1", "", "planned")
    assert (again.planned_on, again.inspected_on, again.self_score) == (TODAY, None, None)
    assert (again.scheme, again.inspected_unit) == (inspection.scheme, inspection.inspected_unit)


def test_a_title_says_once_that_it_is_a_reinspection() -> None:
    once = reinspection(INSPECTION, TODAY)
    assert once.title == "食堂检查（复查）"
    failed = tuple(replace(item, result="fail") for item in once.items)
    assert reinspection(replace(once, id="i2", items=failed), TODAY).title == "食堂检查（复查）"
    assert len(reinspection(replace(INSPECTION, title="长" * 300), TODAY).title) == 300
