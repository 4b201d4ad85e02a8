"""Settings are kept; the care of the ledger tells how far it is and how it ended."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages import settings as module
from sanyou_desktop.desktop.pages.settings import SettingsPage
from sanyou_desktop.exchange.holiday_files import read_holidays
from sanyou_desktop.ledger.backup_rotation import folder_of
from sanyou_desktop.ledger.ledger import Ledger
from tests.desktop.conftest import Desk, pledge, settled
from tests.desktop.pages.conftest import Paths, button, shown


@pytest.fixture
def page(qtbot: QtBot, at: Desk) -> SettingsPage:
    return shown(qtbot, SettingsPage(at.session))


def press(qtbot: QtBot, page: SettingsPage, text: str) -> str:
    qtbot.mouseClick(button(page, text), Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    return page.banner.text.text() if page.banner.isVisible() else ""


def pick(qtbot: QtBot, combo: QComboBox, title: str) -> None:
    combo.setFocus()
    while combo.currentText() != title:
        before = combo.currentIndex()
        qtbot.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentIndex() != before, f"{title} is not offered"


def test_look_and_size_are_kept_and_put_on(qtbot: QtBot, at: Desk, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.look_changed):
        pick(qtbot, page.scheme, "深色")
    with qtbot.waitSignal(page.look_changed):
        pick(qtbot, page.scale, "特大")
    kept = at.session.preferences
    assert (kept.scheme, kept.font_scale) == ("dark", 1.4)
    again = shown(qtbot, SettingsPage(at.session))
    assert (again.scheme.currentText(), again.scale.currentText()) == ("深色", "特大")


def test_another_language_says_when_it_comes(qtbot: QtBot, at: Desk, page: SettingsPage) -> None:
    pick(qtbot, page.language, "English")
    assert at.session.preferences.language == "en"
    assert page.banner.text.text() == "语言将在下次启动时更换。"


def test_a_backup_goes_where_the_user_wants_it(
    qtbot: QtBot, at: Desk, page: SettingsPage, paths: Paths, tmp_path: Path
) -> None:
    paths.path = tmp_path / "U盘" / "备份.sytz"
    paths.path.parent.mkdir()
    told = press(qtbot, page, "立即备份到…")
    assert told.startswith("已备份到 备份.sytz：整个台账，6 条记录（含回收站）")
    assert paths.asked == []
    with Ledger.open(paths.path, read_only=True) as backup:
        assert backup.verify() == []
        assert sorted(item.title for item in backup.records("pledge")) == sorted(
            item.title for item in at.stored("pledge")
        )


def test_a_backup_with_secrets_is_made_after_a_question_and_noted(
    qtbot: QtBot, at: Desk, page: SettingsPage, paths: Paths, tmp_path: Path
) -> None:
    at.session.operations.run(
        lambda ledger: ledger.save(pledge("内部的", confidential="secret")), owner=page
    )
    settled(qtbot, at.session)
    paths.path, paths.yes = tmp_path / "备份.sytz", False
    press(qtbot, page, "立即备份到…")
    settled(qtbot, at.session)
    assert "有密级的 1 条（含回收站）" in paths.asked[-1]
    assert not paths.path.exists()
    paths.yes = True
    press(qtbot, page, "立即备份到…")
    settled(qtbot, at.session)
    assert paths.path.is_file()
    assert page.banner.text.text().endswith("其中有密级的 1 条，备份文件请按密级保管。")
    with Ledger.open(at.session.path, read_only=True) as ledger:
        (line,) = ledger.exports.lines()
        assert (line.way, line.target) == ("backup", str(paths.path.resolve()))
        assert line.confidential == 1
        assert {record.id for record in at.stored("pledge")} <= set(ledger.exports.held(line.seq))


def test_a_backup_that_cannot_be_written_says_why(
    qtbot: QtBot, page: SettingsPage, paths: Paths, tmp_path: Path
) -> None:
    paths.path = tmp_path / "没有" / "备份.sytz"
    assert "没有" in press(qtbot, page, "立即备份到…")
    paths.path = page.session.path
    assert press(qtbot, page, "立即备份到…") != ""
    assert button(page, "立即备份到…").isEnabled()


def test_a_sound_ledger_is_called_sound(qtbot: QtBot, page: SettingsPage) -> None:
    assert press(qtbot, page, "检查台账完整性") == "台账完好：内容、历史和附件都对得上。"


def test_what_was_altered_behind_the_programs_back_is_named(
    qtbot: QtBot, at: Desk, page: SettingsPage
) -> None:
    with closing(sqlite3.connect(at.session.path)) as other:
        other.execute("UPDATE pledge SET title = '改过' WHERE title = '八个不让'")
        other.commit()
    told = press(qtbot, page, "检查台账完整性")
    assert "改过" in told or "八个不让" in told
    assert "台账完好" not in told


def test_very_many_faults_are_counted(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [f"第 {n} 处" for n in range(25)]
    monkeypatch.setattr(module, "_faults", lambda _source, _progress: many)
    lines = press(qtbot, page, "检查台账完整性").splitlines()
    assert lines == [*many[:10], "还有 15 处没有列出。"]


def test_a_long_check_can_be_stopped(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_source: Path, progress: Progress) -> list[str]:
        for done in range(10_000_000):
            progress(done, 10_000_000)
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(module, "_faults", slow)
    qtbot.mouseClick(page.verify, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.work.progress.isVisible)
    assert not page.backup.isEnabled()
    qtbot.mouseClick(page.work.progress.cancel, Qt.MouseButton.LeftButton)
    settled(qtbot, page.session)
    assert page.banner.text.text() == "已取消检查，台账没有改动。"
    assert page.backup.isEnabled()


def test_a_backup_is_restored_only_once_the_user_agrees(
    qtbot: QtBot, at: Desk, page: SettingsPage, paths: Paths
) -> None:
    folder = folder_of(at.session.path)
    folder.mkdir()
    paths.path = folder / f"{at.session.path.stem} 20260301-080000{at.session.path.suffix}"
    shutil.copy(at.session.path, paths.path)
    paths.yes = False
    with qtbot.assertNotEmitted(page.restore_wanted):
        press(qtbot, page, "从备份恢复…")
    assert paths.path.name in paths.asked[0]
    paths.yes = True
    with qtbot.waitSignal(page.restore_wanted) as wanted:
        press(qtbot, page, "从备份恢复…")
    assert wanted.args == [paths.path]


def test_the_own_unit_is_a_click_away(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.own_unit_wanted):
        press(qtbot, page, "修改单位资料")


def test_reminders_can_be_turned_off(qtbot: QtBot, at: Desk, page: SettingsPage) -> None:
    assert page.notices.isChecked()
    page.notices.setFocus()
    qtbot.keyClick(page.notices, Qt.Key.Key_Space)
    assert not at.session.preferences.notices
    assert not shown(qtbot, SettingsPage(at.session)).notices.isChecked()


def test_a_holiday_table_comes_in_and_goes_out(
    qtbot: QtBot, at: Desk, page: SettingsPage, paths: Paths, tmp_path: Path
) -> None:
    assert "已有 2025、2026 年的安排" in page.holidays.years.text()
    paths.path = tmp_path / "放假.csv"
    paths.path.write_bytes("日期,安排\n2031-01-01,放假\n2031-01-04,上班\n".encode("gb18030"))
    assert press(qtbot, page, "导入…") == "已导入 2031 年的节假日表。"
    assert "2025、2026、2031" in page.holidays.years.text()
    paths.path = tmp_path / "全部.json"
    assert press(qtbot, page, "导出…") == f"已导出到 {paths.path}"
    assert [table.year for table in read_holidays(paths.path)] == [2025, 2026, 2031]
    assert press(qtbot, page, "导入…") == "已导入 2025、2026、2031 年的节假日表。"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("2026-10-01,放假\n2026-10-02,值班\n".encode(), ["第 2 行", "没有改动"]),
        (b"\xff\xfe\x00\x80\x81", ["不是文本文件"]),
        (b"1" * 1_000_001, ["太大"]),
        (None, ["读不了"]),
    ],
)
def test_a_bad_holiday_table_is_refused(
    qtbot: QtBot, page: SettingsPage, paths: Paths, tmp_path: Path, content: bytes | None,
    words: list[str],
) -> None:  # fmt: skip
    paths.path = tmp_path / "放假.csv"
    if content is not None:
        paths.path.write_bytes(content)
    told = press(qtbot, page, "导入…")
    assert [word for word in words if word not in told] == []
    assert "2025、2026 年" in page.holidays.years.text()


@pytest.mark.parametrize("width", [800, 1100, 1500])
def test_no_text_of_a_card_is_cut(qtbot: QtBot, page: SettingsPage, width: int) -> None:
    page.resize(width, 900)
    qtbot.wait(50)
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
