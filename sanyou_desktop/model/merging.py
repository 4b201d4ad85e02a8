"""Three-way merging of a record: what two sides made of what both began from.

The base is the copy of the record that was last accepted from the unit. What only one side changed
is taken; what both changed alike is no conflict; different fields changed on both sides merge
("parallel update"); the same part changed differently is a conflict that a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sanyou_desktop.model.fields import Field, Json, Rows
from sanyou_desktop.model.incoming import FieldChange, Part
from sanyou_desktop.model.kinds import Kind, kind_of
from sanyou_desktop.model.merging_rows import Decide, Parts, merged_rows
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, required_problems, with_values

Content: TypeAlias = Mapping[str, Json]
# Given by each ledger for itself, or what makes it this record.
APART = frozenset({"id", "unit", "revision", "created_at", "updated_at", "deleted_at"})
# That the record is there at all, as a part of its own.
WHOLE = Part("")


@dataclass(frozen=True)
class Merged:
    """What became of one record.

    Attributes:
        record: the merged record, with the identity of mine; mine where a conflict is undecided.
        changes: what theirs changes in mine, conflicts included.
        base: what to keep as the base from now on, by field key.
        problems: why ``record`` cannot be saved as it is.
    """

    record: Record
    changes: tuple[FieldChange, ...]
    base: dict[str, Json]
    problems: tuple[Problem, ...] = ()

    @property
    def undecided(self) -> bool:
        """Tell whether a person must still choose a side."""
        return any(change.undecided for change in self.changes)


def no_decision(_change: FieldChange) -> str:
    """Leave every conflict to a person."""
    return ""


def merge(
    base: Content | None, mine: Record, theirs: Content, decide: Decide = no_decision
) -> Merged:
    """Merge what a unit made of a record into what the ledger holds.

    Where the merged record would break a rule of its kind though mine alone does not, nothing is
    taken by itself: every difference becomes a conflict, and ``problems`` says why.

    Args:
        base: the content last accepted from the unit; None if there was none, which is as if both
            sides had begun from a blank record.
        mine: the ledger's record.
        theirs: the unit's content; a key that is missing was not known to its program, and stays.
        decide: asked for each conflict.
    """
    kind = kind_of(mine.kind)
    run = _Merge(kind, base, mine, theirs)
    aside = run.computed(decide)
    found = run.merged(lambda change: "mine" if change.part in aside else decide(change), aside)
    if not found.problems or found.record == mine:
        return found
    careful = run.merged(decide, aside, strict=True)
    if careful.problems:
        # Also what was decided does not fit together: all of it waits.
        careful = run.merged(no_decision, aside, strict=True)
    return Merged(careful.record, careful.changes, careful.base, found.problems)


def without(
    merged: Merged, mine: Record, theirs: Content, part: Part, decide: Decide = no_decision
) -> Merged:
    """Return a merge that leaves one whole field as the ledger has it, as a conflict about it.

    For what fits the record and not the ledger: a number that another record has by now. It waits
    unless a person keeps mine; to take theirs is no decision as long as it cannot be had.
    """
    at = next(place for place, change in enumerate(merged.changes) if change.part == part)
    change = replace(merged.changes[at], conflicting=True, choice="")
    if decide(change) == "mine":
        change = replace(change, choice="mine")
    changes = (*merged.changes[:at], change, *merged.changes[at + 1 :])
    own = mine.to_json()[part.key]
    record = kind_of(mine.kind).kept({**merged.record.to_json(), part.key: own})
    base = {**merged.base, part.key: theirs[part.key] if change.choice else change.base}
    return Merged(record, changes, base, merged.problems)


def withdrawn(
    base: Content | None, mine: Record, decide: Decide = no_decision
) -> FieldChange | None:
    """Return how a unit's withdrawal of its record meets mine; None if mine is withdrawn already.

    What somebody changed here after it was accepted is not withdrawn in silence: a conflict.
    """
    if mine.deleted_at:
        return None
    changed = base is None or differs(base, mine.to_json())
    return _presence(mine=True, theirs=None, conflicting=changed, decide=decide)


def revived(mine: Record, decide: Decide = no_decision) -> FieldChange:
    """Return the conflict of a record that was deleted here and changed by its unit."""
    assert mine.deleted_at, mine.id
    return _presence(mine=None, theirs=True, conflicting=True, decide=decide)


def differs(base: Content, other: Content) -> bool:
    """Tell whether two contents of a record say different things, as far as both know a field."""
    known = base.keys() & other.keys() - APART
    return any(base[key] != other[key] for key in known)


def _presence(*, mine: Json, theirs: Json, conflicting: bool, decide: Decide) -> FieldChange:
    change = FieldChange(WHOLE, True, mine, theirs, conflicting=conflicting)
    if not conflicting:
        return change
    return FieldChange(WHOLE, True, mine, theirs, conflicting=True, choice=decide(change))


class _Merge:
    """The three sides of one record, which may be put together more than once."""

    def __init__(self, kind: Kind, base: Content | None, mine: Record, theirs: Content) -> None:
        self._kind = kind
        self._record = mine
        self._mine = mine.to_json()
        # What an older program did not know was blank when it was accepted.
        self._base: Content = {**kind.record().to_json(), **(base or {})}
        self._theirs = theirs
        # Most fields say the same on all sides, and stay what they are however it is decided.
        self._open = {
            key: item
            for key, item in kind.fields.items()
            if key not in APART and not self._mine[key] == self._base[key] == self._given(key)
        }

    def computed(self, decide: Decide) -> frozenset[Part]:
        """Return the conflicts about what is worked out from the rest, whichever side is taken."""
        decide = _asked_once(decide)
        found = self.merged(decide, frozenset())
        clashes = [change.part for change in found.changes if change.undecided]
        if not clashes:
            return frozenset()
        stays = self.merged(_only(None, decide), frozenset()).record
        return frozenset(
            part
            for part in clashes
            if self.merged(_only(part, decide), frozenset()).record == stays
        )

    def merged(self, decide: Decide, aside: frozenset[Part], *, strict: bool = False) -> Merged:
        """Return the sides put together; parts ``aside`` are not told of."""
        parts = Parts(decide, strict)
        base = {key: self._base[key] for key in self._kind.fields if key not in APART}
        taken: dict[str, Json] = {}
        for key, item in self._open.items():
            value, base[key] = self._field(parts, key, item)
            if value != self._mine[key]:
                taken[key] = value
        told = tuple(change for change in parts.changes if change.part not in aside)
        if not parts.changes:
            return Merged(self._record, (), base)
        record = with_values(self._record, taken).completed()
        problems = (*required_problems(record), *record.problems())
        return Merged(record, told, base, problems)

    def _given(self, key: str) -> Json:
        return self._theirs.get(key, self._base[key])

    def _field(self, parts: Parts, key: str, item: Field[Any]) -> tuple[Json, Json]:
        base, mine, theirs = self._base[key], self._mine[key], self._given(key)
        if isinstance(item, Rows):
            return merged_rows(parts, key, item, base, mine, theirs)
        return parts.value(Part(key), base, mine, theirs)


def _asked_once(decide: Decide) -> Decide:
    """Return the decision, asked once for each part: to look it up may take a while."""
    known: dict[Part, str] = {}

    def decided(change: FieldChange) -> str:
        if change.part not in known:
            known[change.part] = decide(change)
        return known[change.part]

    return decided


def _only(wanted: Part | None, decide: Decide) -> Decide:
    """Return a decision that takes theirs for one undecided part and mine for all others."""

    def decided(change: FieldChange) -> str:
        return decide(change) or ("theirs" if change.part == wanted else "mine")

    return decided
