"""Ledgers and sessions for the tests of the window: real files, real lanes, a real form."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Answer, Ask
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.lists.record_list import RecordList
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from tests.desktop.program import Program

if TYPE_CHECKING:
    from tests.desktop.deed_page import PageUser

UNIT = "350582-01"
PLEDGES = (
    ("四心服务承诺", "办公室", "published"),
    ("会议服务零差错承诺", "会务科", "draft"),
    ("八个不让", "办公室", "published"),
    ("办公用品预约领用、送货上门", "行政科", "published"),
    ("一快三通", "办公室", "ended"),
)


class Answers(Ask):
    """Gives the answers that a test set, and keeps what was asked."""

    def __init__(self) -> None:
        self.about_unsaved = Answer.CANCEL
        self.asked: list[str] = []
        # Where a file dialog leads, and what is answered to a question of yes or no.
        self.path: Path | None = None
        self.paths: list[Path] = []
        self.yes = True

    def save_discard_cancel(self, parent: QWidget, text: str) -> Answer:
        """Answer as the test wants."""
        self.asked.append(text)
        return self.about_unsaved

    def confirm(self, parent: QWidget, text: str, yes_text: str) -> bool:
        self.asked.append(text)
        return self.yes

    def tell(self, parent: QWidget | None, text: str, detail: str = "") -> None:
        self.asked.append(text)

    def save_file(
        self, parent: QWidget, title: str, suggested: str, patterns: str, *, overwrite: bool = True
    ) -> Path | None:
        return self.path

    def open_file(
        self, parent: QWidget, title: str, patterns: str, folder: Path | None = None
    ) -> Path | None:
        return self.path

    def open_files(self, parent: QWidget, title: str, patterns: str) -> list[Path]:
        return self.paths

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        return self.path


@dataclass
class Desk:
    """A session on a copy of a ledger, and what went wrong in it."""

    session: Session
    ask: Answers
    failures: list[Exception] = field(default_factory=list)

    def stored(self, kind: str) -> list[Record]:
        """Return what is in the file by now, by number."""
        with Ledger.open(self.session.path, read_only=True) as ledger:
            return list(ledger.records(kind))


def pledge(title: str, department: str = "", status: str = "draft", **given: Json) -> Record:
    """Return a pledge that can be saved."""
    raw: dict[str, Json] = {"title": title, "department": department, "status": status, **given}
    return Draft.from_json("pledge", raw, UNIT).accepted()


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    ensure_chinese_font(qapp)
    apply_theme(qapp)
    # Where a key with Shift or Ctrl closed a window, nobody was left to be told that it was let go.
    if QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with five pledges, CN-…-0001 to 0005."""
    path = tmp_path_factory.mktemp("ledgers") / "few.sytz"
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        ledger.save_many([pledge(*given) for given in PLEDGES], "示例")
    return path


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with 3,000 pledges in ten departments."""
    path = tmp_path_factory.mktemp("ledgers") / "many.sytz"
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        records = [
            pledge(f"承诺第{number}号", f"部门{number % 10}", "published")
            for number in range(1, 3001)
        ]
        ledger.save_many(records, "示例")
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[[Path], Desk]]:
    """Open copies of ledgers; all lanes are closed at the end."""
    opened: list[Jobs] = []

    def open_copy(template: Path, *, read_only_reason: str = "") -> Desk:
        path = tmp_path / template.name
        shutil.copy(template, path)
        jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
        opened.append(jobs)
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        operations = Operations(jobs, jobs)
        ask = Answers()
        session = Session(
            path,
            UNIT,
            "晋江市政府办公室",
            read_only_reason,
            jobs,
            operations,
            ask,
            Preferences(settings),
        )  # fmt: skip - one argument a line would hide the rest
        made = Desk(session, ask)
        jobs.unexpected.connect(made.failures.append)
        operations.failed.connect(made.failures.append)
        return made

    yield open_copy
    for jobs in opened:
        jobs.close()
        # What waits goes with the jobs, and Python may free them on another thread, from where Qt
        # stops no timer: a later test would end in an event for what is gone.
        for timer in jobs.findChildren(QTimer):
            timer.stop()


def settled(qtbot: QtBot, session: Session) -> None:
    """Wait until nothing is being read or written, and the list has told what is selected."""
    quiet = 0
    while quiet < 3:
        qtbot.waitUntil(lambda: not session.jobs.is_busy)
        qtbot.wait(5)
        quiet = 0 if session.jobs.is_busy else quiet + 1


def picture(shown: RecordList) -> str:
    """Return the list as text: ``*`` marks selected rows, ``>`` the current one."""
    table, model = shown.table, shown.model
    lines = []
    for row in range(model.rowCount()):
        cells = [
            str(model.index(row, table.header.logicalIndex(place)).data())
            for place in range(model.columnCount())
        ]
        chosen = table.selectionModel().isRowSelected(row)
        mark = (">" if table.currentIndex().row() == row else " ") + ("*" if chosen else " ")
        lines.append(f"{mark} " + " | ".join(cells))
    return "\n".join(lines)


@pytest.fixture
def on_page(qtbot: QtBot, desk: Callable[[Path], Desk], few: Path) -> Callable[..., PageUser]:
    """Save records beside the five pledges, and open their page with the first of them shown."""
    from tests.desktop.deed_page import PageUser, filled, shown_page

    def open_page(*records: Record) -> PageUser:
        at = desk(few)
        ids = filled(qtbot, at, list(records))
        page = shown_page(qtbot, at, records[0].kind, ids[0])
        page.reference_opened.connect(page.show_record)
        page.draft_wanted.connect(page.open_draft)
        return PageUser(qtbot, at, page)

    return open_page


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    made = Program(qtbot, qapp, tmp_path)
    monkeypatch.setattr(qapp, "quit", lambda: setattr(made, "has_ended", True))
    yield made
    made.wait()
    made.application.close()
