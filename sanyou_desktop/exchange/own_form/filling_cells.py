"""Filling single cells of a superior's form: the figures that it asks for, or one record's card."""

from __future__ import annotations

from collections.abc import Callable

from sanyou_desktop.exchange.own_form.answers import Answers, is_vague
from sanyou_desktop.exchange.own_form.choices import choices_of
from sanyou_desktop.exchange.own_form.chosen_words import ChosenWords
from sanyou_desktop.exchange.own_form.figures import Figures, shown
from sanyou_desktop.exchange.own_form.filling import (
    Filled,
    entry_of,
    keep,
    needed_height,
)
from sanyou_desktop.exchange.own_form.labelled import labelled_cells
from sanyou_desktop.exchange.own_form.layout import Body, Layout, merged_areas
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.sheet import CellValue, text_of
from sanyou_desktop.exchange.tables.found_columns import AskedCell
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.model.quantity import Total
from sanyou_desktop.model.record import Record


def filled_figures(
    data: bytes, name: str, layout: Layout, figures: Figures, answers: Answers
) -> Filled:
    """Return the form with its figures, and the lines around them answered.

    Raises:
        NotAWorkbook, Unsupported, TooLarge: the form cannot be filled, with the reason.
    """
    undefined: list[str] = []
    vague: list[str] = []
    unclear: list[str] = []

    def value_of(cell: AskedCell) -> CellValue:
        value, shape, left_out = figures.of(cell)
        if value is None:
            undefined.append(cell.letter)
        if left_out:
            unclear.append(cell.letter)
        held = shown(value, shape, cell.unit)
        if isinstance(value, Total) and isinstance(held, str):
            vague.append(cell.letter)
        return held

    content, count, _words = _filled(data, name, layout, value_of, answers)
    return Filled(
        content,
        0,
        0,
        cells=count,
        vague=tuple(vague),
        undefined=tuple(undefined),
        unclear=tuple(unclear),
    )


def filled_card(data: bytes, name: str, layout: Layout, record: Record, answers: Answers) -> Filled:
    """Return the form with one record in it.

    Raises:
        NotAWorkbook, Unsupported, TooLarge: the form cannot be filled, with the reason.
    """
    vague: list[str] = []

    def value_of(cell: AskedCell) -> CellValue:
        value = answers.of_record(record, cell.source, cell.unit)
        if is_vague(record, cell.source, value):
            vague.append(cell.letter)
        return value

    content, count, words = _filled(data, name, layout, value_of, answers, record)
    return Filled(
        content,
        1,
        0,
        tuple(words.refused),
        words.unknown,
        reworded=words.reworded,
        vague=tuple(vague),
        cells=count,
    )


def _filled(
    data: bytes,
    name: str,
    layout: Layout,
    value_of: Callable[[AskedCell], CellValue],
    answers: Answers,
    record: Record | None = None,
) -> tuple[bytes, int, ChosenWords]:
    package = Package(data, name)
    parts = WorkbookParts(package)
    entry = entry_of(parts, layout, name)
    part = parts.worksheet(entry)
    words = ChosenWords(choices_of(parts, layout.sheet, part))
    asked = {(cell.row, cell.at) for cell in layout.cells}
    count = 0
    for cell in layout.cells:
        value = value_of(cell)
        if record is not None:
            value = words.fitting((cell.row, cell.at), cell.source, record, value)
        if value not in (None, ""):
            _write(part, cell, value)
            count += 1
    for line in labelled_cells(part, layout, Body(1, 0, (), is_open=False)):
        text = line.answered(answers.texts())
        if text and (line.row, line.column) not in asked:
            style = part.styles(line.row).get(line.column, "")
            part.write(line.row, {line.column: text}, {line.column: style})
    keep(parts, entry, part)
    return package.to_bytes(), count, words


def _write(part: Worksheet, cell: AskedCell, value: CellValue) -> None:
    style = part.styles(cell.row).get(cell.at, "") or part.column_style(cell.at)
    held: CellValue = value
    if cell.before:
        held = cell.before + text_of(value)
    looks = part.reading.styles.fitting(style, held)
    part.write(cell.row, {cell.at: held}, {cell.at: looks})
    if isinstance(held, str):
        merged = merged_areas(part)
        area = next((one for one in merged if one[:2] == (cell.row, cell.at)), None)
        last = area[3] if area else cell.at
        # A box over several rows has room that one row does not show.
        if area is None or area[2] == cell.row:
            width = sum(part.column_width(column) for column in range(cell.at, last + 1))
            height = needed_height(part.reading.styles, looks, width, held)
            part.fit(cell.row, height, although_set=True)
