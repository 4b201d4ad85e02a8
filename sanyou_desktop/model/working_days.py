"""Working days by the yearly notice on holidays: days off, and weekend days worked for them (调休).

A year without a table counts Monday to Friday as working days; ``is_known`` tells so, that whoever
shows a date worked out over such a year can say it is provisional.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class HolidayTable:
    """What a year's notice changes about its weeks.

    Attributes:
        year: the year of the notice. Its days may begin in the December before, because the
            New Year's holiday may.
        off: days off, weekends among them or not.
        work: weekend days that are worked.
        source: the notice, for whoever wants to check.
    """

    year: int
    off: frozenset[date]
    work: frozenset[date] = frozenset()
    source: str = ""

    def marks(self, day: date) -> bool | None:
        """Return whether ``day`` is worked, None if the table says nothing of it."""
        if day in self.work:
            return True
        return False if day in self.off else None


@dataclass(frozen=True)
class WorkingDays:
    """Counts working days.

    >>> WorkingDays.of([]).after(date(2026, 3, 6), 1)
    datetime.date(2026, 3, 9)
    """

    tables: Mapping[int, HolidayTable] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Iterable[HolidayTable]) -> Self:
        """Return the calendar of some tables; of two for one year the later one holds."""
        return cls({table.year: table for table in tables})

    def is_known(self, year: int) -> bool:
        """Tell whether the year's notice is there, or weekends are all that is known."""
        return year in self.tables

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years between two days of which weekends are all that is known."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.is_known(year))

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on ``day``."""
        # The notice of a year also speaks of the last days before it.
        for year in (day.year, day.year + 1):
            table = self.tables.get(year)
            marked = table.marks(day) if table else None
            if marked is not None:
                return marked
        return day.weekday() < _SATURDAY

    def next_working_day(self, day: date) -> date:
        """Return ``day`` if it is worked, else the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``; ``day`` itself is not counted.

        Without a count it is ``next_working_day(day)``.

        Raises:
            ValueError: a negative count.
            OverflowError: beyond the last year that dates have.
        """
        if count < 0:
            raise ValueError("count working days forward")
        if not count:
            return self.next_working_day(day)
        while count:
            day += _DAY
            count -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after ``first``, up to and with ``last``."""
        days = range(1, (last - first).days + 1)
        return sum(self.is_working(first + number * _DAY) for number in days)
