"""The summary document as .docx, to be edited: named styles, real headings, charts with numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from functools import singledispatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanyou_desktop.exchange import official_document as paper
from sanyou_desktop.exchange import official_styles as styles
from sanyou_desktop.exchange.docx_chart import add_chart
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.exchange.signature import signature_indents
from sanyou_desktop.exchange.summary_template import Slots, open_template
from sanyou_desktop.model.summary import Annex, Chart, Heading, Note, Paragraph, Summary, Table
from sanyou_desktop.model.summary.blocks import Block
from sanyou_desktop.wording import _, in_source_language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as DocxTable
    from docx.table import _Row as DocxRow
    from docx.text.paragraph import Paragraph as DocxParagraph


def write_docx(
    summary: Summary,
    path: Path,
    *,
    template: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[str]:
    """Write the document, into a unit's own template if there is one; return what to tell.

    ``progress`` may raise to cancel; nothing is written then.

    Raises:
        ExchangeError: the template cannot be filled or the file not be written; what was at
            ``path`` is as it was.
    """
    slots = open_template(template) if template else None
    document = slots.document if slots else paper.new_document()
    styles.add_styles(document, keep=slots is not None)
    writer = _Writer(document, slots, progress, _blocks(summary))
    with in_source_language():
        if slots is None:
            _whole(writer, summary)
        else:
            _into(writer, slots, summary)
    _describe(document, summary)
    if progress is not None:
        progress(1, 1)
    with replacing(path) as temporary:
        document.save(str(temporary))
    return slots.remarks() if slots else []


# A table of up to so many rows is not torn by the end of a page.
_KEPT_WHOLE = 6


def _describe(document: Document, summary: Summary) -> None:
    """Fill in what the file says of itself, in the place of what the library's own file says."""
    properties = document.core_properties
    properties.title = paper.without_control(summary.plain_title)
    properties.author = properties.last_modified_by = paper.without_control(summary.signer)
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(summary.signed_on, time())


class _Writer:
    """Adds paragraphs and tables one after the other, at the end or before a place."""

    def __init__(
        self,
        document: Document,
        slots: Slots | None,
        progress: Callable[[int, int], None] | None,
        total: int,
    ) -> None:
        self.document = document
        self.slots = slots
        self.before: DocxParagraph | None = None
        self.charts = 0
        self._last_table: tuple[DocxTable, DocxParagraph] | None = None
        self._progress, self._done, self._total = progress, 0, total

    def paragraph(self, text: str, style: str) -> DocxParagraph:
        """Add a paragraph in a style."""
        made = self.document.add_paragraph(paper.without_control(text), style=style)
        self._place(made._p)  # noqa: SLF001 - has no other door
        return made

    def table(self, found: Table) -> None:
        """Add a table with its header repeated on every page."""
        usable = self._room() - 1
        total = sum(found.weights)
        widths = [usable * weight / total for weight in found.weights]
        made = paper.add_table(self.document, list(found.columns), widths)
        self._place(made._tbl)  # noqa: SLF001 - has no other door
        _narrow_margins(made)
        for row in found.rows:
            cells = [paper.without_control(cell) for cell in row]
            paper.add_row(made, cells, widths, centred=set(found.centred))
        if len(found.rows) <= _KEPT_WHOLE:
            _keep_with_next(made.rows[:-1])
        # Two tables that touch are one to an office program.
        self._last_table = made, self.paragraph("", styles.CELL)

    def note(self, text: str) -> None:
        """Add a remark, which never stands on a page without the last rows of its table."""
        if self._last_table is not None:
            table, blank = self._last_table
            _keep_with_next(table.rows[-2:])
            blank.paragraph_format.keep_with_next = True
        self.paragraph(text, styles.CELL)

    def chart(self, found: Chart) -> None:
        """Add a chart in a paragraph of its own."""
        self.charts += 1
        place = self.paragraph("", styles.CHART)
        add_chart(self.document, place, found, self.charts, self._room())

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        """Add blocks, telling how far it is."""
        for block in blocks:
            _write(block, self)
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)

    def hold_last(self) -> None:
        """Keep the last lines of the body with what closes the document.

        A page on which nothing stands but the signature is what the standard forbids (7.3.5.4).
        """
        last = self.document.paragraphs[-1]
        if last.style is not None and last.style.name == styles.BODY:
            last.paragraph_format.keep_with_next = True
            last.paragraph_format.widow_control = True

    def _room(self) -> float:
        """Return how many millimetres wide the text is where the next block stands."""
        return paper.text_width_mm(self.document, self.before)

    def _place(self, element: BaseOxmlElement) -> None:
        if self.before is not None:
            self.before._p.addprevious(element)  # noqa: SLF001 - has no other door


def _whole(writer: _Writer, summary: Summary) -> None:
    """Write the whole document on paper of our own."""
    for line in summary.title:
        writer.paragraph(line, styles.TITLE)
    writer.paragraph("", styles.ADDRESSEE)
    if summary.addressee:
        writer.paragraph(_addressee(summary), styles.ADDRESSEE)
    writer.blocks(summary.body)
    writer.hold_last()
    _annex_list(writer, summary)
    _signature(writer, summary)
    _annexes(writer, summary, breaks=True)


def _into(writer: _Writer, slots: Slots, summary: Summary) -> None:
    """Fill a template; what it has no place for is left out and said, annexes go to its end."""
    _set_ends(slots, summary)
    slots.fill(
        {
            "标题": "\n".join(summary.title),
            "主送机关": summary.addressee,
            "署名": summary.signer,
            "成文日期": summary.date_words,
            "附注": summary.contact,
        }
    )
    _at(writer, slots, "正文", lambda: writer.blocks(summary.body))
    _at(writer, slots, "附件说明", lambda: _annex_list(writer, summary))
    place = slots.take("附件")
    if place is None:
        _annexes(writer, summary, breaks=True)
    else:
        # The first annex begins the page that its place began.
        breaks = bool(place.paragraph_format.page_break_before)
        _at(writer, slots, "附件", lambda: _annexes(writer, summary, breaks=breaks))


def _set_ends(slots: Slots, summary: Summary) -> None:
    """Set signer and date in from the edge as the standard does, where the template says nothing.

    How far depends on how long they are, which no template can know.
    """
    from docx.shared import Pt

    ends = signature_indents(summary.signer, summary.date_words)
    for name, end in zip(("署名", "成文日期"), ends, strict=True):
        for place in slots.inline.get(name, []):
            style = place.style
            is_ours = style is not None and style.name == styles.SIGNATURE
            said = (
                place.paragraph_format.right_indent,
                style and style.paragraph_format.right_indent,
            )
            alone = place.text.strip() == f"{{{{{name}}}}}"
            if is_ours and alone and said == (None, None):
                place.paragraph_format.right_indent = Pt(end * paper.CHARACTER_POINTS)


def _at(writer: _Writer, slots: Slots, name: str, write: Callable[[], None]) -> None:
    """Write what stands in the place of that name, if the template has it."""
    place = slots.take(name)
    if place is not None:
        writer.before = place
        write()
        slots.remove(place)
        writer.before = None


def _narrow_margins(table: DocxTable) -> None:
    """Leave one millimetre beside the text of a cell, so that a date stands in one line."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins: Any = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), "57")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    looks = table._tbl.tblPr  # noqa: SLF001 - has no other door
    looks.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _keep_with_next(rows: Iterable[DocxRow]) -> None:
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _addressee(summary: Summary) -> str:
    return _("{addressee}：").format(addressee=summary.addressee)


def _annex_list(writer: _Writer, summary: Summary) -> None:
    """附件：左空二字; further names begin under the first."""
    from docx.shared import Pt

    several = len(summary.annexes) > 1
    if summary.annexes:
        writer.paragraph("", styles.ANNEX_LIST)
    for place, annex in enumerate(summary.annexes):
        numbered = f"{place + 1}.{annex.title}" if several else annex.title
        text = numbered if place else _("附件：{first}").format(first=numbered)
        made = writer.paragraph(text, styles.ANNEX_LIST)
        made.paragraph_format.left_indent = Pt((5 if place else 2) * paper.CHARACTER_POINTS)


def _signature(writer: _Writer, summary: Summary) -> None:
    from docx.shared import Pt

    ends = signature_indents(summary.signer, summary.date_words)
    blank = writer.paragraph("", styles.SIGNATURE)
    blank.paragraph_format.keep_with_next = True
    for text, end in zip((summary.signer, summary.date_words), ends, strict=True):
        made = writer.paragraph(text, styles.SIGNATURE)
        made.paragraph_format.right_indent = Pt(end * paper.CHARACTER_POINTS)
        made.paragraph_format.keep_with_next = text == summary.signer or bool(summary.contact)
    if summary.contact:
        writer.paragraph(paper.without_control(summary.contact), styles.BODY)


def _annexes(writer: _Writer, summary: Summary, *, breaks: bool) -> None:
    several = len(summary.annexes) > 1
    for place, annex in enumerate(summary.annexes):
        mark = _("附件{number}").format(number=place + 1) if several else _("附件")
        made = writer.paragraph(mark, styles.ANNEX_MARK)
        made.paragraph_format.page_break_before = breaks or place > 0
        writer.paragraph("", styles.ANNEX_MARK)
        writer.paragraph(annex.title, styles.TITLE)
        writer.paragraph("", styles.ADDRESSEE)
        writer.blocks(annex.blocks)


def _blocks(summary: Summary) -> int:
    annexes: tuple[Annex, ...] = summary.annexes
    return len(summary.body) + sum(len(annex.blocks) for annex in annexes)


@singledispatch
def _write(block: Block, _writer: _Writer) -> None:
    raise AssertionError(block)


@_write.register
def _heading(block: Heading, writer: _Writer) -> None:
    writer.paragraph(block.text, styles.FIRST if block.level == 1 else styles.SECOND)


@_write.register
def _paragraph(block: Paragraph, writer: _Writer) -> None:
    writer.paragraph(block.text, styles.BODY)


@_write.register
def _note(block: Note, writer: _Writer) -> None:
    writer.note(block.text)


@_write.register
def _table(block: Table, writer: _Writer) -> None:
    writer.table(block)


@_write.register
def _chart(block: Chart, writer: _Writer) -> None:
    writer.chart(block)
