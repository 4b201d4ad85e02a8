"""Nothing in the window needs a mouse: Tab comes to all of it, and is never held."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.entries import ENTRIES
from sanyou_desktop.exchange.sample import make_sample
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.unit import Unit
from tests.desktop.conftest import settled
from tests.desktop.program import Program

PAGES = [entry.key for entry in ENTRIES if entry.key]
# More than there are fields, cells and buttons on any page.
MOST_TABS = 600


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A ledger without a record, and the sample."""
    folder = tmp_path_factory.mktemp("ledgers")
    empty, sample = folder / "空.sytz", folder / "示例.sytz"
    Ledger.create(empty, Unit(code="350300", name="莆田市机关事务管理局")).close()
    make_sample(sample)
    return {"empty": empty, "sample": sample}


def opened(qtbot: QtBot, program: Program, path: Path) -> MainWindow:
    program.open(path)
    window = program.main
    with qtbot.waitActive(window):
        window.activateWindow()
    settled(qtbot, window.session)
    return window


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__}:{widget.accessibleName() or text}"


def takes_tab(widget: QWidget, window: QWidget) -> bool:
    """Tell whether one would expect Tab to come there."""
    is_there = widget.isEnabled() and widget.isVisibleTo(window) and widget.focusProxy() is None
    if not is_there or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    if isinstance(widget, QAbstractButton) and (group := widget.group()) is not None:
        # Of choices that exclude one another Tab comes to the one that is made; arrows go on.
        return not group.exclusive() or widget.isChecked() or group.checkedButton() is None
    return True


def pressed_tab_through(qtbot: QtBot, window: MainWindow) -> tuple[list[str], list[str]]:
    """Return what one comes to by Tab from the navigation to there again, and what one should."""
    window.navigation.setFocus()
    seen: set[QWidget] = set()
    now: QWidget | None = None
    for _step in range(MOST_TABS):
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is window.navigation:
            break
        seen.add(now)
    else:
        raise AssertionError(f"Tab is held at {now and name_of(now)}")
    should = {one for one in window.findChildren(QWidget) if takes_tab(one, window)}
    should.discard(window.navigation)
    return sorted(map(name_of, seen)), sorted(map(name_of, should))


def wait_for_form(qtbot: QtBot, page: RecordPage) -> None:
    qtbot.waitUntil(lambda: bool(page.shown_id))


@pytest.mark.slow
@pytest.mark.parametrize("which", ["empty", "sample"])
def test_tab_comes_to_everything_on_every_page(
    qtbot: QtBot, program: Program, ledgers: dict[str, Path], which: str
) -> None:
    window = opened(qtbot, program, ledgers[which])
    for key in PAGES:
        window.go(key)
        settled(qtbot, window.session)
        page = window.stack.currentWidget()
        if isinstance(page, RecordPage) and page.list.total:
            wait_for_form(qtbot, page)
            settled(qtbot, window.session)
        seen, should = pressed_tab_through(qtbot, window)
        assert seen == should, key


class Shown(QObject):
    """Notes every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(name_of(watched))
        return False


def test_going_from_page_to_page_shows_no_other_window_and_brings_the_keyboard_along(
    qtbot: QtBot, qapp: QApplication, program: Program, ledgers: dict[str, Path]
) -> None:
    window = opened(qtbot, program, ledgers["sample"])
    noted = Shown()
    qapp.installEventFilter(noted)
    for digit in (2, 3, 4, 7, 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + digit), Qt.KeyboardModifier.ControlModifier)
        settled(qtbot, window.session)
        page = window.stack.currentWidget()
        now = QApplication.focusWidget()
        assert now is not None
        assert page is not None
        if isinstance(page, RecordPage):
            assert now is page.list.table
        else:
            assert page.isAncestorOf(now)
    qapp.removeEventFilter(noted)
    assert noted.windows == []
