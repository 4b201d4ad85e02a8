"""What the page asks the ledger, and what it is told; carried out in the background."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.ledger.repeat_window import repeat_days_of
from sanyou_desktop.model.indicators.report import Reading, readings
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.periods import Period

# More units than this nobody chooses from a list.
_MOST_UNITS = 500
PLOTTED = ("month", "quarter")


@dataclass(frozen=True)
class Question:
    """What the user chose, and the day it is asked on; ``repeat_days`` 0 is what the ledger has."""

    period: Period
    today: date
    unit: str = ""
    theme: str = ""
    repeat_days: int = 0

    @property
    def scope(self) -> Scope:
        """The same as the ledger wants it."""
        return Scope(self.unit, self.theme, "", self.repeat_days)

    @property
    def day(self) -> date:
        """The reference day (统计时点)."""
        return min(self.period.last or self.today, self.today)

    def settled(self, ledger: Ledger) -> Question:
        """Return the question with the days that the ledger has, where none were chosen."""
        return self if self.repeat_days else replace(self, repeat_days=repeat_days_of(ledger))


@dataclass(frozen=True)
class Course:
    """The months or quarters of a year beside those of the year before; None is not yet."""

    periods: tuple[Period, ...]
    now: tuple[Tallies | None, ...]
    then: tuple[Tallies | None, ...]


@dataclass(frozen=True)
class Board:
    """Everything that the table and the plots show.

    Attributes:
        question: what it answers.
        readings: one an indicator.
        courses: by grain, of the year in which the period ends.
        units: code and name of each unit, if there are several.
        is_blank: the ledger holds nothing that could be counted.
    """

    question: Question
    readings: tuple[Reading, ...]
    courses: dict[str, Course]
    units: tuple[tuple[str, str], ...]
    is_blank: bool


@dataclass(frozen=True)
class Standing:
    """The units side by side.

    Attributes:
        units: by code the tallies of the period and, if it is known, of the year before.
        whole: the same of all units together; totals are counted, not added up.
        names: of the units.
    """

    units: dict[str, tuple[Tallies, ...]]
    whole: tuple[Tallies, ...]
    names: dict[str, str]


def look_at_units(ledger: Ledger, question: Question) -> Standing:
    """Count for each unit, also for those that have no record at all."""
    question = question.settled(ledger)
    asked = [one for one in (question.period, question.period.year_before()) if one is not None]
    with ledger.as_of_now():
        scope = replace(question.scope, unit="")
        whole = ledger.tallies(asked, question.today, scope)[""]
        found = ledger.tallies(asked, question.today, replace(scope, by="unit"))
        known = {unit.code: unit.name for unit in ledger.units() if unit.status == "active"}
    nothing = tuple(Tallies() for _period in asked)
    units = {code: found.get(code, nothing) for code in (*known, *found) if code}
    return Standing(units, whole, known)


def look(ledger: Ledger, question: Question) -> Board:
    """Count everything the page shows in one pass."""
    question = question.settled(ledger)
    period = question.period
    year = Period.of("year", period.last or question.today)
    parts = {grain: year.parts(grain) for grain in PLOTTED}
    wanted = [period, period.before(), period.year_before()]
    for grain in PLOTTED:
        wanted += parts[grain]
        wanted += [part.year_before() for part in parts[grain]]
    asked = list(dict.fromkeys(one for one in wanted if one is not None))
    found = dict(zip(asked, ledger.tallies(asked, question.today, question.scope)[""], strict=True))

    def of(one: Period | None) -> Tallies | None:
        begun = one is not None and (one.first is None or one.first <= question.today)
        return found[one] if one is not None and begun else None

    courses = {
        grain: Course(
            parts[grain],
            tuple(of(part) for part in parts[grain]),
            tuple(of(part.year_before()) for part in parts[grain]),
        )
        for grain in PLOTTED
    }
    before, year_before = period.before(), period.year_before()
    read = readings(
        found[period],
        found[before] if before else None,
        found[year_before] if year_before else None,
    )
    units = ledger.units()[:_MOST_UNITS]
    names = tuple((unit.code, unit.name) for unit in units) if len(units) > 1 else ()
    is_blank = not any(ledger.count(kind, Query()) for kind in REPORTED)
    return Board(question, read, courses, names, is_blank)
