"""What a named list becomes: the clauses of a pledge, the items of an inspection, zero-targets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sanyou_desktop.model.fields import new_key
from sanyou_desktop.model.inspection import Item
from sanyou_desktop.model.pledge import Clause
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _, in_source_language


def clauses_of(scheme: Scheme) -> tuple[Clause, ...]:
    """Return a clause for each known entry; 落实 joins the standard."""
    return tuple(
        Clause(
            key=new_key(),
            text=entry.text,
            standard=_joined(entry.standard, entry.follow_through),
            time_limit=entry.time_limit,
            target=entry.target,
        )
        for entry in scheme.known
    )


def zero_targets_of(scheme: Scheme) -> tuple[Clause, ...]:
    """Return a clause with target 0 for each known entry: 不让工作差错发生 means 0 of them."""
    return tuple(replace(clause, target=Decimal(0)) for clause in clauses_of(scheme))


def items_of(scheme: Scheme) -> tuple[Item, ...]:
    """Return a checklist item for each known entry, 查 paired with its 落实."""
    return tuple(
        Item(
            key=new_key(),
            item=entry.text,
            follow_through=entry.follow_through,
            standard=entry.standard,
            full_score=entry.full_score,
            deduction=entry.deduction,
            veto=entry.veto,
        )
        for entry in scheme.known
    )


@in_source_language()
def _joined(standard: str, follow_through: str) -> str:
    return _("；").join(filter(None, (standard, follow_through)))
