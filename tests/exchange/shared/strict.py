"""A workbook in the other dialect of the standard: Strict Open XML, as Excel saves it on request.

ISO/IEC 29500-1 (Strict) has the elements of -4 (Transitional) under other names, and days in cells
as ISO 8601 texts (18.18.11, ``d``).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.exchange.stored import archive_of, contents

_OLD = b"http://schemas.openxmlformats.org/"
_NEW = b"http://purl.oclc.org/ooxml/"
_NAMES = {
    b"spreadsheetml/2006/main": b"spreadsheetml/main",
    b"officeDocument/2006/relationships": b"officeDocument/relationships",
    b"officeDocument/2006/extended-properties": b"officeDocument/extendedProperties",
    b"officeDocument/2006/custom-properties": b"officeDocument/customProperties",
    b"officeDocument/2006/docPropsVTypes": b"officeDocument/docPropsVTypes",
    b"drawingml/2006/main": b"drawingml/main",
    b"drawingml/2006/chart": b"drawingml/chart",
    b"drawingml/2006/spreadsheetDrawing": b"drawingml/spreadsheetDrawing",
}


def strict(data: bytes, date_styles: frozenset[bytes] = frozenset()) -> bytes:
    """Return the workbook in Strict; days in cells of these styles become ISO 8601."""
    return archive_of({name: _part(name, one, date_styles) for name, one in contents(data).items()})


def _part(name: str, content: bytes, date_styles: frozenset[bytes]) -> bytes:
    if not name.endswith((".xml", ".rels")) or name == "[Content_Types].xml":
        return content
    for old, new in _NAMES.items():
        content = content.replace(_OLD + old, _NEW + new)
    if name == "xl/workbook.xml":
        content = content.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
    if name.startswith("xl/worksheets/sheet"):
        for style in date_styles:
            number = re.compile(rb'<c r="(\w+)" s="' + style + rb'"><v>(\d+)</v></c>')
            content = number.sub(_day, content)
    return content


def _day(found: re.Match[bytes]) -> bytes:
    day = date(1899, 12, 30) + timedelta(days=int(found[2]))
    style = found[0].split(b'"')[3]
    spelt = day.isoformat().encode()
    return b'<c r="%b" s="%b" t="d"><v>%bT00:00:00</v></c>' % (found[1], style, spelt)
