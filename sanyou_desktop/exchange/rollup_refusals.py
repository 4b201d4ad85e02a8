"""Why one record of a report is not taken, put into words for whoever rolls up.

What refuses a record stops neither the others nor the run: it becomes a line of its own.
"""

from __future__ import annotations

from sanyou_desktop.ledger.errors import Conflict, DuplicateNumber, UnknownReference
from sanyou_desktop.ledger.rollup_run import RollupRun
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record, problem, required_problems
from sanyou_desktop.wording import _

# The last two are what SQLite's binding says of a number or a text that no ledger can have held.
REFUSED = (
    Invalid,
    Conflict,
    DuplicateNumber,
    UnknownReference,
    OverflowError,
    UnicodeEncodeError,
)


def problems_of(refusal: Exception) -> tuple[Problem, ...]:
    """Return why a record was refused."""
    if isinstance(refusal, Invalid):
        return refusal.problems
    if isinstance(refusal, OverflowError | UnicodeEncodeError):
        return (unreadable(),)
    return (plain(str(refusal)),)


def plain(message: str) -> Problem:
    """Return a problem of the record as a whole."""
    return Problem("", "", message)


def unreadable() -> Problem:
    """Return what is wrong with a record that no program of ours wrote."""
    return plain(_("登记表中的内容读不出来，请让填报单位重新导出。"))


def number_taken(run: RollupRun, record: Record) -> Problem | None:
    """Return who has the number that a record was to get; None if nobody has."""
    holder = run.holder(record)
    if holder is None:
        return None
    kind, title = holder
    return problem(
        record,
        "number",
        _(
            "{number} 在本台账中已用于{kind}「{title}」。"
            "请先改掉那条的编号再汇总，或请填报单位另编后重报。"
        ).format(number=record.number, kind=_(KINDS[kind].title), title=title),
    )


def refuse_invalid(record: Record) -> None:
    """Refuse a record that breaks a rule of its kind.

    Raises:
        Invalid: with what is wrong.
    """
    found = (*required_problems(record), *record.problems())
    if found:
        raise Invalid(found)
