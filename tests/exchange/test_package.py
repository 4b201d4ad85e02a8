"""One part of a workbook changes; every other part keeps its stored bytes and its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from sanyou_desktop.exchange.errors import NotAWorkbook
from sanyou_desktop.exchange.package import CONTENT_TYPES, Package
from tests.exchange.stored import archive_of, contents, stored

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    """Return a workbook with a chart, a comment and two sheets, by a program that is not ours."""
    path = tmp_path / "共享.xlsx"
    with Workbook(str(path)) as book:
        page = book.add_worksheet("数据")
        page.write_column(0, 0, [1, 2, 3])
        page.write_comment("A1", "请核对")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=数据!$A$1:$A$3"})
        page.insert_chart("C1", chart)
        book.add_worksheet("说明").write_string(0, 0, "勿删")
    return path.read_bytes()


def package(data: bytes) -> Package:
    return Package(data, "共享.xlsx")


def test_a_workbook_in_which_nothing_changed_is_the_same_file(data: bytes) -> None:
    read = package(data)
    read.replace(SHEET, read.read(SHEET))
    assert not read.is_changed
    assert read.to_bytes() == data


def test_only_the_replaced_part_differs(data: bytes) -> None:
    changed = package(data)
    changed.replace(SHEET, changed.read(SHEET).replace(b"<v>2</v>", b"<v>20</v>"))
    before, after = stored(data), stored(changed.to_bytes())
    assert list(after) == list(before)
    assert {name for name in before if after[name] != before[name]} == {SHEET}
    assert b"<v>20</v>" in after[SHEET].content
    read = CalamineWorkbook.from_filelike(io.BytesIO(changed.to_bytes()))
    assert read.get_sheet_by_name("数据").to_python() == [[1.0], [20.0], [3.0]]


def test_a_part_changed_twice_says_the_last(data: bytes) -> None:
    changed = package(data)
    changed.replace(SHEET, b"<a/>")
    changed.replace(SHEET, b"<b/>")
    assert changed.read(SHEET) == b"<b/>"
    assert contents(changed.to_bytes())[SHEET] == b"<b/>"


def test_part_names_are_the_same_in_any_case(data: bytes) -> None:
    changed = package(data)
    assert changed.has("XL/Workbook.XML")
    changed.replace("XL/WORKSHEETS/Sheet1.xml", b"<a/>")
    assert contents(changed.to_bytes())[SHEET] == b"<a/>"


def add_sheet(changed: Package, name: str) -> str:
    part = changed.free_name("xl/worksheets/sheet{}.xml")
    changed.add(part, f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode(), SHEET_TYPE)
    relation = changed.relate(WORKBOOK, SHEET_RELATION, part)
    sheet = f'<sheet name="{name}" sheetId="90" r:id="{relation}"/></sheets>'.encode()
    changed.replace(WORKBOOK, changed.read(WORKBOOK).replace(b"</sheets>", sheet))
    return part


def test_an_added_sheet_is_found_by_other_programs(data: bytes) -> None:
    changed = package(data)
    part = add_sheet(changed, "新表")
    assert part == "xl/worksheets/sheet3.xml"
    assert changed.has(part)
    made = changed.to_bytes()
    assert load_workbook(io.BytesIO(made)).sheetnames == ["数据", "说明", "新表"]
    assert CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names == ["数据", "说明", "新表"]
    edited = {CONTENT_TYPES, WORKBOOK, "xl/_rels/workbook.xml.rels", part}
    before, after = stored(data), stored(made)
    assert {name for name in after if after.get(name) != before.get(name)} == edited


def test_an_added_part_can_be_read_and_changed_again(data: bytes) -> None:
    changed = package(data)
    part = add_sheet(changed, "新表")
    changed.replace(part.upper(), b"<a/>")
    assert changed.read(part) == b"<a/>"
    assert contents(changed.to_bytes())[part] == b"<a/>"
    assert changed.free_name("xl/worksheets/sheet{}.xml") == "xl/worksheets/sheet4.xml"


def test_relationships_get_ids_of_their_own(data: bytes) -> None:
    changed = package(data)
    before = {relation.id for relation in changed.relationships(WORKBOOK)}
    made = [changed.relate(WORKBOOK, SHEET_RELATION, f"xl/a{n}.xml") for n in range(4)]
    assert len({*made, *before}) == len(before) + 4
    assert [relation.target for relation in changed.relationships(WORKBOOK)][-1] == "xl/a3.xml"


def test_a_part_without_relationships_gets_a_first_one(data: bytes) -> None:
    changed = package(data)
    assert changed.relationships("xl/styles.xml") == []
    changed.relate("xl/styles.xml", SHEET_RELATION, "xl/优 等.xml")
    again = package(changed.to_bytes())
    found = again.relationships("xl/styles.xml")
    assert [(relation.kind, relation.target) for relation in found] == [
        ("worksheet", "xl/优 等.xml")
    ]


def test_a_removed_part_leaves_no_mention_of_itself(data: bytes) -> None:
    changed = package(data)
    changed.remove("xl/worksheets/sheet1.xml", "xl/comments1.xml")
    assert not changed.has("xl/comments1.xml")
    with pytest.raises(NotAWorkbook, match=r"comments1\.xml"):
        changed.read("xl/comments1.xml")
    made = contents(changed.to_bytes())
    assert "xl/comments1.xml" not in made
    assert not [name for name, content in made.items() if b"comments1.xml" in content]
    assert set(contents(data)) - set(made) == {"xl/comments1.xml"}


def relations(*spelt: str) -> bytes:
    start = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return (start + "".join(spelt) + "</Relationships>").encode()


def test_targets_are_found_however_they_are_spelt() -> None:
    spelt = [
        '<Relationship Id="a" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>',
        '<Relationship Id="b" Type="http://x/worksheet" Target="/xl/worksheets/sheet2.xml"/>',
        "<Relationship Target='../xl/./worksheets/%E4%BC%98.xml' Type='http://x/t' Id='c' />",
        '<Relationship Id="d" Type="http://x/hyperlink" Target="http://y" TargetMode="External"/>',
    ]
    parts = {CONTENT_TYPES: b"<Types/>", "xl/_rels/workbook.xml.rels": relations(*spelt)}
    found = package(archive_of(parts)).relationships(WORKBOOK)
    assert [(relation.id, relation.kind, relation.target) for relation in found] == [
        ("a", "worksheet", "xl/worksheets/sheet1.xml"),
        ("b", "worksheet", "xl/worksheets/sheet2.xml"),
        ("c", "t", "xl/worksheets/优.xml"),
    ]


def test_declarations_with_a_prefix_get_children_with_it() -> None:
    types = b'<p:Types xmlns:p="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    changed = package(archive_of({CONTENT_TYPES: types}))
    changed.add("xl/a.xml", b"<a/>", SHEET_TYPE)
    assert contents(changed.to_bytes())[CONTENT_TYPES] == types[:-2] + (
        b'><p:Override PartName="/xl/a.xml" ContentType="' + SHEET_TYPE.encode() + b'"/></p:Types>'
    )


def with_bad_check_sum(data: bytes) -> bytes:
    packed = stored(data)[SHEET].packed
    place = data.index(packed) + len(packed) // 2
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def without_sheet(data: bytes) -> bytes:
    return archive_of({name: part for name, part in contents(data).items() if name != SHEET})


@pytest.mark.parametrize("harm", [with_bad_check_sum, without_sheet])
def test_a_damaged_or_missing_part_is_named(data: bytes, harm: Callable[[bytes], bytes]) -> None:
    damaged = package(harm(data))
    with pytest.raises(NotAWorkbook, match=r"共享\.xlsx 已损坏.*sheet1\.xml.*文件未变"):
        damaged.read(SHEET)
