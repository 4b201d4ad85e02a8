"""活动与实绩: anything done or achieved that is no other kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import (
    Amount,
    Choice,
    Date,
    LongText,
    Money,
    Option,
    Row,
    Rows,
    Text,
)
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.quantity import Quantity
from sanyou_desktop.model.record import Record, in_order
from sanyou_desktop.wording import N_

ACTIVITY_STATUSES = (
    Option("planned", N_("计划"), "muted"),
    Option("ongoing", N_("进行中"), "warn"),
    Option("done", N_("已完成"), "good"),
)
ACTIVITY_CATEGORIES = (
    Option("leadership", N_("组织领导")),
    Option("themed", N_("主题活动")),
    Option("training", N_("学习培训")),
    Option("research", N_("调查研究")),
    Option("service", N_("服务保障")),
    Option("investment", N_("经费投入")),
    Option("reform", N_("改革创新")),
    Option("good_deed", N_("好人好事")),
    Option("award", N_("表彰奖励")),
    Option("other", N_("其他")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure(Row):
    """A named quantity of an activity: 派车 283 辆次."""

    label: Annotated[str, Text(N_("名目"), max_length=200)] = ""
    quantity: Annotated[
        Quantity | None, Amount(N_("数量"), examples=(N_("283辆次"), N_("30多个")))
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity(Record):
    """An activity or achievement with its quantities and the money spent."""

    kind: ClassVar[str] = "activity"
    prefix: ClassVar[str] = "HD"
    occurred: ClassVar[str] = "started_on"

    status: Annotated[str, Choice(N_("状态"), enum=ACTIVITY_STATUSES)] = "done"
    category: Annotated[str, Choice(N_("类别"), enum=ACTIVITY_CATEGORIES)] = ""
    started_on: Annotated[
        PartialDate | None,
        Date(
            N_("开始日期"),
            aliases=(
                N_("时间"),
                N_("活动时间"),
            ),
        ),
    ] = None
    ended_on: Annotated[PartialDate | None, Date(N_("结束日期"))] = None
    narrative: Annotated[str, LongText(N_("情况说明"))] = ""
    participants: Annotated[str, Text(N_("参加人员"), aliases=(N_("参加人"),), max_length=2000)] = (
        ""
    )
    quantities: Annotated[tuple[Figure, ...], Rows(N_("数量"), row=Figure)] = ()
    amount: Annotated[
        Quantity | None,
        Money(
            N_("金额（元）"),
            aliases=(
                N_("金额"),
                N_("经费"),
                N_("投入金额"),
            ),
            examples=(N_("140多万元"), "12,000"),
        ),
    ] = None
    outcome: Annotated[str, LongText(N_("成效"), aliases=(N_("效果"),))] = ""

    def problems(self) -> Iterator[Problem]:
        """Yield an end before the start."""
        yield from in_order(self, "started_on", "ended_on")
