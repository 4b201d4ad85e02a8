"""Where a rule stands between the day it was decided on and the day that takes effect.

A rule is issued before it comes into force, and what it replaces is marked as repealed that same
day: until then the new one is not in force yet, and the old one still is.
"""

from __future__ import annotations

from datetime import date

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Option
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.wording import N_

PENDING = Option("pending", N_("尚未施行"), "warn")
ENDING = Option("ending", N_("即将废止"), "warn")
_IN_FORCE = ("in_force", "revising")


def standing(
    status: str, effective_on: PartialDate | None, repealed_on: PartialDate | None, today: date
) -> Option | None:
    """Return ``PENDING`` or ``ENDING``, None where the status says how it is.

    A day that is only known as a month or a year lies ahead if its first day does.
    """
    if status in _IN_FORCE and _is_ahead(effective_on, today):
        return PENDING
    if status == "repealed" and _is_ahead(repealed_on, today):
        return ENDING
    return None


def standing_of(rule: Rule, today: date) -> Option | None:
    """Return ``standing`` of a rule."""
    return standing(rule.status, rule.effective_on, rule.repealed_on, today)


def is_in_force(rule: Rule, today: date) -> bool:
    """Tell whether offices go by the rule, or have it before them to go by: those to come too."""
    if rule.status in _IN_FORCE:
        return True
    return standing_of(rule, today) is ENDING


def _is_ahead(day: PartialDate | None, today: date) -> bool:
    first = day.first() if day is not None else None
    return first is not None and first > today
