"""Reports that are none, of the wrong unit, of another version, or made to do harm."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from sanyou_desktop.exchange import read_workbook
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.incoming import State
from tests.exchange.rollup.conftest import MakeUnit, Reporter, saved_again


def only_reason(superior: Reporter, *reports: Path) -> str:
    """Roll up what must be left out, and return why; the ledger stays as it is."""
    before = superior.ledger.path.read_bytes()
    found = superior.roll_up(*reports)
    assert found.files == ()
    assert found.changes.token == 0
    assert superior.ledger.path.read_bytes() == before
    assert superior.ledger.verify() == []
    (left,) = found.preview.left_out
    return left.reason


def rewritten(report: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Return a copy of a report with one of its parts changed."""
    copy = report.with_name(f"改-{report.name}")
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return copy


# Whose it is


def test_the_own_report_is_refused(superior: Reporter) -> None:
    assert "这是本单位自己的上报工作簿" in only_reason(superior, superior.report())


def test_another_unit_with_the_own_code_is_refused(superior: Reporter, unit: MakeUnit) -> None:
    twin = unit(superior.code, "别处的管理局")
    told = only_reason(superior, twin.report())
    assert "「别处的管理局」的单位代码 350000 与本单位相同" in told


def test_the_second_of_two_units_with_one_code_is_refused(
    superior: Reporter, county: Reporter, unit: MakeUnit
) -> None:
    county.add("pledge")
    superior.roll_up(county.report())
    twin = unit(county.code, "别处的管理局")
    twin.add("pledge", title="别处的承诺")
    told = only_reason(superior, twin.report())
    assert "单位代码 350783 在本台账中是「建瓯市机关事务管理局」，这份来自「别处的管理局」" in told
    assert [one.title for one in superior.ledger.records("pledge")] == ["车辆接待承诺"]


def test_a_unit_may_take_a_new_name(superior: Reporter, county: Reporter) -> None:
    county.add("pledge")
    superior.roll_up(county.report())
    own = county.ledger.own_unit()
    county.change(own.id, name="建瓯市机关事务服务中心")
    found = superior.roll_up(county.report())
    assert found.preview.left_out == ()
    names = superior.ledger.unit_names([county.code])
    assert names == {county.code: "建瓯市机关事务服务中心"}


def test_a_unit_known_by_an_alias_counts_as_the_one_it_is(
    superior: Reporter, unit: MakeUnit
) -> None:
    given: dict[str, Json] = {"code": "350783", "name": "建瓯市机关事务管理局"}
    given["aliases"] = ["建欧市 管理局"]
    known = Draft.from_json("unit", given, superior.code).accepted()
    here = superior.ledger.save(known).record
    written = unit("JO-01", "建欧市管理局", phone="0599-3832001")
    made = written.add("pledge")
    report = written.report()
    found = superior.roll_up(report)
    assert "按名称「建欧市管理局」归入 350783「建瓯市机关事务管理局」" in found.preview.notes[0]
    taken = superior.ledger.get(made.id)
    assert taken is not None
    assert taken.unit == "350783"
    (own,) = [one for one in superior.ledger.units() if one.code == "350783"]
    assert (own.id, own.name, own.phone) == (here.id, "建瓯市机关事务管理局", "0599-3832001")
    assert [one.code for one in superior.ledger.units()] == [superior.code, "350783"]
    again = superior.roll_up(report)
    assert set(again.preview.counts) == {State.UNCHANGED}
    assert superior.ledger.verify() == []


def test_a_unit_that_began_a_new_ledger_is_told_of(
    superior: Reporter, county: Reporter, unit: MakeUnit
) -> None:
    county.add("pledge")
    superior.roll_up(county.report())
    anew = unit(county.code, "建瓯市机关事务管理局")
    anew.add("pledge", title="另一条", number="CN-9")
    found = superior.roll_up(anew.report())
    assert "用的是另一本台账" in found.preview.notes[0]
    assert found.preview.counts[State.NEW] == 1
    assert len(superior.ledger.units()) == 2


def test_a_number_taken_by_another_record_is_invalid_with_its_place(
    superior: Reporter, county: Reporter, unit: MakeUnit
) -> None:
    first = county.add("pledge")
    superior.roll_up(county.report())
    anew = unit(county.code, "建瓯市机关事务管理局")
    anew.add("pledge", title="同号的承诺")
    (row,) = superior.roll_up(anew.report()).preview.of(State.INVALID)
    assert (row.title, row.place.sheet, row.place.cell) == ("同号的承诺", "承诺", "4")
    assert first.number in str(row.faults[0])


def test_nobody_changes_records_of_the_ledgers_own_unit(
    superior: Reporter, county: Reporter
) -> None:
    own = superior.add("pledge", title="省里的承诺")
    copied = Draft.from_json("pledge", {"title": "冒名", "unit": superior.code}, superior.code)
    county.ledger.save(copied.accepted())
    county.add("pledge")
    found = superior.roll_up(county.report())
    (row,) = found.preview.of(State.INVALID)
    assert "这是本单位的记录" in str(row.faults[0])
    assert [one.title for one in superior.ledger.records("pledge", unit=superior.code)] == [
        own.title
    ]


# What it is


def test_a_table_of_somebodys_own_is_sent_to_the_import(superior: Reporter, tmp_path: Path) -> None:
    path = tmp_path / "自制.xlsx"
    book = Workbook()
    book.create_sheet("承诺").append(["标题", "责任人"])
    book.save(path)
    assert "没有登记表" in only_reason(superior, path)


@pytest.mark.parametrize(
    ("version", "told"), [("3", "由更新版本的程序导出（格式 3"), ("1", "由旧版程序导出")]
)
def test_another_format_is_refused_with_what_to_do(
    superior: Reporter, county: Reporter, version: str, told: str
) -> None:
    county.add("pledge")

    def mark(book: Workbook) -> None:
        sheet = book["_meta"]
        (cell,) = [row[1] for row in sheet.iter_rows() if row[0].value == "format"]
        cell.value = version

    assert told in only_reason(superior, saved_again(county.report(), mark))


def test_a_register_that_was_changed_is_refused(superior: Reporter, county: Reporter) -> None:
    county.add("pledge", person="陈建国")

    def forge(book: Workbook) -> None:
        for row in book["_meta"].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "陈建国" in cell.value:
                    cell.value = cell.value.replace("陈建国", "林芳")

    assert "登记表（_meta）被改动过或不完整" in only_reason(
        superior, saved_again(county.report(), forge)
    )


def test_a_register_cut_short_is_refused(superior: Reporter, county: Reporter) -> None:
    for number in range(5):
        county.add("pledge", title=f"承诺 {number}")

    def cut(book: Workbook) -> None:
        sheet = book["_meta"]
        sheet.delete_rows(sheet.max_row)

    assert "不完整" in only_reason(superior, saved_again(county.report(), cut))


def test_a_report_saved_again_by_another_program_is_taken_whole(
    superior: Reporter, county: Reporter
) -> None:
    made = county.add(
        "pledge", statement="=SUM(A1)\n第二行", published_on="2026-03", person="陈建国"
    )
    found = superior.roll_up(saved_again(county.report(), lambda book: None))
    assert found.preview.left_out == ()
    assert State.INVALID not in found.preview.counts
    taken = superior.ledger.get(made.id)
    assert taken is not None
    assert taken.to_json() | {"updated_at": "", "revision": 0} == made.to_json() | {
        "updated_at": "", "revision": 0,
    }  # fmt: skip


# What it is made to do


def test_entities_are_refused(superior: Reporter, county: Reporter) -> None:
    county.add("pledge")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'

    def with_entities(data: bytes) -> bytes:
        return data.replace(b"<worksheet", bomb + b"<worksheet", 1)

    report = rewritten(county.report(), "xl/worksheets/sheet2.xml", with_entities)
    assert "含有外部定义（DTD）" in only_reason(superior, report)


def test_a_cell_at_the_end_of_the_sheet_is_refused(superior: Reporter, county: Reporter) -> None:
    county.add("pledge")
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    report = rewritten(
        county.report(),
        "xl/worksheets/sheet2.xml",
        lambda data: data.replace(b"</sheetData>", far),
    )
    assert "相距太远" in only_reason(superior, report)


def test_a_part_that_unpacks_to_too_much_is_refused(superior: Reporter, county: Reporter) -> None:
    county.add("pledge")
    report = rewritten(
        county.report(), "xl/worksheets/sheet2.xml", lambda data: data + b" " * 40_000_000
    )
    assert "压缩比异常" in only_reason(superior, report)


def test_more_markup_than_can_be_read_at_once_is_refused(
    superior: Reporter, county: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.add("pledge")
    report = county.report()
    monkeypatch.setattr(read_workbook, "MOST_MARKUP", 1000)
    assert "例如分期间导出" in only_reason(superior, report)


@pytest.mark.parametrize("length", [0, 3, 200, 4000])
def test_what_was_cut_off_is_refused(superior: Reporter, county: Reporter, length: int) -> None:
    county.add("pledge")
    report = county.report()
    report.write_bytes(report.read_bytes()[:length])
    assert "不是 Excel 工作簿" in only_reason(superior, report)


def test_a_damaged_part_is_refused(superior: Reporter, county: Reporter) -> None:
    county.add("pledge")
    report = rewritten(
        county.report(), "xl/workbook.xml", lambda data: data.replace(b"</sheets>", b"</shee")
    )
    assert "已损坏" in only_reason(superior, report)


def test_a_bad_file_among_good_ones_stops_none_of_them(
    superior: Reporter, county: Reporter, unit: MakeUnit, tmp_path: Path
) -> None:
    county.add("pledge")
    other = unit("350700", "南平市机关事务管理局")
    bad = tmp_path / "350750.xlsx"
    bad.write_bytes(b"PK")
    found = superior.roll_up(bad, county.report(), other.report())
    assert len(found.files) == 2
    assert [left.place.file for left in found.preview.left_out] == ["350750.xlsx"]
    assert {one.code for one in superior.ledger.units()} == {"350000", "350700", "350783"}


def test_cancelling_leaves_nothing(superior: Reporter, county: Reporter) -> None:
    from sanyou_desktop.exchange.errors import ExportCancelled
    from sanyou_desktop.exchange.rollup import roll_up

    for number in range(3):
        county.add("pledge", title=f"承诺 {number}")
    reports = [county.report(), county.report()]

    def stop(done: int, _total: int) -> None:
        if done:
            raise ExportCancelled

    with pytest.raises(ExportCancelled):
        roll_up(superior.ledger, reports, progress=stop)
    assert list(superior.ledger.records("pledge")) == []
    assert superior.ledger.rollups() == []
