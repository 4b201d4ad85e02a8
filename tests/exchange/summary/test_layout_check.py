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


def is_number(glyph: Glyph) -> bool:
    return glyph.baseline > 264 * MM


def test_as_it_was_set_it_holds(pages: list[PageText]) -> None:
    assert check_pages(pages).holds


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda one: moved(one, right=-4 * MM), "版心"),
        (lambda one: one if is_number(one) else moved(one, down=-6 * MM), "版心"),
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
