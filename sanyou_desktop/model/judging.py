"""Judging the items of a checklist one by one, as it is done on the spot.

What an item is judged to be and how many places were found go together: a failed item that is
marked down by places has at least one, one that passes has none.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    if item.result == "fail" and score == item.full_score > 0:
        # ``item_score`` takes such a score for one from before the failure, and drops it.
        raise Refused(
            _("不合格的项目不能得满分 {full}，请填写扣分后的得分，或先改为合格").format(
                full=plain(item.full_score)
            )
        )
    return _scored(replace(item, score=score, result=item.result or "pass"))


def judged_again(newest: Sequence[Item], begun: Sequence[Item], mine: Sequence[Item]) -> list[Item]:
    """Return the newest items, by row key, with what was judged since ``begun`` put on them.

    Only what differs between ``begun`` and ``mine`` was judged here; the rest is as others left
    it, and so are the words of the list. Rows that are no more among the newest are left out.
    """
    before = {item.key: item for item in begun}
    after = {item.key: item for item in mine}
    return [_with_changes(item, before.get(item.key), after.get(item.key)) for item in newest]


def _with_changes(newest: Item, begun: Item | None, mine: Item | None) -> Item:
    if begun is None or mine is None:
        return newest
    if _verdict(mine) != _verdict(begun):
        newest = _scored(
            replace(newest, result=mine.result, occurrences=mine.occurrences, score=mine.score)
        )
    return newest if mine.remark == begun.remark else replace(newest, remark=mine.remark)


def _verdict(item: Item) -> tuple[str, int | None, Decimal | None]:
    return item.result, item.occurrences, item.score


def _scored(item: Item) -> Item:
    return replace(item, score=item_score(item))
