"""Cells go over the clipboard and come back; what other programs put there is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.desktop.copied_cells import copied_cells
from sanyou_desktop.desktop.editors.cells import Block, from_clipboard

CELLS = st.text(st.sampled_from('甲𠮷a0=+-@ "\t\n'), max_size=8)
WIDTHS = st.integers(1, 4)


@given(WIDTHS.flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1)))
def test_what_was_copied_is_pasted_as_it_was(block: Block) -> None:
    assert from_clipboard(copied_cells(block).exact) == block


@given(st.text())
def test_any_text_can_be_pasted_and_no_character_but_marks_of_cells_is_lost(text: str) -> None:
    kept = "".join("".join(row) for row in from_clipboard(text))

    def letters(given: str) -> str:
        return "".join(char for char in given if char not in '\t\r\n"')

    assert letters(kept) == letters(text)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("一格", [["一格"]]),
        ("一格\r\n", [["一格"]]),
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ('甲\t"两行\n一格"\n丙\t丁\n', [["甲", "两行\n一格"], ["丙", "丁"]]),
        ('"有""引号""\n的格"\t乙\n', [['有"引号"\n的格', "乙"]]),
        ("\t\t\n", [["", "", ""]]),
        ("甲\n\n丙\n", [["甲"], [""], ["丙"]]),
    ],
)
def test_blocks_of_a_spreadsheet_are_understood(text: str, block: Block) -> None:
    assert from_clipboard(text) == block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ('"四心"服务\t热心\n', [['"四心"服务', "热心"]]),
        ('"四心"\t热心\n', [['"四心"', "热心"]]),
        ('"没有结束的引号\t乙\n丙\n', [['"没有结束的引号', "乙"], ["丙"]]),
        ('12" 显示器\t3\n', [['12" 显示器', "3"]]),
        ('""\t乙\n', [['""', "乙"]]),
    ],
)
def test_quotation_marks_of_ordinary_text_stay(text: str, block: Block) -> None:
    assert from_clipboard(text) == block
