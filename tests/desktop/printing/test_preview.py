"""What is previewed is what comes out as PDF, with page numbers, on the page it was made for."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.html_print import HtmlPrint
from sanyou_desktop.desktop.printing.leaving import write_pdf
from sanyou_desktop.desktop.printing.preview import (
    PreviewDialog,
    offer_print,
)
from sanyou_desktop.desktop.printing.printable import Turned, page, painting, untold
from sanyou_desktop.exchange.errors import CannotWrite
from tests.desktop.conftest import Desk, settled

OpenCopy = Callable[..., Desk]
PARAGRAPHS = "".join(f"<p>第{number}段：机关后勤服务承诺</p>" for number in range(90))


def text_of(path: Path) -> list[str]:
    """Return the text of each page, read by a program that did not write it."""
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    # Fonts that draw a character and its radical with one glyph come back as the radical.
    return told.stdout.decode().replace("⻚", "页").split("\f")[:-1]


@pytest.mark.pdf
def test_every_page_is_written_with_its_number(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "多页.pdf"
    write_pdf(HtmlPrint("多页", PARAGRAPHS), path)
    pages = text_of(path)
    assert len(pages) > 1
    whole = "".join("".join(pages).split())
    assert all(f"第{number}段：机关后勤服务承诺" in whole for number in range(90))
    for number, one in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in "".join(one.split())


@pytest.mark.pdf
def test_a_single_page_has_no_number(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "一页.pdf"
    write_pdf(
        HtmlPrint("一页", "<p>没有别的</p>", layout=page(QPageSize.PageSizeId.A3, landscape=True)),
        path,
    )
    (one,) = text_of(path)
    assert one.strip() == "没有别的"
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True).stdout.decode()
    assert "1190.55 x 841.89" in told or "1191 x 842" in told


def test_the_preview_saves_a_pdf(qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, HtmlPrint("督办单：一", PARAGRAPHS))
    qtbot.waitUntil(lambda: dialog.view.pageCount() > 1)
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

    def draw(self, device: QPagedPaintDevice, turned: Turned = untold) -> None:
        with painting(device):
            for number in count():
                turned(number, 10**9)
                device.newPage()


def test_writing_is_stopped_and_leaves_nothing(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    one = HtmlPrint("一", "<p>一</p>")
    dialog = PreviewDialog(parent, at.session, Endless(), [one])
    qtbot.addWidget(dialog)
    dialog.show()
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


@pytest.mark.pdf
def test_what_is_long_is_looked_at_in_parts_and_printed_whole(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    parts = [HtmlPrint("甲", "<p>前面的页</p>"), HtmlPrint("乙", PARAGRAPHS)]
    dialog = PreviewDialog(parent, at.session, HtmlPrint("全", PARAGRAPHS), parts)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.view.pageCount() == 1
    assert dialog.place.text() == "第 1 部分，共 2 部分"
    assert not dialog.earlier.isEnabled()
    qtbot.mouseClick(dialog.later, Qt.MouseButton.LeftButton)
    assert dialog.view.pageCount() > 1
    assert not dialog.later.isEnabled()
    paper = tmp_path / "纸.pdf"
    dialog.printer.setOutputFileName(str(paper))
    dialog.send_to_printer()
    settled(qtbot, at.session)
    assert dialog.told.text() == "已送往打印机。"
    assert len(text_of(paper)) == dialog.view.pageCount()
    dialog.reject()


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(CannotWrite):
        write_pdf(HtmlPrint("甲", "乙"), tmp_path / "没有" / "甲.pdf")
    assert list(tmp_path.iterdir()) == []
