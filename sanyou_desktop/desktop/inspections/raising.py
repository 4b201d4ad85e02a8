"""转问题: findings raised from the failed items of an inspection, one by one or all together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.about_record import newest_of
from sanyou_desktop.desktop.inspections.former import findings_of, former_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.raising import finding_of, findings_due, raised
from sanyou_desktop.wording import _


def raised_by_key(ledger: Ledger, inspection: Inspection) -> Mapping[str, tuple[str, str]]:
    """Return id and number of the finding of each item that has one, by the item's row key.

    What is inspected again has that of the inspection before until it is closed: a problem that
    is still there is no second one.
    """
    known = {
        key: (former.finding.id, former.finding.number)
        for key, former in former_of(ledger, inspection).items()
        if former.finding is not None
    }
    findings = findings_of(ledger, inspection)
    for index, item in enumerate(inspection.items) if findings else ():
        found = raised(inspection, index, findings)
        if found is not None:
            known[item.key] = (found.id, found.number)
    return known


def raise_one(ledger: Ledger, inspection: Inspection, index: int) -> Saved:
    """Raise the finding of one failed item; if it has one already, return that unchanged."""
    known = raised(inspection, index, findings_of(ledger, inspection))
    former = former_of(ledger, inspection).get(inspection.items[index].key)
    if known is None and former is not None:
        known = former.finding
    if known is not None:
        return Saved(known, Changes())
    return ledger.save(finding_of(inspection, index, PartialDate.of(date.today())))


def raise_missing(ledger: Ledger, inspection: Inspection) -> Changes:
    """Raise the findings of all failed items that have none, all or nothing."""
    known = raised_by_key(ledger, inspection)
    every = findings_due(inspection, (), PartialDate.of(date.today()))
    due = [one for one in every if one.item_key not in known]
    return ledger.save_many(due, _("转问题 {count} 条").format(count=len(due)))


def raise_all(place: Place, inspection: Inspection) -> None:
    """Raise what is missing and say how many there were."""

    def done(changes: Changes) -> None:
        if not changes.ids:
            place.session.ask.tell(
                place.widget, _("不合格的项目都已转为问题，没有新增。点检查上方的编号可以查看。")
            )

    place.session.operations.run(
        lambda ledger: raise_missing(ledger, newest_of(ledger, inspection)),
        owner=place.widget,
        done=done,
    )
