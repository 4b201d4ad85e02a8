"""Files made to do harm, or merely enormous: one of each kind that a workbook can hide."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from xlsxwriter import Workbook

from tests.exchange.stored import contents
from tests.faults.compound_file import number, record, shared_text, workbook

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_HEADERS = ("标题", "责任人", "发现地点")
_MEGABYTE = 1 << 20
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def plain() -> dict[str, bytes]:
    """Return the parts of a small table of findings."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet("问题整改")
        page.write_row(0, 0, _HEADERS)
        page.write_row(1, 0, ("走廊灯不亮", "张三", "一号楼"))
    return contents(made.getvalue())


def stored(path: Path, parts: Mapping[str, bytes], *, deflated: bool = True) -> None:
    """Write an archive."""
    method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", method, compresslevel=6) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _changed(change: Callable[[dict[str, bytes]], object]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        parts = plain()
        change(parts)
        stored(path, parts)

    return make


def _in_sheet(more: bytes) -> Callable[[Path], None]:
    """Return what adds rows at the end of the sheet."""
    return _changed(
        lambda parts: parts.update(
            {SHEET: parts[SHEET].replace(b"</sheetData>", more + b"</sheetData>")}
        )
    )


def _with(name: str, data: bytes) -> Callable[[Path], None]:
    return _changed(lambda parts: parts.update({name: data}))


def _rows(count: int, cells: Callable[[int], str]) -> bytes:
    return "".join(f'<row r="{row}">{cells(row)}</row>' for row in range(3, count + 3)).encode()


def _letters(column: int) -> str:
    return chr(64 + column // 26) + chr(65 + column % 26) if column >= 26 else chr(65 + column)


_NUMBER = '<c r="{}{}"><v>1</v></c>'
_THIRTY = [_letters(column) for column in range(30)]


def _cells_as_usual(path: Path) -> None:
    cells = "".join(_NUMBER.replace("{}", one, 1) for one in _THIRTY)
    _in_sheet(_rows(120_000, lambda row: cells.replace("{}", str(row))))(path)


def _cells_in_little(path: Path) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 30 + b"</row>"
    _in_sheet(row * 170_000)(path)


def _bomb(path: Path) -> None:
    _with("xl/worksheets/sheet2.xml", bytes(64 * _MEGABYTE))(path)


def _many_cells(path: Path) -> None:
    """100,000 rows of a hundred different texts."""
    columns = [_letters(column) for column in range(100)]

    def cells(row: int) -> str:
        return "".join(f'<c r="{one}{row}" t="str"><v>{row}</v></c>' for one in columns)

    _in_sheet(_rows(100_000, cells))(path)


def _one_text_in_many_cells(path: Path) -> None:
    text = b"<si><t>" + "优".encode() * 30_000 + b"</t></si>"
    _changed(
        lambda parts: parts.update(
            {
                STRINGS: parts[STRINGS].replace(b"</sst>", text + b"</sst>"),
                SHEET: parts[SHEET].replace(
                    b"</sheetData>",
                    _rows(50_000, lambda row: f'<c r="A{row}" t="s"><v>6</v></c>')
                    + b"</sheetData>",
                ),
            }
        )
    )(path)


def _merges(count: int, area: Callable[[int], str]) -> Callable[[Path], None]:
    inside = "".join(f'<mergeCell ref="{area(place)}"/>' for place in range(count))
    added = f"</sheetData><mergeCells>{inside}</mergeCells>".encode()
    return _changed(
        lambda parts: parts.update({SHEET: parts[SHEET].replace(b"</sheetData>", added)})
    )


def _merges_over_many_rows(path: Path) -> None:
    parts = plain()
    rows = _rows(20_000, lambda row: f'<c r="B{row}"><v>{row}</v></c>')
    areas = "".join(f'<mergeCell ref="A{row}:A{row + 900_000}"/>' for row in range(3, 3_000))
    ending = f"</sheetData><mergeCells>{areas}</mergeCells>".encode()
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", rows + ending)
    stored(path, parts)


def _slow_to_unpack(path: Path) -> None:
    """Just below every limit: 180 MB of empty rows that deflate to a hundredth."""
    row = "".join(f'<row r="{row}" spans="1:3"/>' for row in range(3, 300_000)).encode()
    filler = b"<!--" + bytes(range(65, 91)) * (20 * _MEGABYTE // 26) + b"-->"
    parts = plain()
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", row + b"</sheetData>" + filler * 8)
    stored(path, parts)


def _declared_huge(path: Path) -> None:
    """A part that says that it is of 300 MB."""
    stored(path, plain())
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\1\2") + 24
    data[place : place + 4] = struct.pack("<L", 300 * _MEGABYTE)
    path.write_bytes(data)


def _really_huge(path: Path) -> None:
    """A picture of 300 MB, which no ratio betrays."""
    import random

    noise = random.Random(1).randbytes(_MEGABYTE)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in plain().items():
            archive.writestr(name, data)
        with archive.open("xl/media/image1.png", "w") as out:
            for _part in range(300):
                out.write(noise)


def _many_parts(path: Path) -> None:
    stored(path, plain() | {f"xl/a{place}.xml": b"<a/>" for place in range(20_000)})


def _cut(path: Path) -> None:
    stored(path, plain())
    path.write_bytes(path.read_bytes()[:-700])


_EXTERNAL = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_BILLION = (
    b"<!DOCTYPE a ["
    + b"".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">'.encode() for n in range(10))
    + b"]>"
)


def _declaring(entities: bytes) -> Callable[[Path], None]:
    def change(parts: dict[str, bytes]) -> None:
        head, mark, rest = parts[STRINGS].partition(b"?>")
        named = rest.replace(b"<t>", b"<t>&l9;" if b"l9" in entities else b"<t>&a;", 1)
        parts[STRINGS] = head + mark + entities + named

    return _changed(change)


def _no_table(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 4_000)


def _long_text(path: Path) -> None:
    """60 MB of text in short lines."""
    path.write_bytes("标题,责任人,发现地点\n".encode() + b"a,b,c\n" * (10 * _MEGABYTE))


def _one_long_line(path: Path) -> None:
    path.write_bytes("标题,责任人\n".encode() + b'"' + b"a" * (60 * _MEGABYTE))


def _wide_text(path: Path) -> None:
    path.write_bytes("标题,责任人\n".encode() + b"a" + b",b" * (30 * _MEGABYTE))


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _old_far_cell(path: Path) -> None:
    path.write_bytes(workbook(_text("标题"), shared_text(0, 0), number(65_535, 65_535)))


def _old_many_strings(path: Path) -> None:
    path.write_bytes(workbook(_text("标题"), shared_text(0, 0), count=0xFFFF_FFF0))


def _old_one_text_in_many_cells(path: Path) -> None:
    """One text of 4,000 characters in 300,000 cells of a file of 5 MB."""
    cells = (shared_text(row, column) for row in range(60_000) for column in range(5))
    path.write_bytes(workbook(_text("优" * 4_000), *cells))


def _old_merges(path: Path) -> None:
    areas = record(0xE5, struct.pack("<5H", 1, 0, 65_535, 0, 65_535))
    path.write_bytes(workbook(_text("标题"), shared_text(0, 0), *[areas] * 50_000))


def _old_cut(path: Path) -> None:
    path.write_bytes(workbook(_text("标题"), shared_text(0, 0))[:2_000])


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
    'opendocument:xmlns:manifest:1.0" manifest:version="1.2"/>'
)


def _open_document(table: str, before: str = "") -> Callable[[Path], None]:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content '
        f'xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        '<table:table table:name="a">'
    )
    tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
            archive.writestr("content.xml", head + table + tail)
            archive.writestr("META-INF/manifest.xml", _MANIFEST)

    return make


_CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def _repeated(rows: int, columns: int, text: str = "优") -> Callable[[Path], None]:
    cell = _CELL.format(f' table:number-columns-repeated="{columns}"', text)
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return _open_document(row)


# By name: the ending, and what writes it.
BAD: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "zip bomb": (".xlsx", _bomb),
    "bomb below every limit": (".xlsx", _slow_to_unpack),
    "a part that says 300 MB": (".xlsx", _declared_huge),
    "a part of 300 MB": (".xlsx", _really_huge),
    "20,000 parts": (".xlsx", _many_parts),
    "entity bomb": (".xlsx", _declaring(_BILLION)),
    "external entity": (".xlsx", _declaring(_EXTERNAL)),
    "far cell": (".xlsx", _in_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "zip slip": (".xlsx", _with("../../../etc/cron.d/x", b"x")),
    "truncated": (".xlsx", _cut),
    "a PDF called .xlsx": (".xlsx", _no_table),
    "10,000,000 cells": (".xlsx", _many_cells),
    "5,000,000 cells in little": (
        ".xlsx",
        _in_sheet(
            b"".join(b"<row>" + b"<c><v>1</v></c>" * 30 + b"</row>" for _row in range(170_000))
        ),
    ),
    "3,600,000 cells": (".xlsx", _cells_as_usual),
    "one long text in 50,000 cells": (".xlsx", _one_text_in_many_cells),
    "50,000 merged columns": (".xlsx", _merges(50_000, lambda _place: "A1:XFD1048576")),
    "merged over each other": (".xlsx", _merges_over_many_rows),
    "60 MB of short lines": (".csv", _long_text),
    "one line of 60 MB": (".csv", _one_long_line),
    "30,000,000 columns": (".csv", _wide_text),
    "far cell, old": (".xls", _old_far_cell),
    "4,000,000,000 strings, old": (".xls", _old_many_strings),
    "one long text in 300,000 cells, old": (".xls", _old_one_text_in_many_cells),
    "50,000 merged sheets, old": (".xls", _old_merges),
    "truncated, old": (".et", _old_cut),
    "rows and columns repeated": (".ods", _repeated(1_048_576, 16_384)),
    "a long text repeated": (".ods", _repeated(20_000, 100, "优" * 30_000)),
    "entity bomb, open": (
        ".ods",
        _open_document("<table:table-row/>", _BILLION.decode()),
    ),
}
