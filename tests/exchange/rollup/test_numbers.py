"""Numbers, unique in a unit at every moment, that the unit and its superior both changed."""

from __future__ import annotations

import pytest

from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.incoming import Incoming, Part, State
from sanyou_desktop.model.record import Record
from tests.exchange.rollup.conftest import MakeUnit, Reporter

NUMBER = Part("number")


def numbers(superior: Reporter, *records: Record) -> list[str]:
    found = [superior.ledger.get(one.id) for one in records]
    return [one.number if one else "" for one in found]


def pledges(county: Reporter, *given: str) -> list[Record]:
    return [county.add("pledge", title=f"承诺 {one}", number=one) for one in given]


def exchange(county: Reporter, *moves: tuple[Record, str]) -> None:
    """Give the unit's records new numbers, over numbers that nobody uses."""
    for place, (record, _number) in enumerate(moves):
        county.change(record.id, number=f"空-{place}")
    for record, number in moves:
        county.change(record.id, number=number)


def lines(rows: tuple[Incoming, ...]) -> dict[str, str]:
    """Return what is wrong with each, by its title."""
    return {row.title: " ".join(str(one.problem) for one in row.faults) for row in rows}


def test_a_number_exchanged_by_the_unit_and_changed_here_is_a_conflict_of_that_record(
    superior: Reporter, county: Reporter
) -> None:
    one, two, three = pledges(county, "CN-1", "CN-2", "CN-3")
    superior.roll_up(county.report())
    superior.change(two.id, number="CN-7")
    exchange(county, (one, "CN-2"), (two, "CN-1"), (three, "CN-7"))
    county.change(three.id, person="林芳")
    extra = county.add("pledge", title="新承诺", number="CN-9")
    report = county.report()
    found = superior.roll_up(report)
    assert numbers(superior, one, two, three, extra) == ["CN-2", "CN-7", "CN-3", "CN-9"]
    told = lines(found.preview.of(State.CONFLICTING))
    assert told.keys() == {"承诺 CN-2", "承诺 CN-3"}
    assert told["承诺 CN-2"] == ""
    assert "CN-7 在本台账中已用于承诺「承诺 CN-2」" in told["承诺 CN-3"]
    # All else of the record was taken.
    taken = superior.ledger.get(three.id)
    assert taken is not None
    assert taken.person == "林芳"
    assert superior.ledger.verify() == []
    # Who has the number gives it up: now it can be had.
    superior.change(two.id, number="CN-1")
    again = superior.roll_up(report)
    assert State.CONFLICTING not in again.preview.counts
    assert numbers(superior, one, two, three) == ["CN-2", "CN-1", "CN-7"]


def test_the_ledgers_number_once_kept_is_not_asked_about_again(
    superior: Reporter, county: Reporter
) -> None:
    one, two = pledges(county, "CN-1", "CN-2")
    superior.roll_up(county.report())
    superior.change(one.id, number="CN-5")
    county.change(two.id, number="CN-5")
    report = county.report()
    key = (county.code, two.id, NUMBER)
    # What cannot be had stays a conflict, whatever was chosen.
    refused = superior.roll_up(report, choices={key: "theirs"})
    assert refused.preview.counts[State.CONFLICTING] == 1
    superior.roll_up(report, choices={key: "mine"})
    assert numbers(superior, one, two) == ["CN-5", "CN-2"]
    assert set(superior.roll_up(report).preview.counts) == {State.UNCHANGED}
    assert set(superior.roll_up(county.report()).preview.counts) == {State.UNCHANGED}


def test_many_renumbered_records_stop_where_one_was_changed_here(
    superior: Reporter, county: Reporter
) -> None:
    made = pledges(county, *(f"CN-{place}" for place in range(1, 13)))
    superior.roll_up(county.report())
    superior.change(made[5].id, number="省-6")
    superior.change(made[-1].id, number="CN-13")
    moves = [(record, f"CN-{place + 2}") for place, record in enumerate(made)]
    exchange(county, *moves)
    found = superior.roll_up(county.report())
    assert found.preview.left_out == ()
    now = numbers(superior, *made)
    assert len(set(now)) == len(now)
    assert now[:5] == [f"CN-{place}" for place in range(2, 7)]
    assert (now[5], now[-1]) == ("省-6", "CN-13")
    assert superior.ledger.verify() == []


def test_a_new_record_takes_a_number_that_another_one_gives_up(
    superior: Reporter, county: Reporter
) -> None:
    (old,) = pledges(county, "CN-1")
    rule = county.add("rule", title="老制度", number="ZD-1")
    superior.roll_up(county.report())
    county.change(rule.id, number="ZD-2")
    county.change(old.id, number="CN-2")
    new = county.add("pledge", title="新承诺", number="ZD-1")
    other = county.add("rule", title="新制度", number="CN-1")
    found = superior.roll_up(county.report())
    assert State.INVALID not in found.preview.counts
    assert numbers(superior, old, rule, new, other) == ["CN-2", "ZD-2", "ZD-1", "CN-1"]


def test_a_new_record_whose_number_is_taken_is_told_of_and_the_others_are_taken(
    superior: Reporter, county: Reporter
) -> None:
    one, two = pledges(county, "CN-1", "CN-2")
    superior.roll_up(county.report())
    superior.change(one.id, number="CN-3")
    new = county.add("pledge", title="新承诺", number="CN-3")
    county.change(two.id, person="林芳")
    found = superior.roll_up(county.report())
    (row,) = found.preview.of(State.INVALID)
    assert "CN-3 在本台账中已用于承诺「承诺 CN-1」" in str(row.faults[0])
    assert superior.ledger.get(new.id) is None
    assert found.preview.counts[State.CHANGED] == 1


@pytest.mark.parametrize("reversed_order", [False, True])
def test_a_number_freed_for_another_comes_back_where_its_record_cannot_be_changed(
    superior: Reporter, county: Reporter, unit: MakeUnit, *, reversed_order: bool
) -> None:
    """A record that gives up its number and is refused for another reason keeps all it had."""
    names = ["CN-1", "CN-2"]
    one, two = pledges(county, *(reversed(names) if reversed_order else names))
    superior.roll_up(county.report())
    # Its status and what it says of itself no longer fit together once merged.
    superior.change(one.id, valid_from="2026-06-01")
    exchange(county, (one, two.number), (two, one.number))
    county.change(one.id, valid_until="2026-01-01")
    found = superior.roll_up(county.report())
    assert {row.title for row in found.preview.of(State.CONFLICTING)} == {one.title, two.title}
    assert numbers(superior, one, two) == [one.number, two.number]
    assert superior.ledger.verify() == []


def test_a_record_that_is_refused_leaves_the_counters_of_those_before_it_moved(
    superior: Reporter, county: Reporter
) -> None:
    superior.add("unit", code=county.code, name="建瓯市机关事务管理局")
    taken = Draft.from_json("finding", {"title": "占号", "number": "ZZ-9"}, county.code)
    superior.ledger.save(taken.accepted())
    for title in ("一", "二", "三"):
        county.add("pledge", title=title)
    county.add("pledge", title="撞号", number="ZZ-9")

    superior.roll_up(county.report())

    own = Draft.from_json("pledge", {"title": "上级代录"}, county.code).accepted()
    assert superior.ledger.save(own).record.number.endswith("-0004")
    assert superior.ledger.verify() == []


def test_numbers_that_a_run_exchanged_are_taken_back_with_it(
    superior: Reporter, county: Reporter
) -> None:
    one, two, three = pledges(county, "CN-1", "CN-2", "CN-3")
    superior.roll_up(county.report())
    exchange(county, (one, "CN-2"), (two, "CN-3"), (three, "CN-1"))
    report = county.report()
    found = superior.roll_up(report)
    superior.ledger.undo(found.changes.token)
    assert numbers(superior, one, two, three) == ["CN-1", "CN-2", "CN-3"]
    assert superior.ledger.verify() == []
    superior.roll_up(report)
    assert numbers(superior, one, two, three) == ["CN-2", "CN-3", "CN-1"]


def test_a_number_that_a_new_record_got_goes_back_to_who_had_it(
    superior: Reporter, county: Reporter
) -> None:
    one, two = pledges(county, "CN-1", "CN-2")
    superior.roll_up(county.report())
    county.change(one.id, number="CN-3")
    new = county.add("pledge", title="新的", number="CN-1")
    first = county.report()
    # The other of two files of one run, which changes the new one once more.
    county.change(new.id, number="CN-2-甲")
    county.change(two.id, number="CN-1")
    found = superior.roll_up(first, county.report())
    superior.ledger.undo(found.changes.token)
    assert numbers(superior, one, two) == ["CN-1", "CN-2"]
    gone = superior.ledger.get(new.id)
    assert gone is not None
    assert gone.deleted_at
    assert superior.ledger.verify() == []
    superior.roll_up(county.report())
    assert numbers(superior, one, two, new) == ["CN-3", "CN-1", "CN-2-甲"]
