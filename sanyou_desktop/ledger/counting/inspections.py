"""Counting inspections, their scores and their judged items."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanyou_desktop.ledger.counting.sums import Sums
from sanyou_desktop.model.scoring import item_score

# The marks of an item stand side by side as the ledger writes them. A quotation mark inside a text
# is escaped, so that nothing that was typed can look like this.
_MARKS = re.compile(
    rb'"full_score":[^"]*"deduction":[^"]*"occurrences":[^"]*"score":[^"]*'
    rb'"veto":[^"]*"result":(?:"[a-z]*"|null)'
)
_ONE = b'"result":'
# Which texts of checklist items are asked for: row keys by the id of their inspection.
Wanted = Mapping[str, Collection[str]]
# What was found of them, by inspection and key.
ItemTexts = dict[tuple[str, str], str]


@dataclass(frozen=True)
class _Item:
    """The marks of a checklist item, as ``model.scoring`` wants them."""

    full_score: Decimal | None
    deduction: Decimal | None
    occurrences: int | None
    score: Decimal | None
    veto: bool
    result: str


def count_inspections(sums: Sums, wanted: Wanted) -> ItemTexts:
    """Count inspections held, their scores and their judged items; return the texts wanted.

    Checklists are the longest texts of a ledger, so they are read once for both, and as the bytes
    they are kept in. Texts are also told of inspections that do not count, or are deleted.
    """
    counts = "{where} AND status <> 'planned'"
    sql = f"SELECT id, {{group}}, inspected_on, {counts}, CAST(items AS BLOB) FROM inspection"
    texts: ItemTexts = {}
    known: dict[bytes, tuple[_Item, Decimal | None]] = {}
    for batch in sums.batches(sql if wanted else f"{sql} WHERE {counts}"):
        checked: defaultdict[tuple[str, int], list[bytes]] = defaultdict(list)
        for inspection, group, day, is_held, items in batch:
            if is_held:
                marks = sums.calendar.marks(day)
                checked[group, marks.inside].append(items)
                if marks.unclear:
                    sums.add(group, "inspections_unclear", marks.unclear)
            for key in wanted.get(inspection, ()):
                texts[inspection, key] = _item_text(items, key)
        for (group, inside), lists in checked.items():
            if inside:
                _count_held(sums, group, inside, lists, known)
    return texts


def _count_held(
    sums: Sums,
    group: str,
    inside: int,
    lists: list[bytes],
    known: dict[bytes, tuple[_Item, Decimal | None]],
) -> None:
    """Count checklists of the same periods; ``known`` holds what was scored so far, by marks."""
    sums.add(group, "inspections", inside, len(lists))
    fails_all = False
    # Items that are marked alike are scored once.
    for written, count in Counter(_marks(lists)).items():
        if written not in known:
            item = _item(written)
            known[written] = (item, item_score(item))
        _add(sums, group, inside, known[written], count)
        fails_all = fails_all or _fails_all(known[written][0])
    if fails_all:
        sums.add(group, "vetoed", inside, sum(map(_is_vetoed, lists)))


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


def _fails_all(item: _Item) -> bool:
    return item.veto and item.result == "fail"


def _is_vetoed(items: bytes) -> bool:
    """Tell whether an item failed that fails the whole."""
    if b'"veto":true' not in items and b'"veto": true' not in items:
        return False
    return any(_fails_all(_item(written)) for written in set(_marks([items])))


def _marks(lists: list[bytes]) -> list[bytes]:
    """Return the marks of each item of many lists as JSON without its braces.

    Reading whole items takes five times as long, so it is done only where another program wrote
    them in another order.
    """
    together = b"\n".join(lists)
    found: list[bytes] = _MARKS.findall(together)
    if len(found) == together.count(_ONE):
        return found
    return [one for items in lists for one in _whole(items)]


def _whole(items: bytes) -> list[bytes]:
    keys = ("full_score", "deduction", "occurrences", "score", "veto", "result")
    read: list[dict[str, Any]] = json.loads(items, parse_float=Decimal)
    return [
        ",".join(f'"{key}":{json.dumps(row.get(key), default=float)}' for key in keys).encode()
        for row in read
    ]


def _item(written: bytes) -> _Item:
    row = json.loads(b"{" + written + b"}", parse_float=Decimal)
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


def _item_text(items: bytes, key: str) -> str:
    """Return the text of the item with that key, "" if it is gone.

    The ledger writes it right behind the key; only what is not found there is read whole.
    """
    sign = f'"key":{json.dumps(key, ensure_ascii=False)},"item":"'.encode()
    at = items.find(sign)
    if at >= 0:
        begin = at + len(sign)
        text = items[begin : items.find(b'"', begin)]
        # What has nothing escaped in it is the text itself.
        if b"\\" not in text:
            return text.decode()
    rows = (row for row in json.loads(items) if row.get("key") == key)
    return next((str(row.get("item") or "") for row in rows), "")
