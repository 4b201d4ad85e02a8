"""A page of a kind at a real desk, and the dialog that it opened."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.desktop.conftest import Desk
from tests.desktop.deed_page import PageUser, shown_page

OpenCopy = Callable[..., Desk]
ALT = Qt.KeyboardModifier.AltModifier


class At(PageUser):
    """On a page, noting what it asked to begin and what it told."""

    def __init__(self, qtbot: QtBot, at: Desk, page: RecordPage) -> None:
        super().__init__(qtbot, at, page)
        self.begun: list[Draft] = []
        self.told: list[str] = []
        page.draft_wanted.connect(self.begun.append)
        at.session.operations.told.connect(self.told.append)

    @property
    def chooser(self) -> ChooseDialog:
        return self.dialog(ChooseDialog)

    @property
    def has_dialog(self) -> bool:
        return bool(self.open_dialogs(ChooseDialog))

    def tick(self, *titles: str) -> None:
        """Tick lists with the keyboard."""
        shown = self.chooser.chooser
        for title in titles:
            shown.go_to(partial(_is, title))
            self.qtbot.keyClick(shown.list, Qt.Key.Key_Space)

    def accept(self) -> None:
        self.qtbot.keyClick(self.chooser.chooser.list, Qt.Key.Key_Return)
        self.settle()

    def schemes(self) -> list[Scheme]:
        return self.all_of(Scheme)

    def titles(self) -> list[str]:
        return [item.title for item in self.schemes()]


def _is(title: str, offer: Offer) -> bool:
    return offer.scheme.title == title


@pytest.fixture
def at(qtbot: QtBot, desk: OpenCopy, few: Path) -> Callable[..., At]:
    def open_page(kind: str, *, read_only_reason: str = "") -> At:
        opened = desk(few, read_only_reason=read_only_reason)
        return At(qtbot, opened, shown_page(qtbot, opened, kind))

    return open_page
