"""How pressing a limit is: 提醒 within 7 days, 警告 within 3, 逾期 once it has passed.

Limits are calendar days as they are written: whoever set one for a Sunday meant that Sunday. What
falls on working days is chosen when a limit is set, by ``working_days``.
"""

from __future__ import annotations

from datetime import date

from sanyou_desktop.model.edtf import PartialDate

WARNING_DAYS, REMINDER_DAYS = 3, 7
NONE, REMINDER, WARNING, OVERDUE = "", "reminder", "warning", "overdue"
# From the least pressing to the most.
LEVELS_RISING = (NONE, REMINDER, WARNING, OVERDUE)


def days_left(limit: PartialDate | None, today: date) -> int | None:
    """Return how many days are left until the last day ``limit`` may mean, negative once past.

    None without a limit, or one without its year.
    """
    last = limit.last() if limit else None
    return None if last is None else (last - today).days


def level(limit: PartialDate | None, today: date) -> str:
    """Return the level of a limit: a value of ``finding.LEVELS``, or ``NONE``."""
    left = days_left(limit, today)
    if left is None or left > REMINDER_DAYS:
        return NONE
    if left < 0:
        return OVERDUE
    return WARNING if left <= WARNING_DAYS else REMINDER


def waited_level(since: PartialDate | None, today: date) -> str:
    """Return the level of what waits for an answer since a day and has no limit of its own.

    It is a reminder, and a warning once it has waited for longer than a reminder looks ahead.
    """
    left = days_left(since, today)
    return WARNING if left is not None and -left > REMINDER_DAYS else REMINDER
