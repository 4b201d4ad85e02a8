"""A shared workbook as readers see it that did not write it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

Shown = dict[str, object]


def by_calamine(path: Path, sheet: str) -> list[Shown]:
    """Return the rows below the header of a sheet, by header."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return _below_header([list(row) for row in rows])


def by_openpyxl(path: Path, sheet: str) -> list[Shown]:
    """Return the same, as another reader sees it."""
    page = load_workbook(path, data_only=True)[sheet]
    return _below_header([[cell.value for cell in row] for row in page.iter_rows()])


def shown(path: Path, sheet: str) -> list[Shown]:
    """Return what both readers agree on."""
    found = by_calamine(path, sheet)
    assert found == by_openpyxl(path, sheet)
    return found


def titles(path: Path, sheet: str) -> list[object]:
    """Return the titles of a sheet's records in the order of their rows."""
    return [row["标题"] for row in shown(path, sheet)]


def rows_of(part: bytes) -> dict[int, bytes]:
    """Return the bytes of a worksheet part's rows by their number."""
    pattern = rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d+)[\"'][^>]*?(?:/>|>.*?</(?:\w+:)?row>)"
    return {int(found[1]): found[0] for found in re.finditer(pattern, part, re.DOTALL)}


def sheet_part(path: Path, sheet: str) -> str:
    """Return the name of the part that holds a sheet."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        book = archive.read("xl/workbook.xml").decode()
        leads = archive.read("xl/_rels/workbook.xml.rels").decode()
    tag = next(tag for tag in re.findall(r"<sheet [^>]*>", book) if f'name="{sheet}"' in tag)
    relation = re.findall(r'r:id="([^"]+)"', tag)[0]
    lead = next(tag for tag in re.findall(r"<Relationship [^>]*>", leads) if f'"{relation}"' in tag)
    target = re.findall(r'Target="([^"]+)"', lead)[0]
    return target[1:] if target.startswith("/") else f"xl/{target}"


def part_of(path: Path, sheet: str) -> bytes:
    """Return the bytes of the part that holds a sheet."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(sheet_part(path, sheet))


def _below_header(rows: list[list[object]]) -> list[Shown]:
    header = next(at for at, row in enumerate(rows) if "记录标识" in row)
    named = [(column, name) for column, name in enumerate(rows[header]) if name]
    found = [{str(name): _plain(row[at]) for at, name in named} for row in rows[header + 1 :]]
    return [row for row in found if row["记录标识"]]


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | date) else float(str(value))
