"""Named lists as files: the whole list as JSON, or a plain table as every office keeps them.

Reading takes .json, .csv and every workbook that offices send (.xlsx, .xls, .et, .ods); writing
.json and .xlsx. A file is read whole or refused, and
nothing is saved here: what was read is shown first.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.errors import CannotWrite, NotAList, TooLarge, Withheld
from sanyou_desktop.exchange.file_names import file_name
from sanyou_desktop.exchange.limits import read_file
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.exchange.scheme_headers import Line
from sanyou_desktop.exchange.scheme_json import ENDING, LARGEST, from_json, to_json
from sanyou_desktop.exchange.scheme_table import Table, read_table
from sanyou_desktop.exchange.text_file import decoded
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _, in_source_language, to_user

if TYPE_CHECKING:
    from sanyou_desktop.exchange.worksheet import Worksheet

# No list is that long; a sheet of a million rows is something else.
_MOST_ROWS = 5_000
_OUR_REGISTER = "_meta"
_TEXT_ENDINGS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Read:
    """A list that a file holds; it has no id and is in no ledger.

    Attributes:
        where: the file's name, with the sheet's where there are several.
        left_out: what of the sheet was not taken for an entry, in words.
    """

    scheme: Scheme
    where: str
    left_out: tuple[str, ...] = ()


def read_schemes(path: Path, unit: str) -> list[Read]:
    """Return the lists in a file, as new records of ``unit``; at least one.

    Raises:
        ExchangeError: the file is refused, with the reason and where it is wrong.
    """
    try:
        data = read_file(path)
    except FileNotFoundError as error:
        raise NotAList(
            to_user("没有找到 {name}，没有读入。请检查文件是否被移走。").format(name=path.name)
        ) from error
    ending = path.suffix.lower()
    if ending == ".json":
        return [Read(from_json(data, path.name, unit), path.name)]
    if ending in _TEXT_ENDINGS:
        return [_text_table(data, path, unit)]
    return _workbook_tables(data, path, unit)


def write_scheme(scheme: Scheme, path: Path) -> None:
    """Write one list: a plain table if the name ends in .xlsx, else the whole list as JSON.

    Raises:
        Withheld: the list is confidential.
        CannotWrite, FileBusy: what was at ``path`` is as it was.
    """
    check_may_leave(scheme)
    with in_source_language():
        made = _made(scheme, path)
    clear_leftovers(path)
    with replacing(path) as temporary:
        temporary.write_bytes(made)


def check_may_leave(scheme: Scheme) -> None:
    """Refuse a list that may not be let out.

    Raises:
        Withheld: it is confidential.
    """
    if scheme.confidential:
        raise Withheld(
            to_user(
                "清单「{title}」标有密级，没有导出。确需导出时，请先在「其他」里去掉密级。"
            ).format(title=scheme.title)
        )


def name_for(scheme: Scheme) -> str:
    """Return a name for the file of a list."""
    return file_name(scheme.title, ENDING, _("清单"))


def _made(scheme: Scheme, path: Path) -> bytes:
    ending = path.suffix.lower()
    if ending == ".json":
        return to_json(scheme).encode("utf-8")
    if ending != ".xlsx":
        raise CannotWrite(
            to_user("{name} 不是清单文件名，没有写入。请让文件名以 .json 或 .xlsx 结尾。").format(
                name=path.name
            )
        )
    check_not_open(path)
    # XlsxWriter is slow to import.
    from sanyou_desktop.exchange.scheme_sheet import table_bytes

    return table_bytes(scheme)


def _text_table(data: bytes, path: Path, unit: str) -> Read:
    if len(data) > LARGEST:
        raise _too_long(path.name)
    text = decoded(data, path.name)
    try:
        lines = _few(_csv_lines(text), path.name)
    except csv.Error as error:
        raise NotAList(
            to_user("{name} 不是完整的表格文字，没有读入。请用 Excel 或 WPS 另存一份再试。").format(
                name=path.name
            )
        ) from error
    table = read_table(lines, "", path.stem, unit)
    if table is None:
        raise _no_list(path.name)
    return Read(table.scheme, path.name, table.left_out)


def _csv_lines(text: str) -> Iterator[Line]:
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    # Older office programs cut cells at NEL and the like; csv itself knows \r and \n.
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        cells = {column: cell for column, cell in enumerate(row) if cell.strip()}
        if cells:
            yield Line(number, cells)


def _workbook_tables(data: bytes, path: Path, unit: str) -> list[Read]:
    sheets = _sheets_of(data, path.name)
    if any(name == _OUR_REGISTER for name, _lines in sheets):
        raise NotAList(
            to_user("{name} 是上报工作簿，不是清单，没有读入。请选择只有清单的表格。").format(
                name=path.name
            )
        )
    found: list[tuple[str, Table]] = []
    for name, lines in sheets:
        table = read_table(_few(lines, path.name), name, path.stem, unit)
        if table is not None:
            found.append((name, table))
    if not found:
        raise _no_list(path.name)
    many = len(sheets) > 1
    return [
        Read(
            table.scheme,
            _("{file}，{sheet}").format(file=path.name, sheet=name) if many else path.name,
            table.left_out,
        )
        for name, table in found
    ]


def _sheets_of(data: bytes, name: str) -> list[tuple[str, Iterable[Line]]]:
    """Return the names of a workbook's sheets with their rows, which are read as they are asked."""
    # What a file is, is decided by its content: clerks rename what they send.
    from sanyou_desktop.exchange.tables.reading import grids_of, is_package

    if not is_package(data):
        return [(grid.name, grid.lines) for grid in grids_of(data, name)]
    # Our own reader: far cells cost nothing in it, and every limit is looked at before parsing.
    from sanyou_desktop.exchange.package import Package
    from sanyou_desktop.exchange.workbook_parts import WorkbookParts

    parts = WorkbookParts(Package(data, name))
    return [(sheet.name, _lines_of(parts.worksheet(sheet))) for sheet in parts.sheets()]


def _lines_of(worksheet: Worksheet) -> Iterator[Line]:
    texts = ((row, worksheet.texts(row)) for row in worksheet.rows())
    return (Line(row, cells) for row, cells in texts if cells)


def _few(lines: Iterable[Line], name: str) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        kept.append(line)
        if len(kept) > _MOST_ROWS:
            raise _too_long(name)
    return kept


def _too_long(name: str) -> TooLarge:
    return TooLarge(
        to_user(
            "{name} 太大（一个清单最多 2000 项），没有读入。请只留下清单，分成几个文件。"
        ).format(name=name)
    )


def _no_list(name: str) -> NotAList:
    return NotAList(
        to_user(
            "{name} 里没有找到清单，没有读入。"
            "请检查表头：要有一列名为「内容」「检查项目」或「条款」，下面每行一项。"
        ).format(name=name)
    )
