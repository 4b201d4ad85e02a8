"""What other parts of a workbook say of a sheet's rows, after rows were inserted into it.

Names, the formulas of other sheets, charts, pivot tables, comments, pictures and tables keep
meaning the same cells (ECMA-376-1: 18.2.5, 18.5, 18.7, 18.10, 20.5, 21.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sanyou_desktop.exchange.markup import (
    attributes,
    element,
    escaped,
    root_prefix,
    start_tag,
    unescaped,
    with_attribute,
)
from sanyou_desktop.exchange.own_form.references import Insertion
from sanyou_desktop.exchange.own_form.row_insertion import moved_anchors
from sanyou_desktop.exchange.package import Package
from sanyou_desktop.exchange.workbook_parts import SheetEntry, WorkbookParts

# Every c:f of a chart, of whatever prefix, and x14's xm:f.
_CHART_FORMULA = re.compile(rb"(<(?:[A-Za-z0-9]+:)?f(?:\s[^>]*)?>)([^<]*)(</(?:[A-Za-z0-9]+:)?f>)")
# Drawings of old comments and form controls: column, offset, row, offset, twice; then the cell.
_OLD_ANCHOR = re.compile(rb"(<x:Anchor>)\s*((?:-?[0-9]+\s*,\s*){7}-?[0-9]+)\s*(</x:Anchor>)")
_OLD_ROW = re.compile(rb"(<x:Row>)\s*([0-9]{1,7})\s*(</x:Row>)")
_OLD_FORMULA = re.compile(
    rb"(<x:(?:FmlaRange|FmlaLink|FmlaMacro)>)([^<]*)(</x:(?:FmlaRange|FmlaLink|FmlaMacro)>)"
)
_WITH_CHARTS = ("worksheet", "chartsheet", "dialogsheet")
_SHEET_FORMULAS = ("f", "formula", "formula1", "formula2")


def move_references(parts: WorkbookParts, entry: SheetEntry, insertion: Insertion) -> None:
    """Bring every part but the sheet ``entry`` itself in line with the insertion."""
    package = parts.package
    _names(parts, insertion)
    for other in parts.sheets():
        if other.part != entry.part:
            made = _other_sheet(package.read(other.part), insertion, other.name)
            package.replace(other.part, made)
    for kind, part in _reached(package, entry.part):
        if kind in _OF_THE_SHEET:
            package.replace(part, _OF_THE_SHEET[kind](package.read(part), insertion))
    for part in _charts(package, parts):
        package.replace(part, _chart(package.read(part), insertion))
    for part in _pivot_sources(package, parts):
        package.replace(part, _pivot_source(package.read(part), insertion))


def _reached(package: Package, source: str) -> Iterator[tuple[str, str]]:
    for item in package.relationships(source):
        if package.has(item.target):
            yield item.kind, item.target


def _charts(package: Package, parts: WorkbookParts) -> Iterator[str]:
    """Yield the chart parts of every sheet: a chart may show another sheet than its own."""
    seen = set()
    sheets = [part for kind, part in _reached(package, parts.part) if kind in _WITH_CHARTS]
    for sheet in sheets:
        for kind, drawing in _reached(package, sheet):
            if kind != "drawing":
                continue
            for other, part in _reached(package, drawing):
                if other in ("chart", "chartEx") and part not in seen:
                    seen.add(part)
                    yield part


def _pivot_sources(package: Package, parts: WorkbookParts) -> Iterator[str]:
    for kind, part in _reached(package, parts.part):
        if kind == "pivotCacheDefinition":
            yield part


def _names(parts: WorkbookParts, insertion: Insertion) -> None:
    """Move what names mean, print areas and titles among them; all say their sheet."""
    data = parts.package.read(parts.part)
    prefix = root_prefix(data)
    pattern = element(prefix + b"definedName")

    def moved(found: re.Match[bytes]) -> bytes:
        # What the program itself means by a name (what is printed) is a place; else a row without
        # $ counts from the cell in which the name is used: the cell above stays the cell above.
        is_place = attributes(found.group(1)).get("name", "").startswith("_xlnm.")
        # A name that says no sheet means the one on which it is used: it has no cells of its own.
        return _content(found, insertion, "", only_fixed=not is_place)

    made = pattern.sub(moved, data)
    parts.package.replace(parts.part, made)


def _other_sheet(data: bytes, insertion: Insertion, name: str) -> bytes:
    prefix = root_prefix(data)
    for tag in _SHEET_FORMULAS:
        pattern = element(prefix + tag.encode())
        data = pattern.sub(lambda found: _content(found, insertion, name), data)
    return _CHART_FORMULA.sub(
        lambda found: _between(found, insertion, name) if b"xm:" in found.group(1) else found[0],
        data,
    )


def _content(
    found: re.Match[bytes], insertion: Insertion, on_sheet: str, *, only_fixed: bool = False
) -> bytes:
    inside = found.group(2)
    if not inside or b"<" in inside:
        return found.group(0)
    text = insertion.formula(unescaped(inside.decode()), on_sheet, only_fixed=only_fixed)
    start, end = (place - found.start() for place in found.span(2))
    held = found.group(0)
    return held[:start] + escaped(text).encode() + held[end:]


def _between(found: re.Match[bytes], insertion: Insertion, on_sheet: str) -> bytes:
    text = insertion.formula(unescaped(found.group(2).decode()), on_sheet)
    return found.group(1) + escaped(text).encode() + found.group(3)


def _chart(data: bytes, insertion: Insertion) -> bytes:
    return _CHART_FORMULA.sub(lambda found: _between(found, insertion, ""), data)


def _pivot_source(data: bytes, insertion: Insertion) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        held = attributes(match.group(1))
        if held.get("sheet") != insertion.sheet or "ref" not in held:
            return match.group(0)
        return with_attribute(match.group(0), "ref", insertion.area(held["ref"]))

    return start_tag(root_prefix(data) + b"worksheetSource").sub(moved, data)


# Parts that belong to the sheet itself.


def _comments(data: bytes, insertion: Insertion) -> bytes:
    return _with_refs(data, root_prefix(data) + b"comment", insertion)


def _threaded(data: bytes, insertion: Insertion) -> bytes:
    return _with_refs(data, root_prefix(data) + b"threadedComment", insertion)


def _pivot_table(data: bytes, insertion: Insertion) -> bytes:
    return _with_refs(data, root_prefix(data) + b"location", insertion)


def _with_refs(data: bytes, tag: bytes, insertion: Insertion) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        held = attributes(match.group(1)).get("ref", "")
        return with_attribute(match.group(0), "ref", insertion.area(held))

    return start_tag(tag).sub(moved, data)


def _table(data: bytes, insertion: Insertion) -> bytes:
    prefix = root_prefix(data)
    for tag in (b"table", b"autoFilter", b"sortState", b"sortCondition"):
        data = _with_refs(data, prefix + tag, insertion)
    for tag in (b"calculatedColumnFormula", b"totalsRowFormula"):
        pattern = element(prefix + tag)
        data = pattern.sub(lambda found: _content(found, insertion, insertion.sheet), data)
    return data


def _old_drawing(data: bytes, insertion: Insertion) -> bytes:
    def anchor(found: re.Match[bytes]) -> bytes:
        numbers = [int(number) for number in found.group(2).split(b",")]
        for place in (2, 6):
            numbers[place] = insertion.row(numbers[place] + 1) - 1
        return found.group(1) + ", ".join(map(str, numbers)).encode() + found.group(3)

    def row(found: re.Match[bytes]) -> bytes:
        now = insertion.row(int(found.group(2)) + 1) - 1
        return found.group(1) + str(now).encode() + found.group(3)

    data = _OLD_ROW.sub(row, _OLD_ANCHOR.sub(anchor, data))
    return _OLD_FORMULA.sub(lambda found: _between(found, insertion, insertion.sheet), data)


def _control(data: bytes, insertion: Insertion) -> bytes:
    def moved(match: re.Match[bytes]) -> bytes:
        made = match.group(0)
        for key in ("fmlaLink", "fmlaRange", "fmlaTxbx"):
            held = attributes(match.group(1)).get(key)
            if held:
                made = with_attribute(made, key, insertion.formula(held, insertion.sheet))
        return made

    return start_tag(root_prefix(data) + b"formControlPr").sub(moved, data)


_OF_THE_SHEET: dict[str, Callable[[bytes, Insertion], bytes]] = {
    "comments": _comments,
    "threadedComment": _threaded,
    "pivotTable": _pivot_table,
    "table": _table,
    "vmlDrawing": _old_drawing,
    "drawing": moved_anchors,
    "ctrlProp": _control,
}
