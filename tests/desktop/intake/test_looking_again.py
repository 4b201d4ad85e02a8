"""The preview while it is compared again, imported or stopped: nothing stale is taken."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.intake.flow import look_at_clipboard
from sanyou_desktop.desktop.intake.import_dialog import ImportDialog
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.exchange.tables import importing
from sanyou_desktop.ledger.errors import LedgerError
from tests.desktop.conftest import Desk, settled
from tests.desktop.intake.test_importing import at as at
from tests.desktop.intake.test_importing import findings, opened
from tests.desktop.intake.test_importing import page as page

HEADER = ["编号", "标题", "提出日期", "状态"]
OPEN = "整改中"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two sheets; the first has a wrong date in its first row."""
    book = Workbook()
    first, second = book.active, book.create_sheet("乙")
    assert first is not None
    first.title = "甲"
    for line in (HEADER, ["A-1", "灯不亮", "三月", OPEN], ["A-2", "漏水", "2026-03-02", OPEN]):
        first.append(line)
    for line in (HEADER, ["B-1", "门坏", "2026-03-02", OPEN]):
        second.append(line)
    path = tmp_path / "表.xlsx"
    book.save(path)
    return path


class Held:
    """Work that waits at its beginning until it is let go, what was begun first before the rest."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self.begun = 0
        self._real = real
        self._lock = threading.Lock()
        self._gates = [threading.Event() for _time in range(8)]
        self._opened = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with self._lock:
            gate = self._gates[self.begun]
            self.begun += 1
        assert gate.wait(10)
        return self._real(*args, **kwargs)

    def let_go(self) -> None:
        self._gates[self._opened].set()
        self._opened += 1


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Held]]:
    """Hold up a function of the import; whatever is held in the end is let go."""
    made: list[Held] = []

    def hold(name: str) -> Held:
        work = Held(getattr(importing, name))
        made.append(work)
        monkeypatch.setattr(importing, name, work)
        return work

    yield hold
    for work in made:
        for _time in range(4):
            work.let_go()


def numbers(at: Desk) -> list[str]:
    return sorted(found.number for found in findings(at))


def untick(dialog: ImportDialog, sheet: int) -> None:
    dialog.sheets.sheets.item(sheet).setCheckState(Qt.CheckState.Unchecked)


def put_right(dialog: ImportDialog, text: str) -> None:
    dialog.table.selectRow(0)
    dialog._begin_mending()
    dialog.mend.line.setText(text)
    dialog.mend.apply.click()


def idle(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_busy)


def test_an_import_that_was_stopped_can_be_begun_again(
    qtbot: QtBot, at: Desk, page: RecordPage, table: Path, held: Callable[[str], Held]
) -> None:
    dialog = opened(qtbot, at, page, table)
    work = held("take")
    dialog.take_button.click()
    qtbot.waitUntil(lambda: work.begun == 1)
    assert not dialog.sheets.isEnabled()
    dialog.work.stop()
    work.let_go()
    idle(qtbot, dialog)
    assert (numbers(at), dialog.take_button.isEnabled()) == ([], True)
    assert dialog.sheets.isEnabled()
    dialog.take_button.click()
    work.let_go()
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is None)
    settled(qtbot, at.session)
    assert numbers(at) == ["A-2", "B-1"]


def test_an_import_that_failed_can_be_begun_again(
    qtbot: QtBot, at: Desk, page: RecordPage, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(qtbot, at, page, table)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise LedgerError("磁盘已满，台账没有改动。")

    monkeypatch.setattr(importing, "take", refuse)
    dialog.take_button.click()
    idle(qtbot, dialog)
    assert "磁盘已满" in dialog.work.banner.text.text()
    assert dialog.take_button.isEnabled()
    dialog.reject()


def test_a_sheet_that_was_left_out_stays_out_though_comparing_was_stopped(
    qtbot: QtBot, at: Desk, page: RecordPage, table: Path, held: Callable[[str], Held]
) -> None:
    dialog = opened(qtbot, at, page, table)
    work = held("look_at_grids")
    untick(dialog, 1)
    qtbot.waitUntil(lambda: work.begun == 1)
    dialog.work.stop()
    work.let_go()
    idle(qtbot, dialog)
    assert "比对已停止" in dialog.work.banner.text.text()
    assert not dialog.take_button.isEnabled()
    work.let_go()
    # What is put right looks at the sheets again, as they are chosen now.
    put_right(dialog, "2026-03-01")
    idle(qtbot, dialog)
    dialog.take_button.click()
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is None)
    settled(qtbot, at.session)
    assert numbers(at) == ["A-1", "A-2"]


def test_it_is_busy_while_another_change_of_the_sheets_is_compared(
    qtbot: QtBot, at: Desk, page: RecordPage, table: Path, held: Callable[[str], Held]
) -> None:
    dialog = opened(qtbot, at, page, table)
    work = held("look_at_grids")
    dialog.sheets.blank.click()
    qtbot.waitUntil(lambda: work.begun == 1)
    dialog.sheets.blank.click()
    work.let_go()
    qtbot.waitUntil(lambda: work.begun == 2)
    qtbot.wait(50)
    assert dialog.is_busy
    put_right(dialog, "2026-03-01")
    work.let_go()
    idle(qtbot, dialog)
    # Nothing could be put right meanwhile, and nothing is said to have been.
    assert [line.state for line in dialog.panel.lines].count("invalid") == 1
    assert not dialog._mended
    dialog.reject()


def test_a_row_that_is_put_right_while_the_sheets_change_stays_right(
    qtbot: QtBot, at: Desk, page: RecordPage, table: Path
) -> None:
    dialog = opened(qtbot, at, page, table)
    reading = threading.Event()
    at.session.jobs.read(lambda _ledger: reading.wait(10), lambda _none: None, owner=page)
    put_right(dialog, "2026-03-01")
    untick(dialog, 1)
    reading.set()
    idle(qtbot, dialog)
    assert [line.state for line in dialog.panel.lines] == ["new", "new"]
    assert not dialog.work.banner.isVisible()
    at.ask.yes = True
    dialog.reject()


def test_what_was_put_right_on_a_sheet_left_out_is_taken_back(
    qtbot: QtBot, at: Desk, page: RecordPage, table: Path
) -> None:
    dialog = opened(qtbot, at, page, table)
    put_right(dialog, "2026-03-01")
    idle(qtbot, dialog)
    untick(dialog, 0)
    idle(qtbot, dialog)
    dialog.undo()
    idle(qtbot, dialog)
    assert not dialog.work.banner.isVisible()
    assert not dialog._mended
    dialog.sheets.sheets.item(0).setCheckState(Qt.CheckState.Checked)
    idle(qtbot, dialog)
    assert [line.state for line in dialog.panel.lines].count("invalid") == 1
    dialog.reject()


def test_the_kind_chosen_again_shows_the_columns_as_they_are_read(
    qtbot: QtBot, at: Desk, page: RecordPage, table: Path
) -> None:
    dialog = opened(qtbot, at, page, table)
    box = dialog.sheets.columns.box(1)
    box.setCurrentIndex(box.findData("notes"))
    idle(qtbot, dialog)
    dialog.sheets.kind.activated.emit(dialog.sheets.kind.currentIndex())
    idle(qtbot, dialog)
    assert dialog._found is not None
    head = dialog._found.look.sheets[0].head
    assert dialog.sheets.columns.box(1).currentData() == head.sources.get(1) == "title"
    dialog.reject()


def test_pasting_twice_in_a_row_opens_one_preview(qtbot: QtBot, at: Desk, page: RecordPage) -> None:
    QGuiApplication.clipboard().setText("编号\t标题\nA-1\t灯不亮")
    for _time in range(2):
        look_at_clipboard(page.place, "finding")
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is not None)
    settled(qtbot, at.session)
    (dialog,) = page.findChildren(ImportDialog)
    idle(qtbot, dialog)
    dialog.reject()
