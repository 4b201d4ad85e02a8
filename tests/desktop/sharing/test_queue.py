"""A shared workbook that somebody has open: said with who, queued, written once it is free."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.upward import UpwardPage
from sanyou_desktop.desktop.sharing import queue as queue_module
from sanyou_desktop.desktop.sharing.card import ShareCard
from sanyou_desktop.exchange import sharing
from sanyou_desktop.exchange.errors import CannotWrite, Unsupported
from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.writer_lock import WriterLock
from tests.desktop.conftest import PLEDGES, Desk, pledge, settled
from tests.desktop.pages.conftest import Paths, shown, upward_page

LEFT = Qt.MouseButton.LeftButton
SHARED = "全市共享.xlsx"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths()
    (tmp_path / "共享文件夹").mkdir()
    made.path = tmp_path / "共享文件夹" / SHARED
    return made


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path, paths: Paths) -> Desk:
    made = desk(few)
    return Desk(replace(made.session, ask=paths), paths, made.failures)


@pytest.fixture
def page(qtbot: QtBot, at: Desk) -> UpwardPage:
    return shown(qtbot, upward_page(at.session))


def workbook(paths: Paths) -> Path:
    assert paths.path is not None
    return paths.path


def open_in_libreoffice(path: Path, who: str = "王芳") -> Path:
    """Leave what LibreOffice leaves beside a workbook that somebody has open."""
    owner = path.with_name(f".~lock.{path.name}#")
    owner.write_text(f"{who},wf,机要室-03,28.11.2026 09:00,file:///home/w;", encoding="utf-8")
    return owner


def press(qtbot: QtBot, card: ShareCard, button: str) -> None:
    pressed = {
        "share": card.share_button,
        "try": card.waiting.try_button,
        "stop": card.waiting.stop_button,
    }[button]
    qtbot.mouseClick(pressed, LEFT)
    settled(qtbot, card.queue._session)


def titles(path: Path) -> set[object]:
    book = openpyxl.load_workbook(path)
    cells = {cell.value for row in book["承诺"].iter_rows() for cell in row}
    return {title for title, *_rest in PLEDGES if title in cells}


ALL = {title for title, *_rest in PLEDGES}


def test_who_has_it_is_said_and_the_update_waits(
    qtbot: QtBot, page: UpwardPage, paths: Paths
) -> None:
    owner = open_in_libreoffice(workbook(paths))
    card = page.sharing
    press(qtbot, card, "share")
    assert card.waiting.isVisible()
    assert f"{SHARED} 正被王芳（机要室-03）占用" in card.waiting.who.text()
    assert "开始等候" in card.waiting.when.text()
    assert "下次 " in card.waiting.when.text()
    assert owner.name in card.waiting.hint.text()
    assert not card.share_button.isEnabled()
    assert not card.choose_button.isEnabled()
    assert not workbook(paths).exists()


def test_it_is_written_by_itself_once_it_is_closed(
    qtbot: QtBot, at: Desk, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "EVERY_SECONDS", 0.2)
    page = shown(qtbot, upward_page(at.session))
    owner = open_in_libreoffice(workbook(paths))
    card = page.sharing
    press(qtbot, card, "share")
    first = card.queue.waiting
    assert first is not None
    open_in_libreoffice(workbook(paths), "李娜")
    qtbot.waitUntil(lambda: "李娜" in card.waiting.who.text())
    assert card.queue.waiting is not None
    assert card.queue.waiting.since == first.since
    owner.unlink()
    qtbot.waitUntil(card.banner.isVisible)
    assert card.banner.text.text().startswith(f"已更新 {SHARED}：新增 5 行")
    assert titles(workbook(paths)) == ALL
    assert not card.waiting.isVisible()
    assert card.share_button.isEnabled()
    settled(qtbot, at.session)
    newest = page.log.list.topLevelItem(0)
    assert newest is not None
    assert newest.text(2) == SHARED


def test_it_can_be_tried_at_once(qtbot: QtBot, page: UpwardPage, paths: Paths) -> None:
    owner = open_in_libreoffice(workbook(paths))
    press(qtbot, page.sharing, "share")
    press(qtbot, page.sharing, "try")
    assert page.sharing.waiting.isVisible()
    owner.unlink()
    press(qtbot, page.sharing, "try")
    assert not page.sharing.waiting.isVisible()
    assert titles(workbook(paths)) == ALL


def test_who_stops_waiting_has_nothing_written(
    qtbot: QtBot, page: UpwardPage, paths: Paths
) -> None:
    owner = open_in_libreoffice(workbook(paths))
    card = page.sharing
    press(qtbot, card, "share")
    press(qtbot, card, "stop")
    assert card.banner.text.text() == "已停止等候，这次的更新没有写入。"
    assert not card.waiting.isVisible()
    assert card.share_button.isEnabled()
    assert card.queue._timer.isActive() is False
    owner.unlink()
    assert not workbook(paths).exists()
    assert page.session.preferences.queued_share(page.session.path) is None


def test_another_unit_that_is_writing_is_waited_for_too(
    qtbot: QtBot, page: UpwardPage, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "_PATIENCE_SECONDS", 0.05)
    lock = WriterLock(workbook(paths))
    press(qtbot, page.sharing, "share")
    assert f"{SHARED} 正被另一个单位占用" in page.sharing.waiting.who.text()
    lock.release()
    press(qtbot, page.sharing, "try")
    assert titles(workbook(paths)) == ALL


def test_a_record_that_became_confidential_while_waiting_stays_at_home(
    qtbot: QtBot, page: UpwardPage, paths: Paths
) -> None:
    owner = open_in_libreoffice(workbook(paths))
    press(qtbot, page.sharing, "share")
    secret = next(r for r in Desk(page.session, paths).stored("pledge") if r.title == "八个不让")
    page.session.operations.run(
        lambda ledger: ledger.save(replace(secret, confidential="secret")), owner=page
    )
    added = pledge("等候时添的内部承诺", confidential="internal")
    page.session.operations.run(lambda ledger: ledger.save(added), owner=page)
    settled(qtbot, page.session)
    owner.unlink()
    press(qtbot, page.sharing, "try")
    assert titles(workbook(paths)) == ALL - {"八个不让"}
    book = openpyxl.load_workbook(workbook(paths))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "等候时添的内部承诺" not in cells


def test_what_waiting_does_not_mend_ends_the_waiting_with_the_reason(
    qtbot: QtBot, page: UpwardPage, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = open_in_libreoffice(workbook(paths))
    press(qtbot, page.sharing, "share")

    def refuse(*_given: object, **_named: object) -> None:
        raise Unsupported("它设有打开密码。文件未变，请去掉密码后再试。")

    monkeypatch.setattr(sharing, "share_ledger", refuse)
    owner.unlink()
    press(qtbot, page.sharing, "try")
    assert page.sharing.banner.text.text() == "它设有打开密码。文件未变，请去掉密码后再试。"
    assert page.sharing.queue.path is None


def test_a_drive_that_is_gone_for_a_while_does_not_end_the_waiting(
    qtbot: QtBot, page: UpwardPage, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = open_in_libreoffice(workbook(paths))
    press(qtbot, page.sharing, "share")

    def gone(*_given: object, **_named: object) -> None:
        raise CannotWrite("文件夹 Z: 不存在，没有写入。请检查网络连接，或另选位置。")

    monkeypatch.setattr(sharing, "share_ledger", gone)
    owner.unlink()
    press(qtbot, page.sharing, "try")
    assert "暂时写不进" in page.sharing.waiting.who.text()
    assert "请检查网络连接" in page.sharing.waiting.hint.text()
    monkeypatch.undo()
    press(qtbot, page.sharing, "try")
    assert titles(workbook(paths)) == ALL


def test_a_page_built_while_an_update_waits_shows_it(
    qtbot: QtBot, page: UpwardPage, paths: Paths
) -> None:
    open_in_libreoffice(workbook(paths))
    press(qtbot, page.sharing, "share")
    other = shown(qtbot, UpwardPage(page.session, page.sharing.queue))
    assert "王芳" in other.sharing.waiting.who.text()
    assert not other.sharing.share_button.isEnabled()


def test_an_update_that_is_being_written_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, page: UpwardPage, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(ledger: Ledger, path: Path, *, progress: Progress, **given: Any) -> sharing.Shared:
        for done in range(1, 2000):
            progress(done, 2000)
            go_on.wait(0.01)
        return share_ledger(ledger, path, **given)

    monkeypatch.setattr(sharing, "share_ledger", slow)
    card = page.sharing
    qtbot.mouseClick(card.share_button, LEFT)
    qtbot.waitUntil(card.progress.isVisible)
    assert not card.share_button.isEnabled()
    qtbot.waitUntil(lambda: "/ 2,000" in card.progress.text.text().replace("2000", "2,000"))
    qtbot.mouseClick(card.progress.cancel, LEFT)
    settled(qtbot, page.session)
    assert card.banner.text.text() == "已取消，没有写入文件。"
    assert not card.progress.isVisible()
    assert card.share_button.isEnabled()
    assert not workbook(paths).exists()
