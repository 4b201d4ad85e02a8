"""A clerk at the real window: types as an input method does, clicks, saves, closes, reopens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QClipboard, QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.application import Application
from sanyou_desktop.desktop.ask import Answer, Ask
from sanyou_desktop.desktop.editors.rows import RowsEditor
from sanyou_desktop.desktop.forms.form import RecordForm
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.upward import UpwardPage
from sanyou_desktop.desktop.preferences import Preferences


class Prepared(Ask):
    """Answers file dialogs with the path that the test has set; fails on any other question."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def save_file(
        self, parent: QWidget, title: str, suggested: str, patterns: str, *, overwrite: bool = True
    ) -> Path | None:
        return self.path

    def save_discard_cancel(self, parent: QWidget, text: str) -> Answer:
        raise AssertionError(text)

    def tell(self, parent: QWidget | None, text: str, detail: str = "") -> None:
        raise AssertionError(f"{text}\n{detail}")


class Clerk:
    """Works on one ledger, from opening its window to closing it."""

    def __init__(self, qtbot: QtBot, app: QApplication, settings: Path) -> None:
        self._qtbot = qtbot
        self._app = app
        self._settings = settings
        self.ask = Prepared()
        self._application: Application | None = None

    @property
    def window(self) -> MainWindow:
        assert self._application is not None
        window = self._application.window
        assert isinstance(window, MainWindow)
        return window

    def open(self, path: Path) -> None:
        settings = QSettings(str(self._settings), QSettings.Format.IniFormat)
        self._application = Application(self._app, Preferences(settings), self.ask)
        self._application.start(path)
        self._qtbot.waitUntil(lambda: self._has_window())
        with self._qtbot.waitActive(self.window):
            self.window.activateWindow()

    def _has_window(self) -> bool:
        found = self._application.window if self._application else None
        return isinstance(found, MainWindow) and found.isVisible()

    def close(self) -> None:
        """Close the window as its corner button does, and wait for the session to end."""
        window = self.window
        window.close()
        self._qtbot.waitUntil(lambda: not window.isVisible())
        application = self._application
        assert application is not None
        self._qtbot.waitUntil(lambda: not application.is_busy)
        self.leave()

    def leave(self) -> None:
        """End whatever is still open; for the end of a test."""
        if self._application is not None:
            self._application.close()
            self._application = None

    # Records

    def page(self, kind: str) -> RecordPage:
        self.window.go(kind)
        self.settle()
        page = self.window.stack.currentWidget()
        assert isinstance(page, RecordPage)
        return page

    def new(self, kind: str) -> RecordForm:
        page = self.page(kind)
        self.click(page.new_button)
        return page.form

    def fill(self, form: RecordForm, texts: dict[str, str]) -> None:
        for key, text in texts.items():
            editor = form.body.editors[key]
            box = editor.findChild(QComboBox)
            if box is not None:
                box.setFocus()
                self._qtbot.keyClick(box, Qt.Key.Key_Home)
                while box.currentText() != text:
                    before = box.currentIndex()
                    self._qtbot.keyClick(box, Qt.Key.Key_Down)
                    assert box.currentIndex() != before, f"{text} is not offered"
                continue
            field = editor.findChild(QLineEdit) or editor.findChild(QPlainTextEdit)
            assert isinstance(field, QLineEdit | QPlainTextEdit), key
            field.setFocus()
            compose(field, text)

    def paste_rows(self, form: RecordForm, key: str, cells: str) -> None:
        """Paste what was copied in a spreadsheet into the first cell of a table in the form."""
        editor = form.body.editors[key]
        assert isinstance(editor, RowsEditor)
        QApplication.clipboard().setText(cells, QClipboard.Mode.Clipboard)
        editor.view.setFocus()
        editor.view.setCurrentIndex(editor.model.index(0, 0))
        self._qtbot.keyClick(editor.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def save(self, form: RecordForm) -> None:
        self.click(form.foot.save)
        self._qtbot.waitUntil(lambda: not form.is_dirty and bool(form.record_id))
        self.settle()

    def find(self, kind: str, text: str) -> RecordPage:
        page = self.page(kind)
        page.pane.search.setFocus()
        page.pane.search.selectAll()
        compose(page.pane.search, text)
        self._qtbot.waitUntil(lambda: page.list.model.query.text == text)
        self.settle()
        return page

    # Reporting

    def export(self, path: Path) -> None:
        self.ask.path = path
        upward = self._upward()
        self.click(upward.export_button)
        self._qtbot.waitUntil(lambda: upward.export_button.isEnabled(), timeout=30_000)

    def share(self, path: Path) -> str:
        """Update the shared workbook; return what its card says."""
        self.ask.path = path
        upward = self._upward()
        self.click(upward.sharing.share_button)
        self._qtbot.waitUntil(lambda: upward.sharing.share_button.isEnabled(), timeout=30_000)
        return upward.sharing.banner.text.text()

    def _upward(self) -> UpwardPage:
        self.window.go("upward")
        self.settle()
        page = self.window.stack.currentWidget()
        assert isinstance(page, UpwardPage)
        return page

    def click(self, button: QAbstractButton) -> None:
        assert button.isEnabled(), button.text()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        jobs = self.window.session.jobs
        self._qtbot.waitUntil(lambda: not jobs.is_busy)
        self._qtbot.wait(60)
        self._qtbot.waitUntil(lambda: not jobs.is_busy)


def compose(field: QWidget, text: str) -> None:
    """Enter text as a Chinese input method does: composed first, committed then."""
    composing = QInputMethodEvent(text[:1], [])
    QApplication.sendEvent(field, composing)
    committed = QInputMethodEvent()
    committed.setCommitString(text)
    QApplication.sendEvent(field, committed)
