"""Judging the items of a checklist one by one, as it is done on the spot.

What an item is judged to be and how many places were found go together: a failed item that is
marked down by places has at least one, one that passes has none.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.inspection import Item
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.scoring import item_score
from sanyou_desktop.wording import _


def judged(item: Item, result: str) -> Item:
    """Return the item with a result (pass, fail, na or "" for none) and what follows from it."""
    if result == item.result:
        return item
    counted = item.occurrences or (1 if item.deduction is not None else None)
    places = counted if result == "fail" else None
    return _scored(replace(item, result=result, occurrences=places, score=None))


def with_places(item: Item, places: int) -> Item:
    """Return the item with that many places found: any fail it, none lets it pass."""
    result = "fail" if places > 0 else "pass"
    counted = max(places, 0) if places > 0 else None
    return _scored(replace(item, result=result, occurrences=counted, score=None))


def with_score(item: Item, score: Decimal | None) -> Item:
    """Return the item with a score that was given to it.

    A score below the full one does not fail an item by itself; one that was not judged passes.

    Raises:
        Refused: it is below 0 or above the full score.
    """
    if score is None or item.full_score is None:
        return _scored(replace(item, score=None))
    if not 0 <= score <= item.full_score:
        message = _("得分 {given} 不在 0 到满分 {full} 之间，请重新填写")
        raise Refused(message.format(given=plain(score), full=plain(item.full_score)))
    return _scored(replace(item, score=score, result=item.result or "pass"))


def _scored(item: Item) -> Item:
    return replace(item, score=item_score(item))
