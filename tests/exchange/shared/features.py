"""What office programs keep in workbooks beside cells, put into one part by part.

Each takes the parts of a workbook and the name of the sheet that rows are shared into, and returns
the parts with the feature in that very sheet, related and declared as Excel does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Parts = dict[str, bytes]
_TYPES = "[Content_Types].xml"
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_EXCEL = "application/vnd.ms-excel."
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def threaded_comment(parts: Parts, sheet: str) -> Parts:
    """A conversation beside a cell, and the person who holds it."""
    space = f'xmlns="{_MICROSOFT}/spreadsheetml/2018/threadedcomments"'
    person = "{11111111-2222-3333-4444-555555555555}"
    talk = (
        f'<ThreadedComments {space}><threadedComment ref="C5" dT="2026-03-01T08:00:00.00" '
        f'personId="{person}" id="{{AAAAAAAA-0000-0000-0000-000000000001}}"><text>请核实</text>'
        "</threadedComment></ThreadedComments>"
    )
    people = (
        f'<personList {space}><person displayName="王芳" id="{person}" userId="w" '
        'providerId="None"/></personList>'
    )
    kind = f"{_MICROSOFT}/2017/10/relationships"
    spoken = "xl/threadedComments/threadedComment1.xml"
    made = _added(parts, spoken, talk, _EXCEL + "threadedcomments+xml")
    made = _added(made, "xl/persons/person.xml", people, _EXCEL + "person+xml")
    made = _led(made, sheet, f"{kind}/threadedComment", "/" + spoken)
    return _led(made, "xl/workbook.xml", f"{kind}/person", "/xl/persons/person.xml")


def pivot_table(parts: Parts, sheet: str) -> Parts:
    """A pivot table in the sheet, with its cache and the cached records."""
    source = '<worksheetSource ref="B4:C7" sheet="问题整改"/>'
    cache = (
        f'<pivotCacheDefinition {_MAIN} xmlns:r="{_OFFICE}" r:id="rId1" refreshOnLoad="1" '
        f'recordCount="1"><cacheSource type="worksheet">{source}</cacheSource><cacheFields '
        'count="2"><cacheField name="所属单位"><sharedItems count="1"><s v="厦门"/></sharedItems>'
        '</cacheField><cacheField name="标题"><sharedItems count="1"><s v="食堂"/></sharedItems>'
        "</cacheField></cacheFields></pivotCacheDefinition>"
    )
    table = (
        f'<pivotTableDefinition {_MAIN} name="透视" cacheId="7" dataCaption="值">'
        '<location ref="AZ4:BA6" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="1">'
        '<item x="0"/></items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields>'
        '<rowFields count="1"><field x="0"/></rowFields><dataFields count="1"><dataField '
        'name="计数" fld="1" subtotal="count"/></dataFields></pivotTableDefinition>'
    )
    records = (
        f'<pivotCacheRecords {_MAIN} count="1"><r><x v="0"/><x v="0"/></r></pivotCacheRecords>'
    )
    definition = "xl/pivotCache/pivotCacheDefinition9.xml"
    kept = "xl/pivotCache/pivotCacheRecords9.xml"
    shown = "xl/pivotTables/pivotTable9.xml"
    made = _added(parts, definition, cache, _SHEET_TYPE + "pivotCacheDefinition+xml")
    made = _added(made, kept, records, _SHEET_TYPE + "pivotCacheRecords+xml")
    made = _added(made, shown, table, _SHEET_TYPE + "pivotTable+xml")
    made = _led(made, definition, f"{_OFFICE}/pivotCacheRecords", "/" + kept, "rId1")
    made = _led(made, shown, f"{_OFFICE}/pivotCacheDefinition", "/" + definition)
    made = _led(made, sheet, f"{_OFFICE}/pivotTable", "/" + shown)
    made = _led(
        made, "xl/workbook.xml", f"{_OFFICE}/pivotCacheDefinition", "/" + definition, "rId90"
    )
    caches = '<pivotCaches><pivotCache cacheId="7" r:id="rId90"/></pivotCaches></workbook>'
    return _with(made, "xl/workbook.xml", "</workbook>", caches)


def slicer(parts: Parts, sheet: str) -> Parts:
    """Buttons that filter the pivot table, named in the sheet's extensions."""
    space = f'xmlns="{_MICROSOFT}/spreadsheetml/2009/9/main"'
    made = pivot_table(parts, sheet)
    cache = (
        f'<slicerCacheDefinition {space} name="切片器_单位" sourceName="所属单位"><pivotTables>'
        '<pivotTable tabId="2" name="透视"/></pivotTables></slicerCacheDefinition>'
    )
    shown = (
        f'<slicers {space}><slicer name="单位" cache="切片器_单位" rowHeight="241300"/></slicers>'
    )
    kept = "xl/slicerCaches/slicerCache9.xml"
    made = _added(made, kept, cache, _EXCEL + "slicerCache+xml")
    made = _added(made, "xl/slicers/slicer9.xml", shown, _EXCEL + "slicer+xml")
    kind = f"{_MICROSOFT}/2007/relationships"
    made = _led(made, "xl/workbook.xml", f"{kind}/slicerCache", "/" + kept)
    made = _led(made, sheet, f"{kind}/slicer", "/xl/slicers/slicer9.xml", "rId91")
    extension = (
        '<ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}" '
        f'xmlns:x14="{_MICROSOFT}/spreadsheetml/2009/9/main"><x14:slicerList>'
        f'<x14:slicer xmlns:r="{_OFFICE}" r:id="rId91"/></x14:slicerList></ext>'
        "</extLst></worksheet>"
    )
    return _with(made, sheet, "</extLst></worksheet>", extension)


def form_control(parts: Parts, sheet: str) -> Parts:
    """A check box, which Excel writes into ``mc:AlternateContent`` for programs that know none."""
    properties = (
        f'<formControlPr xmlns="{_MICROSOFT}/spreadsheetml/2009/9/main" '
        'objectType="CheckBox" checked="Checked"/>'
    )
    part = "xl/ctrlProps/ctrlProp9.xml"
    made = _added(parts, part, properties, _EXCEL + "controlproperties+xml")
    made = _led(made, sheet, f"{_OFFICE}/ctrlProp", "/" + part, "rId92")
    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="x14" xmlns:x14="{_MICROSOFT}/spreadsheetml/2009/9/main">'
        f'<controls xmlns:r="{_OFFICE}"><control shapeId="1025" r:id="rId92" name="复选框 1"/>'
        "</controls></mc:Choice><mc:Fallback/></mc:AlternateContent>"
    )
    # Before the extensions of the sheet; those of its rules stand further up.
    at = made[sheet].rindex(b"<extLst>")
    return made | {sheet: made[sheet][:at] + control.encode() + made[sheet][at:]}


def protected_sheet(parts: Parts, sheet: str) -> Parts:
    """The very sheet may only be changed by who knows its password, says its program."""
    protection = (
        '</sheetData><sheetProtection algorithmName="SHA-512" hashValue="AA==" saltValue="BB==" '
        'spinCount="100000" sheet="1" objects="1" scenarios="1"/>'
    )
    return _with(parts, sheet, "</sheetData>", protection)


def no_dimension(parts: Parts, sheet: str) -> Parts:
    """As some libraries write it."""
    assert b"<dimension" in parts[sheet]
    return parts | {sheet: re.sub(rb"<dimension[^>]*/>", b"", parts[sheet])}


def no_numbers(parts: Parts, sheet: str) -> Parts:
    """Rows and cells without addresses, which may be left out where nothing is skipped."""
    data = parts[sheet]
    body = data[data.index(b"<sheetData>") : data.index(b"</sheetData>")]
    rows = re.findall(rb"<row .*?(?:</row>|/>(?=<row|$))", body, re.DOTALL)
    filled: list[bytes] = []
    for row in rows:
        number = int(re.findall(rb'<row r="(\d+)"', row)[0])
        filled += [b"<row/>"] * (number - 1 - len(filled))
        filled.append(_without_addresses(row))
    return parts | {sheet: data.replace(body, b"<sheetData>" + b"".join(filled))}


def prefixed(parts: Parts, sheet: str) -> Parts:
    """Every element of the sheet under a prefix, as some .NET programs write it."""
    data = parts[sheet].replace(b"<worksheet xmlns=", b"<worksheet xmlns:x=", 1)
    return parts | {sheet: re.sub(rb"<(/?)(?![?!/]|\w+:)(?=\w)", rb"<\1x:", data)}


def custom_views(parts: Parts, sheet: str) -> Parts:
    """A view of somebody's own, with a print area and a filter of its own."""
    view = (
        "</sheetData><customSheetViews><customSheetView "
        'guid="{99999999-0000-0000-0000-000000000001}" filter="1" showAutoFilter="1">'
        '<autoFilter ref="B4:C7"/></customSheetView></customSheetViews>'
    )
    return _with(parts, sheet, "</sheetData>", view)


FEATURES: dict[str, Callable[[Parts, str], Parts]] = {
    made.__name__: made
    for made in (
        threaded_comment, pivot_table, slicer, form_control, protected_sheet, no_dimension,
        no_numbers, prefixed, custom_views,
    )
}  # fmt: skip


def _without_addresses(row: bytes) -> bytes:
    cells: list[bytes] = []
    for letters, cell in re.findall(rb'(?=<c r="([A-Z]+)\d+")(<c .*?(?:</c>|/>(?=<c|</row)))', row):
        column = 0
        for letter in letters:
            column = column * 26 + letter - ord("A") + 1
        cells += [b"<c/>"] * (column - 1 - len(cells))
        cells.append(re.sub(rb'^<c r="\w+"', b"<c", cell))
    tag = re.sub(rb' (?:r|spans)="[^"]*"', b"", row[: row.index(b">") + 1])
    return tag if tag.endswith(b"/>") else tag + b"".join(cells) + b"</row>"


def _with(parts: Parts, part: str, old: str, new: str) -> Parts:
    assert parts[part].count(old.encode()) == 1, (part, old)
    return parts | {part: parts[part].replace(old.encode(), new.encode())}


def _added(parts: Parts, part: str, content: str, content_type: str) -> Parts:
    declared = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    return _with(parts, _TYPES, "</Types>", declared) | {part: content.encode()}


def _led(parts: Parts, source: str, kind: str, target: str, number: str = "") -> Parts:
    folder, _slash, name = source.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    empty = b'<Relationships xmlns="' + _PACKAGE + b'"></Relationships>'
    held = parts.get(path, empty)
    name = number or f"rId8{held.count(b'Id=')}"
    lead = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
    return _with(parts | {path: held}, path, "</Relationships>", lead + "</Relationships>")
