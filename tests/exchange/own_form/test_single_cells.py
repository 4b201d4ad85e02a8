"""Forms that ask for single cells: figures by line, theme and unit, and the card of one record."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet as Page

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.own_form.cards import CardsWritten, fill_cards
from sanyou_desktop.exchange.own_form.filling import Filled
from sanyou_desktop.exchange.own_form.from_ledger import (
    SheetToFill,
    Wanted,
    codes_by_name,
    fill,
    keep_columns,
    with_kept_columns,
)
from sanyou_desktop.exchange.own_form.layout import CARD, FIGURES
from sanyou_desktop.exchange.own_form.looking import Form, Look
from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.own_form import offices
from tests.exchange.own_form.conftest import COUNT, TODAY
from tests.exchange.stored import stored

YEAR = Wanted("2026", "2026")


def looked(ledger: Ledger, path: Path) -> tuple[Form, Look]:
    form = Form(path)
    return form, form.look("报表", units=codes_by_name(ledger))


def filled(ledger: Ledger, path: Path) -> tuple[Page, Filled]:
    form, look = looked(ledger, path)
    assert look.shape == FIGURES
    out = path.with_name("已填.xlsx")
    told = fill(ledger, form, [SheetToFill(look.layout)], out, YEAR)
    return load_workbook(out)["报表"], told.filled["报表"]


def cards(ledger: Ledger, path: Path) -> CardsWritten:
    form, look = looked(ledger, path)
    assert (look.shape, look.head.kind) == (CARD, "finding")
    folder = path.with_name("通知单 已填")
    sheets = [SheetToFill(look.layout)]
    return fill_cards(ledger, form, sheets, folder, YEAR, progress=lambda *_steps: None)


def test_figures_stand_beside_their_lines(ledger: Ledger, tmp_path: Path) -> None:
    page, told = filled(ledger, offices.figures(tmp_path / "表.xlsx"))

    assert [page[f"C{row}"].value for row in range(4, 8)] == [
        COUNT, 8, 66.7, "≥58.72 万元(含 1 项约数)"
    ]  # fmt: skip
    assert [page[f"D{row}"].value for row in (4, 5)] == [0, 0]
    assert page["C8"].value is None
    assert page["E4"].value is None
    assert (page["A2"].value, page["E2"].value) == ("填报单位：莆田市机关事务管理局", "林美华")
    assert told.vague == ("C7",)


def test_what_cannot_be_computed_is_left_empty_and_told(ledger: Ledger, tmp_path: Path) -> None:
    page, told = filled(ledger, offices.figures(tmp_path / "表.xlsx"))

    assert page["C9"].value is None
    assert {"C9", "D6", "D9"} <= set(told.undefined)
    assert "格没有可供计算的记录，没有填写：" in str(told)


def test_figures_are_told_apart_by_theme_and_unit(ledger: Ledger, tmp_path: Path) -> None:
    page, _told = filled(ledger, offices.figures(tmp_path / "表.xlsx"))

    assert [page[f"{letter}13"].value for letter in "BCD"] == [0, 0, "=SUM(B13:C13)"]
    assert [page[f"{letter}17"].value for letter in "BC"] == [0, COUNT]
    # Nobody guesses for a unit that the ledger does not know.
    assert [page[f"{letter}18"].value for letter in "BC"] == [None, None]


def test_only_the_sheet_changes(ledger: Ledger, tmp_path: Path) -> None:
    path = offices.figures(tmp_path / "表.xlsx")
    before = stored(path.read_bytes())
    filled(ledger, path)
    after = stored(path.with_name("已填.xlsx").read_bytes())

    changed = {name for name in before if before[name] != after.get(name)}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"}
    assert list(after) == list(before)


def test_what_was_chosen_for_single_cells_is_remembered(ledger: Ledger, tmp_path: Path) -> None:
    form, look = looked(ledger, offices.figures(tmp_path / "表.xlsx"))
    cell = next(one for one in look.head.columns if one.letter == "C4")
    keep_columns(ledger, look, {**look.layout.columns, cell.column: "findings_closed"})

    again = with_kept_columns(ledger, form, look)

    assert again.known
    assert again.layout.columns[cell.column] == "findings_closed"


def test_every_record_has_a_card_of_its_own(ledger: Ledger, tmp_path: Path) -> None:
    written = cards(ledger, offices.card(tmp_path / "通知单.xlsx"))

    files = sorted(written.folder.iterdir())
    assert len(files) == written.count == COUNT
    assert files[0].name == "通知单 WT-2026-0001 第 1 处灯不亮.xlsx"
    page = load_workbook(files[0])["报表"]
    assert page["A2"].value == "编号：WT-2026-0001"
    assert page["E2"].value == f"填表日期：{TODAY}"
    assert [page[f"B{row}"].value for row in range(3, 9)] == [
        "物业科", "1 号楼灯不亮", None, "更换灯管", "已更换灯管", "已销号",
    ]  # fmt: skip
    assert page["F8"].value == "0594-2281234"
    assert page["A9"].value == "受检单位负责人签字："
    assert load_workbook(files[2])["报表"]["B8"].value == "未销号"


def test_a_folder_that_is_there_is_left_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    path = offices.card(tmp_path / "通知单.xlsx")
    cards(ledger, path)
    kept = {one.name: one.read_bytes() for one in (tmp_path / "通知单 已填").iterdir()}

    with pytest.raises(CannotWrite, match="已经有了，没有写入，原有文件未变"):
        cards(ledger, path)

    assert {one.name: one.read_bytes() for one in (tmp_path / "通知单 已填").iterdir()} == kept


def test_cards_that_were_cancelled_leave_nothing(ledger: Ledger, tmp_path: Path) -> None:
    form, look = looked(ledger, offices.card(tmp_path / "通知单.xlsx"))

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    before = set(tmp_path.iterdir())
    sheets = [SheetToFill(look.layout)]
    with pytest.raises(KeyboardInterrupt):
        fill_cards(ledger, form, sheets, tmp_path / "通知单 已填", YEAR, progress=stop)
    assert set(tmp_path.iterdir()) == before


def test_a_table_of_records_is_no_card(ledger: Ledger, tmp_path: Path) -> None:
    _form, look = looked(ledger, offices.rectification(tmp_path / "表.xlsx"))

    assert look.shape == "table"
