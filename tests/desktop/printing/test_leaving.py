"""What is printed or stored as a PDF is kept in the log: when, where to, which rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Cancelled
from sanyou_desktop.desktop.pages.export_log_card import ExportLogCard
from sanyou_desktop.desktop.pages.export_rows import ExportRowsDialog
from sanyou_desktop.desktop.printing.holding import Holding
from sanyou_desktop.desktop.printing.leaving import print_logged, write_pdf
from sanyou_desktop.desktop.printing.preview import PreviewDialog, offer_print
from sanyou_desktop.desktop.printing.print_dialog import PrintDialog
from sanyou_desktop.desktop.printing.print_flow import print_page
from sanyou_desktop.desktop.printing.printable import page, untold
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.ledger.exports import Logged
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import UNIT, Desk, settled
from tests.desktop.deed_page import PageUser
from tests.desktop.printing.papers import paper

OnPage = Callable[..., PageUser]
OpenCopy = Callable[..., Desk]


def log_of(path: Path) -> list[tuple[Logged, dict[str, int]]]:
    """Return the lines, newest first, each with the records that went out."""
    with Ledger.open(path, read_only=True) as ledger:
        return [(line, ledger.exports.held(line.seq)) for line in ledger.exports.lines()]


def looked_at(user: PageUser, key: str, *, confidential: bool = False) -> PreviewDialog:
    print_page(user.page)
    user.settle()
    dialog = user.dialog(PrintDialog)
    dialog.choices.button([offer.key for offer in dialog._offers].index(key)).setChecked(True)
    dialog.confidential.setChecked(confidential)
    dialog.go()
    user.qtbot.waitUntil(lambda: bool(user.open_dialogs(PreviewDialog)), timeout=20_000)
    return user.dialog(PreviewDialog)


def stored_as(user: PageUser, shown: PreviewDialog, path: Path) -> None:
    user.at.ask.path = path
    user.qtbot.mouseClick(shown.pdf, Qt.MouseButton.LeftButton)
    user.settle()


def revisions(records: list[Record]) -> dict[str, int]:
    return {record.id: record.revision for record in records}


def test_a_list_stored_as_pdf_is_logged_row_by_row(on_page: OnPage, tmp_path: Path) -> None:
    user = on_page(Pledge(unit=UNIT, title="又一项承诺"))
    source = user.at.session.path
    shown = looked_at(user, "list")
    assert log_of(source) == []
    stored_as(user, shown, tmp_path / "列表.pdf")
    assert shown.told.text().startswith("已存为")
    ((line, held),) = log_of(source)
    assert (line.way, line.target) == ("print", str((tmp_path / "列表.pdf").resolve()))
    assert (line.records, line.confidential) == (6, 0)
    assert line.result == "承诺列表 6 条：已存为 PDF。"
    assert held == revisions(user.at.stored("pledge"))


def test_secret_rows_are_logged_only_where_they_were_printed(
    on_page: OnPage, tmp_path: Path
) -> None:
    user = on_page(Pledge(unit=UNIT, title="内部承诺", confidential="secret"))
    secret = user.page.shown_id
    for wanted in (False, True):
        shown = looked_at(user, "list", confidential=wanted)
        stored_as(user, shown, tmp_path / f"{wanted}.pdf")
        shown.reject()
        line, held = log_of(user.at.session.path)[0]
        assert line.confidential == int(wanted)
        assert (secret in held) == wanted


def test_a_record_is_logged_as_it_was_printed(on_page: OnPage, tmp_path: Path) -> None:
    user = on_page(Pledge(unit=UNIT, title="又一项承诺"))
    shown_id = user.page.shown_id
    shown = looked_at(user, "record")
    paper = tmp_path / "纸.pdf"
    shown.printer.setOutputFileName(str(paper))
    shown.send_to_printer()
    user.settle()
    ((line, held),) = log_of(user.at.session.path)
    assert line.target == str(paper.resolve())
    assert held == {shown_id: 1}
    assert "共 1 页，已送往打印机。" in line.result


def test_prints_of_one_paper_are_compared_and_others_on_that_printer_are_not(
    on_page: OnPage, tmp_path: Path
) -> None:
    user = on_page(Pledge(unit=UNIT, title="又一项承诺"))
    shown_id, paper = user.page.shown_id, tmp_path / "纸.pdf"

    def print_the(key: str) -> None:
        shown = looked_at(user, key)
        shown.printer.setOutputFileName(str(paper))
        shown.send_to_printer()
        user.settle()
        shown.reject()

    def change(ledger: Ledger) -> object:
        found = ledger.get(shown_id)
        assert found is not None
        return ledger.save(replace(found, notes="改过"))

    print_the("list")
    print_the("record")
    user.change(change)
    print_the("list")
    with Ledger.open(user.at.session.path, read_only=True) as ledger:
        newest, record, _first = ledger.exports.lines()
        since = ledger.exports.since_last(newest.seq)
        assert since.before is not None
        assert since.before.seq == 1
        assert (since.new, since.changed, since.gone, since.same) == ((), (shown_id,), (), 5)
        assert ledger.exports.since_last(record.seq).before is None
    card = ExportLogCard(user.at.session)
    user.qtbot.addWidget(card)
    card.refresh()
    user.settle()
    user.settle()
    line = card.list.topLevelItem(0)
    assert line is not None
    assert [line.text(column) for column in (1, 2, 3)] == ["打印", "纸.pdf", "6"]
    assert "有改动 1 条" in card.difference.text()
    card.rows.click()
    user.settle()
    (dialog,) = card.findChildren(ExportRowsDialog)
    rows = [
        [item.text(column) for column in range(4)]
        for at in range(dialog.list.topLevelItemCount())
        if (item := dialog.list.topLevelItem(at)) is not None
    ]
    assert len(rows) == 6
    assert rows[0][0].endswith("又一项承诺")
    assert rows[0][1:] == ["承诺", "2", "有改动"]
    assert [row[3] for row in rows[1:]] == ["相同"] * 5
    assert dialog.more.text() == ""
    dialog.accept()


@dataclass(frozen=True)
class Stopped:
    """Pages that somebody stops after the second."""

    after: int
    title: str = "很长"
    layout: QPageLayout = field(default_factory=page)
    holds: Holding = field(default_factory=lambda: Holding("list:pledge", {"a": 3}))

    @property
    def count(self) -> int:
        return 8

    def paint(self, painter: QPainter, number: int) -> None:
        if number == self.after:
            raise Cancelled


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.parametrize("after", [0, 2])
def test_a_print_that_was_stopped_is_logged_once_a_page_is_out(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path, after: int
) -> None:
    source = desk(few).session.path
    with pytest.raises(Cancelled):
        print_logged(source, Stopped(after), to_file(tmp_path / "纸.pdf"), untold)
    found = log_of(source)
    assert [held for _line, held in found] == ([{"a": 3}] if after else [])
    if after:
        assert "印到第 2 页时停止" in found[0][0].result


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told_and_nothing_is_logged(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, paper("甲"))
    dialog.printer.setOutputFileName(str(tmp_path / "没有" / "纸.pdf"))
    dialog.send_to_printer()
    settled(qtbot, at.session)
    assert "什么也没有打印" in dialog.work.banner.text.text()
    assert dialog.told.text() == ""
    assert log_of(at.session.path) == []
    dialog.reject()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_after_a_printer_that_is_gone_another_can_be_chosen(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this machine has a printer, and would print")
    at = desk(few)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, paper("甲"))
    dialog.send_to_printer()
    settled(qtbot, at.session)
    assert "什么也没有打印" in dialog.work.banner.text.text()
    dialog.printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    dialog.send_to_printer()
    settled(qtbot, at.session)
    assert dialog.told.text() == "已送往打印机。"
    assert (tmp_path / "纸.pdf").is_file()
    ((line, _held),) = log_of(at.session.path)
    assert line.target == str((tmp_path / "纸.pdf").resolve())
    dialog.reject()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder that takes no file, of Linux")
def test_a_place_that_takes_no_file_is_not_told_of_as_a_printer() -> None:
    with pytest.raises(CannotWrite) as told:
        write_pdf(paper("甲"), Path("/proc/甲.pdf"))
    assert "打印机" not in str(told.value)


def test_what_cannot_be_logged_is_said(
    qtbot: QtBot, desk: OpenCopy, few: Path, tmp_path: Path
) -> None:
    at = desk(few)
    with closing(sqlite3.connect(at.session.path)) as conn:
        conn.execute("PRAGMA user_version = 9000")
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = offer_print(parent, at.session, paper("甲"))
    at.ask.path = tmp_path / "甲.pdf"
    qtbot.mouseClick(dialog.pdf, Qt.MouseButton.LeftButton)
    settled(qtbot, at.session)
    assert at.ask.path.is_file()
    assert "没有记入导出登记" in dialog.told.text()
    with pytest.raises(CannotWrite, match=r"已停止打印.*没有记入导出登记"):
        print_logged(at.session.path, Stopped(2), to_file(tmp_path / "纸.pdf"), untold)
    dialog.reject()
