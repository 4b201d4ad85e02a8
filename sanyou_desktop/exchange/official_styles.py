"""The named styles of a document by GB/T 9704, so that it is edited by its styles afterwards.

A unit's own template keeps what it says of a style of the same name; what it lacks is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanyou_desktop.exchange import official_document as paper

if TYPE_CHECKING:
    from docx.document import Document

BODY, TITLE, ADDRESSEE = "公文正文", "公文标题", "主送机关"
FIRST, SECOND = "Heading 1", "Heading 2"
# What a list of contents is made from; a style that a template lacks is made without it.
_LEVELS = (FIRST, SECOND)
ANNEX_LIST, ANNEX_MARK, SIGNATURE, CELL, CHART = (
    "附件说明",
    "附件标识",
    "署名日期",
    "表格文字",
    "图",
)


@dataclass(frozen=True)
class _Look:
    """How a style is set."""

    face: str
    size: float = paper.SIZE_3
    indent_chars: int = 0
    align: str = ""
    keep_with_next: bool = False
    own_line: float = 0.0
    after: float = 0.0


_LOOKS = {
    BODY: _Look(paper.FANGSONG, indent_chars=2, align="both"),
    TITLE: _Look(paper.TITLE, paper.SIZE_2, align="center", keep_with_next=True),
    ADDRESSEE: _Look(paper.FANGSONG),
    FIRST: _Look(paper.HEI, indent_chars=2, keep_with_next=True),
    SECOND: _Look(paper.KAI, indent_chars=2, keep_with_next=True),
    ANNEX_LIST: _Look(paper.FANGSONG, keep_with_next=True),
    ANNEX_MARK: _Look(paper.HEI, keep_with_next=True),
    SIGNATURE: _Look(paper.FANGSONG, align="right"),
    CELL: _Look(paper.FANGSONG, paper.SIZE_5, own_line=paper.SIZE_5 * 1.4),
    CHART: _Look(paper.FANGSONG, align="center", own_line=1.0, keep_with_next=True, after=6.0),
}


def add_styles(document: Document, *, keep: bool) -> None:
    """Add the styles; with ``keep`` those that a template has stay as they are there."""
    from docx.enum.style import WD_STYLE_TYPE

    there = {style.name for style in document.styles}
    for name, look in _LOOKS.items():
        if name in there and keep:
            continue
        style = (
            document.styles[name]
            if name in there
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        _set(style, look)


def _set(style: Any, look: _Look) -> None:  # noqa: ANN401 - a style of paragraphs by its name
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paper.face_of(style, look.face, look.size)
    paper.set_tight(style, tight=look.size == paper.SIZE_3)
    style.quick_style = True
    # The headings of the usual template are blue and bold, and have air around them.
    style.font.bold, style.font.italic = False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(look.after)
    form.line_spacing = look.own_line or Pt(paper.LINE_POINTS)
    if look.own_line > 1:
        form.line_spacing = Pt(look.own_line)
    # Lines follow each other by their own height; on the grid a title would take two.
    paper.set_flag(style, "w:snapToGrid", on=False)
    for switch in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN"):
        # Figures take their own room only, and no mark stands outside the text.
        paper.set_flag(style, switch, on=False)
    form.keep_with_next = look.keep_with_next
    form.keep_together = False
    form.widow_control = False
    if look.indent_chars:
        paper.indent_style(style, look.indent_chars)
    if style.name in _LEVELS:
        paper.set_outline_level(style, _LEVELS.index(style.name))
    if look.align:
        form.alignment = {
            "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
            "center": WD_ALIGN_PARAGRAPH.CENTER,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
        }[look.align]
