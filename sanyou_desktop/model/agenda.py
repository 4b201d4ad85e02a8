"""What must be seen to on a day: every record stands in one section of 今日, or in none.

The ledger works the same out in SQL for all records at once; a test holds both to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sanyou_desktop.model import escalation, rectification
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule

# Sections, in their order on the page. Those of a finding that is to be rectified are named after
# the level of its limit, those of one that waits after the step it waits for.
OVERDUE, WARNING, REMINDER = escalation.OVERDUE, escalation.WARNING, escalation.REMINDER
RECHECK, REPLY, CLOSE = rectification.RECHECK, rectification.REPLY, rectification.CLOSE
PLANNED, EXPIRING, REVIEW, NOWHERE = "planned", "expiring", "review", ""
SECTIONS = (OVERDUE, WARNING, REMINDER, RECHECK, REPLY, CLOSE, PLANNED, EXPIRING, REVIEW)
# A pledge to renew or a rule to review takes its time.
ENDING_DAYS = 30


@dataclass(frozen=True)
class Matter:
    """One line of a section.

    Attributes:
        due_on: the limit, the planned day, or the day it ends or is to be reviewed.
        since: the day it began to wait for a re-check, a reply or its closure.
    """

    kind: str
    id: str
    number: str
    title: str
    unit: str = ""
    department: str = ""
    person: str = ""
    due_on: PartialDate | None = None
    since: PartialDate | None = None


@dataclass(frozen=True)
class Section:
    """A section with its first matters, most pressing first; ``total`` counts them all."""

    key: str
    total: int
    matters: tuple[Matter, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.matters)


def section_of(record: Record, today: date) -> str:
    """Return the section of a living record, ``NOWHERE`` if nothing need be done about it."""
    if isinstance(record, Finding):
        return _of_finding(record, today)
    if isinstance(record, Inspection):
        is_near = record.status == "planned" and _within(
            record.planned_on, today, escalation.REMINDER_DAYS
        )
        return PLANNED if is_near else NOWHERE
    if isinstance(record, Pledge):
        is_near = record.status == "published" and _within(record.valid_until, today, ENDING_DAYS)
        return EXPIRING if is_near else NOWHERE
    if isinstance(record, Rule):
        is_near = record.status == "in_force" and _within(record.review_by, today, ENDING_DAYS)
        return REVIEW if is_near else NOWHERE
    return NOWHERE


def _of_finding(finding: Finding, today: date) -> str:
    step = rectification.next_step(finding)
    if step == rectification.RECTIFY:
        # What is rectified waits for its re-check, however late it is; the rest goes by its limit.
        return escalation.level(finding.due_on, today) or NOWHERE
    return step


def _within(limit: PartialDate | None, today: date, days: int) -> bool:
    left = escalation.days_left(limit, today)
    return left is not None and left <= days
