"""Three-way merging of one value, and of the rows inside a record by their keys and cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from sanyou_desktop.model.fields import Json, Rows, fields_of
from sanyou_desktop.model.incoming import FieldChange, Part

Decide: TypeAlias = Callable[[FieldChange], str]
_RowJson: TypeAlias = "dict[str, Json]"


@dataclass
class Parts:
    """The parts of one record met so far, and how conflicts among them are decided.

    Attributes:
        decide: returns "mine" or "theirs" for a conflict, "" to leave it undecided.
        strict: every difference that the file brings is for a person to decide.
        changes: what theirs would change in mine, conflicts included.
    """

    decide: Decide
    strict: bool = False
    changes: list[FieldChange] = field(default_factory=list)

    def value(self, part: Part, base: Json, mine: Json, theirs: Json) -> tuple[Json, Json]:
        """Return the merged value of a part, and what is its base from now on.

        The base of an undecided conflict stays, so that it is a conflict the next time too.
        """
        if theirs in (base, mine):
            return mine, theirs
        change = FieldChange(part, base, mine, theirs)
        if mine == base and not self.strict:
            self.changes.append(change)
            return theirs, theirs
        change = replace(change, conflicting=True)
        choice = self.decide(change)
        self.changes.append(replace(change, choice=choice))
        if not choice:
            return mine, base
        return (theirs if choice == "theirs" else mine), theirs


def merged_rows(
    parts: Parts, key: str, declared: Rows, base: Json, mine: Json, theirs: Json
) -> tuple[Json, Json]:
    """Return the merged rows of field ``key``, and what is their base from now on.

    Rows are the same by their ``key`` and merge cell by cell. Their order is the ledger's own,
    unless only the file changed it; order alone is never a conflict. Rows without keys of their
    own, which only other programs can have written, merge as one value.
    """
    sides = [_by_key(side) for side in (base, mine, theirs)]
    if any(side is None for side in sides):
        return parts.value(Part(key), base, mine, theirs)
    before, ours, given = (side or {} for side in sides)
    given = {one: _whole(row, before.get(one) or ours.get(one)) for one, row in given.items()}
    found: dict[str, _RowJson] = {}
    kept: dict[str, _RowJson] = {}
    for one in dict.fromkeys([*before, *ours, *given]):
        row = _Row(before.get(one), ours.get(one), given.get(one))
        merged, base_row = row.merge(parts, Part(key, one), declared)
        if merged is not None:
            found[one] = merged
        if base_row is not None:
            kept[one] = base_row
    order = merged_order(list(before), list(ours), list(given), found)
    result: Json = [found[one] for one in order]
    if order != list(ours) and sorted(order) == sorted(ours) and not _touched(parts, key):
        parts.changes.append(FieldChange(Part(key), base, mine, result))
    base_order = [*given, *(one for one in kept if one not in given)]
    return result, [kept[one] for one in base_order if one in kept]


@dataclass(frozen=True)
class _Row:
    """One row on all three sides, None where it is not there."""

    base: _RowJson | None
    mine: _RowJson | None
    theirs: _RowJson | None

    def merge(
        self, parts: Parts, part: Part, declared: Rows
    ) -> tuple[_RowJson | None, _RowJson | None]:
        base, mine, theirs = self.base, self.mine, self.theirs
        if mine is None or theirs is None:
            merged, kept = parts.value(part, base, mine, theirs)
            return _row_or_none(merged), _row_or_none(kept)
        if theirs in (base, mine):
            return mine, theirs
        blank = declared.row(key=part.row)
        start = base or {
            column: item.write(getattr(blank, column))
            for column, item in fields_of(declared.row).items()
        }
        found: _RowJson = {"key": part.row}
        kept_row: _RowJson = {"key": part.row}
        for column in declared.columns:
            cell = Part(part.key, part.row, column)
            values = (start.get(column), mine.get(column), theirs.get(column))
            found[column], kept_row[column] = parts.value(cell, *values)
        return found, kept_row


def merged_order(
    base: list[str], mine: list[str], theirs: list[str], wanted: Iterable[str]
) -> list[str]:
    """Return the keys in ``wanted``, all of which stand on a side, in the merged order.

    The order of one side with the rows that only the other has, each after the row that comes
    before it there.
    """
    kept = set(wanted)
    common = set(base) & set(mine) & set(theirs)
    was, ours, given = ([one for one in side if one in common] for side in (base, mine, theirs))
    only_theirs_moved = ours == was != given
    leading, other = (theirs, mine) if only_theirs_moved else (mine, theirs)
    order = [one for one in leading if one in kept]
    placed = set(order)
    at = 0
    for one in other:
        if one in placed:
            at = order.index(one) + 1
        elif one in kept:
            # Behind what the leading side put there, so that each side's rows stay together.
            while at < len(order) and order[at] not in other:
                at += 1
            order.insert(at, one)
            at += 1
    return order


def _by_key(rows: Json) -> dict[str, _RowJson] | None:
    """Return the rows by key, None if they cannot be told apart."""
    if not isinstance(rows, list):
        return None
    found: dict[str, _RowJson] = {}
    for row in rows:
        key = row.get("key") if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(key, str) or not key or key in found:
            return None
        found[key] = row
    return found


def _whole(row: _RowJson, like: Mapping[str, Json] | None) -> _RowJson:
    """Return a row with the columns that an older program did not know yet as they were."""
    return row if like is None else {**like, **row}


def _row_or_none(value: Json) -> _RowJson | None:
    return value if isinstance(value, dict) else None


def _touched(parts: Parts, key: str) -> bool:
    return any(change.part.key == key for change in parts.changes)
