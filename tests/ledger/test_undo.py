"""Taking back actions one after another, as new revisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sanyou_desktop.ledger.errors import Conflict, Referred
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit

UNIT = "350300"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账.sytz", Unit(code=UNIT, name="莆田局")) as ledger:
        yield ledger


def titles(ledger: Ledger) -> list[str]:
    return [record.title for record in ledger.records("pledge")]


def test_a_change_is_taken_back_as_a_new_revision(ledger: Ledger) -> None:
    first = ledger.save(Pledge(unit=UNIT, title="甲")).record
    changes = ledger.save(replace(first, title="乙")).changes
    undone = ledger.undo(changes.token)
    assert titles(ledger) == ["甲"]
    assert undone.touches("pledge", first.id)
    assert [item.action for item in ledger.history(first.id)] == ["undone", "changed", "created"]


def test_a_new_record_goes_to_the_recycle_bin(ledger: Ledger) -> None:
    made = ledger.save(Pledge(unit=UNIT, title="甲"))
    ledger.undo(made.changes.token)
    assert titles(ledger) == []
    assert [record.id for record in ledger.records("pledge", deleted=True)] == [made.record.id]


class Stopped(Exception):
    """Somebody changed their mind."""


def test_taking_many_back_tells_how_far_it_is_and_stops_without_a_trace(ledger: Ledger) -> None:
    many = [Pledge(unit=UNIT, title=f"第{number}件") for number in range(250)]
    changes = ledger.save_many(many, "登记")
    before = [ledger.get(change) for change in ledger.ids("pledge", Query())]

    def stop(done: int, total: int) -> None:
        raise Stopped((done, total))

    with pytest.raises(Stopped, match=r"100, 250"), ledger.telling(stop):
        ledger.undo(changes.token)
    assert [ledger.get(change) for change in ledger.ids("pledge", Query())] == before
    told: list[tuple[int, int]] = []
    with ledger.telling(lambda done, total: told.append((done, total))):
        ledger.undo(changes.token)
    assert told == [(100, 250), (200, 250)]
    assert titles(ledger) == []
    assert ledger.verify() == []


def test_what_is_done_to_many_can_be_stopped(ledger: Ledger) -> None:
    many = [Pledge(unit=UNIT, title=f"第{number}件") for number in range(150)]

    def stop(done: int, total: int) -> None:
        raise Stopped((done, total))

    with pytest.raises(Stopped, match=r"100, 150"), ledger.telling(stop):
        ledger.save_many(many, "登记")
    assert titles(ledger) == []
    ledger.save_many(many, "登记")
    ids = ledger.ids("pledge", Query())
    with pytest.raises(Stopped, match=r"100, 150"), ledger.telling(stop):
        ledger.delete(ids)
    assert ledger.ids("pledge", Query()) == ids
    # It is told only as long as somebody wants to be.
    ledger.delete(ids)
    assert titles(ledger) == []
    assert ledger.verify() == []


def test_actions_on_one_record_are_taken_back_one_after_another(ledger: Ledger) -> None:
    made = ledger.save(Pledge(unit=UNIT, title="甲"))
    second = ledger.save(replace(made.record, title="乙"))
    third = ledger.save(replace(second.record, title="丙"))
    seen = []
    for changes in (third.changes, second.changes, made.changes):
        ledger.undo(changes.token)
        seen.append(titles(ledger))
    assert seen == [["乙"], ["甲"], []]


def test_a_deletion_of_many_is_taken_back_as_one(ledger: Ledger) -> None:
    ids = [ledger.save(Pledge(unit=UNIT, title=title)).record.id for title in "甲乙丙"]
    changes = ledger.delete(ids)
    assert titles(ledger) == []
    ledger.undo(changes.token)
    assert titles(ledger) == ["甲", "乙", "丙"]


def test_an_action_is_taken_back_once(ledger: Ledger) -> None:
    made = ledger.save(Pledge(unit=UNIT, title="甲"))
    ledger.undo(made.changes.token)
    with pytest.raises(Conflict, match="不能撤销"):
        ledger.undo(made.changes.token)


def test_what_was_changed_since_is_not_overwritten(ledger: Ledger) -> None:
    made = ledger.save(Pledge(unit=UNIT, title="甲"))
    ledger.save(replace(made.record, title="乙"))
    with pytest.raises(Conflict, match="没有覆盖"):
        ledger.undo(made.changes.token)
    assert titles(ledger) == ["乙"]


def test_a_new_record_to_which_others_refer_stays(ledger: Ledger) -> None:
    made = ledger.save(Pledge(unit=UNIT, title="甲"))
    ledger.save(Finding(unit=UNIT, title="灯不亮", against=made.record.id))
    with pytest.raises(Referred, match="灯不亮"):
        ledger.undo(made.changes.token)
    assert titles(ledger) == ["甲"]


def test_only_the_last_actions_are_kept(ledger: Ledger) -> None:
    tokens = [ledger.save(Pledge(unit=UNIT, title="x")).changes.token for _ in range(51)]
    with pytest.raises(Conflict):
        ledger.undo(tokens[0])
    ledger.undo(tokens[1])


class AnyActions(RuleBasedStateMachine):
    """A ledger beside the plain dictionary that it stands for, whatever is done in any order."""

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "台账.sytz"
        self.ledger = Ledger.create(path, Unit(code=UNIT, name="莆田局"))
        self.living: dict[str, str] = {}
        self.recycled: dict[str, str] = {}
        self.done: list[tuple[Changes, dict[str, str], dict[str, str]]] = []

    def note(self, changes: Changes, living: dict[str, str], recycled: dict[str, str]) -> None:
        self.done.append((changes, self.living, self.recycled))
        self.living, self.recycled = living, recycled

    @rule(title=st.text("甲乙丙", min_size=1, max_size=3))
    def add(self, title: str) -> None:
        made = self.ledger.save(Pledge(unit=UNIT, title=title))
        self.note(made.changes, self.living | {made.record.id: title}, self.recycled)

    @precondition(lambda self: self.living)
    @rule(data=st.data(), title=st.text("甲乙丙", min_size=1, max_size=3))
    def change(self, data: st.DataObject, title: str) -> None:
        record = self.one_of(data, self.living)
        saved = self.ledger.save(replace(record, title=title))
        self.note(saved.changes, self.living | {record.id: title}, self.recycled)

    @precondition(lambda self: self.living)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        record = self.one_of(data, self.living)
        living = {key: title for key, title in self.living.items() if key != record.id}
        recycled = self.recycled | {record.id: record.title}
        self.note(self.ledger.delete([record.id]), living, recycled)

    @precondition(lambda self: self.recycled)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        record = self.one_of(data, self.recycled)
        recycled = {key: title for key, title in self.recycled.items() if key != record.id}
        living = self.living | {record.id: record.title}
        self.note(self.ledger.restore([record.id]), living, recycled)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        changes, living, recycled = self.done.pop()
        made = changes.undo.startswith("新建")
        self.ledger.undo(changes.token)
        # A record that was new goes to the recycle bin rather than out of the ledger.
        gone = {key: title for key, title in self.living.items() if made and key not in living}
        self.living, self.recycled = living, recycled | gone
        self.done = [(item, old, bin_ | gone) for item, old, bin_ in self.done]

    def one_of(self, data: st.DataObject, ids: dict[str, str]) -> Record:
        record = self.ledger.get(data.draw(st.sampled_from(sorted(ids))))
        assert record is not None
        return record

    @invariant()
    def stands_for_the_same(self) -> None:
        for deleted, expected in ((False, self.living), (True, self.recycled)):
            found = {item.id: item.title for item in self.ledger.records("pledge", deleted=deleted)}
            assert found == expected

    def teardown(self) -> None:
        assert self.ledger.verify() == []
        self.ledger.close()
        self.folder.cleanup()


TestAnyActions = AnyActions.TestCase
TestAnyActions.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
