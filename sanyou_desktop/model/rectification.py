"""What can be done about a finding, each step checked: 整改, 复查, 回音, 销号, 重开.

Every function returns the finding as it is after the step, or raises ``Invalid`` with what is
missing. Window, import and command line go through the same conditions, because those are the
finding's own; the functions only know which fields a step fills.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import new_key
from sanyou_desktop.model.finding import Finding, Reopening, Round, checked_by_another
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import problem, row_problem
from sanyou_desktop.wording import _

# What comes next, in the order of the loop.
RECTIFY, RECHECK, REPLY, CLOSE, NOTHING = "rectify", "recheck", "reply", "close", ""


def next_step(finding: Finding) -> str:
    """Return what the finding waits for; ``NOTHING`` once it is closed."""
    if finding.status == "closed":
        return NOTHING
    last = _last(finding)
    if last is None or not last.is_rectified or last.verdict == "failed" or _taken_up(finding):
        return RECTIFY
    if not last.verdict:
        return RECHECK
    return CLOSE if _is_answered(finding) else REPLY


def begin(finding: Finding, *, measure: str, person: str, due_on: PartialDate | None) -> Finding:
    """Take the finding up: who does what by when.

    Raises:
        Invalid: it waits for others already, or is closed.
    """
    _refuse_waiting(finding)
    return _checked(
        finding,
        replace(finding, status="rectifying", measure=measure, person=person, due_on=due_on),
    )


def rectify(finding: Finding, *, on: date, by: str, rectification: str) -> Finding:
    """Note what was done; it then waits for its re-check.

    Raises:
        Invalid: it is closed, or the round before waits for its verdict.
    """
    _refuse_closed(finding)
    last = _last(finding)
    done = Round(key=new_key(), rectified_on=PartialDate.of(on), by=by, rectification=rectification)
    begun = last is not None and not last.verdict and not last.is_rectified
    if begun and last is not None:
        rounds = (*finding.rounds[:-1], replace(done, key=last.key))
    else:
        rounds = (*finding.rounds, done)
    return _checked(finding, replace(finding, status="rectified", rounds=rounds))


def recheck(finding: Finding, *, on: date, by: str, passed: bool, opinion: str = "") -> Finding:
    """Note the verdict on the last round; a failed one sends the finding back to be rectified.

    Raises:
        Invalid: nothing waits for a re-check, nobody but the rectifier checked, or a refusal has
            no opinion.
    """
    _refuse_closed(finding)
    last = _last(finding)
    if last is None or next_step(finding) != RECHECK:
        raise _invalid(finding, "rounds", _("没有等待复查的整改，请先登记整改情况"))
    if not checked_by_another(replace(last, verified_by=by)):
        message = _("复查人须填写，且不能是整改人本人")
        index = len(finding.rounds) - 1
        raise Invalid((row_problem(finding, "rounds", index, "verified_by", message),))
    checked = replace(
        last,
        verified_on=PartialDate.of(on),
        verified_by=by,
        verdict="passed" if passed else "failed",
        opinion=opinion,
    )
    status = "rectified" if passed else "rectifying"
    rounds = (*finding.rounds[:-1], checked)
    return _checked(finding, replace(finding, status=status, rounds=rounds))


def keep_going(finding: Finding, reason: str) -> Finding:
    """Say why it cannot be rectified at once (持续整改) and what will be done.

    Raises:
        Invalid: no reason is given, it waits for others already, or is closed.
    """
    _refuse_waiting(finding)
    return _checked(finding, replace(finding, status="continuing", continuing_reason=reason))


def reply(finding: Finding, *, on: date, text: str) -> Finding:
    """Answer whoever raised the finding.

    Raises:
        Invalid: it is closed, or the answer says nothing.
    """
    _refuse_closed(finding)
    if not text.strip():
        raise _invalid(finding, "reply", _("请填写回音内容"))
    return _checked(finding, replace(finding, replied_on=PartialDate.of(on), reply=text))


def close(finding: Finding, *, on: date) -> Finding:
    """Close the finding (销号).

    Raises:
        Invalid: no passed re-check by another person, or no reply.
    """
    _refuse_closed(finding)
    return _checked(finding, replace(finding, status="closed", closed_on=PartialDate.of(on)))


def reopen(finding: Finding, *, on: date, by: str, reason: str) -> Finding:
    """Take a closed finding up again; what it was closed with stays in ``reopenings``.

    Raises:
        Invalid: it is not closed, or no reason is given.
    """
    if finding.status != "closed":
        raise _invalid(finding, "status", _("只有已销号的问题才需要重开"))
    last = _last(finding)
    opened = Reopening(
        key=new_key(),
        on=PartialDate.of(on),
        by=by,
        reason=reason,
        round=last.key if last else "",
        closed_on=finding.closed_on,
        replied_on=finding.replied_on,
        reply=finding.reply,
    )
    return _checked(
        finding,
        replace(
            finding,
            status="rectifying",
            reopenings=(*finding.reopenings, opened),
            closed_on=None,
            replied_on=None,
            reply="",
        ),
    )


def _last(finding: Finding) -> Round | None:
    return finding.rounds[-1] if finding.rounds else None


def _taken_up(finding: Finding) -> bool:
    """Tell whether the finding was reopened and nothing was done since."""
    last = _last(finding)
    opened = finding.reopenings[-1] if finding.reopenings else None
    return opened is not None and last is not None and opened.round == last.key


def _is_answered(finding: Finding) -> bool:
    return bool(finding.reply or finding.replied_on)


def _refuse_closed(finding: Finding) -> None:
    if finding.status == "closed":
        raise _invalid(finding, "status", _("问题已销号；如需继续整改，请先重开并说明原因"))


def _refuse_waiting(finding: Finding) -> None:
    _refuse_closed(finding)
    if next_step(finding) != RECTIFY:
        raise _invalid(finding, "status", _("整改情况已登记，正等待复查或回音，不能再改为整改中"))


def _checked(before: Finding, after: Finding) -> Finding:
    found = (*after.step_problems(before), *after.problems())
    if found:
        raise Invalid(found)
    return after


def _invalid(finding: Finding, key: str, message: str) -> Invalid:
    return Invalid((problem(finding, key, message),))
