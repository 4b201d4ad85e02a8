"""What Word, WPS and Excel refuse as damaged although it is well-formed, found in a package.

The order of children is that of the schemas of ECMA-376-1 (transitional); a wrong one is the
classic reason for "unreadable content". LibreOffice and the libraries read such files all the same.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
    "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt "
)
# By namespace and element: its children in the order of the schema, each as often as it likes.
_ORDER: dict[str, dict[str, str]] = {
    _W: {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
        "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
        "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
        "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
        "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
        "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription",
        "tblBorders": "top left start bottom right end insideH insideV",
        "tblCellMar": "top left start bottom right end",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
        "tcFitText vAlign hideMark",
        "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
        "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
        "rtlGutter docGrid printerSettings",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
        "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr "
        "trPr tcPr tblStylePr",
        "font": "altName panose1 charset family notTrueType pitch sig",
    },
    _C: {
        "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart "
        "spPr txPr externalData printSettings userShapes",
        "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend "
        "plotVisOnly dispBlanksAs extLst",
        "title": "tx layout overlay spPr txPr",
        "scaling": "logBase orientation max min",
        "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
        "ser": "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline "
        "errBars cat val smooth shape",
        "dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
        "showPercent showBubbleSize separator showLeaderLines",
        "catAx": _AXIS + "auto lblAlgn lblOffset noMultiLvlLbl",
        "valAx": _AXIS + "crossBetween majorUnit minorUnit dispUnits",
    },
    _X: {
        "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr "
        "sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate "
        "customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks "
        "printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
        "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture "
        "oleObjects controls webPublishItems tableParts extLst",
        "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets "
        "functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews "
        "pivotCaches extLst",
        "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs "
        "tableStyles colors extLst",
        "xf": "alignment protection extLst",
        "c": "f v is extLst",
    },
    _XDR: {
        "twoCellAnchor": "from to sp grpSp graphicFrame cxnSp pic contentPart clientData",
        "oneCellAnchor": "from ext sp grpSp graphicFrame cxnSp pic contentPart clientData",
    },
}
# Excel's own limits.
_LONGEST_TEXT, _TALLEST_ROW, _LONGEST_LIST, _MOST_LINKS = 32_767, 409.5, 255, 65_530
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def faults_of(path: Path) -> list[str]:
    """Return what an office program would call damaged, nothing for a sound package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
        doubled = len(package.namelist()) - len(parts)
    markup = {
        name: etree.fromstring(data, etree.XMLParser(huge_tree=True))
        for name, data in parts.items()
        if name.endswith((".xml", ".rels"))
    }
    found = [f"{doubled} parts twice"] if doubled else []
    found += _types(parts, markup)
    found += _relations(parts, markup)
    for name, root in markup.items():
        found += (f"{name}: {fault}" for fault in (*_order(root), *_numbers(root)))
        if root.tag == f"{{{_X}}}worksheet":
            found += (f"{name}: {fault}" for fault in _sheet(root))
    if (book := markup.get("xl/workbook.xml")) is not None:
        found += _book(book, markup["xl/styles.xml"])
    return found


def _types(parts: dict[str, bytes], markup: dict[str, etree._Element]) -> Iterator[str]:
    """Every part has a type, and what has one is there."""
    types = markup["[Content_Types].xml"]
    defaults = {one.get("Extension", "").lower() for one in types if one.tag.endswith("}Default")}
    named = [one.get("PartName", "")[1:] for one in types if one.tag.endswith("}Override")]
    yield from (f"type of {name}, which is not there" for name in named if name not in parts)
    yield from (f"two types of {name}" for name in set(named) if named.count(name) > 1)
    for name in parts:
        if name not in named and name.rpartition(".")[2].lower() not in defaults:
            yield f"no type of {name}"


def _relations(parts: dict[str, bytes], markup: dict[str, etree._Element]) -> Iterator[str]:
    """Every relation leads to a part, and every use of one is of one that there is."""
    for name, root in markup.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for one in root:
                target = posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
                inside = one.get("TargetMode") != "External"
                if inside and target.lstrip("/") not in parts:
                    yield f"{name} leads to {target}, which is not there"
            continue
        folder, file = posixpath.split(name)
        related = markup.get(f"{folder}/_rels/{file}.rels")
        known = {one.get("Id") for one in related} if related is not None else set()
        for element in root.iter(etree.Element):
            for key, value in element.attrib.items():
                if str(key).startswith(f"{{{_R}}}") and value not in known:
                    yield f"{name} uses the relation {value!r}, which is not there"


def _order(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        space, name = _taken_apart(element)
        wanted = _ORDER.get(space, {}).get(name)
        if wanted is None:
            if (space, name) == (_W, "tc") and _taken_apart(element[-1])[1] != "p":
                yield "a cell does not end with a paragraph"
            continue
        order = wanted.split()
        places = []
        for child in element:
            if _taken_apart(child)[1] not in order:
                yield f"{name} holds {child.tag}"
                continue
            places.append(order.index(_taken_apart(child)[1]))
        if name == "sectPr":
            # References to headers and footers stand in any order among themselves.
            places = [max(place, 1) for place in places]
        if places != sorted(places):
            yield f"{name} holds {[_taken_apart(child)[1] for child in element]}"


def _numbers(root: etree._Element) -> Iterator[str]:
    """Drawings are told apart by their numbers, bookmarks and styles by theirs."""
    for tag, key in (("docPr", "id"), ("cNvPr", "id"), ("bookmarkStart", f"{{{_W}}}id")):
        seen = [one.get(key) for one in root.iter(f"{{*}}{tag}")]
        if len(set(seen)) < len(seen):
            yield f"two {tag} of one number"
    styles = [one.get(f"{{{_W}}}styleId") for one in root.iter(f"{{{_W}}}style")]
    if len(set(styles)) < len(styles):
        yield "two styles of one id"
    for one in root.iter(f"{{{_W}}}pitch"):
        if one.get(f"{{{_W}}}val") not in ("fixed", "variable", "default"):
            yield f"a pitch {one.get(f'{{{_W}}}val')}"


def _sheet(root: etree._Element) -> Iterator[str]:
    last = 0
    for row in root.iter(f"{{{_X}}}row"):
        number = int(row.get("r", last + 1))
        if number <= last:
            yield f"row {number} after {last}"
        last = number
        if float(row.get("ht", 0)) > _TALLEST_ROW:
            yield f"row {number} is {row.get('ht')} points high"
        columns = [_column(cell.get("r", "")) for cell in row]
        if columns != sorted(set(columns)):
            yield f"cells of row {number} out of order"
    for text in root.iter(f"{{{_X}}}t"):
        if len((text.text or "").encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            yield "a text too long for a cell"
    for rule in root.iter(f"{{{_X}}}formula1"):
        if len((rule.text or "").strip('"')) > _LONGEST_LIST:
            yield "a list of choices too long"
    if sum(1 for _one in root.iter(f"{{{_X}}}hyperlink")) > _MOST_LINKS:
        yield "too many links"
    yield from _counts(root, ("mergeCells", "dataValidations"))
    merged = [one.get("ref", "") for one in root.iter(f"{{{_X}}}mergeCell")]
    yield from (f"{a} and {b} overlap" for a, b in _pairs(merged) if _overlap(a, b))


def _book(book: etree._Element, styles: etree._Element) -> Iterator[str]:
    names = [one.get("name", "") for one in book.iter(f"{{{_X}}}sheet")]
    for name in names:
        if not 1 <= len(name) <= 31 or _FORBIDDEN_IN_NAMES.search(name) or name.strip("'") != name:
            yield f"a sheet called {name!r}"
    if len({name.casefold() for name in names}) < len(names):
        yield "two sheets of one name"
    yield from _counts(styles, ("numFmts", "fonts", "fills", "borders"))
    yield from _counts(styles, ("cellStyleXfs", "cellXfs", "cellStyles"))
    defined = [
        (one.get("name"), one.get("localSheetId")) for one in book.iter(f"{{{_X}}}definedName")
    ]
    if len(set(defined)) < len(defined):
        yield "two defined names of one name"


def _counts(root: etree._Element, tags: tuple[str, ...]) -> Iterator[str]:
    for tag in tags:
        for held in root.iter(f"{{{_X}}}{tag}"):
            if held.get("count", str(len(held))) != str(len(held)):
                yield f"{tag} of {held.get('count')} holds {len(held)}"


def _taken_apart(element: etree._Element) -> tuple[str, str]:
    found = etree.QName(element)
    return found.namespace or "", found.localname


def _column(reference: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]*", reference).group():  # type: ignore[union-attr] # * matches
        number = number * 26 + ord(letter) - 64
    return number


def _overlap(one: str, other: str) -> bool:
    (left, top, right, bottom), (west, north, east, south) = _area(one), _area(other)
    return left <= east and west <= right and top <= south and north <= bottom


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _colon, last = reference.partition(":")
    ends = first, last or first
    (left, right), (top, bottom) = (
        [_column(end) for end in ends],
        [int(end.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for end in ends],
    )
    return left, top, right, bottom


def _pairs(found: list[str]) -> Iterator[tuple[str, str]]:
    # Tables have a handful of merged areas; of more, a test would take long.
    few = found[:200]
    yield from ((a, b) for at, a in enumerate(few) for b in few[at + 1 :])
