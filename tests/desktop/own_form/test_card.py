"""A superior's form is chosen, matched once and filled from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from sanyou_desktop.desktop.own_form.card import OwnFormCard
from sanyou_desktop.desktop.own_form.dialog import OwnFormDialog
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import Desk, settled
from tests.exchange.own_form import offices
from tests.exchange.own_form.superior import FIRST, HEADER_ROW, SHEET


def opened(qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path) -> OwnFormDialog:
    """Choose the form and return the dialog that shows it."""
    at.ask.path = form
    qtbot.mouseClick(card.choose_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.dialog is not None)
    settled(qtbot, at.session)
    assert card.dialog is not None
    return card.dialog


def tick(dialog: OwnFormDialog, sheet: str, *, on: bool = True) -> None:
    """Go to a sheet, and tick it or not, with the keyboard."""
    names = list(dialog._sheets)
    dialog.sheets.setCurrentRow(names.index(sheet))
    if (sheet in dialog.sheets.ticked) != on:
        QTest.keyClick(dialog.sheets, Qt.Key.Key_Space)


def choose(box: QComboBox, source: str) -> None:
    box.setCurrentIndex(box.findData(source))


def fill(qtbot: QtBot, at: Desk, card: OwnFormCard, dialog: OwnFormDialog, out: Path) -> None:
    at.ask.path = out
    qtbot.mouseClick(dialog.fill_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.dialog is None)
    settled(qtbot, at.session)


def titles(out: Path) -> list[object]:
    page = load_workbook(out)[SHEET]
    return [page[f"C{row}"].value for row in range(FIRST, FIRST + 9) if page[f"C{row}"].value]


def test_the_columns_are_matched_by_their_headers(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path
) -> None:
    dialog = opened(qtbot, at, card, form)

    assert dialog.sheets.current == SHEET
    assert dialog.sheets.ticked == [SHEET]
    assert dialog.kind.currentData() == "table:finding"
    assert dialog.header_row.currentData() == HEADER_ROW
    assert dialog.columns.chosen() == {
        0: "#number", 1: "#unit_name", 2: "description", 3: "raised_on",
        4: "rounds.rectification", 5: "measure",
        6: "due_on", 7: "place",
    }  # fmt: skip
    assert dialog.summary.text() == (
        "将填 6 行，从第 6 行起。原表不变，另存为新文件。"
        "表中空行不够，会按原样加 1 行，合计、备注等顺次下移。"
    )
    dialog.reject()


def test_the_form_is_filled_and_stored_anew(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path, tmp_path: Path
) -> None:
    before = form.read_bytes()
    dialog = opened(qtbot, at, card, form)
    choose(dialog.columns.box(2), "title")
    choose(dialog.columns.box(4), "status")

    fill(qtbot, at, card, dialog, tmp_path / "已填.xlsx")

    assert titles(tmp_path / "已填.xlsx") == [f"第 {number} 处灯不亮" for number in range(1, 7)]
    assert form.read_bytes() == before
    told = card.work.banner.text.text()
    assert "已填好 已填.xlsx：已填 6 行。" in told
    assert "按表中规定的选项改写：「待整改」写作「未整改」6 格。" in told
    assert "有密级的 1 条没有导出" in told
    with Ledger.open(at.session.path, read_only=True) as ledger:
        (line,) = ledger.exports.lines()
    assert (line.way, Path(line.target).name, line.records) == ("form", "已填.xlsx", 6)


def test_a_form_of_the_same_headers_is_known_again(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, form)
    assert "按表头作了对应" in dialog.told.text()
    choose(dialog.columns.box(2), "title")
    choose(dialog.columns.box(8), "notes")
    fill(qtbot, at, card, dialog, tmp_path / "一.xlsx")

    again = opened(qtbot, at, card, form)

    assert "以前填过" in again.told.text()
    assert again.columns.chosen()[2] == "title"
    assert again.columns.chosen()[8] == "notes"
    again.reject()


def test_rows_that_are_filled_already_are_kept_unless_asked(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, form)
    choose(dialog.columns.box(2), "title")
    assert not dialog.replace.isVisibleTo(dialog)
    fill(qtbot, at, card, dialog, tmp_path / "一.xlsx")

    dialog = opened(qtbot, at, card, tmp_path / "一.xlsx")
    assert dialog.replace.text() == "覆盖表中已填的 6 行（不选则接在后面）"
    dialog.replace.setChecked(True)
    fill(qtbot, at, card, dialog, tmp_path / "二.xlsx")

    assert len(titles(tmp_path / "二.xlsx")) == 6


def test_another_kind_and_header_row_are_looked_at_anew(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path
) -> None:
    dialog = opened(qtbot, at, card, form)

    dialog.kind.setCurrentIndex(dialog.kind.findData("table:activity"))
    settled(qtbot, at.session)
    assert dialog.columns.box(0).findData("narrative") >= 0
    assert "没有这类记录" in dialog.warning.text.text()

    dialog.header_row.setCurrentIndex(dialog.header_row.findData(1))
    settled(qtbot, at.session)
    assert dialog.columns.box(0).currentData() == ""
    tick(dialog, SHEET, on=False)
    tick(dialog, "汇总")
    assert not dialog.fill_button.isEnabled()
    assert "还没有一列对应上" in dialog.warning.text.text()
    dialog.reject()


def test_a_field_in_two_columns_is_told(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path
) -> None:
    dialog = opened(qtbot, at, card, form)

    choose(dialog.columns.box(8), "place")

    assert "有内容填进不止一列：" in dialog.warning.text.text()
    assert dialog.fill_button.isEnabled()
    dialog.reject()


def test_records_of_all_units_where_that_is_wanted(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path, tmp_path: Path
) -> None:
    card.own_only.setChecked(False)
    dialog = opened(qtbot, at, card, form)
    choose(dialog.columns.box(2), "title")

    fill(qtbot, at, card, dialog, tmp_path / "已填.xlsx")

    assert "别单位的问题" in titles(tmp_path / "已填.xlsx")


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_form_is_refused_with_the_reason(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "不是表.xlsx"
    path.write_bytes(content)
    at.ask.path = path

    qtbot.mouseClick(card.choose_button, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)

    assert card.dialog is None
    assert "不是表.xlsx" in card.work.banner.text.text()


def test_another_ending_than_the_form_has_is_refused(
    qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, form)

    fill(qtbot, at, card, dialog, tmp_path / "已填.xlsm")

    assert "扩展名" in card.work.banner.text.text()
    assert not (tmp_path / "已填.xlsm").exists()


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """A workbook with two forms, and between them a sheet that says how to fill them."""
    path = tmp_path / "两张表.xlsx"
    with Workbook(str(path)) as book:
        findings = book.add_worksheet("问题")
        book.add_worksheet("填表说明").write_column(0, 0, ["一、如实填写", "二、按时上报"])
        pledges = book.add_worksheet("承诺")
        findings.write_row(0, 0, ["序号", "问题描述", "提出日期", "整改时限"])
        pledges.write_row(0, 0, ["序号", "承诺名称", "责任部门", "状态"])
    return path


def test_all_sheets_that_look_like_forms_are_filled_in_one_go(
    qtbot: QtBot, at: Desk, card: OwnFormCard, forms: Path, tmp_path: Path
) -> None:
    card.period.choose(Period())
    dialog = opened(qtbot, at, card, forms)
    assert dialog.sheets.isVisible()
    assert dialog.sheets.ticked == ["问题", "承诺"]
    lines = [dialog.sheets.item(place).text() for place in range(3)]
    assert lines == ["问题（问题整改 7 条）", "填表说明", "承诺（承诺 5 条）"]
    tick(dialog, "问题")
    choose(dialog.columns.box(1), "title")
    tick(dialog, "承诺")
    choose(dialog.columns.box(2), "status")
    tick(dialog, "问题")
    assert dialog.columns.box(1).currentData() == "title"

    out = tmp_path / "已填.xlsx"
    fill(qtbot, at, card, dialog, out)

    book = load_workbook(out)
    assert [cell.value for cell in book["问题"]["B"]][1:3] == ["第 1 处灯不亮", "第 2 处灯不亮"]
    assert {cell.value for cell in book["承诺"]["C"][1:]} == {"已公示", "草稿", "已终止"}
    assert [cell.value for cell in book["填表说明"]["A"]] == ["一、如实填写", "二、按时上报"]
    told = card.work.banner.text.text()
    assert "「问题」已填 7 行。" in told
    assert "「承诺」已填 5 行。" in told
    with Ledger.open(at.session.path, read_only=True) as ledger:
        (line,) = ledger.exports.lines()
    assert line.records == 12

    again = opened(qtbot, at, card, forms)
    assert "以前填过" in again.told.text()
    tick(again, "问题", on=False)
    fill(qtbot, at, card, again, tmp_path / "只填承诺.xlsx")
    book = load_workbook(tmp_path / "只填承诺.xlsx")
    assert (book["问题"].max_row, book["承诺"].max_row) == (1, 6)


def test_a_ticked_sheet_without_a_column_keeps_from_filling(
    qtbot: QtBot, at: Desk, card: OwnFormCard, forms: Path
) -> None:
    dialog = opened(qtbot, at, card, forms)
    tick(dialog, "填表说明")
    tick(dialog, "问题")
    assert not dialog.fill_button.isEnabled()
    assert dialog.warning.text.text() == "填表说明 还没有一列对应上，请对应或者取消勾选。"
    tick(dialog, "填表说明", on=False)
    assert dialog.summary.text() == "这张表没有勾选，不填。"
    assert dialog.fill_button.isEnabled()
    for sheet in ("问题", "承诺"):
        tick(dialog, sheet, on=False)
    assert not dialog.fill_button.isEnabled()
    dialog.reject()


def test_figures_are_filled_cell_by_cell(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, offices.figures(tmp_path / "统计表.xlsx"))

    assert dialog.kind.currentText() == "统计数字（逐格填）"
    assert not dialog.rows.isVisible()
    assert "格数字，按所选期间计算" in dialog.summary.text()
    fill(qtbot, at, card, dialog, tmp_path / "已填.xlsx")

    page = load_workbook(tmp_path / "已填.xlsx")["报表"]
    # The own unit's of the year, without the one that has a mark.
    assert page["C4"].value == 6
    assert "有密级的 1 条没有导出。" in card.work.banner.text.text()


def test_a_card_is_filled_for_each_record_in_a_new_folder(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, offices.card(tmp_path / "通知单.xlsx"))

    assert dialog.kind.currentData() == "card:finding"
    assert dialog.summary.text() == "每条记录一份，共 6 份，存进一个新建的文件夹。原表不变。"
    fill(qtbot, at, card, dialog, tmp_path)

    names = sorted(path.name for path in (tmp_path / "通知单 已填").iterdir())
    assert len(names) == 6
    assert all(name.startswith("通知单 WT-") for name in names)
    assert "已填进文件夹 通知单 已填：每条记录一份，共 6 份。" in card.work.banner.text.text()


def test_another_way_of_filling_is_looked_at_anew(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, offices.card(tmp_path / "通知单.xlsx"))

    dialog.kind.setCurrentIndex(dialog.kind.findData("figures:"))
    settled(qtbot, at.session)
    assert dialog.warning.text.text() == "在这张表里没有认出这样的空格。请换一种填法。"
    assert not dialog.fill_button.isEnabled()

    dialog.kind.setCurrentIndex(dialog.kind.findData("card:finding"))
    settled(qtbot, at.session)
    assert dialog.fill_button.isEnabled()
    dialog.reject()


def test_two_tables_of_one_sheet_are_ticked_apart(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, offices.monthly(tmp_path / "月报.xlsx"))

    assert dialog.sheets.ticked == ["报表（第 4 行起）", "报表（第 8 行起）"]
    tick(dialog, "报表（第 8 行起）", on=False)
    fill(qtbot, at, card, dialog, tmp_path / "已填.xlsx")

    page = load_workbook(tmp_path / "已填.xlsx")["报表"]
    assert page["B10"].value is not None
    assert page["B14"].value is None


def test_lines_that_are_set_apart_are_told(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, offices.by_category(tmp_path / "实绩.xlsx"))

    assert not dialog.replace.isVisible()
    assert "按表中的 组织领导、经费投入 分组填写" in dialog.summary.text()
    dialog.reject()


def test_one_choice_stands_for_the_figures_of_all_themes(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path
) -> None:
    dialog = opened(qtbot, at, card, offices.figures(tmp_path / "统计表.xlsx"))
    cells = {one.letter: one.column for one in dialog.chosen()[0].look.head.columns}
    labels = [label.text() for label in dialog.columns.findChildren(QLabel)]
    assert "问题（个）（共 2 格）" in labels

    choose(dialog.columns.box(cells["B13"]), "findings_closed")

    chosen = dialog.chosen()[0].columns
    assert chosen[cells["B13"]] == chosen[cells["C13"]] == "findings_closed"
    assert chosen[cells["C4"]] == "findings_raised"
    dialog.reject()


def test_a_form_with_a_line_for_each_of_many_units_is_shown_at_once(
    qtbot: QtBot, at: Desk, card: OwnFormCard, tmp_path: Path
) -> None:
    cells = {"A2": "单位名称", "B2": "承诺数", "C2": "问题数", "D2": "整改率"}
    names = [f"第 {number} 单位" for number in range(300)]
    page = offices.sheet("各单位情况", cells | {f"A{row}": n for row, n in enumerate(names, 3)})
    offices.boxed(page, "A2:D302")
    units = [Unit(code=f"x{n}", name=name) for n, name in enumerate(names)]
    at.session.jobs.write(
        lambda ledger: ledger.save_many(units, "单位"), lambda _none: None, owner=card
    )
    settled(qtbot, at.session)

    dialog = opened(qtbot, at, card, offices.save(page, tmp_path / "各单位.xlsx"))

    assert len(dialog.chosen()[0].columns) == 900
    assert len(dialog.columns.findChildren(QComboBox)) == 3
    dialog.reject()
