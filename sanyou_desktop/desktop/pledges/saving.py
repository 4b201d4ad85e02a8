"""What is saved together with a pledge: the findings of broken promises, the end of the former."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.fulfilling import finding_of, newly_broken
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.pledge_life import succeeded
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _


def save_pledge(ledger: Ledger, record: Record) -> Saved:
    """Save a pledge and what follows from what was typed, all or nothing.

    Each entry that newly says broken raises its finding; nothing was promised to anybody by a
    draft, so it raises none. One that is published ends the pledge that it renews.

    Raises:
        As ``Ledger.save``; nothing was written.
    """
    assert isinstance(record, Pledge)
    before = ledger.get(record.id) if record.id else None
    was = before if isinstance(before, Pledge) else Pledge(unit=record.unit)
    whole = record if record.id else replace(record, id=new_id())
    raised = list(_raised(ledger, was, whole)) if record.status != "draft" else []
    former = renewed_by(ledger, whole) if was.status == "draft" else []
    if not raised and not former:
        return ledger.save(record)
    undo = _("保存承诺并登记问题 {count} 个").format(count=len(raised))
    told = []
    if raised:
        told.append(_("同时登记问题 {count} 个").format(count=len(raised)))
    if former:
        undo = _("公示续期的承诺并终止原承诺")
        told.append(_("原承诺随即终止"))
    changes = ledger.save_many([*former, whole, *raised], undo)
    saved = ledger.get(whole.id)
    assert saved is not None
    return Saved(saved, changes, _("，").join(told))


def renewed_by(ledger: Ledger, pledge: Pledge) -> list[Pledge]:
    """Return the pledge that a published one renews, as it ends; nothing if it has ended."""
    former = ledger.get(pledge.renews) if pledge.renews else None
    if not isinstance(former, Pledge) or former.deleted_at:
        return []
    after = succeeded(former, pledge)
    return [] if after is None else [after]


def _raised(ledger: Ledger, before: Pledge, after: Pledge) -> Iterator[Finding]:
    """Yield what is to be raised; not what an entry raised before it said something else."""
    found = ledger.records_referring("finding", "against", after.id)
    known = {(one.clause, one.raised_on) for one in found if isinstance(one, Finding)}
    for entry in newly_broken(before, after):
        if (entry.clause, entry.on) not in known:
            yield finding_of(after, entry)
