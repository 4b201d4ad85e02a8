"""问题整改: a problem and what became of it, whoever raised it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import (
    Choice,
    Count,
    Date,
    LongText,
    Option,
    Reference,
    Row,
    Rows,
    Text,
)
from sanyou_desktop.model.fields.listing import listed
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, in_order, problem
from sanyou_desktop.wording import N_, _

FINDING_STATUSES = (
    Option("open", N_("待整改"), "bad"),
    Option("rectifying", N_("整改中"), "warn"),
    Option("continuing", N_("持续整改"), "warn"),
    Option("rectified", N_("待复查"), "warn"),
    Option("closed", N_("已销号"), "good"),
)
SOURCES = (
    Option("inspection", N_("检查")),
    Option("complaint", N_("投诉")),
    Option("error", N_("差错")),
    Option("accident", N_("事故")),
    Option("superior", N_("上级交办")),
    Option("self_check", N_("自查")),
)
SEVERITIES = (
    Option("minor", N_("一般"), "muted"),
    Option("major", N_("较重"), "warn"),
    Option("critical", N_("严重"), "bad"),
)
VERDICTS = (Option("passed", N_("通过"), "good"), Option("failed", N_("退回"), "bad"))


@dataclass(frozen=True, kw_only=True)
class Round(Row):
    """One round of rectification and its re-check."""

    rectified_on: Annotated[PartialDate | None, Date(N_("整改日期"))] = None
    by: Annotated[str, Text(N_("整改人"), max_length=100)] = ""
    rectification: Annotated[str, Text(N_("整改情况"), max_length=5000)] = ""
    verified_on: Annotated[PartialDate | None, Date(N_("复查日期"))] = None
    verified_by: Annotated[str, Text(N_("复查人"), max_length=100)] = ""
    verdict: Annotated[str, Choice(N_("复查结论"), enum=VERDICTS)] = ""
    opinion: Annotated[str, Text(N_("复查意见"), max_length=5000)] = ""


@dataclass(frozen=True, kw_only=True)
class Finding(Record):
    """A problem with its rounds of rectification, its reply and its closure."""

    kind: ClassVar[str] = "finding"
    prefix: ClassVar[str] = "WT"
    occurred: ClassVar[str] = "raised_on"

    status: Annotated[str, Choice(N_("状态"), enum=FINDING_STATUSES)] = "open"
    source: Annotated[str, Choice(N_("问题来源"), enum=SOURCES)] = ""
    inspection: Annotated[str, Reference(N_("来自检查"), kinds=("inspection",))] = ""
    item: Annotated[
        int | None, Count(N_("检查项目序号"), description=N_("从 0 数起的检查项目位置"))
    ] = None
    against: Annotated[str, Reference(N_("违反的承诺或制度"), kinds=("pledge", "rule"))] = ""
    place: Annotated[str, Text(N_("发现地点"))] = ""
    description: Annotated[str, LongText(N_("问题描述"))] = ""
    severity: Annotated[str, Choice(N_("严重程度"), enum=SEVERITIES)] = ""
    raised_on: Annotated[PartialDate | None, Date(N_("提出日期"))] = None
    raised_by: Annotated[str, Text(N_("提出人"), max_length=100)] = ""
    measure: Annotated[str, LongText(N_("整改措施"))] = ""
    due_on: Annotated[PartialDate | None, Date(N_("整改时限"))] = None
    rounds: Annotated[tuple[Round, ...], Rows(N_("整改过程"), row=Round)] = ()
    replied_on: Annotated[PartialDate | None, Date(N_("回音日期"))] = None
    reply: Annotated[str, LongText(N_("回音内容"))] = ""
    closed_on: Annotated[PartialDate | None, Date(N_("销号日期"))] = None

    def problems(self) -> Iterator[Problem]:
        """Yield dates out of order and a closure before its conditions are met."""
        yield from in_order(self, "raised_on", "due_on")
        yield from in_order(self, "raised_on", "replied_on")
        yield from in_order(self, "raised_on", "closed_on")
        if self.status == "closed":
            yield from self._open_conditions()

    def _open_conditions(self) -> Iterator[Problem]:
        last = self.rounds[-1] if self.rounds else None
        if last is None or last.verdict != "passed":
            yield problem(self, "rounds", _("销号前须有一轮复查通过的整改，请先填写复查结论"))
        elif not _people(last.verified_by) - _people(last.by):
            yield problem(self, "rounds", _("复查人须填写，且不能是整改人本人"))
        if not self.reply and self.replied_on is None:
            yield problem(self, "reply", _("销号前须答复提出人，请填写回音内容或回音日期"))

    def overdue_days(self, today: date) -> int:
        """Return how many days the finding is past its limit, 0 if it is not or is closed."""
        limit = self.due_on.last() if self.due_on else None
        if limit is None or self.status == "closed" or today <= limit:
            return 0
        return (today - limit).days


def _people(written: str) -> set[str]:
    """Return the names in a text, however they are separated: 张 三，李四."""
    return {"".join(str(name).split()) for name in listed(written)}
