"""A unit's own .docx as the paper of the summary: 红头, layout and styles stay, places are filled.

Places are written {{标题}}, {{正文}} and so on; {{正文}} must be there, in a paragraph of its own.
A template that cannot be filled as it asks is refused with the reason; it is never changed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.limits import check_markup, open_archive, read_entry, read_file
from sanyou_desktop.exchange.template_wrappings import (
    BRACES,
    MARK,
    edges_of,
    name_of,
    unwrap_places,
)
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

INLINE = ("标题", "主送机关", "署名", "成文日期", "附注")
# A template without it says nothing of the contact, as most do.
_OPTIONAL = frozenset({"附注"})
WHOLE = ("正文", "附件说明", "附件")
_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN_TYPE = b"wordprocessingml.document.main+xml"


class BadTemplate(ExchangeError):
    """The template cannot be filled; the text says why and what to do."""


@dataclass
class Slots:
    """The places of an open template."""

    document: Document
    whole: dict[str, Paragraph] = field(default_factory=dict)
    inline: dict[str, list[Paragraph]] = field(default_factory=dict)

    def take(self, name: str) -> Paragraph | None:
        """Return the paragraph that a part of several paragraphs is to stand in the place of."""
        return self.whole.get(name)

    def fill(self, values: Mapping[str, str]) -> None:
        """Write short texts into their places; the paragraph keeps its own looks."""
        done: set[int] = set()
        for name in INLINE:
            for paragraph in self.inline.get(name, []):
                if id(paragraph._p) not in done:  # noqa: SLF001 - what tells paragraphs apart
                    done.add(id(paragraph._p))  # noqa: SLF001 - likewise
                    self._fill(paragraph, values)

    def _fill(self, paragraph: Paragraph, values: Mapping[str, str]) -> None:
        """Fill one paragraph; one that would say nothing goes, with the colon behind its place."""
        rest = MARK.sub("", paragraph.text).strip(" ：:　")
        if not rest and not any(values.get(name) for name in _names(paragraph)):
            self.remove(paragraph)
            return
        # Several lines stand only where the title has a paragraph of its own.
        alone = MARK.fullmatch(paragraph.text.strip()) is not None
        shown = values if alone else {name: "".join(v.split("\n")) for name, v in values.items()}
        _replace(paragraph, shown)

    def remove(self, paragraph: Paragraph) -> None:
        """Take the paragraph of a place away, once its content stands before it.

        A paragraph that ends a section holds the paper of the section, and stays empty; so does
        the last of a table's cell, which may not be without one.
        """
        element = paragraph._p  # noqa: SLF001 - has no other door
        properties = element.pPr
        holds_section = properties is not None and properties.sectPr is not None
        parent = element.getparent()
        if parent is None or holds_section or element.getnext() is None:
            for run in paragraph.runs:
                run.text = ""
            return
        parent.remove(element)

    def remarks(self) -> list[str]:
        """Return what the operator is told of places that the template does not have."""
        wanted = [name for name in (*INLINE, "附件说明") if name not in _OPTIONAL]
        missing = [name for name in wanted if not self._has(name)]
        if not missing:
            return []
        names = _("、").join(f"{{{{{name}}}}}" for name in missing)
        return [_("模板中没有这些位置，对应内容没有写入：{names}。").format(names=names)]

    def _has(self, name: str) -> bool:
        return name in self.inline or name in self.whole


def open_template(path: Path) -> Slots:
    """Open a template and find its places.

    Raises:
        BadTemplate: it is no .docx that can be filled.
        ExchangeError: it cannot be read.
    """
    document = _open(path)
    unwrap_places(document)
    slots = Slots(document)
    for paragraph in _paragraphs(document):
        for name in _names(paragraph):
            _note(slots, paragraph, name, path.name)
    if "正文" not in slots.whole:
        raise BadTemplate(
            _(
                "模板 {name} 中没有 {mark}，没有写入文件。请在正文的位置单独写一段 {mark} 后再试。"
            ).format(name=path.name, mark="{{正文}}")
        )
    return slots


def _open(path: Path) -> Document:
    """Open a .docx after looking at it as at any file that others made."""
    import docx

    if path.suffix.lower() != ".docx":
        raise BadTemplate(
            _("模板 {name} 不是 .docx 文件，没有写入文件。请用 Word 或 WPS 另存为 .docx。").format(
                name=path.name
            )
        )
    try:
        data = read_file(path)
    except FileNotFoundError as error:
        raise BadTemplate(
            _("没有找到模板 {path}，没有写入文件。请重新选择模板。").format(path=path)
        ) from error
    broken = BadTemplate(
        _("模板 {name} 不是 Word 文档，或已损坏、设有密码，没有写入文件。请另选一份。").format(
            name=path.name
        )
    )
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise broken
    with open_archive(data, path.name) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                part = read_entry(archive, entry, path.name)
                check_markup(part, entry.filename, path.name)
                if entry.filename == "[Content_Types].xml" and _MAIN_TYPE not in part:
                    raise broken
                if entry.filename.startswith(("_rels/", "word/document")) and _STRICT in part:
                    raise _strict(path)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, zlib.error, zipfile.BadZipFile, SyntaxError) as error:
        raise broken from error
    if getattr(document.element, "body", None) is None:
        raise broken
    return document


def _strict(path: Path) -> BadTemplate:
    return BadTemplate(
        _(
            "模板 {name} 是 Strict Open XML 格式，没有写入文件。"
            "请用 Word 另存为普通的「Word 文档（.docx）」。"
        ).format(name=path.name)
    )


def _note(slots: Slots, paragraph: Paragraph, name: str, file: str) -> None:
    mark = f"{{{{{name}}}}}"
    if name in INLINE:
        slots.inline.setdefault(name, []).append(paragraph)
        return
    if name not in WHOLE:
        known = _("、").join(f"{{{{{one}}}}}" for one in (*INLINE, *WHOLE))
        raise BadTemplate(
            _("模板 {name} 中有认不出的位置 {mark}，没有写入文件。可以用的有：{known}。").format(
                name=file, mark=mark, known=known
            )
        )
    if name in slots.whole:
        raise BadTemplate(
            _("模板 {name} 中 {mark} 出现了不止一次，没有写入文件。请只留一处。").format(
                name=file, mark=mark
            )
        )
    if not MARK.fullmatch(paragraph.text.strip()) or not _in_body(paragraph):
        raise BadTemplate(
            _("模板 {name} 中的 {mark} 应单独成段、放在页面正文里，没有写入文件。").format(
                name=file, mark=mark
            )
        )
    slots.whole[name] = paragraph


def _in_body(paragraph: Paragraph) -> bool:
    parent = paragraph._p.getparent()  # noqa: SLF001 - has no other door
    return parent is not None and parent.tag.endswith("}body")


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield every paragraph of body, cells, text boxes, headers and footers, in order."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)  # noqa: SLF001 - the parent of its parts
    for edge in edges_of(document):
        for element in edge._element.iter(qn("w:p")):  # noqa: SLF001 - has no other door
            yield Paragraph(element, edge)


def _replace(paragraph: Paragraph, values: Mapping[str, str]) -> None:
    """Fill the places of a paragraph; one that Word tore into several runs is put together."""
    from sanyou_desktop.exchange.official_document import without_control

    def filled(match: re.Match[str]) -> str:
        return values.get(name_of(match), match.group(0))

    runs = paragraph.runs
    for run in runs:
        if MARK.search(run.text):
            run.text = without_control(MARK.sub(filled, run.text))
    if not any(MARK.search(paragraph.text) and name in values for name in _names(paragraph)):
        return
    whole = "".join(run.text for run in runs)
    first = next((run for run in runs if any(brace in run.text for brace in BRACES)), runs[0])
    place = runs.index(first)
    kept = "".join(run.text for run in runs[:place])
    first.text = without_control(MARK.sub(filled, whole[len(kept) :]))
    for run in runs[place + 1 :]:
        run.text = ""


def _names(paragraph: Paragraph) -> list[str]:
    return [name_of(mark) for mark in MARK.finditer(paragraph.text)]
