"""A roll-up is one transaction and one undo, and remembers what was accepted and decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.ledger import opening
from sanyou_desktop.ledger.accepted import Copy
from sanyou_desktop.ledger.decisions import Decision
from sanyou_desktop.ledger.errors import (
    BadFile,
    Conflict,
    DuplicateNumber,
    LedgerReadOnly,
    Referred,
    UnknownReference,
)
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.rollup_run import RollupRun
from sanyou_desktop.ledger.taken_file import TakenFile
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.identity import new_id
from sanyou_desktop.model.incoming import FieldChange, Part
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Attachment, Record
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.submission import Submission
from sanyou_desktop.model.unit import Unit

OWN, COUNTY = "350000", "350783"
FILE = TakenFile("建瓯.xlsx", COUNTY, "建瓯市", "u", "", "", 1, "2026-11-28T08:00:00Z", "abc")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "省.sytz", Unit(code=OWN, name="省机关事务管理局")) as ledger:
        yield ledger


def pledge(title: str) -> Pledge:
    return Pledge(id=new_id(), unit=COUNTY, number=f"CN-{title}", title=title)


def take(run: RollupRun, record: Record, revision: int = 1) -> Record:
    """Take a record in as the roll-up does, over whatever is there."""
    before = run.known(COUNTY, [record.id]).get(record.id)
    here = replace(record, revision=before.revision if before else 0)
    after = run.take(here)
    run.accept(COUNTY, before, after, Copy(revision, f"h{revision}"))
    return after


def rolled_up(ledger: Ledger, *taken: Record) -> RollupRun:
    with ledger.rolling_up() as run:
        for one in taken:
            take(run, one)
        run.file(FILE)
        run.finish("新增")
    return run


def titles(ledger: Ledger) -> list[str]:
    return sorted(record.title for record in ledger.records("pledge"))


def test_a_run_is_taken_back_as_one(ledger: Ledger) -> None:
    old = pledge("旧承诺")
    rolled_up(ledger, old)
    run = rolled_up(ledger, replace(old, title="改过的承诺"), pledge("甲"), pledge("乙"))
    assert titles(ledger) == ["乙", "改过的承诺", "甲"]
    ledger.undo(run.changes.token)
    assert titles(ledger) == ["旧承诺"]
    assert [hit.title for hit in ledger.search("承诺")] == ["旧承诺"]
    assert len(list(ledger.records("pledge", deleted=True))) == 2
    assert ledger.verify() == []
    with pytest.raises(Conflict, match="已经撤销过"):
        ledger.undo(run.changes.token)


def test_taking_a_run_back_can_be_stopped(ledger: Ledger) -> None:
    run = rolled_up(ledger, *(pledge(f"第{number}件") for number in range(150)))

    def stop(done: int, total: int) -> None:
        raise InterruptedError(f"{done} of {total}")

    with pytest.raises(InterruptedError, match=r"100 of \d+"), ledger.telling(stop):
        ledger.undo_rollup(run.id)
    assert len(titles(ledger)) == 150
    assert [bool(run.undone_at) for run in ledger.rollups()] == [False]
    ledger.undo_rollup(run.id)
    assert titles(ledger) == []


def test_runs_can_be_taken_back_long_after_from_the_last_to_the_first(ledger: Ledger) -> None:
    one = pledge("甲")
    first = rolled_up(ledger, one)
    second = rolled_up(ledger, replace(one, title="甲甲"))
    with pytest.raises(Conflict, match="甲甲"):
        ledger.undo_rollup(first.id)
    ledger.close()
    with Ledger.open(ledger.path) as again:
        again.undo_rollup(second.id)
        assert titles(again) == ["甲"]
        again.undo_rollup(first.id)
        assert titles(again) == []
        assert [bool(run.undone_at) for run in again.rollups()] == [True, True]
        assert again.verify() == []


def test_what_was_changed_after_a_run_is_not_overwritten_by_taking_it_back(ledger: Ledger) -> None:
    one = pledge("甲")
    run = rolled_up(ledger, one)
    found = ledger.get(one.id)
    assert found is not None
    saved = ledger.save(replace(found, notes="上级批注"))
    with pytest.raises(Conflict, match="CN-甲「甲」"):
        ledger.undo(run.changes.token)
    assert titles(ledger) == ["甲"]
    ledger.undo(saved.changes.token)
    ledger.undo(run.changes.token)
    assert titles(ledger) == []


def test_a_run_stays_while_a_later_record_refers_to_what_it_brought(ledger: Ledger) -> None:
    rule = Rule(id=new_id(), unit=COUNTY, number="ZD-1", title="车辆管理规定")
    run = rolled_up(ledger, rule)
    own = Rule(unit=OWN, title="新规定", replaces=rule.id)
    newer = ledger.save(own).record
    with pytest.raises(Referred, match="新规定"):
        ledger.undo(run.changes.token)
    ledger.delete([newer.id])
    ledger.undo(run.changes.token)
    assert list(ledger.records("rule")) == []


def test_a_rehearsal_keeps_nothing(ledger: Ledger) -> None:
    with ledger.rolling_up(rehearsal=True) as run:
        one = take(run, pledge("甲"))
        # A second file of the same rehearsal finds what the first brought.
        known = run.known(COUNTY, [one.id])[one.id]
        assert known.copy is not None
        assert run.base(one.id, known.copy)["title"] == "甲"
        run.file(FILE)
        run.finish("新增")
    assert titles(ledger) == []
    assert ledger.rollups() == []
    assert run.changes.token == 0
    assert ledger.verify() == []


def test_a_rehearsal_sees_a_number_a_chain_and_a_counter_of_the_ledger(ledger: Ledger) -> None:
    old = Rule(id=new_id(), unit=COUNTY, number="ZD-1", title="旧规定")
    new = Rule(id=new_id(), unit=COUNTY, number="ZD-2", title="新规定", replaces=old.id)
    rolled_up(ledger, old, new, pledge("甲"))
    with ledger.rolling_up(rehearsal=True) as run:
        with pytest.raises(DuplicateNumber, match="CN-甲"):
            run.take(replace(pledge("甲"), id=new_id()))
        round_about = replace(old, replaces=new.id, revision=1)
        with pytest.raises(Invalid, match="「旧规定」 → 「新规定」 → 「旧规定」"):
            run.take(round_about)
        first = run.take(Pledge(unit=OWN, title="没有编号"))
    assert ledger.save(Pledge(unit=OWN, title="有编号")).record.number == first.number


def test_a_rehearsal_of_an_older_ledger_changes_nothing_of_it(ledger: Ledger) -> None:
    ledger.close()
    with closing(sqlite3.connect(ledger.path)) as conn:
        conn.execute(f"PRAGMA user_version = {opening.FORMAT - 1}")
    before = ledger.path.read_bytes()
    with Ledger.open(ledger.path, read_only=True) as older:
        with older.rolling_up(rehearsal=True) as run:
            take(run, pledge("甲"))
        assert titles(older) == []
        # What keeps the copy from being written to is back.
        with pytest.raises(LedgerReadOnly), older.rolling_up():
            raise AssertionError
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            older._conn.execute("DELETE FROM record")
    assert ledger.path.read_bytes() == before


def test_a_run_that_fails_leaves_nothing(ledger: Ledger) -> None:
    def fail() -> None:
        with ledger.rolling_up() as run:
            take(run, pledge("甲"))
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        fail()
    assert titles(ledger) == []
    assert ledger.rollups() == []


def test_a_run_that_took_nothing_leaves_no_trace(ledger: Ledger) -> None:
    with ledger.rolling_up() as run:
        run.finish("没有变化")
    assert ledger.rollups() == []
    assert run.changes.token == 0


def refused(run: RollupRun) -> None:
    """Note a file as settled, and then refuse it."""
    with run.attempt():
        run.settle("digest", FILE, 1)
        raise Invalid(())


def test_a_file_that_was_refused_after_all_is_not_noted_as_settled(ledger: Ledger) -> None:
    with ledger.rolling_up() as first:
        first.file(FILE)
    with ledger.rolling_up() as run, pytest.raises(Invalid):
        refused(run)
    with ledger.rolling_up() as run:
        assert not run.knows_settled()
        run.settle("digest", FILE, 1)
    with ledger.rolling_up() as run:
        assert run.knows_settled()
    assert len(ledger.rollups()) == 1


def test_the_accepted_copy_is_the_base_even_when_the_ledger_moved_on(ledger: Ledger) -> None:
    one = pledge("甲")
    rolled_up(ledger, one)
    found = ledger.get(one.id)
    assert found is not None
    ledger.save(replace(found, title="上级改过"))
    with ledger.rolling_up() as run:
        known = run.known(COUNTY, [one.id])[one.id]
        assert known.copy is not None
        assert (known.copy.their_revision, known.copy.their_hash) == (1, "h1")
        assert run.base(one.id, known.copy)["title"] == "甲"
        assert run.known("另一个单位", [one.id])[one.id].copy is None
        run.finish("")


def test_decisions_are_remembered_for_these_values_only(ledger: Ledger) -> None:
    change = FieldChange(Part("title"), "甲", "乙", "丙", conflicting=True)
    with ledger.rolling_up() as run:
        run.decide(Decision(COUNTY, "id", change, "mine"))
        run.finish("")
    with ledger.rolling_up() as later:
        ask = later.remembered(COUNTY, "id")
        assert ask(change) == "mine"
        assert ask(replace(change, theirs="丁")) == ""
        assert ask(replace(change, mine="丁")) == ""
        assert later.remembered("另一个单位", "id")(change) == ""
        later.finish("")
    ledger.undo_rollup(run.id)
    with ledger.rolling_up() as after:
        assert after.remembered(COUNTY, "id")(change) == ""
        after.finish("")


def test_files_attached_at_the_unit_are_no_fault_here(ledger: Ledger) -> None:
    photo = Attachment(key="p", name="整改前.jpg", sha256="ab" * 32, size=20480)
    one = replace(pledge("甲"), attachments=(photo,))
    rolled_up(ledger, one)
    assert ledger.verify() == []
    found = ledger.get(one.id)
    assert found is not None
    assert found.attachments == (photo,)
    with pytest.raises(BadFile, match="原件在填报单位"):
        ledger.attachments.read(photo.sha256)
    # Who works on the record here is not held up by what lies elsewhere.
    noted = ledger.save(replace(found, notes="上级批注")).record
    with pytest.raises(UnknownReference):
        ledger.save(replace(noted, attachments=(replace(photo, sha256="cd" * 32),)))


def test_a_reference_leads_on_as_soon_as_its_target_arrives(ledger: Ledger) -> None:
    inspection = Inspection(id=new_id(), unit=COUNTY, number="JC-1", title="食堂检查")
    finding = Finding(
        id=new_id(), unit=COUNTY, number="WT-1", title="油烟机未清洗", inspection=inspection.id
    )
    rolled_up(ledger, finding)
    assert ledger.verify() == []
    found = ledger.get(finding.id)
    assert found is not None
    assert ledger.titles([inspection.id]) == {}
    ledger.save(replace(found, notes="上级批注"))
    with pytest.raises(UnknownReference):
        ledger.save(replace(finding, id="", number="", inspection=new_id()))
    rolled_up(ledger, inspection)
    assert [hit.id for hit in ledger.referring(inspection.id)] == [finding.id]
    # Deleting asks who refers to it, as if both had come together.
    with pytest.raises(Referred):
        ledger.delete([inspection.id])


def test_what_a_sender_no_longer_brings_of_a_period_is_named(ledger: Ledger) -> None:
    march = Inspection.kind
    days = (PartialDate.parse("2026-03-02"), PartialDate.parse("2026-04-01"), None)
    first, second, undated = (
        replace(
            Inspection(id=new_id(), unit=COUNTY, number=f"JC-{place}", title="检查"),
            inspected_on=day,
        )
        for place, day in enumerate(days)
    )
    rolled_up(ledger, first, second, undated)
    with ledger.rolling_up() as run:
        none = frozenset[str]()
        assert run.absent(COUNTY, march, "2026-03", "2026-03", none) == [first.id]
        assert run.absent(COUNTY, march, "2026-03", "2026-03", frozenset({first.id})) == []
        everything = run.absent(COUNTY, march, "", "", none)
        assert everything == sorted([first.id, second.id, undated.id])
        assert run.absent("另一个单位", march, "", "", none) == []
        run.finish("")


def test_the_files_that_stand_are_known_by_unit(ledger: Ledger) -> None:
    run = rolled_up(ledger, pledge("甲"))
    with ledger.rolling_up() as later:
        assert later.files_of(COUNTY) == [FILE]
        assert later.files_of(OWN) == []
        later.finish("")
    ledger.undo_rollup(run.id)
    with ledger.rolling_up() as last:
        assert last.files_of(COUNTY) == []
        last.finish("")


def test_a_file_is_registered_as_handed_in_and_taken_back_with_the_run(ledger: Ledger) -> None:
    first = rolled_up(ledger, pledge("甲"))
    rolled_up(ledger)
    (one,) = submissions(ledger)
    assert (one.unit, one.reporter, one.status, one.version) == (OWN, COUNTY, "accepted", 1)
    assert one.made_at == "2026-11-28T08:00:00.000Z"
    with ledger.rolling_up() as run:
        later = replace(FILE, version=2, made_at="2026-11-29T08:00:00+08:00", manifest="def")
        run.file(later, 7)
        run.finish("新增")
    assert [(two.status, two.rows) for two in submissions(ledger)] == [
        ("superseded", None),
        ("accepted", 7),
    ]
    ledger.undo(run.changes.token)
    assert [two.status for two in submissions(ledger)] == ["accepted"]
    ledger.undo(first.changes.token)
    assert submissions(ledger) == []
    assert ledger.verify() == []


def test_a_rehearsal_registers_nothing(ledger: Ledger) -> None:
    with ledger.rolling_up(rehearsal=True) as run:
        run.file(FILE, 3)
    assert submissions(ledger) == []


def test_a_file_that_lies_about_its_dates_is_still_registered(ledger: Ledger) -> None:
    with ledger.rolling_up() as run:
        run.file(replace(FILE, first="昨天", made_at="??", name="长" * 400))
        run.finish("")
    (one,) = submissions(ledger)
    assert (one.from_, one.made_at, len(one.file_name)) == (None, "", 255)


def submissions(ledger: Ledger) -> list[Submission]:
    found = [one for one in ledger.records("submission") if isinstance(one, Submission)]
    return sorted(found, key=lambda one: one.version or 0)
