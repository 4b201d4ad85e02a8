"""整改前 and 整改后 side by side: which photos of a finding belong together, round by round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sanyou_desktop.model.finding import Round
from sanyou_desktop.model.record import Attachment

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Pair:
    """The photos of one round.

    Attributes:
        number: the round's, from 1; 0 while nothing has been rectified yet.
        before: its own, or those of the round before, since the problem is still the same one.
        after: what it looked like then; none is a photo that is missing.
        is_carried: ``before`` comes from an earlier round.
    """

    number: int
    before: tuple[Attachment, ...] = ()
    after: tuple[Attachment, ...] = ()
    is_carried: bool = False


def photo_pairs(photos: Sequence[Attachment], rounds: Sequence[Round]) -> list[Pair]:
    """Return a pair for each round, or one for what waits to be rectified; none without photos.

    A photo without a round, or of one that was deleted, belongs where it would have been taken:
    整改前 to the first round, 整改后 to the last.
    """
    if not any(photo.stage for photo in photos):
        return []
    keys = [one.key for one in rounds] or [""]
    pairs: list[Pair] = []
    for place, key in enumerate(keys):
        own = _taken(photos, BEFORE, key, keys, place == 0)
        after = _taken(photos, AFTER, key, keys, place == len(keys) - 1)
        earlier = pairs[-1].before if pairs else ()
        number = place + 1 if rounds else 0
        pairs.append(Pair(number, own or earlier, after, not own and bool(earlier)))
    return pairs


def _taken(
    photos: Sequence[Attachment], stage: str, key: str, keys: Sequence[str], takes_others: bool
) -> tuple[Attachment, ...]:
    return tuple(
        photo
        for photo in photos
        if photo.stage == stage
        and (photo.round == key or (takes_others and photo.round not in keys))
    )
