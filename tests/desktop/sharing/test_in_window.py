"""An update that waits outlives its page and its window, and its user is told."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.upward import UpwardPage
from sanyou_desktop.exchange import sharing
from sanyou_desktop.ledger.ledger import Ledger
from tests.desktop.conftest import PLEDGES, settled
from tests.desktop.program import Program


@pytest.fixture
def path(tmp_path: Path, few: Path) -> Path:
    """A ledger of five pledges in a folder of its own."""
    (tmp_path / "台账").mkdir()
    return Path(shutil.copy(few, tmp_path / "台账" / "本局.sytz"))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    (tmp_path / "共享文件夹").mkdir()
    return tmp_path / "共享文件夹" / "全市共享.xlsx"


@pytest.fixture
def owner(workbook: Path) -> Path:
    """What LibreOffice leaves beside the workbook while somebody has it open."""
    made = workbook.with_name(f".~lock.{workbook.name}#")
    made.write_text("王芳,wf,机要室-03,28.11.2026 09:00,file:///home/w;", encoding="utf-8")
    return made


def upward(window: MainWindow) -> UpwardPage:
    page = window.page("upward")
    assert isinstance(page, UpwardPage)
    return page


def begin_to_wait(qtbot: QtBot, program: Program, path: Path, workbook: Path) -> MainWindow:
    program.open(path)
    window = program.main
    window.session.preferences.keep_shared_workbook(window.session.path, workbook)
    window.go("upward")
    upward(window).sharing.share()
    qtbot.waitUntil(lambda: window.sharing.waiting is not None)
    return window


def is_written(workbook: Path) -> bool:
    if not workbook.exists():
        return False
    cells = [cell.value for row in openpyxl.load_workbook(workbook)["承诺"] for cell in row]
    return all(title in cells for title, *_rest in PLEDGES)


@pytest.mark.usefixtures("owner")
def test_it_goes_on_while_the_user_is_elsewhere_who_is_told_the_end(
    qtbot: QtBot, program: Program, path: Path, workbook: Path, owner: Path
) -> None:
    window = begin_to_wait(qtbot, program, path, workbook)
    window.go("pledge")
    owner.unlink()
    window.sharing.try_now()
    qtbot.waitUntil(lambda: "已更新 全市共享.xlsx" in window.banner.text.text())
    assert is_written(workbook)
    window.banner.action.click()
    assert window.stack.currentWidget() is upward(window)
    settled(qtbot, window.session)


@pytest.mark.usefixtures("owner")
def test_who_closes_the_window_is_asked_and_may_stay(
    qtbot: QtBot, program: Program, path: Path, workbook: Path
) -> None:
    window = begin_to_wait(qtbot, program, path, workbook)
    program.ask.yes = False
    window.close()
    (question,) = program.ask.told
    assert question.startswith("全市共享.xlsx 的更新还没有写入。")
    assert window.isVisible()
    assert window.sharing.waiting is not None


def test_the_next_window_goes_on_and_writes_it(
    qtbot: QtBot, program: Program, path: Path, workbook: Path, owner: Path
) -> None:
    window = begin_to_wait(qtbot, program, path, workbook)
    window.close()
    qtbot.waitUntil(lambda: program.has_ended)
    assert not workbook.exists()
    owner.unlink()
    program.open(path)
    qtbot.waitUntil(lambda: "已更新 全市共享.xlsx" in program.main.banner.text.text())
    assert is_written(workbook)
    assert program.main.session.preferences.queued_share(path) is None


@pytest.mark.usefixtures("owner")
def test_the_next_window_says_that_it_waits_on_and_since_when(
    qtbot: QtBot, program: Program, path: Path, workbook: Path
) -> None:
    window = begin_to_wait(qtbot, program, path, workbook)
    assert window.sharing.waiting is not None
    since = window.sharing.waiting.since
    window.close()
    qtbot.waitUntil(lambda: program.has_ended)
    program.open(path)
    words = "全市共享.xlsx 仍写不进，上次排队的更新继续等候。"
    qtbot.waitUntil(lambda: program.main.banner.text.text() == words)
    waiting = program.main.sharing.waiting
    assert waiting is not None
    assert (waiting.since, waiting.who) == (since, "王芳（机要室-03）")
    program.main.sharing.stop()
    assert program.main.session.preferences.queued_share(path) is None


def test_an_update_that_was_just_begun_is_done_after_a_backup_was_restored(
    qtbot: QtBot, program: Program, path: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = Path(shutil.copy(path, path.with_name("备份.sytz")))
    program.open(path)
    window = program.main
    window.session.preferences.keep_shared_workbook(window.session.path, workbook)
    window.go("upward")
    begun, gate, real = threading.Event(), threading.Event(), sharing.share_ledger

    def slow(ledger: Ledger, target: Path, **given: Any) -> sharing.Shared:
        begun.set()
        assert gate.wait(10)
        given["progress"](0, 1)
        return real(ledger, target, **given)

    monkeypatch.setattr(sharing, "share_ledger", slow)
    upward(window).sharing.share()
    qtbot.waitUntil(begun.is_set)
    monkeypatch.setattr(sharing, "share_ledger", real)
    window.restore_wanted.emit(backup)
    gate.set()
    qtbot.waitUntil(lambda: program.application.window not in (None, window))
    qtbot.waitUntil(lambda: is_written(workbook))
    # Told a moment after the file is there.
    preferences = program.main.session.preferences
    qtbot.waitUntil(lambda: preferences.queued_share(path) is None)


def test_without_anything_waiting_the_window_closes_without_a_question(
    qtbot: QtBot, program: Program, path: Path, workbook: Path
) -> None:
    program.open(path)
    window = program.main
    window.session.preferences.keep_shared_workbook(window.session.path, workbook)
    window.go("upward")
    upward(window).sharing.share()
    qtbot.waitUntil(lambda: is_written(workbook))
    settled(qtbot, window.session)
    window.close()
    qtbot.waitUntil(lambda: program.has_ended)
    assert program.ask.told == []


def test_settings_damaged_by_hand_cost_only_the_queue(program: Program, path: Path) -> None:
    program.open(path)
    preferences = program.main.session.preferences
    preferences._keep_json("shared_queue", {str(path): {"workbook": 7}})
    assert preferences.queued_share(path) is None
