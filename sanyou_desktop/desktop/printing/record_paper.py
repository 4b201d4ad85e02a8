"""A record on A4: its form's fields in their order, tables of its rows, its files, who signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from sanyou_desktop.desktop.forms.design import Design, Section
from sanyou_desktop.desktop.lists.cells import Named
from sanyou_desktop.desktop.lists.columns import is_figure
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.printing.paper_parts import (
    FOOT,
    GAP,
    Faces,
    columns_for,
    finished,
    write_lines,
    write_title,
)
from sanyou_desktop.desktop.printing.paper_table import Column, PaperTable, Sheet
from sanyou_desktop.desktop.printing.printable import page
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Field, Reference, Rows, UnitCode, fields_of
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Attachment, Record, value_of
from sanyou_desktop.wording import _

_MARGINS = (20.0, 18.0, 20.0, 14.0)
_MM = 72 / 25.4
_LABEL = 24 * _MM
_PICTURE = 46 * _MM
_PICTURES_ACROSS = 3
_SIGNATURES = 16 * _MM
# A table of more columns is put on a page on its side.
_UPRIGHT = 7


@dataclass(frozen=True)
class RecordPaper:
    """What is printed of one record.

    Attributes:
        design: of its form.
        unit_name: whose record it is.
        named: what its fields refer to.
        pictures: of its attachments, by their content's SHA-256; none where none are wanted.
    """

    record: Record
    design: Design
    unit_name: str
    named: Named = field(default_factory=Named)
    pictures: Mapping[str, QImage] = field(default_factory=dict)


def lay_out_record(paper: RecordPaper) -> LaidOut:
    """Return the pages, ready to be looked at and printed."""
    return _RecordPages(paper).laid_out()


class _RecordPages:
    def __init__(self, paper: RecordPaper) -> None:
        self._paper, self._record = paper, paper.record
        self._fields = kind_of(paper.record.kind).fields
        self._row_names = dict(_row_names(paper.record))
        self._draft = Draft.of(paper.record)
        tables = [
            len(_columns_in_use(self._fields[key], value_of(self._record, key)))
            for key in paper.design.placed()
            if isinstance(self._fields[key], Rows)
        ]
        wide = max(tables, default=0) > _UPRIGHT
        self._layout = page(landscape=wide, margins=_MARGINS)
        self._sheet = Sheet.of(self._layout, FOOT)
        self._faces = Faces()

    def laid_out(self) -> LaidOut:
        self._head()
        for section in self._paper.design.sections:
            self._section(section)
        self._foot()
        record = self._record
        kind = _(kind_of(record.kind).title)
        title = _("{kind} {number} {title}").format(
            kind=kind, number=record.number, title=record.title
        )
        printed = _("打印于 {day}").format(day=PartialDate.of(date.today()).in_words())
        foot = "　".join(filter(None, (record.number, printed)))
        holds = Holding.of(f"record:{record.id}", [record])
        return finished(self._sheet, title, self._layout, self._faces, foot, holds)

    def _head(self) -> None:
        record = self._record
        kind = _(kind_of(record.kind).title)
        write_title(self._sheet, f"{self._paper.unit_name} · {kind}", record.title, self._faces)
        shown = [(_("编号"), record.number)]
        if record.confidential:
            shown.append((_("密级"), self._text("confidential")))
        facts = [
            _("{label}：{text}").format(label=label, text=text) for label, text in shown if text
        ]
        write_lines(self._sheet, "　　".join(facts), self._faces.body)

    # Sections

    def _section(self, section: Section) -> None:
        lines = [line for line in section.lines if any(self._says(key) for key in line)]
        told = section.summary(self._draft) if section.summary else ""
        if not lines:
            return
        self._caption(_(section.title))
        for line in lines:
            for part in self._split(line):
                self._line(part, section)
        if told:
            write_lines(self._sheet, told, self._faces.small)

    def _split(self, line: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield fields that stand side by side; a table of rows has the width to itself."""
        plain = tuple(key for key in line if not isinstance(self._fields[key], Rows))
        if any(self._says(key) for key in plain):
            yield plain
        yield from ((key,) for key in line if key not in plain and self._says(key))

    def _says(self, key: str) -> bool:
        # What stands in the head already is not said again.
        head = key in ("title", "number", "confidential")
        return not head and not self._fields[key].is_empty(value_of(self._record, key))

    def _caption(self, text: str) -> None:
        face = self._faces.section
        high = self._sheet.line_height(face)
        # Never alone at the end of a page.
        self._sheet.keep(GAP + 4 * high)
        self._sheet.y += GAP
        write_lines(self._sheet, text, face)
        self._sheet.y += GAP / 3

    def _line(self, keys: tuple[str, ...], section: Section) -> None:
        first = self._fields[keys[0]]
        if isinstance(first, Rows):
            if first.row is Attachment:
                self._files(value_of(self._record, keys[0]))
            else:
                self._table(first, value_of(self._record, keys[0]), bare=section.bare)
            return
        keys = tuple(key for key in keys if key not in ("title", "number", "confidential"))
        if section.bare:
            # The caption says it.
            self._ruled([Column(weight=1)]).row([self._text(keys[0])])
            return
        columns, texts = [], []
        for key in keys:
            columns += [Column(points=_LABEL, label=True), Column(weight=1)]
            texts += [_(self._fields[key].title), self._text(key)]
        self._ruled(columns).row(texts)

    def _ruled(self, columns: Sequence[Column]) -> PaperTable:
        return PaperTable(self._sheet, columns, self._faces.label, self._faces.body)

    def _table(self, declared: Rows, rows: Sequence[Any], *, bare: bool) -> None:
        if not bare:
            write_lines(self._sheet, _(declared.title), self._faces.label)
        keys = _columns_in_use(declared, rows)
        fields = fields_of(declared.row)
        texts = [[self._cell(fields[key], getattr(row, key)) for key in keys] for row in rows]
        columns = columns_for(
            self._sheet,
            [_(fields[key].title) for key in keys],
            texts,
            [is_figure(fields[key]) for key in keys],
            self._faces,
        )
        table = self._ruled(columns)
        self._sheet.keep(4 * self._sheet.line_height(self._faces.body))
        table.header()
        for number, row in enumerate(texts, start=1):
            table.row([str(number), *row])
        self._sheet.y += GAP

    # Files

    def _files(self, files: Sequence[Attachment]) -> None:
        shown = [one for one in files if one.sha256 in self._paper.pictures]
        for at in range(0, len(shown), _PICTURES_ACROSS):
            self._pictures(shown[at : at + _PICTURES_ACROSS])
        others = [one for one in files if one not in shown]
        columns = [Column(points=_LABEL, label=True), Column(weight=1)]
        for number, one in enumerate(others, start=1):
            title = _("附件 {number}").format(number=number)
            words = " ".join(filter(None, (_stage_of(one), one.name, one.caption)))
            self._ruled(columns).row([title, words])

    def _pictures(self, files: Sequence[Attachment]) -> None:
        sheet, face = self._sheet, self._faces.small
        width = sheet.width / _PICTURES_ACROSS
        captions = [sheet.lines(_caption_of(one), face, width - GAP) for one in files]
        below = max(map(len, captions)) * sheet.line_height(face)
        sheet.keep(_PICTURE + below + GAP)
        for place, (one, lines) in enumerate(zip(files, captions, strict=True)):
            left = place * width
            picture = self._paper.pictures[one.sha256]
            sheet.picture(picture, (left + GAP / 2, sheet.y, width - GAP, _PICTURE))
            high = len(lines) * sheet.line_height(face)
            box = (left + GAP / 2, sheet.y + _PICTURE, width - GAP, high)
            sheet.write(lines, face, box, Qt.AlignmentFlag.AlignHCenter)
        sheet.y += _PICTURE + below + GAP

    # The end

    def _foot(self) -> None:
        record, sheet = self._record, self._sheet
        when = {key: self._fields[key].show(value_of(record, key)) for key in _MOMENTS}
        told = _("历史：{made} 新建，共 {count} 版，最近一次修改 {changed}。").format(
            made=when["created_at"], count=record.revision, changed=when["updated_at"]
        )
        sheet.keep(2 * GAP + _SIGNATURES + 2 * sheet.line_height(self._faces.small))
        sheet.y += GAP
        write_lines(sheet, told, self._faces.small)
        sheet.y += GAP
        third = sheet.width / 3
        signed = (_("经办人（签字）："), _("负责人（签字）："), _("日期：　　年　　月　　日"))
        for place, words in enumerate(signed):
            high = sheet.line_height(self._faces.body)
            box = (place * third, sheet.y + _SIGNATURES - high, third, high)
            sheet.write([words], self._faces.body, box, Qt.AlignmentFlag.AlignLeft)
        sheet.y += _SIGNATURES

    def _text(self, key: str) -> str:
        return self._cell(self._fields[key], value_of(self._record, key))

    def _cell(self, declared: Field[Any], value: Any) -> str:  # noqa: ANN401 - fields differ
        if isinstance(declared, Reference):
            known = self._paper.named.records.get(value)
            return " ".join(known[1:]) if known else value
        if isinstance(declared, UnitCode):
            return self._paper.named.units.get(value, value)
        text = declared.show(value)
        return self._row_names.get(text, text)


def _stage_of(one: Attachment) -> str:
    return fields_of(Attachment)["stage"].show(one.stage)


def _caption_of(one: Attachment) -> str:
    """Return what stands below a photo: 整改后 东侧走廊, or its file's name."""
    return " ".join(filter(None, (_stage_of(one), one.caption or one.name)))


_MOMENTS = ("created_at", "updated_at")


def _columns_in_use(declared: Field[Any], rows: Sequence[Any]) -> list[str]:
    """Return the columns in which any row says something."""
    if not isinstance(declared, Rows) or declared.row is Attachment:
        return []
    return [
        key
        for key, column in fields_of(declared.row).items()
        if key != "key" and any(not column.is_empty(getattr(row, key)) for row in rows)
    ]


def _row_names(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what other rows call a row of the record, whose key they hold: 第 2 条 来电即接."""
    for name, declared in kind_of(record.kind).fields.items():
        if not isinstance(declared, Rows):
            continue
        for number, row in enumerate(value_of(record, name), start=1):
            said = str(getattr(row, "text", "") or "")
            words = _("第 {number} 条 {text}").format(number=number, text=said)
            yield row.key, words.strip()
