"""Workbooks that a superior made with other programs, full of what must survive."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.exchange.shared.units import OTHER, SHEET

# As a superior lays them out: not our order, with columns of its own among ours.
HEADERS = (
    "序号", "所属单位", "标题", "领导批示", "问题描述", "提出日期", "状态", "整改时限", "责任人",
    "核查得分", "所属单位代码", "记录标识", "记录版本", "校验值", "上报状态",
)  # fmt: skip
HEADER_ROW = 4
OTHERS = ("食堂地面湿滑", "=SUM(A1)", "会议室音响有杂音")
BOARD = "领导看板"


def make_foreign(path: Path, *, macros: bool = False) -> None:
    """Make a workbook with rows of another unit, charts, pictures, rules, names and macros."""
    with Workbook(str(path), {"strings_to_formulas": False}) as book:
        if macros:
            book.add_vba_project(io.BytesIO(b"\xd0\xcf macros"), is_stream=True)
        _board(book)
        page = book.add_worksheet(SHEET)
        _head(book, page)
        for at, title in enumerate(OTHERS):
            _row(book, page, HEADER_ROW + at, at, title)
        _rules(book, page)
        book.add_worksheet("隐藏").hide()
        book.define_name("问题区", f"={SHEET}!$A$5:$O$7")
        book.set_custom_property("督办人", "办公室")
        book.set_calc_mode("manual")
    _add_what_no_writer_makes(path)


def make_with_table(path: Path) -> None:
    """Make a workbook whose rows are an Excel table that ends with the last of them."""
    with Workbook(str(path)) as book:
        page = book.add_worksheet(SHEET)
        data = [[1, OTHER.name, title, "", "", None, "", None, "", 1, OTHER.code, f"x{at}"]
                for at, title in enumerate(OTHERS[::2])]  # fmt: skip
        columns = [{"header": header} for header in HEADERS]
        options = {"data": data, "columns": columns, "name": "整改表"}
        page.add_table(0, 0, len(data), len(HEADERS) - 1, options)
        page.write_string(0, 20, "表外备注")


def _board(book: Workbook) -> None:
    page = book.add_worksheet(BOARD)
    page.merge_range(0, 0, 0, 5, "三优一满意领导看板", book.add_format({"bold": True}))
    page.write_formula("A3", f"=COUNTA({SHEET}!C5:C500)", None, 3)
    page.write_comment("A3", "条数", {"author": "办公室"})
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": f"={SHEET}!$J$5:$J$7", "categories": f"={SHEET}!$B$5:$B$7"})
    page.insert_chart("C5", chart)
    page.insert_image("H5", "徽标.png", {"image_data": io.BytesIO(_picture())})
    page.insert_textbox("C25", "请各单位每月 25 日前更新")
    page.add_sparkline("B3", {"range": f"{SHEET}!J5:J7"})
    page.write_url("A5", "https://example.com/?a=1&b=2", string="通知")
    page.protect("1234")


def _head(book: Workbook, page: Worksheet) -> None:
    page.merge_range(0, 0, 1, len(HEADERS) - 1, "2026 年问题整改汇总", book.add_format({"bold": 1}))
    page.write_rich_string(2, 0, "填报要求：", book.add_format({"color": "red"}), "如实", " 填写")
    look = book.add_format({"bold": True, "bg_color": "#FFE699", "border": 1})
    for column, header in enumerate(HEADERS):
        page.write_string(HEADER_ROW - 1, column, header, look)
    page.freeze_panes(HEADER_ROW, 3)
    page.autofilter(HEADER_ROW - 1, 0, HEADER_ROW + len(OTHERS) - 1, len(HEADERS) - 1)
    page.set_row(HEADER_ROW, 40)
    page.set_column(2, 2, 30, book.add_format({"text_wrap": True, "border": 1}))


def _row(book: Workbook, page: Worksheet, row: int, at: int, title: str) -> None:
    day = book.add_format({"num_format": "yyyy年m月d日", "border": 1})
    page.write_formula(row, 0, f"=ROW()-{HEADER_ROW}", None, at + 1)
    page.write_string(row, 1, OTHER.name)
    page.write_string(row, 2, title)
    page.write_string(row, 3, "请尽快 <b>办理</b> & 回复")
    page.write_datetime(row, 5, datetime(2026, 3, at + 1), day)
    page.write_blank(row, 7, None, day)
    page.write_number(row, 9, 90.5 + at)
    page.write_string(row, 10, OTHER.code)
    page.write_string(row, 11, f"01890000-0000-7000-8000-00000000000{at}")
    page.write_number(row, 12, 1)
    page.write_comment(row, 3, f"批示 {date(2026, 4, 1)}")


def _rules(book: Workbook, page: Worksheet) -> None:
    page.data_validation("G5:G500", {"validate": "list", "source": ["待整改", "整改中", "已销号"]})
    page.conditional_format(
        "G5:G500",
        {"type": "cell", "criteria": "==", "value": '"待整改"',
         "format": book.add_format({"bg_color": "#F8CBAD"})},
    )  # fmt: skip
    page.conditional_format("J5:J500", {"type": "data_bar", "data_bar_2010": True})
    page.set_header("&C内部资料")
    page.repeat_rows(0, HEADER_ROW - 1)
    page.ignore_errors({"number_stored_as_text": "K5:L500"})


def _add_what_no_writer_makes(path: Path) -> None:
    """Add parts as Excel leaves them: pivot caches, slicers, custom XML, printer settings."""
    parts = {
        "xl/pivotCache/pivotCacheDefinition1.xml": b"<!-- kept --><pivotCacheDefinition/>",
        "xl/slicers/slicer1.xml": "<slicers><slicer name='单位'/></slicers>".encode(),
        "customXml/item1.xml": "<督办 xmlns='urn:x'>是</督办>".encode("utf-16"),
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
    }
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _picture() -> bytes:
    """Return a PNG of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", check)

    head = chunk(b"IHDR", struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")
