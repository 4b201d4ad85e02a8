"""Counting inspections, their scores and their judged items."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanyou_desktop.ledger.counting.sums import Sums
from sanyou_desktop.model.scoring import item_score

# The marks of an item stand side by side as the ledger writes them. A quotation mark inside a text
# is escaped, so that nothing that was typed can look like this.
_MARKS = re.compile(
    r'"full_score":[^"]*"deduction":[^"]*"occurrences":[^"]*"score":[^"]*'
    r'"veto":[^"]*"result":(?:"[a-z]*"|null)'
)
_ONE = '"result":'


@dataclass(frozen=True)
class _Item:
    """The marks of a checklist item, as ``model.scoring`` wants them."""

    full_score: Decimal | None
    deduction: Decimal | None
    occurrences: int | None
    score: Decimal | None
    veto: bool
    result: str


def count_inspections(sums: Sums) -> None:
    """Count inspections held, their scores and their judged items."""
    held = (
        "SELECT {group}, inspected_on, items FROM inspection WHERE {where} AND status <> 'planned'"
    )
    known: dict[str, tuple[_Item, Decimal | None]] = {}
    for batch in sums.batches(held):
        _count_held(sums, batch, known)


def _count_held(
    sums: Sums,
    rows: list[tuple[str, str | None, str]],
    known: dict[str, tuple[_Item, Decimal | None]],
) -> None:
    """Count some of the inspections; ``known`` holds the items scored so far by their marks."""
    checked: dict[tuple[str, str | None], list[str]] = {}
    for group, day, items in rows:
        checked.setdefault((group, day), []).append(items)
    marked: dict[tuple[str, str | None], Counter[str]] = {}
    for (group, day), lists in checked.items():
        marks = sums.calendar.marks(day)
        sums.add(group, "inspections", marks.inside, len(lists))
        sums.add(group, "inspections_unclear", marks.unclear, len(lists))
        if marks.inside:
            sums.add(group, "vetoed", marks.inside, sum(map(_is_vetoed, lists)))
            # Items of one day that are marked alike are scored once.
            marked[group, day] = Counter(_marks(lists))
    for (group, day), alike in marked.items():
        inside = sums.calendar.marks(day).inside
        for written, count in alike.items():
            if written not in known:
                item = _item(written)
                known[written] = (item, item_score(item))
            _add(sums, group, inside, known[written], count)


def _add(
    sums: Sums, group: str, inside: int, scored: tuple[_Item, Decimal | None], count: int
) -> None:
    item, score = scored
    if score is not None and item.full_score is not None:
        sums.add(group, "points", inside, score * count)
        sums.add(group, "base", inside, item.full_score * count)
    if item.result == "pass":
        sums.add(group, "passed", inside, count)
    elif item.result == "fail":
        sums.add(group, "failed", inside, count)


def _is_vetoed(items: str) -> bool:
    """Tell whether an item failed that fails the whole."""
    if '"veto":true' not in items and '"veto": true' not in items:
        return False
    return any(row.get("veto") and row.get("result") == "fail" for row in json.loads(items))


def _marks(lists: list[str]) -> list[str]:
    """Return the marks of each item of many lists as JSON without its braces.

    Reading whole items takes five times as long, so it is done only where another program wrote
    them in another order.
    """
    together = "\n".join(lists)
    found: list[str] = _MARKS.findall(together)
    if len(found) == together.count(_ONE):
        return found
    return [one for items in lists for one in _whole(items)]


def _whole(items: str) -> list[str]:
    keys = ("full_score", "deduction", "occurrences", "score", "veto", "result")
    read: list[dict[str, Any]] = json.loads(items, parse_float=Decimal)
    return [
        ",".join(f'"{key}":{json.dumps(row.get(key), default=float)}' for key in keys)
        for row in read
    ]


def _item(written: str) -> _Item:
    row = json.loads("{" + written + "}", parse_float=Decimal)
    return _Item(
        _decimal(row["full_score"]),
        _decimal(row["deduction"]),
        row["occurrences"],
        _decimal(row["score"]),
        bool(row["veto"]),
        row["result"] or "",
    )


def _decimal(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)
