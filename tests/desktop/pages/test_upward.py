"""The report and the shared workbook from the window: a period, a place, progress, cancel."""

from __future__ import annotations

import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.attached_file import png
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.upward import UpwardPage
from sanyou_desktop.exchange import report_workbook, sharing
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.draft import Draft
from tests.desktop.clerk import compose
from tests.desktop.conftest import PLEDGES, Desk, settled
from tests.desktop.pages.conftest import Paths, shown, upward_page


@pytest.fixture
def page(qtbot: QtBot, at: Desk) -> UpwardPage:
    return shown(qtbot, upward_page(at.session))


def press(qtbot: QtBot, page: UpwardPage, what: str) -> None:
    button = {"export": page.export_button, "share": page.sharing.share_button}[what]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)


def titles(path: Path) -> list[object]:
    book = openpyxl.load_workbook(path)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    return [title for title, *_rest in PLEDGES if title in cells]


def test_the_report_goes_where_the_user_wants_it(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path
) -> None:
    paths.path = tmp_path / "上报"
    press(qtbot, page, "export")
    written = tmp_path / "上报.xlsx"
    assert titles(written) == [title for title, *_rest in PLEDGES]
    assert page.banner.text.text().startswith("已导出 上报.xlsx：")
    assert paths.suggested == ["晋江市政府办公室 三优台账 全部.xlsx"]


def test_cancelling_the_dialog_writes_nothing(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    press(qtbot, page, "export")
    press(qtbot, page, "share")
    assert sorted(tmp_path.iterdir()) == before
    assert not page.banner.isVisible()


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2026-02-30", "", "2026 年 2 月没有 30 日"),
        ("", "昨天", "昨天"),
        ("2026-05-01", "2026-04", "截止日期早于起始日期"),
    ],
)
def test_a_wrong_period_is_told_beside_its_field(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path, first: str, last: str, told: str
) -> None:
    paths.path = tmp_path / "上报.xlsx"
    compose(page.period.first.line, first)
    compose(page.period.last.line, last)
    press(qtbot, page, "export")
    assert told in page.period.first_field.error + page.period.last_field.error
    assert not paths.path.exists()
    assert paths.suggested == []


def test_a_period_is_in_the_suggested_name(qtbot: QtBot, page: UpwardPage, paths: Paths) -> None:
    compose(page.period.first.line, "2026-1-1")
    compose(page.period.last.line, "2026-12-31")
    press(qtbot, page, "export")
    assert paths.suggested == ["晋江市政府办公室 三优台账 2026.xlsx"]


def test_sharing_asks_once_where_and_then_changes_nothing(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path
) -> None:
    paths.path = tmp_path / "全市共享.xlsx"
    press(qtbot, page, "share")
    assert titles(paths.path) == [title for title, *_rest in PLEDGES]
    assert str(paths.path) in page.sharing.where.text()
    before = paths.path.read_bytes()
    press(qtbot, page, "share")
    assert paths.path.read_bytes() == before
    assert len(paths.suggested) == 1


def test_a_workbook_that_cannot_be_written_is_told_and_can_be_tried_again(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise CannotWrite("写不进去，原文件未变。请检查磁盘空间。")

    paths.path = tmp_path / "全市共享.xlsx"
    monkeypatch.setattr(sharing, "share_ledger", refuse)
    press(qtbot, page, "share")
    assert page.sharing.banner.text.text() == "写不进去，原文件未变。请检查磁盘空间。"
    monkeypatch.undo()
    press(qtbot, page, "share")
    assert page.sharing.banner.text.text().startswith("已更新 全市共享.xlsx：")


def test_a_long_export_shows_how_far_it_is_and_stops_when_asked(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.path = tmp_path / "上报.xlsx"
    go_on = threading.Event()

    def slow(*_given: object, progress: Progress, **_named: object) -> str:
        for done in range(1, 2000):
            progress(done, 2000)
            go_on.wait(0.01)
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(report_workbook, "export_report", slow)
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    strip = page.work.progress
    qtbot.waitUntil(strip.isVisible)
    assert not page.export_button.isEnabled()
    qtbot.waitUntil(lambda: "/ 2,000" in strip.text.text())
    qtbot.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    assert page.banner.text.text() == "已取消，没有写入文件。"
    assert not strip.isVisible()
    assert page.export_button.isEnabled()
    assert not paths.path.exists()


def test_each_export_is_noted_and_compared_with_the_last(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path
) -> None:
    log = page.log
    assert not log.nothing.isHidden()
    paths.path = tmp_path / "上报.xlsx"
    press(qtbot, page, "export")
    settled(qtbot, page.session)
    assert log.list.topLevelItemCount() == 1
    assert "第一次导出或打印到这里" in log.difference.text()
    compose(page.period.first.line, "2030")
    press(qtbot, page, "export")
    settled(qtbot, page.session)
    newest = log.list.topLevelItem(0)
    assert newest is not None
    assert [newest.text(column) for column in (1, 2, 3, 4)] == ["上报工作簿", "上报.xlsx", "0", ""]
    assert f"不再包含 {len(PLEDGES)} 条" in log.difference.text()
    first = log.list.topLevelItem(1)
    assert first is not None
    log.list.setCurrentItem(first)
    settled(qtbot, page.session)
    assert "第一次导出或打印到这里" in log.difference.text()


@pytest.mark.parametrize("wanted", [True, False])
def test_photos_go_along_where_they_are_wanted(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path, *, wanted: bool
) -> None:
    def attach(ledger: Ledger) -> Changes:
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("#c02040"))
        photo = ledger.attachments.add(png(image), "现场.png")
        found = next(iter(ledger.records("pledge")))
        return ledger.save_many([replace(found, attachments=(photo,))], "附照片")

    page.session.operations.run(attach, owner=page)
    settled(qtbot, page.session)
    assert not page.photos.isChecked()
    page.photos.setChecked(wanted)
    paths.path = tmp_path / "上报.xlsx"
    press(qtbot, page, "export")
    assert ("放入照片缩略图 1 张" in page.banner.text.text()) == wanted
    with zipfile.ZipFile(paths.path) as archive:
        assert any("media" in name for name in archive.namelist()) == wanted


@pytest.mark.parametrize("agreed", [True, False])
def test_confidential_records_go_only_after_a_second_act(
    qtbot: QtBot, page: UpwardPage, paths: Paths, tmp_path: Path, *, agreed: bool
) -> None:
    secret = {"title": "内部的承诺", "confidential": "internal"}
    page.session.operations.run(
        lambda ledger: ledger.save(Draft.from_json("pledge", secret, ledger.unit).accepted()),
        owner=page,
    )
    settled(qtbot, page.session)
    paths.path = tmp_path / "上报.xlsx"
    press(qtbot, page, "export")
    assert "有密级的 1 条没有导出" in page.banner.text.text()
    paths.path.unlink()
    paths.yes = agreed
    page.confidential.setChecked(True)
    press(qtbot, page, "export")
    settled(qtbot, page.session)
    assert any("连同有密级的记录" in question for question in paths.asked)
    assert paths.path.exists() == agreed
    if agreed:
        assert "其中有密级的 1 条" in page.banner.text.text()
        newest = page.log.list.topLevelItem(0)
        assert newest is not None
        assert newest.text(4) == "1"
        assert not page.confidential.isChecked()
