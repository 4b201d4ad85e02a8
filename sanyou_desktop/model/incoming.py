"""What a file brings, looked at before anything of it is written: a roll-up, a clerk's own table.

Whoever reads files makes an ``Incoming`` of each row and hands it to a ``Sighting``; the window and
the commands show the ``Preview`` that comes of it. What is accepted is saved by the ledger alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sanyou_desktop.model.fields import Field, Json, Rows
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import N_, _

# As many rows of a sort as somebody may want to look through; the others are counted.
LISTED = 5000


class State(Enum):
    """What becomes of an incoming row; in the order in which somebody should look at them."""

    CONFLICTING = "conflicting"
    INVALID = "invalid"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    NEW = "new"
    UNCHANGED = "unchanged"

    # By what it is, of which there is one; an enumeration's own way takes five times as long.
    __hash__ = object.__hash__

    @property
    def title(self) -> str:
        """What it is called, in the language in use."""
        return _(_TITLES[self])


_TITLES = {
    State.CONFLICTING: N_("冲突"),
    State.INVALID: N_("无法接收"),
    State.WITHDRAWN: N_("撤回"),
    State.CHANGED: N_("修改"),
    State.NEW: N_("新增"),
    State.UNCHANGED: N_("未变"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; ``cell`` is an address (C12) or, for a whole row, its number (12)."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return 王村局.xlsx 问题整改 C12, or 第 12 行 for a row; what is not known is left out."""
        cell = _("第 {row} 行").format(row=self.cell) if self.cell.isdigit() else self.cell
        return " ".join(part for part in (self.file, self.sheet, cell) if part)

    def of_sheet(self) -> str:
        """Return the place without the file: 问题整改 C12."""
        return str(Place("", self.sheet, self.cell))

    def at(self, cell: str) -> Place:
        """Return another cell of the same sheet."""
        return Place(self.file, self.sheet, cell)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a record that changed: a field, or in a rows field a row or one of its cells.

    Attributes:
        key: the field's key; "" for the record as a whole: that it is there or not.
        row: the stable key of the row inside a rows field; "" for the field as a whole.
        column: key of the row's cell; "" for the row as a whole: that it is there or not.
    """

    key: str
    row: str = ""
    column: str = ""

    def field(self, kind: str) -> Field[Any]:
        """Return the declared field of a value that stands here: that of the cell for a cell."""
        declared = kind_of(kind).fields[self.key]
        if self.column and isinstance(declared, Rows):
            return declared.columns[self.column]
        return declared

    def title(self, kind: str) -> str:
        """Return the label: 整改措施, or 承诺条款 时限 for a cell."""
        if not self.key:
            return _("整条记录")
        whole = kind_of(kind).fields[self.key]
        label = _(whole.title)
        if not self.column:
            return label
        return _("{field} {column}").format(field=label, column=_(self.field(kind).title))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One difference, all values in their JSON form; a row that is absent is None.

    Attributes:
        base: what both sides began from; None too where there never was a common state.
        mine: what the ledger holds.
        theirs: what the file brings; of a record as a whole True or, where withdrawn, None.
        place: the cell, where somebody may look it up.
        by_hand: it was typed into the sheet after the file was made.
        conflicting: both sides changed it, and differently.
        choice: "mine" or "theirs" where a person decided the conflict, else "".
    """

    part: Part
    base: Json
    mine: Json
    theirs: Json
    place: Place | None = None
    by_hand: bool = False
    conflicting: bool = False
    choice: str = ""

    @property
    def undecided(self) -> bool:
        """Tell whether somebody must still choose a side."""
        return self.conflicting and not self.choice

    def shown(self, kind: str, value: Json) -> str:
        """Return one of the three values as lists print it, "" for nothing."""
        if not self.part.key:
            return _("保留") if value else _("撤回")
        declared = self.part.field(kind)
        if self.part.row and not self.part.column:
            value = None if value is None else [value]
        return declared.show(declared.kept(value))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken, or not whole; ``problem`` says what to do."""

    problem: Problem
    place: Place

    def __str__(self) -> str:
        """Return the place and the problem: 王村局.xlsx 问题整改 C12：整改期限：应为日期…."""
        return _("{place}：{message}").format(place=self.place, message=self.problem)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row that a file brings, and what would become of it.

    Attributes:
        kind: the kind's key.
        place: the row.
        state: what would become of it.
        title: what the row is called in a list, as far as that can be read.
        unit: code of the unit whose record it is.
        sender: code of the unit whose file it came in, in a roll-up.
        id: the record's id, "" where it has none yet.
        record: the record as it would be saved; None if it cannot be, or is not kept at hand.
        before: the ledger's record, None if it has none or it is not kept at hand.
        changes: the differences, conflicts among them.
        faults: why it cannot be taken.
        notes: what else somebody should know of it, in sentences.
    """

    kind: str
    place: Place
    state: State
    title: str = ""
    unit: str = ""
    sender: str = ""
    id: str = ""
    record: Record | None = None
    before: Record | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def undecided(self) -> bool:
        """Tell whether somebody must still choose a side in one of its conflicts."""
        return any(change.undecided for change in self.changes)


@dataclass(frozen=True)
class LeftOut:
    """Something that is not taken at all, a file or a row that is no record, and why."""

    place: Place
    reason: str

    def __str__(self) -> str:
        """Return the place and the reason."""
        return _("{place}：{message}").format(place=self.place, message=self.reason)


@dataclass(frozen=True)
class Preview:
    """What files bring.

    Attributes:
        rows: those to look at, as they came; of each state at most ``LISTED``.
        counts: how many there are of each state, those that are not listed too.
        left_out: what is not taken, and why.
        notes: what concerns files as a whole, in sentences.
    """

    rows: tuple[Incoming, ...] = ()
    counts: Mapping[State, int] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, state: State) -> tuple[Incoming, ...]:
        """Return the listed rows of one state."""
        return tuple(row for row in self.rows if row.state is state)

    def unlisted(self, state: State) -> int:
        """Return how many rows of a state are counted only."""
        return self.counts.get(state, 0) - len(self.of(state))

    @property
    def changes_anything(self) -> bool:
        """Tell whether accepting it would write anything."""
        idle = (State.UNCHANGED, State.INVALID)
        return any(count for state, count in self.counts.items() if state not in idle)

    def __str__(self) -> str:
        """Return the counts on one line: 新增 12 条，修改 3 条，冲突 1 条，未变 840 条."""
        told = (
            _("{state} {count:,} 条").format(state=state.title, count=self.counts[state])
            for state in State
            if self.counts.get(state)
        )
        return _("，").join(told) or _("没有记录")


class Sighting:
    """Gathers what is met while files are read, and stays small however many rows there are."""

    def __init__(self, listed: int = LISTED) -> None:
        """Keep up to ``listed`` rows of each state; unchanged ones are only counted."""
        self._limit = listed
        self._rows: list[Incoming] = []
        self._kept: Counter[State] = Counter()
        self._counts: Counter[State] = Counter()
        self._left_out: list[LeftOut] = []
        self._notes: list[str] = []

    def add(self, row: Incoming) -> None:
        """Count a row, and keep it if it is to be looked at."""
        self._counts[row.state] += 1
        if row.state is not State.UNCHANGED and self._kept[row.state] < self._limit:
            self._kept[row.state] += 1
            self._rows.append(row)

    def count(self, state: State, number: int = 1) -> None:
        """Count rows that nobody needs to look at one by one."""
        self._counts[state] += number

    def leave_out(self, place: Place, reason: str) -> None:
        """Note what is not taken."""
        self._left_out.append(LeftOut(place, reason))

    def note(self, told: str) -> None:
        """Note what concerns a file as a whole."""
        self._notes.append(told)

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing was refused or left out, or waits for somebody."""
        open_ones = (State.CONFLICTING, State.INVALID)
        return not self._left_out and not any(self._counts[state] for state in open_ones)

    @property
    def met(self) -> int:
        """How many rows the files had."""
        return sum(self._counts.values()) - self._counts[State.WITHDRAWN]

    def absorb(self, other: Sighting) -> None:
        """Take over what another one met, which was kept apart until it was sure."""
        for state, number in other._counts.items():
            self._counts[state] += number
        for row in other._rows:
            if self._kept[row.state] < self._limit:
                self._kept[row.state] += 1
                self._rows.append(row)
        self._left_out += other._left_out
        self._notes += other._notes

    def preview(self) -> Preview:
        """Return what was met so far."""
        return Preview(
            tuple(self._rows), dict(self._counts), tuple(self._left_out), tuple(self._notes)
        )
