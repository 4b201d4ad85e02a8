"""What is copied is text in a spreadsheet, never a formula, and comes back here as it was."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.desktop.copied_cells import as_meant, copied_cells, is_computed
from sanyou_desktop.desktop.editors.cells import from_clipboard
from tests.exchange.report.readers import converted

DANGEROUS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "－2+3", "＠甲",
    "+86 595 85680000", "=HYPERLINK(\"http://x\")", "-2+3|cmd", "=1+1\n=2+2", "甲\n=1+1",
    "甲\r\n+1+1", "乙\t=1+1", "\ufeff=1+1", "\x0b=1",
)  # fmt: skip
CELLS = st.one_of(st.sampled_from(DANGEROUS), st.text("甲=+-@＝ \t\n\r\"'<&1", max_size=8))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_line_of_the_plain_text_begins_a_formula(text: str) -> None:
    plain = copied_cells([["甲", text]]).plain
    assert not any(is_computed(cell) for row in from_clipboard(plain) for cell in row)


@pytest.mark.parametrize("text", ["-5", "+3.2%", "-12,000", "-0.5", "甲=乙", "", "2026-03-01"])
def test_numbers_with_a_sign_stay_as_they_are(text: str) -> None:
    assert copied_cells([[text]], [0]).plain == f"{text}\n"
    assert "<td class" not in copied_cells([[text]], [0]).html


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_is_pasted_here_again_is_as_it_was(block: list[list[str]]) -> None:
    tidy = [[re.sub("\r\n|\r", "\n", cell) for cell in row] for row in block]
    assert from_clipboard(copied_cells(block).exact) == tidy


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_went_through_a_program_of_plain_text_comes_back_without_apostrophes(
    text: str,
) -> None:
    copied = copied_cells([["甲", text], [text, "乙"]])
    assert as_meant(copied.plain) == copied.exact


def test_a_copy_of_a_whole_year_goes_as_plain_text_alone() -> None:
    copied = copied_cells([["=1+1"] * 100] * 5001)
    assert copied.html == ""
    assert copied.plain.startswith("'=1+1\t'=1+1")


@pytest.mark.office
@pytest.mark.parametrize("reader", ["HTML (StarCalc)", "calc_HTML_WebQuery"])
def test_a_spreadsheet_reads_texts_and_computes_nothing(tmp_path: Path, reader: str) -> None:
    """By the two readers of LibreOffice: of files, and of what is pasted."""
    block = [["文字", text, "007", "3-4", "-5"] for text in DANGEROUS]
    path = tmp_path / "复制.html"
    path.write_text(copied_cells(block, [4]).html, encoding="utf-8")
    book = openpyxl.load_workbook(converted(path, "xlsx", reader))
    found = [list(row) for sheet in book for row in sheet.iter_rows()]
    rows = [row for row in found if any(cell.value == "007" for cell in row)]
    assert len(rows) == len(DANGEROUS)
    assert not [cell.value for row in found for cell in row if cell.data_type == "f"]
    for row, text in zip(rows, DANGEROUS, strict=True):
        head, cell, digits, score, number = row[:5]
        assert (head.value, digits.value, score.value, number.value) == ("文字", "007", "3-4", -5)
        assert "".join(str(cell.value).split()) == "".join(text.split())


def test_the_program_ends_well_with_cells_on_the_clipboard() -> None:
    script = (
        "from PySide6.QtWidgets import QApplication\n"
        "from sanyou_desktop.desktop.copied import cells_there, put_cells\n"
        "from sanyou_desktop.desktop.copied_cells import copied_cells\n"
        "app = QApplication([])\n"
        "for text in ('先前的', '=1+1'):\n"
        "    put_cells(copied_cells([[text]]))\n"
        "assert cells_there() == '=1+1\\n'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
