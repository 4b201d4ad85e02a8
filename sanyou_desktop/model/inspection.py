"""检查: one inspection by a scheme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import (
    Choice,
    Count,
    Date,
    Flag,
    LongText,
    Number,
    Option,
    People,
    Reference,
    Row,
    Rows,
    Text,
    new_key,
)
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.record import Record, problem, row_problem
from sanyou_desktop.model.scoring import Outcome, item_score, outcome
from sanyou_desktop.model.steps import step, steps
from sanyou_desktop.wording import N_, _

INSPECTION_STATUSES = (
    Option("planned", N_("计划"), "muted"),
    Option("done", N_("已检查"), "good"),
    Option("closed", N_("已办结"), "muted"),
)
INSPECTION_STEPS = steps(planned="done closed", done="closed", closed="done")
RESULTS = (
    Option("pass", N_("合格"), "good"),
    Option("fail", N_("不合格"), "bad"),
    Option("na", N_("不适用"), "muted"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item(Row):
    """One line of the checklist; ``follow_through`` pairs 查 with 落实, as in 三查三落实."""

    item: Annotated[str, Text(N_("检查项目"), max_length=2000, aliases=(N_("检查内容"),))] = ""
    follow_through: Annotated[str, Text(N_("落实"), max_length=2000)] = ""
    standard: Annotated[str, Text(N_("标准"), max_length=2000)] = ""
    full_score: Annotated[
        Decimal | None, Number(N_("满分"), minimum=Decimal(0), aliases=(N_("分值"),))
    ] = None
    deduction: Annotated[Decimal | None, Number(N_("每处扣分"), minimum=Decimal(0))] = None
    occurrences: Annotated[int | None, Count(N_("处数"))] = None
    score: Annotated[Decimal | None, Number(N_("得分"), minimum=Decimal(0))] = None
    veto: Annotated[bool, Flag(N_("一票否决"))] = False
    result: Annotated[str, Choice(N_("结果"), enum=RESULTS)] = ""
    remark: Annotated[str, Text(N_("存在问题"), max_length=2000, aliases=(N_("备注"),))] = ""

    def fresh(self) -> Item:
        """Return the same line of the list, not yet judged, as a row of its own."""
        return Item(
            key=new_key(),
            item=self.item,
            follow_through=self.follow_through,
            standard=self.standard,
            full_score=self.full_score,
            deduction=self.deduction,
            veto=self.veto,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection(Record):
    """An inspection, planned or held, with its checklist."""

    kind: ClassVar[str] = "inspection"
    prefix: ClassVar[str] = "JC"
    occurred: ClassVar[str] = "inspected_on"
    past: ClassVar[tuple[str, ...]] = (
        *("status", "inspected_on", "planned_on", "occurrence_on", "plan", "previous"),
        *("self_score", "conclusion"),
    )

    status: Annotated[str, Choice(N_("状态"), enum=INSPECTION_STATUSES)] = "planned"
    scheme: Annotated[
        str,
        Text(
            N_("检查方案"),
            description=N_("按哪个清单检查"),
            examples=(N_("五查"), N_("三查三落实"), N_("日常"), N_("专项"), N_("不定期")),
        ),
    ] = ""
    inspected_on: Annotated[PartialDate | None, Date(N_("检查日期"), aliases=(N_("检查时间"),))] = (
        None
    )
    inspectors: Annotated[
        tuple[str, ...], People(N_("检查人员"), aliases=(N_("检查人"),), max_length=100)
    ] = ()
    inspected_unit: Annotated[str, Text(N_("受检部门"), aliases=(N_("被检查单位"),))] = ""
    place: Annotated[str, Text(N_("检查地点"))] = ""
    items: Annotated[tuple[Item, ...], Rows(N_("检查项目"), row=Item)] = ()
    self_score: Annotated[
        Decimal | None, Number(N_("自评分"), minimum=Decimal(0), maximum=Decimal(1000))
    ] = None
    conclusion: Annotated[str, LongText(N_("检查结论"), aliases=(N_("检查情况"),))] = ""
    planned_on: Annotated[PartialDate | None, Date(N_("计划日期"))] = None
    plan: Annotated[str, Reference(N_("检查计划"), kinds=("plan",))] = ""
    previous: Annotated[
        str,
        Reference(N_("复查对象"), kinds=("inspection",), description=N_("复查时填写：上一次检查")),
    ] = ""
    # The day for which the plan asked; it stays when the inspection is put off to another.
    occurrence_on: Annotated[PartialDate | None, Date(N_("计划内日期"), read_only=True)] = None

    def step_problems(self, before: Self) -> Iterator[Problem]:
        """Yield a status that cannot follow the former one, and a check held on no known day."""
        yield from step(self, before, INSPECTION_STEPS)
        held = before.status == "planned" != self.status
        if held and self.inspected_on is None:
            yield problem(self, "inspected_on", _("请填写检查日期，只知道年月也可以"))

    def anew(self) -> Self:
        """Return the same list for another round, with nothing judged yet."""
        # Not super(): a class with slots is made anew, and is not the one that super() knows.
        return replace(Record.anew(self), items=tuple(item.fresh() for item in self.items))

    def completed(self) -> Self:
        """Return the inspection with every item's score computed from its deductions."""
        # Without a full score nothing can be worked out, and what was typed is all there is.
        items = tuple(
            item if item.full_score is None else replace(item, score=item_score(item))
            for item in self.items
        )
        return self if items == self.items else replace(self, items=items)

    def outcome(self) -> Outcome:
        """Return the score of the whole inspection."""
        return outcome(self.items)

    def problems(self) -> Iterator[Problem]:
        """Yield scores and deductions beyond an item's full score, and what contradicts itself."""
        if self.previous and self.previous == self.id:
            yield problem(self, "previous", _("复查对象不能是这次检查自身，请选择上一次检查"))
        for index, item in enumerate(self.items):
            if item.result == "fail" and item.occurrences == 0:
                message = _("不合格的项目至少有 1 处；没有发现问题的，请把结果改为合格")
                yield row_problem(self, "items", index, "occurrences", message)
            full = item.full_score
            if full is None:
                continue
            if item.score is not None and item.score > full:
                message = _("得分 {given} 高于满分 {full}，请改为不高于满分").format(
                    given=plain(item.score), full=plain(full)
                )
                yield row_problem(self, "items", index, "score", message)
            if item.deduction is not None and item.deduction > full:
                message = _("每处扣分 {given} 高于满分 {full}，请改小（扣到 0 分为止）").format(
                    given=plain(item.deduction), full=plain(full)
                )
                yield row_problem(self, "items", index, "deduction", message)
