"""The check fails where the layout is wrong: it is a check, not a seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange.layout_check import check_layout, check_pages
from sanyou_desktop.exchange.page_text import MM, Glyph, PageText, pages_of
from sanyou_desktop.exchange.summary_pdf import write_pdf
from sanyou_desktop.model.summary import Summary

Change = Callable[[Glyph], Glyph]


@pytest.fixture
def pages(sample_summary: Summary, tmp_path: Path) -> list[PageText]:
    path = tmp_path / "总结.pdf"
    write_pdf(sample_summary, path)
    return list(pages_of(path))


def changed(pages: list[PageText], change: Change) -> Iterator[PageText]:
    for page in pages:
        yield replace(page, glyphs=tuple(map(change, page.glyphs)))


def moved(glyph: Glyph, right: float = 0, down: float = 0) -> Glyph:
    return replace(
        glyph,
        x=glyph.x + right,
        left=glyph.left + right,
        right=glyph.right + right,
        baseline=glyph.baseline + down,
        top=glyph.top + down,
        bottom=glyph.bottom + down,
    )


def inwards(glyph: Glyph) -> Glyph:
    """Return the glyph where it stands with margins 8 mm wider at the left and the right."""
    nearer = (105 * MM - glyph.x) * 8 / 78
    return moved(glyph, right=nearer)


def is_number(glyph: Glyph) -> bool:
    return glyph.baseline > 264 * MM


def test_as_it_was_set_it_holds(pages: list[PageText]) -> None:
    assert check_pages(pages).holds


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda one: moved(one, right=-4 * MM), "版心"),
        (lambda one: one if is_number(one) else moved(one, down=-6 * MM), "版心"),
        # Wider margins all around, as a template for letters has them.
        (lambda one: one if is_number(one) else inwards(one), "版心"),
        (lambda one: replace(one, size=15.0) if one.size == 16 else one, "正文字号"),
        (lambda one: moved(one, down=3 * MM) if is_number(one) else one, "页码"),
        (lambda one: moved(one, right=-9 * MM) if is_number(one) else one, "页码"),
        (lambda one: replace(one, size=12.0) if is_number(one) else one, "页码"),
        (lambda one: one if is_number(one) else moved(one, down=one.baseline / 15), "每页可排"),
        (lambda one: replace(one, char="9") if one.char.isdigit() else one, "页码"),
    ],
)
def test_what_is_wrong_is_found_and_named(pages: list[PageText], change: Change, name: str) -> None:
    found = check_pages(changed(pages, change))

    assert not found.holds
    assert name in [one.name for one in found.measures if not one.holds]
    assert f"{name}应为" in str(found)


def named(one: Glyph) -> Glyph:
    names = {22: "FZXBSJW--GB1-0", 16: "FangSong_GB2312", 14: "SimSun"}
    return replace(one, font=names.get(round(one.size), "SimHei"))


def test_the_fonts_are_named_where_they_are_not_those_of_the_standard(
    pages: list[PageText],
) -> None:
    right = check_pages(changed(pages, named))
    wrong = check_pages(
        changed(pages, lambda one: replace(named(one), font="SimSun") if one.size == 16 else one)
    )

    assert str(right).startswith("版式检查符合 GB/T 9704：共 14 页")
    assert wrong.holds
    assert wrong.faces is not None
    assert not wrong.faces.holds
    assert str(wrong).startswith("版式检查除字体外符合 GB/T 9704：共 14 页，纸张 210×297 毫米")
    assert "字体应为标题小标宋、正文仿宋、页码宋体，实为标题 " in str(wrong)
    assert "正文 SimSun" in str(wrong)


def row(at: int, count: int, space: float) -> list[Glyph]:
    """Return a line of text: the number of the line, its characters and how far apart they are."""
    left, down = 28 * MM, 37 * MM + (at + 1) * 28.95
    places = [left + place * space for place in range(count)]
    return [Glyph("字", x, down, x, down - 14, x + 15, down + 2, 16, "FangSong") for x in places]


def test_lines_spread_to_both_edges_do_not_tell_how_many_stand_in_one() -> None:
    spread = [glyph for at in range(15) for glyph in row(at, 27, 16.35)]
    ends = [glyph for at in range(15, 22) for glyph in row(at, 12, 15.8)]
    page = PageText(1, 210 * MM, 297 * MM, tuple(spread + ends))

    found = {one.name: one for one in check_pages([page]).measures}

    assert found["每行可排"].found == "28 字（字距 15.8 磅）"


def test_other_paper_is_found(pages: list[PageText]) -> None:
    found = check_pages(replace(page, width=612, height=792) for page in pages)

    assert next(one.name for one in found.measures if not one.holds) == "纸张"


def test_a_narrower_character_is_found(pages: list[PageText]) -> None:
    def narrow(glyph: Glyph) -> Glyph:
        return glyph if is_number(glyph) else moved(glyph, right=(28 * MM - glyph.x) * 0.1)

    found = check_pages(changed(pages, narrow))

    assert "每行可排应为28 字，实为31 字" in str(found)


def test_a_pdf_without_text_has_no_page_numbers(tmp_path: Path) -> None:
    import pypdfium2

    path = tmp_path / "空.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(595.28, 841.89)
    document.save(path)
    document.close()

    found = check_layout(path)

    assert not found.holds
    assert "页码应为" in str(found)
