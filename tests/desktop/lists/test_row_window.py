"""The pages in memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.desktop.lists.row_window import PAGE, Page, RowWindow
from sanyou_desktop.ledger.query import Line


def page(number: int) -> Page:
    return Page([Line(f"{number * PAGE + place}", ()) for place in range(PAGE)])


@given(st.lists(st.integers(0, 40), min_size=1))
def test_a_row_in_memory_is_the_row_that_was_read(numbers: list[int]) -> None:
    window = RowWindow()
    for number in numbers:
        window.keep(number, page(number))
    assert len(window) <= 12
    assert window.latest(1) == [numbers[-1]]
    for number in set(numbers):
        found = window.line(number * PAGE + 7)
        assert found is None or found[0].id == str(number * PAGE + 7)
        assert (window.row_of(str(number * PAGE)) is None) == (number not in window)


def test_pages_looked_at_stay() -> None:
    window = RowWindow()
    for number in range(30):
        window.keep(number, page(number))
        window.page(0)
    assert 0 in window
    assert 29 in window
    assert 5 not in window


def test_a_row_beyond_a_short_page_is_not_there() -> None:
    window = RowWindow()
    window.keep(0, Page([Line("a", ())]))
    assert window.line(1) is None
