"""A worksheet part that is added to somebody's workbook: a title, headers, and room for rows."""

from __future__ import annotations

from sanyou_desktop.exchange.cells import cell_markup, column_name
from sanyou_desktop.exchange.sheet import CellStyle, Column
from sanyou_desktop.exchange.styles import Styles


def new_sheet(namespace: str, title: str, columns: tuple[Column, ...], styles: Styles) -> bytes:
    """Return the markup of a worksheet with a title and headers, and no rows yet.

    ``namespace`` is that of the elements in the workbook's dialect.
    """
    bold = styles.bold()
    wrapped = styles.wrapped()
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"'
        + (f' style="{wrapped}"/>' if column.style is CellStyle.WRAPPED else "/>")
        for place, column in enumerate(columns, start=1)
    )
    headers = b"".join(
        cell_markup(b"", f"{column_name(place)}3", bold, column.title, is_1904=False)
        for place, column in enumerate(columns)
    )
    last = column_name(len(columns) - 1)
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{namespace}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}3"/>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData><row r="1">'
    )
    middle = cell_markup(b"", "A1", bold, title, is_1904=False) + b'</row><row r="3">' + headers
    tail = (
        f'</row></sheetData><autoFilter ref="A3:{last}4"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return head.encode() + middle + tail.encode()
