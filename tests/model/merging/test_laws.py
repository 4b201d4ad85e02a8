"""What merging promises, whatever two sides did to a record."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given

from sanyou_desktop.model.fields import Json, Rows
from sanyou_desktop.model.incoming import FieldChange, Part
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.merging import APART, Merged, merge
from sanyou_desktop.model.record import Record
from tests.model.merging.sides import content, sides

Sides = tuple[Record, Record, Record]


def put_together(found: Sides) -> Merged:
    base, mine, theirs = found
    return merge(base.to_json(), mine, theirs.to_json())


@given(sides())
def test_what_the_unit_left_alone_stays_as_it_is_here(found: Sides) -> None:
    base, mine, _theirs = found
    merged = merge(base.to_json(), mine, base.to_json())
    assert merged.record == mine
    assert merged.changes == ()


@given(sides())
def test_what_nobody_touched_here_becomes_the_units(found: Sides) -> None:
    base, _mine, theirs = found
    merged = merge(base.to_json(), base, theirs.to_json())
    assert merged.record.to_json() == base.to_json() | {
        key: value for key, value in theirs.to_json().items() if key not in APART
    }
    assert not any(change.conflicting for change in merged.changes)
    assert bool(merged.changes) == (theirs.to_json() != base.to_json())


@given(sides())
def test_equal_changes_are_no_conflict(found: Sides) -> None:
    base, mine, _theirs = found
    assert merge(base.to_json(), mine, mine.to_json()).changes == ()


@given(sides())
def test_merging_the_same_again_changes_nothing(found: Sides) -> None:
    first = put_together(found)
    again = merge(first.base, first.record, found[2].to_json())
    assert again.record == first.record
    assert again.base == first.base
    if not first.problems:
        assert {change.part for change in again.changes} == {
            change.part for change in first.changes if change.conflicting
        }


@given(sides())
def test_it_does_not_matter_which_side_merges(found: Sides) -> None:
    base, mine, theirs = found
    here = put_together(found)
    there = merge(base.to_json(), theirs, mine.to_json())
    conflicts = {change.part for change in here.changes if change.conflicting}
    assume(not here.problems)
    assert conflicts == {change.part for change in there.changes if change.conflicting}
    if not conflicts:
        assert content(here.record) == content(there.record)


@given(sides())
def test_no_value_is_invented(found: Sides) -> None:
    _base, mine, theirs = found
    merged = put_together(found).record
    sides_by_part = [_parts(side) for side in (mine, theirs, mine.completed(), theirs.completed())]
    for part, value in _parts(merged).items():
        # What is worked out from the rest may be neither side's: a score of merged deductions.
        if part.column != "score" and part.key != "incomplete" and not _is_told(merged, part):
            assert value in [side[part] for side in sides_by_part if part in side], part


def _is_told(record: Record, part: Part) -> bool:
    """Tell whether it is a title that says no more than other fields do."""
    return part.key == "title" and replace(record, title="").completed().title == record.title


@given(sides())
def test_there_is_a_conflict_where_and_only_where_both_sides_differ_from_the_base(
    found: Sides,
) -> None:
    merged = put_together(found)
    assume(not merged.problems)
    base, mine, theirs = (_plain(side) for side in found)
    expected = {
        key
        for key in base
        if mine[key] != base[key] and theirs[key] != base[key] and mine[key] != theirs[key]
    }
    conflicts = {
        change.part.key for change in merged.changes if change.conflicting and not change.part.row
    }
    assert conflicts == expected - {"title"} | (expected & conflicts & {"title"})
    if "title" in expected - conflicts:
        # The title of these is made of other fields.
        assert found[0].kind in ("unit", "round", "submission")


@given(sides())
def test_deciding_every_conflict_ends_them(found: Sides) -> None:
    base, mine, theirs = found
    for choice in ("mine", "theirs"):
        asked: list[Part] = []

        def decide(change: FieldChange, chosen: str = choice, told: list[Part] = asked) -> str:
            told.append(change.part)
            return chosen

        decided = merge(base.to_json(), mine, theirs.to_json(), decide)
        assume(not decided.problems)
        assert not decided.undecided
        again = merge(decided.base, decided.record, theirs.to_json())
        assert (again.record, again.changes) == (decided.record, ())


@given(sides())
def test_what_is_merged_can_be_saved_or_says_why_not(found: Sides) -> None:
    merged = put_together(found)
    assert list(merged.record.problems()) == []
    if merged.problems:
        assert merged.undecided
        assert content(merged.record) == content(found[1])


def _parts(record: Record) -> dict[Part, Json]:
    """Return every value by the part it stands in, cells of rows included."""
    fields = kind_of(record.kind).fields
    found: dict[Part, Json] = {}
    for key, value in record.to_json().items():
        if isinstance(fields[key], Rows):
            assert isinstance(value, list)
            for row in value:
                assert isinstance(row, dict)
                found |= {Part(key, str(row["key"]), column): row[column] for column in row}
        else:
            found[Part(key)] = value
    return found


def _plain(record: Record) -> dict[str, Json]:
    return {
        part.key: value
        for part, value in _parts(record).items()
        if not part.row and part.key not in APART
    }
