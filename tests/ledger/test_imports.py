"""What a table last said of a record is kept beside what units reported, and apart from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sanyou_desktop.ledger.errors import Conflict, Referred
from sanyou_desktop.ledger.imports import TableRow, source_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.incoming import FieldChange, Part
from sanyou_desktop.model.rule import Rule
from tests.ledger.test_rollup_run import COUNTY, OWN, rolled_up
from tests.ledger.test_rollup_run import ledger as ledger

SOURCE = source_of("layout")


def rule(ledger: Ledger, title: str) -> Rule:
    (found,) = [one for one in ledger.records("rule") if one.title == title]
    assert isinstance(found, Rule)
    return found


def test_nothing_was_said_of_what_the_ledger_holds_as_it_was_imported(ledger: Ledger) -> None:
    ledger.save_table([TableRow(SOURCE, Rule(unit=OWN, title="甲"))], "导入")
    said = ledger.last_said(SOURCE)

    assert said.content(rule(ledger, "甲")) is None
    newer = ledger.save(replace(rule(ledger, "甲"), notes="批注")).record

    then = said.content(newer)
    assert then is not None
    assert (then["title"], then["notes"]) == ("甲", "")
    other = ledger.last_said(source_of("another layout"))
    assert other.content(newer) == then


def test_what_was_said_before_is_back_when_an_import_is_taken_back(ledger: Ledger) -> None:
    ledger.save_table([TableRow(SOURCE, Rule(unit=OWN, title="甲"))], "导入")
    first = rule(ledger, "甲")
    again = ledger.save_table([TableRow(SOURCE, replace(first, notes="二"))], "再导入")
    ledger.undo(again.token)
    newer = ledger.save(replace(rule(ledger, "甲"), notes="三")).record

    then = ledger.last_said(SOURCE).content(newer)

    assert then is not None
    assert then["notes"] == ""
    assert ledger.verify() == []


CLASH = FieldChange(Part("notes"), True, "台账", "表中", conflicting=True)


def decided(record: Rule, choice: str, change: FieldChange = CLASH) -> TableRow:
    """A row whose record stays as it is, with a conflict that was decided."""
    return TableRow(
        SOURCE, id=record.id, revision=record.revision, decided=(replace(change, choice=choice),)
    )


def test_taking_an_import_back_leaves_what_was_decided_in_others(ledger: Ledger) -> None:
    ledger.save_table([TableRow(SOURCE, Rule(unit=OWN, title="甲"))], "导入")
    first = rule(ledger, "甲")
    ledger.save_table([decided(first, "mine")], "导入")
    again = ledger.save_table([TableRow(SOURCE, replace(first, notes="二"))], "再导入")

    ledger.undo(again.token)

    assert ledger.last_said(SOURCE).decided(first.id)(CLASH) == "mine"


def test_a_decision_that_another_replaced_is_back_when_that_is_taken_back(ledger: Ledger) -> None:
    ledger.save_table([TableRow(SOURCE, Rule(unit=OWN, title="甲"))], "导入")
    first = rule(ledger, "甲")
    ledger.save_table([decided(first, "mine")], "导入")
    other = replace(decided(first, "theirs"), record=replace(first, notes="表中"))
    again = ledger.save_table([other], "再导入")
    assert ledger.last_said(SOURCE).decided(first.id)(CLASH) == "theirs"

    ledger.undo(again.token)

    assert ledger.last_said(SOURCE).decided(first.id)(CLASH) == "mine"


def test_an_import_that_only_decides_is_taken_back(ledger: Ledger) -> None:
    ledger.save_table([TableRow(SOURCE, Rule(unit=OWN, title="甲"))], "导入")
    first = rule(ledger, "甲")
    ledger.save_table([decided(first, "mine")], "导入")
    again = ledger.save_table([decided(first, "theirs")], "记下取舍")
    assert ledger.last_said(SOURCE).decided(first.id)(CLASH) == "theirs"

    assert again.undo == "记下取舍"
    ledger.undo(again.token)

    assert ledger.last_said(SOURCE).decided(first.id)(CLASH) == "mine"
    assert rule(ledger, "甲") == first


def test_what_a_later_import_noted_stays_when_an_earlier_one_is_taken_back(ledger: Ledger) -> None:
    ledger.save_table([TableRow(SOURCE, Rule(unit=OWN, title="甲"))], "导入")
    first = rule(ledger, "甲")
    second = ledger.save_table([TableRow(SOURCE, replace(first, notes="二"))], "再导入")
    now = rule(ledger, "甲")
    later = TableRow(SOURCE, id=now.id, revision=now.revision, said={"notes": "三"})
    ledger.save_table([later, decided(now, "mine"), later], "又导入")

    ledger.undo(second.token)

    last = ledger.last_said(SOURCE)
    then = last.content(rule(ledger, "甲"))
    assert then is not None
    assert then["notes"] == "三"
    assert last.decided(now.id)(CLASH) == "mine"


def test_two_rows_about_one_record_are_taken_back_together(ledger: Ledger) -> None:
    ledger.save_table([TableRow(SOURCE, Rule(unit=OWN, title="甲"))], "导入")
    first = rule(ledger, "甲")
    rows = [
        TableRow(SOURCE, replace(first, notes="二")),
        TableRow(SOURCE, id=first.id, revision=first.revision + 1, said={"notes": "三"}),
    ]
    both = ledger.save_table(rows, "再导入")

    ledger.undo(both.token)

    newer = ledger.save(replace(rule(ledger, "甲"), notes="四")).record
    then = ledger.last_said(SOURCE).content(newer)
    assert then is not None
    assert then["notes"] == ""


def test_a_row_that_cannot_be_saved_leaves_nothing(ledger: Ledger) -> None:
    made = ledger.save(Rule(unit=OWN, title="甲")).record
    rows = [
        TableRow(SOURCE, Rule(unit=OWN, title="乙")),
        TableRow(SOURCE, replace(made, revision=9)),
    ]

    with pytest.raises(Conflict):
        ledger.save_table(rows, "导入")

    assert [one.title for one in ledger.records("rule")] == ["甲"]
    assert ledger.last_said(SOURCE).content(replace(made, revision=2)) is None


def test_an_imported_record_is_the_ledgers_own_not_one_that_a_unit_reported(
    ledger: Ledger,
) -> None:
    theirs = Rule(id=new_id(), unit=COUNTY, number="ZD-1", title="车辆管理规定")
    run = rolled_up(ledger, theirs)
    own = Rule(unit=OWN, title="新规定", replaces=theirs.id)
    ledger.save_table([TableRow(SOURCE, own)], "导入")

    with pytest.raises(Referred, match="新规定"):
        ledger.undo(run.changes.token)
