"""Rows are read and written however another program spelt them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from sanyou_desktop.exchange.cells import address_of, column_name
from sanyou_desktop.exchange.errors import NotAWorkbook, TooLarge
from sanyou_desktop.exchange.limits import LAST_ROW
from sanyou_desktop.exchange.row_texts import Reading
from sanyou_desktop.exchange.styles import Styles
from sanyou_desktop.exchange.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" '
    'formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '<numFmt numFmtId="165" formatCode="&quot;day &quot;0.00[Red]"/></numFmts>'
    '<fonts count="1"><font/></fonts><cellXfs count="4">'
    '<xf numFmtId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="165"><alignment/></xf>'
    '<xf numFmtId="9" applyNumberFormat="0"/></cellXfs></styleSheet>'
)


def worksheet(rows: str, *, prefix: str = "", before: str = "", is_1904: bool = False) -> Worksheet:
    colon = f"{prefix}:" if prefix else ""
    declared = f'xmlns{":" + prefix if prefix else ""}="{MAIN}"'
    data = (
        f"<{colon}worksheet {declared}>{before}<{colon}sheetData>{rows}</{colon}sheetData>"
        f"</{colon}worksheet>"
    )
    reading = Reading(["共享一", "共享二"], Styles(STYLES.encode()), is_1904)
    return Worksheet(data.encode(), reading, "共享.xlsx")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="s"><v>1</v></c>', "共享二"),
        ('<c r="A1" t="s"><v>9</v></c>', ""),
        ('<c r="A1" t="inlineStr"><is><t>一</t></is></c>', "一"),
        ('<c r="A1" t="inlineStr"><is><r><rPr/><t>一</t></r><r><t>二</t></r></is></c>', "一二"),
        (
            '<c r="A1" t="inlineStr"><is><t>东</t><rPh sb="0" eb="1"><t>dong</t></rPh></is></c>',
            "东",
        ),
        ('<c r="A1" t="str"><f>"a"&amp;"b"</f><v>a_x000D_&amp;b</v></c>', "a\r&b"),
        ('<c r="A1" t="b"><v>1</v></c>', "1"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1"><v>0.10000000000000001</v></c>', "0.1"),
        ('<c r="A1"><v>1E3</v></c>', "1000"),
        ('<c r="A1" s="1"><v>46086</v></c>', "2026-03-05"),
        ('<c r="A1" s="1"><v>46086.5</v></c>', "46086.5"),
        ('<c r="A1" s="2"><v>46086</v></c>', "46086"),
        ('<c r="A1" s="99"><v>46086</v></c>', "46086"),
        ('<c r="A1" s="1"/>', ""),
        ("<c r='A1' t = 'inlineStr'\n><is><t xml:space='preserve'> 一 </t></is></c>", " 一 "),
    ],
)
def test_a_cell_shows_its_text(cell: str, text: str) -> None:
    read = worksheet(f'<row r="1">{cell}</row>')
    assert read.texts(1).get(0, "") == text
    assert read.text_at(1, 0) == text


def test_rows_and_cells_may_leave_out_their_addresses() -> None:
    inline = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "<row>{}<c/>{}</row><row/><row>{}</row>".format(*map(inline.format, "一二三"))
    read = worksheet(rows)
    assert list(read.rows()) == [1, 2, 3]
    assert read.texts(1) == {0: "一", 2: "二"}
    assert read.text_at(3, 0) == "三"
    read.write(3, {1: "新"}, {})
    assert Worksheet(read.to_bytes(), read.reading, "").texts(3) == {0: "三", 1: "新"}


def test_elements_may_have_a_prefix() -> None:
    read = worksheet('<x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row>', prefix="x")
    assert read.texts(2) == {1: "5"}
    read.write(2, {0: "<一>"}, {0: "3"})
    read.write(3, {0: Decimal("1.50")}, {})
    assert '<x:c r="A2" s="3" t="inlineStr"><x:is>' in read.to_bytes().decode()
    again = Worksheet(read.to_bytes(), read.reading, "")
    assert (again.texts(2), again.texts(3)) == ({0: "<一>", 1: "5"}, {0: "1.5"})


def test_a_sheet_without_rows_gets_its_first() -> None:
    data = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData/></worksheet>'
    edited = Worksheet(data.encode(), worksheet("").reading, "")
    edited.write(3, {1: 7}, {})
    assert edited.to_bytes().decode() == (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:B3"/><sheetData>'
        '<row r="3"><c r="B3"><v>7</v></c></row></sheetData></worksheet>'
    )


def test_new_rows_go_between_the_others() -> None:
    edited = worksheet('<row r="2"><c r="A2"/></row><row r="5"><c r="A5"/></row>')
    for row in (4, 6, 1, 3):
        edited.write(row, {0: row}, {})
    edited.write(5, {0: 5}, {})
    numbers = [row.get("r") for row in etree.fromstring(edited.to_bytes()).iter(f"{{{MAIN}}}row")]
    assert numbers == ["1", "2", "3", "4", "5", "6"]


def test_a_row_keeps_its_height_and_its_other_cells() -> None:
    other = "<c r='C2' s=\"3\" ><v>1</v ></c>"
    row = f'<row r="2" spans="1:3" ht="30" customHeight="1"><c r="A2"><v>0</v></c>{other}</row>'
    edited = worksheet(row)
    edited.write(2, {1: "=一"}, {1: "3"})
    assert body_row(edited) == (
        '<row r="2" ht="30" customHeight="1"><c r="A2"><v>0</v></c><c r="B2" s="3" t="inlineStr">'
        f'<is><t xml:space="preserve">=一</t></is></c>{other}</row>'
    )


def body_row(edited: Worksheet) -> str:
    data = edited.to_bytes().decode()
    return data[data.index("<row") : data.index("</row>") + len("</row>")]


def test_rows_out_of_order_lose_nothing() -> None:
    rows = '<row r="5"><c r="A5"><v>5</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    edited = worksheet(rows)
    edited.write(5, {1: 50}, {})
    edited.write(2, {1: 20}, {})
    again = Worksheet(edited.to_bytes(), edited.reading, "")
    assert (again.texts(5), again.texts(2)) == ({0: "5", 1: "50"}, {0: "2", 1: "20"})


def test_what_looks_like_an_address_in_a_text_is_none() -> None:
    cell = '<c r="A2" t="inlineStr"><is><t>见 r="B2" 格</t></is></c><c r="B2"><v>7</v></c>'
    assert worksheet(f'<row r="2">{cell}</row>').text_at(2, 1) == "7"


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize(
    "day", [date(1850, 1, 1), date(1900, 1, 1), date(1904, 1, 1), date(2026, 3, 5)]
)
def test_days_are_read_back_whatever_day_is_zero(day: date, is_1904: bool) -> None:
    edited = worksheet("", is_1904=is_1904)
    edited.write(1, {0: day}, {0: "1"})
    assert Worksheet(edited.to_bytes(), edited.reading, "").texts(1) == {0: day.isoformat()}
    is_number = day >= (date(1904, 1, 1) if is_1904 else date(1900, 3, 1))
    assert (b"<v>" in edited.to_bytes()) == is_number


def test_a_date_style_is_made_of_the_one_that_was_there() -> None:
    styles = Styles(STYLES.encode())
    assert styles.date_like("1") == "1"
    made = styles.date_like("3")
    assert (made, styles.date_like("3"), styles.date_like("99")) == ("4", "4", "5")
    assert styles.is_date(made)
    formats = etree.fromstring(styles.data).find(f"{{{MAIN}}}cellXfs")
    assert formats is not None
    assert formats.get("count") == str(len(formats)) == "6"
    assert etree.tostring(formats[4]).decode().endswith(' numFmtId="166" applyNumberFormat="1"/>')
    assert b'<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/></numFmts>' in styles.data


def test_what_is_there_in_two_ways_counts_once() -> None:
    """As a program writes it that says its own fonts twice: for itself, and for all others."""
    font = b'<font><sz val="%d"/></font>'
    both = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        b'2006"><mc:Choice Requires="hs">%b</mc:Choice><mc:Fallback>%b</mc:Fallback>'
        b"</mc:AlternateContent>"
    ) % (font % 9, font % 10)
    styles = Styles(
        b'<styleSheet><fonts count="3">%b%b%b</fonts><cellXfs count="2"><xf fontId="0"/>'
        b'<xf fontId="2"/></cellXfs></styleSheet>' % (font % 8, both, font % 12)
    )

    assert styles.font_points("1") == 12
    assert styles.bold() == "2"
    assert b'fontId="3"' in styles.data


def test_styles_that_others_carry_keep_their_bytes() -> None:
    styles = Styles(STYLES.encode())
    styles.bold()
    styles.date_like("2")
    added = (
        '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/>',
        "<font><b/></font>",
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
        '<xf numFmtId="166" applyNumberFormat="1"><alignment/></xf>',
    )
    kept = styles.data.decode()
    for one in added:
        assert kept.count(one) == 1
        kept = kept.replace(one, "")
    counts = {"numFmts": (3, 2), "fonts": (2, 1), "cellXfs": (6, 4)}
    for name, (now, before) in counts.items():
        kept = kept.replace(f'<{name} count="{now}">', f'<{name} count="{before}">')
    assert kept == STYLES


@pytest.mark.parametrize("row", [LAST_ROW + 1, 9_999_999_999])
def test_there_is_no_row_beyond_the_last(row: int) -> None:
    with pytest.raises(TooLarge):
        worksheet(f'<row r="{row}"/>')
    with pytest.raises(TooLarge, match="已满"):
        worksheet("").write(row, {0: 1}, {})


def test_a_part_without_a_place_for_rows_is_damaged() -> None:
    with pytest.raises(NotAWorkbook, match="没有内容部分"):
        Worksheet(f'<worksheet xmlns="{MAIN}"/>'.encode(), worksheet("").reading, "共享.xlsx")


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_have_letters(column: int, name: str) -> None:
    assert column_name(column) == name
    assert address_of(f"${name}$12") == (12, column)


@pytest.mark.parametrize("text", ["", "A", "12", "A1:B2", "表!A1"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert address_of(text) is None


def test_formats_of_conditional_formats_are_none_of_cells() -> None:
    """Excel writes them with the numbers of built-in formats: 19 shows a cell the time of day."""
    dxfs = '<dxfs count="1"><dxf><numFmt numFmtId="19" formatCode="yyyy/m/d"/></dxf></dxfs>'
    styles = Styles(STYLES.replace("</styleSheet>", f"{dxfs}</styleSheet>").encode())
    made = styles.date_like("3")
    assert styles.codes()[int(made)] == r"yyyy\-mm\-dd"
    assert styles.is_date(made)
