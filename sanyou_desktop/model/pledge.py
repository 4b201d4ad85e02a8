"""承诺: what the unit promises those it serves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import (
    Choice,
    Date,
    LongText,
    Number,
    Option,
    Reference,
    Row,
    Rows,
    Text,
)
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, in_order, problem
from sanyou_desktop.model.steps import step, steps
from sanyou_desktop.wording import N_, _

PLEDGE_STATUSES = (
    Option("draft", N_("草稿"), "muted"),
    Option("published", N_("已公示"), "good"),
    Option("ended", N_("已终止"), "muted"),
)
# What was promised in public is never a draft again: it ends, and a new pledge takes its place.
PLEDGE_STEPS = steps(draft="published", published="ended")
OUTCOMES = (
    Option("kept", N_("已兑现"), "good"),
    Option("partly", N_("部分兑现"), "warn"),
    Option("broken", N_("未兑现"), "bad"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause(Row):
    """One promise of a pledge; ``target`` 0 makes it a zero target such as 无投诉."""

    text: Annotated[str, Text(N_("条款"), max_length=2000, aliases=(N_("承诺事项"),))] = ""
    standard: Annotated[str, Text(N_("服务标准"), max_length=2000)] = ""
    time_limit: Annotated[str, Text(N_("办理时限"), max_length=200)] = ""
    target: Annotated[
        Decimal | None, Number(N_("目标值"), description=N_("零目标填 0，例如无投诉"))
    ] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fulfilment(Row):
    """Whether a clause was kept on an occasion; ``clause`` is the key of the clause's row."""

    on: Annotated[PartialDate | None, Date(N_("日期"))] = None
    clause: Annotated[str, Text(N_("对应条款"), max_length=40, searched=False)] = ""
    outcome: Annotated[str, Choice(N_("兑现情况"), enum=OUTCOMES)] = ""
    evidence: Annotated[str, Text(N_("依据"), max_length=2000)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pledge(Record):
    """A pledge with its clauses, where and until when it is published, and how it was kept."""

    kind: ClassVar[str] = "pledge"
    prefix: ClassVar[str] = "CN"
    occurred: ClassVar[str] = "published_on"
    past: ClassVar[tuple[str, ...]] = ("status", "published_on", "fulfilments", "renews")

    status: Annotated[str, Choice(N_("状态"), enum=PLEDGE_STATUSES)] = "draft"
    audience: Annotated[
        str,
        Text(
            N_("承诺对象"),
            aliases=(N_("服务对象"),),
            description=N_("向谁承诺，例如来办事的干部群众"),
        ),
    ] = ""
    statement: Annotated[str, LongText(N_("承诺内容"))] = ""
    clauses: Annotated[tuple[Clause, ...], Rows(N_("承诺条款"), row=Clause)] = ()
    published_on: Annotated[PartialDate | None, Date(N_("公示日期"), aliases=(N_("公示时间"),))] = (
        None
    )
    published_where: Annotated[
        str, Text(N_("公示方式"), examples=(N_("大厅公示栏"), N_("门户网站")))
    ] = ""
    hotline: Annotated[
        str,
        Text(
            N_("监督电话"),
            aliases=(
                N_("联系电话"),
                N_("投诉电话"),
            ),
            max_length=100,
        ),
    ] = ""
    valid_from: Annotated[PartialDate | None, Date(N_("生效日期"))] = None
    valid_until: Annotated[PartialDate | None, Date(N_("有效期至"), aliases=(N_("有效期"),))] = None
    fulfilments: Annotated[tuple[Fulfilment, ...], Rows(N_("履行记录"), row=Fulfilment)] = ()
    renews: Annotated[
        str,
        Reference(
            N_("续自"),
            kinds=("pledge",),
            description=N_("续期时自动填写：公示本承诺时，原来的承诺随即终止"),
        ),
    ] = ""

    def step_problems(self, before: Self) -> Iterator[Problem]:
        """Yield a status that cannot follow the former one."""
        yield from step(self, before, PLEDGE_STEPS)

    def problems(self) -> Iterator[Problem]:
        """Yield dates out of order and fulfilments of clauses that are not there."""
        yield from in_order(self, "valid_from", "valid_until")
        if self.renews and self.renews == self.id:
            yield problem(self, "renews", _("承诺不能续自它自己，请选择原来的承诺"))
        keys = {clause.key for clause in self.clauses}
        for index, entry in enumerate(self.fulfilments):
            if entry.clause and entry.clause not in keys:
                message = _("第 {number} 行所对应的条款已不存在，请重新选择条款")
                yield problem(self, "fulfilments", message.format(number=index + 1))
