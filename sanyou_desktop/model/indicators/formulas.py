"""The formula of each indicator. A share of nothing is None ("—" on screen), never 0.

Rates are computed from pooled counts, never from other rates: ten surveys of one answer do not
outweigh one survey of a thousand.
"""

from __future__ import annotations

from decimal import Decimal

from sanyou_desktop.model.fields import Money
from sanyou_desktop.model.indicators.tallies import Tallies
from sanyou_desktop.model.percent import percent
from sanyou_desktop.model.quantity import Total, joint_qualifier

_YUAN = Money.unit


def pledges_published(t: Tallies) -> int:
    """公示承诺: pledges whose day of publication lies in the period, drafts left out."""
    return t.pledges


def fulfilment_rate(t: Tallies) -> Decimal | None:
    """承诺兑现率: kept / (kept + partly + broken), in percent.

    Counted by the entries of fulfilment whose own day lies in the period. Partly kept counts
    below the line only: a promise half kept is not a promise kept. Entries without an outcome
    count nowhere.
    """
    return percent(t.kept, t.kept + t.partly + t.broken)


def rules_in_force(t: Tallies) -> int:
    """现行制度: rules that had taken effect by the reference day and were not repealed by then.

    What is under revision stays in force. A collection counts once. Where the day is today, the
    status decides; for earlier days the dates do.
    """
    return t.rules


def rules_past_review(t: Tallies) -> int:
    """超期未复审制度: rules in force on the reference day whose review was due before it."""
    return t.review_past


def inspections_held(t: Tallies) -> int:
    """开展检查: inspections done or closed whose day lies in the period."""
    return t.inspections


def score_rate(t: Tallies) -> Decimal | None:
    """检查得分率: points / full scores of all scored items that apply, in percent."""
    return percent(t.points, t.base)


def pass_rate(t: Tallies) -> Decimal | None:
    """检查合格率: passed items / (passed + failed items), in percent."""
    return percent(t.passed, t.passed + t.failed)


def findings_raised(t: Tallies) -> int:
    """发现问题: findings raised in the period, whoever raised them."""
    return t.raised


def findings_closed(t: Tallies) -> int:
    """销号问题: findings closed in the period, whenever they were raised."""
    return t.closed


def findings_overdue(t: Tallies) -> int:
    """逾期问题: findings due before the reference day that were not handed in by then."""
    return t.overdue


def rectification_rate(t: Tallies) -> Decimal | None:
    """整改率: settled / raised, of the findings raised in the period, as known today.

    Settled is what is closed or whose last re-check was passed; what only says that it is
    rectified is not.
    """
    return percent(t.settled, t.raised)


def on_time_rate(t: Tallies) -> Decimal | None:
    """按期整改率: rectified by the due day / all that were due, in percent.

    Of the findings due in the period: below the line those that are settled or whose time is
    over, above it those settled whose day of rectification is no later than the due day.
    """
    return percent(t.on_time, t.due)


def replied_rate(t: Tallies) -> Decimal | None:
    """回音率: replied / raised, of the findings raised in the period, as known today."""
    return percent(t.replied, t.raised)


def repeat_findings(t: Tallies) -> int:
    """重复问题: findings raised in the period that repeat an earlier one (``model.repeats``)."""
    return t.repeats


def complaints(t: Tallies) -> int:
    """投诉: findings raised in the period whose source is a complaint."""
    return t.complaints


def errors(t: Tallies) -> int:
    """差错: findings raised in the period whose source is an error."""
    return t.errors


def accidents(t: Tallies) -> int:
    """事故: findings raised in the period whose source is an accident."""
    return t.accidents


def return_rate(t: Tallies) -> Decimal | None:
    """回收率: returned / distributed, summed over the surveys that tell both, in percent."""
    return percent(t.answered, t.distributed)


def satisfaction_rate(t: Tallies) -> Decimal | None:
    """满意率: (very satisfied + satisfied + basically satisfied) / (all answers - not rated).

    Summed over surveys before dividing; a survey that leaves 基本满意 out counts it below the
    line only.
    """
    return percent(t.content, t.rated)


def satisfaction_index(t: Tallies) -> Decimal | None:
    """满意度指数: sum of each answer's weight / graded answers, 0 to 100."""
    return percent(t.weighted / 100, t.rated)


def money_invested(t: Tallies) -> Total | None:
    """投入金额: the sum of the amounts of activities begun in the period, with what it hides.

    None where no amount was entered: nothing known is not 0 元.
    """
    if not t.sums and not t.wordy:
        return None
    bounds = {"over": t.over, "about": t.about, "under": t.under}
    present = [qualifier for qualifier, count in bounds.items() if count]
    return Total(t.money, _YUAN, sum(bounds.values()), t.wordy, joint_qualifier(present))
