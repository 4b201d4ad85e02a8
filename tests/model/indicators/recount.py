"""Counting the records of a period one by one, as a person with a pencil would.

Nothing here is shared with the program but the records themselves, ``Period`` and the scoring of
one inspection: this is what the SQL is held against.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sanyou_desktop.model.activity import Activity
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.indicators import Tallies
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.survey import Survey


@dataclass
class Pencil:
    """A tally sheet for one period."""

    period: Period
    today: date
    counts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return min(self.period.last or self.today, self.today)

    def tick(self, name: str, amount: Decimal | int = 1) -> None:
        self.counts[name] = self.counts.get(name, Decimal(0)) + amount

    def tick_by(self, when: PartialDate | None, name: str, unclear: str = "") -> bool:
        """Tick a name, or that it is unclear; tell whether it was the name."""
        answer = self.period.holds(when)
        if answer:
            self.tick(name)
        elif answer is None and unclear:
            self.tick(unclear)
        return bool(answer)

    def result(self) -> Tallies:
        decimals = ("points", "base", "weighted", "money")
        return Tallies(
            **{
                name: amount if name in decimals else int(amount)
                for name, amount in self.counts.items()
            }  # type: ignore[arg-type] # the names tell which are whole
        )


def recount(
    records: Iterable[Record],
    period: Period,
    today: date,
    repeat_days: int,
    theme: str = "",
    unit: str = "",
) -> Tallies:
    """Count living records of all kinds for one period."""
    living = [record for record in records if not record.deleted_at]
    wanted = [
        record
        for record in living
        if (not theme or theme in record.themes) and (not unit or record.unit == unit)
    ]
    sheet = Pencil(period, today)
    for record in wanted:
        if isinstance(record, Pledge):
            _pledge(sheet, record)
        elif isinstance(record, Rule):
            _rule(sheet, record)
        elif isinstance(record, Inspection):
            _inspection(sheet, record)
        elif isinstance(record, Survey):
            _survey(sheet, record)
        elif isinstance(record, Activity):
            _activity(sheet, record)
        elif isinstance(record, Finding):
            _finding(sheet, record)
            if period.holds(record.raised_on) and _repeats(record, living, repeat_days):
                sheet.tick("repeats")
    return sheet.result()


def _pledge(sheet: Pencil, pledge: Pledge) -> None:
    if pledge.status == "draft":
        return
    sheet.tick_by(pledge.published_on, "pledges", "pledges_unclear")
    for entry in pledge.fulfilments:
        if entry.outcome:
            sheet.tick_by(entry.on, entry.outcome, "fulfilments_unclear")


def _rule(sheet: Pencil, rule: Rule) -> None:
    if rule.status in ("drafting", "consultation"):
        return
    day, begins = sheet.day, rule.effective_on or rule.issued_on
    had_begun = _was(begins, day)
    if rule.status == "repealed":
        was_repealed = _was(rule.repealed_on, day)
        surely = had_begun is True and was_repealed is False
        # Today the status tells, unless the rule is to be repealed on a day to come.
        over = day == sheet.today and not surely
        if over or had_begun is False or was_repealed is True:
            return
    else:
        if had_begun is False:
            return
        surely = had_begun is True or day == sheet.today
    if not surely:
        sheet.tick("rules_unclear")
        return
    sheet.tick("rules")
    if rule.review_by and (last := rule.review_by.last()) and last < day:
        sheet.tick("review_past")
    if rule.collection or rule.announced_count is not None:
        sheet.tick("collections")
        if rule.announced_count is None:
            sheet.tick("uncounted")
        else:
            sheet.tick("announced", rule.announced_count)


def _was(when: PartialDate | None, day: date) -> bool | None:
    """Tell whether a day had come; None if it cannot be told."""
    first, last = (when.first(), when.last()) if when else (None, None)
    if first is None or last is None:
        return None
    return True if last <= day else False if first > day else None


def _inspection(sheet: Pencil, inspection: Inspection) -> None:
    if inspection.status == "planned":
        return
    if not sheet.tick_by(inspection.inspected_on, "inspections", "inspections_unclear"):
        return
    result = inspection.outcome()
    sheet.tick("points", result.points)
    sheet.tick("base", result.base)
    sheet.tick("vetoed", int(result.vetoed))
    sheet.tick("passed", sum(item.result == "pass" for item in inspection.items))
    sheet.tick("failed", result.failed)


def _survey(sheet: Pencil, survey: Survey) -> None:
    if survey.status != "done" or not sheet.tick_by(survey.held_on, "surveys", "surveys_unclear"):
        return
    if survey.distributed is not None and survey.returned is not None:
        sheet.tick("distributed", survey.distributed)
        sheet.tick("answered", survey.returned)
    very, good = survey.very_satisfied or 0, survey.satisfied or 0
    basic, bad = survey.basically_satisfied or 0, survey.dissatisfied or 0
    sheet.tick("narrow", int(survey.basic_excluded))
    sheet.tick("content", very + good + (0 if survey.basic_excluded else basic))
    sheet.tick("rated", very + good + basic + bad)
    weights = survey.index_weights()
    sheet.tick("weighted", weights[0] * very + weights[1] * good + weights[2] * basic)
    sheet.tick("weighted", weights[3] * bad)


def _activity(sheet: Pencil, activity: Activity) -> None:
    amount = activity.amount
    if amount is None or amount.unit != "元" or activity.status == "planned":
        return
    answer = sheet.period.holds(activity.started_on)
    if answer is None:
        sheet.tick("money_unclear")
    if not answer:
        return
    if amount.value is None:
        sheet.tick("wordy")
        return
    sheet.tick("sums")
    sheet.tick("money", amount.value)
    if amount.qualifier in ("nearly", "under"):
        sheet.tick("under")
    elif amount.qualifier != "exact":
        sheet.tick(amount.qualifier)


def _finding(sheet: Pencil, finding: Finding) -> None:
    last = finding.rounds[-1] if finding.rounds else None
    closed = finding.status == "closed"
    refused = last is not None and last.verdict == "failed"
    handed_in = closed or (finding.status == "rectified" and not refused)
    settled = closed or (handed_in and last is not None and last.verdict == "passed")
    done = (last.rectified_on or last.verified_on) if last else None
    done = done or (finding.closed_on if closed else None)
    if sheet.tick_by(finding.raised_on, "raised", "raised_unclear"):
        sheet.tick("settled", int(settled))
        sheet.tick("replied", int(bool(finding.replied_on or finding.reply)))
    sources = {"complaint": "complaints", "error": "errors", "accident": "accidents"}
    if finding.source in sources:
        name = sources[finding.source]
        sheet.tick_by(finding.raised_on, name, f"{name}_unclear")
    if closed:
        sheet.tick_by(finding.closed_on, "closed", "closed_unclear")
    if finding.due_on is None:
        return
    due = finding.due_on.last()
    if due is not None and due < sheet.day:
        if not handed_in:
            sheet.tick("overdue")
        elif sheet.day < sheet.today:
            was_done = _was(done, sheet.day)
            if was_done is not True:
                sheet.tick("overdue" if was_done is False else "overdue_unclear")
    if settled or (due is not None and due < sheet.today):
        _due(sheet, finding.due_on, done if settled else None, settled=settled)


def _due(sheet: Pencil, due: PartialDate, done: PartialDate | None, *, settled: bool) -> None:
    limit = due.last()
    in_time = (_was(done, limit) if limit else None) if settled else False
    answer = sheet.period.holds(due)
    if answer is None or (answer and in_time is None):
        sheet.tick("due_unclear")
    elif answer:
        sheet.tick("due")
        sheet.tick("on_time", int(bool(in_time)))


def _repeats(finding: Finding, living: list[Record], within: int) -> bool:
    inspections = {one.id: one for one in living if isinstance(one, Inspection)}
    return any(
        isinstance(other, Finding)
        and _within(other, finding, within)
        and other.unit == finding.unit
        and bool(_matters(other, inspections) & _matters(finding, inspections))
        and bool(_places(other) & _places(finding))
        for other in living
    )


def _within(earlier: Finding, later: Finding, days: int) -> bool:
    if earlier.raised_on is None or later.raised_on is None:
        return False
    first, last = earlier.raised_on.first(), earlier.raised_on.last()
    begin, end = later.raised_on.first(), later.raised_on.last()
    if first is None or last is None or begin is None or end is None:
        return False
    return last < begin and end - first <= timedelta(days=days)


def _matters(finding: Finding, inspections: dict[str, Inspection]) -> set[tuple[str, str]]:
    found = {("title", finding.title), ("key", finding.item_key)}
    source = inspections.get(finding.inspection)
    if source is not None and finding.item_key:
        texts = [item.item for item in source.items if item.key == finding.item_key]
        found |= {("item", text) for text in texts}
    return {pair for pair in found if pair[1]}


def _places(finding: Finding) -> set[tuple[str, str]]:
    pairs = {("place", finding.place), ("department", finding.department)}
    return {pair for pair in pairs if pair[1]}
