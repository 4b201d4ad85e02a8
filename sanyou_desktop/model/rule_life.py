"""The life of a rule (立改废): consulted on, put in force, reviewed, revised, repealed.

Every function returns the rules as they are after the step, or raises ``Invalid`` with what is
missing; which status may follow which is said by ``RULE_STEPS``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate, surely_before
from sanyou_desktop.model.fields import new_key
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import problem, row_problem, with_note
from sanyou_desktop.model.rule import RULE_STATUSES, Review, Rule
from sanyou_desktop.wording import _, in_source_language

_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")


def consult(rule: Rule) -> Rule:
    """Send the draft out for opinions (征求意见).

    Raises:
        Invalid: it is past being a draft.
    """
    return _checked(rule, replace(rule, status="consultation"), _unless(rule, "drafting"))


def put_in_force(
    rule: Rule,
    replaced: Rule | None,
    *,
    doc_number: str,
    issued_on: PartialDate | None,
    effective_on: PartialDate | None,
) -> tuple[Rule, ...]:
    """Issue the rule (发布施行); what it replaces is repealed the day it takes effect.

    The result holds every rule that changes, the repealed one first.

    Args:
        rule: the one to issue.
        replaced: what its ``replaces`` names, None for nothing.
        doc_number: may be blank: not every rule has a number of its own.
        issued_on: must be given.
        effective_on: must be given.

    Raises:
        Invalid: it was issued already, a date is missing or out of order, or what it replaces was
            never in force.
    """
    found = _unless(rule, "drafting", "consultation")
    if issued_on is None:
        found.append(problem(rule, "issued_on", _("请填写印发日期")))
    if effective_on is None:
        found.append(problem(rule, "effective_on", _("请填写施行日期")))
    after = _checked(
        rule,
        replace(
            rule,
            status="in_force",
            doc_number=doc_number.strip(),
            issued_on=issued_on,
            effective_on=effective_on,
        ),
        found,
    )
    if replaced is None or replaced.status == "repealed":
        return (after,)
    if replaced.status not in ("in_force", "revising"):
        message = _("被替代的「{title}」还没有施行，无从废止；请改选替代的制度，或先去掉")
        raise Invalid((problem(rule, "replaces", message.format(title=replaced.title)),))
    return (repeal(replaced, on=effective_on, reason=_replaced_by(after, replaced)), after)


@in_source_language()
def _replaced_by(rule: Rule, former: Rule) -> str:
    if rule.confidential and not former.confidential:
        # The notes of the old rule may leave, and would take the title along.
        return _("由新的制度替代")
    return _("由「{title}」替代").format(title=rule.title)


def repeal(rule: Rule, *, on: PartialDate | None, reason: str) -> Rule:
    """Repeal the rule (废止); why goes into its notes.

    Raises:
        Invalid: it is not in force, the date or the reason is missing, or the date lies before the
            rule's own.
    """
    found = _unless(rule, "in_force", "revising")
    if not reason.strip():
        found.append(problem(rule, "notes", _("请写明废止的原因")))
    if on is None:
        raise Invalid((problem(rule, "repealed_on", _("废止制度时请填写废止日期")), *found))
    with in_source_language():
        told = _("{date}废止：{reason}").format(date=on.in_words(), reason=reason.strip())
    notes = with_note(rule.notes, told)
    return _checked(rule, replace(rule, status="repealed", repealed_on=on, notes=notes), found)


def begin_revision(rule: Rule) -> Rule:
    """Say that the rule, still in force, is being revised (修订).

    Raises:
        Invalid: it is not in force.
    """
    return _checked(rule, replace(rule, status="revising"), _unless(rule, "in_force"))


def keep_unrevised(rule: Rule) -> Rule:
    """Give up the revision: the rule stays in force as it is.

    Raises:
        Invalid: it is not being revised.
    """
    return _checked(rule, replace(rule, status="in_force"), _unless(rule, "revising"))


def revised(rule: Rule, today: date) -> Draft:
    """Begin the rule's next version: same title and text, number and dates still to come."""
    draft = Draft.copy_of(rule)
    draft.raw |= {
        "status": "drafting",
        "replaces": rule.id,
        "version": next_version(rule.version, today),
        "reviews": [],
        **dict.fromkeys(
            (
                *("doc_number", "approved_on", "approved_by", "issued_on"),
                *("effective_on", "review_by", "repealed_on", "notes"),
            ),
            "",
        ),
    }
    return draft


def next_version(version: str, today: date) -> str:
    """Return the version after one, by its last number: 1.0 -> 1.1, 第2版 -> 第3版, 2006版 -> 今年.

    A rule that never had one was the first, so that the next is 2.
    """
    if not version.strip():
        return "2"
    last = _LAST_NUMBER.search(version)
    if last is None:
        return ""
    number = int(last[0])
    is_year = len(last[0]) == 4 and 1949 <= number <= today.year
    follows = today.year if is_year else number + 1
    return f"{version[: last.start()]}{follows}{version[last.end() :]}"


def review(
    rule: Rule,
    *,
    on: PartialDate | None,
    by: str,
    outcome: str,
    opinion: str = "",
    next_by: PartialDate | None = None,
) -> Rule:
    """Note a review (复审) and when the next is due.

    A rule to be revised or repealed keeps its day of review, and so is called to mind until that
    is done.

    Raises:
        Invalid: date, reviewer or outcome is missing, or a rule to be revised or repealed has no
            opinion that says why.
    """
    done = Review(key=new_key(), on=on, by=by.strip(), outcome=outcome, opinion=opinion.strip())
    after = replace(
        rule,
        reviews=(*rule.reviews, done),
        review_by=next_by if outcome == "kept" else next_by or rule.review_by,
    )
    index = len(rule.reviews)
    found = []
    if rule.status not in ("in_force", "revising"):
        found.append(problem(rule, "status", _("只有现行有效的制度才需要复审")))
    for column, given, message in (
        ("on", on, _("请填写复审日期")),
        ("by", by.strip(), _("请填写由谁复审")),
        ("outcome", outcome, _("请选择复审结论")),
        ("opinion", outcome in ("", "kept") or opinion.strip(), _("请写明为什么要修订或废止")),
    ):
        if not given:
            found.append(row_problem(rule, "reviews", index, column, message))
    if next_by is not None and (next_by == on or surely_before(next_by, on)):
        found.append(problem(rule, "review_by", _("下次复审日期应在本次复审之后")))
    return _checked(rule, after, found)


def _unless(rule: Rule, *statuses: str) -> list[Problem]:
    """Return what keeps a step from a rule that is in none of the statuses it begins at."""
    if rule.status in statuses:
        return []
    titles = {option.value: _(option.title) for option in RULE_STATUSES}
    message = _("制度现在是「{status}」，不能再办这一步").format(
        status=titles.get(rule.status, rule.status)
    )
    return [problem(rule, "status", message)]


def _checked(before: Rule, after: Rule, found: list[Problem] | None = None) -> Rule:
    every = (*(found or ()), *after.step_problems(before), *after.problems())
    if every:
        raise Invalid(every)
    return after
