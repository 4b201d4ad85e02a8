"""Texts of any length break into lines that fit and lose nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sanyou_desktop.desktop.printing.paper_fonts import SONG, paper_font
from sanyou_desktop.desktop.printing.paper_table import Sheet
from sanyou_desktop.desktop.printing.printable import page


@settings(max_examples=15, deadline=None)
@given(st.text("承诺，。 abc𠮷", min_size=1, max_size=40), st.integers(1, 300))
def test_a_long_paragraph_is_broken_as_one(qapp: object, words: str, times: int) -> None:
    sheet, font = Sheet.of(page()), paper_font(SONG, 10.5)
    text = words * times
    lines = sheet.lines(text, font, 200)
    assert "".join("".join(lines).split()) == "".join(text.split())
    at_once = [line.rstrip() for line in sheet._laid(text, font, 200)] or [""]
    assert lines == at_once
