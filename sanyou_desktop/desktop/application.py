"""The application: builds everything once and passes it on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard, TypeVar

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow

from sanyou_desktop import __version__
from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.errors import UnexpectedErrors, explain
from sanyou_desktop.desktop.jobs import Cancelled, Errands, Progress
from sanyou_desktop.desktop.opening import OpenLedger, open_ledger, session_of
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.qt_words import translate_qt
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.desktop.widgets.waiting import Waiting
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import _, use_language

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow
    from sanyou_desktop.desktop.single_instance import SingleInstance

T = TypeVar("T")
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_FIRST_PAGE = "pledge"
# What the first picture does not need: the network library of the second start, the daily backup.
_SETTLE_MS = 400
_BACKUP_AFTER_MS = 2000


def run(path: str) -> int:
    """Open the window on the ledger at ``path``, or on the last one; return the exit status."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("sanyou")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("sanyou")
    # The ledger is put away, and backed up, after its window is gone.
    app.setQuitOnLastWindowClosed(False)
    application = Application(app, Preferences(QSettings("sanyou", "sanyou")), Ask())
    application.start(Path(path) if path else None)
    return app.exec()


class Application:
    """Owns what lives longer than a page: theme, session, windows.

    Whole ledgers are opened, made, restored and put away one after the other, off the GUI thread.
    """

    def __init__(self, app: QApplication, preferences: Preferences, ask: Ask) -> None:
        """Dress the application and choose its language."""
        self._app = app
        self._preferences = preferences
        self._ask = ask
        self._errands = Errands(at_once=1)
        self._session: Session | None = None
        self._instance: SingleInstance | None = None
        self._waiting: Waiting | None = None
        self.window: QMainWindow | None = None
        self._errors = UnexpectedErrors()
        sys.excepthook = self._errors
        use_language(preferences.language)
        translate_qt(app, preferences.language)
        ensure_chinese_font(app)
        self.dress()
        app.setWindowIcon(QIcon(str(resource_path("icons", "app.svg"))))

    @property
    def is_busy(self) -> bool:
        """Tell whether a ledger is being opened, made, restored or put away."""
        return self._errands.is_busy

    def dress(self) -> None:
        """Put the theme on as the preferences have it."""
        apply_theme(self._app, _SCHEMES.get(self._preferences.scheme), self._preferences.font_scale)

    def start(self, path: Path | None) -> None:
        """Open ``path``, else the ledger opened last, else the welcome page."""
        recent = [item for item in self._preferences.recent if item.exists()]
        wanted = path or (recent[0] if recent else None)
        if wanted is None:
            self.welcome()
        else:
            self.open(wanted)

    # Windows

    def open(self, path: Path, message: str = "", tone: str = "good") -> None:
        """Open a ledger in a window of its own, in place of what is shown.

        ``message`` is said in that window, or on the page that is shown if it cannot be opened.
        """
        session = self._session
        if session is not None and path.exists() and path.samefile(session.path):
            self._to_front()
            return

        def opened(ledger: OpenLedger) -> None:
            if ledger.writer.read_only and _is_shown_elsewhere(path):
                ledger.close()
                if self.window is None:
                    self._app.quit()
                return
            self._show_ledger(ledger)
            if message and _is_main(self.window):
                self.window.banner.show_message(message, tone)

        def failed(text: str) -> None:
            self._tell_or_welcome("\n".join(part for part in (message, text) if part))

        title = _("正在打开 {name}…").format(name=path.name)
        self._do(title, lambda _p: open_ledger(path), opened, failed, too_late=OpenLedger.close)
        # Its window is imported while the file is being opened.
        import_module("sanyou_desktop.desktop.main_window")

    def welcome(self, message: str = "") -> None:
        """Show the page from which a ledger is made or opened; ``message`` says why."""
        from sanyou_desktop.desktop.pages.welcome import WelcomeWindow

        window = WelcomeWindow(self._ask, self._preferences)
        page = window.page
        page.tell(message)
        page.wanted.connect(self.open)
        page.made.connect(self.make)
        page.sample_wanted.connect(self.make_sample)
        page.restore_wanted.connect(self.restore)
        window.closing.connect(self._leave)
        self._errors.show = page.tell
        self._end_session()
        self._show(window)

    def _show_ledger(self, opened: OpenLedger) -> None:
        self._end_session()
        session = session_of(opened, self._ask, self._preferences)
        self._session = session
        self._preferences.note_recent(session.path)
        from sanyou_desktop.desktop.main_window import MainWindow

        window = MainWindow(session)
        window.other_wanted.connect(self._other)
        window.restore_wanted.connect(lambda backup: self.restore(backup, session.path))
        window.look_changed.connect(self.dress)
        window.closing.connect(self._leave)
        # Its rows are read while the window is brought up.
        window.go(_FIRST_PAGE)
        self._show(window)
        self._errors.show = lambda text: window.banner.show_message(text, "bad")
        if not session.read_only:
            QTimer.singleShot(_SETTLE_MS, session.jobs, lambda: self._answer_for(session))
            QTimer.singleShot(_BACKUP_AFTER_MS, session.jobs, lambda: self._back_up_daily(session))

    def _answer_for(self, session: Session) -> None:
        """Come to the front from now on when the ledger is opened a second time."""
        from sanyou_desktop.desktop.single_instance import SingleInstance

        if self._session is session:
            self._instance = SingleInstance(session.path)
            self._instance.called.connect(self._to_front)
            self._instance.claim()

    def _show(self, window: QMainWindow) -> None:
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _to_front(self) -> None:
        window = self.window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    def _other(self, wanted: str) -> None:
        if wanted == "new":
            self.welcome()
            return
        from sanyou_desktop.desktop.pages.welcome import ledger_patterns

        assert self.window is not None
        path = self._ask.open_file(self.window, _("打开台账"), ledger_patterns())
        if path is not None:
            self.open(path)

    # Whole ledgers

    def make(self, path: Path, unit: Unit) -> None:
        """Make a ledger and open it."""

        def work(_progress: Progress) -> None:
            from sanyou_desktop.ledger.ledger import Ledger

            Ledger.create(path, unit).close()

        title = _("正在新建 {name}…").format(name=path.name)
        self._do(title, work, lambda _none: self.open(path), self._tell_or_welcome)

    def make_sample(self, path: Path) -> None:
        """Make a sample ledger and open it."""

        def work(_progress: Progress) -> None:
            from sanyou_desktop.exchange.sample import make_sample

            make_sample(path)

        title = _("正在生成示例台账…")
        self._do(title, work, lambda _none: self.open(path), self._tell_or_welcome)

    def restore(self, backup: Path, path: Path) -> None:
        """Put a backup in the place of the ledger at ``path``, and open it.

        An open ledger is put away first. When it fails, the ledger is as it was.
        """

        def work(_progress: Progress) -> Path | None:
            from sanyou_desktop.ledger.backup import restore_backup

            return restore_backup(backup, path)

        def restored(kept: Path | None) -> None:
            text = _("已恢复到备份 {name}。").format(name=backup.name)
            if kept is not None:
                text += _("恢复前的台账保留为 {name}。").format(name=kept.name)
            self.open(path, text, "good")

        was_open = self._session is not None
        self._end_session()
        otherwise = (lambda text: self.open(path, text, "bad")) if was_open else self.welcome
        self._do(_("正在恢复台账…"), work, restored, otherwise)

    def _do(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        otherwise: Callable[[str], object],
        too_late: Callable[[T], object] | None = None,
    ) -> None:
        """Have the user wait for ``work``, one thing at a time; ``otherwise`` tells what failed.

        With ``too_late`` the user need not wait: it takes the result that is not wanted any more.
        """
        if self._waiting is not None:
            return
        waiting = self._waiting = Waiting(title, self.window, can_stop=too_late is not None)

        def over() -> None:
            self._waiting = None
            waiting.end()

        def finished(result: T) -> None:
            over()
            if waiting.was_stopped and too_late is not None:
                too_late(result)
                otherwise("")
            else:
                done(result)

        def failed(error: Exception) -> None:
            over()
            otherwise("" if isinstance(error, Cancelled) else explain(error))

        job = self._errands.run(work, finished, owner=self._errands, failed=failed)
        job.progress.stepped.connect(waiting.strip.step)
        waiting.stopped.connect(job.stop)

    def _tell_or_welcome(self, text: str) -> None:
        if self._session is None:
            self.welcome(text)
        elif text and _is_main(self.window):
            self.window.banner.show_message(text, "bad")

    # Leaving

    def _leave(self) -> None:
        """End the program once the ledger is put away; its window is gone already."""
        self._end_session(self._app.quit)

    def close(self) -> None:
        """End the session and wait for it; for tests."""
        self._end_session()
        self._errands.finish()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        sys.excepthook = sys.__excepthook__

    def _end_session(self, then: Callable[[], object] | None = None) -> None:
        """Put the ledger away and back it up, behind the scenes."""
        session, self._session = self._session, None
        instance, self._instance = self._instance, None
        if instance is not None:
            instance.release()
        if session is not None:
            # Exports stop, and what is being saved is saved, before anything opens it again.
            session.jobs.stop()

        def work(_progress: Progress) -> None:
            if session is not None:
                session.jobs.close()
            if session is not None and not session.read_only:
                from sanyou_desktop.ledger.backup_rotation import at_close

                at_close(session.path)

        def ended(_none: None) -> None:
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            text = _("关闭时的备份没有成功：{reason}").format(reason=explain(error))
            self._ask.tell(None, text)
            ended(None)

        self._errands.run(work, ended, owner=self._errands, failed=failed)

    # Around it

    def _back_up_daily(self, session: Session) -> None:
        def work(_progress: object) -> object:
            from sanyou_desktop.ledger.backup_rotation import daily

            return daily(session.path)

        def failed(error: Exception) -> None:
            window = self.window
            if _is_main(window) and not isinstance(error, Cancelled):
                text = _("今天的自动备份没有成功：{reason}").format(reason=explain(error))
                window.banner.show_message(text, "warn")

        # Unless the window was closed again meanwhile.
        if self._session is session:
            session.jobs.run(work, lambda _result: None, owner=session.jobs, failed=failed)


def _is_main(window: QMainWindow | None) -> TypeGuard[MainWindow]:
    from sanyou_desktop.desktop.main_window import MainWindow

    return isinstance(window, MainWindow)


def _is_shown_elsewhere(path: Path) -> bool:
    """Tell whether another window has the ledger; it was asked to come to the front."""
    from sanyou_desktop.desktop.single_instance import SingleInstance

    return SingleInstance(path).is_open_elsewhere()
