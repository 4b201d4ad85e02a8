"""Filling a superior's form from the ledger: its rows and the lines above, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.columns import cell_of
from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.markup import (
    element,
    root_prefix,
    start_tag,
    with_attribute,
)
from sanyou_desktop.exchange.own_form.choices import Choices, choices_of
from sanyou_desktop.exchange.own_form.layout import (
    NUMBER,
    PERIOD,
    TODAY,
    UNIT_CODE,
    UNIT_NAME,
    Body,
    LabelledCell,
    Layout,
    body_of,
    labelled_cells,
    merged_areas,
)
from sanyou_desktop.exchange.own_form.references import Insertion
from sanyou_desktop.exchange.own_form.row_insertion import with_rows
from sanyou_desktop.exchange.own_form.rows_elsewhere import move_references
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.row_height import height_of
from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column, Row, text_of
from sanyou_desktop.exchange.styles import USUAL_POINTS
from sanyou_desktop.exchange.workbook_parts import SheetEntry, WorkbookParts
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _, to_user

# Excel's limit of a row's height, in points.
_TALLEST = 409.0


@dataclass(frozen=True)
class Answers:
    """What the cells above the table and the unit's columns are filled with.

    Attributes:
        unit_names: names by code.
        unit: the code of the unit that fills the form.
        period: what it covers, in words.
        today: the day of filling.
        references: number and title by id of what records refer to.
    """

    unit_names: Mapping[str, str]
    unit: str
    period: str
    today: date
    references: Mapping[str, str]

    def of(self, source: str) -> str:
        """Return the text for a labelled cell."""
        return {
            UNIT_NAME: self.unit_names.get(self.unit, self.unit),
            UNIT_CODE: self.unit,
            PERIOD: self.period,
            TODAY: PartialDate.of(self.today).in_words(),
        }[source]


@dataclass(frozen=True)
class Filled:
    """A form that was filled.

    Attributes:
        content: the workbook.
        rows: how many records it holds now.
        inserted: how many rows were made for them.
        refused: cells whose list of choices does not have what the ledger says, in words.
        unknown: columns whose choices are computed, so that nobody could look.
        skipped: cells that the ledger has something for and that belong to the form: a formula, or
            a part of a merged cell.
    """

    content: bytes
    rows: int
    inserted: int
    refused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return one or two sentences."""
        told = _("已填 {count} 行。").format(count=self.rows)
        if self.inserted:
            told += _("表中空行不够，按原样加了 {count} 行。").format(count=self.inserted)
        if self.skipped:
            told += _("有 {count} 格是公式或合并的格子，没有填写，请核对：{cells}").format(
                count=len(self.skipped), cells=_("、").join(self.skipped[:5])
            )
        if self.refused:
            told += _("有 {count} 格的内容不在该格规定的选项中，请核对：{cells}").format(
                count=len(self.refused), cells=_("；").join(self.refused[:5])
            )
        if self.unknown:
            told += _("{columns} 列的选项由公式得出，没有核对。").format(
                columns=_("、").join(self.unknown)
            )
        return told


def filled_form(
    data: bytes,
    name: str,
    layout: Layout,
    records: Iterable[Record],
    answers: Answers,
    *,
    replacing: bool = False,
) -> Filled:
    """Return the form with a row a record.

    Args:
        data: the form as it was sent; it is not changed.
        name: its name, for messages.
        layout: where and with what it is filled.
        records: what fills the rows, in order.
        answers: what fills the rest.
        replacing: rows that are filled already are written over, from the first on; else the new
            ones come below them.

    Raises:
        NotAWorkbook, Unsupported, TooLarge: the form cannot be filled, with the reason.
    """
    package = Package(data, name)
    parts = WorkbookParts(package)
    entry = _entry(parts, layout, name)
    body = body_of(parts.worksheet(entry), layout)
    chosen = list(records)
    start = body.first if replacing or not body.filled else max(body.filled) + 1
    missing = start + len(chosen) - 1 - body.last
    if missing > 0 and not body.is_open:
        _make_room(parts, entry, Insertion(layout.sheet, body.last, missing), name)
    part = parts.worksheet(entry)
    filling = _Filling(part, layout, answers, choices_of(parts, layout.sheet, part))
    for cell in labelled_cells(part, layout):
        filling.answer(cell)
    for number, record in enumerate(chosen, start=start - body.first + 1):
        filling.row(body.first + number - 1, number, record)
    if replacing:
        filling.clear(start + len(chosen), body)
    _keep(parts, entry, part)
    inserted = max(0, missing) if not body.is_open else 0
    return Filled(
        package.to_bytes(),
        len(chosen),
        inserted,
        tuple(filling.refused),
        filling.unknown,
        tuple(filling.skipped),
    )


def _entry(parts: WorkbookParts, layout: Layout, name: str) -> SheetEntry:
    for entry in parts.sheets():
        if entry.name == layout.sheet:
            return entry
    raise Unsupported(
        to_user("{name} 里没有「{sheet}」这张表，没有填写。请重新对应这份表格的各列。").format(
            name=name, sheet=layout.sheet
        )
    )


def _make_room(parts: WorkbookParts, entry: SheetEntry, insertion: Insertion, name: str) -> None:
    package = parts.package
    package.replace(entry.part, with_rows(package.read_markup(entry.part), insertion, name))
    move_references(parts, entry, insertion)
    parts.drop_calculation_chain()


def _keep(parts: WorkbookParts, entry: SheetEntry, part: Worksheet) -> None:
    """Put the filled sheet back; what it computes is computed anew when the file is opened."""
    package = parts.package
    before = package.read(entry.part)
    made = part.to_bytes()
    if made == before and not package.is_changed:
        return
    package.replace(entry.part, without_results(made, part.prefix))
    package.replace(parts.styles_part, part.reading.styles.data)
    data = package.read_markup(parts.part)
    found = start_tag(root_prefix(data) + b"calcPr").search(data)
    if found is not None:
        tag = with_attribute(found.group(0), "fullCalcOnLoad", "1")
        package.replace(parts.part, data[: found.start()] + tag + data[found.end() :])


def without_results(data: bytes, prefix: bytes) -> bytes:
    """Return a worksheet part whose formulas have no kept results: those are of former values."""
    formula = start_tag(prefix + b"f")
    value = element(prefix + b"v")

    def cleared(match: re.Match[bytes]) -> bytes:
        cell = match.group(0)
        return value.sub(b"", cell) if formula.search(cell) else cell

    return element(prefix + b"c").sub(cleared, data)


class _Filling:
    """The sheet that is being filled."""

    def __init__(
        self, part: Worksheet, layout: Layout, answers: Answers, choices: list[Choices]
    ) -> None:
        self._part = part
        self._layout = layout
        self._answers = answers
        self._choices = choices
        self._covered = {
            (row, column)
            for top, left, bottom, right in merged_areas(part)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        self.refused: list[str] = []
        self.skipped: list[str] = []
        self._unknown: set[int] = set()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns whose choices could not be known."""
        return tuple(column_name(column) for column in sorted(self._unknown))

    def answer(self, cell: LabelledCell) -> None:
        """Fill a cell above the table."""
        text = cell.before + self._answers.of(cell.source)
        style = self._part.styles(cell.row).get(cell.column, "")
        self._part.write(cell.row, {cell.column: text}, {cell.column: style})

    def row(self, row: int, number: int, record: Record) -> None:
        """Fill a row of the table; formulas of the form stay."""
        values: dict[int, CellValue] = {}
        formulas = self._part.formulas(row)
        for column, source in self._layout.columns.items():
            value = self._value(source, number, record)
            if column not in formulas and (row, column) not in self._covered:
                values[column] = value
            elif not source.startswith("#") and value not in (None, ""):
                self.skipped.append(f"{column_name(column)}{row}")
        self._write(row, values)

    def clear(self, first: int, body: Body) -> None:
        """Empty the rows that are left of a former filling."""
        for row in body.filled:
            if row >= first:
                formulas = self._part.formulas(row)
                wanted = [c for c in self._layout.columns if c not in formulas]
                self._write(row, dict.fromkeys(wanted))

    def _value(self, source: str, number: int, record: Record) -> CellValue:
        if source == NUMBER:
            return number
        if source == UNIT_NAME:
            return self._answers.unit_names.get(record.unit, record.unit)
        if source == UNIT_CODE:
            return record.unit
        return cell_of(record, source, self._answers.references)

    def _write(self, row: int, values: dict[int, CellValue]) -> None:
        styles = self._part.styles(row)
        looks = {}
        for column, value in values.items():
            style = styles.get(column, "") or self._part.column_style(column)
            looks[column] = self._part.reading.styles.fitting(style, value)
            self._check(row, column, value)
        self._part.write(row, values, looks)
        self._part.fit(row, self._height(values, looks), although_set=True)

    def _height(self, values: dict[int, CellValue], looks: dict[int, str]) -> float:
        """Return the points that the row's texts need, each in its letters and its column."""
        styles = self._part.reading.styles
        needed = 0.0
        for column, value in values.items():
            if isinstance(value, str) and value and styles.wraps(looks[column]):
                scale = styles.font_points(looks[column]) / USUAL_POINTS
                width = self._part.column_width(column) / scale
                cell = Column("", "", width, CellStyle.WRAPPED)
                height = height_of((cell,), Row("", "", 0, "", (value,)))
                needed = max(needed, height * scale)
        return min(needed, _TALLEST)

    def _check(self, row: int, column: int, value: CellValue) -> None:
        text = text_of(value)
        if not text or isinstance(value, int | Decimal | date):
            return
        for choice in self._choices:
            if not choice.covers(row, column):
                continue
            options = choice.options(row, column)
            if options is None:
                self._unknown.add(column)
            elif text not in options:
                self.refused.append(
                    _("{cell}「{text}」（可选：{options}）").format(
                        cell=f"{column_name(column)}{row}",
                        text=text,
                        options=_("、").join(options[:6]),
                    )
                )
