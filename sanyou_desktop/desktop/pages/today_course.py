"""How the year goes: the shares that are asked for most, each with a small plot of its months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.parts import text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_1, SPACE_2
from sanyou_desktop.desktop.widgets.spark_tile import SparkTile
from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.indicators.register import INDICATORS, Indicator, Value
from sanyou_desktop.model.indicators.report import as_number
from sanyou_desktop.model.indicators.words import value_words
from sanyou_desktop.model.periods import Period
from sanyou_desktop.wording import _

# 件件有落实, 事事有回音, and what those who are served say.
_SHOWN = (
    "rectification_rate",
    "on_time_rate",
    "replied_rate",
    "fulfilment_rate",
    "satisfaction_rate",
)
_MONTHS = 12


@dataclass(frozen=True)
class Course:
    """One indicator: of the year up to today, and of each month up to this one."""

    indicator: Indicator
    value: Value
    months: tuple[tuple[Period, Value], ...]


def look_at_year(ledger: Ledger, day: date, unit: str = "") -> tuple[Course, ...]:
    """Return how the indicators shown went, of everybody or of ``unit`` alone."""
    months = _months(day)
    # Comparing findings for repeats takes longer than all the rest, and none of these asks for it.
    scope = Scope(unit, repeats=False)
    year, *found = ledger.tallies([Period.of("year", day), *months], day, scope)[""]
    return tuple(
        Course(
            one,
            one.value(year),
            tuple((month, one.value(tally)) for month, tally in zip(months, found, strict=True)),
        )
        for one in INDICATORS
        if one.key in _SHOWN
    )


def _months(day: date) -> list[Period]:
    """Return the months up to that of ``day``, the latest last."""
    last = day.year * 12 + day.month - 1
    return [
        Period.of("month", date(at // 12, at % 12 + 1, 1))
        for at in range(last - _MONTHS + 1, last + 1)
    ]


class YearStrip(QWidget):
    """Tiles side by side; those of which nothing can be said yet are left out.

    ``wanted`` carries the key of the indicator whose course one wants to see whole.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        """Start hidden: nothing is known."""
        super().__init__()
        self.tiles = {one.key: SparkTile(_(one.title)) for one in INDICATORS if one.key in _SHOWN}
        across = QHBoxLayout()
        across.setSpacing(SPACE_2)
        for key, tile in self.tiles.items():
            tile.clicked.connect(lambda _checked=False, key=key: self.wanted.emit(key))
            tile.hide()
            across.addWidget(tile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(text_label(_("本年指标，图为近 12 个月（0 至 100%）"), "caption"))
        column.addLayout(across)
        self._has_room = True
        self._is_known = False
        self.hide()

    def give_room(self, has_room: bool) -> None:
        """Stand back where what presses would have no room."""
        self._has_room = has_room
        self.setVisible(self._is_known and has_room)

    def show_courses(self, courses: tuple[Course, ...]) -> None:
        """Show these."""
        for one in courses:
            tile = self.tiles[one.indicator.key]
            tile.show_course(
                value_words(one.indicator, one.value),
                [_height(value) for _month, value in one.months],
                _told(one),
            )
            tile.setVisible(_is_known(one))
        self._is_known = any(map(_is_known, courses))
        self.setVisible(self._is_known and self._has_room)


def _is_known(course: Course) -> bool:
    return course.value is not None or any(value is not None for _month, value in course.months)


def _height(value: Value) -> float | None:
    number = as_number(value)
    return None if number is None else float(number)


def _told(course: Course) -> str:
    months = (
        f"{month.in_words()} {value_words(course.indicator, value)}"
        for month, value in course.months
        if value is not None
    )
    parts = [_(course.indicator.formula), _("，").join(months)]
    return "\n".join(filter(None, parts))
