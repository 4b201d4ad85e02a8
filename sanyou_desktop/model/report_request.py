"""报送任务: what is asked for by when: a period, a last day, and the units that owe a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Choice, Date, Flag, Option, Row, Rows, Text, UnitCode
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, in_order, problem, row_problem, value_of
from sanyou_desktop.wording import N_, _

REQUEST_STATUSES = (
    Option("open", N_("收集中"), "good"),
    Option("closed", N_("已结束"), "muted"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Owing(Row):
    """A unit that owes the report; one that is ``excused`` is listed and not expected."""

    unit: Annotated[str, UnitCode(N_("单位代码"), required=True)] = ""
    name: Annotated[str, Text(N_("单位名称"), max_length=300)] = ""
    excused: Annotated[bool, Flag(N_("免报"))] = False
    remark: Annotated[str, Text(N_("说明"), max_length=300)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRequest(Record):
    """A report asked of units; whatever stands on the board as 应报 is written here."""

    kind: ClassVar[str] = "request"
    prefix: ClassVar[str] = "RW"
    occurred: ClassVar[str] = "due_on"

    status: Annotated[str, Choice(N_("状态"), enum=REQUEST_STATUSES)] = "open"
    from_: Annotated[
        PartialDate | None, Date(N_("期间起"), description=N_("留空为不限；与上报工作簿的期间一致"))
    ] = None
    to: Annotated[PartialDate | None, Date(N_("期间止"))] = None
    due_on: Annotated[
        PartialDate | None,
        Date(N_("截止日期"), required=True, description=N_("这一天及以前收到为按时")),
    ] = None
    units: Annotated[
        tuple[Owing, ...],
        Rows(N_("应报单位"), row=Owing, description=N_("免报的单位列在表内，不计入应报")),
    ] = ()

    @property
    def period(self) -> Period:
        """The days that the report covers."""
        return period_between(self.from_, self.to)

    def problems(self) -> Iterator[Problem]:
        """Yield an end before the beginning, a last day that is none, a unit named twice."""
        yield from period_problems(self)
        if self.due_on is not None and self.due_on.precision != "day":
            yield problem(self, "due_on", _("请填写到日，例如 2026-10-10，才能判断按时还是迟报"))
        seen: set[str] = set()
        for index, owing in enumerate(self.units):
            if owing.unit in seen:
                message = _("单位「{code}」重复，请删去一行").format(code=owing.unit)
                yield row_problem(self, "units", index, "unit", message)
            seen.add(owing.unit)


def period_problems(record: Record) -> Iterator[Problem]:
    """Yield what is wrong with the ``from`` and ``to`` of a record: out of order, of no year."""
    yield from in_order(record, "from", "to")
    for key in ("from", "to"):
        day: PartialDate | None = value_of(record, key)
        if day is not None and day.year is None:
            yield problem(record, key, _("请写明年份，例如 2026-09-30"))


def period_between(first: PartialDate | None, last: PartialDate | None) -> Period:
    """Return the days from ``first`` to ``last``, each whole: 2026-07 to 2026-09 is a quarter."""
    return Period(first.first() if first else None, last.last() if last else None)
