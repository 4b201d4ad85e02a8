"""However an item is judged, its result, its places and its score go together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.inspection import RESULTS, Inspection, Item
from sanyou_desktop.model.judging import judged, judged_again, with_places, with_score
from sanyou_desktop.model.scoring import item_score, outcome

POINTS = st.none() | st.decimals(0, 100, places=1)
BLANK = st.builds(Item, full_score=POINTS, deduction=POINTS, veto=st.booleans()).filter(
    lambda item: item.full_score is None or (item.deduction or 0) <= item.full_score
)


def with_score_if_it_may(item: Item, score: Decimal | None) -> Item:
    """Give a score, or see it refused."""
    try:
        return with_score(item, score)
    except Refused:
        assert score is not None
        assert item.full_score is not None
        assert score > item.full_score
        return item


STEPS = st.one_of(
    st.sampled_from(["", *(option.value for option in RESULTS)]).map(
        lambda result: lambda item: judged(item, result)
    ),
    st.integers(-3, 60).map(lambda places: lambda item: with_places(item, places)),
    POINTS.map(lambda score: lambda item: with_score_if_it_may(item, score)),
)


@given(st.lists(st.tuples(BLANK, st.lists(STEPS, max_size=6)), max_size=6))
def test_scores_stay_within_bounds_whatever_keys_are_pressed(
    walks: list[tuple[Item, list[Callable[[Item], Item]]]],
) -> None:
    items = []
    for item, steps in walks:
        for step in steps:
            item = step(item)
            assert item.score == item_score(item)
            assert item.score is None or item.full_score is not None
            assert item.score is None or 0 <= item.score <= (item.full_score or 0)
            assert not (item.occurrences and item.result != "fail")
            assert item.result != "fail" or item.deduction is None or item.occurrences
        items.append(item)
    found = outcome(items)
    assert 0 <= found.points <= found.base <= found.full
    assert found.rate is None or 0 <= found.rate <= 100
    assert found.converted is None or 0 <= found.converted <= found.full + Decimal("0.1")
    made = Inspection(title="甲", items=tuple(items))
    assert not list(made.problems())
    assert made.completed() == made


ITEM = Item(item="灶台", full_score=Decimal(10), deduction=Decimal(3))


def test_a_failed_item_has_a_place_and_is_marked_down_until_nothing_is_left() -> None:
    failed = judged(ITEM, "fail")
    assert (failed.occurrences, failed.score) == (1, Decimal(7))
    assert with_places(failed, 9).score == 0
    assert judged(with_places(failed, 9), "pass") == judged(ITEM, "pass")
    assert judged(failed, "na").score is None
    assert judged(failed, "fail") == failed
    assert with_places(failed, 0).result == "pass"
    assert judged(failed, "") == ITEM


def test_a_score_is_given_where_no_place_is_counted() -> None:
    plain = Item(item="态度", full_score=Decimal(10))
    assert judged(plain, "fail").score is None
    assert with_score(judged(plain, "fail"), Decimal(4)).score == 4
    assert with_score(plain, Decimal(10)).result == "pass"
    for beyond in ("12", "-1"):
        with pytest.raises(Refused, match=f"得分 {beyond} 不在 0 到满分 10 之间，请重新填写"):
            with_score(plain, Decimal(beyond))
    # The full score of what failed would be taken for one from before, and be gone.
    with pytest.raises(Refused, match="不合格的项目不能得满分 10"):
        with_score(judged(plain, "fail"), Decimal(10))
    assert with_score(Item(item="不计分"), Decimal(3)).score is None
    assert with_score(plain, None) == plain


def test_only_what_was_judged_here_is_put_on_what_others_left() -> None:
    begun = [
        Item(key=key, item=key, full_score=Decimal(10), deduction=Decimal(2)) for key in "abcd"
    ]
    mine = [judged(begun[0], "fail"), replace(begun[1], remark="我写的"), *begun[2:]]
    newest = [
        replace(begun[2], result="na", remark="别人写的"),
        replace(judged(begun[1], "pass"), item="改过的词"),
        replace(begun[0], deduction=Decimal(3), remark="别人写的"),
        Item(key="e", item="新加的"),
    ]
    third, second, first, added = judged_again(newest, begun, mine)
    assert (third, added) == (newest[0], newest[3])
    assert second == replace(newest[1], remark="我写的")
    assert first == replace(newest[2], result="fail", occurrences=1, score=Decimal(7))
