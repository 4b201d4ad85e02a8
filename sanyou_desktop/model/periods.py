"""Periods that figures are told for: a year, half, quarter or month, or any span of days.

Each knows the period before it (环比) and the same one a year earlier (同比), and where a date of
any precision stands to it: surely inside, surely outside, or not to be told.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from sanyou_desktop.model.edtf import FIRST_YEAR, LAST_YEAR, PartialDate
from sanyou_desktop.wording import N_, _

# How many months each grain has.
GRAINS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
GRAIN_TITLES = {
    "year": N_("年度"),
    "half": N_("半年"),
    "quarter": N_("季度"),
    "month": N_("月份"),
}
_HALVES = (N_("上半年"), N_("下半年"))
_QUARTERS = (N_("第一季度"), N_("第二季度"), N_("第三季度"), N_("第四季度"))


@dataclass(frozen=True)
class Period:
    """All days from ``first`` to ``last``, both within it; None leaves that end open."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, grain: str, day: date) -> Period:
        """Return the year, half, quarter or month (a key of ``GRAINS``) that ``day`` lies in."""
        length = GRAINS[grain]
        start = (day.month - 1) // length * length + 1
        return cls(date(day.year, start, 1), _end_of_month(day.year, start + length - 1))

    @classmethod
    def between(cls, first: str = "", last: str = "") -> Period:
        """Return the period between two dates in EDTF, each whole: 2026 to 2026-03; "" is open.

        Raises:
            BadDate: one of them is no date.
        """
        start = PartialDate.parse(first).first() if first else None
        return cls(start, PartialDate.parse(last).last() if last else None)

    @property
    def grain(self) -> str:
        """The key of ``GRAINS`` whose period this is, "" for any other span."""
        if self.first is None:
            return ""
        return next((grain for grain in GRAINS if Period.of(grain, self.first) == self), "")

    @property
    def is_everything(self) -> bool:
        """Tell whether both ends are open; then no date can lie outside."""
        return self.first is None and self.last is None

    def before(self) -> Period | None:
        """Return the period of the same length just before (环比); None with an open end.

        Whole months go back by as many months, other spans by as many days. None also where the
        calendar of the ledger has no such days.
        """
        if self.first is None or self.last is None:
            return None
        if self.first.day == 1 and self.last == _end_of_month(self.last.year, self.last.month):
            return self._shifted(-self._months())
        try:
            length = self.last - self.first + timedelta(days=1)
            return _known(Period(self.first - length, self.last - length))
        except OverflowError:
            return None

    def year_before(self) -> Period | None:
        """Return the same days a year earlier (同比); a month keeps its end, 29 February is 28."""
        return None if self.first is None or self.last is None else self._shifted(-12)

    def parts(self, grain: str) -> tuple[Period, ...]:
        """Return the months or quarters of the year in which the period ends."""
        day = self.last or self.first
        if day is None:
            return ()
        starts = range(1, 13, GRAINS[grain])
        return tuple(Period.of(grain, date(day.year, month, 1)) for month in starts)

    def holds(self, written: PartialDate | None) -> bool | None:
        """Tell whether a date lies in the period; None where that cannot be told.

        2026-03 lies in the first quarter of 2026; 2026 may or may not; so may a date that is
        missing, and 05-28 of an unknown year in any period that has a 28 May.
        """
        if self.is_everything:
            return True
        first = written.first() if written else None
        last = written.last() if written else None
        if written is None or first is None or last is None:
            return None if written is None or self._has_day(written) else False
        if (self.first and last < self.first) or (self.last and first > self.last):
            return False
        inside = not (self.first and first < self.first) and not (self.last and last > self.last)
        return True if inside else None

    def in_words(self) -> str:
        """Return 2026年, 2026年第一季度, 2026年3月, or its two days."""
        if self.first is None or self.last is None:
            return self._open_in_words()
        grain, year, month = self.grain, self.first.year, self.first.month
        if grain in ("year", "month"):
            words = _("{year}年") if grain == "year" else _("{year}年{month}月")
            return words.format(year=year, month=month)
        names = {"half": _HALVES, "quarter": _QUARTERS}.get(grain)
        if names:
            name = _(names[(month - 1) // GRAINS[grain]])
            return _("{year}年{part}").format(year=year, part=name)
        return _("{first} 至 {last}").format(first=self.first, last=self.last)

    def _open_in_words(self) -> str:
        if self.first:
            return _("{date} 起").format(date=self.first)
        return _("{date} 止").format(date=self.last) if self.last else _("全部时间")

    def _has_day(self, day: PartialDate) -> bool:
        """Tell whether the period has that day in any of its years."""
        if self.first is None or self.last is None or day.month is None or day.day is None:
            return True
        if (self.last - self.first).days >= 366:
            return True
        for year in range(self.first.year, self.last.year + 1):
            if day.day <= monthrange(year, day.month)[1]:
                found = date(year, day.month, day.day)
                if self.first <= found <= self.last:
                    return True
        return False

    def _months(self) -> int:
        assert self.first is not None
        assert self.last is not None
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def _shifted(self, months: int) -> Period | None:
        assert self.first is not None
        assert self.last is not None
        ends_month = self.last == _end_of_month(self.last.year, self.last.month)
        try:
            last = _moved(self.last, months, to_end=ends_month)
            return _known(Period(_moved(self.first, months), last))
        except ValueError:
            return None


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _moved(day: date, months: int, *, to_end: bool = False) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, length if to_end else min(day.day, length))


def _known(period: Period) -> Period | None:
    assert period.first is not None
    return period if FIRST_YEAR - 1 <= period.first.year <= LAST_YEAR else None
