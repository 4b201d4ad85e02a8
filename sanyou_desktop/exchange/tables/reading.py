"""Reading a table from any file that offices send: .xlsx, .xls, .et, .ods, .csv, .txt.

What a file is, is decided by its content, not by its name; every limit is looked at before calamine
parses it.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from zipfile import ZipFile, is_zipfile

from sanyou_desktop.exchange.errors import NotAWorkbook, TooLarge, Unsupported
from sanyou_desktop.exchange.limits import (
    MEGABYTE,
    MOST_CELLS_OF_TABLE,
    check_markup,
    check_open_document,
    read_entry,
    read_file,
    too_wide,
)
from sanyou_desktop.exchange.old_workbook import check_old_workbook, damage_told, with_password
from sanyou_desktop.exchange.open_document_extent import check_repeated
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.read_workbook import check_parts, is_panic
from sanyou_desktop.exchange.scheme_headers import Line
from sanyou_desktop.exchange.tables.cell_looks import CellLooks, Formats
from sanyou_desktop.exchange.tables.grid import Area, Grid
from sanyou_desktop.exchange.tables.old_cell_looks import old_looks
from sanyou_desktop.exchange.tables.open_cell_looks import counts_from_1904, open_looks
from sanyou_desktop.exchange.text_file import decoded
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.wording import _, to_user

# Records made of so many rows take some 340 MB, and twice as much with every row in conflict.
MOST_ROWS = 50_000
LARGEST_TEXT = 64 * MEGABYTE
LARGEST_OLD = 32 * MEGABYTE
# Of so many filled cells the texts are kept; they take some 150 bytes each.
_MOST_FILLED = 2_500_000
_MOST_SPREAD = 2_000_000
# Enough to see by what a text is divided.
_BEGINNING = 1 << 20
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = "\t,;，"
_LINES_TRIED = 50


def read_grids(path: Path) -> list[Grid]:
    """Return the sheets of a file that show anything.

    Raises:
        ExchangeError: the file is refused, with the reason and what to do.
    """
    try:
        data = read_file(path)
    except FileNotFoundError as error:
        raise NotAWorkbook(
            to_user("没有找到 {name}，没有读入。请检查文件是否被移走。").format(name=path.name)
        ) from error
    grids = [grid for grid in grids_of(data, path.name) if grid.lines]
    if not grids:
        raise NotAWorkbook(
            to_user("{name} 里没有内容，没有读入。请检查是否选错文件。").format(name=path.name)
        )
    return grids


def grid_of_text(text: str, name: str = "") -> Grid:
    """Return the table of a pasted block or a text file.

    Raises:
        NotAWorkbook: a quotation mark is never closed.
        TooLarge: it has more rows than are taken at once.
    """
    try:
        beginning = text[:_BEGINNING]
        delimiter = max(_DELIMITERS, key=lambda one: _rows_alike(beginning, one))
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        return Grid("", _lines(enumerate(rows, start=1), name))
    except csv.Error as error:
        raise NotAWorkbook(
            to_user("{name} 不是完整的表格文字，没有读入。请用 Excel 或 WPS 另存一份再试。").format(
                name=name or to_user("粘贴的内容")
            )
        ) from error


def _rows_alike(text: str, delimiter: str) -> int:
    """Return how many of the first rows a delimiter cuts into equally many cells, two or more.

    Sentences hold more commas than a table has columns, but not equally many in every row.
    """
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    widths = Counter(len(row) for row in islice(read, _LINES_TRIED))
    return max((count for width, count in widths.items() if width > 1), default=0)


def is_package(data: bytes) -> bool:
    """Tell whether it is a workbook of parts (.xlsx, .xlsm), or at least nothing else we know."""
    # That says which it is stands first, as it should, or elsewhere in what other programs pack.
    is_open_document = (
        data[30:38] == b"mimetype"
        or b"opendocument" in data[:200]
        or (b"META-INF/manifest.xml" in data and b"[Content_Types].xml" not in data)
    )
    return not data.startswith(_COMPOUND) and not is_open_document


def grids_of(data: bytes, name: str) -> Iterator[Grid]:
    """Yield every sheet of a file, those that show nothing too.

    Raises:
        ExchangeError: the file is refused, with the reason and what to do.
    """
    if data.startswith(_COMPOUND):
        yield from _old_workbook(data, name)
    elif is_zipfile(io.BytesIO(data)):
        yield from _zipped(data, name)
    elif len(data) > LARGEST_TEXT:
        raise TooLarge(
            to_user("{name} 超过 {size} MB，没有读入。请分成几个文件。").format(
                name=name, size=LARGEST_TEXT // MEGABYTE
            )
        )
    else:
        yield grid_of_text(decoded(data, name), name)


def _zipped(data: bytes, name: str) -> Iterator[Grid]:
    if not is_package(data):
        check_open_document(data, name)
        looks, is_1904 = _open_looks(data, name)
        for grid in _by_calamine(data, name, looks):
            yield replace(grid, is_1904=is_1904)
        return
    check_parts(data, name, MOST_CELLS_OF_TABLE)
    package = Package(data, name)
    found: dict[str, CellLooks] = {}
    is_1904 = False
    # What is spelt so that it cannot be edited part by part can still be read.
    with suppress(Unsupported):
        parts = WorkbookParts(package)
        is_1904 = parts.is_1904
        formats = _formats_of(parts)
        for entry in parts.sheets():
            found[entry.name] = CellLooks.of(package.read(entry.part), formats)
    for grid in _by_calamine(data, name, found):
        yield replace(grid, is_1904=is_1904)


def _formats_of(parts: WorkbookParts) -> Formats:
    try:
        return Formats(parts.styles)
    except (Unsupported, TooLarge):
        # So many are no office program's.
        return Formats(None)


def _old_workbook(data: bytes, name: str) -> Iterator[Grid]:
    if _ENCRYPTED in data:
        raise with_password(name)
    if len(data) > LARGEST_OLD:
        raise TooLarge(
            to_user(
                "{name} 超过 {size} MB，没有读入。请用 Excel 或 WPS 另存为 .xlsx 后再试。"
            ).format(name=name, size=LARGEST_OLD // MEGABYTE)
        )
    check_old_workbook(data, name)
    with damage_told(name):
        looks = old_looks(data)
    for grid in _by_calamine(data, name, looks.sheets):
        yield replace(grid, is_1904=looks.is_1904)


def _open_looks(data: bytes, name: str) -> tuple[dict[str, CellLooks], bool]:
    """Look at the cells of an .ods, once they are known to be of a bearable number.

    Returns with them whether days count from 1904.
    """
    looks: dict[str, CellLooks] = {}
    is_1904 = False
    with ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename == "content.xml":
                content = read_entry(archive, entry, name)
                check_markup(content, entry.filename, name)
                check_repeated(content, name)
                looks, is_1904 = open_looks(content), counts_from_1904(content)
    return looks, is_1904


def _by_calamine(
    data: bytes, name: str, looks: Mapping[str, CellLooks] = MappingProxyType({})
) -> Iterator[Grid]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with _damage_told(name):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        known = {item.name: item for item in book.sheets_metadata}
        for title in book.sheet_names:
            if known[title].typ == SheetTypeEnum.ChartSheet:
                # A chart alone.
                continue
            sheet = book.get_sheet_by_name(title)
            if sheet.total_height * sheet.total_width > MOST_CELLS_OF_TABLE:
                raise too_wide(name)
            # Row by row: all at once they hold up every thread. What is empty at the left is left
            # out there, and belongs to the addresses all the same.
            left = [""] * (sheet.start[1] if sheet.start else 0)
            rows = enumerate(sheet.iter_rows(), start=1)
            texts = ((row, [*left, *map(_text, cells)]) for row, cells in rows)
            look = looks.get(title, CellLooks())
            lines = _lines(look.shown(texts), name)
            ranges = sheet.merged_cell_ranges or []
            areas = ((top + 1, left, end + 1, right) for (top, left), (end, right) in ranges)
            yield Grid(
                title,
                lines,
                _merged(areas, lines, name),
                hidden=known[title].visible != SheetVisibleEnum.Visible,
                hidden_rows=look.hidden_rows,
                uncomputed=look.uncomputed,
            )


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    from python_calamine import CalamineError

    try:
        yield
    except BaseException as error:
        # It reads from memory: no system stands behind an OSError, only an end that came too soon.
        if not isinstance(error, CalamineError | OSError) and not is_panic(error):
            raise
        raise NotAWorkbook(
            to_user(
                "{name} 不是表格文件，或已损坏，没有读入。请用 WPS 或 Excel 另存一份再试。"
            ).format(name=name)
        ) from error


def _merged(areas: Iterable[Area], lines: Sequence[Line], name: str) -> tuple[Area, ...]:
    """Return the merged areas that show a text, none over another, within the filled columns.

    Raises:
        TooLarge: they would spread their texts over more cells than are kept.
    """
    numbers = [line.number for line in lines]
    texts = {line.number: line.cells for line in lines}
    widest = max((column for line in lines for column in line.cells), default=0)
    right_of: dict[int, int] = {}
    below: dict[int, int] = {}
    found: list[Area] = []
    spread = 0
    for top, left, bottom, right in sorted(set(areas)):
        if left not in texts.get(top, {}):
            continue
        if left <= right_of.get(top, -1) or top <= below.get(left, 0):
            continue
        right_of[top], below[left] = right, bottom
        spread += bisect_right(numbers, bottom) - bisect_right(numbers, top)
        if spread > _MOST_SPREAD:
            raise too_wide(name)
        found.append((top, left, bottom, min(right, widest)))
    return tuple(found)


def _lines(rows: Iterable[tuple[int, list[str]]], name: str) -> tuple[Line, ...]:
    found = []
    filled = 0
    # Departments, names and words of a list stand in very many rows: each text is held once.
    held: dict[str, str] = {}
    for number, cells in rows:
        shown = {
            column: held.setdefault(text, text) for column, text in enumerate(cells) if text.strip()
        }
        if shown:
            found.append(Line(number, shown))
            _check_rows(len(found), name)
            filled += len(shown)
            if filled > _MOST_FILLED:
                raise _too_many(name)
    return tuple(found)


def _too_many(name: str) -> TooLarge:
    return TooLarge(
        to_user("{name} 的一张表有内容的格子超过 {count} 个，没有读入。请分成几个文件。").format(
            name=name, count=f"{_MOST_FILLED:,}"
        )
    )


def _check_rows(count: int, name: str) -> None:
    if count > MOST_ROWS:
        raise TooLarge(
            to_user("{name} 超过 {count} 行，没有读入。请分成几个文件。").format(
                name=name, count=f"{MOST_ROWS:,}"
            )
        )


def _text(cell: object) -> str:
    """Return what a cell of calamine shows, spelt as our own reader spells it."""
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)
