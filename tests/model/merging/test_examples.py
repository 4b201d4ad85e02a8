"""What becomes of one record that a unit and its superior both worked on."""

from __future__ import annotations

from dataclasses import replace

from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.incoming import FieldChange, Part
from sanyou_desktop.model.merging import Merged, merge, revived, withdrawn
from sanyou_desktop.model.merging_rows import merged_order
from sanyou_desktop.model.record import Record


def made(kind: str, **given: Json) -> Record:
    record = Draft.new(kind, "350300", title="油烟机未清洗", **given).accepted()
    return replace(record, id="0190b3a0-0000-7000-8000-000000000001", revision=3)


def changed(record: Record, **given: Json) -> Record:
    draft = Draft.of(record)
    draft.raw.update(given)
    return draft.accepted()


def together(base: Record, mine: Record, theirs: Record) -> Merged:
    return merge(base.to_json(), mine, theirs.to_json())


def clauses(*texts: str) -> list[Json]:
    return [{"key": text[0], "text": text} for text in texts]


def test_different_fields_changed_on_both_sides_merge() -> None:
    base = made("finding", measure="擦洗", person="陈建国")
    merged = together(base, changed(base, person="林芳"), changed(base, measure="更换滤网"))
    assert merged.record == changed(base, person="林芳", measure="更换滤网")
    assert [change.part for change in merged.changes] == [Part("measure")]
    assert not merged.undecided


def test_the_same_field_changed_differently_keeps_the_ledgers_until_somebody_decides() -> None:
    base = made("finding", measure="擦洗")
    merged = together(base, changed(base, measure="每周擦洗"), changed(base, measure="更换滤网"))
    assert merged.changes == (
        FieldChange(Part("measure"), "擦洗", "每周擦洗", "更换滤网", conflicting=True),
    )
    assert merged.record.to_json()["measure"] == "每周擦洗"
    assert merged.base["measure"] == "擦洗"


def test_cells_of_one_row_merge() -> None:
    base = made("pledge", clauses=[{"key": "a", "text": "随叫随到", "time_limit": "30 分钟"}])
    mine = changed(base, clauses=[{"key": "a", "text": "随叫随到", "time_limit": "20 分钟"}])
    theirs = changed(base, clauses=[{"key": "a", "text": "有叫必到", "time_limit": "30 分钟"}])
    merged = together(base, mine, theirs)
    assert merged.record == changed(
        base, clauses=[{"key": "a", "text": "有叫必到", "time_limit": "20 分钟"}]
    )
    assert [change.part for change in merged.changes] == [Part("clauses", "a", "text")]


def test_rows_added_on_both_sides_are_all_kept() -> None:
    base = made("pledge", clauses=clauses("甲", "乙"))
    mine = changed(base, clauses=clauses("甲", "丙", "乙"))
    theirs = changed(base, clauses=clauses("甲", "乙", "丁"))
    assert together(base, mine, theirs).record == changed(
        base, clauses=clauses("甲", "丙", "乙", "丁")
    )


def test_a_row_deleted_by_one_and_changed_by_the_other_is_a_conflict() -> None:
    base = made("pledge", clauses=clauses("甲", "乙"))
    mine = changed(base, clauses=[{"key": "甲", "text": "甲甲"}, *clauses("乙")])
    theirs = changed(base, clauses=clauses("乙"))
    merged = together(base, mine, theirs)
    assert [change.part for change in merged.changes] == [Part("clauses", "甲")]
    assert merged.undecided
    assert merged.record == mine


def test_a_row_deleted_by_one_alone_goes() -> None:
    base = made("pledge", clauses=clauses("甲", "乙"))
    assert together(base, base, changed(base, clauses=clauses("乙"))).record == changed(
        base, clauses=clauses("乙")
    )


def test_a_new_order_of_rows_is_taken_from_who_moved_them() -> None:
    base = made("pledge", clauses=clauses("甲", "乙", "丙"))
    moved = changed(base, clauses=clauses("丙", "甲", "乙"))
    taken = together(base, base, moved)
    assert taken.record == moved
    assert [change.part for change in taken.changes] == [Part("clauses")]
    assert together(base, moved, base).record == moved


def test_rows_of_each_side_stay_together() -> None:
    assert merged_order(["a"], ["a", "m", "n"], ["a", "x", "y"], "amnxy") == [*"amnxy"]
    assert merged_order(["a", "b"], ["b", "a"], ["a", "x", "b"], "abx") == [*"bax"]


def test_a_score_worked_out_from_both_sides_is_no_conflict() -> None:
    item: dict[str, Json] = {
        "key": "a",
        "item": "油烟机",
        "full_score": "10",
        "deduction": "2",
        "occurrences": 0,
    }
    base = made("inspection", items=[item])
    mine = changed(base, items=[item | {"occurrences": 1}])
    theirs = changed(base, items=[item | {"deduction": "3", "occurrences": 1}])
    merged = together(base, mine, theirs)
    assert not merged.undecided
    assert merged.record == theirs
    assert [change.part.column for change in merged.changes] == ["deduction"]


def test_what_does_not_fit_together_is_left_to_a_person_with_the_reason() -> None:
    base = made("activity", category="training", started_on="2026-03-01", ended_on="2026-03-10")
    mine = changed(base, started_on="2026-03-09")
    theirs = changed(base, ended_on="2026-03-05")
    merged = together(base, mine, theirs)
    assert merged.record == mine
    assert [(one.part.key, one.undecided) for one in merged.changes] == [("ended_on", True)]
    assert "2026-03-05" in str(merged.problems[0])


def test_fields_that_an_older_program_did_not_know_stay() -> None:
    base = made("finding", measure="擦洗")
    mine = changed(base, reply="已回复")
    theirs = {key: value for key, value in base.to_json().items() if key != "reply"}
    merged = merge(base.to_json(), mine, theirs | {"measure": "更换滤网"})
    assert merged.record == changed(mine, measure="更换滤网")


def test_without_a_common_state_what_only_one_side_filled_in_is_taken() -> None:
    mine = made("finding", measure="擦洗", person="陈建国")
    theirs = made("finding", measure="更换滤网", department="食堂")
    merged = merge(None, mine, theirs.to_json())
    assert merged.record == changed(mine, department="食堂")
    assert [one.part.key for one in merged.changes if one.undecided] == ["measure"]


def test_a_withdrawal_meets_what_somebody_changed_here() -> None:
    base = made("finding", measure="擦洗")
    clean = withdrawn(base.to_json(), base)
    assert clean is not None
    assert not clean.conflicting
    kept = withdrawn(base.to_json(), changed(base, measure="每周擦洗"))
    assert kept is not None
    assert kept.undecided
    assert withdrawn(base.to_json(), replace(base, deleted_at="2026-11-28T00:00:00Z")) is None


def test_a_record_deleted_here_and_changed_by_its_unit_is_a_conflict() -> None:
    gone = replace(made("finding"), deleted_at="2026-11-28T00:00:00Z")
    assert revived(gone).undecided
    assert revived(gone, lambda _change: "theirs").choice == "theirs"
