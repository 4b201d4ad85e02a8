"""Dates with their own precision, and the ledger's time stamps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields.base import Field, Json, Refused, wrong_type
from sanyou_desktop.wording import _


@dataclass(frozen=True, eq=False, repr=False)
class Date(Field["PartialDate | None"]):
    """A date known to the day, the month or the year, or without its year (ISO 8601-2 EDTF)."""

    @property
    def empty(self) -> PartialDate | None:
        """Not known."""
        return None

    def parse(self, raw: Json) -> PartialDate | None:
        """Return the date, from 2006-07-24, 2006.7.24, 2006年7月, 7月24日, XXXX-05-28 ..."""
        if isinstance(raw, bool) or not isinstance(raw, (str, int)):
            raise wrong_type(_("日期"), raw)
        try:
            return PartialDate.parse(str(raw))
        except BadDate as error:
            raise Refused(str(error)) from error

    def write(self, value: PartialDate | None) -> Json:
        """Return the EDTF text, None if there is no date."""
        return None if value is None else str(value)

    def _kept(self, written: Json) -> PartialDate | None:
        return _date_of(str(written))

    def typed(self, value: PartialDate | None) -> Json:
        """Return the EDTF text."""
        return "" if value is None else str(value)


@lru_cache(4096)
def _date_of(written: str) -> PartialDate:
    # The records of a year share some hundred days.
    return PartialDate.parse(written)


@dataclass(frozen=True, eq=False, repr=False)
class Instant(Field[str]):
    """A moment in UTC, ISO 8601 with milliseconds and Z, written by the ledger."""

    read_only: bool = True

    @property
    def empty(self) -> str:
        """Never."""
        return ""

    def parse(self, raw: Json) -> str:
        """Return the moment in UTC to the millisecond."""
        if not isinstance(raw, str):
            raise wrong_type(_("时间"), raw)
        try:
            moment = datetime.fromisoformat(raw)
            return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except (ValueError, OverflowError) as error:
            raise wrong_type(_("时间"), raw) from error

    def write(self, value: str) -> Json:
        """Return the text, None if it never was."""
        return value or None

    def _kept(self, written: Json) -> str:
        return str(written)

    def show(self, value: str) -> str:
        """Return local date and time to the minute."""
        if not value:
            return ""
        return datetime.fromisoformat(value).astimezone().strftime("%Y-%m-%d %H:%M")


def stamp(moment: datetime | None = None) -> str:
    """Return ``moment`` (now if None) as the ledger writes it: 2026-11-23T08:00:00.000Z."""
    utc = (moment or datetime.now(UTC)).astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
