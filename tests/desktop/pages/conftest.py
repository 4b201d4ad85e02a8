"""Pages on the screen, with a user who answers file dialogs as the test has set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.pages.today import TodayPage
from sanyou_desktop.desktop.pages.upward import UpwardPage
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.sharing.queue import ShareQueue
from sanyou_desktop.model.record import Record
from tests.desktop.conftest import Answers, Desk, settled

P = TypeVar("P", bound=Page)


class Paths(Answers):
    """Answers with a path, or with None as Cancel does; keeps what was suggested."""

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.yes = True
        self.suggested: list[str] = []

    def save_file(
        self, parent: QWidget, title: str, suggested: str, patterns: str, *, overwrite: bool = True
    ) -> Path | None:
        self.suggested.append(suggested)
        return self.path

    def open_file(
        self, parent: QWidget, title: str, patterns: str, folder: Path | None = None
    ) -> Path | None:
        return self.path

    def confirm(self, parent: QWidget, text: str, yes_text: str) -> bool:
        self.asked.append(text)
        return self.yes


@pytest.fixture
def paths() -> Paths:
    return Paths()


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path, paths: Paths) -> Desk:
    """A session on five pledges whose dialogs are answered by ``paths``."""
    made = desk(few)
    return Desk(replace(made.session, ask=paths), paths, made.failures)


def shown(qtbot: QtBot, page: P) -> P:
    """Return the page on the screen with everything read."""
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    page.refresh()
    settled(qtbot, page.session)
    return page


def button(page: QWidget, text: str) -> QPushButton:
    """Return the button with that text."""
    return next(found for found in page.findChildren(QPushButton) if found.text() == text)


def upward_page(session: Session) -> UpwardPage:
    """Return the page 上报 with a queue of its own, as a window has one."""
    return UpwardPage(session, ShareQueue(session, session.jobs))


def board_of(qtbot: QtBot, at: Desk, *records: Record) -> TodayPage:
    """Return the page with some records, shown and looked at as by a keyboard's user."""
    page = TodayPage(at.session)
    at.session.operations.run(
        lambda ledger: ledger.save_many(records, "登记"), owner=page, quiet=True
    )
    settled(qtbot, at.session)
    shown(qtbot, page)
    settled(qtbot, at.session)
    page.list.setFocus()
    return page
