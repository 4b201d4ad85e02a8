"""A superior's form is chosen, matched once and filled from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.own_form.card import OwnFormCard
from sanyou_desktop.desktop.own_form.dialog import OwnFormDialog
from sanyou_desktop.ledger.ledger import Ledger
from tests.desktop.conftest import Desk, settled
from tests.exchange.own_form.superior import FIRST, HEADER_ROW, SHEET


def opened(qtbot: QtBot, at: Desk, card: OwnFormCard, form: Path) -> OwnFormDialog:
    """Choose the form and return the dialog that shows it."""
    at.ask.path = form
    qtbot.mouseClick(card.choose_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.dialog is not None)
    settled(qtbot, at.session)
    assert card.dialog is not None
    return card.dialog


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

    assert dialog.sheet.currentText() == SHEET
    assert dialog.kind.currentData() == "finding"
    assert dialog.header_row.currentData() == HEADER_ROW
    assert dialog.columns.chosen() == {
        0: "#number", 1: "#unit_name", 2: "description", 3: "raised_on", 5: "measure",
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
    assert "有 6 格的内容不在该格规定的选项中" in told
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

    dialog.kind.setCurrentIndex(dialog.kind.findData("activity"))
    settled(qtbot, at.session)
    assert dialog.columns.box(0).findData("narrative") >= 0
    assert "没有这类记录" in dialog.warning.text.text()

    dialog.header_row.setCurrentIndex(dialog.header_row.findData(1))
    settled(qtbot, at.session)
    assert dialog.columns.box(0).currentData() == ""
    dialog.sheet.setCurrentText("汇总")
    settled(qtbot, at.session)
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
