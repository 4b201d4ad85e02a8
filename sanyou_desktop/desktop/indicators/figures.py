"""The plots: one indicator by month and by quarter, this year beside the last, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sanyou_desktop.desktop.editors.choice import CalmComboBox
from sanyou_desktop.desktop.indicators.data_tables import DataTables
from sanyou_desktop.desktop.indicators.look import PLOTTED, Board, Course
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.current import colours, current
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3
from sanyou_desktop.model.indicators.register import INDICATORS, Indicator, Value
from sanyou_desktop.model.indicators.report import as_number, reading
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.indicators.words import UNDEFINED, change_words, value_words
from sanyou_desktop.model.periods import GRAIN_TITLES, Period
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.desktop.widgets.series_plot import Series, SeriesPlot

_PLOTTING = "sanyou_desktop.desktop.widgets.series_plot"
_FIRST = "findings_raised"
# The months are four times as many.
_WIDTHS = {"month": 3, "quarter": 2}


class Figures(QWidget):
    """Emits ``drawn`` once plots that were asked for stand on the screen."""

    drawn = Signal()

    def __init__(self, session: Session) -> None:
        """Start without a plot; the library is read when the page is first seen."""
        super().__init__()
        self._session = session
        self._board: Board | None = None
        self._is_asked = False
        self._are_tables_old = False
        self.plots: dict[str, SeriesPlot] = {}
        self.choice = CalmComboBox()
        self.choice.setAccessibleName(_("图中的指标"))
        for indicator in INDICATORS:
            self.choice.addItem(_(indicator.title), indicator.key)
        self.choice.setCurrentIndex(self.choice.findData(_FIRST))
        self.choice.activated.connect(lambda _index: self._draw())
        self.legend = text_label("", "caption")
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.as_table = button(_("数据表"), self._turn, role="chip")
        self.as_table.setCheckable(True)
        self.copy_button = button(_("复制表格"), self.copy, icon_name="copy")
        self.said = text_label(_("用左右方向键逐点查看"), "muted", wrap=True)
        self._data = DataTables(PLOTTED)
        self.tables = self._data.tables
        self._plot_row = QHBoxLayout()
        self._stack = QStackedWidget()
        self._lay_out()
        current.changed.connect(self._name_years)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        for part in (self.choice, self.legend, spacer(), self.as_table, self.copy_button):
            head.addWidget(part)
        self._plot_row.setContentsMargins(0, 0, 0, 0)
        self._plot_row.setSpacing(SPACE_3)
        held = QWidget()
        held.setLayout(self._plot_row)
        self._stack.addWidget(held)
        self._stack.addWidget(self._data)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_2, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.said)

    def show_board(self, board: Board) -> None:
        """Plot other numbers."""
        self._board = board
        self._draw()

    def choose(self, key: str) -> None:
        """Plot another indicator."""
        self.choice.setCurrentIndex(self.choice.findData(key))
        self._draw()

    def begin(self) -> None:
        """Read the library, off the GUI thread, the first time that the plots are seen."""
        if self._is_asked:
            return
        self._is_asked = True
        self._session.jobs.run(lambda _progress: import_module(_PLOTTING), self._begin, owner=self)

    def copy(self) -> None:
        """Copy the table that has the keys, else that of the months."""
        self._fill_tables()
        self._data.copy()

    def _begin(self, _library: Any) -> None:  # noqa: ANN401 - the module, of no use here
        self._add_plot()

    def _add_plot(self) -> None:
        from sanyou_desktop.desktop.widgets.series_plot import SeriesPlot

        grain = PLOTTED[len(self.plots)]
        plot = SeriesPlot()
        plot.pointed.connect(partial(self._say, grain))
        self._plot_row.addWidget(plot, _WIDTHS[grain])
        # To make one and to draw it takes a frame each, so the event loop turns between them.
        QTimer.singleShot(0, self, partial(self._draw_new, grain, plot))

    def _draw_new(self, grain: str, plot: SeriesPlot) -> None:
        if self._board is not None:
            plot.show_series(self._series(grain, self._board.courses[grain]))
        self.plots[grain] = plot
        if len(self.plots) < len(PLOTTED):
            QTimer.singleShot(0, self, self._add_plot)
        else:
            self.drawn.emit()

    def _turn(self) -> None:
        self._fill_tables()
        self._stack.setCurrentIndex(int(self.as_table.isChecked()))
        self.said.setVisible(not self.as_table.isChecked())

    @property
    def _indicator(self) -> Indicator:
        key = self.choice.currentData()
        return next(indicator for indicator in INDICATORS if indicator.key == key)

    def _draw(self) -> None:
        if self._board is None:
            return
        self._name_years()
        self._are_tables_old = True
        if self.as_table.isChecked():
            self._fill_tables()
        for grain, course in self._board.courses.items():
            if grain in self.plots:
                self.plots[grain].show_series(self._series(grain, course))
        self.said.setText(_("用左右方向键逐点查看"))

    def _name_years(self) -> None:
        if self._board is None:
            return
        now = colours()
        year, last = self._years(self._board.courses["month"])
        solid = f'<span style="color:{now.plot}">■ ●</span> {year}'
        dashed = f'<span style="color:{now.plot_other}">- ◆ -</span> {last}'
        self.legend.setText(f"{solid}&nbsp;&nbsp;&nbsp;{dashed}")

    def _series(self, grain: str, course: Course) -> Series:
        from sanyou_desktop.desktop.widgets.series_plot import Series

        indicator = self._indicator
        values = self._values(course.now)
        name = _("{title}，按{grain}").format(
            title=_(indicator.title), grain=_(GRAIN_TITLES[grain])
        )
        is_rate = indicator.shape in ("percent", "points")
        return Series(
            name,
            [_label(period, grain) for period in course.periods],
            [_plotted(value) for value in values],
            [_plotted(value) for value in self._values(course.then)],
            [_short(indicator, value) for value in values],
            top=100 if is_rate else 1,
            bars=not is_rate,
            marked=lambda height: _short(indicator, Decimal(height)),
        )

    def _values(self, tallies: Sequence[Tallies | None]) -> list[Value]:
        indicator = self._indicator
        return [None if found is None else indicator.value(found) for found in tallies]

    def _fill_tables(self) -> None:
        """Fill the tables with what is plotted, once they are wanted."""
        if self._board is None or not self._are_tables_old:
            return
        self._are_tables_old = False
        for grain, course in self._board.courses.items():
            year, last = self._years(course)
            rows = []
            for at, period in enumerate(course.periods):
                now, then = course.now[at], course.then[at]
                rows.append([_label(period, grain), *self._compared(now, then)])
            header = [_(GRAIN_TITLES[grain]), year, last, _("同比")]
            self._data.show_rows(grain, header, rows)

    def _compared(self, now: Tallies | None, then: Tallies | None) -> list[str]:
        """Return this year's value, last year's, and the change between them."""
        indicator = self._indicator
        values = [None if found is None else indicator.value(found) for found in (now, then)]
        if now is None:
            change = UNDEFINED
        else:
            change = change_words(indicator, reading(indicator, now, None, then).year_before)
        return [*(value_words(indicator, value) for value in values), change]

    def _years(self, course: Course) -> tuple[str, str]:
        first = course.periods[0].first
        assert first is not None
        return _("{year}年").format(year=first.year), _("{year}年").format(year=first.year - 1)

    def _say(self, grain: str, at: int) -> None:
        if self._board is None:
            return
        course = self._board.courses[grain]
        year, last = self._years(course)
        now, then, change = self._compared(course.now[at], course.then[at])
        words = _("{point}：{year} {now}，{last} {then}，同比 {change}").format(
            point=_label(course.periods[at], grain),
            year=year,
            now=now,
            last=last,
            then=then,
            change=change,
        )
        self.said.setText(words)
        self.plots[grain].say(words)


def _label(period: Period, grain: str) -> str:
    assert period.first is not None
    month = period.first.month
    if grain == "month":
        return _("{month}月").format(month=month)
    return _("{quarter}季度").format(quarter=(month + 2) // 3)


def _plotted(value: Value) -> float | None:
    number = as_number(value)
    return None if number is None else float(number)


def _short(indicator: Indicator, value: Value) -> str:
    """Return a value for the label above its point, which has room for a few characters."""
    number = as_number(value)
    if number is None:
        return ""
    if indicator.shape == "money" and number >= 10_000:
        return _("{amount}万").format(amount=f"{number / 10_000:,.4g}")
    return value_words(indicator, value if indicator.shape != "money" else number)
