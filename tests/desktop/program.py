"""The application as it runs, with a user who answers what a test has set."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.application import Application
from sanyou_desktop.desktop.ask import Answer, Ask
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.welcome import WelcomeWindow
from sanyou_desktop.desktop.preferences import Preferences


class Told(Ask):
    """Answers with the path and the word that a test has set; keeps what was told."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.yes = True
        self.about_unsaved = Answer.CANCEL
        self.told: list[str] = []

    def tell(self, parent: QWidget | None, text: str, detail: str = "") -> None:
        self.told.append(text)

    def save_discard_cancel(self, parent: QWidget, text: str) -> Answer:
        self.told.append(text)
        return self.about_unsaved

    def confirm(self, parent: QWidget, text: str, yes_text: str) -> bool:
        self.told.append(text)
        return self.yes

    def open_file(
        self, parent: QWidget, title: str, patterns: str, folder: Path | None = None
    ) -> Path | None:
        return self.path


class Program:
    """The application as it runs, and whether it has ended."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.ask = Told()
        self.has_ended = False
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.application = Application(app, Preferences(settings), self.ask)
        self._qtbot = qtbot

    def open(self, path: Path) -> None:
        self.application.open(path)
        self.wait()

    def wait(self) -> None:
        self._qtbot.waitUntil(lambda: not self.application.is_busy)

    @property
    def main(self) -> MainWindow:
        assert isinstance(self.application.window, MainWindow)
        return self.application.window

    @property
    def welcome(self) -> WelcomeWindow:
        assert isinstance(self.application.window, WelcomeWindow)
        return self.application.window
