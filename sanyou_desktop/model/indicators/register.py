"""The register of indicators: what each is called, its formula in words, and its function.

To add one: a function with the formula in its docstring, a line in ``INDICATORS`` with the same
formula for the screen, the counts it needs in ``tallies``, and which of these tell its records.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sanyou_desktop.model.indicators import formulas, notes
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.quantity import Total
from sanyou_desktop.wording import N_

Value = Decimal | int | Total | None


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        key: fixed, as the command prints it.
        title, formula: ``N_``; the formula is one line that stands on screen.
        shape: "count", "percent", "points" (0 to 100) or "money".
        better: "up" or "down" where one direction is the better one, "" where neither is.
        kind: the kind of record behind it.
        behind: the tallies to which every record that it counts adds something, and no other.
        value: its function; None where it is undefined.
        left_out: the tally of records that may or may not belong to the period.
        note: what the number hides, in words.
        is_stock: it counts what there is on the reference day rather than what happened in the
            period. Today's state is known, that of an earlier day only by its dates: where more
            was left out then than now, the two are not compared.
    """

    key: str
    title: str
    formula: str
    shape: str
    better: str
    kind: str
    value: Callable[[Tallies], Value]
    left_out: str
    note: Callable[[Tallies], str] = notes.nothing
    is_stock: bool = False
    behind: tuple[str, ...] = ()

    def unclear(self, tallies: Tallies) -> int:
        """Return how many records may or may not belong to the period and were left out."""
        found: int = getattr(tallies, self.left_out)
        return found


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "pledges_published",
        N_("公示承诺"),
        N_("本期公示的承诺件数（按公示日期，草稿不计，已终止的照计）"),
        "count",
        "up",
        "pledge",
        formulas.pledges_published,
        "pledges_unclear",
        behind=("pledges",),
    ),
    Indicator(
        "fulfilment_rate",
        N_("承诺兑现率"),
        N_(
            "已兑现 ÷（已兑现＋部分兑现＋未兑现）× 100%，按本期履行记录的条数；"
            "部分兑现只计入分母，未填兑现情况的不计"
        ),
        "percent",
        "up",
        "pledge",
        formulas.fulfilment_rate,
        "fulfilments_unclear",
        notes.fulfilments,
        behind=("kept", "partly", "broken"),
    ),
    Indicator(
        "rules_in_force",
        N_("现行制度"),
        N_("统计时点已施行（未填施行日期的看印发日期）、未废止的制度件数；成套制度计一件"),
        "count",
        "",
        "rule",
        formulas.rules_in_force,
        "rules_unclear",
        notes.collections,
        is_stock=True,
        behind=("rules",),
    ),
    Indicator(
        "rules_past_review",
        N_("超期未复审制度"),
        N_("现行制度中，复审日期早于统计时点的件数"),
        "count",
        "down",
        "rule",
        formulas.rules_past_review,
        "rules_unclear",
        is_stock=True,
        behind=("review_past",),
    ),
    Indicator(
        "inspections_held",
        N_("开展检查"),
        N_("本期已检查、已办结的检查次数（按检查日期）"),
        "count",
        "up",
        "inspection",
        formulas.inspections_held,
        "inspections_unclear",
        notes.vetoes,
        behind=("inspections",),
    ),
    Indicator(
        "score_rate",
        N_("检查得分率"),
        N_("本期各次检查得分之和 ÷ 应得分之和 × 100%；不适用和未评分的项目不计入应得分"),
        "percent",
        "up",
        "inspection",
        formulas.score_rate,
        "inspections_unclear",
        notes.vetoes,
        behind=("base",),
    ),
    Indicator(
        "pass_rate",
        N_("检查合格率"),
        N_("合格项数 ÷（合格项数＋不合格项数）× 100%；不适用和未定结果的项目不计"),
        "percent",
        "up",
        "inspection",
        formulas.pass_rate,
        "inspections_unclear",
        notes.items,
        behind=("passed", "failed"),
    ),
    Indicator(
        "findings_raised",
        N_("发现问题"),
        N_("本期提出的问题件数（按提出日期）"),
        "count",
        "",
        "finding",
        formulas.findings_raised,
        "raised_unclear",
        behind=("raised",),
    ),
    Indicator(
        "findings_closed",
        N_("销号问题"),
        N_("本期销号的问题件数（按销号日期，不论何时提出）"),
        "count",
        "up",
        "finding",
        formulas.findings_closed,
        "closed_unclear",
        behind=("closed",),
    ),
    Indicator(
        "findings_overdue",
        N_("逾期问题"),
        N_("整改时限早于统计时点、当时仍未提交整改的问题件数；等待复查的不算逾期"),
        "count",
        "down",
        "finding",
        formulas.findings_overdue,
        "overdue_unclear",
        is_stock=True,
        behind=("overdue",),
    ),
    Indicator(
        "rectification_rate",
        N_("整改率"),
        N_("本期提出的问题中，至今已销号或复查通过的件数 ÷ 本期提出的件数 × 100%"),
        "percent",
        "up",
        "finding",
        formulas.rectification_rate,
        "raised_unclear",
        notes.settled,
        behind=("raised",),
    ),
    Indicator(
        "on_time_rate",
        N_("按期整改率"),
        N_(
            "整改时限在本期的问题中，复查通过且整改日期不晚于时限的件数 ÷ "
            "已通过复查或已过时限的件数 × 100%"
        ),
        "percent",
        "up",
        "finding",
        formulas.on_time_rate,
        "due_unclear",
        notes.on_time,
        behind=("due",),
    ),
    Indicator(
        "replied_rate",
        N_("回音率"),
        N_("本期提出的问题中，至今已有回音的件数 ÷ 本期提出的件数 × 100%"),
        "percent",
        "up",
        "finding",
        formulas.replied_rate,
        "raised_unclear",
        notes.replied,
        behind=("raised",),
    ),
    Indicator(
        "repeat_findings",
        N_("重复问题"),
        N_(
            "本期提出的问题中，同一检查项目或同一标题、同一地点或同一责任部门，在选定天数内曾经提出过的件数"
        ),
        "count",
        "down",
        "finding",
        formulas.repeat_findings,
        "raised_unclear",
        behind=("repeats",),
    ),
    Indicator(
        "complaints",
        N_("投诉"),
        N_("本期提出、来源为投诉的问题件数（三无目标之一）"),
        "count",
        "down",
        "finding",
        formulas.complaints,
        "complaints_unclear",
        behind=("complaints",),
    ),
    Indicator(
        "errors",
        N_("差错"),
        N_("本期提出、来源为差错的问题件数（三无目标之一）"),
        "count",
        "down",
        "finding",
        formulas.errors,
        "errors_unclear",
        behind=("errors",),
    ),
    Indicator(
        "accidents",
        N_("事故"),
        N_("本期提出、来源为事故的问题件数（三无目标之一）"),
        "count",
        "down",
        "finding",
        formulas.accidents,
        "accidents_unclear",
        behind=("accidents",),
    ),
    Indicator(
        "return_rate",
        N_("回收率"),
        N_(
            "收回份数之和 ÷ 发出份数之和 × 100%，各次测评先合并份数再计算；"
            "只计已完成、两项都填写的测评"
        ),
        "percent",
        "up",
        "survey",
        formulas.return_rate,
        "surveys_unclear",
        notes.returned,
        behind=("distributed", "answered"),
    ),
    Indicator(
        "satisfaction_rate",
        N_("满意率"),
        N_(
            "（很满意＋满意＋基本满意）÷（各档份数之和，不含未评价）× 100%，"
            "各次测评先合并份数再计算；注明不计基本满意的测评，其基本满意只计入分母"
        ),
        "percent",
        "up",
        "survey",
        formulas.satisfaction_rate,
        "surveys_unclear",
        notes.satisfaction,
        behind=("rated",),
    ),
    Indicator(
        "satisfaction_index",
        N_("满意度指数"),
        N_(
            "各档份数 × 该档权重之和 ÷ 各档份数之和，满分 100；"
            "权重取各次测评填写的，未填为 100/80/60/0"
        ),
        "points",
        "up",
        "survey",
        formulas.satisfaction_index,
        "surveys_unclear",
        behind=("rated",),
    ),
    Indicator(
        "money_invested",
        N_("投入金额"),
        N_("本期活动登记金额之和（按开始日期，计划中的不计）；约数和没有数字的另行注明"),
        "money",
        "",
        "activity",
        formulas.money_invested,
        "money_unclear",
        behind=("sums", "wordy"),
    ),
)
