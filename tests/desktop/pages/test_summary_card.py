"""总结材料 from the window: period, format, template, pages to look at, what is told after."""

from __future__ import annotations

import threading
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.summary.card import SummaryCard
from sanyou_desktop.desktop.summary.preview import SummaryPreview
from sanyou_desktop.exchange import summary_apart
from sanyou_desktop.exchange.layout_check import check_layout
from sanyou_desktop.exchange.template_example import write_example
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.periods import Period
from tests.desktop.clerk import compose
from tests.desktop.conftest import Desk, settled
from tests.desktop.pages.conftest import Paths, shown, upward_page


@pytest.fixture
def card(qtbot: QtBot, at: Desk) -> SummaryCard:
    found = shown(qtbot, upward_page(at.session)).summary
    found.period.choose(Period())
    return found


def press(qtbot: QtBot, card: SummaryCard, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, card._session)


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_it_writes_a_word_document_and_says_what_to_know(
    qtbot: QtBot, card: SummaryCard, paths: Paths, tmp_path: Path
) -> None:
    paths.path = tmp_path / "总结.docx"

    press(qtbot, card, card.export_button)

    assert paths.suggested == ["晋江市政府办公室 全部时间 三优一满意活动工作总结.docx"]
    assert card.work.banner.text.text() == "已导出 总结.docx，写入 4 件记录。"
    assert card.work.banner.action.text() == "打开所在文件夹"
    assert card.notes.isVisible()
    assert "起草中的记录没有写入：承诺 1 件。" in card.notes.text()
    assert any("四心服务承诺" in line for line in texts(paths.path))
    with Ledger.open(card._session.path, read_only=True) as ledger:
        (noted,) = ledger.exports.lines()
    assert (noted.way, noted.records) == ("document", 4)


def test_it_writes_a_pdf_and_measures_it(
    qtbot: QtBot, card: SummaryCard, paths: Paths, tmp_path: Path
) -> None:
    paths.path = tmp_path / "总结.pdf"
    card.format.button(1).click()
    assert not card.template_name.isVisible()

    press(qtbot, card, card.export_button)

    assert check_layout(paths.path).holds
    assert "符合 GB/T 9704：" in card.notes.text()


def test_the_units_own_template_is_kept_and_used(
    qtbot: QtBot, card: SummaryCard, paths: Paths, tmp_path: Path
) -> None:
    mould = tmp_path / "本单位模板.docx"
    write_example(mould)
    document = docx.Document(str(mould))
    document.paragraphs[0].insert_paragraph_before("晋江市政府办公室文件")
    document.save(str(mould))
    paths.path = mould
    press(qtbot, card, card.choose_button)
    assert str(mould) in card.template_name.text()
    paths.path = tmp_path / "总结.docx"

    press(qtbot, card, card.export_button)

    assert texts(paths.path)[0] == "晋江市政府办公室文件"
    assert "模板中没有" not in card.notes.text()
    press(qtbot, card, card.drop_button)
    press(qtbot, card, card.export_button)
    assert texts(paths.path)[0] != "晋江市政府办公室文件"


def test_a_bad_template_is_told_and_nothing_written(
    qtbot: QtBot, card: SummaryCard, paths: Paths, tmp_path: Path
) -> None:
    mould = tmp_path / "坏模板.docx"
    docx.Document().save(str(mould))
    card._session.preferences.summary_template = str(mould)
    paths.path = tmp_path / "总结.docx"

    press(qtbot, card, card.export_button)

    assert "没有 {{正文}}" in card.work.banner.text.text()
    assert not paths.path.exists()
    assert card.export_button.isEnabled()


def test_a_wrong_period_is_told_beside_its_field(
    qtbot: QtBot, card: SummaryCard, paths: Paths, tmp_path: Path
) -> None:
    paths.path = tmp_path / "总结.docx"
    compose(card.period.first.line, "2026-05")
    compose(card.period.last.line, "2026-01")

    press(qtbot, card, card.export_button)

    assert card.period.last_field.error == "截止日期早于起始日期"
    assert not paths.path.exists()


def test_the_pages_are_shown_before_they_are_written(qtbot: QtBot, card: SummaryCard) -> None:
    press(qtbot, card, card.preview_button)

    dialog = card.findChild(SummaryPreview)
    assert dialog is not None
    pages = dialog._looked.pages.sizes
    assert dialog.place.text() == f"第 1 页，共 {len(pages)} 页"
    qtbot.waitUntil(lambda: 0 in dialog.view._pictures)
    settled(qtbot, card._session)
    qtbot.keyClick(dialog.view, Qt.Key.Key_PageDown)
    assert dialog.place.text() == f"第 2 页，共 {len(pages)} 页"
    qtbot.waitUntil(lambda: 1 in dialog.view._pictures)
    settled(qtbot, card._session)
    picture = dialog.view._pictures[0]
    shades = {
        picture.pixelColor(x, y).value() for x in range(0, 700, 3) for y in range(100, 400, 3)
    }
    assert min(shades) < 100
    assert max(shades) == 255
    dialog.accept()


def test_a_year_is_one_key_away(qtbot: QtBot, card: SummaryCard) -> None:
    links = [one for one in card.period.findChildren(QPushButton) if one.text() == "本年"]
    qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)

    first, last = card.period.period() or ("", "")
    assert first.endswith("-01-01")
    assert last.endswith("-12-31")


def test_a_long_export_stops_when_asked(
    qtbot: QtBot,
    card: SummaryCard,
    paths: Paths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths.path = tmp_path / "总结.pdf"
    go_on = threading.Event()

    def slow(_asked: object, progress: Progress) -> None:
        for done in range(1, 2000):
            progress(done, 2000)
            go_on.wait(0.01)
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(summary_apart, "write_apart", slow)
    qtbot.mouseClick(card.export_button, Qt.MouseButton.LeftButton)
    strip = card.work.progress
    qtbot.waitUntil(strip.isVisible)
    assert not card.preview_button.isEnabled()
    qtbot.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    settled(qtbot, card._session)
    assert card.work.banner.text.text() == "已取消，没有写入文件。"
    assert card.preview_button.isEnabled()
    assert not paths.path.exists()
