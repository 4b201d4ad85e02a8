"""满意度: one satisfaction survey, kept as tallies; rates are computed, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Choice, Count, Date, Flag, LongText, Option, Text
from sanyou_desktop.model.percent import percent
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, problem
from sanyou_desktop.wording import N_, _

SURVEY_STATUSES = (
    Option("draft", N_("统计中"), "muted"),
    Option("done", N_("已完成"), "good"),
)
# What an answer counts where the office names no weights of its own, in the order of GRADES.
USUAL_WEIGHTS = (Decimal(100), Decimal(80), Decimal(60), Decimal(0))
GRADES = ("very_satisfied", "satisfied", "basically_satisfied", "dissatisfied", "not_rated")


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey(Record):
    """How many of whom were asked, answered, and how."""

    kind: ClassVar[str] = "survey"
    prefix: ClassVar[str] = "MY"
    occurred: ClassVar[str] = "held_on"

    status: Annotated[str, Choice(N_("状态"), enum=SURVEY_STATUSES)] = "draft"
    held_on: Annotated[
        PartialDate | None,
        Date(
            N_("测评日期"),
            aliases=(
                N_("测评时间"),
                N_("调查时间"),
            ),
        ),
    ] = None
    method: Annotated[str, Text(N_("测评方式"), examples=(N_("问卷"), N_("座谈")))] = ""
    respondents: Annotated[str, Text(N_("测评对象"), aliases=(N_("调查对象"),))] = ""
    distributed: Annotated[
        int | None,
        Count(
            N_("发出份数"),
            aliases=(
                N_("发放份数"),
                N_("发出"),
            ),
        ),
    ] = None
    returned: Annotated[
        int | None,
        Count(
            N_("收回份数"),
            aliases=(
                N_("回收份数"),
                N_("收回"),
                N_("回收"),
            ),
        ),
    ] = None
    very_satisfied: Annotated[int | None, Count(N_("很满意"))] = None
    satisfied: Annotated[int | None, Count(N_("满意"))] = None
    basically_satisfied: Annotated[int | None, Count(N_("基本满意"))] = None
    dissatisfied: Annotated[int | None, Count(N_("不满意"))] = None
    not_rated: Annotated[int | None, Count(N_("未评价"))] = None
    suggestions: Annotated[str, LongText(N_("意见建议"))] = ""
    weights: Annotated[
        str,
        Text(
            N_("指数权重"),
            max_length=100,
            description=N_("很满意/满意/基本满意/不满意 各计多少分；留空为 100/80/60/0"),
            searched=False,
        ),
    ] = ""
    basic_excluded: Annotated[
        bool, Flag(N_("满意率不计基本满意"), description=N_("各单位口径不同，上报时随表注明"))
    ] = False

    def problems(self) -> Iterator[Problem]:
        """Yield more returned than distributed, or more answers than returned."""
        returned, distributed = self.returned, self.distributed
        if returned is not None and distributed is not None and returned > distributed:
            message = _("收回 {returned} 份多于发出 {distributed} 份，请核对这两个数")
            text = message.format(returned=returned, distributed=distributed)
            yield problem(self, "returned", text)
        answers = sum(self._tally(grade) for grade in GRADES)
        if returned is None and distributed is not None and answers > distributed:
            message = _("各档合计 {answers} 份多于发出 {distributed} 份，请核对各档和发出份数")
            yield problem(
                self, "very_satisfied", message.format(answers=answers, distributed=distributed)
            )
        if self.returned is not None and answers > self.returned:
            message = _("各档合计 {answers} 份多于收回 {returned} 份，请核对各档和收回份数")
            yield problem(
                self, "very_satisfied", message.format(answers=answers, returned=self.returned)
            )
        if self.weights and _weights(self.weights) is None:
            message = _("请写四个 0 到 100 的分数，从高到低，用斜线隔开，例如 100/80/60/0")
            yield problem(self, "weights", message)

    def return_rate(self) -> Decimal | None:
        """Return 回收率 in percent: returned / distributed; None if either is unknown or 0."""
        return percent(self.returned, self.distributed)

    def satisfaction_rate(self) -> Decimal | None:
        """Return 满意率 in percent.

        (very satisfied + satisfied + basically satisfied) / (all answers - not rated); None
        without answers. Offices differ in whether 基本满意 counts: with ``basic_excluded`` it
        does not count above the line, but still below it.
        """
        return percent(self.content(), self.rated())

    def content(self) -> int:
        """Return how many answers count as content."""
        return sum(self._tally(grade) for grade in GRADES[: 2 if self.basic_excluded else 3])

    def rated(self) -> int:
        """Return how many answers gave a grade."""
        return sum(self._tally(grade) for grade in GRADES[:4])

    def index_weights(self) -> tuple[Decimal, ...]:
        """Return what each of the four grades counts, best first."""
        return _weights(self.weights) or USUAL_WEIGHTS

    def satisfaction_index(self) -> Decimal | None:
        """Return 满意度指数: the mean weight of all graded answers, 0 to 100; None without any."""
        return percent(self.weighted() / 100, self.rated())

    def weighted(self) -> Decimal:
        """Return the sum of the weights of all graded answers."""
        pairs = zip(self.index_weights(), GRADES[:4], strict=True)
        return sum((weight * self._tally(grade) for weight, grade in pairs), Decimal(0))

    def _tally(self, grade: str) -> int:
        return getattr(self, grade) or 0


def _weights(text: str) -> tuple[Decimal, ...] | None:
    """Return four weights from 100/80/60/0, None if the text is not that."""
    parts = [part.strip() for part in text.replace("／", "/").split("/")]
    if len(parts) != 4 or not all(part.replace(".", "", 1).isdecimal() for part in parts):
        return None
    weights = tuple(Decimal(part) for part in parts)
    descending = tuple(sorted(weights, reverse=True)) == weights
    return weights if descending and weights[0] <= 100 else None
