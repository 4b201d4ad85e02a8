"""What is counted in one period; every indicator is computed from these numbers alone.

What cannot be placed in the period (no date, no year, or only the year where a month is asked)
is counted apart, under ``..._unclear``, and never dropped in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# A finding is in hand of those who re-check; before that it can be overdue.
HANDED_IN = ("rectified", "closed")


@dataclass(frozen=True, kw_only=True)
class Tallies:
    """Counts of records, rows, answers and points; all of them add up over units and periods.

    "On the day" is the reference day: the last of the period, today if the period is not over.

    Attributes:
        pledges: published (or ended since), by the day of publication.
        kept, partly, broken: entries of fulfilment, by their own day.
        rules: in force on the day; ``collections`` of them are announced collections, with
            ``announced`` rules together, ``uncounted`` of them without a number.
        review_past: rules in force on the day whose review was due before it.
        inspections: held; ``vetoed`` of them failed by a veto item.
        points, base: of their scored items; ``passed``, ``failed``: their judged items.
        raised: findings by the day they were raised, of these ``settled`` (closed, or re-checked
            and passed), ``replied`` and ``repeats``, and by source ``complaints``, ``errors``,
            ``accidents``.
        closed: findings by the day they were closed.
        overdue: findings not handed in on the day though due before it.
        due: findings due in the period that are settled or whose time is over, ``on_time`` of
            them rectified by then.
        surveys: finished ones; ``distributed`` and ``answered`` of those that tell both.
        content: answers that count as content, ``rated``: all that gave a grade, ``weighted``:
            the sum of their weights; ``narrow`` surveys leave 基本满意 out of ``content``.
        money: the sum in 元 of ``sums`` amounts with a number; ``over``, ``about``, ``under``
            of them are bounds or estimates, ``wordy`` amounts more have no number.
    """

    pledges: int = 0
    pledges_unclear: int = 0
    kept: int = 0
    partly: int = 0
    broken: int = 0
    fulfilments_unclear: int = 0
    rules: int = 0
    rules_unclear: int = 0
    collections: int = 0
    announced: int = 0
    uncounted: int = 0
    review_past: int = 0
    inspections: int = 0
    inspections_unclear: int = 0
    vetoed: int = 0
    points: Decimal = Decimal(0)
    base: Decimal = Decimal(0)
    passed: int = 0
    failed: int = 0
    raised: int = 0
    raised_unclear: int = 0
    settled: int = 0
    replied: int = 0
    repeats: int = 0
    complaints: int = 0
    complaints_unclear: int = 0
    errors: int = 0
    errors_unclear: int = 0
    accidents: int = 0
    accidents_unclear: int = 0
    closed: int = 0
    closed_unclear: int = 0
    overdue: int = 0
    overdue_unclear: int = 0
    due: int = 0
    due_unclear: int = 0
    on_time: int = 0
    surveys: int = 0
    surveys_unclear: int = 0
    narrow: int = 0
    distributed: int = 0
    answered: int = 0
    content: int = 0
    rated: int = 0
    weighted: Decimal = Decimal(0)
    money: Decimal = Decimal(0)
    sums: int = 0
    over: int = 0
    about: int = 0
    under: int = 0
    wordy: int = 0
    money_unclear: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all was counted."""
        return self == Tallies()
