"""The report's statistics (统计): indicators with formulas, by month, theme and unit, and charts.

Numbers stand as numbers where nothing hides behind them; what is undefined is —, never 0. Records
that do not leave are not counted either: the numbers are those of the tables beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.report_charts import Plotted, add_charts
from sanyou_desktop.exchange.report_looks import Looks, write_value
from sanyou_desktop.exchange.row_height import height_of_lines, lines_of
from sanyou_desktop.exchange.sheet import CellStyle, CellValue, Column
from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.ledger.repeat_window import repeat_days_of
from sanyou_desktop.model.indicators.register import INDICATORS, Indicator, Value
from sanyou_desktop.model.indicators.report import Reading, as_number, readings
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.indicators.words import UNDEFINED, change_words, value_words
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.quantity import Total
from sanyou_desktop.model.record import THEMES
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_NAME_WIDTH = 22.0
_FIGURE_WIDTH = 7.6
_FIGURES = 16
# Cells that are merged lose no room between them.
_FORMULA = Column("", "", 8 * _FIGURE_WIDTH + 6, CellStyle.WRAPPED)
_SUM = Column("", "", 2 * _FIGURE_WIDTH, CellStyle.WRAPPED)
_NAME = Column("", "", _NAME_WIDTH, CellStyle.WRAPPED)
# By theme and by unit: two columns each.
_COMPARED = (
    "pledges_published", "inspections_held", "pass_rate", "findings_raised", "rectification_rate",
    "on_time_rate", "replied_rate", "satisfaction_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Statistics:
    """What the sheet shows; ``parts`` are months, then quarters, of one year.

    Where there are more findings than ``MOST_COMPARED``, ``uncompared`` of them, repeats are not
    counted: they would take more memory than all the rest of a report. The sheet says so.
    """

    readings: tuple[Reading, ...]
    year: int
    parts: list[tuple[str, Tallies | None]]
    themes: list[tuple[str, Tallies]]
    units: list[tuple[str, Tallies]]
    uncompared: int = 0


# Beyond so many findings they are not compared with one another.
MOST_COMPARED = 100_000
_REPEATS = "repeat_findings"


def statistics_of(
    ledger: Ledger, first: str, last: str, *, many_units: bool, public: bool
) -> Statistics:
    """Count what the sheet shows; with ``public`` only records without a mark of secrecy."""
    today = date.today()
    period = Period.between(first, last)
    findings = ledger.count("finding", Query())
    uncompared = findings if findings > MOST_COMPARED else 0
    scope = Scope(public=public, repeats=not uncompared, repeat_days=repeat_days_of(ledger))
    asked = [one for one in (period, period.before(), period.year_before()) if one]
    in_year = period if period.last or period.first else Period.of("year", today)
    parts = [*in_year.parts("month"), *in_year.parts("quarter")]
    # All in one look at the ledger, which is what takes time.
    counted = list(ledger.tallies([*asked, *parts], today, scope)[""])
    now = counted.pop(0)
    before = counted.pop(0) if period.before() else None
    year_before = counted.pop(0) if period.year_before() else None
    themes = ledger.tallies([period], today, replace(scope, by="theme"))
    units = ledger.tallies([period], today, replace(scope, by="unit")) if many_units else {}
    names = ledger.unit_names(units)
    titles = {theme.value: _(theme.title) for theme in THEMES} | {"": _("未标活动内容")}
    return Statistics(
        readings(now, _known(before), _known(year_before)),
        parts[0].first.year if parts[0].first else today.year,
        _named(parts, counted, today),
        [(title, themes[key][0]) for key, title in titles.items() if key in themes],
        # By their codes, as lists of units are kept.
        [(names.get(code, code), found[0]) for code, found in sorted(units.items())],
        uncompared,
    )


def uncompared_words(findings: int) -> str:
    """Return why repeats are not counted, and where they are."""
    words = _("问题共 {count} 条，超过 {most} 条，重复问题没有统计；请在程序的「指标」页查看。")
    return words.format(count=f"{findings:,}", most=f"{MOST_COMPARED:,}")


def _known(tallies: Tallies | None) -> Tallies | None:
    """Return tallies unless they are all 0: of a time before the ledger nothing is known."""
    return None if tallies is None or tallies.is_empty else tallies


def _named(
    parts: Sequence[Period], counted: Sequence[Tallies], today: date
) -> list[tuple[str, Tallies | None]]:
    """Return the months and quarters by name; None for those that have not begun."""
    names = [_("{month}月").format(month=month) for month in range(1, 13)]
    names += [_("{number}季度").format(number=number) for number in range(1, 5)]
    begun = (bool(part.first and part.first <= today) for part in parts)
    return [
        (name, tallies if is_begun else None)
        for name, tallies, is_begun in zip(names, counted, begun, strict=True)
    ]


def write_statistics(book: Workbook, looks: Looks, statistics: Statistics, filled_by: str) -> None:
    """Add the sheet."""
    page = book.add_worksheet(_("统计"))
    _Sheet(book, page, looks).write(statistics, filled_by)


class _Sheet:
    """The sheet being written, from above to below; ``_row`` is the next free row, from 0."""

    def __init__(self, book: Workbook, page: Worksheet, looks: Looks) -> None:
        self._book = book
        self._page = page
        self._looks = looks
        self._row = 0
        # The rows that begin pages: a page that ends between a heading and its table looks torn.
        self._breaks: list[int] = []

    def write(self, statistics: Statistics, filled_by: str) -> None:
        self._set_up(filled_by)
        self._indicators(statistics)
        plotted = None
        if any(tallies and not tallies.is_empty for _name, tallies in statistics.parts):
            self._breaks.append(self._row + 1)
            plotted = self._by_part(statistics)
        self._groups(_("按活动内容"), _("活动内容"), statistics.themes)
        if statistics.units:
            self._breaks.append(self._row + 1)
            self._groups(_("按单位"), _("单位"), statistics.units)
        if plotted is not None:
            below = add_charts(self._book, self._page, plotted, self._row + 1)
            if below > self._row + 1:
                self._breaks.append(self._row + 1)
                self._row = below
        self._page.set_h_pagebreaks(self._breaks)
        self._page.print_area(0, 0, self._row, _FIGURES)

    def _set_up(self, filled_by: str) -> None:
        page = self._page
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.center_horizontally()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, 1)
        page.set_footer(_("&C第 &P 页 共 &N 页"))
        page.hide_gridlines(2)
        page.set_column(0, 0, _NAME_WIDTH)
        page.set_column(1, _FIGURES, _FIGURE_WIDTH)
        page.set_row(0, 30)
        page.merge_range(0, 0, 0, _FIGURES, _("三优一满意活动统计表"), self._looks["title"])
        page.set_row(1, 22)
        page.merge_range(1, 0, 1, _FIGURES, filled_by, self._looks["line"])
        self._row = 2

    def _indicators(self, statistics: Statistics) -> None:
        """Write every indicator of the period with its changes and its formula."""
        heads = (_("指标"), _("本期"), _("比上期"), _("比上年同期"), _("怎样计算"))
        spans = ((0, 0), (1, 2), (3, 5), (6, 8), (9, _FIGURES))
        self._head(tuple(zip(heads, spans, strict=True)))
        for reading in statistics.readings:
            if statistics.uncompared and reading.indicator.key == _REPEATS:
                self._uncounted(reading.indicator, statistics.uncompared)
                continue
            told = _told(reading)
            title = _(reading.indicator.title)
            shown = value_words(reading.indicator, reading.value)
            lines = max(lines_of(told, _FORMULA), lines_of(title, _NAME), lines_of(shown, _SUM))
            self._page.set_row(self._row, height_of_lines(lines))
            changes = (reading.before, reading.year_before)
            words = [change_words(reading.indicator, change) for change in changes]
            self._span((0, 0), title, "wrapped")
            self._value((1, 2), reading.indicator, reading.value)
            self._span((3, 5), words[0], "text")
            self._span((6, 8), words[1], "text")
            self._span((9, _FIGURES), told, "wrapped")
            self._row += 1

    def _uncounted(self, indicator: Indicator, findings: int) -> None:
        """Write why a number is not there, where it would stand."""
        told = uncompared_words(findings)
        self._page.set_row(self._row, height_of_lines(lines_of(told, _FORMULA)))
        self._span((0, 0), _(indicator.title), "wrapped")
        self._span((1, 2), _("未统计"), "text")
        for span in ((3, 5), (6, 8)):
            self._span(span, UNDEFINED, "text")
        self._span((9, _FIGURES), told, "wrapped")
        self._row += 1

    def _by_part(self, statistics: Statistics) -> Plotted:
        """Write every indicator by month and quarter; return where the numbers stand."""
        self._section(
            _("{year}年按月、按季（空格：还没到，或没有可以计算的数据）").format(
                year=statistics.year
            )
        )
        names = [name for name, _tallies in statistics.parts]
        head = self._row
        self._head(((_("指标"), (0, 0)), *((name, (at, at)) for at, name in enumerate(names, 1))))
        rows = {}
        for indicator in INDICATORS:
            # A total with its words has no room here; it stands above.
            if indicator.shape == "money":
                continue
            self._page.set_row(self._row, height_of_lines(lines_of(_(indicator.title), _NAME)))
            if statistics.uncompared and indicator.key == _REPEATS:
                self._span((0, 0), _(indicator.title), "wrapped")
                self._span((1, _FIGURES), _("未统计，原因见上表"), "text")
                self._row += 1
                continue
            rows[indicator.key] = self._row
            self._span((0, 0), _(indicator.title), "wrapped")
            for at, (_name, tallies) in enumerate(statistics.parts, 1):
                if tallies is None:
                    self._span((at, at), "", "text")
                else:
                    self._value((at, at), indicator, indicator.value(tallies), "")
            self._row += 1
        months = [tallies for _name, tallies in statistics.parts[:12] if tallies is not None]
        titles = {indicator.key: _(indicator.title) for indicator in INDICATORS}
        largest = {
            indicator.key: ceil(max(numbers))
            for indicator in INDICATORS
            if (numbers := _numbers(indicator, months))
        }
        name = self._page.get_name()
        return Plotted(name, statistics.year, head, rows, titles, len(months), largest)

    def _groups(self, title: str, name: str, groups: list[tuple[str, Tallies]]) -> None:
        """Write some indicators of each theme or unit."""
        self._section(title)
        shown = [one for key in _COMPARED for one in INDICATORS if one.key == key]
        spans = [(2 * at + 1, 2 * at + 2) for at in range(len(shown))]
        heads = zip((_(one.title) for one in shown), spans, strict=True)
        self._head(((name, (0, 0)), *heads))
        for group, tallies in groups:
            self._page.set_row(self._row, height_of_lines(lines_of(group, _NAME)))
            self._span((0, 0), group, "wrapped")
            for indicator, span in zip(shown, spans, strict=True):
                self._value(span, indicator, indicator.value(tallies))
            self._row += 1

    def _section(self, title: str) -> None:
        self._row += 1
        self._page.set_row(self._row, 24)
        self._page.write_string(self._row, 0, title, self._looks["section"])
        self._row += 1

    def _head(self, heads: Sequence[tuple[str, tuple[int, int]]]) -> None:
        self._page.set_row(self._row, 28)
        for text, span in heads:
            self._span(span, text, "header")
        self._row += 1

    def _value(
        self, span: tuple[int, int], indicator: Indicator, value: Value, undefined: str = UNDEFINED
    ) -> None:
        """Write a number as a number, and as words where something hides behind it."""
        look = {"percent": "percent", "points": "points"}.get(indicator.shape, "figure")
        cell: CellValue = as_number(value)
        if cell is None:
            cell, look = undefined, "text"
        elif isinstance(value, Total) and (value.inexact or value.without_value):
            cell, look = str(value), "told"
        self._span(span, cell, look)

    def _span(self, span: tuple[int, int], cell: CellValue, look: str) -> None:
        first, last = span
        if first != last:
            self._page.merge_range(self._row, first, self._row, last, "", self._looks[look])
        write_value(self._page, self._row, first, cell, self._looks[look])


def _numbers(indicator: Indicator, many: Sequence[Tallies]) -> list[Decimal]:
    found = (as_number(indicator.value(one)) for one in many)
    return [number for number in found if number is not None]


def _told(reading: Reading) -> str:
    """Return the formula, what the number hides, and how many records it leaves out."""
    told = [_(reading.indicator.formula)]
    if reading.note:
        told.append(reading.note)
    if reading.unclear:
        told.append(_("另有 {count} 条日期不明，未计入").format(count=reading.unclear))
    return "。".join(told)
