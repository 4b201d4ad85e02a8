"""The marks of an axis: whole, evenly spaced, few, and reaching as far as the numbers do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.desktop.widgets.plot_ticks import whole_ticks


def test_one_record_has_no_half() -> None:
    assert whole_ticks(1) == [0, 1]
    assert whole_ticks(3.6) == [0, 1, 2, 3]
    assert whole_ticks(100) == [0, 20, 40, 60, 80, 100]


@given(st.floats(1, 1e12))
def test_marks_are_whole_even_and_few(top: float) -> None:
    ticks = whole_ticks(top)
    (step,) = {second - first for first, second in pairwise(ticks)}
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 6
    assert ticks[-1] <= top < ticks[-1] + step
    assert str(step).rstrip("0") in ("1", "2", "5")
