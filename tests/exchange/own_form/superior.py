"""A form as a superior unit sends it, made by another program, full of what must be kept."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sanyou_desktop.exchange.own_form.layout import NUMBER, UNIT_NAME, Layout

SHEET = "问题整改台账"
HEADER_ROW = 5
FIRST, LAST = 6, 10
TOTAL = 11
LAYOUT = Layout(
    SHEET,
    "finding",
    HEADER_ROW,
    {
        0: NUMBER,
        1: UNIT_NAME,
        2: "title",
        3: "raised_on",
        4: "status",
        5: "measure",
        6: "due_on",
        7: "place",
    },
)
_HEADERS = ("序号", "单位", "问题", "提出日期", "整改情况", "整改措施", "整改时限", "地点", "天数")


def make_form(path: Path) -> None:
    """Make the form: a title, labels, a header of two rows, five rows to fill, totals, notes."""
    with Workbook(str(path)) as book:
        page = book.add_worksheet(SHEET)
        other = book.add_worksheet("汇总")
        _head(book, page)
        _rows(book, page)
        _below(book, page)
        _around(book, page)
        other.write_formula("A1", f"={SHEET}!I{TOTAL}", None, 0)
        other.write_formula("A2", f"=COUNTA({SHEET}!C{FIRST}:C{LAST})", None, 0)
        book.define_name("问题区", f"={SHEET}!$A${FIRST}:$I${LAST}")
        book.define_name("合计格", f"={SHEET}!$I${TOTAL}")
        page.print_area(0, 0, TOTAL + 2, 8)
        page.repeat_rows(0, HEADER_ROW - 1)


def _head(book: Workbook, page: Worksheet) -> None:
    title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    header = book.add_format(
        {"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"}
    )
    page.set_column(0, 0, 5)
    page.set_column(1, 1, 18)
    page.set_column(2, 2, 26)
    page.set_column(3, 8, 13)
    page.merge_range(0, 0, 0, 8, "××市机关后勤系统问题整改台账", title)
    page.write_string(1, 0, "填报单位：")
    page.write_string(1, 6, "填报日期")
    page.write_string(2, 0, "期间：________")
    page.merge_range(3, 0, 4, 0, _HEADERS[0], header)
    for place, text in enumerate(_HEADERS[1:], start=1):
        page.merge_range(3, place, 4, place, text, header)


def _rows(book: Workbook, page: Worksheet) -> None:
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    day = book.add_format({"border": 1, "num_format": "yyyy.m.d", "valign": "vcenter"})
    for row in range(FIRST - 1, LAST):
        page.set_row(row, 24)
        for column in range(9):
            page.write_blank(row, column, None, day if column in (3, 6) else cell)
        page.write_formula(row, 8, f'=IF(G{row + 1}="","",G{row + 1}-D{row + 1})', cell, "")


def _below(book: Workbook, page: Worksheet) -> None:
    bold = book.add_format({"bold": True, "border": 1})
    page.merge_range(TOTAL - 1, 0, TOTAL - 1, 1, "合计", bold)
    page.write_formula(TOTAL - 1, 8, f"=SUM(I{FIRST}:I{LAST})", bold, 0)
    page.merge_range(TOTAL, 0, TOTAL, 8, "注：整改时限以通知为准。")
    page.write_string(TOTAL + 1, 0, "填表人：")
    page.write_string(TOTAL + 1, 5, "负责人（签章）：")


def _around(book: Workbook, page: Worksheet) -> None:
    page.data_validation(
        FIRST - 1, 4, LAST - 1, 4, {"validate": "list", "source": ["未整改", "整改中", "已整改"]}
    )
    red = book.add_format({"font_color": "#B42318"})
    page.conditional_format(
        FIRST - 1, 8, LAST - 1, 8,
        {"type": "formula", "criteria": f"=$I{FIRST}>30", "format": red},
    )  # fmt: skip
    page.write_comment(TOTAL - 1, 8, "由表中自动计算")
    page.freeze_panes(HEADER_ROW, 0)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": [SHEET, FIRST - 1, 2, LAST - 1, 2],
            "values": [SHEET, FIRST - 1, 8, LAST - 1, 8],
        }
    )
    page.insert_chart(TOTAL + 4, 1, chart)
    page.insert_image(TOTAL + 1, 7, "印.png", {"image_data": BytesIO(_picture())})


def _picture() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    row = b"\0" + b"\xb4\x23\x18" * 24
    head = struct.pack(">IIBBBBB", 24, 24, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * 24))
        + chunk(b"IEND", b"")
    )
