"""制度: a rule with a life, or an announced collection of rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import (
    Choice,
    Count,
    Date,
    Flag,
    LongText,
    Names,
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

RULE_STATUSES = (
    Option("drafting", N_("起草"), "muted"),
    Option("consultation", N_("征求意见"), "warn"),
    Option("in_force", N_("现行有效"), "good"),
    Option("revising", N_("修订中"), "warn"),
    Option("repealed", N_("已废止"), "muted"),
)
# 废改立: a rule in force is revised or repealed, never a draft again.
RULE_STEPS = steps(
    drafting="consultation in_force",
    consultation="drafting in_force",
    in_force="revising repealed",
    revising="in_force repealed",
)
REVIEW_OUTCOMES = (
    Option("kept", N_("继续有效"), "good"),
    Option("revise", N_("需要修订"), "warn"),
    Option("repeal", N_("应予废止"), "bad"),
)
GENRES = (
    Option("provision", N_("规定")),
    Option("measure", N_("办法")),
    Option("detailed_rule", N_("细则")),
    Option("system", N_("制度")),
    Option("notice", N_("通知")),
)
RULE_CATEGORIES = (
    Option("reception", N_("接待")),
    Option("vehicles", N_("车辆")),
    Option("procurement", N_("采购")),
    Option("finance", N_("财务")),
    Option("property", N_("物业")),
    Option("assets", N_("资产")),
    Option("security", N_("安全保卫")),
    Option("catering", N_("餐饮")),
    Option("meetings", N_("会议")),
    Option("office_supplies", N_("办公用品")),
    Option("other", N_("其他")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Review(Row):
    """One review of a rule: what was decided about it."""

    on: Annotated[PartialDate | None, Date(N_("复审日期"))] = None
    by: Annotated[str, Text(N_("复审人"), max_length=100)] = ""
    outcome: Annotated[str, Choice(N_("复审结论"), enum=REVIEW_OUTCOMES)] = ""
    opinion: Annotated[str, Text(N_("复审意见"), max_length=5000)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule(Record):
    """A rule; with ``announced_count`` it stands for a collection whose titles may be unknown."""

    kind: ClassVar[str] = "rule"
    prefix: ClassVar[str] = "ZD"
    occurred: ClassVar[str] = "issued_on"
    # Dates and status stay: rules that were issued together are entered one from another.
    past: ClassVar[tuple[str, ...]] = ("doc_number", "replaces", "repealed_on", "reviews")

    status: Annotated[str, Choice(N_("状态"), enum=RULE_STATUSES)] = "drafting"
    doc_number: Annotated[
        str,
        Text(
            N_("发文字号"),
            aliases=(N_("文号"),),
            max_length=100,
            description=N_("如：机关代字〔2026〕3号；没有则留空"),
        ),
    ] = ""
    genre: Annotated[str, Choice(N_("文种"), enum=GENRES)] = ""
    category: Annotated[str, Choice(N_("类别"), enum=RULE_CATEGORIES)] = ""
    basis: Annotated[str, LongText(N_("制定依据"))] = ""
    approved_on: Annotated[PartialDate | None, Date(N_("审议通过日期"))] = None
    approved_by: Annotated[str, Text(N_("批准机关或会议"), aliases=(N_("制定机关"),))] = ""
    issued_on: Annotated[
        PartialDate | None,
        Date(
            N_("印发日期"),
            aliases=(
                N_("印发时间"),
                N_("发文日期"),
                N_("发文时间"),
            ),
        ),
    ] = None
    joint_issuers: Annotated[
        tuple[str, ...], Names(N_("联合印发单位"), aliases=(N_("联合印发"),))
    ] = ()
    effective_on: Annotated[
        PartialDate | None,
        Date(
            N_("施行日期"),
            aliases=(
                N_("实施日期"),
                N_("生效日期"),
            ),
        ),
    ] = None
    review_by: Annotated[PartialDate | None, Date(N_("复审日期"))] = None
    repealed_on: Annotated[PartialDate | None, Date(N_("废止日期"))] = None
    version: Annotated[str, Text(N_("版次"), max_length=50)] = ""
    replaces: Annotated[str, Reference(N_("替代制度"), kinds=("rule",))] = ""
    collection: Annotated[
        bool, Flag(N_("成套制度"), description=N_("公布时只说共多少项、未逐项列名的一批制度"))
    ] = False
    announced_count: Annotated[
        int | None, Count(N_("公布项数"), description=N_("成套制度公布的项数；不知道则留空"))
    ] = None
    titles: Annotated[
        tuple[str, ...], Names(N_("已知名称"), description=N_("成套制度中已知的各项名称"))
    ] = ()
    text: Annotated[str, LongText(N_("正文"))] = ""
    interpreter: Annotated[str, Text(N_("解释部门"))] = ""
    reviews: Annotated[tuple[Review, ...], Rows(N_("复审记录"), row=Review)] = ()

    def anew(self) -> Self:
        """Return it without its history; what is on its way out is begun again as a draft."""
        # Not super(): a class with slots is made anew, and is not the one that super() knows.
        new = Record.anew(self)
        return replace(new, status="drafting") if self.status in ("revising", "repealed") else new

    def step_problems(self, before: Self) -> Iterator[Problem]:
        """Yield a status that cannot follow the former one, and a repeal without its date."""
        yield from step(self, before, RULE_STEPS)
        if self.status == "repealed" != before.status and self.repealed_on is None:
            yield problem(self, "repealed_on", _("废止制度时请填写废止日期"))

    def problems(self) -> Iterator[Problem]:
        """Yield dates out of order, a rule that replaces itself, more titles than announced."""
        yield from in_order(self, "issued_on", "repealed_on")
        yield from in_order(self, "effective_on", "repealed_on")
        if self.replaces and self.replaces == self.id:
            yield problem(self, "replaces", _("制度不能替代自身，请选择被替代的旧制度"))
        if self.announced_count is not None and len(self.titles) > self.announced_count:
            message = _("已录名称 {known} 项，多于公布的 {count} 项，请核对公布项数")
            yield problem(
                self, "titles", message.format(known=len(self.titles), count=self.announced_count)
            )
