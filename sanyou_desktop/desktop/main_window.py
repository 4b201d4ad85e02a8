"""The window: navigation, pages, menus from the register of actions; nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.job_strip import JobStrip
from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.pages.building import PAGE_MODULES, build_page
from sanyou_desktop.desktop.pages.entries import ENTRIES, entry_of
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import (
    MINIMUM_WINDOW,
    NAVIGATION_WIDTH,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_6,
)
from sanyou_desktop.desktop.widgets.banner import Banner
from sanyou_desktop.desktop.widgets.navigation_list import Entry, NavigationList
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.lists.conditions import Condition
    from sanyou_desktop.desktop.notice import Notice
    from sanyou_desktop.desktop.pages.today_board import Board
    from sanyou_desktop.desktop.sharing.queue import ShareQueue

_UNDO_SECONDS = 10
# Work that the first picture does not need starts once it is on the screen.
_SETTLE_MS = 300


class MainWindow(QMainWindow):
    """One open ledger.

    Signals:
        other_wanted: the user wants to open or make another ledger ("open" or "new").
        restore_wanted: the path of a backup that is to take the ledger's place.
        look_changed: the user changed scheme or size of text.
        closing: the window was closed; the session may end.
    """

    other_wanted = Signal(str)
    restore_wanted = Signal(object)
    look_changed = Signal()
    closing = Signal()

    def __init__(self, session: Session) -> None:
        """Show ``session``; pages are built when first gone to."""
        super().__init__()
        self.session = session
        self._settled = False
        self.notice: Notice | None = None
        self._sharing: ShareQueue | None = None
        self.pages: dict[str, RecordPage | Page] = {}
        self.setMinimumSize(*MINIMUM_WINDOW)
        self.resize(1360, 820)
        self.setWindowTitle(f"{session.unit_name} - {_('三优台账')}")
        entries = tuple(Entry(entry.key, entry.icon, _(entry.text)) for entry in ENTRIES)
        self.navigation = NavigationList(entries)
        self.navigation.setAccessibleName(_("页面"))
        self.navigation.chosen.connect(self.go)
        self.banner = Banner()
        self.read_only_banner = Banner()
        self.at_work = JobStrip()
        self.stack = QStackedWidget()
        self._lay_out()
        self._make_menus()
        self._connect(session)
        if session.read_only:
            self.read_only_banner.show_message(session.read_only_reason, "warn")
        geometry = session.preferences.geometry()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        QTimer.singleShot(_SETTLE_MS, self, self._settle)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setProperty("role", "navigation")
        side.setFixedWidth(NAVIGATION_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, SPACE_4, 0, SPACE_3)
        column.setSpacing(SPACE_3)
        name = text_label(_("三优台账"), "title")
        name.setContentsMargins(SPACE_4 + 4, 0, SPACE_4, 0)
        column.addWidget(name)
        column.addWidget(self.navigation, 1)
        unit = text_label(self.session.unit_name, "caption", wrap=True)
        place = text_label(self.session.path.name, "caption", wrap=True)
        place.setToolTip(str(self.session.path))
        for label in (unit, place):
            label.setContentsMargins(SPACE_4, 0, SPACE_2, 0)
            column.addWidget(label)
        right = QWidget()
        main = QVBoxLayout(right)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        banners = QVBoxLayout()
        banners.setContentsMargins(SPACE_6, SPACE_2, SPACE_6, 0)
        banners.setSpacing(SPACE_2)
        for banner in (self.read_only_banner, self.banner, self.at_work):
            banners.addWidget(banner)
        main.addLayout(banners)
        main.addWidget(self.stack, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(right, 1)
        self.setCentralWidget(whole)

    def _make_menus(self) -> None:
        self.actions_by_id: dict[str, QAction] = {}
        menus = {}
        for action in ACTIONS:
            if action.menu not in menus:
                menus[action.menu] = self.menuBar().addMenu(_(action.menu))
            made = QAction(_(action.text), self)
            if action.shortcut:
                made.setShortcut(QKeySequence(action.shortcut))
            made.triggered.connect(lambda _checked=False, run=action.run: run(self))
            made.setEnabled(not (action.writes and self.session.read_only))
            menus[action.menu].addAction(made)
            self.actions_by_id[action.id] = made

    def _connect(self, session: Session) -> None:
        session.operations.acted.connect(self._offer_undo)
        session.operations.told.connect(self._tell)
        session.operations.failed.connect(self.show_error)
        session.jobs.unexpected.connect(self.show_error)
        session.operations.undo_changed.connect(self._name_undo)
        session.operations.at_work.connect(self.at_work.follow)
        self._name_undo("")

    # Going about

    def go(self, key: str, then: Callable[[], None] | None = None) -> None:
        """Go to the page with that key, if the page in view may be left, and ``then`` do more."""
        here = self.stack.currentWidget()
        wanted = self.pages.get(key)
        if wanted is not None and wanted is here:
            if then is not None:
                then()
            return

        def proceed() -> None:
            page = self.page(key)
            is_new_there = page.focusWidget() is None
            self.stack.setCurrentWidget(page)
            self.navigation.choose(entry_of(key), quietly=True)
            if is_new_there and not self.navigation.hasFocus():
                self.give_keyboard()
            page.refresh()
            if then is not None:
                then()

        if isinstance(here, RecordPage | Page):
            here.leave(proceed)
            if self.stack.currentWidget() is here:
                self.navigation.choose(entry_of(self._key_of(here)), quietly=True)
        else:
            proceed()

    def give_keyboard(self) -> None:
        """Give the keyboard to the page in view."""
        page = self.stack.currentWidget()
        if isinstance(page, RecordPage):
            page.pane.take_keyboard()
        elif isinstance(page, Page):
            page.take_keyboard()

    def page(self, key: str) -> RecordPage | Page:
        """Return the page with that key, building it on first use."""
        if key not in self.pages:
            page = build_page(self, key)
            self.pages[key] = page
            self.stack.addWidget(page)
        return self.pages[key]

    def open_record(self, kind: str, record_id: str) -> None:
        """Go to a record."""
        self.go(kind)
        page = self.pages.get(kind)
        if isinstance(page, RecordPage) and self.stack.currentWidget() is page:
            page.show_record(record_id)

    def open_list(self, kind: str, conditions: Iterable[Condition]) -> None:
        """Go to the list of a kind and show what the conditions select."""

        def show() -> None:
            page = self.page(kind)
            assert isinstance(page, RecordPage)
            page.pane.search.set_quietly("")
            page.filters.show_only(conditions)

        self.go(kind, show)

    def open_by_id(self, record_id: str) -> None:
        """Go to a record whose kind is not known yet."""

        def found(titles: dict[str, tuple[str, str, str]]) -> None:
            if record_id in titles:
                self.open_record(titles[record_id][0], record_id)

        self.session.jobs.read(lambda ledger: ledger.titles([record_id]), found, owner=self)

    def begin(self, draft: Draft) -> None:
        """Go to the page of a draft's kind and show it there, to be completed and saved."""

        def show() -> None:
            page = self.page(draft.kind)
            assert isinstance(page, RecordPage)
            page.open_draft(draft)

        self.go(draft.kind, show)

    def open_own_unit(self) -> None:
        """Go to the record of the unit whose ledger this is."""
        self.session.jobs.read(
            lambda ledger: ledger.own_unit(),
            lambda unit: self.open_record("unit", unit.id),
            owner=self,
        )

    def new_record(self) -> None:
        """Start a new record of the kind in view; elsewhere, a pledge."""
        if not isinstance(self.stack.currentWidget(), RecordPage):
            self.go("pledge")
        self.on_page("new_record")

    def on_page(self, name: str) -> None:
        """Have the record page in view do something, if there is one."""
        page = self.stack.currentWidget()
        if isinstance(page, RecordPage):
            page.act(name)

    def _key_of(self, page: QWidget) -> str:
        return next((key for key, built in self.pages.items() if built is page), "")

    @property
    def sharing(self) -> ShareQueue:
        """Updates of the shared workbook, which go on whatever page is in view."""
        from sanyou_desktop.desktop.sharing.in_window import queue_of

        if self._sharing is None:
            self._sharing = queue_of(self)
        return self._sharing

    # Telling

    def show_error(self, error: Exception) -> None:
        """Tell what went wrong: advice for a known condition, a report for a mistake of ours."""
        from sanyou_desktop.desktop.errors import explain

        self.banner.show_message(explain(error), "bad")

    def _offer_undo(self, text: str) -> None:
        self.banner.show_message(
            text, "good", action=_("撤销"), run=self.session.operations.undo, seconds=_UNDO_SECONDS
        )

    def _tell(self, text: str) -> None:
        self.banner.show_message(text, "good", seconds=_UNDO_SECONDS)

    def _name_undo(self, text: str) -> None:
        # The banner names an action that is no longer the one to be taken back.
        if self.banner.offers(self.session.operations.undo):
            self.banner.hide()
        action = self.actions_by_id["undo"]
        action.setText(_("撤销：{action}").format(action=text) if text else _("撤销上一步操作"))

    def undo(self) -> None:
        """Undo typing where the cursor is in a text, else take back the last action."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit | QPlainTextEdit) and not focused.isReadOnly():
            focused.undo()
            return
        self.session.operations.undo()

    def show_shortcuts(self) -> None:
        """Show every action that has a shortcut."""
        from sanyou_desktop.desktop.pages.shortcuts import ShortcutsDialog

        ShortcutsDialog(self).open()

    def show_about(self) -> None:
        """Go to what this program is."""
        self.go("settings")

    def back_up(self) -> None:
        """Back the ledger up to a file of the user's choice."""
        from sanyou_desktop.desktop.pages.settings import SettingsPage

        self.go("settings")
        page = self.stack.currentWidget()
        if isinstance(page, SettingsPage):
            page.back_up()

    def open_other(self) -> None:
        """Open another ledger."""
        self._leave_all(lambda: self.other_wanted.emit("open"))

    def start_over(self) -> None:
        """Make another ledger."""
        self._leave_all(lambda: self.other_wanted.emit("new"))

    # Beginning and ending

    def _settle(self) -> None:
        """Offer drafts of a crash, count the day's matters and say what presses."""
        from sanyou_desktop.desktop.notice import DayWatch

        today = self.page("today")
        today.refresh()
        DayWatch(self).changed.connect(today.refresh)
        self.session.jobs.run(
            lambda _progress: [import_module(name) for name in PAGE_MODULES],
            # To build it takes half a frame too many for the moment when it is gone to.
            lambda _modules: self.page("indicators"),
            owner=self,
        )
        if not self.session.read_only:
            from sanyou_desktop.desktop.recovery import offer_drafts
            from sanyou_desktop.desktop.sharing.in_window import resume

            offer_drafts(self)
            resume(self)

    def looked(self, board: Board) -> None:
        """Tell how much is late, in the navigation and, once a day, out loud."""
        from sanyou_desktop.desktop.notice import Notice

        self.navigation.set_badge("today", board.total("overdue"))
        if self.notice is None:
            self.notice = Notice(self)
        self.notice.tell(board)

    def _leave_all(self, proceed: Callable[[], None]) -> None:
        from sanyou_desktop.desktop.sharing.in_window import may_leave

        if self._sharing is not None and not may_leave(self, self._sharing):
            return
        page = self.stack.currentWidget()
        if isinstance(page, RecordPage | Page):
            page.leave(proceed)
        else:
            proceed()

    def _close_settled(self) -> None:
        self._settled = True
        QTimer.singleShot(0, self, self.close)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once unsaved work is settled."""
        if not self._settled:
            # Saving goes on in the background; the window closes itself when it is done.
            event.ignore()
            self._leave_all(self._close_settled)
            return
        self.session.preferences.keep_geometry(self.saveGeometry())
        event.accept()
        self.closing.emit()
