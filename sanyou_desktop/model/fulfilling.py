"""Keeping a pledge: what happened to each clause on a day, and the problem a broken one raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import new_key
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.percent import percent
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import problem
from sanyou_desktop.wording import _, in_source_language

_LONGEST_TITLE = 60


@dataclass(frozen=True)
class Tally:
    """How often a clause, or a whole pledge, was kept."""

    kept: int
    partly: int
    broken: int

    @property
    def times(self) -> int:
        """How many entries there are."""
        return self.kept + self.partly + self.broken

    @property
    def rate(self) -> Decimal | None:
        """承诺兑现率 in percent: kept / all entries; partly kept is not kept. None without any."""
        return percent(self.kept, self.times)


def fulfil(pledge: Pledge, entries: Iterable[Fulfilment], on: date | PartialDate) -> Pledge:
    """Return the pledge with what happened to its clauses on a day; entries get day and key.

    An entry that says nothing at all is left out.

    Raises:
        Invalid: nobody was promised anything yet, nothing was entered, a clause is not one of the
            pledge's, a clause that was not kept has no evidence, or evidence has no outcome.
    """
    if pledge.status != "published":
        message = _("只有已公示的承诺才登记履行情况，请先公示")
        raise Invalid((problem(pledge, "status", message),))
    day = on if isinstance(on, PartialDate) else PartialDate.of(on)
    added = tuple(
        replace(entry, key=entry.key or new_key(), on=day)
        for entry in entries
        if entry.outcome or entry.evidence.strip()
    )
    after = replace(pledge, fulfilments=(*pledge.fulfilments, *added))
    found = [*_lacking(pledge, added), *after.problems()]
    if found:
        raise Invalid(tuple(found))
    return after


def _lacking(pledge: Pledge, added: tuple[Fulfilment, ...]) -> Iterator[Problem]:
    if not added:
        yield problem(pledge, "fulfilments", _("还没有登记任何一条的兑现情况"))
    names = {clause.key: number for number, clause in enumerate(pledge.clauses, start=1)}
    for entry in added:
        if entry.clause not in names:
            yield problem(pledge, "fulfilments", _("所登记的条款已不存在，请重新打开登记窗口"))
        elif not entry.outcome:
            message = _("第 {number} 条写了依据，还没有选兑现情况，请选择或清空依据")
            yield problem(pledge, "fulfilments", message.format(number=names[entry.clause]))
        elif entry.outcome != "kept" and not entry.evidence.strip():
            message = _("第 {number} 条没有完全兑现，请写明依据（发生了什么）")
            yield problem(pledge, "fulfilments", message.format(number=names[entry.clause]))


def newly_broken(before: Pledge, after: Pledge) -> tuple[Fulfilment, ...]:
    """Return the entries of ``after`` that say broken and did not say so in ``before``.

    Each raises one finding in the transaction that says it, and so never a second one.
    """
    known = {(entry.key, entry.clause) for entry in before.fulfilments if entry.outcome == "broken"}
    return tuple(
        entry
        for entry in after.fulfilments
        if entry.outcome == "broken" and (entry.key, entry.clause) not in known
    )


@in_source_language()
def finding_of(pledge: Pledge, entry: Fulfilment, source: str = "self_check") -> Finding:
    """Return the problem that a broken promise is, to be completed by whom and until when.

    An entry that names no clause is one of the pledge as a whole.
    """
    if not entry.clause:
        number, clause = 0, Clause(text=pledge.title)
        described = [_("承诺「{title}」没有兑现").format(title=pledge.title)]
    else:
        number, clause = _clause(pledge, entry.clause)
        words = clause.text or _("第 {number} 条").format(number=number)
        described = [
            _("承诺「{title}」第 {number} 条没有兑现：{text}").format(
                title=pledge.title, number=number, text=words
            )
        ]
    for label, text in (
        (_("服务标准"), clause.standard),
        (_("办理时限"), clause.time_limit),
        (_("依据"), entry.evidence),
    ):
        if text.strip():
            described.append(_("{label}：{text}").format(label=label, text=text))
    return Finding(
        unit=pledge.unit,
        title=suggested_title(clause, number),
        themes=pledge.themes,
        confidential=pledge.confidential,
        department=pledge.department,
        person=pledge.person,
        source=source,
        against=pledge.id,
        clause=entry.clause,
        description="\n".join(described),
        raised_on=entry.on,
    )


@in_source_language()
def suggested_title(clause: Clause, number: int) -> str:
    """Return what a finding about a broken clause is called: 未兑现：30 分钟内答复."""
    words = " ".join(clause.text.split()) or _("第 {number} 条").format(number=number)
    return _("未兑现：{text}").format(text=words[:_LONGEST_TITLE])


def tally(pledge: Pledge, clause: str | None = None) -> Tally:
    """Count the entries of one clause, by its key, or of all."""
    outcomes = [
        entry.outcome for entry in pledge.fulfilments if clause is None or entry.clause == clause
    ]
    return Tally(outcomes.count("kept"), outcomes.count("partly"), outcomes.count("broken"))


def _clause(pledge: Pledge, key: str) -> tuple[int, Clause]:
    for number, clause in enumerate(pledge.clauses, start=1):
        if clause.key == key:
            return number, clause
    raise KeyError(key)
