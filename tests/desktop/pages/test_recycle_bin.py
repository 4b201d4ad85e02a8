"""What was deleted lies in the bin and can be taken out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.pages.recycle_bin import RecycleBinPage
from sanyou_desktop.model.finding import Finding
from tests.desktop.conftest import PLEDGES, Desk, settled
from tests.desktop.pages.conftest import shown


def titles(page: RecycleBinPage) -> list[str]:
    items = [page.list.topLevelItem(row) for row in range(page.list.topLevelItemCount())]
    return [item.text(2) for item in items if item is not None]


def delete(qtbot: QtBot, at: Desk, page: RecycleBinPage, *wanted: str) -> None:
    ids = [record.id for record in at.stored("pledge") if record.title in wanted]
    at.session.operations.run(lambda ledger: ledger.delete(ids), owner=page)
    settled(qtbot, at.session)


def test_an_empty_bin_says_what_it_is_for(qtbot: QtBot, at: Desk) -> None:
    page = shown(qtbot, RecycleBinPage(at.session))
    assert "回收站是空的" in page.nothing.line.text()
    assert page.nothing.isVisible()
    assert not page.list.isVisible()
    assert not page.restore.isEnabled()


def test_what_is_deleted_appears_and_what_is_chosen_comes_back(qtbot: QtBot, at: Desk) -> None:
    page = shown(qtbot, RecycleBinPage(at.session))
    delete(qtbot, at, page, "八个不让", "一快三通", "四心服务承诺")
    assert sorted(titles(page)) == sorted(["八个不让", "一快三通", "四心服务承诺"])
    assert not page.nothing.isVisible()

    for wanted in ("八个不让", "一快三通"):
        item = page.list.findItems(wanted, Qt.MatchFlag.MatchExactly, 2)[0]
        qtbot.mouseClick(
            page.list.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            page.list.visualItemRect(item).center(),
        )
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)
    assert titles(page) == ["四心服务承诺"]
    kept = [record.title for record in at.stored("pledge") if not record.deleted_at]
    assert sorted(kept) == sorted(title for title, *_ in PLEDGES if title != "四心服务承诺")


def test_a_ledger_for_reading_gives_nothing_back(
    qtbot: QtBot, desk: Callable[..., Desk], few: Path
) -> None:
    at = desk(few, read_only_reason="只读")
    page = shown(qtbot, RecycleBinPage(at.session))
    delete(qtbot, at, page, "八个不让")
    page.list.selectAll()
    assert page.list.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
    assert len(page.list.selectedItems()) == 1
    assert not page.restore.isEnabled()


def test_what_needs_another_comes_back_together_with_it(qtbot: QtBot, at: Desk) -> None:
    pledge = at.stored("pledge")[0]
    page = shown(qtbot, RecycleBinPage(at.session))
    found = [Finding(unit=pledge.unit, title="灯不亮", against=pledge.id)]
    at.session.operations.run(lambda ledger: ledger.save_many(found, "登记"), owner=page)
    settled(qtbot, at.session)
    gone = [at.stored("finding")[0].id, pledge.id]
    at.session.operations.run(lambda ledger: ledger.delete(gone), owner=page)
    settled(qtbot, at.session)

    page.list.setCurrentItem(page.list.findItems("灯不亮", Qt.MatchFlag.MatchExactly, 2)[0])
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)

    assert page.banner.isVisible()
    assert "「灯不亮」的违反的承诺或制度是回收站里的承诺" in page.banner.text.text()
    assert sorted(titles(page)) == sorted(["灯不亮", pledge.title])
    qtbot.mouseClick(page.banner.action, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)
    assert titles(page) == []
    assert not page.banner.isVisible()
