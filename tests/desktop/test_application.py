"""Opening and closing whole ledgers: what a clerk sees when it works, takes long, or does not."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop import application as module
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.opening import OpenLedger, open_ledger
from sanyou_desktop.desktop.pages.settings import SettingsPage
from sanyou_desktop.desktop.widgets.waiting import Waiting
from sanyou_desktop.ledger import backup, backup_rotation
from sanyou_desktop.ledger.errors import DiskFull
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.writer_lock import WriterLock
from tests.desktop.conftest import pledge
from tests.desktop.program import Program


@pytest.fixture
def path(tmp_path: Path, few: Path) -> Path:
    """A ledger of five pledges in a folder of its own."""
    (tmp_path / "台账").mkdir()
    return Path(shutil.copy(few, tmp_path / "台账" / "本局.sytz"))


def test_a_ledger_opens_with_its_records_and_is_remembered(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    program.open(path)
    assert program.main.windowTitle() == "晋江市政府办公室 - 三优台账"
    page = program.main.page("pledge")
    assert isinstance(page, RecordPage)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 5)
    assert program.main.session.preferences.recent == [path]
    assert not program.main.session.read_only


def test_without_a_ledger_the_welcome_page_is_shown(program: Program) -> None:
    program.application.start(None)
    assert program.welcome.page.message.isHidden()


def test_the_ledger_opened_last_is_opened_again(program: Program, path: Path) -> None:
    program.open(path)
    program.application.welcome()
    program.wait()
    program.application.start(None)
    program.wait()
    assert program.main.session.path == path


def test_a_ledger_that_has_gone_is_not_looked_for(program: Program, path: Path) -> None:
    program.open(path)
    program.application.welcome()
    program.wait()
    path.unlink()
    program.application.start(None)
    assert program.welcome.page.message.isHidden()


# What cannot be opened


def _another_programs_database(path: Path) -> None:
    path.unlink()
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE photo (name TEXT)")
    conn.close()


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:-4096] = b"\xff" * len(content[8192:-4096])
    path.write_bytes(content)


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_text("会议纪要", encoding="utf-8"), "不是三优台账的台账文件"),
    "empty": (lambda path: path.write_bytes(b""), "不是三优台账的台账文件"),
    "gone": (lambda path: path.unlink(), "找不到"),
    "folder": (_a_folder, "是文件夹"),
    "foreign": (_another_programs_database, "不是三优台账的台账"),
    "damaged": (_damaged, "损坏"),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:9000]), "损坏"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_what_is_no_sound_ledger_is_refused_in_words_and_left_as_it_is(
    program: Program, path: Path, fault: str
) -> None:
    spoil, words = SPOILT[fault]
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    program.open(path)
    message = program.welcome.page.message
    assert message.isVisibleTo(program.welcome)
    assert words in message.text()
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_refused_ledger_leaves_the_open_one_open(program: Program, path: Path) -> None:
    program.open(path)
    other = path.with_name("别的.sytz")
    other.write_bytes(b"x" * 5000)
    program.open(other)
    assert program.main.session.path == path
    assert "别的.sytz 不是三优台账" in program.main.banner.text.text()
    assert program.main.isEnabled()


def test_a_ledger_of_a_newer_version_can_be_read_and_says_so(program: Program, path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA user_version = 9000")
    conn.close()
    program.open(path)
    assert program.main.session.read_only
    assert "更新版本的程序" in program.main.read_only_banner.text.text()
    assert not program.main.actions_by_id["save"].isEnabled()


def test_a_ledger_in_use_elsewhere_can_be_read_and_says_so(program: Program, path: Path) -> None:
    lock = WriterLock(path)
    program.open(path)
    assert "另一个窗口或程序正在使用" in program.main.read_only_banner.text.text()
    lock.release()


@pytest.mark.ordinary
def test_a_write_protected_ledger_can_be_read_and_says_so(program: Program, path: Path) -> None:
    path.chmod(0o444)
    program.open(path)
    assert "没有写入权限" in program.main.read_only_banner.text.text()


# What takes long


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Opening waits for this event, as on a slow drive."""
    go = threading.Event()

    def later(path: Path) -> OpenLedger:
        go.wait(20)
        return open_ledger(path)

    monkeypatch.setattr(module, "open_ledger", later)
    yield go
    go.set()


def waiting() -> Waiting:
    return next(shown for shown in QApplication.topLevelWidgets() if isinstance(shown, Waiting))


def test_a_slow_ledger_says_what_is_awaited_and_then_opens(
    program: Program, path: Path, slow: threading.Event, qtbot: QtBot
) -> None:
    program.application.open(path)
    qtbot.waitUntil(lambda: waiting().isVisible())
    assert waiting().strip.text.text() == "正在打开 本局.sytz…"
    slow.set()
    program.wait()
    assert program.main.session.path == path


def test_one_need_not_wait_for_a_slow_ledger(
    program: Program, path: Path, slow: threading.Event, qtbot: QtBot
) -> None:
    program.application.open(path)
    qtbot.waitUntil(lambda: waiting().isVisible())
    qtbot.keyClick(waiting(), Qt.Key.Key_Escape)
    assert waiting().strip.text.text() == "正在停下来…"
    slow.set()
    program.wait()
    assert program.welcome.isVisible()
    # Whoever opens it next may write: nothing holds it any more.
    WriterLock(path).release()


def test_meanwhile_nothing_can_be_typed_into_a_ledger_that_is_left(
    program: Program, path: Path, few: Path, slow: threading.Event
) -> None:
    slow.set()
    program.open(path)
    slow.clear()
    other = Path(shutil.copy(few, path.with_name("别的.sytz")))
    program.application.open(other)
    assert not program.main.isEnabled()
    slow.set()
    program.wait()
    assert program.main.session.path == other
    assert program.main.isEnabled()


def test_the_ledger_in_view_is_not_opened_a_second_time(program: Program, path: Path) -> None:
    program.open(path)
    window = program.main
    link = path.with_name("快捷方式.sytz")
    link.symlink_to(path)
    program.open(link)
    assert program.main is window
    assert not window.session.read_only


# Leaving


def test_closing_the_window_backs_up_behind_it_and_then_ends_the_program(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, began = threading.Event(), threading.Event()
    whole = backup_rotation.at_close

    def slowly(ledger_path: Path) -> Path | None:
        began.set()
        go.wait(20)
        return whole(ledger_path)

    monkeypatch.setattr(backup_rotation, "at_close", slowly)
    program.open(path)
    window = program.main
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible() and began.is_set())
    assert not program.has_ended
    # The ledger itself is free already, for a window that is opened at once.
    WriterLock(path).release()
    go.set()
    qtbot.waitUntil(lambda: program.has_ended)
    (kept,) = backup_rotation.backups(path)
    with Ledger.open(kept.path, read_only=True) as ledger:
        assert len(list(ledger.records("pledge"))) == 5


def test_a_backup_that_fails_at_closing_is_told_before_the_program_ends(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise DiskFull("磁盘已满。")

    monkeypatch.setattr(backup_rotation, "at_close", full)
    program.open(path)
    program.main.close()
    qtbot.waitUntil(lambda: program.has_ended)
    assert program.ask.told == ["关闭时的备份没有成功：磁盘已满。"]


def test_closing_the_welcome_page_ends_the_program(program: Program, qtbot: QtBot) -> None:
    program.application.start(None)
    program.welcome.close()
    qtbot.waitUntil(lambda: program.has_ended)


def test_the_first_backup_of_the_day_is_made_without_asking(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    program.open(path)
    qtbot.waitUntil(lambda: len(backup_rotation.backups(path)) == 1)


# Restoring


def test_a_backup_takes_the_ledgers_place_and_nothing_is_lost(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    taken = path.with_name("昨天.sytz")
    backup.back_up(path, taken)
    with Ledger.open(path) as ledger:
        ledger.save(pledge("今天才写的承诺"))
    program.open(path)
    program.ask.path = taken
    program.main.go("settings")
    settings = program.main.page("settings")
    assert isinstance(settings, SettingsPage)
    qtbot.mouseClick(settings.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已恢复到备份 昨天.sytz" in program.main.banner.text.text())
    program.wait()
    assert program.ask.told == [
        "台账 本局.sytz 将恢复为备份 昨天.sytz 的内容。现在的台账不会删除，会改名保留在旁边。"
    ]
    (kept,) = path.parent.glob("本局 恢复前*.sytz")
    assert f"恢复前的台账保留为 {kept.name}" in program.main.banner.text.text()
    with Ledger.open(kept, read_only=True) as ledger:
        assert len(list(ledger.records("pledge"))) == 6
    with Ledger.open(path, read_only=True) as ledger:
        assert len(list(ledger.records("pledge"))) == 5
    assert not program.main.session.read_only


def test_a_backup_that_cannot_be_used_changes_nothing_and_the_ledger_opens_again(
    program: Program, path: Path
) -> None:
    bad = path.with_name("坏.sytz")
    bad.write_bytes(b"not a ledger at all")
    program.open(path)
    program.application.restore(bad, path)
    program.wait()
    assert program.main.session.path == path
    assert "不是三优台账的台账文件，没有做任何改动" in program.main.banner.text.text()
    assert not program.main.session.read_only
    assert len(list(path.parent.glob("*恢复前*"))) == 0


def test_a_lost_ledger_comes_back_from_its_backup_on_the_welcome_page(
    program: Program, path: Path
) -> None:
    taken = backup_rotation.daily(path)
    assert taken is not None
    assert backup_rotation.ledger_of(taken) == path
    path.unlink()
    program.open(path)
    assert "找不到" in program.welcome.page.message.text()
    program.application.restore(taken, path)
    program.wait()
    assert program.main.session.path == path
    with Ledger.open(path, read_only=True) as ledger:
        assert len(list(ledger.records("pledge"))) == 5
