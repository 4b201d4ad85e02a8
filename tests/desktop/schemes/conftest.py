"""A page of a kind at a real desk, and the dialog that it opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.schemes.dialog import ChooseDialog
from sanyou_desktop.desktop.schemes.offers import Offer
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.scheme import Scheme
from tests.desktop.conftest import Desk, settled

OpenCopy = Callable[..., Desk]
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@dataclass
class At:
    """The page, what it asked to begin, and the ways of a user on it."""

    qtbot: QtBot
    desk: Desk
    page: RecordPage
    begun: list[Draft] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def settle(self) -> None:
        settled(self.qtbot, self.desk.session)

    def press(self, key: Qt.Key) -> None:
        """Press a deed's key, and wait for what follows."""
        # Where there is no window manager, nobody activates the page once its dialog has gone.
        with self.qtbot.waitActive(self.page):
            self.page.activateWindow()
        self.qtbot.keyClick(self.page, key, BOTH)
        self.settle()

    @property
    def dialog(self) -> ChooseDialog:
        return next(item for item in self.page.findChildren(ChooseDialog) if item.isVisible())

    @property
    def has_dialog(self) -> bool:
        return any(item.isVisible() for item in self.page.findChildren(ChooseDialog))

    def tick(self, *titles: str) -> None:
        """Tick lists with the keyboard."""
        shown = self.dialog.chooser
        for title in titles:
            shown.go_to(partial(_is, title))
            self.qtbot.keyClick(shown.list, Qt.Key.Key_Space)

    def accept(self) -> None:
        self.qtbot.keyClick(self.dialog.chooser.list, Qt.Key.Key_Return)
        self.settle()

    def schemes(self) -> list[Scheme]:
        return [item for item in self.desk.stored("scheme") if isinstance(item, Scheme)]

    def titles(self) -> list[str]:
        return [item.title for item in self.schemes()]


def _is(title: str, offer: Offer) -> bool:
    return offer.scheme.title == title


@pytest.fixture
def at(qtbot: QtBot, desk: OpenCopy, few: Path) -> Callable[..., At]:
    def open_page(kind: str, *, read_only_reason: str = "") -> At:
        opened = desk(few, read_only_reason=read_only_reason)
        page = RecordPage(kind, opened.session)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        made = At(qtbot, opened, page)
        page.draft_wanted.connect(made.begun.append)
        opened.session.operations.told.connect(made.told.append)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        made.settle()
        return made

    return open_page
