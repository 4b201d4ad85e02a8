"""The summary document as .pdf: no Qt, no office program, no network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import Any

from sanyou_desktop.exchange.chart_scale import ticks
from sanyou_desktop.exchange.layout_check import LayoutCheck, check_layout
from sanyou_desktop.exchange.official_document import FANGSONG, HEI, KAI, SONG, TITLE
from sanyou_desktop.exchange.paper_faces import Faces
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.exchange.signature import signature_indents
from sanyou_desktop.exchange.typeset import Job, typeset
from sanyou_desktop.model.summary import Chart, Heading, Note, Paragraph, Summary, Table
from sanyou_desktop.model.summary.blocks import Block

Progress = Callable[[int, int], None]

_ROLES = {"fangsong": FANGSONG, "kai": KAI, "hei": HEI, "title": TITLE, "song": SONG}


@dataclass(frozen=True)
class Written:
    """What a document was set with, and how it measures."""

    faces: Faces
    layout: LayoutCheck

    def remarks(self) -> list[str]:
        """Return what the operator is told."""
        return [*self.faces.remarks(), str(self.layout)]


def write_pdf(summary: Summary, path: Path, progress: Progress | None = None) -> Written:
    """Write the document.

    It is measured before it takes its name: once the file is there, only the log is left to be
    written. ``progress`` is told then, and may raise to cancel: nothing is written.

    Raises:
        ExchangeError: the file cannot be written; what was at ``path`` is as it was.
    """
    made, faces = pdf_of(summary)
    layout = check_layout(made)
    if progress is not None:
        progress(1, 1)
    with replacing(path) as temporary:
        temporary.write_bytes(made)
    return Written(faces, layout)


def pdf_of(summary: Summary) -> tuple[bytes, Faces]:
    """Return the document as .pdf and what it was set with."""
    return typeset(Job("summary.typ", _document(summary), _ROLES, tuple(summary.texts())))


def _document(summary: Summary) -> dict[str, Any]:
    signer_indent, date_indent = signature_indents(summary.signer, summary.date_words)
    return {
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
        "contact": summary.contact,
    }


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
def _note(block: Note) -> dict[str, Any]:
    return {"kind": "note", "text": block.text}


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
