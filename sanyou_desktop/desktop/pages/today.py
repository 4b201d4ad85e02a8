"""今日: what is overdue, due, waiting and planned; what was changed last."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu

from sanyou_desktop.desktop.deeds.keypad import KeypadGuard
from sanyou_desktop.desktop.deeds.register import keys_of
from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.pages.today_board import (
    ALWAYS,
    SHOWN,
    SHOWN_IF_WANTED,
    TITLES,
    Board,
    look,
    rest_of,
)
from sanyou_desktop.desktop.pages.today_course import YearStrip, look_at_year
from sanyou_desktop.desktop.pages.today_list import Line, LinesView
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2
from sanyou_desktop.desktop.widgets.count_tile import CountTile
from sanyou_desktop.desktop.widgets.empty_state import EmptyState
from sanyou_desktop.model import agenda
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import N_, _

# The same key as on the page of findings.
SLIP_KEYS = keys_of("finding")["slip"]
# What is saved one after another is counted once, and what presses never waits for it.
_COUNT_AFTER_MS = 400
# Lines of text: a page that is lower has room for what presses alone.
_LOWEST = 24
_TONES = {agenda.OVERDUE: "bad", agenda.WARNING: "warn"}


class TodayPage(Page):
    """Lists what must be seen to, most pressing first.

    Signals:
        open_requested: kind and id of a record to go to.
        list_requested: kind, and the conditions under which its list holds the rest of a section.
        looked: the ``Board``, each time it was read.
        course_wanted: the key of an indicator whose course is wanted.
    """

    open_requested = Signal(str, str)
    list_requested = Signal(str, object)
    looked = Signal(object)
    course_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Start empty; the first refresh fills it."""
        super().__init__(_("今日"), session, fills=True)
        self._reading: Job | None = None
        self._counting: Job | None = None
        self._count_soon = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        self._count_soon.timeout.connect(self._count_year)
        self._shown = SHOWN
        self._day, self._unit = date.today(), ""
        self.list = LinesView()
        self.date = text_label("", "muted")
        self.head.addWidget(self.date)
        self.scope = CalmComboBox()
        self.scope.setAccessibleName(_("看哪些单位的事项"))
        self.scope.setToolTip(_("看哪些单位的事项"))
        self.scope.addItem(_("全部单位"), False)
        self.scope.addItem(_("本单位"), True)
        self.scope.setCurrentIndex(self.scope.findData(session.preferences.own_today))
        self.scope.activated.connect(lambda _index: self._choose_scope())
        self.scope.hide()
        self.head.addWidget(self.scope)
        self.slip_button = button(_("督办单…"), self.issue_slips, icon_name="send")
        self.slip_button.setToolTip(
            QKeySequence(SLIP_KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        )
        self.head.addWidget(self.slip_button)
        self.tiles = {key: CountTile(_(TITLES[key][0])) for key in agenda.SECTIONS}
        across = QHBoxLayout()
        across.setSpacing(SPACE_2)
        for key, tile in self.tiles.items():
            tile.clicked.connect(lambda _checked=False, key=key: self.list.go_to_section(key))
            across.addWidget(tile)
        self.column.addLayout(across)
        self.nothing = text_label(_("没有逾期、将到期或等待办理的事项。"), "muted", wrap=True)
        self.empty = EmptyState(
            "calendar-check",
            _("没有待办。这里列出逾期、到期和等待办理的事项。"),
            hint=_("登记了检查、问题、承诺或制度以后，到期前会在这里提醒。"),
        )
        self.year = YearStrip()
        self.year.wanted.connect(self.course_wanted)
        self.counts = text_label("", "caption", wrap=True)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.empty, 1)
        self.column.addWidget(self.year)
        self.column.addWidget(self.counts)
        for hidden in (self.nothing, self.empty):
            hidden.hide()
        self.list.opened.connect(self._open)
        self.list.menu_wanted.connect(self._offer)
        self.list.selectionModel().selectionChanged.connect(lambda *_of: self._selected())
        self.installEventFilter(KeypadGuard(self))
        QShortcut(QKeySequence(SLIP_KEYS), self).activated.connect(self.issue_slips)
        session.operations.changed.connect(self._changed)
        self._selected()

    def refresh(self) -> None:
        """Look again."""
        day, shown, own = date.today(), self._shown, self.session.preferences.own_today
        if self._reading is not None:
            # What it would show is older than what is asked for now.
            self._reading.cancel()
        self._reading = self.session.jobs.read(
            lambda ledger: look(ledger, day, shown, own=own), self._show, owner=self
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the year where the page is high enough for the list beside it."""
        super().resizeEvent(event)
        self.year.give_room(self.height() >= _LOWEST * self.fontMetrics().height())

    def take_keyboard(self) -> None:
        """Go to what must be seen to."""
        self.list.setFocus()

    def _choose_scope(self) -> None:
        self.session.preferences.own_today = bool(self.scope.currentData())
        self._shown = SHOWN
        self.refresh()

    def _changed(self, _changes: Changes) -> None:
        self.refresh()

    def _show(self, board: Board) -> None:
        self._reading = None
        self._day, self._unit = board.day, board.unit
        self.scope.setVisible(board.has_others)
        self.date.setText(_day_in_words(board.day))
        for key, tile in self.tiles.items():
            count = board.total(key)
            tile.show_count(count, _TONES.get(key, ""))
            tile.setVisible(bool(count) or key in ALWAYS)
        self.list.show_board(board)
        self.nothing.setVisible(not board.sections and bool(board.recent))
        self.list.setVisible(bool(board.sections or board.recent))
        self.empty.setVisible(not board.sections and not board.recent)
        counts = (f"{_(kind_of(kind).title)} {number:,}" for kind, number in board.counts)
        there = _("本单位现有：{counts}") if board.unit else _("台账现有：{counts}")
        self.counts.setText(there.format(counts=" · ".join(counts)))
        self._selected()
        self.looked.emit(board)
        self._count_soon.start()

    def _count_year(self) -> None:
        """Look at the year too, but for nobody unseen."""
        if self._counting is not None:
            self._counting.cancel()
        self._counting = None
        if self.isVisible():
            day, unit = self._day, self._unit
            self._counting = self.session.jobs.read(
                lambda ledger: look_at_year(ledger, day, unit),
                self.year.show_courses,
                owner=self,
            )

    def _selected(self) -> None:
        self.slip_button.setEnabled(bool(self.findings()) and not self.session.read_only)

    def findings(self) -> list[str]:
        """Return the ids of the selected findings that a slip can be issued about."""
        return [
            line.matter.id
            for line in self.list.selected()
            if line.matter is not None
            and line.matter.kind == "finding"
            and line.section in agenda.SECTIONS
        ]

    def issue_slips(self) -> None:
        """Issue slips about the selected findings."""
        wanted = self.findings()
        if not wanted or self.session.read_only:
            return
        from sanyou_desktop.desktop.supervision.issuing import issue_about

        issue_about(self, self.session, wanted)

    def _open(self, line: Line) -> None:
        if line.matter is not None:
            self.open_requested.emit(line.matter.kind, line.matter.id)
        elif line.is_more_here:
            self._shown = SHOWN_IF_WANTED
            self.refresh()
        elif line.is_more:
            self.list_requested.emit(*rest_of(line.section, date.today(), self._unit))

    def _offer(self, at: QPoint) -> None:
        line = self.list.line()
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("external-link", "text"), _("打开"), lambda: self._open(line))
        if self.findings() and not self.session.read_only:
            menu.addAction(icon("send", "text"), _("督办单…"), self.issue_slips)
        menu.popup(at)


def _day_in_words(day: date) -> str:
    names = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))
    return _("{year} 年 {month} 月 {day} 日 星期{name}").format(
        year=day.year, month=day.month, day=day.day, name=_(names[day.weekday()])
    )
