"""Single editors on the screen, in a session on a small ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.editors.editor import Editor
from sanyou_desktop.desktop.theme.parts import button
from tests.desktop.conftest import Desk


@pytest.fixture
def at(desk: Callable[..., Desk], few: Path) -> Desk:
    return desk(few)


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Editor], None]]:
    """Put an editor into an active window, with a button after it that can take the keyboard."""

    windows: list[QWidget] = []

    def put(editor: Editor) -> None:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        column.addWidget(editor)
        column.addWidget(button("之后", lambda: None))
        column.addStretch()
        qtbot.addWidget(window)
        window.resize(700, 500)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        editor.setFocus()

    yield put
    windows.clear()
