"""督办: a numbered slip about one finding that is not closed, to be answered by a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sanyou_desktop.model.edtf import PartialDate, surely_before
from sanyou_desktop.model.escalation import OVERDUE, REMINDER, WARNING, level
from sanyou_desktop.model.fields import new_key
from sanyou_desktop.model.finding import Finding, Slip
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import problem, row_problem
from sanyou_desktop.model.working_days import WorkingDays
from sanyou_desktop.wording import _, in_source_language

# Of the running number, DB-2026-0001.
PREFIX = "DB"
# Working days to answer in, by level.
_DAYS = {REMINDER: 5, WARNING: 3, OVERDUE: 3}


def usual_level(finding: Finding, today: date) -> str:
    """Return the level that the finding's limit gives; a reminder where it does not press yet."""
    return level(finding.due_on, today) or REMINDER


def usual_due(chosen: str, today: date, calendar: WorkingDays) -> date:
    """Return the day by which a slip of that level is usually answered."""
    return calendar.after(today, _DAYS.get(chosen, _DAYS[OVERDUE]))


@in_source_language()
def usual_demand() -> str:
    """Return what a slip usually asks."""
    return _("请于限办日期前完成整改，并以回执书面回复整改结果；确有困难的，说明原因和下一步安排。")


def issue(finding: Finding, slip: Slip) -> Finding:
    """Return the finding with one slip more; a slip without a level gets the usual one.

    Raises:
        Invalid: the finding is closed, nothing is demanded, or the day is missing or too early.
    """
    slip = replace(slip, issued_on=slip.issued_on or PartialDate.of(date.today()))
    if finding.status == "closed":
        message = _("问题已销号，不再督办；如需继续整改，请先重开并说明原因")
        raise Invalid((problem(finding, "status", message),))
    at = len(finding.slips)
    if not slip.demand:
        message = _("请写明要做什么、怎么回复")
        raise Invalid((row_problem(finding, "slips", at, "demand", message),))
    if slip.due_on is None or slip.due_on.precision != "day":
        message = _("请填写限办到哪一天，例如 2026-03-01")
        raise Invalid((row_problem(finding, "slips", at, "due_on", message),))
    if surely_before(slip.due_on, slip.issued_on):
        message = _("限办日期 {end} 早于签发日期 {start}，请改为以后的日期").format(
            end=slip.due_on, start=slip.issued_on
        )
        raise Invalid((row_problem(finding, "slips", at, "due_on", message),))
    issued = slip.issued_on.first() if slip.issued_on else None
    chosen = slip.level or usual_level(finding, issued or date.today())
    added = replace(
        slip, key=new_key(), level=chosen, issued_on=PartialDate.of(issued or date.today())
    )
    return replace(finding, slips=(*finding.slips, added))
