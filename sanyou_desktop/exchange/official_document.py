"""A .docx in the typesetting of official documents (GB/T 9704-2012): page, faces, page numbers.

Sizes by the standard: 2号 is 22 points, 3号 16, 4号 14. The grid has 22 lines of 28 characters on
156 by 225 mm; a line of 28.95 points makes them fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FANGSONG, KAI, HEI, TITLE, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = 22.0, 16.0, 14.0, 12.0, 10.5
TEXT_WIDTH_MM = 156
LINE_POINTS = 28.95
CHARACTER_POINTS = TEXT_WIDTH_MM / 25.4 * 72 / 28
_STAND_INS = {FANGSONG: "仿宋", KAI: "楷体", TITLE: "华文中宋"}
_FONT_TABLE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
# The dash of the page number stands 7 mm below the text, which ends 35 mm above the edge.
_FOOTER_MM = 25.5
# However a template sets its margins, a table needs some room.
_NARROWEST_MM = 60.0


def new_document() -> Document:
    """Return an empty document with page, grid, faces and page numbers set up."""
    # 80 ms, for those only who write a document.
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(_FOOTER_MM)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - has no other door
    if grid is not None:
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(LINE_POINTS * 20)))
    usual = document.styles["Normal"]
    face_of(usual, FANGSONG, SIZE_3)
    usual.paragraph_format.line_spacing = Pt(LINE_POINTS)
    usual.paragraph_format.space_after = Pt(0)
    set_tight(usual, tight=True)
    set_flag(usual, "w:overflowPunct", on=False)
    _in_chinese(document)
    # The library's own settings lack what the schema asks for.
    for zoom in document.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    _name_stand_ins(document)
    _number_pages(document, section)
    return document


def add_text(
    holder: Document | _Cell,
    text: str,
    *,
    face: str = FANGSONG,
    size: float = SIZE_3,
    centred: bool = False,
    indented: bool = False,
    keep_with_next: bool = False,
) -> Paragraph:
    """Add a paragraph; ``indented`` sets its first line two characters in."""
    paragraph = holder.add_paragraph()
    dress(paragraph, text, face=face, size=size, centred=centred)
    if indented:
        indent(paragraph)
    paragraph.paragraph_format.keep_with_next = keep_with_next
    return paragraph


def dress(
    paragraph: Paragraph, text: str, *, face: str, size: float, centred: bool = False
) -> None:
    """Put text into a paragraph, in a face of that size."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    run = paragraph.add_run(without_control(text))
    face_of(run, face, size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def indent(paragraph: Paragraph) -> None:
    """Set the first line two characters in, whatever their size."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE_3)
    place = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - has no other door
    place.set(qn("w:firstLineChars"), "200")


def indent_style(style: ParagraphStyle, characters: int) -> None:
    """Set the first line of a style so many characters in."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.paragraph_format.first_line_indent = Pt(characters * SIZE_3)
    place = style.element.get_or_add_pPr().get_or_add_ind()
    place.set(qn("w:firstLineChars"), str(characters * 100))


def text_width_mm(document: Document, place: Paragraph | None) -> float:
    """Return how wide the text is where a paragraph of the body stands, None for the end of it.

    A section's page is described where the section ends.
    """
    from docx.oxml.ns import qn
    from docx.section import Section

    element: Any = place and place._p  # noqa: SLF001 - has no other door
    following = () if element is None else (element, *element.itersiblings())
    ends = (one.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for one in following)
    found: Any = next((one for one in ends if one is not None), None)
    section = document.sections[-1] if found is None else Section(found, document.part)
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        return TEXT_WIDTH_MM
    gutter = 0.0 if section.gutter is None else section.gutter.mm
    return float(max(_NARROWEST_MM, page.mm - left.mm - right.mm - gutter))


def add_table(document: Document, titles: list[str], widths_mm: list[float]) -> Table:
    """Add a table with thin lines whose header row is repeated on every page."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table: Table = document.add_table(rows=1, cols=len(titles), style=_grid_style(document))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    fill_row(table, 0, titles, widths_mm, face=HEI, centred=set(range(len(titles))))
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - has no other door
    return table


def _grid_style(document: Document) -> Any:  # noqa: ANN401 - docx's own styles
    """Return the style of thin lines, made where a template does not have it, as WPS leaves it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    name = "Table Grid"
    if name in {style.name for style in document.styles if style.type == WD_STYLE_TYPE.TABLE}:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in edges
    )
    style.element.append(
        parse_xml(f"<w:tblPr {nsdecls('w')}><w:tblBorders>{lines}</w:tblBorders></w:tblPr>")
    )
    return style


def add_row(table: Table, cells: list[str], widths_mm: list[float], *, centred: set[int]) -> None:
    """Add a row of cells to a table."""
    table.add_row()  # type: ignore[no-untyped-call] # docx has types for most, not for this
    fill_row(table, len(table.rows) - 1, cells, widths_mm, centred=centred)


def fill_row(
    table: Table,
    row: int,
    cells: list[str],
    widths_mm: list[float],
    *,
    face: str = FANGSONG,
    centred: set[int],
) -> None:
    """Write a row of cells; it is never torn by the end of a page."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    line = table.rows[row]
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - likewise
    for place, (cell, text) in enumerate(zip(line.cells, cells, strict=True)):
        cell.width = Mm(widths_mm[place])
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for number, part in enumerate(text.split("\n")):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            dress(paragraph, part, face=face, size=SIZE_5, centred=place in centred)
            paragraph.paragraph_format.line_spacing = Pt(SIZE_5 * 1.4)
            paragraph.paragraph_format.space_before = Pt(0 if number else 2)
            paragraph.paragraph_format.space_after = Pt(2)
            # The grid is that of the text; rows of small characters would be twice too high.
            snap = OxmlElement("w:snapToGrid")
            snap.set(qn("w:val"), "0")
            looks = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - likewise
            looks.insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:rPr")


def face_of(run_or_style: Any, face: str, size: float) -> None:  # noqa: ANN401 - both have a font
    """Set a run or a style in a face, Latin and Chinese characters alike."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run_or_style.font.name = face
    run_or_style.font.size = Pt(size)
    # Without it Chinese characters take the face of the reader's own template.
    faces = run_or_style.element.get_or_add_rPr().rFonts
    faces.set(qn("w:eastAsia"), face)
    # A theme's face goes before the one that is named.
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{theme}"), None)


def set_tight(style: Any, *, tight: bool) -> None:  # noqa: ANN401 - docx's own styles
    """Take a quarter of a point off each character, so that 28 of 3号 stand in a line.

    A grid of characters says the same, but LibreOffice gives each character two of its cells.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    looks = style.element.get_or_add_rPr()
    for old in looks.findall(qn("w:spacing")):
        looks.remove(old)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5" if tight else "0")
    after = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
    looks.insert_element_before(spacing, *after)


def set_flag(style: Any, tag: str, *, on: bool) -> None:  # noqa: ANN401 - docx's own styles
    """Set one of the switches of a style's paragraphs, such as ``w:snapToGrid``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    looks = style.element.get_or_add_pPr()
    for old in looks.findall(qn(tag)):
        looks.remove(old)
    flag = OxmlElement(tag)
    flag.set(qn("w:val"), "1" if on else "0")
    # The order of the schema (ECMA-376-1, CT_PPrBase); readers may refuse another one.
    order = (
        *("w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi"),
        *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
        *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
        *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:rPr"),
    )
    looks.insert_element_before(flag, *order[order.index(tag) + 1 :])


def set_outline_level(style: Any, level: int) -> None:  # noqa: ANN401 - docx's own styles
    """Set the level (from 0) at which a style's paragraphs stand in the outline."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    looks = style.element.get_or_add_pPr()
    for old in looks.findall(qn("w:outlineLvl")):
        looks.remove(old)
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    looks.insert_element_before(mark, "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")


def _in_chinese(document: Document) -> None:
    """Say that the text is Chinese, by which programs choose between the faces of characters."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _name_stand_ins(document: Document) -> None:
    """Say which face stands in where one of the standard is missing.

    Windows has 仿宋 and 楷体 under these names only; without a word Office takes 宋体 for both.
    """
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn
    from lxml import etree

    table = document.part.part_related_by(_FONT_TABLE)
    fonts = parse_xml(table.blob)
    for face, stand_in in _STAND_INS.items():
        font = OxmlElement("w:font")
        font.set(qn("w:name"), face)
        for tag, value in (("altName", stand_in), ("charset", "86"), ("pitch", "default")):
            part = OxmlElement(f"w:{tag}")
            part.set(qn("w:val"), value)
            font.append(part)
        fonts.append(font)
    table._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 - has no other door


def _number_pages(document: Document, section: Section) -> None:
    """Put — 1 — below the text, on odd pages to the right and on even ones to the left."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        # One character free on the outer side.
        paragraph.paragraph_format.left_indent = Pt(SIZE_4)
        paragraph.paragraph_format.right_indent = Pt(SIZE_4)
        paragraph.paragraph_format.line_spacing = 1
        for text in ("— ", "", " —"):
            if text:
                face_of(paragraph.add_run(text), SONG, SIZE_4)
            else:
                _add_field(paragraph, "PAGE", "1")


def _add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field; ``shown`` stands in it until the reader's program works it out.

    Every part of it is a run in the face: with one run for all, LibreOffice sets the number in
    the size of the paragraph.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", code, "separate", shown, "end"):
        run = paragraph.add_run(shown if kind == shown else "")
        face_of(run, SONG, SIZE_4)
        if kind == shown:
            continue
        if kind == code:
            part = OxmlElement("w:instrText")
            part.text = code
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001 - has no other door


def without_control(text: str) -> str:
    """Leave out what XML cannot hold, which would make the file unreadable."""
    return "".join(
        char for char in text if char in "\t\n" or (ord(char) >= 32 and char not in "\ufffe\uffff")
    )


def page_title(text: str) -> str:
    """Return a title tidied into one line; an empty one is said to be missing."""
    return " ".join(text.split()) or _("（无标题）")
