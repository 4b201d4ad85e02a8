"""The catalogue of rules as a document in the typesetting of GB/T 9704, with texts if wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.exchange import official_document as paper
from sanyou_desktop.exchange.rule_catalogue import (
    Catalogue,
    Entry,
    Group,
    Progress,
    gather,
    prepare,
)
from sanyou_desktop.exchange.rule_text import article_of, level_of
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.numerals import numeral
from sanyou_desktop.wording import N_, _, in_source_language

if TYPE_CHECKING:
    from docx.document import Document

_COLUMNS = (
    (N_("序号"), 12.0),
    (N_("名称"), 50.0),
    (N_("发文字号"), 36.0),
    (N_("文种"), 12.0),
    (N_("施行日期"), 27.0),
    (N_("状态"), 19.0),
)
_CENTRED = {0, 2, 3, 4, 5}
# In which face a heading stands, and whether in the middle.
_HEADINGS = {
    "chapter": (paper.HEI, True),
    "first": (paper.HEI, False),
    "second": (paper.KAI, False),
}


def write_catalogue(
    ledger: Ledger,
    path: Path,
    *,
    only_in_force: bool,
    with_texts: bool,
    progress: Progress | None = None,
) -> Catalogue:
    """Write the catalogue; ``progress`` may raise to cancel, and nothing is written then.

    Raises:
        ExchangeError: the file cannot be written; what was at ``path`` is as it was.
    """
    prepare(path, ".docx")
    with in_source_language():
        catalogue = gather(ledger, only_in_force=only_in_force)
        document = paper.new_document()
        done, texts = 0, _texts(catalogue) if with_texts else []
        total = catalogue.rules + len(texts)
        _head(document, catalogue)
        for place, group in enumerate(catalogue.groups):
            _group(document, place, group)
            done += len(group.entries)
            _tell(progress, done, total)
        for entry in texts:
            _text(document, entry)
            done += 1
            _tell(progress, done, total)
        with replacing(path) as temporary:
            document.save(str(temporary))
        return catalogue


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _head(document: Document, catalogue: Catalogue) -> None:
    day = catalogue.on
    paper.add_text(document, _("制度汇编目录"), face=paper.TITLE, size=paper.SIZE_2, centred=True)
    line = _("{unit}　{year}年{month}月{day}日").format(
        unit=catalogue.unit, year=day.year, month=day.month, day=day.day
    )
    paper.add_text(document, line, face=paper.KAI, centred=True)
    paper.add_text(document, "")
    told = _("{counted}。").format(counted=catalogue.counted())
    paper.add_text(document, told, indented=True)


def _group(document: Document, place: int, group: Group) -> None:
    words = _("{numeral}、{category}（{count} 件）").format(
        numeral=numeral(place + 1), category=group.title, count=len(group.entries)
    )
    paper.add_text(document, words, face=paper.HEI, indented=True, keep_with_next=True)
    widths = [width for _title, width in _COLUMNS]
    table = paper.add_table(document, [_(title) for title, _width in _COLUMNS], widths)
    for entry in group.entries:
        paper.add_row(table, _cells(entry), widths, centred=_CENTRED)


def _cells(entry: Entry) -> list[str]:
    below = (entry.collection, entry.replacement, _joint(entry))
    return [
        str(entry.number),
        "\n".join(filter(None, (entry.title, *below))),
        entry.doc_number,
        entry.genre,
        entry.effective_on.in_words() if entry.effective_on else "",
        entry.status,
    ]


def _joint(entry: Entry) -> str:
    """Return who issued it, where more than the unit did."""
    several = _("、") in entry.issuers
    return _("制定机关：{issuers}").format(issuers=entry.issuers) if several else ""


def _texts(catalogue: Catalogue) -> list[Entry]:
    return [entry for group in catalogue.groups for entry in group.entries if entry.text.strip()]


def _text(document: Document, entry: Entry) -> None:
    title = paper.add_text(
        document,
        paper.page_title(entry.title),
        face=paper.TITLE,
        size=paper.SIZE_2,
        centred=True,
    )
    title.paragraph_format.page_break_before = True
    if entry.doc_number:
        paper.add_text(document, entry.doc_number, face=paper.KAI, centred=True)
    paper.add_text(document, "")
    for line in entry.text.splitlines():
        if line.strip():
            _paragraph(document, line.strip())


def _paragraph(document: Document, line: str) -> None:
    """Add a line of a rule, in the face of its level; the number of an article stands out."""
    heading = _HEADINGS.get(level_of(line))
    if heading is not None:
        face, centred = heading
        paper.add_text(
            document,
            line,
            face=face,
            centred=centred,
            indented=not centred,
            keep_with_next=True,
        )
        return
    article = article_of(line)
    paragraph = document.add_paragraph()
    paper.indent(paragraph)
    if article:
        paper.dress(paragraph, article, face=paper.HEI, size=paper.SIZE_3)
    paper.dress(paragraph, line[len(article) :], face=paper.FANGSONG, size=paper.SIZE_3)
