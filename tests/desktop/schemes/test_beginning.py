"""A list becomes a pledge, zero-targets or an inspection, from its own page or from theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.schemes.dialog import ChooseDialog
from sanyou_desktop.exchange.scheme_files import read_schemes
from sanyou_desktop.exchange.shipped_schemes import shipped_schemes
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit
from tests.desktop.clerk import Clerk, compose
from tests.desktop.conftest import UNIT, settled
from tests.desktop.deed_page import ALT
from tests.desktop.schemes.conftest import At

Open = Callable[..., At]


def with_lists(here: At, *titles: str) -> None:
    """Put shipped lists into the ledger and show the first of them."""
    wanted = [scheme for scheme in shipped_schemes(UNIT) if scheme.title in titles]
    here.at.session.operations.run(lambda ledger: ledger.save_many(wanted, "加入"), owner=here.page)
    here.settle()
    here.page.show_record(here.schemes()[0].id)
    here.settle()


def click(here: At, deed: str) -> None:
    here.qtbot.mouseClick(here.page.form.deeds.buttons[deed], Qt.MouseButton.LeftButton)
    here.settle()


def test_a_list_becomes_each_of_the_three(at: Open) -> None:
    here = at("scheme")
    with_lists(here, "三查三落实")
    for deed in ("make_pledge", "make_zero_targets", "make_inspection"):
        click(here, deed)
    pledge, zero, check = (draft.accepted() for draft in here.begun)
    assert isinstance(pledge, Pledge)
    assert isinstance(zero, Pledge)
    assert isinstance(check, Inspection)
    assert pledge.clauses[0].standard == "落实工作制度"
    assert [clause.target for clause in zero.clauses] == [0, 0, 0]
    assert (check.items[0].item, check.items[0].follow_through) == ("查工作质量", "落实工作制度")
    assert str(check.planned_on) == date.today().isoformat()
    assert {draft.told for draft in here.begun} == {""}


def test_lists_of_the_ledger_come_before_the_shipped_ones(at: Open) -> None:
    here = at("pledge")
    wanted = next(scheme for scheme in shipped_schemes(UNIT) if scheme.title == "三无")
    here.at.session.operations.run(lambda ledger: ledger.save(wanted), owner=here.page)
    here.settle()
    here.key(0)
    rows = here.chooser.chooser.list.rows
    shown = [rows.item(row).text() for row in range(rows.rowCount())]
    assert shown[:2] == ["三无", "五查"]
    assert shown.count("三无") == 1
    here.accept()
    (draft,) = here.begun
    made = draft.accepted()
    assert isinstance(made, Pledge)
    assert [clause.target for clause in made.clauses] == [0, 0, 0]


def test_a_retired_list_is_not_offered(at: Open) -> None:
    here = at("inspection")
    raw: dict[str, Json] = {"title": "旧清单", "status": "retired", "entries": ["查"]}
    old = Draft.from_json("scheme", raw, UNIT).accepted()
    here.at.session.operations.run(lambda ledger: ledger.save(old), owner=here.page)
    here.settle()
    here.key(0)
    assert here.chooser.chooser.list.rows.item(0).text() == "五查"
    here.accept()
    assert here.begun[0].typed("scheme") == "五查"


def test_an_inspection_that_names_a_list_is_filled_by_it(at: Open) -> None:
    here = at("inspection")
    raw = {"title": "三月检查", "scheme": "三查三落实"}
    planned = Draft.from_json("inspection", raw, UNIT).accepted()
    here.at.session.operations.run(lambda ledger: ledger.save(planned), owner=here.page)
    here.settle()
    kept = here.at.stored("inspection")[0]
    here.page.show_record(kept.id)
    here.settle()
    click(here, "fill_from_list")
    here.accept()
    (draft,) = here.begun
    assert draft.base == kept
    filled = draft.accepted()
    assert isinstance(filled, Inspection)
    assert [item.item for item in filled.items] == ["查工作质量", "查工作进度", "查办事效率"]


def test_a_list_goes_into_a_file_and_this_is_told(at: Open, tmp_path: Path) -> None:
    here = at("scheme")
    with_lists(here, "四心")
    # A name without an ending takes ours.
    here.at.ask.path = tmp_path / "给各科室"
    click(here, "export")
    here.qtbot.waitUntil(lambda: bool(here.told))
    path = tmp_path / "给各科室.sanyou-list.json"
    assert here.told == [f"已把清单「四心」导出为 {path}。"]
    with Ledger.open(here.at.session.path, read_only=True) as ledger:
        (line,) = ledger.exports.lines()
        assert (line.way, line.target) == ("list", str(path.resolve()))
        assert ledger.exports.held(line.seq) == {one.id: one.revision for one in here.schemes()}
    assert read_schemes(path, UNIT)[0].scheme.entries == here.schemes()[0].entries
    here.at.ask.path = tmp_path / "四心.xlsx"
    click(here, "export")
    here.qtbot.waitUntil(lambda: len(here.told) == 2)
    assert len(read_schemes(tmp_path / "四心.xlsx", UNIT)[0].scheme.known) == 4


def test_an_export_that_fails_or_is_not_wanted_is_told_or_silent(at: Open, tmp_path: Path) -> None:
    here = at("scheme")
    with_lists(here, "四心")
    here.at.ask.path = None
    click(here, "export")
    assert here.at.ask.asked == []
    here.at.ask.path = tmp_path / "没有" / "a.json"
    click(here, "export")
    here.qtbot.waitUntil(lambda: bool(here.at.ask.asked))
    assert "没有写入" in here.at.ask.asked[0]
    assert here.told == []


def test_a_confidential_list_is_not_exported(at: Open, tmp_path: Path) -> None:
    here = at("scheme")
    with_lists(here, "四心")
    editor = here.page.form.body.editors["confidential"]
    editor.set_raw("internal")
    editor.changed.emit()
    here.page.save()
    here.settle()
    here.at.ask.path = tmp_path / "a.json"
    click(here, "export")
    assert "标有密级" in here.at.ask.asked[0]
    assert not (tmp_path / "a.json").exists()


# Through the whole window, by keyboard


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Clerk]:
    made = Clerk(qtbot, qapp, tmp_path / "settings.ini")
    yield made
    made.leave()


def test_from_an_empty_ledger_to_a_saved_pledge(qtbot: QtBot, clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "a.sytz"
    Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")).close()
    clerk.open(path)
    page = clerk.page("scheme")
    with qtbot.waitActive(clerk.window):
        clerk.window.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_0, ALT)
    clerk.settle()
    dialog = next(item for item in page.findChildren(ChooseDialog) if item.isVisible())
    compose(dialog.chooser.search, "四勤三特")
    qtbot.keyClick(dialog.chooser.search, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.chooser.preview.title.text() == "四勤三特")
    qtbot.keyClick(dialog.chooser.list, Qt.Key.Key_Return)
    clerk.settle()
    deed = page.form.deeds.buttons["make_pledge"]
    qtbot.waitUntil(lambda: deed.isVisible())
    deed.setFocus()
    qtbot.keyClick(deed, Qt.Key.Key_Space)
    clerk.settle()
    pledges = clerk.window.stack.currentWidget()
    assert isinstance(pledges, RecordPage)
    assert pledges.kind == "pledge"
    assert pledges.form.banner.isVisible()
    assert "待补充" in pledges.form.banner.text.text()
    with qtbot.waitActive(clerk.window):
        clerk.window.activateWindow()
    qtbot.keyClick(clerk.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.settle()
    assert not pledges.form.banner.isVisible()
    settled(qtbot, clerk.window.session)
    clerk.close()
    with Ledger.open(path, read_only=True) as ledger:
        assert [item.title for item in ledger.records("pledge")] == ["四勤三特"]
        assert [item.title for item in ledger.records("scheme")] == ["四勤三特"]
