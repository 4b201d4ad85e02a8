"""Every key counts one answer, Backspace takes back the last, and what was counted was returned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.survey import GRADES, Survey
from sanyou_desktop.model.tallying import Count

SURVEY = Survey(id="s", title="食堂满意度", distributed=30, returned=3, satisfied=2)


def test_counting_goes_on_from_what_was_counted() -> None:
    count = Count.of(SURVEY)
    for grade in ("very_satisfied", "very_satisfied", "not_rated"):
        count.call(grade)
    assert count.tallies() == {
        "very_satisfied": 2,
        "satisfied": 2,
        "basically_satisfied": 0,
        "dissatisfied": 0,
        "not_rated": 1,
    }
    after = count.counted_into(SURVEY)
    assert (after.returned, after.very_satisfied, after.satisfied) == (5, 2, 2)
    assert not list(after.problems())


def test_only_what_was_called_now_is_taken_back() -> None:
    count = Count.of(SURVEY)
    count.call("satisfied")
    assert count.take_back() == "satisfied"
    assert count.take_back() == ""
    assert count.answers == 2


def test_a_grade_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        Count().call("excellent")


@given(st.lists(st.sampled_from([*GRADES, "back"])))
def test_the_count_is_that_of_a_list(keys: list[str]) -> None:
    count, expected = Count(), list[str]()
    for key in keys:
        if key == "back":
            count.take_back()
            del expected[-1:]
        else:
            count.call(key)
            expected.append(key)
    assert count.tallies() == {grade: expected.count(grade) for grade in GRADES}
    assert count.answers == len(expected)
