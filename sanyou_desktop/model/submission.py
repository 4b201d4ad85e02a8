"""上报登记: one report that a unit handed in, and what the receiving unit made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.edtf import PartialDate, surely_before
from sanyou_desktop.model.fields import (
    Choice,
    Count,
    Date,
    Instant,
    Option,
    Row,
    Rows,
    Text,
    UnitCode,
)
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record, in_order, problem, row_problem, with_note
from sanyou_desktop.model.report_request import (
    ReportRequest,
    period_between,
    period_problems,
)
from sanyou_desktop.model.steps import step, steps
from sanyou_desktop.wording import N_, _, in_source_language

RECEIVED, ACCEPTED, RETURNED, SUPERSEDED = "received", "accepted", "returned", "superseded"
SUBMISSION_STATUSES = (
    Option(RECEIVED, N_("已收到"), "warn"),
    Option(ACCEPTED, N_("已接收"), "good"),
    Option(RETURNED, N_("已退回"), "bad"),
    Option(SUPERSEDED, N_("已被替代"), "muted"),
)
# A later one that stands in its place ends a submission; what was sent back may be taken after all.
_STEPS = steps(
    received="accepted returned superseded",
    accepted="returned superseded",
    returned="accepted superseded",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment(Row):
    """What is to be put right in a report that is sent back.

    ``record`` is the id of the record it is about, if it is about one; ``about`` names it.
    """

    about: Annotated[str, Text(N_("涉及内容"), max_length=300)] = ""
    text: Annotated[str, Text(N_("退回意见"), required=True, max_length=2000)] = ""
    due_on: Annotated[PartialDate | None, Date(N_("改正期限"))] = None
    record: Annotated[str, Text(N_("涉及记录标识"), max_length=64, searched=False)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission(Record):
    """A report of ``reporter`` for a period; ``unit`` is the one that received it.

    Attributes:
        version: 1 for the first of this unit and period, 2 for what stands in its place (补报).
        manifest: SHA-256 in hex of what the workbook says of its content; "" for a report that
            came on paper. Two submissions of one unit and period with the same are one.
        rows: how many records it holds.
        made_at: when the unit wrote it.
        returned_on: the day it was sent back; kept also when a later one stands in its place.
    """

    kind: ClassVar[str] = "submission"
    prefix: ClassVar[str] = "DJ"
    occurred: ClassVar[str] = "received_on"

    title: Annotated[
        str,
        Text(N_("标题"), max_length=300, description=N_("由单位和期间自动填写"), read_only=True),
    ] = ""
    status: Annotated[str, Choice(N_("状态"), enum=SUBMISSION_STATUSES)] = RECEIVED
    reporter: Annotated[str, UnitCode(N_("报送单位代码"), required=True)] = ""
    reporter_name: Annotated[str, Text(N_("报送单位"), max_length=300)] = ""
    from_: Annotated[
        PartialDate | None, Date(N_("期间起"), description=N_("留空为不限；与报送任务的期间一致"))
    ] = None
    to: Annotated[PartialDate | None, Date(N_("期间止"))] = None
    version: Annotated[int | None, Count(N_("报送次序"), minimum=1)] = None
    received_on: Annotated[
        PartialDate | None,
        Date(N_("收到日期"), required=True, description=N_("按这一天判断按时还是迟报")),
    ] = None
    made_at: Annotated[str, Instant(N_("填报时间"))] = ""
    file_name: Annotated[str, Text(N_("文件名"), max_length=255)] = ""
    manifest: Annotated[str, Text(N_("清单校验值"), max_length=64, searched=False)] = ""
    rows: Annotated[int | None, Count(N_("记录条数"))] = None
    returned_on: Annotated[PartialDate | None, Date(N_("退回日期"))] = None
    comments: Annotated[tuple[Comment, ...], Rows(N_("退回意见"), row=Comment)] = ()

    @property
    def period(self) -> Period:
        """The days that the report covers."""
        return period_between(self.from_, self.to)

    @property
    def stands(self) -> bool:
        """Tell whether it is a report that counts: neither sent back nor replaced."""
        return self.status in (RECEIVED, ACCEPTED)

    def completed(self) -> Self:
        """Return the submission with unit, period and version as its title, in Chinese."""
        name = self.reporter_name or self.reporter
        # What is kept does not depend on the language of the window that it was kept from.
        with in_source_language():
            title = f"{name} {self.period.in_words()}".strip()
            if (self.version or 1) > 1:
                title = _("{report}（第 {number} 次）").format(report=title, number=self.version)
        title = title[:300]
        return self if self.title == title else replace(self, title=title)

    def problems(self) -> Iterator[Problem]:
        """Yield what cannot be: no day of receipt, nothing to put right, a date out of order."""
        yield from period_problems(self)
        yield from in_order(self, "received_on", "returned_on")
        if self.received_on is not None and self.received_on.precision != "day":
            yield problem(self, "received_on", _("请填写到日，例如 2026-10-10"))
        if self.status == RETURNED and not self.comments:
            yield problem(self, "comments", _("退回要写明意见，报送单位才知道改什么"))
        if self.status == RETURNED and self.returned_on is None:
            yield problem(self, "returned_on", _("退回要写明日期"))
        for index, comment in enumerate(self.comments):
            if comment.due_on is not None and comment.due_on.precision != "day":
                message = _("请填写到日，例如 2026-10-10")
                yield row_problem(self, "comments", index, "due_on", message)
            elif surely_before(comment.due_on, self.returned_on):
                message = _("改正期限 {due} 早于退回日期 {day}，请核对").format(
                    due=comment.due_on, day=self.returned_on
                )
                yield row_problem(self, "comments", index, "due_on", message)

    def step_problems(self, before: Self) -> Iterator[Problem]:
        """Yield a step that is not the next of where the submission stood."""
        yield from step(self, before, _STEPS)


def accept(submission: Submission) -> Submission:
    """Return the submission as taken over.

    Raises:
        Invalid: another stands in its place.
    """
    return _moved(submission, replace(submission, status=ACCEPTED))


def send_back(submission: Submission, comments: tuple[Comment, ...], on: PartialDate) -> Submission:
    """Return the submission as sent back (退回) with what is to be put right.

    Raises:
        Invalid: there is no comment, or another stands in its place.
    """
    returned = replace(submission, status=RETURNED, comments=comments, returned_on=on)
    return _moved(submission, returned)


def reported_for(submission: Submission) -> str:
    """Return what is noted of a submission's own period when it is counted for another."""
    with in_source_language():
        return _("原报期间：{period}").format(period=submission.period.in_words())


def meant_for(submission: Submission, request: ReportRequest) -> Submission:
    """Return the submission as the report that a request asks for; its own period is noted."""
    notes = with_note(submission.notes, reported_for(submission))
    return replace(submission, from_=request.from_, to=request.to, notes=notes)


def _moved(before: Submission, after: Submission) -> Submission:
    found = (*after.problems(), *after.step_problems(before))
    if found:
        raise Invalid(found)
    return after
