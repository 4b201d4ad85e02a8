"""What becomes of one record that a unit's report brings: looked up, merged, and taken or left."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from sanyou_desktop.exchange.hand_edits import HandEdits, hand_edits
from sanyou_desktop.exchange.rollup_reading import Brought
from sanyou_desktop.exchange.rollup_refusals import (
    REFUSED,
    number_taken,
    plain,
    problems_of,
    refuse_invalid,
    unreadable,
)
from sanyou_desktop.exchange.rollup_senders import Sender, Senders
from sanyou_desktop.ledger.accepted import Copy, Known
from sanyou_desktop.ledger.decisions import Decision
from sanyou_desktop.ledger.errors import DuplicateNumber
from sanyou_desktop.ledger.rollup_run import RollupRun
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.incoming import (
    Fault,
    FieldChange,
    Incoming,
    Part,
    Place,
    Sighting,
    State,
)
from sanyou_desktop.model.kinds import KINDS, UNREADABLE
from sanyou_desktop.model.merging import Merged, differs, merge, revived, withdrawn, without
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

# By sender, record and part: the side that a person chose in the preview.
Choices: TypeAlias = Mapping[tuple[str, str, Part], str]
# Of a unit that the ledger keeps itself, the unit tells only whom to ask.
_TOLD_BY_UNIT = ("contact", "phone", "leading_group", "department", "person")


@dataclass
class Taking:
    """One report being taken.

    Attributes:
        run, senders, sighting, choices: of the whole roll-up.
        file: its name.
        sender: whose it is.
    """

    run: RollupRun
    senders: Senders
    sighting: Sighting
    choices: Choices
    file: str
    sender: Sender

    def take(self, some: Sequence[Brought], known: Mapping[str, Known]) -> None:
        """Take records one after another, and tell the sighting what became of each.

        Those that were made ready are written together, as many as follow one another.
        """
        for is_ready, group in groupby(some, lambda one: self._may_be_quick(one, known)):
            if is_ready:
                self._take_ready(list(group))
                continue
            for one in group:
                self._take_one(one, known.get(one.register.id))

    def _take_one(self, brought: Brought, known: Known | None) -> None:
        if known is not None and brought.is_nothing_new(known, self.sender.code):
            self.sighting.count(State.UNCHANGED)
            return
        one = _One(self, brought, known)
        try:
            with self.run.attempt():
                found = one.taken()
        except REFUSED as refusal:
            found = one.invalid(*problems_of(refusal))
        self.sighting.add(found)
        if one.faults:
            self.sighting.add(one.unread())

    def _may_be_quick(self, brought: Brought, known: Mapping[str, Known]) -> bool:
        """Tell whether a record is new and needs no closer look."""
        ready, sender = brought.ready, self.sender
        if ready is None or brought.register.id in known:
            return False
        return sender.code == sender.written_code and ready.unit != self.senders.own_code

    def _take_ready(self, some: Sequence[Brought]) -> None:
        """Take new records that were made ready; what cannot be written so is looked at closely."""
        copies = [(one.ready, Copy(one.register.revision, one.digest)) for one in some if one.ready]
        written = self.run.take_prepared(self.sender.code, copies)
        for (ready, _copy), brought in zip(copies, some, strict=True):
            if ready.id not in written:
                self._take_one(brought, None)
                continue
            register = brought.register
            place = Place(self.file, register.sheet, str(register.row or ""))
            told = (ready.title, ready.unit, self.sender.code, ready.id)
            self.sighting.add(Incoming(ready.kind, place, State.NEW, *told))

    def withdraw(self, record_id: str, known: Known) -> None:
        """Move a record that the unit no longer reports to the recycle bin, if nobody minds."""
        assert known.copy is not None
        mine = self.run.record(record_id)
        change = withdrawn(self.run.base(record_id, known.copy), mine, self.decide(record_id))
        told = Incoming(
            mine.kind,
            Place(self.file),
            State.WITHDRAWN,
            title=mine.title,
            unit=mine.unit,
            sender=self.sender.code,
            id=record_id,
            before=mine,
            changes=() if change is None else (change,),
            notes=(_("这次的上报工作簿里没有这条记录，以前有。"),),
        )
        if change is not None and change.undecided:
            self.sighting.add(replace(told, state=State.CONFLICTING))
            return
        after = mine
        if change is not None and change.choice != "mine":
            try:
                with self.run.attempt():
                    after = self.run.withdraw(mine)
            except REFUSED as refusal:
                faults = tuple(Fault(one, told.place) for one in problems_of(refusal))
                self.sighting.add(replace(told, state=State.INVALID, faults=faults))
                return
            self.sighting.add(told)
        copy = replace(known.copy, withdrawn=True)
        self.run.accept(self.sender.code, known, after, copy, self.run.base(record_id, known.copy))

    def decide(self, record_id: str) -> Callable[[FieldChange], str]:
        """Return what decides about the conflicts of a record: a choice made now, or before."""
        before = self.run.remembered(self.sender.code, record_id)

        def decided(change: FieldChange) -> str:
            choice = self.choices.get((self.sender.code, record_id, change.part), "")
            return choice or before(change)

        return decided

    def remember(self, record_id: str, changes: tuple[FieldChange, ...]) -> None:
        """Remember the choices made now."""
        for change in changes:
            if change.conflicting and change.choice:
                self.run.decide(Decision(self.sender.code, record_id, change, change.choice))


class _One:
    """One record on its way in."""

    def __init__(self, taking: Taking, brought: Brought, known: Known | None) -> None:
        self._taking = taking
        self._brought = brought
        self._known = known
        self._id = brought.register.id
        row = str(brought.register.row or "")
        self._place = Place(taking.file, brought.register.sheet, row)
        self._title = ""
        self._notes: list[str] = []
        self._hand: HandEdits | None = None

    def taken(self) -> Incoming:
        """Take the record; return what became of it.

        Raises:
            Invalid, Conflict, DuplicateNumber, UnknownReference: it was not taken.
        """
        content, theirs = self._content()
        self._title = theirs.title
        if self._brought.removed:
            raise Invalid(
                (plain(_("表中已删去这一行，没有接收。请在填报单位的台账中删除后重报。")),)
            )
        # A superior keeps the records of its units itself, and the units tell it their telephones.
        if theirs.unit == self._taking.senders.own_code and not isinstance(theirs, Unit):
            raise Invalid((plain(_("这是本单位的记录，不按下级来件改动。")),))
        self._read_by_hand(theirs)
        if self._known is None:
            return self._new(theirs)
        return self._merged(theirs, content)

    def invalid(self, *problems: Problem) -> Incoming:
        """Return that the record is not taken, and why."""
        faults = tuple(Fault(one, self._place) for one in problems)
        return self._told(State.INVALID, faults=faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What somebody typed into the sheet and cannot be read back."""
        return self._hand.faults if self._hand else ()

    def unread(self) -> Incoming:
        """Return what was typed into the sheet as a row of its own: the record itself is taken."""
        return self._told(State.INVALID, faults=self.faults)

    def _content(self) -> tuple[dict[str, Json], Record]:
        """Return what the register holds, with the codes and identities of this ledger."""
        register = self._brought.register
        try:
            content = json.loads(register.json)
            self._title = str(content["title"])
            if register.kind not in KINDS or content["id"] != register.id:
                raise ValueError(register.kind)
            content["unit"] = self._taking.sender.code_here(str(content["unit"]))
            if register.kind == Unit.kind:
                self._place_unit(content)
            return content, KINDS[register.kind].kept(content)
        except (*UNREADABLE, RecursionError) as error:
            raise Invalid((unreadable(),)) from error

    def _place_unit(self, content: dict[str, Json]) -> None:
        """Let the record of a unit that the ledger has of its own meet that record."""
        content["code"] = self._taking.sender.code_here(str(content["code"]))
        here = self._taking.senders.unit(str(content["code"]))
        if here is None or here.id == content["id"]:
            return
        kept = {key: value for key, value in here.to_json().items() if key not in _TOLD_BY_UNIT}
        content |= kept
        self._id = here.id
        self._known = self._taking.run.known(self._taking.sender.code, [here.id])[here.id]

    def _read_by_hand(self, theirs: Record) -> None:
        edited = self._brought.edited
        if edited is None:
            return
        self._hand = hand_edits(theirs, self._brought.register, edited, self._taking.file)
        if self._hand.cells:
            self._notes.append(
                _("改于表中：{cells}").format(cells=_("、").join(self._hand.cells.values()))
            )

    def _new(self, theirs: Record) -> Incoming:
        record = self._hand.record if self._hand else theirs
        after = self._written(replace(record, deleted_at="") if record.deleted_at else record)
        self._accept(after, theirs.to_json() if self._hand else None, waits=False)
        self._met(after)
        return self._told(State.NEW, record=after)

    def _merged(self, theirs: Record, content: dict[str, Json]) -> Incoming:
        run, known = self._taking.run, self._known
        assert known is not None
        mine = run.record(self._id)
        self._refuse_other(mine, theirs)
        copy = known.copy or run.relayed(self._id)
        base = None if copy is None else run.base(self._id, copy)
        if mine.deleted_at:
            # A unit that reports is one, whoever deleted it while it had no records.
            gone = copy is None or copy.withdrawn or isinstance(mine, Unit)
            if gone or base is None:
                return self._back(theirs, mine)
            if not differs(base, content):
                self._accept(mine, content, waits=False)
                return self._told(State.UNCHANGED)
            change = revived(mine, self._taking.decide(self._id))
            if change.choice != "theirs":
                return self._left_deleted(mine, change, content)
            self._taking.remember(self._id, (change,))
            return self._back(theirs, mine)
        edited = self._hand.record.to_json() if self._hand else {}
        by_hand = {key: edited[key] for key in (self._hand.cells if self._hand else ())}
        merged = merge(base, mine, content | by_hand, self._taking.decide(self._id))
        try:
            return self._put(merged, mine, content, by_hand)
        except DuplicateNumber:
            taken = number_taken(run, merged.record)
            if taken is None or merged.record.number == mine.number:
                raise
            merged = self._with_own_number(merged, mine, content | by_hand, taken)
            return self._put(merged, mine, content, by_hand)

    def _with_own_number(
        self, merged: Merged, mine: Record, theirs: Mapping[str, Json], taken: Problem
    ) -> Merged:
        """Return what was merged with the ledger's number: the other one is ``taken``."""
        decide = self._taking.decide(self._id)
        found = without(merged, mine, theirs, Part("number"), decide)
        return replace(found, problems=(*found.problems, taken)) if found.undecided else found

    def _written(self, record: Record) -> Record:
        """Write a record that is new here; say whose its number is if it cannot have it."""
        try:
            return self._taking.run.take(record)
        except DuplicateNumber as refusal:
            taken = number_taken(self._taking.run, record)
            raise Invalid((taken,)) if taken else refusal from refusal

    def _put(
        self, merged: Merged, mine: Record, content: dict[str, Json], by_hand: Mapping[str, Json]
    ) -> Incoming:
        """Write what was merged; conflicts that nobody has decided yet stay as they were."""
        changes = tuple(self._at_cell(change, by_hand) for change in merged.changes)
        after = mine
        if merged.record != mine:
            after = self._taking.run.take(merged.record)
        base = dict(merged.base)
        # What was typed into the sheet is no copy of the unit's: its ledger does not have it.
        waiting = {change.part.key for change in changes if change.undecided}
        base |= {key: content[key] for key in by_hand.keys() - waiting if key in content}
        as_it_stands = after is not mine and not differs(base, after.to_json())
        self._accept(after, None if as_it_stands else base, waits=merged.undecided)
        self._taking.remember(self._id, changes)
        self._met(after)
        state = State.CHANGED if after is not mine else State.UNCHANGED
        if merged.undecided:
            state = State.CONFLICTING
        faults = tuple(Fault(one, self._place) for one in merged.problems)
        return self._told(state, record=after, before=mine, changes=changes, faults=faults)

    def _back(self, theirs: Record, mine: Record) -> Incoming:
        """Take a record out of the recycle bin, where undoing or withdrawing had put it."""
        record = self._hand.record if self._hand else theirs
        refuse_invalid(record)
        after = self._written(replace(record, id=mine.id, revision=mine.revision, deleted_at=""))
        self._accept(after, theirs.to_json() if self._hand else None, waits=False)
        self._met(after)
        self._notes.append(_("以前撤回或撤销过，现已从回收站恢复。"))
        return self._told(State.NEW, record=after)

    def _left_deleted(
        self, mine: Record, change: FieldChange, content: dict[str, Json]
    ) -> Incoming:
        if change.choice == "mine":
            self._accept(mine, content, waits=False)
            self._taking.remember(self._id, (change,))
            return self._told(State.UNCHANGED)
        self._notes.append(_("这条记录在本台账中已删除，填报单位又作了修改。"))
        return self._told(State.CONFLICTING, before=mine, changes=(change,))

    def _refuse_other(self, mine: Record, theirs: Record) -> None:
        if mine.kind != theirs.kind:
            raise Invalid((plain(_("记录标识已用于另一类记录，没有接收。请让填报单位核对。")),))
        if mine.unit != theirs.unit:
            raise Invalid(
                (
                    plain(
                        _("这条记录在本台账中属于 {here}，来件中却属于 {there}，没有接收。").format(
                            here=mine.unit, there=theirs.unit
                        )
                    ),
                )
            )

    def _accept(self, after: Record, content: Mapping[str, Json] | None, *, waits: bool) -> None:
        digest = "" if waits or self.faults else self._brought.digest
        copy = Copy(self._brought.register.revision, digest)
        self._taking.run.accept(self._taking.sender.code, self._known, after, copy, content)

    def _at_cell(self, change: FieldChange, by_hand: Mapping[str, Json]) -> FieldChange:
        if self._hand is None or change.part.key not in by_hand:
            return replace(change, place=self._place)
        cell = self._hand.cells[change.part.key]
        return replace(change, place=self._place.at(cell), by_hand=True)

    def _met(self, record: Record) -> None:
        if isinstance(record, Unit):
            self._taking.senders.met(record)

    def _told(
        self,
        state: State,
        *,
        record: Record | None = None,
        before: Record | None = None,
        changes: tuple[FieldChange, ...] = (),
        faults: tuple[Fault, ...] = (),
    ) -> Incoming:
        return Incoming(
            kind=self._brought.register.kind,
            place=self._place,
            state=state,
            title=self._title,
            unit=record.unit if record else self._taking.sender.code,
            sender=self._taking.sender.code,
            id=self._id,
            # Of what is new there may be very much, and it is not compared with anything.
            record=None if state is State.NEW else record,
            before=before,
            changes=changes,
            faults=faults,
            notes=tuple(self._notes),
        )
