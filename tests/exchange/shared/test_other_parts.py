"""Everything in the file that is not this unit's keeps its exact bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.package import CONTENT_TYPES
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Pledge
from tests.exchange.shared.foreign import BOARD, make_foreign, make_with_table
from tests.exchange.shared.readers import part_of, rows_of, sheet_part
from tests.exchange.shared.units import OTHER, OWN, SHEET, finding, save, share_of
from tests.exchange.stored import archive_of, contents, differing, stored

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def test_only_the_sheet_that_holds_our_rows_differs(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    before = path.read_bytes()
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert differing(before, path.read_bytes()) == {sheet_part(path, SHEET)}
    assert list(stored(path.read_bytes())) == list(stored(before))


@pytest.mark.parametrize("step", ["change", "withdraw", "append"])
def test_later_exports_change_no_other_part_either(ledger: Ledger, path: Path, step: str) -> None:
    make_foreign(path)
    record = save(ledger, finding("甲"))
    share_ledger(ledger, path)
    before = path.read_bytes()
    if step == "change":
        save(ledger, replace(record, title="甲改", raised_on=PartialDate.parse("2026-01-02")))
    elif step == "withdraw":
        ledger.delete([record.id])
    else:
        save(ledger, finding("乙"))
    assert share_ledger(ledger, path).is_changed
    assert differing(before, path.read_bytes()) == {sheet_part(path, SHEET)}


def test_in_our_sheet_everything_but_our_rows_keeps_its_bytes(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    before = part_of(path, SHEET)
    save(ledger, finding("乙"))
    share_ledger(ledger, path)
    after = part_of(path, SHEET)
    (added,) = rows_of(after).keys() - rows_of(before).keys()
    restored = after.replace(rows_of(after)[added], b"")
    # The dimension and the automatic filter.
    whole = re.search(rb'<dimension ref="(A1:[A-Z]+)', after)
    assert whole is not None
    for place in (whole[1] + b"%d", b"A4:O%d"):
        assert restored.count(place % added) == 1
        restored = restored.replace(place % added, place % (added - 1))
    assert restored == before


def test_macros_and_the_kind_of_workbook_are_kept(ledger: Ledger, path: Path) -> None:
    path = path.with_suffix(".xlsm")
    make_foreign(path, macros=True)
    before = path.read_bytes()
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    assert differing(before, path.read_bytes()) == {sheet_part(path, SHEET)}
    assert contents(path.read_bytes())["xl/vbaProject.bin"] == b"\xd0\xcf macros"
    assert path.with_name("三优共享.上一版.xlsm").exists()


def test_a_table_changes_only_itself(ledger: Ledger, path: Path) -> None:
    make_with_table(path)
    before = path.read_bytes()
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    changed = differing(before, path.read_bytes())
    assert changed == {sheet_part(path, SHEET), "xl/tables/table1.xml"}


def test_an_added_sheet_changes_only_what_lists_sheets(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    before = path.read_bytes()
    ledger.save(Pledge(unit=OWN.code, title="承诺一"))
    share_ledger(ledger, path)
    lists = {CONTENT_TYPES, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert differing(before, path.read_bytes()) == lists | {sheet_part(path, "承诺")}
    assert load_workbook(path).defined_names["问题区"].value == f"{SHEET}!$A$5:$O$7"


def test_styles_are_only_added_to(ledger: Ledger, path: Path) -> None:
    """A date in a column that has no date format needs a style of its own."""
    make_with_table(path)
    before = load_workbook(path)
    looks = [cell.number_format for row in before[SHEET].iter_rows() for cell in row]
    save(ledger, finding("甲", raised_on=PartialDate.parse("2026-05-06")))
    share_ledger(ledger, path)
    after = load_workbook(path)
    again = [
        cell.number_format for row in after[SHEET].iter_rows(max_row=3, max_col=21) for cell in row
    ]
    assert again == looks
    assert after[SHEET]["F4"].is_date
    styles = contents(path.read_bytes())["xl/styles.xml"]
    assert load_workbook(path)[SHEET]["F3"].number_format == "General"
    share_of(OTHER, ["丙"], path, path.parent.parent)
    assert contents(path.read_bytes())["xl/styles.xml"] == styles


def test_the_workbook_opens_with_its_comments_and_rules(ledger: Ledger, path: Path) -> None:
    make_foreign(path)
    save(ledger, finding("甲"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    assert book[BOARD]["A3"].comment.text == "条数"
    assert book[BOARD].protection.sheet
    page = book[SHEET]
    assert page.data_validations.dataValidation[0].sqref == "G5:G500"
    assert page.freeze_panes == "D5"
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:O2"}


def test_a_formula_that_is_overwritten_leaves_the_chain(ledger: Ledger, path: Path) -> None:
    """Excel calls a chain that lists a cell without a formula a damaged file."""
    record = save(ledger, finding("甲", description="灯管坏了"))
    share_ledger(ledger, path)
    book = load_workbook(path)
    book[SHEET]["F4"] = '="由公式" & "算出"'
    book.save(path)
    parts = contents(path.read_bytes())
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="F4" i="4"/></calcChain>'
    )
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.calcChain+xml"/></Types>',
    )
    leads = "xl/_rels/workbook.xml.rels"
    parts[leads] = parts[leads].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/calcChain" Target="calcChain.xml"/></Relationships>',
    )
    path.write_bytes(archive_of(parts))
    save(ledger, replace(record, description="换了灯管"))
    assert share_ledger(ledger, path).tally.edited_by_hand == 1
    after = contents(path.read_bytes())
    assert "xl/calcChain.xml" not in after
    assert not [name for name, content in after.items() if b"calcChain" in content]
    assert load_workbook(path)[SHEET]["F4"].value == "换了灯管"
