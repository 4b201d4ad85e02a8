"""Ranking: the best first, ties share a place, what is undefined has none, nobody is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.indicators import INDICATORS
from sanyou_desktop.model.indicators.ranking import ranking
from sanyou_desktop.model.indicators.report import as_number
from sanyou_desktop.model.indicators.tallies import Tallies

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


def raised(count: int) -> Tallies:
    return replace(Tallies(), raised=count, overdue=count)


def places(key: str, **counts: int) -> list[tuple[int | None, str]]:
    units = {unit: (raised(count),) for unit, count in counts.items()}
    return [(one.place, one.unit) for one in ranking(BY_KEY[key], units)]


def test_the_best_is_first_and_ties_share_a_place() -> None:
    found = places("findings_overdue", a=3, b=0, c=3, d=5)
    assert found == [(1, "b"), (2, "a"), (2, "c"), (4, "d")]


def test_where_neither_way_is_better_the_most_is_first() -> None:
    assert BY_KEY["findings_raised"].better == ""
    assert places("findings_raised", a=1, b=9) == [(1, "b"), (2, "a")]


def test_a_rate_of_nothing_has_no_place() -> None:
    units = {"a": (Tallies(),), "b": (Tallies(),)}
    found = ranking(BY_KEY["fulfilment_rate"], units)
    assert [(one.place, one.unit, one.reading.value) for one in found] == [
        (None, "a", None),
        (None, "b", None),
    ]


def test_the_year_before_is_compared() -> None:
    (one,) = ranking(BY_KEY["findings_raised"], {"a": (raised(3), raised(1))})
    assert one.reading.year_before is not None
    assert one.reading.year_before.difference == 2


@pytest.mark.parametrize("key", ["findings_raised", "findings_overdue"])
@given(counts=st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 5)))
def test_every_unit_stands_once_and_better_never_stands_behind_worse(
    key: str, counts: dict[str, int]
) -> None:
    found = ranking(BY_KEY[key], {unit: (raised(count),) for unit, count in counts.items()})
    assert sorted(one.unit for one in found) == sorted(counts)
    sign = 1 if BY_KEY[key].better == "down" else -1
    numbers = [as_number(one.reading.value) for one in found]
    worths = [sign * number for number in numbers if number is not None]
    assert worths == sorted(worths)
    for one in found:
        better = sum(worth < sign * counts[one.unit] for worth in worths)
        assert one.place == better + 1
