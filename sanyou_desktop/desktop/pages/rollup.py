"""汇总: who owes a report for which period, who handed it in, and what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.submissions.board_view import BoardView
from sanyou_desktop.desktop.submissions.look import Seen, figures_in_words, look
from sanyou_desktop.desktop.submissions.place_panel import PlacePanel
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.count_tile import CountTile
from sanyou_desktop.desktop.widgets.empty_state import EmptyState
from sanyou_desktop.desktop.widgets.search_box import SearchBox
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.report_request import ReportRequest
from sanyou_desktop.model.submission_board import (
    LATE,
    MISSING,
    ON_TIME,
    SENT_BACK,
    WAITING,
    Board,
    Figures,
)
from sanyou_desktop.wording import N_, _

_EXPECTED = "expected"
# What the tiles count; pressing one shows those units alone.
_TILES = (
    (_EXPECTED, N_("应报"), ""),
    (ON_TIME, N_("按时"), ""),
    (LATE, N_("迟报"), "warn"),
    (MISSING, N_("未报"), "bad"),
    (SENT_BACK, N_("退回待改"), "bad"),
    (WAITING, N_("待报"), ""),
)
# Characters that the search box has room for.
_SEARCHED = 16
_KINDS = ("request", "submission", "unit")


class RollupPage(Page):
    """The board of submissions.

    Signals:
        draft_wanted: a ``Draft`` to be completed on the page of its kind.
        open_requested: kind and id of a record to go to.
        list_requested: a kind, and the conditions under which its list is wanted.
    """

    draft_wanted = Signal(object)
    open_requested = Signal(str, str)
    list_requested = Signal(str, object)

    def __init__(self, session: Session) -> None:
        """Start empty; the first refresh fills it."""
        super().__init__(_("汇总"), session, fills=True)
        self._reading: Job | None = None
        self._board = Board((), (), {})
        self._only = ""
        self._word = ""
        self._make_head()
        self.tiles = {key: CountTile(_(title)) for key, title, _tone in _TILES}
        for key, tile in self.tiles.items():
            tile.clicked.connect(lambda _checked=False, key=key: self._show_only(key))
        self.rates = text_label("", "muted", wrap=True)
        self.strays = button("", self._list_all, role="link")
        self.search = SearchBox(_("搜索单位名称、代码"))
        self.search.search.connect(self._search)
        self.board = BoardView()
        self.panel = PlacePanel(session, self._place)
        self.empty = EmptyState(
            "inbox",
            _nothing_asked(0),
            "" if session.read_only else _("布置报送任务"),
            _("单位表里「上级单位」是本单位的，会自动列为应报单位。"),
        )
        self._lay_out()
        self._connect()

    def _make_head(self) -> None:
        self.chase_button = button(_("催报名单…"), self.chase, icon_name="send")
        self.list_button = button(_("登记簿"), self._list_all, icon_name="list-checks")
        self.request_button = button(_("修改任务"), self._open_request, icon_name="pencil")
        self.new_button = button(_("布置报送任务"), self.new_request, icon_name="plus")
        self.roll_button = button(
            _("汇总上报工作簿"), lambda: None, role="primary", icon_name="layers"
        )
        menu = QMenu(self.roll_button)
        menu.addAction(icon("file-spreadsheet", "text"), _("选择文件…"), self.choose_files)
        menu.addAction(icon("folder-open", "text"), _("选择文件夹…"), self.choose_folder)
        menu.addSeparator()
        menu.addAction(icon("history", "text"), _("汇总记录…"), self.show_runs)
        self.roll_button.setMenu(menu)
        for made in (self.new_button, self.roll_button):
            made.setEnabled(not self.session.read_only)
        buttons = (self.list_button, self.request_button, self.chase_button, self.new_button)
        for made in (*buttons, self.roll_button):
            self.head.addWidget(made)
        self.work = LongWork(self.session)
        self.work.hold(self.roll_button)
        self.setAcceptDrops(not self.session.read_only)

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(SPACE_2)
        for tile in self.tiles.values():
            across.addWidget(tile)
        told = QHBoxLayout()
        told.setSpacing(SPACE_3)
        told.addWidget(self.rates, 1)
        told.addWidget(self.strays)
        told.addWidget(self.search)
        self.search.setFixedWidth(_SEARCHED * self.search.fontMetrics().lineSpacing())
        self.sheet = QWidget()
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(across)
        column.addLayout(told)
        column.addWidget(self.board, 1)
        column.addWidget(self.panel)
        self.column.setSpacing(SPACE_2)
        self.column.addWidget(self.work)
        self.column.addWidget(self.sheet, 1)
        self.column.addWidget(self.empty, 1)
        self.empty.hide()
        self.sheet.hide()

    def take_keyboard(self) -> None:
        """Go to the board."""
        self.board.setFocus()

    def _connect(self) -> None:
        self.board.selectionModel().currentChanged.connect(lambda now, _old: self._turn(now))
        self.board.opened.connect(self._go_to)
        self.panel.opened.connect(lambda found: self.open_requested.emit("submission", found))
        self.empty.acted.connect(self.new_request)
        self.session.operations.changed.connect(self._changed)

    # Reading

    def refresh(self) -> None:
        """Look again."""
        today = date.today()
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.session.jobs.read(
            lambda ledger: look(ledger, today), self._show, owner=self
        )

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and any(changes.touches(kind) for kind in _KINDS):
            self.refresh()

    def _show(self, seen: Seen) -> None:
        self._reading = None
        self._board = seen.board
        has_requests = bool(seen.board.requests)
        self.sheet.setVisible(has_requests)
        self.empty.setVisible(not has_requests)
        self.empty.line.setText(_nothing_asked(seen.registered))
        for made in (self.request_button, self.chase_button):
            made.setVisible(has_requests)
        words = _("登记簿 {count}").format(count=f"{seen.registered:,}")
        self.list_button.setText(words if seen.registered else _("登记簿"))
        count = len(seen.strays)
        self.strays.setText(_("另有 {count} 份不在任何报送任务内").format(count=count))
        self.strays.setVisible(bool(count))
        self._fill()

    def _fill(self) -> None:
        """Show the units that are wanted, by the current report, its figures above them."""
        _unit, request = self.board.current_key()
        known = [one.id for one in self._board.requests]
        request = request if request in known else next(iter(known), "")
        rows = [row for row in self._board.units if self._is_wanted(row, request)]
        self.board.show_board(self._board, rows)
        self._turn(self.board.currentIndex())

    def _is_wanted(self, row: tuple[str, str], request: str) -> bool:
        if self._word and not any(self._word in part.lower() for part in row):
            return False
        place = self._board.places.get((row[0], request))
        return not self._only or (place is not None and place.standing == self._only)

    def _turn(self, now: QModelIndex) -> None:
        request = self._request()
        figures = self._board.of_request(request.id) if request else Figures()
        self._count(figures)
        if request is not None and now.isValid():
            unit = self.board.cells.rows[now.row()]
            place = self._board.places.get((unit[0], request.id))
            self.panel.show_place(unit, request, place)
        self.panel.setVisible(request is not None and now.isValid())

    def _count(self, figures: Figures) -> None:
        for key, _title, tone in _TILES:
            self.tiles[key].show_count(getattr(figures, key), tone)
            self.tiles[key].choose(bool(self._only) and key == self._only)
        if figures.rate is None:
            self.rates.setText(_("没有应报单位。请在「修改任务」里填入应报单位。"))
            return
        words = figures_in_words(figures)
        only = next((_(title) for key, title, _tone in _TILES if key == self._only), "")
        if only:
            words += _("；只列{standing}的单位").format(standing=only)
        self.rates.setText(words)

    def _show_only(self, key: str) -> None:
        """Show the units of one standing alone; pressed again, or 应报, shows all."""
        self._only = "" if key in (_EXPECTED, self._only) else key
        self._fill()
        self.board.setFocus()

    def _search(self, text: str) -> None:
        self._word = text.strip().lower()
        self._fill()

    # Rolling up

    def choose_files(self) -> None:
        """Ask for report workbooks, and show what taking them would do."""
        from sanyou_desktop.desktop.rollup.flow import choose_files

        choose_files(self, self.session, self.work)

    def choose_folder(self) -> None:
        """Ask for a folder of them."""
        from sanyou_desktop.desktop.rollup.flow import choose_folder

        choose_folder(self, self.session, self.work)

    def show_runs(self) -> None:
        """Show the roll-ups so far, to take one back."""
        from sanyou_desktop.desktop.rollup.runs_dialog import open_runs

        open_runs(self, self.session)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged here."""
        if event.mimeData().hasUrls() and not self.work.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what taking the dropped files and folders would do."""
        from sanyou_desktop.desktop.rollup.flow import rehearse

        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            rehearse(self, self.session, self.work, paths)

    # Going on

    def _request(self) -> ReportRequest | None:
        _unit, wanted = self.board.current_key()
        every = self._board.requests
        return next((one for one in every if one.id == wanted), every[0] if every else None)

    def _place(self) -> Place:
        return Place(
            self,
            self.session,
            self.draft_wanted.emit,
            lambda found: self.open_requested.emit("submission", found),
            lambda call: call([]),
        )

    def new_request(self) -> None:
        """Go to a draft that asks the subordinate units about the last quarter."""
        from sanyou_desktop.desktop.submissions.request_steps import draft_of, usual_request

        if self.session.read_only:
            return
        self.session.jobs.read(
            lambda ledger: usual_request(ledger, date.today()),
            lambda found: self.draft_wanted.emit(draft_of(found, self.session.unit_code)),
            owner=self,
        )

    def chase(self) -> None:
        """Show who still owes the current report."""
        from sanyou_desktop.desktop.submissions.chase_dialog import open_chase

        request = self._request()
        if request is not None:
            open_chase(self, self.session, request.id)

    def _open_request(self) -> None:
        request = self._request()
        if request is not None:
            self.open_requested.emit("request", request.id)

    def _go_to(self, index: QModelIndex) -> None:
        if self.panel.current is not None and index.column():
            self.open_requested.emit("submission", self.panel.current.id)
        elif index.column() and not self.session.read_only:
            self.panel.register_by_hand()

    def _list_all(self) -> None:
        self.list_requested.emit("submission", ())


def _nothing_asked(registered: int) -> str:
    """Return what the page is for, and where what came unasked is."""
    told = _(
        "这里看各单位该报什么、报了没有、哪些逾期。先布置一个报送任务：期间、截止日期、应报单位。"
    )
    if registered:
        told += _("已收到的 {count} 份上报在「登记簿」里。").format(count=f"{registered:,}")
    return told
