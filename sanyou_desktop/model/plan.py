"""检查计划: how often what is inspected; its dated occurrences become inspections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import (
    Choice,
    Date,
    Flag,
    Names,
    Option,
    People,
    Reference,
    Text,
)
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, in_order, problem
from sanyou_desktop.wording import N_, _

PLAN_STATUSES = (
    Option("active", N_("执行中"), "good"),
    Option("ended", N_("已结束"), "muted"),
)
FREQUENCIES = (
    Option("once", N_("一次")),
    Option("monthly", N_("每月")),
    Option("quarterly", N_("每季度")),
    Option("half_yearly", N_("每半年")),
    Option("irregular", N_("不定期")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan(Record):
    """A plan: the list, the rhythm, the departments inspected and by whom."""

    kind: ClassVar[str] = "plan"
    prefix: ClassVar[str] = "JH"
    occurred: ClassVar[str] = "starts_on"

    status: Annotated[str, Choice(N_("状态"), enum=PLAN_STATUSES)] = "active"
    scheme: Annotated[str, Text(N_("检查方案"), description=N_("按哪个清单检查"))] = ""
    checklist: Annotated[str, Reference(N_("检查清单"), kinds=("scheme",))] = ""
    frequency: Annotated[str, Choice(N_("检查频次"), enum=FREQUENCIES)] = ""
    starts_on: Annotated[PartialDate | None, Date(N_("首次日期"))] = None
    ends_on: Annotated[
        PartialDate | None, Date(N_("截止日期"), description=N_("留空为首次日期所在年的年底"))
    ] = None
    on_rest_days: Annotated[
        bool, Flag(N_("休息日照常检查"), description=N_("不选则按节假日表顺延到下一个工作日"))
    ] = False
    inspected_units: Annotated[
        tuple[str, ...],
        Names(N_("受检部门"), description=N_("每个部门每次各生成一份检查；留空为不分部门")),
    ] = ()
    place: Annotated[str, Text(N_("检查地点"))] = ""
    inspectors: Annotated[tuple[str, ...], People(N_("检查人员"), max_length=100)] = ()

    def problems(self) -> Iterator[Problem]:
        """Yield an end before the start, and a rhythm without the day it starts from."""
        yield from in_order(self, "starts_on", "ends_on")
        rhythmic = self.frequency not in ("", "irregular")
        if rhythmic and (self.starts_on is None or self.starts_on.precision != "day"):
            yield problem(self, "starts_on", _("请填写到日，例如 2026-03-02，才能排出检查日期"))
