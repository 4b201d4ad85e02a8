"""扣完为止: an item's score is max(0, full - deduction x occurrences); veto and n/a."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.scoring import Outcome, item_score, outcome

POINTS = st.none() | st.decimals(0, 100, places=1)
ITEMS = st.builds(
    Item,
    full_score=POINTS,
    deduction=POINTS,
    occurrences=st.none() | st.integers(0, 50),
    score=POINTS,
    veto=st.booleans(),
    result=st.sampled_from(["", "pass", "fail", "na"]),
)


def item(
    full: str | None = "10",
    deduction: str | None = None,
    occurrences: int | None = None,
    score: str | None = None,
    result: str = "",
    *,
    veto: bool = False,
) -> Item:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Item(
        full_score=number(full),
        deduction=number(deduction),
        occurrences=occurrences,
        score=number(score),
        result=result,
        veto=veto,
    )


@pytest.mark.parametrize(
    ("given_item", "score"),
    [
        (item(deduction="2", occurrences=3), "4"),
        (item(deduction="0.5", occurrences=3), "8.5"),
        (item(deduction="2", occurrences=9), "0"),
        (item(deduction="2", occurrences=0), "10"),
        # A failure is one of at least one place.
        (item(deduction="2", result="fail"), "8"),
        (item(deduction="2", occurrences=0, result="fail"), "8"),
        (item(deduction="2", occurrences=0, score="10", result="fail"), "8"),
        (item(deduction="2", occurrences=3, result="fail"), "4"),
        (item(deduction="2", occurrences=3, score="9"), "4"),
        (item(result="pass"), "10"),
        (item(result="pass", score="9"), "9"),
        (item(score="7"), "7"),
        (item(result="fail", score="0"), "0"),
        (item(), None),
        (item(result="fail"), None),
        # Its score was computed while it passed.
        (item(result="fail", score="10"), None),
        (item(deduction="2", occurrences=3, result="na"), None),
        (item(full=None, score="7", result="pass"), None),
    ],
)
def test_the_score_of_an_item(given_item: Item, score: str | None) -> None:
    assert item_score(given_item) == (None if score is None else Decimal(score))


def test_items_that_do_not_apply_leave_the_base() -> None:
    found = outcome([item(score="8"), item(result="na"), item()])
    assert found == Outcome(
        points=Decimal(8),
        base=Decimal(10),
        full=Decimal(30),
        rate=Decimal("80.0"),
        applicable=2,
        failed=0,
        judged=1,
        vetoed=False,
    )
    # The 10 points of the item that does not apply go to the others in proportion.
    scored = outcome([item(score="8"), item(result="na")])
    assert scored.converted == Decimal("16.0")
    assert outcome([]).converted is None


def test_a_failed_veto_item_fails_the_whole_whatever_the_points() -> None:
    found = outcome([item(score="10"), item(None, result="fail", veto=True)])
    assert found.rate == 100
    assert found.failed == 1
    assert found.vetoed
    assert not outcome([item(result="pass", veto=True), item(result="fail")]).vetoed


def test_nothing_scored_has_no_rate() -> None:
    assert outcome([]).rate is None
    assert outcome([item(full="0", result="pass")]).rate is None


def test_a_rate_is_rounded_as_offices_round() -> None:
    # 四舍五入: 92.25 is 92.3.
    assert outcome([item(full="400", score="369")]).rate == Decimal("92.3")


@given(st.lists(ITEMS, max_size=8))
def test_points_lie_between_nothing_and_the_base(items: list[Item]) -> None:
    scores = [item_score(each) for each in items]
    found = outcome(items)
    assert found.points == sum((score for score in scores if score is not None), Decimal(0))
    assert all(score is None or score >= 0 for score in scores)
    assert (found.rate is None) == (found.base == 0)


@given(ITEMS)
def test_no_failure_that_is_marked_down_scores_in_full(each: Item) -> None:
    score, full = item_score(each), each.full_score
    if each.result == "fail" and each.deduction and full and score is not None:
        assert score < full


def test_a_failure_of_no_place_is_refused_beside_the_cell() -> None:
    made = Inspection(title="日常检查", items=(item(), item(occurrences=0, result="fail")))

    (found,) = made.problems()

    assert (found.field, found.row, found.column) == ("items", 1, "occurrences")
    assert "至少有 1 处" in found.message
    assert not list(replace(made, items=(item(occurrences=0, result="pass"),)).problems())


@given(st.lists(ITEMS, max_size=8).map(tuple))
def test_completing_an_inspection_twice_changes_nothing_more(items: tuple[Item, ...]) -> None:
    once = Inspection(title="日常检查", items=items).completed()
    assert once.completed() == once
    # What is typed where there is no full score cannot be worked out, and stays.
    assert [each.score for each in once.items] == [
        each.score if each.full_score is None else item_score(each) for each in items
    ]
