"""The application: builds everything once and passes it on."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSettings, Qt, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow

from sanyou_desktop import __version__
from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.errors import UnexpectedErrors, explain
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.single_instance import SingleInstance
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.desktop.theme.tokens import MINIMUM_WINDOW
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import SOURCE_LANGUAGE, _, use_language

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_FIRST_PAGE = "pledge"


def run(path: str) -> int:
    """Open the window on the ledger at ``path``, or on the last one; return the exit status."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("sanyou")
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("sanyou")
    application = Application(app, Preferences(QSettings("sanyou", "sanyou")), Ask())
    application.start(Path(path) if path else None)
    return app.exec()


class Application:
    """Owns what lives longer than a page: theme, session, windows."""

    def __init__(self, app: QApplication, preferences: Preferences, ask: Ask) -> None:
        """Dress the application and choose its language."""
        self._app = app
        self._preferences = preferences
        self._ask = ask
        self._session: Session | None = None
        self._instance: SingleInstance | None = None
        self.window: QMainWindow | None = None
        self._errors = UnexpectedErrors()
        sys.excepthook = self._errors
        use_language(preferences.language)
        self._translate_qt()
        ensure_chinese_font(app)
        self.dress()
        app.setWindowIcon(QIcon(str(resource_path("icons", "app.svg"))))

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

    def open(self, path: Path) -> None:
        """Open a ledger in a window of its own, in place of what is shown."""
        instance = SingleInstance(path)
        if instance.is_open_elsewhere() and self._session is None:
            QTimer.singleShot(0, self._app.quit)
            return
        try:
            session = self._open_session(path)
        except LedgerError as error:
            self.welcome(str(error))
            return
        self._end_session()
        self._instance, self._session = instance, session
        if not session.read_only:
            instance.claim()
        self._preferences.note_recent(session.path)
        window = MainWindow(session)
        instance.called.connect(lambda: _to_front(window))
        window.other_wanted.connect(self._other)
        window.look_changed.connect(self.dress)
        window.closing.connect(self._closed)
        self._show(window)
        window.go(_FIRST_PAGE)
        self._errors.show = lambda text: window.banner.show_message(text, "bad")
        self._back_up_daily(session)

    def welcome(self, message: str = "") -> None:
        """Show the page from which a ledger is made or opened; ``message`` says why."""
        from sanyou_desktop.desktop.pages.welcome import WelcomePage

        page = WelcomePage(self._ask, self._preferences)
        page.tell(message)
        page.wanted.connect(self.open)
        page.made.connect(self.make)
        page.sample_wanted.connect(self.make_sample)
        window = QMainWindow()
        window.setWindowTitle(_("三优台账"))
        window.setMinimumSize(*MINIMUM_WINDOW)
        window.setCentralWidget(page)
        self._errors.show = page.tell
        self._end_session()
        self._show(window)

    def make(self, path: Path, unit: Unit) -> None:
        """Make a ledger and open it."""
        try:
            Ledger.create(path, unit).close()
        except LedgerError as error:
            self.welcome(str(error))
            return
        self.open(path)

    def make_sample(self, path: Path) -> None:
        """Make a sample ledger and open it."""
        from sanyou_desktop.exchange.sample import make_sample

        try:
            make_sample(path)
        except LedgerError as error:
            self.welcome(str(error))
            return
        self.open(path)

    def close(self) -> None:
        """End the session; for tests and for quitting."""
        self._end_session()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        sys.excepthook = sys.__excepthook__

    def _open_session(self, path: Path) -> Session:
        writer = Ledger.open(path)
        reader = Ledger.open(path, read_only=True)
        jobs = Jobs(writer, reader)
        return Session(
            path=path,
            unit_code=writer.unit,
            unit_name=reader.own_unit().name,
            read_only_reason=writer.read_only_reason,
            jobs=jobs,
            operations=Operations(jobs),
            ask=self._ask,
            preferences=self._preferences,
        )

    def _show(self, window: QMainWindow) -> None:
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _other(self, wanted: str) -> None:
        if wanted == "new":
            self.welcome()
            return
        from sanyou_desktop.desktop.pages.welcome import ledger_patterns

        assert self.window is not None
        path = self._ask.open_file(self.window, _("打开台账"), ledger_patterns())
        if path is not None:
            self.open(path)

    def _closed(self) -> None:
        self._end_session(back_up=True)
        self._app.quit()

    def _end_session(self, *, back_up: bool = False) -> None:
        session, self._session = self._session, None
        if self._instance is not None:
            self._instance.release()
            self._instance = None
        if session is None:
            return
        session.jobs.close()
        if back_up and not session.read_only:
            self._back_up_at_close(session.path)

    def _back_up_daily(self, session: Session) -> None:
        if session.read_only:
            return

        def work(_progress: object) -> object:
            from sanyou_desktop.ledger.backup_rotation import daily

            return daily(session.path)

        def failed(error: Exception) -> None:
            window = self.window
            if isinstance(window, MainWindow):
                text = _("今天的自动备份没有成功：{reason}").format(reason=explain(error))
                window.banner.show_message(text, "warn")

        def begin() -> None:
            # Unless the window was closed again meanwhile.
            if self._session is session:
                session.jobs.run(work, lambda _result: None, owner=session.jobs, failed=failed)

        QTimer.singleShot(2000, session.jobs, begin)

    def _back_up_at_close(self, path: Path) -> None:
        from sanyou_desktop.ledger.backup_rotation import at_close

        try:
            at_close(path)
        except LedgerError as error:
            self._ask.tell(None, _("关闭时的备份没有成功：{reason}").format(reason=error))

    def _translate_qt(self) -> None:
        """Let Qt's own menus (copy, paste ...) speak Chinese too."""
        if self._preferences.language != SOURCE_LANGUAGE:
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator = QTranslator(self._app)
        if translator.load("qtbase_zh_CN", folder):
            self._app.installTranslator(translator)


def _to_front(window: QMainWindow) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
