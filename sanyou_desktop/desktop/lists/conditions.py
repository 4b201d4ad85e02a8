"""One condition of the filter bar: what it selects, how it reads, how it is remembered."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sanyou_desktop.ledger.query import Filter
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields import (
    Choice,
    Choices,
    Date,
    Field,
    Flag,
    LongText,
    Names,
    Text,
    UnitCode,
)
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.periods import Period
from sanyou_desktop.wording import N_, _

SPANS = {"year": N_("本年"), "quarter": N_("本季"), "month": N_("本月")}
_FIRST = ("status", "themes", "department", "person", "category", "source", "severity", "tags")
_NOT_OFFERED = ("number", "title", "id")


@dataclass(frozen=True)
class Condition:
    """A condition on one field; which part is filled depends on the field's type.

    Attributes:
        values: any of these.
        span: a key of ``SPANS``, counted from the day it is asked.
        first, last: EDTF, inclusive; "" for open.
        is_empty: nothing was filled in.
        told: how the chip reads where the records are named by id, because no field says what
            they have in common; that is neither changed by hand nor remembered.
    """

    key: str
    values: tuple[str, ...] = ()
    span: str = ""
    first: str = ""
    last: str = ""
    is_empty: bool = False
    told: str = ""

    @property
    def says_nothing(self) -> bool:
        """Tell whether it selects everything."""
        return not (self.values or self.span or self.first or self.last or self.is_empty)

    def filters(self, today: date) -> tuple[Filter, ...]:
        """Return what the ledger is asked."""
        if self.is_empty:
            return (Filter(self.key, mode="empty"),)
        if self.values:
            return (Filter(self.key, self.values),)
        first, last = span_of(self.span, today) if self.span else (self.first, self.last)
        found = []
        if first:
            found.append(Filter(self.key, (first,), "from"))
        if last:
            found.append(Filter(self.key, (last,), "to"))
        return tuple(found)

    def label(self, field: Field[Any], units: Mapping[str, str] | None = None) -> str:
        """Return how the chip reads: 状态：已公示, 公示日期：本年; ``units`` are names by code."""
        if self.told:
            return self.told
        return _("{field}：{what}").format(
            field=_(field.title), what=self._what(field, units or {})
        )

    def _what(self, field: Field[Any], units: Mapping[str, str]) -> str:
        if self.is_empty:
            return _("未填写")
        if self.span:
            return _(SPANS[self.span])
        if self.values:
            titles = [_value_title(field, value, units) for value in self.values]
            shown = _("、").join(titles[:2])
            if len(titles) <= 2:
                return shown
            return _("{some} 等 {count} 项").format(some=shown, count=len(titles))
        if self.first and self.last:
            period = Period.between(self.first, self.last)
            # A chip has no room for two days where a year or a quarter is meant.
            if period.grain:
                return period.in_words()
            return _("{first} 至 {last}").format(first=self.first, last=self.last)
        open_end = _("{date} 起") if self.first else _("{date} 止")
        return open_end.format(date=self.first or self.last)

    def to_json(self) -> dict[str, Any]:
        """Return what is remembered."""
        return asdict(self)


def condition_from_json(kind: str, raw: Any) -> Condition | None:  # noqa: ANN401 - JSON
    """Return a remembered condition; None if the field is gone or the memory is damaged."""
    if not isinstance(raw, dict) or raw.get("key") not in filterable(kind):
        return None
    values, span = raw.get("values", []), raw.get("span", "")
    if not isinstance(values, list) or span not in ("", *SPANS):
        return None
    ends = [raw.get(name, "") for name in ("first", "last")]
    if not all(isinstance(end, str) and is_bound(end) for end in ends):
        return None
    made = Condition(
        raw["key"], tuple(map(str, values)), span, ends[0], ends[1], bool(raw.get("is_empty"))
    )
    return None if made.says_nothing else made


def is_bound(text: str) -> bool:
    """Tell whether ``text`` is blank or a date with its year."""
    if not text:
        return True
    try:
        return PartialDate.parse(text).year is not None
    except BadDate:
        return False


def filterable(kind: str) -> tuple[str, ...]:
    """Return the fields that can be filtered by, those used most first."""
    fields = kind_of(kind).fields
    offered = [
        key
        for key, field in fields.items()
        if isinstance(field, Choice | Choices | Date | Names | Text | Flag)
        and not isinstance(field, LongText)
        and key not in _NOT_OFFERED
    ]
    occurred = kind_of(kind).record.occurred
    first = [key for key in (_FIRST[0], occurred, *_FIRST[1:]) if key in offered]
    return tuple(dict.fromkeys((*first, *offered)))


def span_of(span: str, today: date) -> tuple[str, str]:
    """Return first and last day of this year, quarter or month."""
    months = {"year": (1, 12), "month": (today.month, today.month)}
    quarter = (today.month - 1) // 3 * 3 + 1
    first, last = months.get(span, (quarter, quarter + 2))
    end = monthrange(today.year, last)[1]
    return (
        date(today.year, first, 1).isoformat(),
        date(today.year, last, end).isoformat(),
    )


def _value_title(field: Field[Any], value: str, units: Mapping[str, str]) -> str:
    if isinstance(field, UnitCode):
        return units.get(value, value)
    if isinstance(field, Flag):
        return _("是") if value == "1" else _("否")
    if isinstance(field, Choice | Choices):
        return next((_(option.title) for option in field.enum if option.value == value), value)
    return value
