"""A sheet is refused for cells far apart, however they are written, before anybody reads it."""

from __future__ import annotations

from time import perf_counter

import pytest

from sanyou_desktop.exchange import sheet_extent
from sanyou_desktop.exchange.errors import TooLarge
from sanyou_desktop.exchange.sheet_extent import MOST_CELLS, cells_spanned, check_extent

FAR = (
    '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>',
    "<row r='1048576'><c r='XFD1048576'/></row>",
    '<row r="1048576"><c s="1" r="XFD1048576"/></row>',
    '<row r="1048576"><c\tr = "XFD1048576" ><v>1</v></c></row>',
    '<x:row r="1048576"><x:c r="XFD1048576"/></x:row>',
    '<row r="1"><c r="ZZ1"/></row><row r="1048576"><c r="A1048576"/></row>',
    '<row r="1"><c r="A1"/></row><row r="2">' + "<c/>" * 20_000 + "</row>" + "<row/>" * 1_000,
    '<row r="1"><![CDATA[<c r="A1"]]><c\nr="XFD1048576"/></row>',
    '<row r="1"><c r="XFD1"/></row>' + '<row r="2"><c/></row>' * 1_000,
)


def sheet(rows: str) -> bytes:
    return (
        f'<worksheet><cols><col min="1"/></cols><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


@pytest.mark.parametrize("rows", FAR)
def test_cells_far_apart_are_refused(rows: str) -> None:
    with pytest.raises(TooLarge, match=r"上报\.xlsx 的「承诺」有内容的单元格相距太远"):
        check_extent(sheet(rows), "上报.xlsx", "承诺")


@pytest.mark.parametrize(
    "rows",
    [
        "",
        '<row r="1"><c r="A1"/><c r="AH1"/></row><row r="300000"><c r="AN300000"/></row>',
        "<row><c/><c/></row>" * 5_000,
        '<row r="9999"><c r="ZZ9999"/></row>',
        '<x:row r="20000"><x:c r="AN20000"/></x:row>',
    ],
)
def test_what_a_report_may_be_passes(rows: str) -> None:
    check_extent(sheet(rows), "上报.xlsx", "承诺")


def test_the_span_is_exact_where_it_matters() -> None:
    rows = '<row r="400000"><c r="AD400000"/></row>'
    assert cells_spanned(sheet(rows)) == 30 * 400_000
    assert cells_spanned(sheet(rows)) == MOST_CELLS
    assert cells_spanned(sheet(rows.replace("AD", "AE"))) == 31 * 400_000
    assert cells_spanned(sheet("<row><c/><c/></row>" * 3)) == 6


def test_looking_takes_a_moment_even_at_a_large_part() -> None:
    row = '<row r="12345">' + '<c r="AB12345" t="s"><v>123456</v></c>' * 40 + "</row>"
    data = sheet(row * 20_000)
    began = perf_counter()
    check_extent(data, "上报.xlsx", "承诺")
    assert perf_counter() - began < 10


@pytest.mark.parametrize(
    "cell", ['<c r="LZ9999"/>', '<c r="A1"/><cfRule/>', '<c r="M1"/>', '<c r="MA1"/>', "<c/>"]
)
def test_one_look_tells_the_same_as_a_close_one(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sheet(f'<row r="1">{cell}</row>')
    check_extent(data, "上报.xlsx", "承诺")
    with monkeypatch.context() as closely:
        closely.setattr(sheet_extent, "_is_near", lambda *_given: False)
        check_extent(data, "上报.xlsx", "承诺")


def test_many_cells_at_one_address_are_counted_though_none_is_far() -> None:
    data = sheet('<row r="1">' + '<c r="A1"/>' * 3_400_000 + "</row>")
    with pytest.raises(TooLarge):
        check_extent(data, "上报.xlsx", "承诺", 3_390_000)
