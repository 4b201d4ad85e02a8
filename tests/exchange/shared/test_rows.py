"""A unit's rows are brought up to date where they stand; nobody else's are touched."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import ascii_uppercase

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Round
from sanyou_desktop.model.pledge import Clause, Pledge
from tests.exchange.shared.foreign import HEADER_ROW, HEADERS, OTHERS, make_foreign, make_with_table
from tests.exchange.shared.readers import part_of, rows_of, shown, titles
from tests.exchange.shared.units import OTHER, OWN, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def edit(path: Path, cells: dict[str, str | int]) -> None:
    """Change cells of the sheet as someone does who opens it and saves it."""
    book = load_workbook(path)
    page = book[SHEET]
    assert isinstance(page, Worksheet)
    for address, value in cells.items():
        page[address] = value
    book.save(path)


def address(path: Path, title: str, header: str) -> str:
    """Return where the cell of a record stands."""
    page = load_workbook(path)[SHEET]
    cells = {cell.value: cell.coordinate for row in page.iter_rows() for cell in row if cell.value}
    return cells[header].rstrip("0123456789") + cells[title].lstrip(ascii_uppercase)


def test_an_absent_workbook_is_made_with_a_sheet_a_kind(ledger: Ledger, path: Path) -> None:
    save(ledger, finding(description="二楼东侧", raised_on=PartialDate.parse("2026-03-05")))
    ledger.save(
        Pledge(unit=OWN.code, title="承诺", clauses=(Clause(text="无投诉", target=Decimal(0)),))
    )
    done = share_ledger(ledger, path)
    assert (done.tally.added, done.is_changed, done.kept) == (2, True, None)
    assert load_workbook(path).sheetnames == ["承诺", "制度", "检查", "问题整改", "满意度", "活动"]
    (row,) = shown(path, SHEET)
    assert row["标题"] == "车库照明损坏"
    assert row["提出日期"] == date(2026, 3, 5)
    assert (row["所属单位代码"], row["所属单位"]) == (OWN.code, OWN.name)
    assert "无投诉" in str(shown(path, "承诺")[0]["承诺条款"])


def test_a_chart_that_is_called_as_our_sheet_keeps_its_name(ledger: Ledger, path: Path) -> None:
    save(ledger, finding())
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("数据").write_column("A1", [1, 2])
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=数据!$A$1:$A$2"})
        book.add_chartsheet(SHEET).set_chart(chart)
    share_ledger(ledger, path)

    assert load_workbook(path).sheetnames == ["数据", SHEET, f"{SHEET}（台账）"]
    assert not share_ledger(ledger, path).is_changed


def test_numbers_stay_numbers_where_the_usual_look_is_that_of_a_date(
    ledger: Ledger, path: Path
) -> None:
    """As in workbooks whose owner made every cell a date (seen in one that Excel saved)."""
    save(ledger, finding())
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write("A1", "他人的")
    parts = contents(path.read_bytes())
    usual = b'<cellXfs count="1"><xf numFmtId="0"'
    assert usual in parts["xl/styles.xml"]
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(usual, usual[:-2] + b'14"')
    path.write_bytes(archive_of(parts))
    share_ledger(ledger, path)

    (row,) = shown(path, SHEET)
    assert row["记录版本"] == 1.0
    assert not share_ledger(ledger, path).is_changed


def test_sharing_again_leaves_the_file_as_it_is(ledger: Ledger, path: Path) -> None:
    save(ledger, finding(rounds=(Round(by="王五", rectification="已更换\n灯管"),), item=3))
    share_ledger(ledger, path)
    os.utime(path, ns=(10**18, 10**18))
    before = path.read_bytes()
    again = share_ledger(ledger, path)
    assert not again.is_changed
    assert str(again).startswith("没有变化（本单位 1 行）")
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == 10**18
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_changed_record_changes_its_own_row(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    first = save(ledger, finding("甲"))
    share_ledger(ledger, path)
    share_of(OTHER, ["乙"], path, tmp_path)
    save(ledger, finding("丙"))
    share_ledger(ledger, path)
    before = rows_of(part_of(path, SHEET))
    save(ledger, replace(first, title="甲改", due_on=PartialDate.parse("2026-12")))
    done = share_ledger(ledger, path)
    assert (done.tally.changed, done.tally.unchanged, done.tally.added) == (1, 1, 0)
    assert str(done) == "新增 0 行，更新 1 行，撤回 0 行，未变 1 行。"
    after = rows_of(part_of(path, SHEET))
    assert {row for row in after if after[row] != before[row]} == {4}
    assert titles(path, SHEET) == ["甲改", "乙", "丙"]
    assert shown(path, SHEET)[0]["整改时限"] == "2026-12"


def test_the_version_before_is_kept_beside(ledger: Ledger, path: Path) -> None:
    record = save(ledger, finding())
    share_ledger(ledger, path)
    before = path.read_bytes()
    save(ledger, replace(record, title="车库照明已修复"))
    done = share_ledger(ledger, path)
    assert done.kept == path.with_name("三优共享.上一版.xlsx")
    assert done.kept.read_bytes() == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == sorted(
        ["三优共享.xlsx", "三优共享.上一版.xlsx"]
    )


def test_rows_of_others_keep_their_bytes(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    before = rows_of(part_of(path, SHEET))
    for title in ("甲", "乙"):
        save(ledger, finding(title))
    share_ledger(ledger, path)
    after = rows_of(part_of(path, SHEET))
    assert {row: after[row] for row in before if row != HEADER_ROW} == {
        row: before[row] for row in before if row != HEADER_ROW
    }
    assert titles(path, SHEET) == [*OTHERS, "甲", "乙"]


def test_columns_are_found_by_their_headers(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    save(ledger, finding("甲", person="李四", raised_on=PartialDate.parse("2026-05-06")))
    share_ledger(ledger, path)
    page = load_workbook(path)[SHEET]
    header = [cell.value for cell in page[HEADER_ROW]]
    assert tuple(header[: len(HEADERS)]) == HEADERS
    # What the superior's table lacks stands to its right.
    assert "责任部门" in header[len(HEADERS) :]
    (row,) = [row for row in shown(path, SHEET) if row["标题"] == "甲"]
    assert (row["责任人"], row["提出日期"]) == ("李四", date(2026, 5, 6))
    assert (row["领导批示"], row["核查得分"], row["序号"]) == ("", "", "")


def test_columns_may_be_moved_and_inserted_later(ledger: Ledger, path: Path) -> None:
    record = save(ledger, finding("甲", person="李四"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    page = book[SHEET]
    page.insert_cols(2)
    page.insert_rows(1)
    page["B4"], page["B5"] = "领导批示", "请督办"
    book.save(path)
    save(ledger, replace(record, person="赵六"))
    done = share_ledger(ledger, path)
    assert (done.tally.changed, done.tally.added) == (1, 0)
    (row,) = shown(path, SHEET)
    assert (row["领导批示"], row["责任人"]) == ("请督办", "赵六")


def test_what_others_wrote_beside_our_cells_stays(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    record = save(ledger, finding("甲"))
    share_ledger(ledger, path)
    edit(path, {address(path, "甲", "领导批示"): "请督办", address(path, "甲", "核查得分"): 95})
    save(ledger, replace(record, title="甲改"))
    share_ledger(ledger, path)
    (row,) = [row for row in shown(path, SHEET) if row["标题"] == "甲改"]
    assert (row["领导批示"], row["核查得分"]) == ("请督办", 95)


def test_a_deleted_record_is_marked_withdrawn_where_it_stands(ledger: Ledger, path: Path) -> None:
    kept, gone = save(ledger, finding("甲")), save(ledger, finding("乙"))
    share_ledger(ledger, path)
    ledger.delete([gone.id])
    done = share_ledger(ledger, path)
    assert (done.tally.withdrawn, done.tally.unchanged) == (1, 1)
    states = [(row["标题"], row["上报状态"]) for row in shown(path, SHEET)]
    assert states == [("甲", ""), ("乙", "已撤回")]
    assert not share_ledger(ledger, path).is_changed
    ledger.restore([gone.id])
    share_ledger(ledger, path)
    assert [row["上报状态"] for row in shown(path, SHEET)] == ["", ""]
    assert shown(path, SHEET)[0]["记录标识"] == kept.id


def test_a_record_deleted_before_it_was_shared_gets_no_row(ledger: Ledger, path: Path) -> None:
    gone = save(ledger, finding("甲"))
    ledger.delete([gone.id])
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["乙"]


def test_a_confidential_record_never_leaves(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("泄密隐患", confidential="secret"))
    share_ledger(ledger, path)
    assert shown(path, SHEET) == []


@pytest.mark.parametrize("deleted", [False, True])
def test_a_record_that_became_confidential_leaves_an_empty_withdrawn_row(
    ledger: Ledger, path: Path, deleted: bool
) -> None:
    record = save(ledger, finding("泄密隐患", description="机房门禁失效"))
    share_ledger(ledger, path)
    save(ledger, replace(record, confidential="secret"))
    if deleted:
        ledger.delete([record.id])
    done = share_ledger(ledger, path)
    assert done.tally.withdrawn == 1
    assert "门禁".encode() not in part_of(path, SHEET)
    assert "隐患".encode() not in part_of(path, SHEET)
    (row,) = shown(path, SHEET)
    assert (row["上报状态"], row["记录标识"]) == ("已撤回", record.id)
    assert not share_ledger(ledger, path).is_changed


def test_a_row_changed_by_hand_is_told_and_kept_in_the_version_before(
    ledger: Ledger, path: Path
) -> None:
    save(ledger, finding("甲"))
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    edit(path, {address(path, "甲", "责任人"): "手改的人"})
    by_hand = path.read_bytes()
    done = share_ledger(ledger, path)
    assert (done.tally.edited_by_hand, done.tally.changed) == (1, 1)
    assert "1 行在表格里被人改过" in str(done)
    assert "三优共享.上一版.xlsx" in str(done)
    assert path.with_name("三优共享.上一版.xlsx").read_bytes() == by_hand
    assert [row["责任人"] for row in shown(path, SHEET)] == ["", ""]


def test_a_changed_record_whose_row_nobody_edited_is_not_called_edited(
    ledger: Ledger, path: Path
) -> None:
    record = save(ledger, finding("甲"))
    share_ledger(ledger, path)
    save(ledger, replace(record, title="甲改"))
    assert share_ledger(ledger, path).tally.edited_by_hand == 0


def test_a_workbook_saved_by_another_program_needs_no_change(ledger: Ledger, path: Path) -> None:
    """Its texts are shared strings now, its dates styled anew."""
    save(ledger, finding("=甲", raised_on=PartialDate.parse("2026-03-05"), item=3, notes="一\n二 "))
    share_ledger(ledger, path)
    load_workbook(path).save(path)
    before = path.read_bytes()
    assert not share_ledger(ledger, path).is_changed
    assert path.read_bytes() == before


def test_rows_of_ours_that_the_ledger_does_not_know_stay(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    """Two ledgers of one unit: neither withdraws what the other shared."""
    share_of(OWN, ["别的台账里的"], path, tmp_path)
    save(ledger, finding("甲"))
    done = share_ledger(ledger, path)
    assert done.tally.not_in_ledger == 1
    assert "另有 1 行" in str(done)
    assert titles(path, SHEET) == ["别的台账里的", "甲"]


def test_records_of_other_units_in_the_ledger_are_not_shared(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("厦门的", OTHER))
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert titles(path, SHEET) == ["甲"]


def test_a_unit_without_records_leaves_a_foreign_workbook_as_it_is(
    ledger: Ledger, path: Path
) -> None:
    make_foreign(path)
    before = path.read_bytes()
    assert not share_ledger(ledger, path).is_changed
    assert path.read_bytes() == before


def test_a_kind_without_a_sheet_gets_one_at_the_end(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    sheets = load_workbook(path).sheetnames
    ledger.save(Pledge(unit=OWN.code, title="承诺一"))
    share_ledger(ledger, path)
    assert load_workbook(path).sheetnames == [*sheets, "承诺"]
    assert titles(path, "承诺") == ["承诺一"]
    assert not share_ledger(ledger, path).is_changed


def test_a_table_and_its_filter_grow_with_the_rows(ledger: Ledger, path: Path) -> None:
    make_with_table(path)
    save(ledger, finding("甲"))
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    (table,) = load_workbook(path)[SHEET].tables.values()
    assert table.ref == "A1:O5"
    assert table.autoFilter.ref == "A1:O5"
    assert [row["标题"] for row in shown(path, SHEET)][-2:] == ["甲", "乙"]
    # What stands right of the table is not taken for a column of it.
    assert load_workbook(path)[SHEET]["U1"].value == "表外备注"


def test_the_filter_and_the_dimension_reach_the_last_row(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    for number in range(20):
        save(ledger, finding(f"第 {number} 条"))
    share_ledger(ledger, path)
    page = load_workbook(path)[SHEET]
    last = HEADER_ROW + len(OTHERS) + 20
    assert page.auto_filter.ref == f"A{HEADER_ROW}:O{last}"
    assert page.max_row == last
    assert page.dimensions.endswith(str(last))


def test_appended_rows_look_like_the_row_above(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    save(ledger, finding("甲", raised_on=PartialDate.parse("2026-05-06")))
    share_ledger(ledger, path)
    page = load_workbook(path)[SHEET]
    last = HEADER_ROW + len(OTHERS) + 1
    assert page.cell(last, 6).number_format == page.cell(last - 1, 6).number_format
    assert "yyyy" in page.cell(last, 6).number_format
    assert page.cell(last, 3).alignment.wrap_text


def test_a_unit_that_works_in_english_hands_in_the_same_sheets(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    before = path.read_bytes()
    monkeypatch.setattr("sanyou_desktop.wording._look_up", lambda text: f"en {text}")
    assert not share_ledger(ledger, path).is_changed
    assert path.read_bytes() == before


def test_cancelling_writes_nothing(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    before = path.read_bytes()
    save(ledger, finding("甲"))

    class Cancelled(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        share_ledger(ledger, path, progress=stop)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def heights(path: Path) -> dict[int, float | None]:
    page = load_workbook(path)[SHEET]
    assert isinstance(page, Worksheet)
    return {number: page.row_dimensions[number].height for number in range(4, page.max_row + 1)}


def test_rows_are_as_high_as_their_text_needs(ledger: Ledger, path: Path) -> None:
    """LibreOffice leaves rows at one line, and the rest of the text lies over its neighbours."""
    record = save(ledger, finding("甲", OWN))
    save(ledger, finding("乙", description="食堂后厨地面湿滑，" * 20))
    share_ledger(ledger, path)
    short, tall = (heights(path)[row] for row in (4, 5))
    assert short is not None
    assert tall is not None
    assert tall > 4 * short
    save(ledger, replace(record, description="车库照明损坏，" * 20))
    share_ledger(ledger, path)
    changed = heights(path)[4]
    assert changed is not None
    assert changed > 4 * short


def test_a_height_that_somebody_set_is_kept(ledger: Ledger, path: Path) -> None:
    record = save(ledger, finding("甲"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    book[SHEET].row_dimensions[4].height = 22
    book.save(path)
    save(ledger, replace(record, description="车库照明损坏，" * 20))
    share_ledger(ledger, path)
    assert heights(path)[4] == 22


def test_whose_row_it_is_stands_first(ledger: Ledger, path: Path) -> None:
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    page = load_workbook(path)[SHEET]
    assert [cell.value for cell in page[3]][:3] == ["所属单位", "编号", "标题"]
    assert page["A4"].value == OWN.name


def test_an_added_sheet_shows_long_texts_whole(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    ledger.save(Pledge(unit=OWN.code, title="承诺一", statement="有求必应，" * 30))
    share_ledger(ledger, path)
    page = load_workbook(path)["承诺"]
    assert page["A1"].value == "三优一满意活动承诺情况表"
    cells = {cell.value: cell for row in page.iter_rows() for cell in row}
    assert cells["有求必应，" * 30].alignment.wrap_text
    assert (page.row_dimensions[4].height or 0) > 40
