"""The life of a pledge: 公示, 续期, 终止, and when its time is up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import problem, with_note
from sanyou_desktop.wording import _, in_source_language

# How many days before its end a pledge is called to mind, as in the list and on 今日.
SOON = 30
_USUAL_YEAR = timedelta(days=365)


def days_left(pledge: Pledge, today: date) -> int | None:
    """Return the days until a published pledge expires, negative after that; None without end."""
    last = pledge.valid_until.last() if pledge.valid_until else None
    if last is None or pledge.status != "published":
        return None
    return (last - today).days


def is_ending(pledge: Pledge, today: date) -> bool:
    """Tell whether something must be decided: it has expired or will within ``SOON`` days."""
    left = days_left(pledge, today)
    return left is not None and left <= SOON


def publish(
    pledge: Pledge,
    *,
    on: PartialDate | None,
    where: str,
    valid_from: PartialDate | None = None,
    valid_until: PartialDate | None = None,
) -> Pledge:
    """Make the promise in public.

    Raises:
        Invalid: it is published or ended already, says nothing yet, when or where is missing, or
            the dates are out of order.
    """
    after = replace(
        pledge,
        status="published",
        published_on=on,
        published_where=where.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    found = []
    if pledge.status != "draft":
        found.append(problem(pledge, "status", _("只有草稿才能公示，这项承诺已经公示过了")))
    if not pledge.clauses and not pledge.statement.strip():
        found.append(problem(pledge, "clauses", _("承诺还没有内容，请先填写承诺内容或条款")))
    if on is None:
        found.append(problem(pledge, "published_on", _("请填写公示日期")))
    if not where.strip():
        found.append(problem(pledge, "published_where", _("请填写公示在哪里，例如大厅公示栏")))
    return _checked(pledge, after, found)


def end(pledge: Pledge, *, on: PartialDate, reason: str) -> Pledge:
    """Take the pledge back before or after its time; why goes into its notes.

    Raises:
        Invalid: no reason is given, or the pledge is not published.
    """
    found = []
    if pledge.status == "ended":
        found.append(problem(pledge, "status", _("这项承诺已经终止，不用再终止")))
    if not reason.strip():
        found.append(problem(pledge, "notes", _("请写明终止的原因")))
    with in_source_language():
        told = _("{date}终止：{reason}").format(date=on.in_words(), reason=reason.strip())
    until, last = pledge.valid_until, on.last()
    is_shorter = until is None or (last is not None and (until.last() or date.max) > last)
    after = replace(
        pledge,
        status="ended",
        valid_until=on if is_shorter else until,
        notes=with_note(pledge.notes, told),
    )
    return _checked(pledge, after, found)


def renewal(pledge: Pledge, today: date) -> Draft:
    """Begin the pledge's next version: the same promise for as long again, not published yet."""
    draft = Draft.copy_of(pledge)
    first = pledge.valid_from.first() if pledge.valid_from else None
    last = pledge.valid_until.last() if pledge.valid_until else None
    begin = max(today, last + timedelta(days=1)) if last else today
    length = last - first if first and last and last > first else _USUAL_YEAR
    draft.raw |= {
        "status": "draft",
        "renews": pledge.id,
        "published_on": "",
        "fulfilments": [],
        "valid_from": str(PartialDate.of(begin)),
        "valid_until": str(PartialDate.of(_as_long_again(begin, first, last, length))),
    }
    return draft


@in_source_language()
def _succeeded_by(by: Pledge, begins: PartialDate, former: Pledge) -> str:
    if by.confidential and not former.confidential:
        # The notes of the former pledge may leave, and would take the title along.
        return _("由续期的承诺接替，自{date}起").format(date=begins.in_words())
    return _("由续期的「{title}」接替，自{date}起").format(title=by.title, date=begins.in_words())


def succeeded(former: Pledge, by: Pledge) -> Pledge | None:
    """Return the pledge that a published one renews as it is from now on; None if it has ended.

    It ends with its own time, or the day before the new one begins if that is earlier.
    """
    if former.status != "published" or by.status != "published":
        return None
    begins = by.valid_from or by.published_on or PartialDate.of(date.today())
    told = _succeeded_by(by, begins, former)
    first, until = begins.first(), former.valid_until
    last = (until.last() if until else None) or date.max
    begun = former.valid_from.first() if former.valid_from else None
    if first is not None and (begun or date.min) < first <= last:
        until = PartialDate.of(first - timedelta(days=1))
    return replace(
        former,
        status="ended",
        valid_until=until,
        notes=with_note(former.notes, told),
    )


def _as_long_again(begin: date, first: date | None, last: date | None, length: timedelta) -> date:
    """Return the last day: of whole years (1 January to 31 December) again whole years."""
    if first and last:
        after = last + timedelta(days=1)
        years = after.year - first.year
        whole = years > 0 and (after.month, after.day) == (first.month, first.day)
        if whole and (begin.month, begin.day) != (2, 29):
            return begin.replace(year=begin.year + years) - timedelta(days=1)
    return begin + length


def _checked(before: Pledge, after: Pledge, found: list[Problem]) -> Pledge:
    every = (*found, *after.step_problems(before), *after.problems())
    if every:
        raise Invalid(every)
    return after
