"""A named list written as a plain table that a clerk can print, fill and send on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.columns import fitting
from sanyou_desktop.exchange.report_looks import Looks
from sanyou_desktop.exchange.row_height import height_of
from sanyou_desktop.exchange.scheme_table import ABOUT, UNKNOWN, sheet_name
from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column, Row
from sanyou_desktop.model.fields import fields_of
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import value_of
from sanyou_desktop.model.scheme import Entry, Scheme
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
# Characters across an A4 page that stands upright.
_UPRIGHT = 88
_WRAPPED, _CENTRED = CellStyle.WRAPPED, CellStyle.TEXT
_COLUMNS: tuple[tuple[str, float, CellStyle], ...] = (
    ("text", 40, _WRAPPED),
    ("follow_through", 28, _WRAPPED),
    ("standard", 32, _WRAPPED),
    ("time_limit", 14, _WRAPPED),
    ("target", 9, CellStyle.DECIMAL),
    ("full_score", 8, CellStyle.DECIMAL),
    ("deduction", 10, CellStyle.DECIMAL),
    ("veto", 10, _CENTRED),
)


def table_bytes(scheme: Scheme) -> bytes:
    """Return an .xlsx workbook of one sheet: title, what is known of the list, its entries."""
    from xlsxwriter import Workbook

    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(sheet_name(scheme.title))
    _fill(page, Looks(book), scheme)
    book.close()
    return made.getvalue()


def _fill(page: Worksheet, looks: Looks, scheme: Scheme) -> None:
    columns = _columns(scheme)
    last = len(columns) - 1
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    page.set_row(0, 32)
    page.merge_range(0, 0, 0, last, "", looks["title"])
    page.write_string(0, 0, scheme.title, looks["title"])
    row = 1
    whole = Column("", "", sum(column.width for column in columns), _WRAPPED, (), True)
    for text in _about(scheme):
        page.merge_range(row, 0, row, last, "", looks["cover_note"])
        page.write_string(row, 0, fitting(text), looks["cover_note"])
        page.set_row(row, height_of((whole,), Row("", "", 0, "", (fitting(text),))))
        row += 1
    page.set_row(row, 26)
    for place, column in enumerate(columns):
        page.write_string(row, place, column.title, looks["header"])
    _set_up(page, row, upright=whole.width <= _UPRIGHT)
    for number, entry in enumerate(scheme.entries, start=1):
        cells = tuple(_cell(entry, column.key, number) for column in columns)
        page.set_row(row + number, height_of(columns, Row("", "", 0, "", cells)))
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            looks.write(page, row + number, place, cell, column.style)


def _set_up(page: Worksheet, header: int, *, upright: bool) -> None:
    if not upright:
        page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.freeze_panes(header + 1, 0)
    page.set_footer(_("&C第 &P 页 共 &N 页"))
    page.hide_gridlines(2)


def _columns(scheme: Scheme) -> tuple[Column, ...]:
    """Return the columns that hold anything; the text always, with its number before it."""
    blank = Entry()
    titles = {key: _(field.title) for key, field in fields_of(Entry).items()}
    used = [
        Column(key, titles[key], width, style, (), True)
        for key, width, style in _COLUMNS
        if key == "text"
        or any(value_of(entry, key) != value_of(blank, key) for entry in scheme.entries)
    ]
    number = Column("number", _("序号"), 6, CellStyle.INTEGER, (), True)
    # A table of few columns fills the upright page all the same.
    left = _UPRIGHT - number.width - sum(column.width for column in used)
    used[0] = replace(used[0], width=used[0].width + max(0, left))
    return (number, *used)


def _cell(entry: Entry, key: str, number: int) -> CellValue:
    if key == "number":
        return number
    if key == "text":
        return fitting(entry.text) or _(UNKNOWN)
    if key == "veto":
        return _("是") if entry.veto else None
    value: CellValue = value_of(entry, key)
    return value


def _about(scheme: Scheme) -> Iterator[str]:
    for key in ABOUT:
        field = kind_of("scheme").fields[key]
        value = value_of(scheme, key)
        if not field.is_empty(value):
            yield _("{label}：{text}").format(label=_(field.title), text=field.show(value))
