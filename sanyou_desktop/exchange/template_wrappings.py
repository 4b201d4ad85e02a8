"""What Word puts around the text of a place, taken away so that the place can be filled.

Content controls, insertions not yet accepted, links and smart tags (ECMA-376-1, 17.5.2, 17.13.5,
17.16.22, 17.5.1) hold runs or paragraphs one level deeper than usual. A control of plain text may
not hold paragraphs at all, and one bound to data would get its old text back when Word opens the
file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _BaseHeaderFooter
    from lxml.etree import _Element

# As people type it: also with the full-width braces of a Chinese keyboard.
MARK = re.compile(r"[{｛]{2}\s*([^{}｛｝]{1,40}?)\s*[}｝]{2}")
BRACES = ("{", "｛")
_AROUND_RUNS = ("w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:customXml", "w:sdt")


def name_of(mark: re.Match[str]) -> str:
    """Return the name of a place, which may be written with blanks in it."""
    return "".join(mark.group(1).split())


def edges_of(document: Document) -> Iterator[_BaseHeaderFooter]:
    """Yield the headers and footers that the sections have of their own."""
    for section in document.sections:
        for edge in (
            section.header,
            section.first_page_header,
            section.even_page_header,
            section.footer,
            section.first_page_footer,
            section.even_page_footer,
        ):
            if not edge.is_linked_to_previous:
                yield edge


def unwrap_places(document: Document) -> None:
    """Take away what stands around places in the text, in headers and in footers."""
    from docx.oxml.ns import qn

    edges = [edge._element for edge in edges_of(document)]  # noqa: SLF001 - has no other door
    for root in (document.element.body, *edges):
        for paragraph in list(root.iter(qn("w:p"))):
            text = "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
            if MARK.search(text):
                _unwrap(paragraph)


def _unwrap(paragraph: _Element) -> None:
    from docx.oxml.ns import qn

    inside = [one for tag in _AROUND_RUNS for one in paragraph.iter(qn(tag))]
    outside = list(paragraph.iterancestors(qn("w:sdt")))
    # The innermost first: what it holds moves into the next one.
    for wrapping in sorted((*inside, *outside), key=_depth, reverse=True):
        held = wrapping.find(qn("w:sdtContent")) if wrapping.tag == qn("w:sdt") else wrapping
        for element in list(held) if held is not None else []:
            if not str(element.tag).endswith("Pr"):
                wrapping.addprevious(element)
        parent = wrapping.getparent()
        if parent is not None:
            parent.remove(wrapping)


def _depth(element: _Element) -> int:
    return sum(1 for _one in element.iterancestors())
