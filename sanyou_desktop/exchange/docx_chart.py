"""A chart in a .docx as the office program's own (DrawingML, ECMA-376-1 part 21.2), to be edited.

Its numbers lie in a small workbook inside the document, which opens with 编辑数据; the same
numbers stand in the chart's cache, so that it is drawn without opening it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from sanyou_desktop.exchange.chart_scale import ticks
from sanyou_desktop.model.summary import Chart

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU_A_MM = 36_000
_WIDTH_MM, _HEIGHT_MM = 150, 75
# Dark and light in turn, so that a copier without colours tells them apart.
_SHADES = ("2F4F7F", "A9B7CC", "6C6C6C", "D0D0D0")
_FACE = "仿宋_GB2312"


def add_chart(
    document: Document, paragraph: Paragraph, chart: Chart, number: int, room_mm: float
) -> None:
    """Put a chart into a paragraph, no wider than ``room_mm``.

    ``number`` counts the charts of the document from 1.
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    package = document.part.package
    assert package is not None
    taken = {str(part.partname) for part in package.iter_parts()}
    while f"/word/charts/chart{number}.xml" in taken:
        number += 1
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, _workbook(chart), package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    related = part.relate_to(book, f"{_RELATION}/package")
    part._blob = _markup(chart, related).encode()  # noqa: SLF001 - known only once it is related
    shown = document.part.relate_to(part, f"{_RELATION}/chart")
    frame = _frame(chart, shown, number, _free_id(document), room_mm)
    paragraph.add_run()._r.append(parse_xml(frame))  # noqa: SLF001 - no other door


def _workbook(chart: Chart) -> bytes:
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_column(1, 0, chart.categories)
        for at, (name, values) in enumerate(chart.series):
            sheet.write_string(0, at + 1, name)
            for row, value in enumerate(values):
                if value is not None:
                    sheet.write_number(row + 1, at + 1, value)
    return held.getvalue()


def _free_id(document: Document) -> int:
    """Return a number that no drawing of the document has, pictures of a template among them."""
    taken = [int(one.get("id", "0")) for one in document.element.body.iter(f"{{{_WP}}}docPr")]
    return max([1000, *taken]) + 1


def _frame(chart: Chart, relation: str, number: int, drawing: int, room_mm: float) -> str:
    wide, high = round(min(_WIDTH_MM, room_mm) * _EMU_A_MM), _HEIGHT_MM * _EMU_A_MM
    told = escape(chart.title, {'"': "&quot;"})
    return (
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{drawing}" name="图{number}" descr="{told}"/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{_RELATION}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _markup(chart: Chart, book: str) -> str:
    largest = max((value or 0 for _name, values in chart.series for value in values), default=0)
    marks = ticks(largest)
    series = "".join(_series(chart, at) for at in range(len(chart.series)))
    title = escape(f"{chart.title}（单位：{chart.unit}）")
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_RELATION}">'
        '<c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_text(1200)}</a:pPr>"
        f'<a:r><a:rPr lang="zh-CN" sz="1200" b="0"><a:latin typeface="{_FACE}"/>'
        f'<a:ea typeface="{_FACE}"/></a:rPr><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="80"/><c:axId val="11"/><c:axId val="12"/></c:barChart>'
        f"{_axes(marks)}</c:plotArea>{legend if len(chart.series) > 1 else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        f"<c:txPr><a:bodyPr/><a:p><a:pPr>{_text(900)}</a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        f'<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _text(size: int) -> str:
    return (
        f'<a:defRPr sz="{size}" b="0"><a:latin typeface="{_FACE}"/>'
        f'<a:ea typeface="{_FACE}"/></a:defRPr>'
    )


def _series(chart: Chart, at: int) -> str:
    name, values = chart.series[at]
    column = chr(ord("B") + at)
    last = len(chart.categories) + 1
    categories = "".join(
        f'<c:pt idx="{row}"><c:v>{escape(text)}</c:v></c:pt>'
        for row, text in enumerate(chart.categories)
    )
    points = "".join(
        f'<c:pt idx="{row}"><c:v>{value}</c:v></c:pt>'
        for row, value in enumerate(values)
        if value is not None
    )
    count = f'<c:ptCount val="{len(values)}"/>'
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef>'
        f'<c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{_SHADES[at % len(_SHADES)]}"/></a:solidFill>'
        '</c:spPr><c:invertIfNegative val="0"/><c:dLbls><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{categories}"
        "</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{count}{points}</c:numCache>"
        "</c:numRef></c:val></c:ser>"
    )


def _axes(marks: list[int]) -> str:
    return (
        '<c:catAx><c:axId val="11"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="12"/>'
        '<c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="12"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{marks[-1]}"/><c:min val="0"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="C8C8C8"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="11"/>'
        '<c:crosses val="autoZero"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{marks[1] - marks[0]}"/></c:valAx>'
    )
