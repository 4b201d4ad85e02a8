"""What is known of items that are inspected again: what was wrong, and the finding still open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.raising import raised
from sanyou_desktop.model.reinspection import flagged_before
from sanyou_desktop.wording import _

# Longer chains of re-inspections are somebody's mistake.
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class Former:
    """What the inspections before say of one item.

    Attributes:
        told: what was wrong last time, in words.
        finding: the problem that was raised then and is not closed yet, None without one.
    """

    told: str
    finding: Finding | None


def findings_of(ledger: Ledger, inspection: Inspection) -> list[Finding]:
    """Return the living findings that were raised from an inspection."""
    found = ledger.records_referring("finding", "inspection", inspection.id)
    return [one for one in found if isinstance(one, Finding)]


def former_of(ledger: Ledger, inspection: Inspection) -> Mapping[str, Former]:
    """Return what is known of each item that is inspected again, by its row key."""
    told: dict[str, str] = {}
    open_yet: dict[str, Finding] = {}
    # Key of the row of ``inspection`` by that of the row it goes back to.
    back = {item.key: item.key for item in inspection.items}
    now = inspection
    for _round in range(_MOST_ROUNDS):
        before = ledger.get(now.previous) if now.previous else None
        if not isinstance(before, Inspection) or before.deleted_at or not back:
            break
        carried = {
            item.key: back[key] for key, item in flagged_before(now, before).items() if key in back
        }
        findings = findings_of(ledger, before)
        for index, item in enumerate(before.items):
            if item.key in carried:
                told.setdefault(carried[item.key], _told(item))
                known = raised(before, index, findings)
                if known is not None and known.status != "closed":
                    open_yet.setdefault(carried[item.key], known)
        back, now = carried, before
    return {key: Former(words, open_yet.get(key)) for key, words in told.items()}


def _told(item: Item) -> str:
    count = _("{count} 处").format(count=item.occurrences) if item.occurrences else ""
    said = _("，").join(filter(None, (count, item.remark)))
    return _("上次不合格：{text}").format(text=said) if said else _("上次不合格")
