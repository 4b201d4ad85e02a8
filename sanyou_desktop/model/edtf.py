"""Dates of any precision, as ISO 8601-2:2019 (EDTF) writes them.

Offices know many dates only to the month or the year, or only as the name of a day (5·28). Such
a date keeps the precision it was given; nothing is filled in.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from unicodedata import normalize

from sanyou_desktop.wording import _

FIRST_YEAR, LAST_YEAR = 1900, 2199

_AS_KEPT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?",
        r"XXXX-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<y>\d{4})[./](?P<m>\d{1,2})(?:[./](?P<d>\d{1,2}))?",
        r"(?P<y>\d{4})年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号]?)?)?",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?",
        r"(?P<y>\d{4})",
    )
)

_SHORT_YEAR = re.compile(r"['’]?\d{2}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}[日号]?)?)?")


class BadDate(ValueError):
    """Text that is no date; the message, for the user, says how to write one."""


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, the month or the year, or a day of an unknown year.

    ``year`` is None for XXXX-05-28; ``month`` and ``day`` are None where they are not known.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read EDTF or any form that offices write: 2006.7.24, 2006年7月, 7月24日, 20060724.

        Raises:
            BadDate: not a date, or a day that the calendar does not have.
        """
        # Nearly all dates are as the ledger writes them, and those are read by the ten thousand.
        as_kept = _AS_KEPT.fullmatch(text)
        if as_kept:
            return cls._of(*as_kept.groups())
        tidy = re.sub(r"\s+", "", normalize("NFKC", text)).replace("—", "-").replace("–", "-")
        # A sheet's own date cell arrives with a midnight behind it.
        tidy = re.sub(r"(?<=\d)T?00:00(:00(\.0+)?)?$", "", tidy)
        # EDTF's marks for what is not known: 2006-07-XX is 2006-07.
        tidy = re.sub(r"(?<=\d)(-XX){1,2}$", "", tidy)
        for form in _FORMS:
            match = form.fullmatch(tidy)
            if match:
                parts = {"y": None, "m": None, "d": None} | match.groupdict()
                return cls._of(parts["y"], parts["m"], parts["d"])
        if _SHORT_YEAR.fullmatch(tidy):
            # 06/7/24 is a day of 2006 here, and the 7th of June elsewhere.
            told = _("「{text}」的年份只有两位，请写成四位，如 2026-03-01")
            raise BadDate(told.format(text=text.strip()[:40]))
        raise BadDate(
            _("「{text}」不是日期，可填 2026-03-01、2026-03 或 2026").format(text=text.strip()[:40])
        )

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return the date of a calendar day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def _of(cls, year: str | None, month: str | None, day: str | None) -> PartialDate:
        number = None if year is None else int(year)
        if number is not None and not FIRST_YEAR <= number <= LAST_YEAR:
            raise BadDate(
                _("年份 {year} 不在 {first} 到 {last} 之间").format(
                    year=number, first=FIRST_YEAR, last=LAST_YEAR
                )
            )
        read = cls(number, int(month) if month else None, int(day) if day else None)
        read._check()
        return read

    def _check(self) -> None:
        if self.month is None:
            return
        if not 1 <= self.month <= 12:
            raise BadDate(_("没有 {month} 月，月份应为 1 到 12").format(month=self.month))
        if self.day is None:
            return
        # A day without its year may be 29 February.
        last = monthrange(self.year or 2000, self.month)[1]
        if 1 <= self.day <= last:
            return
        if self.year is None:
            raise BadDate(_("{month} 月没有 {day} 日").format(month=self.month, day=self.day))
        raise BadDate(
            _("{year} 年 {month} 月没有 {day} 日，可填 {last_day} 或 {whole_month}").format(
                year=self.year,
                month=self.month,
                day=self.day,
                last_day=PartialDate(self.year, self.month, last),
                whole_month=PartialDate(self.year, self.month),
            )
        )

    def __str__(self) -> str:
        """Return the EDTF form."""
        parts = ["XXXX" if self.year is None else f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: object) -> bool:
        """Order by first possible day, coarser dates first; days without a year come last."""
        if not isinstance(other, PartialDate):
            return NotImplemented
        return str(self) < str(other)

    @property
    def precision(self) -> str:
        """Return "day", "month", "year" or "day of unknown year"."""
        if self.year is None:
            return "day of unknown year"
        return "year" if self.month is None else "month" if self.day is None else "day"

    def first(self) -> date | None:
        """Return the first day this date may be, None without a year."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date | None:
        """Return the last day this date may be, None without a year."""
        if self.year is None:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def in_words(self) -> str:
        """Return 2026年3月1日, 2026年3月, 2026年 or 5月28日, as documents write dates."""
        year = "" if self.year is None else f"{self.year}年"
        month = "" if self.month is None else f"{self.month}月"
        return year + month + ("" if self.day is None else f"{self.day}日")


def surely_before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Tell whether every day that ``one`` may be lies before every day that ``other`` may be."""
    if one is None or other is None:
        return False
    latest, earliest = one.last(), other.first()
    return latest is not None and earliest is not None and latest < earliest
