"""References in formulas after rows were inserted below row 8 of the sheet 检查表."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.own_form.references import Insertion, translated

INSERTED = Insertion("检查表", after=8, count=3)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("C5", "C5"),
        ("C9", "C12"),
        ("$C$9*2", "$C$12*2"),
        ("SUM(C5:C8)", "SUM(C5:C11)"),
        ("SUM(C5:C7)", "SUM(C5:C7)"),
        ("SUM(C5:C9)", "SUM(C5:C12)"),
        ("SUM(C8:C8)", "SUM(C8:C11)"),
        ("SUM(A8:F8)", "SUM(A8:F8)"),
        ("检查表!C9+其他!C9", "检查表!C12+其他!C9"),
        ("'检查表'!C9", "'检查表'!C12"),
        ("'1 月'!C9", "'1 月'!C9"),
        ("[1]检查表!C9", "[1]检查表!C9"),
        ("'[旧.xlsx]检查表'!C9", "'[旧.xlsx]检查表'!C9"),
        ('IF(C9="C9","见 C9",LOG10(C9))', 'IF(C12="C9","见 C9",LOG10(C12))'),
        ("台账[[#Totals],[C9]]+C9", "台账[[#Totals],[C9]]+C12"),
        ("$1:$4", "$1:$4"),
        ("9:12", "12:15"),
        ("A:C", "A:C"),
        ("C9#", "C12#"),
        ("XFD1048576", "#REF!"),
        ("A1C9+名称9+R9C1x", "A1C9+名称9+R9C1x"),
    ],
)
def test_a_formula_means_the_same_cells(before: str, after: str) -> None:
    assert INSERTED.formula(before, "检查表") == after


def test_a_formula_of_another_sheet_means_that_sheet_unless_it_says_so() -> None:
    assert INSERTED.formula("C9+检查表!C9", "汇总") == "C9+检查表!C12"


def test_a_running_total_in_the_copied_row_stays_one() -> None:
    assert INSERTED.formula("SUM(C$5:C8)", "检查表", row=8) == "SUM(C$5:C8)"


def test_a_share_of_the_whole_in_the_copied_row_counts_the_new_rows() -> None:
    assert INSERTED.formula("C8/SUM(C$5:C$8)", "检查表", row=8) == "C8/SUM(C$5:C$11)"


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "copied"),
    [
        ("C8*D8", 2, 0, "C10*D10"),
        ("C$8*$D8", 2, 1, "D$8*$D10"),
        ("SUM(C$5:C8)", 1, 0, "SUM(C$5:C9)"),
        ("价格!B3", 1, 0, "价格!B4"),
        ("Z1", 0, 1, "AA1"),
        ('"C8"&C8', 1, 0, '"C8"&C9'),
    ],
)
def test_a_copied_formula_moves_what_is_not_fixed(
    formula: str, rows: int, columns: int, copied: str
) -> None:
    assert translated(formula, rows, columns) == copied


cells = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "$"]),
    st.sampled_from(["A", "Z", "AB"]),
    st.sampled_from(["", "$"]),
    st.integers(1, 500),
)


@given(cells, st.integers(1, 500), st.integers(1, 90), st.integers(1, 90))
def test_two_insertions_below_one_another_are_one(
    cell: str, after: int, first: int, second: int
) -> None:
    once = Insertion("表", after, first + second).formula(cell, "表")
    step = Insertion("表", after, first).formula(cell, "表")

    assert Insertion("表", after + first, second).formula(step, "表") == once


@given(cells, cells, st.integers(1, 500), st.integers(1, 90))
def test_no_cell_is_lost_from_a_range(first: str, last: str, after: int, count: int) -> None:
    top, bottom = sorted((first, last), key=lambda cell: int("".join(filter(str.isdigit, cell))))
    was = int("".join(filter(str.isdigit, bottom))) - int("".join(filter(str.isdigit, top)))

    moved = Insertion("表", after, count).formula(f"{top}:{bottom}", "表")

    now = [int("".join(filter(str.isdigit, cell))) for cell in moved.split(":")]
    assert now[1] - now[0] in (was, was + count)
