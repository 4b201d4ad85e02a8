"""Totals add what can be added, and say what they hide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.activity import Activity, Figure
from sanyou_desktop.model.activity_totals import totals
from sanyou_desktop.model.quantity_words import parse_quantity


def activity(amount: str = "", **figures: str) -> Activity:
    return Activity(
        title="活动",
        amount=parse_quantity(amount, "元") if amount else None,
        quantities=tuple(
            Figure(label=label, quantity=parse_quantity(words)) for label, words in figures.items()
        ),
    )


def lines(*many: Activity) -> list[tuple[str, str, int]]:
    found = totals(many)
    sums = [*([found.money] if found.money else []), *found.quantities]
    return [(item.label, item.words(), item.entries) for item in sums]


def test_money_says_what_it_hides() -> None:
    found = lines(activity("140多万元"), activity("20000"), activity(), activity("一大笔"))
    assert found == [("金额", "≥1,420,000 元(含 1 项约数，另 1 项无数字)", 3)]
    assert lines(activity("140多万元")) == [("金额", "≥1,400,000 元(含 1 项约数)", 1)]


def test_a_label_is_added_up_by_its_unit() -> None:
    found = lines(
        activity(派车="283辆次", 会议="12场"), activity(派车="17辆次"), activity(派车="3天")
    )
    assert found == [("派车", "300 辆次", 2), ("会议", "12 场", 1), ("派车", "3 天", 1)]


def test_words_alone_are_counted_not_added() -> None:
    assert lines(activity(慰问="一大批"), activity(慰问="一些")) == [("慰问", "2 项均无数字", 2)]


def test_nothing_is_no_total() -> None:
    assert lines(activity(), activity()) == []
    assert totals([activity(), activity()]).activities == 2


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_exact_amounts_add_up_exactly(amounts: list[int]) -> None:
    (line,) = lines(*(activity(f"{amount}元") for amount in amounts))
    assert line == ("金额", f"{sum(amounts):,} 元", len(amounts))
