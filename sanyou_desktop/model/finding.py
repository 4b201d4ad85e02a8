"""问题整改: a problem and what became of it, whoever raised it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.edtf import PartialDate, surely_before
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
from sanyou_desktop.model.people import people_in
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, in_order, problem, row_problem
from sanyou_desktop.model.steps import step, steps
from sanyou_desktop.wording import N_, _

FINDING_STATUSES = (
    Option("open", N_("待整改"), "bad"),
    Option("rectifying", N_("整改中"), "warn"),
    Option("continuing", N_("持续整改"), "warn"),
    Option("rectified", N_("已整改"), "warn"),
    Option("closed", N_("已销号"), "good"),
)
# Work on a problem goes back and forth; what was closed comes back only by being reopened.
_WORK = "open rectifying continuing rectified closed"
FINDING_STEPS = steps(
    open=_WORK,
    rectifying=_WORK,
    continuing=_WORK,
    rectified=_WORK,
    closed="open rectifying continuing",
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
LEVELS = (
    Option("reminder", N_("提醒"), "muted"),
    Option("warning", N_("警告"), "warn"),
    Option("overdue", N_("逾期"), "bad"),
)
VERDICTS = (Option("passed", N_("通过"), "good"), Option("failed", N_("退回"), "bad"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Round(Row):
    """One round of rectification and its re-check."""

    rectified_on: Annotated[
        PartialDate | None,
        Date(
            N_("整改日期"),
            aliases=(
                N_("整改完成时间"),
                N_("完成时间"),
                N_("完成日期"),
                N_("整改完成日期"),
            ),
        ),
    ] = None
    by: Annotated[str, Text(N_("整改人"), max_length=100)] = ""
    rectification: Annotated[
        str,
        Text(
            N_("整改情况"),
            aliases=(
                N_("完成情况"),
                N_("整改结果"),
                N_("落实情况"),
            ),
            max_length=5000,
        ),
    ] = ""
    verified_on: Annotated[
        PartialDate | None,
        Date(
            N_("复查日期"),
            aliases=(
                N_("复查时间"),
                N_("验收时间"),
            ),
        ),
    ] = None
    verified_by: Annotated[str, Text(N_("复查人"), aliases=(N_("验收人"),), max_length=100)] = ""
    verdict: Annotated[
        str,
        Choice(
            N_("复查结论"),
            aliases=(
                N_("复查结果"),
                N_("验收结果"),
            ),
            enum=VERDICTS,
        ),
    ] = ""
    opinion: Annotated[str, Text(N_("复查意见"), max_length=5000)] = ""

    @property
    def is_rectified(self) -> bool:
        """Tell whether anything was said of the rectification."""
        return bool(self.rectified_on or self.rectification)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reopening(Row):
    """A closed finding was taken up again: why, and what it had been closed with.

    ``round`` is the row key of the last round before it: only a later one closes it again.
    """

    on: Annotated[PartialDate | None, Date(N_("重开日期"))] = None
    by: Annotated[str, Text(N_("重开人"), max_length=100)] = ""
    reason: Annotated[str, Text(N_("重开原因"), max_length=5000)] = ""
    round: Annotated[str, Text(N_("此前轮次"), max_length=40, searched=False)] = ""
    closed_on: Annotated[PartialDate | None, Date(N_("原销号日期"))] = None
    replied_on: Annotated[PartialDate | None, Date(N_("原回音日期"))] = None
    reply: Annotated[str, Text(N_("原回音内容"), max_length=5000)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip(Row):
    """A numbered 督办单 that was issued about the finding."""

    number: Annotated[str, Text(N_("督办单号"), max_length=60)] = ""
    issued_on: Annotated[PartialDate | None, Date(N_("签发日期"))] = None
    level: Annotated[str, Choice(N_("督办级别"), enum=LEVELS)] = ""
    demand: Annotated[str, Text(N_("督办要求"), max_length=5000)] = ""
    due_on: Annotated[PartialDate | None, Date(N_("限办日期"))] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding(Record):
    """A problem with its rounds of rectification, its reply and its closure."""

    kind: ClassVar[str] = "finding"
    prefix: ClassVar[str] = "WT"
    occurred: ClassVar[str] = "raised_on"
    past: ClassVar[tuple[str, ...]] = (
        *("status", "item", "item_key", "rounds", "replied_on", "reply", "closed_on"),
        *("continuing_reason", "reopenings", "slips"),
    )

    status: Annotated[str, Choice(N_("状态"), enum=FINDING_STATUSES)] = "open"
    source: Annotated[str, Choice(N_("问题来源"), aliases=(N_("来源"),), enum=SOURCES)] = ""
    inspection: Annotated[
        str, Reference(N_("来自检查"), aliases=(N_("检查编号"),), kinds=("inspection",))
    ] = ""
    item: Annotated[
        int | None, Count(N_("检查项目序号"), description=N_("从 0 数起的检查项目位置"))
    ] = None
    against: Annotated[
        str, Reference(N_("违反的承诺或制度"), aliases=(N_("依据条款"),), kinds=("pledge", "rule"))
    ] = ""
    place: Annotated[
        str,
        Text(
            N_("发现地点"),
            aliases=(
                N_("地点"),
                N_("部位"),
                N_("检查地点"),
            ),
        ),
    ] = ""
    description: Annotated[
        str,
        LongText(
            N_("问题描述"),
            aliases=(
                N_("问题"),
                N_("存在问题"),
                N_("主要问题"),
                N_("具体问题"),
                N_("问题内容"),
                N_("隐患内容"),
            ),
        ),
    ] = ""
    severity: Annotated[str, Choice(N_("严重程度"), enum=SEVERITIES)] = ""
    raised_on: Annotated[
        PartialDate | None,
        Date(
            N_("提出日期"),
            aliases=(
                N_("检查时间"),
                N_("发现时间"),
                N_("发现日期"),
                N_("检查日期"),
                N_("交办时间"),
            ),
        ),
    ] = None
    raised_by: Annotated[
        str,
        Text(
            N_("提出人"),
            aliases=(
                N_("检查人"),
                N_("发现人"),
                N_("检查人员"),
            ),
            max_length=100,
        ),
    ] = ""
    measure: Annotated[str, LongText(N_("整改措施"))] = ""
    due_on: Annotated[
        PartialDate | None,
        Date(
            N_("整改时限"),
            aliases=(
                N_("整改期限"),
                N_("完成时限"),
                N_("限期"),
            ),
        ),
    ] = None
    rounds: Annotated[tuple[Round, ...], Rows(N_("整改过程"), row=Round)] = ()
    replied_on: Annotated[
        PartialDate | None,
        Date(
            N_("回音日期"),
            aliases=(
                N_("反馈时间"),
                N_("答复时间"),
            ),
        ),
    ] = None
    reply: Annotated[
        str,
        LongText(
            N_("回音内容"),
            aliases=(
                N_("反馈情况"),
                N_("答复情况"),
            ),
        ),
    ] = ""
    closed_on: Annotated[PartialDate | None, Date(N_("销号日期"), aliases=(N_("销号时间"),))] = None

    item_key: Annotated[
        str, Text(N_("检查项目标识"), max_length=40, searched=False, read_only=True)
    ] = ""
    clause: Annotated[
        str, Text(N_("承诺条款标识"), max_length=40, searched=False, read_only=True)
    ] = ""
    continuing_reason: Annotated[
        str,
        LongText(N_("持续整改原因"), description=N_("一时不能整改到位时填写：原因和下一步安排")),
    ] = ""
    reopenings: Annotated[
        tuple[Reopening, ...], Rows(N_("重开记录"), row=Reopening, read_only=True)
    ] = ()
    slips: Annotated[tuple[Slip, ...], Rows(N_("督办记录"), row=Slip, read_only=True)] = ()
    concerns: Annotated[
        str,
        Reference(
            N_("涉及记录"),
            description=N_("问题出在哪条记录里；上级退回的意见导入后填在这里"),
            kinds=("pledge", "rule", "inspection", "finding", "survey", "activity"),
        ),
    ] = ""

    def step_problems(self, before: Self) -> Iterator[Problem]:
        """Yield a status that cannot follow the former one, and what reopenings cannot be."""
        yield from step(self, before, FINDING_STEPS)
        if before.status == "closed" != self.status and len(self.reopenings) <= len(
            before.reopenings
        ):
            yield problem(self, "status", _("已销号的问题不能直接改状态，请用「重开」并说明原因"))
        known = len(before.reopenings)
        for index, opened in enumerate(self.reopenings[known:], start=known):
            if surely_before(opened.on, opened.closed_on):
                message = _("重开日期 {end} 早于销号日期 {start}，请核对这两个日期")
                told = message.format(end=opened.on, start=opened.closed_on)
                yield row_problem(self, "reopenings", index, "on", told)
        for key in ("reopenings", "slips"):
            if [row.key for row in getattr(before, key)] != [
                row.key for row in getattr(self, key)[: len(getattr(before, key))]
            ]:
                yield problem(self, key, _("以前的记录不能删除或调换次序，只能在后面添加"))

    def problems(self) -> Iterator[Problem]:
        """Yield dates out of order and a status whose conditions are not met."""
        yield from in_order(self, "raised_on", "due_on")
        yield from in_order(self, "raised_on", "replied_on")
        yield from in_order(self, "raised_on", "closed_on")
        for index, one in enumerate(self.rounds):
            yield from self._round_problems(index, one)
        for index, opened in enumerate(self.reopenings):
            if not opened.reason:
                yield row_problem(self, "reopenings", index, "reason", _("请写明为什么重开"))
        yield from self._status_problems()

    def _round_problems(self, index: int, one: Round) -> Iterator[Problem]:
        """Yield what is wrong in one round: its days out of order, an empty or unread verdict."""

        def wrong(column: str, message: str) -> Problem:
            return row_problem(self, "rounds", index, column, message)

        if surely_before(one.rectified_on, self.raised_on):
            message = _("整改日期 {end} 早于提出日期 {start}，请核对这两个日期")
            yield wrong("rectified_on", message.format(end=one.rectified_on, start=self.raised_on))
        if index and surely_before(one.rectified_on, self.rounds[index - 1].verified_on):
            message = _("整改日期 {end} 早于上一轮复查日期 {start}，请核对这两个日期")
            start = self.rounds[index - 1].verified_on
            yield wrong("rectified_on", message.format(end=one.rectified_on, start=start))
        if surely_before(one.verified_on, one.rectified_on):
            message = _("复查日期 {end} 早于整改日期 {start}，请核对这两个日期")
            yield wrong("verified_on", message.format(end=one.verified_on, start=one.rectified_on))
        elif surely_before(one.verified_on, self.raised_on):
            message = _("复查日期 {end} 早于提出日期 {start}，请核对这两个日期")
            yield wrong("verified_on", message.format(end=one.verified_on, start=self.raised_on))
        named = one.verdict and one.by and one.verified_by and self.status != "closed"
        if named and not checked_by_another(one):
            yield wrong("verified_by", _("复查人须填写，且不能是整改人本人"))
        if (one.verdict or one.verified_on) and not one.is_rectified:
            yield wrong("rectification", _("先有整改才能复查，请先填写整改日期或整改情况"))
        if one.verdict == "failed" and not one.opinion:
            yield wrong("opinion", _("退回时请写明复查意见，整改人才知道差在哪里"))
        if not one.verdict and index < len(self.rounds) - 1:
            yield wrong("verdict", _("下一轮整改开始前，请先填写这一轮的复查结论"))

    def _status_problems(self) -> Iterator[Problem]:
        last = self.rounds[-1] if self.rounds else None
        if self.status == "closed":
            yield from self._open_conditions()
        elif self.status == "rectified" and (last is None or not last.is_rectified):
            yield problem(self, "rounds", _("已整改的问题须先填写整改日期或整改情况"))
        elif self.status == "rectified" and last is not None and last.verdict == "failed":
            yield problem(self, "status", _("复查已退回，状态应为「整改中」或「持续整改」"))
        elif self.status == "continuing" and not self.continuing_reason:
            yield problem(self, "continuing_reason", _("持续整改须写明原因和下一步安排"))

    def _open_conditions(self) -> Iterator[Problem]:
        last = self.rounds[-1] if self.rounds else None
        if last is None or last.verdict != "passed":
            yield problem(self, "rounds", _("销号前须有一轮复查通过的整改，请先填写复查结论"))
        elif self.reopenings and self.reopenings[-1].round == last.key:
            yield problem(self, "rounds", _("重开后还没有新的整改，请先整改并复查"))
        elif not people_in(last.by):
            yield problem(self, "rounds", _("请填写整改人，才知道复查的是不是另一个人"))
        elif not checked_by_another(last):
            yield problem(self, "rounds", _("复查人须填写，且不能是整改人本人"))
        yield from self._closed_too_early(last)
        if not self.reply and self.replied_on is None:
            yield problem(self, "reply", _("销号前须答复提出人，请填写回音内容或回音日期"))

    def _closed_too_early(self, last: Round | None) -> Iterator[Problem]:
        for day, message in (
            (
                last.rectified_on if last else None,
                _("销号日期 {end} 早于整改日期 {start}，请核对这两个日期"),
            ),
            (
                last.verified_on if last else None,
                _("销号日期 {end} 早于复查日期 {start}，请核对这两个日期"),
            ),
            (self.replied_on, _("销号日期 {end} 早于回音日期 {start}，请核对这两个日期")),
        ):
            if surely_before(self.closed_on, day):
                told = message.format(end=self.closed_on, start=day)
                yield problem(self, "closed_on", told)
                return

    def overdue_days(self, today: date) -> int:
        """Return how many days the finding is past its limit, 0 if it is not.

        What is rectified waits for others: its limit was that of the rectification.
        """
        limit = self.due_on.last() if self.due_on else None
        if limit is None or self.status in ("rectified", "closed") or today <= limit:
            return 0
        return (today - limit).days


def checked_by_another(one: Round) -> bool:
    """Tell whether somebody checked the round who did not rectify it."""
    return bool(people_in(one.verified_by) - people_in(one.by))
