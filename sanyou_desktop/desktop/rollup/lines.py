"""What a roll-up would do, a line each: a record, or one field on which both sides differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanyou_desktop.desktop.theme.parts import shortened
from sanyou_desktop.model.incoming import FieldChange, Incoming, Part, Preview, State
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import N_, _

# Files and rows that are not taken at all stand beside the states of those that are.
LEFT_OUT = "left_out"
# Rows of a table that are no records: totals, notes and signatures.
PASSED = "passed"
# What concerns a file as a whole: a unit that is new, or was recognised by its name alone.
NOTED = "noted"
TONES: Mapping[str, str] = {
    State.CONFLICTING.value: "warn",
    State.INVALID.value: "bad",
    State.WITHDRAWN.value: "warn",
    State.CHANGED.value: "muted",
    State.NEW.value: "good",
    LEFT_OUT: "bad",
    NOTED: "muted",
    PASSED: "muted",
}
# In which somebody should look at them.
_ORDER = list(
    dict.fromkeys(
        [
            State.CONFLICTING.value,
            LEFT_OUT,
            State.INVALID.value,
            NOTED,
            *(one.value for one in State),
            PASSED,
        ]
    )
)
_APART = {LEFT_OUT: N_("未接收"), NOTED: N_("提示"), PASSED: N_("略过")}
MINE, THEIRS = "mine", "theirs"
_LONGEST = 120
Key = tuple[str, str, Part]


@dataclass(frozen=True)
class Words:
    """How the other side of a conflict is spoken of.

    Attributes:
        sides: what a choice is called.
        differing: what both sides say, and what they began from.
    """

    sides: Mapping[str, str]
    differing: str


OF_REPORTS = Words(
    {MINE: N_("保留台账"), THEIRS: N_("采用来件"), "": N_("待定")},
    N_("{field}：台账「{mine}」，来件「{theirs}」，上次「{base}」"),
)
OF_TABLES = Words(
    {MINE: N_("保留台账"), THEIRS: N_("采用表中"), "": N_("待定")},
    N_("{field}：台账「{mine}」，表中「{theirs}」，原先「{base}」"),
)


@dataclass(frozen=True)
class Line:
    """One line of the preview.

    Attributes:
        state: a ``State``'s value, ``LEFT_OUT`` or ``PASSED``.
        kind: what the record's kind is called.
        told: what would happen, in short; ``whole`` is all of it.
        key: of a conflict, under what a choice is handed to the roll-up; None elsewhere.
        row: the sheet and the row in it that it is about, None if it is about none.
    """

    state: str
    place: str
    unit: str = ""
    kind: str = ""
    title: str = ""
    told: str = ""
    whole: str = ""
    key: Key | None = None
    row: tuple[str, int] | None = None


def lines_of(preview: Preview, names: Mapping[str, str], words: Words = OF_REPORTS) -> list[Line]:
    """Return the lines in the order in which somebody should look at them."""
    found = [
        Line(LEFT_OUT, str(one.place), told=_short(one.reason), whole=one.reason)
        for one in preview.left_out
    ]  # fmt: skip - one thing
    for state in State:
        for row in preview.of(state):
            found += lines_of_row(row, names.get(row.unit, row.unit), words)
    return sorted(found, key=lambda line: _ORDER.index(line.state))


def lines_of_reports(preview: Preview, names: Mapping[str, str]) -> list[Line]:
    """Return ``lines_of`` reports, with what is noted of each as a whole."""
    found = [Line(NOTED, "", told=_short(note), whole=note) for note in preview.notes]
    return sorted([*found, *lines_of(preview, names)], key=lambda line: _ORDER.index(line.state))


def counts_of(lines: list[Line], preview: Preview) -> dict[str, int]:
    """Return how many lines there are of each state, those that are too many to list too."""
    counts = Counter(line.state for line in lines)
    for state in State:
        if state is not State.UNCHANGED and preview.unlisted(state) > 0:
            counts[state.value] += preview.unlisted(state)
    return {state: counts[state] for state in _ORDER if counts[state]}


def title_of(state: str) -> str:
    """Return what a state is called."""
    apart = _APART.get(state)
    return _(apart) if apart else State(state).title


def lines_of_row(row: Incoming, unit: str, words: Words = OF_REPORTS) -> Iterator[Line]:
    """Yield the lines of one row: each of its conflicts, then all else that is told of it."""
    at = (row.place.sheet, int(row.place.cell)) if row.place.cell.isdigit() else None
    kind = _(kind_of(row.kind).title)
    conflicts = [change for change in row.changes if change.conflicting]
    for change in conflicts:
        told = _differing(row.kind, change, words)
        yield Line(
            State.CONFLICTING.value,
            str(change.place or row.place),
            unit,
            kind,
            row.title,
            _short(told),
            told,
            (row.sender, row.id, change.part),
            at,
        )
    others = [change for change in row.changes if not change.conflicting]
    if conflicts and not others and not row.faults:
        return
    parts = [str(fault) for fault in row.faults]
    parts += [_changed(row.kind, change) for change in others]
    parts += row.notes
    state = row.state.value
    if conflicts:
        state = State.INVALID.value if row.faults else State.CHANGED.value
    told = _("；").join(parts)
    whole = "\n".join(parts)
    yield Line(state, str(row.place), unit, kind, row.title, _short(told), whole, row=at)


def _differing(kind: str, change: FieldChange, words: Words) -> str:
    return _(words.differing).format(
        field=change.part.title(kind),
        mine=change.shown(kind, change.mine),
        theirs=change.shown(kind, change.theirs),
        base=change.shown(kind, change.base),
    )


def _changed(kind: str, change: FieldChange) -> str:
    words = _("{field}：「{mine}」→「{theirs}」").format(
        field=change.part.title(kind),
        mine=change.shown(kind, change.mine),
        theirs=change.shown(kind, change.theirs),
    )
    return words + (_("（在工作簿里手工改过）") if change.by_hand else "")


def _short(text: str) -> str:
    return shortened(text, _LONGEST)
