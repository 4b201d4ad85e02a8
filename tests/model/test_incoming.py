"""What a preview tells of the rows that files bring."""

from __future__ import annotations

from sanyou_desktop.model.incoming import (
    Fault,
    FieldChange,
    Incoming,
    Part,
    Place,
    Sighting,
    State,
)
from sanyou_desktop.model.problems import Problem

FILE = Place("王村局.xlsx", "问题整改", "12")


def row(state: State, *changes: FieldChange) -> Incoming:
    return Incoming("finding", FILE, state, title="油烟机未清洗", changes=changes)


def test_a_place_reads_as_a_clerk_would_say_it() -> None:
    assert str(FILE) == "王村局.xlsx 问题整改 第 12 行"
    assert str(FILE.at("C12")) == "王村局.xlsx 问题整改 C12"
    assert str(Place("王村局.xlsx")) == "王村局.xlsx"


def test_a_fault_names_the_cell_and_the_field() -> None:
    fault = Fault(Problem("due_on", "整改期限", "应为日期"), FILE.at("I12"))
    assert str(fault) == "王村局.xlsx 问题整改 I12：整改期限：应为日期"


def test_parts_are_called_as_on_the_form() -> None:
    assert Part("measure").title("finding") == "整改措施"
    assert Part("rounds", "r1", "verdict").title("finding").startswith("整改过程 ")


def test_values_are_shown_as_lists_print_them() -> None:
    graded = FieldChange(Part("severity"), "minor", "major", "critical", conflicting=True)
    assert graded.shown("finding", graded.mine) == "较重"
    assert graded.shown("finding", None) == ""
    whole_row = FieldChange(Part("clauses", "a"), None, None, {"key": "a", "text": "随叫随到"})
    assert "随叫随到" in whole_row.shown("pledge", whole_row.theirs)
    assert whole_row.shown("pledge", whole_row.mine) == ""


def test_a_conflict_waits_until_a_side_is_chosen() -> None:
    waiting = FieldChange(Part("measure"), "", "擦洗", "更换", conflicting=True)
    decided = FieldChange(Part("measure"), "", "擦洗", "更换", conflicting=True, choice="mine")
    one_sided = FieldChange(Part("measure"), "", "", "更换")
    assert row(State.CONFLICTING, decided, waiting).undecided
    assert not row(State.CHANGED, decided, one_sided).undecided


def test_counts_are_whole_though_only_some_rows_are_kept() -> None:
    sighting = Sighting(listed=2)
    for state in (State.NEW, State.NEW, State.NEW, State.UNCHANGED, State.CHANGED):
        sighting.add(row(state))
    sighting.count(State.UNCHANGED, 4)
    sighting.leave_out(Place("旧表.xlsx"), "没有登记表")
    found = sighting.preview()
    assert len(found.of(State.NEW)) == 2
    assert found.unlisted(State.NEW) == 1
    assert found.of(State.UNCHANGED) == ()
    assert str(found) == "修改 1 条，新增 3 条，未变 5 条"
    assert [str(one) for one in found.left_out] == ["旧表.xlsx：没有登记表"]
    assert found.changes_anything


def test_what_was_met_apart_is_taken_over_within_the_limit() -> None:
    apart, whole = Sighting(), Sighting(listed=2)
    for state in (State.NEW, State.NEW, State.CHANGED):
        apart.add(row(state))
    apart.leave_out(Place("旧表.xlsx"), "没有登记表")
    apart.note("用的是另一本台账")
    whole.add(row(State.NEW))
    whole.absorb(apart)
    found = whole.preview()
    assert (len(found.of(State.NEW)), found.unlisted(State.NEW)) == (2, 1)
    assert str(found) == "修改 1 条，新增 3 条"
    assert len(found.left_out) == 1
    assert found.notes == ("用的是另一本台账",)


def test_what_is_unchanged_or_invalid_changes_nothing() -> None:
    sighting = Sighting()
    assert str(sighting.preview()) == "没有记录"
    sighting.add(row(State.UNCHANGED))
    sighting.add(row(State.INVALID))
    assert not sighting.preview().changes_anything
