"""The summary document as .pdf, set by Typst: no Qt, no office program, no network.

Typst was chosen over fpdf2 and ReportLab because it breaks Chinese lines by the rules, repeats
table headers, embeds OpenType fonts of both outlines as subsets and draws the same pages as
pictures for the preview; ReportLab cannot embed the outlines of the Noto fonts, and with fpdf2 all
of the typesetting would be ours. The price is 34 MB.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import Any

from sanyou_desktop.exchange.chart_scale import ticks
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.official_document import FANGSONG, HEI, KAI, SONG, TITLE
from sanyou_desktop.exchange.paper_faces import Faces, faces_for, fonts
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.exchange.signature import signature_indents
from sanyou_desktop.model.summary import Chart, Heading, Paragraph, Summary, Table
from sanyou_desktop.model.summary.blocks import Block
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import _

_ROLES = {"fangsong": FANGSONG, "kai": KAI, "hei": HEI, "title": TITLE, "song": SONG}
# Enough for the pages of a preview to be read; 144 is what a screen of 200 % shows.
_PREVIEW_PPI = 110.0

Step = Callable[[], None]


@dataclass(frozen=True)
class Pages:
    """A document that was set.

    Attributes:
        content: the .pdf, or one .png a page.
        faces: what it was set with.
    """

    content: list[bytes]
    faces: Faces


def write_pdf(summary: Summary, path: Path) -> Faces:
    """Write the document and return what it was set with.

    Raises:
        ExchangeError: the file cannot be written; what was at ``path`` is as it was.
    """
    pages = _set(summary, "pdf")
    with replacing(path) as temporary:
        temporary.write_bytes(pages.content[0])
    return pages.faces


def preview(summary: Summary) -> Pages:
    """Return the pages as .png pictures, as the .pdf has them."""
    return _set(summary, "png")


def _set(summary: Summary, form: str) -> Pages:
    import typst

    faces = faces_for(summary.texts())
    compiler = typst.Compiler(
        resource_path("summary", "summary.typ").read_bytes(), font_paths=fonts()
    )
    given = {
        "document": json.dumps(_document(summary, faces), ensure_ascii=False),
        "faces": json.dumps(_faces(faces), ensure_ascii=False),
    }
    try:
        # The day stands in the document; another moment must not make another file.
        made = compiler.compile(
            format="pdf" if form == "pdf" else "png",
            ppi=_PREVIEW_PPI,
            sys_inputs=given,
            timestamp=0,
        )
    except typst.TypstError as error:
        raise CannotWrite(
            _("排版时出错（{reason}），没有写入文件。请把这句话告诉维护人员。").format(
                reason=error.message
            )
        ) from error
    assert made is not None
    return Pages(made if isinstance(made, list) else [made], faces)


def _document(summary: Summary, faces: Faces) -> dict[str, Any]:
    signer_indent, date_indent = signature_indents(summary.signer, summary.date_words)
    found: dict[str, Any] = {
        "plain-title": summary.plain_title,
        "title": summary.title,
        "addressee": summary.addressee,
        "body": [_block(one) for one in summary.body],
        "annexes": [
            {"title": annex.title, "blocks": [_block(one) for one in annex.blocks]}
            for annex in summary.annexes
        ],
        "signer": summary.signer,
        "date": summary.date_words,
        "signer-indent": signer_indent,
        "date-indent": date_indent,
    }
    drawn: dict[str, Any] = _drawable(found, faces)
    return drawn


def _drawable(found: Any, faces: Faces) -> Any:  # noqa: ANN401 - JSON
    if isinstance(found, str):
        return faces.drawable(found)
    if isinstance(found, dict):
        return {key: _drawable(value, faces) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [_drawable(value, faces) for value in found]
    return found


def _faces(faces: Faces) -> dict[str, Any]:
    found: dict[str, Any] = {
        role: {"family": faces.by_name[name].family, "bold": faces.by_name[name].is_bold}
        for role, name in _ROLES.items()
    }
    return found | {"others": list(faces.others)}


@singledispatch
def _block(block: Block) -> dict[str, Any]:
    raise AssertionError(block)


@_block.register
def _heading(block: Heading) -> dict[str, Any]:
    return {"kind": "heading", "level": block.level, "text": block.text}


@_block.register
def _paragraph(block: Paragraph) -> dict[str, Any]:
    return {"kind": "paragraph", "text": block.text}


@_block.register
def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "columns": block.columns,
        "rows": block.rows,
        "weights": block.weights,
        "centred": sorted(block.centred),
    }


@_block.register
def _chart(block: Chart) -> dict[str, Any]:
    largest = max((value or 0 for _name, values in block.series for value in values), default=0)
    marks = ticks(largest)
    return {
        "kind": "chart",
        "title": block.title,
        "unit": block.unit,
        "categories": block.categories,
        "series": [{"name": name, "values": values} for name, values in block.series],
        "ticks": marks,
        "peak": marks[-1],
    }
