"""Any file that holds a table is read alike, whatever its name, program and encoding."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from sanyou_desktop.exchange.errors import ExchangeError, NotAWorkbook, TooLarge, Unsupported
from sanyou_desktop.exchange.tables import reading
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.reading import grid_of_text, read_grids
from tests.exchange.shared.test_office import converted
from tests.exchange.stored import archive_of, contents
from tests.exchange.tables.clerk import HEADERS, ROWS, grid, text, workbook
from tests.faults.compound_file import compound_file, record

THIRD = dict(enumerate(HEADERS))


def shown(found: Grid) -> list[dict[int, str]]:
    return [dict(line.cells) for line in found.lines]


def test_a_workbook_is_read_with_days_and_numbers_as_they_show(tmp_path: Path) -> None:
    found = grid(workbook(tmp_path / "台账.xlsx"))

    assert found.name == "台账"
    assert shown(found)[2] == THIRD
    assert shown(found)[3][3] == "2026-03-01"
    assert shown(found)[4][7] == "46100"
    assert [line.number for line in found.lines] == list(range(1, 8))


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_and_open_formats_are_read_alike(tmp_path: Path, kind: str) -> None:
    made = converted(workbook(tmp_path / "台账.xlsx"), kind, tmp_path)
    # WPS calls the same format .et; what counts is what is inside.
    renamed = made.rename(tmp_path / "表.et")

    assert shown(grid(renamed)) == shown(grid(tmp_path / "台账.xlsx"))


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_cells_show_is_read_of_older_and_open_formats_too(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "台账.xlsx"
    with Workbook(str(path), {"date_1904": True}) as book:
        page = book.add_worksheet("一")
        page.write("A1", "测评")
        other = book.add_worksheet("二")
        for row in range(3):
            other.write(row, 0, 0.955, book.add_format({"num_format": "0.0%"}))
            other.write(row, 1, 2000, book.add_format({"num_format": '#,##0"万元"'}))
            other.write(row, 2, 2000)
            month = book.add_format({"num_format": 'yyyy"年"m"月"'})
            other.write_datetime(row, 3, datetime(2006, 7, 1), month)
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            other.write_datetime(row, 4, datetime(2006, 7, 1), day)
        other.set_row(1, None, None, {"hidden": True})

    made = read_grids(converted(path, kind, tmp_path))[1]

    cells = {0: "95.5%", 1: "2000万元", 2: "2000", 3: "2006-07", 4: "2006-07-01"}
    assert shown(made) == [cells] * 3
    assert made.hidden_rows == {2}
    assert made.is_1904


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("gbk", "\t"), ("utf-16", ";")],
)
def test_text_is_read_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes(text(delimiter=delimiter).encode(encoding))

    assert shown(grid(path))[2] == THIRD
    assert shown(grid(path))[3][3] == "2026-03-01"


def test_a_pasted_block_keeps_line_breaks_in_cells() -> None:
    found = grid_of_text('标题\t备注\n灯不亮\t"第一行\n第二行"\n')

    assert shown(found) == [{0: "标题", 1: "备注"}, {0: "灯不亮", 1: "第一行\n第二行"}]


def test_a_merged_cell_speaks_for_the_rows_it_covers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [["部门", "问题"], ["物业科", "一"], [None, "二"]])
    book = load_workbook(path)
    book["台账"].merge_cells("A2:A3")
    book.save(path)

    assert [line.cells.get(0) for line in grid(path).spread()] == ["部门", "物业科", "物业科"]


def test_a_workbook_whose_table_of_texts_is_empty_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "数字.xlsx", [[1, 2], [3, 4]])
    # So Excel leaves it when the last text of a workbook was deleted.
    empty = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'count="0" uniqueCount="0"/>'
    )
    parts = contents(path.read_bytes()) | {"xl/sharedStrings.xml": empty}
    path.write_bytes(archive_of(parts))

    assert shown(grid(path)) == [{0: "1", 1: "2"}, {0: "3", 1: "4"}]


NUMBERS = (
    (0.95, "0%", "95%"), (1.5, "0.0%", "150%"), (7, "#,##0", "7"), (3, '#,##0.00"元"', "3元"),
    (2000, '0"万元"', "2000万元"), ("约", '0"万元"', "约"),
    # These show 1.2万 and 12千元: the word is not of the number.
    (12345, '0!.0,"万"', "12345"), (12345, '#,##0,"千元"', "12345"),
)  # fmt: skip
JULY = date(2006, 7, 1)
# 57 and 58 are what is typed as 2006年7月 and 7月1日; no file spells these formats out.
DAYS = (
    (JULY, 57, "2006-07"), (date(2006, 7, 31), 57, "2006-07-31"), (JULY, 58, "2006-07-01"),
    (JULY, 'yyyy"年"m"月"', "2006-07"), (JULY, 'yyyy"年"m"月"d"日"', "2006-07-01"),
    (JULY, 14, "2006-07-01"), (date(2006, 1, 1), "yyyy", "2006"),
)  # fmt: skip


def test_cells_are_read_as_they_show(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet("台账")
        for column, (value, code, _shown) in enumerate(NUMBERS):
            page.write(0, column, value, book.add_format({"num_format": code}))
        for column, (day, shown_as, _shown) in enumerate(DAYS):
            page.write_datetime(1, column, day, book.add_format({"num_format": shown_as}))

    assert shown(grid(path)) == [
        dict(enumerate(told for _value, _code, told in NUMBERS)),
        dict(enumerate(told for _value, _code, told in DAYS)),
    ]


def test_an_error_is_read_as_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet("台账")
        page.write_formula("B1", "=NA()", value="#N/A")
        page.write("C1", 5)
        page.write_formula("D2", "=1/0", book.add_format({"num_format": "0%"}), "#DIV/0!")

    assert shown(grid(path)) == [{1: "#N/A", 2: "5"}, {3: "#DIV/0!"}]


def test_formulas_without_results_are_known(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [["一", "=A2"], ["二", "=UPPER(A1)"]])

    assert grid(path).uncomputed == {(1, 1), (2, 1)}


def test_hidden_sheets_and_rows_are_known(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", 旧=[["标题", "备注"], ["a", "b"]])
    book = load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book["台账"].row_dimensions[5].hidden = True
    book.save(path)

    first, second = read_grids(path)
    assert (first.hidden, second.hidden) == (False, True)
    assert first.hidden_rows == frozenset({5})


def test_days_that_count_from_1904_are_said_to(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with Workbook(str(path), {"date_1904": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet("台账")
        page.write_row(0, 0, ["标题", "提出日期"])
        page.write_string(1, 0, "灯不亮")
        page.write_datetime(1, 1, date(2026, 3, 1))

    assert grid(path).is_1904
    assert shown(grid(path))[1][1] == "2026-03-01"


def test_a_file_without_anything_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "空.xlsx", [])

    with pytest.raises(NotAWorkbook, match="没有内容"):
        read_grids(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbook, match="没有找到"):
        read_grids(tmp_path / "没有.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 40,
        b"PK\x03\x04" + bytes(60),
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
        "=1+1".encode("utf-16-be"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "怪.xlsx"
    path.write_bytes(content)

    with pytest.raises(ExchangeError, match=r"怪\.xlsx"):
        read_grids(path)


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "锁.xlsx"
    path.write_bytes(
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(200) + "EncryptedPackage".encode("utf-16-le")
    )

    with pytest.raises(Unsupported, match="密码"):
        read_grids(path)


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    parts = contents(path.read_bytes())
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_far_cell_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "远.xlsx")
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    rewritten(path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</sheetData>", far))

    with pytest.raises(TooLarge, match="相距太远"):
        read_grids(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "实体.xlsx")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    rewritten(path, "xl/workbook.xml", lambda part: bomb + part)

    with pytest.raises(ExchangeError, match="外部定义"):
        read_grids(path)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", len(ROWS) - 1)

    with pytest.raises(TooLarge, match="超过 6 行"):
        read_grids(workbook(tmp_path / "长.xlsx"))


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_the_commas_of_sentences_do_not_cut_a_table(delimiter: str) -> None:
    rows = [
        ["序号", "问题描述", "整改情况"],
        ["1", "灭火器过期，压力不足，标签脱落，未登记，未更换", "已更换，已登记，已张贴，已通报"],
        ["2", "走廊灯不亮，开关失灵", "已更换灯管，已修开关，已试用"],
    ]

    found = grid_of_text("\n".join(map(delimiter.join, rows)))

    assert shown(found) == [dict(enumerate(row)) for row in rows]


@pytest.mark.parametrize(("columns", "rows"), [(44, 10_001), (401, 10)])
def test_a_table_that_is_wide_or_long_but_not_both_is_read(
    tmp_path: Path, columns: int, rows: int
) -> None:
    """How far it reaches is first estimated, which must not refuse what there is room for."""
    path = tmp_path / "表.xlsx"
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            for column in range(columns if row in (0, rows - 1) else 1):
                sheet.write_number(row, column, 1)

    (grid,) = read_grids(path)

    assert len(grid.lines) == rows


def open_document(rows: str, *, mimetype_first: bool = True) -> bytes:
    """Return a spreadsheet of OpenDocument with the markup of its rows."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" '
        f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{office}manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    first = {"mimetype": kind.encode()}
    rest = {"META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    return archive_of(first | rest if mimetype_first else rest | first)


@pytest.mark.parametrize("mimetype_first", [True, False])
def test_a_row_without_cells_is_a_row_of_an_open_document(
    tmp_path: Path, mimetype_first: bool
) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>优</text:p></table:table-cell>'
    rows = f"<table:table-row/><table:table-row>{cell}</table:table-row>"
    path = tmp_path / "表.ods"
    path.write_bytes(open_document(rows, mimetype_first=mimetype_first))

    assert shown(grid(path)) == [{0: "优"}]


def test_an_old_workbook_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = tmp_path / "表.xls"
    opening = record(0x809, struct.pack("<4H2L", 0x600, 5, 0, 0, 0, 0))
    # MS-XLS 2.4.117: behind it the contents of records are enciphered, and say anything.
    enciphered = record(0x2F, bytes(6)) + record(0xFD, b"\xf0" * 10)
    path.write_bytes(compound_file(opening + enciphered))

    with pytest.raises(Unsupported, match="设有打开密码"):
        read_grids(path)


def test_a_binary_workbook_is_refused_before_a_reader_makes_room_for_it(tmp_path: Path) -> None:
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.bin": b"\x83\x01\x00",
        "xl/worksheets/sheet1.bin": b"\x81\x01\x00",
    }
    path = tmp_path / "表.xlsx"
    path.write_bytes(archive_of(parts))

    with pytest.raises(Unsupported, match=r"\.xlsb 格式。.*另存为 \.xlsx"):
        read_grids(path)


def test_a_reader_that_gives_up_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader's own exception for that is no ``Exception``, and its class has no address."""
    gives_up = type("PanicException", (BaseException,), {})

    def opened(_file: object) -> None:
        raise gives_up

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", opened, raising=True)
    path = workbook(tmp_path / "台账.xlsx")

    with pytest.raises(NotAWorkbook, match="已损坏"):
        read_grids(path)
