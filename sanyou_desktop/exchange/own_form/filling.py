"""Filling a superior's form from the ledger: its rows and the lines above, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.exchange.markup import (
    element,
    root_prefix,
    start_tag,
    with_attribute,
)
from sanyou_desktop.exchange.own_form.answers import Answers, is_vague
from sanyou_desktop.exchange.own_form.choices import Choices, choices_of
from sanyou_desktop.exchange.own_form.chosen_words import ChosenWords
from sanyou_desktop.exchange.own_form.computed import COMPUTES
from sanyou_desktop.exchange.own_form.groups import Group, by_group, by_page, groups_of
from sanyou_desktop.exchange.own_form.labelled import (
    LabelledCell,
    labelled_cells,
)
from sanyou_desktop.exchange.own_form.layout import (
    NUMBER,
    Body,
    Layout,
    body_of,
    merged_areas,
)
from sanyou_desktop.exchange.own_form.references import Insertion
from sanyou_desktop.exchange.own_form.row_insertion import with_rows
from sanyou_desktop.exchange.own_form.rows_elsewhere import move_references
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.row_height import height_of
from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column, Row
from sanyou_desktop.exchange.styles import USUAL_POINTS, Styles
from sanyou_desktop.exchange.workbook_parts import SheetEntry, WorkbookParts
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _, to_user

# Excel's limit of a row's height, in points.
_TALLEST = 409.0


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
        reworded: what was written by a word of the form's list in place of the ledger's, in words.
        vague: cells with a sum in words (140多万元), which no formula of the form adds up.
        cells: how many single cells were filled, of forms that have no rows.
        undefined: cells for whose figures there is nothing to compute them from.
        unplaced: titles of records for which the form has no line, of those that are set apart.
        unclear: cells whose figures leave out records of which the day is not known well enough.
    """

    content: bytes
    rows: int
    inserted: int
    refused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    cells: int = 0
    undefined: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return one or two sentences."""
        told = _("已填 {count} 行。").format(count=self.rows)
        if self.cells:
            told = _("已填 {count} 格。").format(count=self.cells)
        if self.undefined:
            told += _("有 {count} 格没有可供计算的记录，没有填写：{cells}。").format(
                count=len(self.undefined), cells=_("、").join(self.undefined[:5])
            )
        if self.unclear:
            told += _("有 {count} 格没有计入日期不明的记录，请核对：{cells}。").format(
                count=len(self.unclear), cells=_("、").join(self.unclear[:5])
            )
        if self.inserted:
            told += _("表中空行不够，按原样加了 {count} 行。").format(count=self.inserted)
        if self.unplaced:
            told += _("有 {count} 条在表中没有对应的类别，没有填写：{titles}。").format(
                count=len(self.unplaced), titles=_("、").join(self.unplaced[:5])
            )
        if self.skipped:
            told += _("有 {count} 格是公式或合并的格子，没有填写，请核对：{cells}").format(
                count=len(self.skipped), cells=_("、").join(self.skipped[:5])
            )
        if self.reworded:
            told += _("按表中规定的选项改写：{words}。").format(words=_("，").join(self.reworded))
        if self.vague:
            told += _(
                "有 {count} 格的数是约数，照原文填写，表中的求和公式不计这些格：{cells}。"
            ).format(count=len(self.vague), cells=_("、").join(self.vague[:5]))
        if self.refused:
            told += _("有 {count} 格的内容不在该格规定的选项中，请核对：{cells}。").format(
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
    entry = entry_of(parts, layout, name)
    body = body_of(parts.worksheet(entry), layout)
    chosen = list(records)
    column, groups = groups_of(parts.worksheet(entry), layout, body)
    if groups and not replacing:
        placed, others = by_group(chosen, layout, column, groups)
        return _filled_groups(parts, layout, column, placed, others, answers)
    if body.pages and not body.filled:
        return _filled_groups(parts, layout, -1, by_page(chosen, body), (), answers)
    start = body.first if replacing or not body.filled else max(body.filled) + 1
    missing = max(0, start + len(chosen) - 1 - body.last)
    grows = missing > 0 and _has_model(parts.worksheet(entry), body, layout, name)
    if grows:
        _make_room(parts, entry, Insertion(layout.sheet, body.last, missing), name)
    part = parts.worksheet(entry)
    filling = _Filling(part, layout, answers, choices_of(parts, layout.sheet, part))
    now = replace(body, last=body.last + missing) if grows else body
    for cell in labelled_cells(part, layout, now):
        filling.answer(cell)
    for number, record in enumerate(chosen, start=start - body.first + 1):
        filling.row(body.first + number - 1, number, record)
    if replacing:
        filling.clear(start + len(chosen), body)
    keep(parts, entry, part)
    return filling.done(package.to_bytes(), len(chosen), 0 if body.is_open else missing)


def _filled_groups(
    parts: WorkbookParts,
    layout: Layout,
    column: int,
    placed: Mapping[Group, list[Record]],
    others: Sequence[Record],
    answers: Answers,
) -> Filled:
    """Return the form with each record among the lines of its group, which grow as they must."""
    name = parts.package.name
    entry = entry_of(parts, layout, name)
    inserted = 0
    for group in reversed(list(placed)):
        missing = len(placed[group]) - (group.last - group.first + 1)
        if missing > 0:
            _make_room(parts, entry, Insertion(layout.sheet, group.last, missing), name)
            inserted += missing
    part = parts.worksheet(entry)
    without = {at: source for at, source in layout.columns.items() if at != column}
    choices = choices_of(parts, layout.sheet, part)
    filling = _Filling(part, replace(layout, columns=without), answers, choices)
    body = body_of(part, layout)
    for cell in labelled_cells(part, layout, body):
        filling.answer(cell)
    moved, number = 0, 0
    for group, records in placed.items():
        for place, record in enumerate(records):
            number += 1
            filling.row(group.first + moved + place, number, record)
        moved += max(0, len(records) - (group.last - group.first + 1))
    keep(parts, entry, part)
    unplaced = tuple(record.title for record in others)
    done = filling.done(parts.package.to_bytes(), number, inserted)
    return replace(done, unplaced=unplaced)


def entry_of(parts: WorkbookParts, layout: Layout, name: str) -> SheetEntry:
    """Return the sheet of a layout.

    Raises:
        Unsupported: the workbook has none of that name.
    """
    for entry in parts.sheets():
        if entry.name == layout.sheet:
            return entry
    raise Unsupported(
        to_user("{name} 里没有「{sheet}」这张表，没有填写。请重新对应这份表格的各列。").format(
            name=name, sheet=layout.sheet
        )
    )


def _has_model(part: Worksheet, body: Body, layout: Layout, name: str) -> bool:
    """Tell whether the table's last row is there, so that new ones can be made like it.

    Raises:
        Unsupported: no row is left between the headers and what stands below them.
    """
    if body.last < body.first:
        raise Unsupported(
            to_user(
                "{name} 的「{sheet}」表头下面没有留空行，没有填写。"
                "请在表头下面留一行空行，再填一次。"
            ).format(name=name, sheet=layout.sheet)
        )
    return not body.is_open or bool(part.styles(body.last))


def _make_room(parts: WorkbookParts, entry: SheetEntry, insertion: Insertion, name: str) -> None:
    package = parts.package
    package.replace(entry.part, with_rows(package.read_markup(entry.part), insertion, name))
    move_references(parts, entry, insertion)
    parts.drop_calculation_chain()


def keep(parts: WorkbookParts, entry: SheetEntry, part: Worksheet) -> None:
    """Put the filled sheet back; what it computes is computed anew when the file is opened."""
    package = parts.package
    before = package.read(entry.part)
    made = part.to_bytes()
    if made == before and not package.is_changed:
        return
    package.replace(entry.part, without_results(made, part.prefix))
    parts.keep_styles()
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
        self.words = ChosenWords(choices)
        self._covered = {
            (row, column)
            for top, left, bottom, right in merged_areas(part)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        self.skipped: list[str] = []
        self.vague: list[str] = []

    def done(self, content: bytes, rows: int, inserted: int) -> Filled:
        """Return the filled form with what there is to tell of it."""
        return Filled(
            content,
            rows,
            inserted,
            tuple(self.words.refused),
            self.words.unknown,
            tuple(self.skipped),
            self.words.reworded,
            tuple(self.vague),
        )

    def answer(self, cell: LabelledCell) -> None:
        """Fill a cell beside the table, if anything is known of what it asks for."""
        text = cell.answered(self._answers.texts())
        if not text:
            return
        style = self._part.styles(cell.row).get(cell.column, "")
        self._part.write(cell.row, {cell.column: text}, {cell.column: style})

    def row(self, row: int, number: int, record: Record) -> None:
        """Fill a row of the table; formulas of the form stay."""
        values: dict[int, CellValue] = {}
        formulas = self._part.formulas(row)
        for column, source in self._layout.columns.items():
            unit = self._layout.units.get(column, "")
            value = self._answers.of_record(record, source, unit) if source != NUMBER else number
            if column not in formulas and (row, column) not in self._covered:
                values[column] = self.words.fitting((row, column), source, record, value)
                if is_vague(record, source, value):
                    self.vague.append(f"{column_name(column)}{row}")
            elif source[0] not in ("#", COMPUTES) and value not in (None, ""):
                self.skipped.append(f"{column_name(column)}{row}")
        self._write(row, values)

    def clear(self, first: int, body: Body) -> None:
        """Empty the rows that are left of a former filling."""
        for row in body.filled:
            if row >= first:
                formulas = self._part.formulas(row)
                wanted = [c for c in self._layout.columns if c not in formulas]
                self._write(row, dict.fromkeys(wanted))

    def _write(self, row: int, values: dict[int, CellValue]) -> None:
        styles = self._part.styles(row)
        looks = {}
        for column, value in values.items():
            style = styles.get(column, "") or self._part.column_style(column)
            looks[column] = self._part.reading.styles.fitting(style, value)
        self._part.write(row, values, looks)
        self._part.fit(row, self._height(values, looks), although_set=True)

    def _height(self, values: dict[int, CellValue], looks: dict[int, str]) -> float:
        """Return the points that the row's texts need, each in its letters and its column."""
        styles = self._part.reading.styles
        return max(
            (
                needed_height(styles, looks[column], self._part.column_width(column), value)
                for column, value in values.items()
                if isinstance(value, str)
            ),
            default=0.0,
        )


def needed_height(styles: Styles, look: str, width: float, text: str) -> float:
    """Return the points that a text needs in a cell ``width`` half-width characters wide.

    A style that does not let texts go on in a second line needs none.
    """
    if not text or not styles.wraps(look):
        return 0.0
    scale = styles.font_points(look) / USUAL_POINTS
    cell = Column("", "", width / scale, CellStyle.WRAPPED)
    height = height_of((cell,), Row("", "", 0, "", (text,)))
    return min(height * scale, _TALLEST)
