"""What is previewed is what comes out as PDF, with page numbers, on the page it was made for."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.printing.leaving import write_pdf
from sanyou_desktop.desktop.printing.preview import offer_print, offer_to_lay_out
from sanyou_desktop.desktop.printing.printable import page, picture
from sanyou_desktop.desktop.printing.unlocked import end_unlocked
from sanyou_desktop.exchange.errors import CannotWrite
from tests.desktop.conftest import Desk, settled
from tests.desktop.printing.papers import PARAGRAPHS, paper

OpenCopy = Callable[..., Desk]


def text_of(path: Path) -> list[str]:
    """Return the text of each page, read by a program that did not write it."""
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    # Fonts that draw a character and its radical with one glyph come back as the radical.
    return told.stdout.decode().replace("⻚", "页").split("\f")[:-1]


@pytest.mark.pdf
def test_every_page_is_written_with_its_number(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "多页.pdf"
    write_pdf(paper("多页", PARAGRAPHS), path)
    pages = text_of(path)
    assert len(pages) > 1
    whole = "".join("".join(pages).split())
    assert all(f"第{number}段：机关后勤服务承诺" in whole for number in range(90))
    for number, one in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in "".join(one.split())


@pytest.mark.pdf
def test_a_page_has_the_size_it_was_made_for(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "一页.pdf"
    across = page(QPageSize.PageSizeId.A3, landscape=True)
    write_pdf(paper("一页", ["没有别的"], across), path)
    (one,) = text_of(path)
    assert "没有别的" in one
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True).stdout.decode()
    assert "1190.55 x 841.89" in told or "1191 x 842" in told


def test_the_preview_saves_a_pdf(qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, paper("督办单：一", PARAGRAPHS))
    qtbot.waitUntil(lambda: dialog.view.count() > 1)
    at.ask.path = tmp_path / "督办单.pdf"
    qtbot.mouseClick(dialog.pdf, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)
    assert (tmp_path / "督办单.pdf").is_file()
    assert "督办单.pdf" in dialog.told.text()
    at.ask.path = tmp_path / "没有" / "督办单.pdf"
    qtbot.mouseClick(dialog.pdf, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)
    assert "不存在" in dialog.work.banner.text.text()
    assert dialog.told.text() == ""
    dialog.reject()


@dataclass(frozen=True)
class Endless:
    """Draws pages until somebody stops it."""

    title: str = "没有尽头"
    layout: QPageLayout = field(default_factory=page)
    holds: Holding = field(default_factory=Holding)

    @property
    def count(self) -> int:
        return 10**5

    def paint(self, painter: QPainter, number: int) -> None:
        painter.drawText(100, 100, str(number))


def test_writing_is_stopped_and_leaves_nothing(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, Endless())
    (tmp_path / "旧").mkdir()
    at.ask.path = tmp_path / "旧" / "没有尽头.pdf"
    at.ask.path.write_text("原来的内容", encoding="utf-8")
    dialog.save_pdf()
    assert not dialog.pdf.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settled(qtbot, at.session)
    assert dialog.isVisible()
    assert "没有写文件" in dialog.work.banner.text.text()
    assert [path.name for path in (tmp_path / "旧").iterdir()] == ["没有尽头.pdf"]
    assert at.ask.path.read_text(encoding="utf-8") == "原来的内容"
    assert dialog.pdf.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def dark_of(picture: QImage) -> float:
    """Return which part of a picture is not white."""
    small = picture.scaled(100, 141)
    dark = sum(small.pixelColor(x, y).lightness() < 200 for x in range(100) for y in range(141))
    return dark / (100 * 141)


@pytest.mark.pdf
def test_pages_are_painted_as_they_come_into_view_and_printed_whole(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, paper("全", [*PARAGRAPHS, "末" * 30]))
    count = dialog.printable.count
    assert dialog.place.text() == f"第 1 页，共 {count} 页"
    assert not dialog.earlier.isEnabled()
    qtbot.waitUntil(lambda: 0 in dialog.view._pictures)
    assert 0.01 < dark_of(dialog.view._pictures[0]) < 0.5
    assert count - 1 not in dialog.view._pictures
    for _page in range(count - 1):
        qtbot.mouseClick(dialog.later, Qt.MouseButton.LeftButton)
    assert dialog.place.text() == f"第 {count} 页，共 {count} 页"
    assert not dialog.later.isEnabled()
    qtbot.waitUntil(lambda: count - 1 in dialog.view._pictures)
    dialog.whole.click()
    # The page stays, and is seen whole.
    assert dialog.place.text() == f"第 {count} 页，共 {count} 页"
    assert dialog.view._rect(count - 1).height() <= dialog.view.viewport().height()
    dialog.whole.click()
    qtbot.keyClick(dialog.print, Qt.Key.Key_Home)
    assert dialog.place.text() == f"第 1 页，共 {count} 页"
    qtbot.keyClick(dialog.print, Qt.Key.Key_PageDown)
    assert dialog.place.text() == f"第 2 页，共 {count} 页"
    printed = tmp_path / "纸.pdf"
    dialog.printer.setOutputFileName(str(printed))
    dialog.send_to_printer()
    settled(qtbot, at.session)
    assert dialog.told.text() == "已送往打印机。"
    assert len(text_of(printed)) == count > 1
    dialog.reject()


def test_who_scrolls_on_waits_for_no_page_that_went_by(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, paper("长", ["甲"] * 4000))
    count = dialog.printable.count
    painted: list[int] = []
    draw = dialog._feed.draw
    assert draw is not None

    def counted(number: int, width: int) -> QImage:
        painted.append(number)
        # The window must not wait for it.
        assert threading.current_thread() is not threading.main_thread()
        return draw(number, width)

    dialog._feed.draw = counted
    for number in range(0, count, 2):
        dialog.view.go_to(number)
        dialog.view.viewport().repaint()
    dialog.view.go_to(count - 1)
    qtbot.waitUntil(lambda: count - 1 in dialog.view._pictures)
    assert len(painted) < count / 2
    dialog.view.go_to(0)
    qtbot.waitUntil(lambda: 0 in dialog.view._pictures)
    dialog.reject()


def test_a_page_that_cannot_be_painted_holds_up_no_other(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    told: list[Exception] = []
    at.session.jobs.unexpected.disconnect()
    at.session.jobs.unexpected.connect(told.append)
    dialog = offer_print(parent, at.session, paper("长", ["甲"] * 400))
    draw = dialog._feed.draw
    assert draw is not None

    def fails_first(number: int, width: int) -> QImage:
        if number == 0:
            raise MemoryError
        return draw(number, width)

    dialog._feed.draw = fails_first
    # Pictures of another width are drawn anew.
    dialog.resize(dialog.width() - 60, dialog.height())
    dialog.view.go_to(0)
    qtbot.waitUntil(lambda: bool(told))
    dialog.view.go_to(1)
    qtbot.waitUntil(lambda: 1 in dialog.view._pictures)
    assert 0 not in dialog.view._pictures
    assert [type(error) for error in told] == [MemoryError]
    dialog.reject()


def test_no_page_is_painted_while_the_fonts_of_a_pdf_are_embedded(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = paper("甲", PARAGRAPHS)
    seen: list[QImage] = []
    looking = threading.Thread(target=lambda: seen.append(picture(shown, 0, 200)))
    seen_meanwhile: list[int] = []

    def end(painter: QPainter) -> None:
        looking.start()
        looking.join(0.5)
        seen_meanwhile.append(len(seen))
        end_unlocked(painter)

    monkeypatch.setattr("sanyou_desktop.desktop.printing.printable.end_unlocked", end)
    write_pdf(shown, tmp_path / "甲.pdf")
    looking.join(10)
    assert seen_meanwhile == [0]
    assert len(seen) == 1


def test_closing_stops_the_laying_out(qtbot: QtBot, desk: OpenCopy, few: Path) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    began, ended = threading.Event(), threading.Event()

    def lay_out(progress: Progress) -> LaidOut:
        began.set()
        try:
            for step in count():
                progress.step(step, 10**9)
        finally:
            ended.set()
        raise AssertionError

    dialog = offer_to_lay_out(parent, at.session, "没有尽头", lay_out)
    assert not dialog.print.isEnabled()
    assert began.wait(5)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    settled(qtbot, at.session)
    assert ended.is_set()


def test_the_strip_stops_it_too_and_what_fails_is_told(
    qtbot: QtBot, desk: OpenCopy, few: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)

    def endless(progress: Progress) -> LaidOut:
        for step in count():
            progress.step(step, 10**9)
        raise AssertionError

    def fails(_progress: Progress) -> LaidOut:
        raise CannotWrite("纸不见了")

    for work, told in ((endless, "已取消，没有打印。"), (fails, "纸不见了")):
        dialog = offer_to_lay_out(parent, at.session, "甲", work)
        if work is endless:
            dialog.work.progress.cancel.click()
        settled(qtbot, at.session)
        assert told in dialog.work.banner.text.text()
        assert not dialog.print.isEnabled()
        assert not dialog.pdf.isEnabled()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(CannotWrite):
        write_pdf(paper("甲"), tmp_path / "没有" / "甲.pdf")
    assert list(tmp_path.iterdir()) == []
