"""指标: what the period's numbers are, how they moved, and what is not covered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from sanyou_desktop.desktop.indicators.look import (
    Board,
    Question,
    Standing,
    look,
    look_at_units,
)
from sanyou_desktop.desktop.indicators.question_bar import QuestionBar
from sanyou_desktop.desktop.indicators.records_behind import list_behind, list_of_theme
from sanyou_desktop.desktop.indicators.table import IndicatorTable
from sanyou_desktop.desktop.jobs import Job
from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.desktop.pages.page import Page
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3
from sanyou_desktop.desktop.widgets.empty_state import EmptyState
from sanyou_desktop.desktop.widgets.flow_layout import FlowLayout
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.indicators.coverage_panel import CoveragePanel
    from sanyou_desktop.desktop.indicators.figures import Figures
    from sanyou_desktop.desktop.indicators.ranking_panel import RankingPanel
    from sanyou_desktop.ledger.coverage import Coverage
    from sanyou_desktop.ledger.ledger import Ledger

_TABLE, _FIGURES, _COVERAGE, _RANKING = range(4)


class IndicatorsPage(Page):
    """Asks again whenever it comes into view, the question changes or a record was changed.

    Signals:
        open_requested: kind and id of a record that the user wants to see.
        list_requested: a kind and the conditions under which its list is wanted.
    """

    open_requested = Signal(str, str)
    list_requested = Signal(str, object)

    def __init__(self, session: Session) -> None:
        """Start empty; the first refresh fills it."""
        super().__init__(_("指标"), session, fills=True)
        self._asked: Job | None = None
        self._board: Board | None = None
        self._covered: Question | None = None
        self._ranked: Question | None = None
        self.copy_button = button(_("复制表格"), self._copy, icon_name="copy")
        self.head.addWidget(self.copy_button)
        self.bar = QuestionBar(date.today())
        self.views = QButtonGroup(self)
        for at, title in enumerate(_titles()):
            view = button(title, lambda: None, role="chip")
            view.setCheckable(True)
            self.views.addButton(view, at)
        self.views.button(_TABLE).setChecked(True)
        self.hint = text_label("", "muted")
        self.everything = button(_("看全部时间"), self.bar.ask_everything, role="link")
        self.table = IndicatorTable()
        self.formula = text_label("", "muted", wrap=True)
        self.empty = EmptyState(
            "chart-column",
            _("台账里还没有可以统计的记录。"),
            _("去登记第一件承诺"),
            _("登记承诺、制度、检查、问题、测评和活动后，这里自动算出各项指标。"),
        )
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._sheet = QWidget()
        below = QVBoxLayout(self._sheet)
        below.setContentsMargins(0, SPACE_2, 0, 0)
        below.setSpacing(SPACE_2)
        below.addWidget(self.table, 1)
        below.addWidget(self.formula)
        for part in (self._sheet, self.empty):
            self.stack.addWidget(part)
        # The views and what is told of them stand on one line where there is room.
        views = FlowLayout()
        for part in (*self.views.buttons(), self.hint, self.everything):
            views.addWidget(part)
        # A longer formula must not move the table under the mouse that asks for it.
        self.formula.setMinimumHeight(2 * self.formula.fontMetrics().lineSpacing())
        self.formula.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.setSpacing(SPACE_3)
        self.column.addWidget(self.bar)
        self.column.addLayout(views)
        self.column.addWidget(self.stack, 1)
        self.everything.hide()

    def _connect(self) -> None:
        self.bar.changed.connect(self.refresh)
        self.views.idClicked.connect(self._turn)
        self.table.opened.connect(self._open_behind)
        self.table.explained.connect(self.formula.setText)
        self.empty.acted.connect(lambda: self.list_requested.emit("pledge", ()))
        self.session.operations.changed.connect(self._changed)

    @cached_property
    def figures(self) -> Figures:
        """The plots, built when they are first wanted: together all would take a frame."""
        from sanyou_desktop.desktop.indicators.figures import Figures

        made = Figures(self.session)
        self.stack.addWidget(made)
        if self._board is not None:
            made.show_board(self._board)
        return made

    @cached_property
    def coverage(self) -> CoveragePanel:
        """What is not covered, built when it is first wanted."""
        from sanyou_desktop.desktop.indicators.coverage_panel import CoveragePanel

        made = CoveragePanel()
        made.opened.connect(self.open_requested)
        made.cell_wanted.connect(self._open_cell)
        self.stack.addWidget(made)
        return made

    @cached_property
    def ranking(self) -> RankingPanel:
        """The units side by side, built when they are first wanted."""
        from sanyou_desktop.desktop.indicators.ranking_panel import RankingPanel

        made = RankingPanel()
        made.opened.connect(self._open_unit)
        self.stack.addWidget(made)
        return made

    def refresh(self) -> None:
        """Ask the ledger; an answer that is no longer wanted is dropped."""
        question = self.bar.question()
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self.session.jobs.read(
            lambda ledger: look(ledger, question), self._show, owner=self
        )
        self._covered = self._ranked = None
        if self.views.checkedId() == _COVERAGE:
            self._cover()
        if self.views.checkedId() == _RANKING:
            self._rank()

    def show_course(self, key: str) -> None:
        """Turn to the plots, and to those of an indicator."""
        self.figures.choose(key)
        self.views.button(_FIGURES).setChecked(True)
        if self._board is not None and not self._board.is_blank:
            self._turn(_FIGURES)

    def take_keyboard(self) -> None:
        """Go to the table."""
        self.table.setFocus()

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, board: Board) -> None:
        self._board = board
        self.bar.offer_units(board.units)
        self.bar.show_days(board.question.repeat_days)
        self.table.show_readings(board.readings)
        if "figures" in self.__dict__:
            self.figures.show_board(board)
        self._tell(board)
        for part in (self.bar, *self.views.buttons()):
            part.setVisible(not board.is_blank)
        # One unit has nobody to be compared with.
        has_units = bool(board.units)
        self.views.button(_RANKING).setVisible(has_units and not board.is_blank)
        if not has_units and self.views.checkedId() == _RANKING:
            self.views.button(_TABLE).setChecked(True)
        if board.is_blank:
            self.stack.setCurrentWidget(self.empty)
            self.copy_button.hide()
        else:
            self._turn(self.views.checkedId())

    def _tell(self, board: Board) -> None:
        """Say on which day stocks are counted, and what was left out for want of a date."""
        words = [_("统计时点 {day}").format(day=board.question.day)]
        last = board.question.period.last
        if last is not None and last > board.question.today:
            words.append(_("本期未完，环比、同比对照的是完整的上期和去年同期"))
        unclear = {
            reading.indicator.left_out: reading.unclear
            for reading in board.readings
            if reading.unclear
        }
        # Complaints, errors and accidents are among the findings raised.
        among = {"complaints_unclear", "errors_unclear", "accidents_unclear"}
        count = sum(number for name, number in unclear.items() if name not in among)
        if count:
            words.append(_("{count} 条日期不详，可能属于本期，没有计入").format(count=f"{count:,}"))
        self.hint.setText("" if board.is_blank else _("；").join(words))
        self.everything.setVisible(bool(count) and not board.is_blank)

    def _turn(self, at: int) -> None:
        if at == _FIGURES:
            self.stack.setCurrentWidget(self.figures)
            self.figures.begin()
        elif at == _COVERAGE:
            self.stack.setCurrentWidget(self.coverage)
            self._cover()
        elif at == _RANKING:
            self.stack.setCurrentWidget(self.ranking)
            self._rank()
        else:
            self.stack.setCurrentWidget(self._sheet)
        self.copy_button.setVisible(at == _TABLE)

    def _cover(self) -> None:
        question = self.bar.question()
        if self._covered == question:
            return
        self._covered = question

        def show(coverage: Coverage) -> None:
            if self._covered == question:
                self.coverage.show_coverage(coverage)

        self.session.jobs.read(
            lambda ledger: ledger.coverage(question.period, question.today, question.scope),
            show,
            owner=self,
        )

    def _rank(self) -> None:
        question = self.bar.question()
        if self._ranked == question:
            return
        self._ranked = question

        def show(standing: Standing) -> None:
            if self._ranked == question:
                self.ranking.show_standing(standing)

        self.session.jobs.read(lambda ledger: look_at_units(ledger, question), show, owner=self)

    def _open_behind(self, key: str) -> None:
        self._open_list(key, self.bar.question())

    def _open_unit(self, key: str, unit: str) -> None:
        self._open_list(key, replace(self.bar.question(), unit=unit))

    def _open_list(self, key: str, question: Question) -> None:
        self._find_list(lambda ledger: list_behind(ledger, key, question))

    def _open_cell(self, theme: str, kind: str) -> None:
        question = self.bar.question()
        self._find_list(lambda ledger: list_of_theme(ledger, kind, theme, question))

    def _find_list(self, find: Callable[[Ledger], tuple[str, tuple[Condition, ...]]]) -> None:
        """Find the records behind a number in the background, and ask for their list."""
        self.session.jobs.read(find, lambda found: self.list_requested.emit(*found), owner=self)

    def _copy(self) -> None:
        self.table.copy()


def _titles() -> tuple[str, ...]:
    return _("指标表"), _("走势图"), _("覆盖情况"), _("单位排名")
