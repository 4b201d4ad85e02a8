"""A word at the start of the day: 今日：逾期 2 项，3 天内到期 1 项.

There is no mail server and no other program to remind anybody: the program itself does, through
the system's tray where there is one, else in its own window.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from sanyou_desktop.model import agenda
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow
    from sanyou_desktop.desktop.pages.today_board import Board

# A timer set for midnight would wake late on a machine that slept meanwhile.
_LOOK_MS = 60_000
_SHOWN_MS = 10_000


class Notice(QObject):
    """Says once a day, from the start of the window on, what is overdue or due within 3 days."""

    def __init__(self, window: MainWindow) -> None:
        """Speak for ``window``; nothing is said yet."""
        super().__init__(window)
        self._window = window
        self._told: date | None = None
        self._shown = ""
        self.tray: QSystemTrayIcon | None = None

    def tell(self, board: Board) -> None:
        """Say what presses on the board's day, unless that was said or is not wanted."""
        if self._told == board.day:
            self._clear()
            return
        self._told = board.day
        text = summary(board)
        if not text or not self._window.session.preferences.notices:
            return
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._say_in_tray(text)
        elif self._window.banner.isHidden() and not self._sees_today():
            self._window.banner.show_message(text, "warn", action=_("查看"), run=self._go)
            self._shown = text

    def _clear(self) -> None:
        """Take the words off again once the page itself says them."""
        if self._shown and self._sees_today():
            if self._window.banner.text.text() == self._shown:
                self._window.banner.hide()
            self._shown = ""

    def _sees_today(self) -> bool:
        return self._window.stack.currentWidget() is self._window.pages.get("today")

    def _say_in_tray(self, text: str) -> None:
        if self.tray is None:
            self.tray = QSystemTrayIcon(QIcon(str(resource_path("icons", "app.svg"))), self)
            self.tray.messageClicked.connect(self._go)
            self.tray.activated.connect(lambda _reason: self._go())
        self.tray.setToolTip(text)
        self.tray.show()
        self.tray.showMessage(_("三优台账"), text, QSystemTrayIcon.MessageIcon.Warning, _SHOWN_MS)

    def _go(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        window.go("today", window.give_keyboard)


class DayWatch(QObject):
    """Emits ``changed`` when another day has begun while the window is open."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin with today."""
        super().__init__(parent)
        self._day = date.today()
        timer = QTimer(self, interval=_LOOK_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Look at the date."""
        if date.today() != self._day:
            self._day = date.today()
            self.changed.emit()


def summary(board: Board) -> str:
    """Return what presses, "" if nothing does."""
    overdue, soon = board.total(agenda.OVERDUE), board.total(agenda.WARNING)
    parts = []
    if overdue:
        parts.append(_("逾期 {count:,} 项").format(count=overdue))
    if soon:
        parts.append(_("3 天内到期 {count:,} 项").format(count=soon))
    return _("今日：{parts}").format(parts=_("，").join(parts)) if parts else ""
