"""A row of a table meets its record: what it changes there, and where the ledger is newer.

Where it is known what the table said before, only what was changed in it since is taken, by the
same merging as in a roll-up; where nothing is known, every difference is a change to look at.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sanyou_desktop.exchange.columns import cell_of
from sanyou_desktop.exchange.own_form.computed import LAST_COUNTS, part_cell
from sanyou_desktop.exchange.sheet import text_of
from sanyou_desktop.exchange.tables.choice_words import is_said
from sanyou_desktop.exchange.tables.parts_entered import entered, lines_of, one_by_one
from sanyou_desktop.exchange.tables.row_reading import Cells, RawRow
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Field, Json, Refused, Rows
from sanyou_desktop.model.fields.declaration import attribute_of
from sanyou_desktop.model.incoming import Fault, FieldChange, Part, State
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.merging import APART, Content, merge
from sanyou_desktop.model.merging_rows import Decide
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _, in_source_language


@dataclass(frozen=True)
class Met:
    """What becomes of the record.

    Attributes:
        state: changed, unchanged, conflicting or invalid.
        record: the record as it is to be saved; None where the ledger's stays as it is.
        changes: the differences, conflicts among them.
        faults: why it cannot be taken, or not whole.
        said: the fields of which the row says what the record then does not hold, with that.
        is_newer: the ledger was changed since the table, which did not change the same.
    """

    state: State
    record: Record | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[Fault, ...] = ()
    said: Content = field(default_factory=dict)
    is_newer: bool = False


@dataclass(frozen=True, slots=True)
class ThreeSides:
    """A row of which it is known what it was before, so that both sides can be compared with that.

    Attributes:
        cells: where its cells stand.
        asked: the fields of which it says something.
        base: in what the record differed from ``mine`` when the table was made, or imported last.
        mine: the ledger's record.
        given: what the row says otherwise than the base, by field.
    """

    cells: Cells
    asked: tuple[str, ...]
    base: Content
    mine: Record
    given: Content

    def met(self, decide: Decide) -> Met:
        """Return what becomes of the record; conflicts are as ``decide`` says."""
        base = {**self.mine.to_json(), **self.base}
        theirs = {**base, **self.given}
        merged = merge(base, self.mine, theirs, decide)
        changes = tuple(self._at_cell(change) for change in merged.changes)
        record = merged.record if merged.record != self.mine else None
        steps = record.step_after(self.mine) if record else ()
        found = (*merged.problems, *steps)
        faults = tuple(self.cells.fault(problem, merged.record) for problem in found)
        if merged.undecided:
            state = State.CONFLICTING
        elif faults:
            state = State.INVALID
        else:
            state = State.CHANGED if record else State.UNCHANGED
        if steps or state is State.INVALID:
            record = None
        after = (record or self.mine).to_json()
        said = _apart(merged.base, after)
        told = {change.part.key for change in changes}
        newer = any(theirs[key] != after[key] for key in self.asked if key not in told)
        return Met(state, record, changes, faults, said, newer)

    def _at_cell(self, change: FieldChange) -> FieldChange:
        part = change.part
        line = self.cells.keys.get(part.row, 0)
        return replace(change, place=self.cells.at(f"{part.key}.{part.column}", part.key, line))


class Meeting:
    """Compares the rows of one table with the records that they speak of."""

    def __init__(self, references: Mapping[str, str], *, blank_clears: bool) -> None:
        """``references`` are number and title by id; ``blank_clears``: an empty cell is a value."""
        self._references = references
        self._blank_clears = blank_clears

    def two_sides(self, raw: RawRow, before: Record) -> Met:
        """Return what the row changes in its record: all in which they differ."""
        draft = self._typed(raw, before)
        try:
            record = draft.accepted()
        except Invalid as invalid:
            return Met(State.INVALID, faults=tuple(map(raw.fault, invalid.problems)))
        otherwise = computed_otherwise(raw, record, draft.raw)
        if otherwise:
            return Met(State.INVALID, faults=otherwise)
        changes = tuple(_changes(before, record, raw))
        if not changes:
            return Met(State.UNCHANGED)
        return Met(State.CHANGED, record, changes)

    def three_sides(self, raw: RawRow, base: Content, mine: Record) -> ThreeSides | Met:
        """Return the sides to be merged, or why the row cannot be read."""
        kind = kind_of(mine.kind)
        was = kind.kept({**mine.to_json(), **base})
        draft = self._typed(raw, was)
        theirs, problems = draft.read()
        if theirs is None:
            return Met(State.INVALID, faults=tuple(map(raw.fault, problems)))
        otherwise = computed_otherwise(raw, theirs, draft.raw)
        if otherwise:
            return Met(State.INVALID, faults=otherwise)
        given = {
            key: kind.fields[key].write(value_of(theirs, key))
            for key in draft.raw
            if key not in APART and not _same_rows(value_of(theirs, key), value_of(was, key))
        }
        asked = dict.fromkeys(source.partition(".")[0] for source in raw.texts)
        known = tuple(key for key in asked if key in base)
        # What an older program did not know was blank. Only what differs is held: all of it, for
        # each of very many rows, would be most of what there is.
        begun = {**kind.record().to_json(), **base}
        cells = raw.cells.keyed(theirs)
        return ThreeSides(cells, known, _apart(begun, mine.to_json()), mine, given)

    def _typed(self, raw: RawRow, before: Record) -> Draft:
        """Return the record with what the cells say otherwise than our own sheets would."""
        draft = Draft.of(before)
        for key, value in raw.values.items():
            if key == "title" and "title" not in raw.texts:
                continue
            if key not in raw.texts and isinstance(value, list):
                rows = self._with_parts(raw, before, key, value)
                if rows is not None:
                    draft.enter(key, rows)
                continue
            # What our own sheets show of a value is the value, however much of it they show.
            text = raw.texts.get(key, "")
            if text != self._shown(before, key) and not is_said(before, key, text):
                draft.enter(key, _with_known_keys(before, key, value))
        if self._blank_clears:
            for key in raw.blank:
                if self._shown(before, key):
                    draft.enter(key, None)
        return draft

    def _with_parts(self, raw: RawRow, before: Record, key: str, value: list[Json]) -> Json | None:
        """Return rows with what the columns of a table say of them, None if that is nothing new."""
        texts = {source: text for source, text in raw.texts.items() if source.startswith(f"{key}.")}
        with in_source_language():
            new = {
                source.partition(".")[2]: text
                for source, text in texts.items()
                if text != text_of(part_cell(before, source, self._references)).strip()
                and not is_said(before, source, text)
            }
        if not new:
            return None
        declared = kind_of(before.kind).fields[key]
        assert isinstance(declared, Rows), key
        first = next(iter(declared.columns))
        known, read = _rows(declared.write(value_of(before, key))), _rows(value)
        is_named = any(first in row for row in read)
        if len(read) > 1 and (is_named or key in LAST_COUNTS or not known):
            return _with_known_keys(before, key, value)
        one = entered(known, key, read[0], new) if len(read) == 1 else None
        if one is not None:
            return list(one)
        said = read if len(read) > 1 else lines_of(new)
        each = None if said is None else one_by_one(known, said)
        if said is not None and each is not None:
            raw.values[key] = list(said)
            return list(each)
        if is_named:
            return _with_known_keys(before, key, value)
        # To take them would take the place of all rows, and what the table does not say of them.
        raw.unfit[key] = raw.fault(_unmatched(key, declared, first, len(known)))
        return value

    def _shown(self, record: Record, key: str) -> str:
        # Files are written in the source language, whatever the window speaks.
        with in_source_language():
            return text_of(cell_of(record, key, self._references)).strip()


def _unmatched(key: str, declared: Rows, first: str, count: int) -> Problem:
    message = _(
        "台账中这里有 {count} 行，表中写的行数对不上，不知道说的是哪一行，没有改动；"
        "请逐行写齐，或在表中加一列「{column}」"
    )
    label = _(declared.columns[first].title)
    return Problem(key, _(declared.title), message.format(count=count, column=label))


def computed_otherwise(raw: RawRow, record: Record, of: Container[str]) -> tuple[Fault, ...]:
    """Return what a table says of values that are worked out, where they come to something else.

    With it what its cells list beside one another in vain. ``record`` is what was made of the row;
    a score of its item would be replaced in silence. Only fields ``of`` were taken from the table.
    """
    found = [fault for key, fault in raw.unfit.items() if key in of]
    if type(record).completed is Record.completed:
        return tuple(found)
    for key, declared in kind_of(record.kind).fields.items():
        given = raw.values.get(key)
        if key not in of or not isinstance(declared, Rows) or not isinstance(given, list):
            continue
        for at, (said, row) in enumerate(zip(_rows(given), value_of(record, key), strict=False)):
            for column, item in declared.columns.items():
                computed = getattr(row, attribute_of(type(row), column))
                if column in said and item.read(said[column]) != computed:
                    message = _(
                        "表中写的是 {given}，按同一行其他各格算出来是 {computed}；"
                        "请核对，改正其中一处"
                    ).format(given=said[column], computed=item.show(computed) or _("空"))
                    title, label = _(declared.title), _(item.title)
                    found.append(raw.fault(Problem(key, title, message, at, column, label)))
    return tuple(found)


def _apart(one: Content, other: Content) -> Content:
    """Return the fields of one content that differ in another."""
    known = one.keys() & other.keys() - APART
    return {key: one[key] for key in known if one[key] != other[key]}


def _changes(before: Record, after: Record, raw: RawRow) -> Iterator[FieldChange]:
    for key, declared in kind_of(before.kind).fields.items():
        old, new = value_of(before, key), value_of(after, key)
        if old == new or declared.read_only or _same_rows(old, new):
            continue
        written = declared.write(old), declared.write(new)
        yield FieldChange(Part(key), written[0], *written, place=raw.cells.at(key))


def _with_known_keys(before: Record, key: str, value: Json) -> Json:
    """Return rows with the keys of those in the record that say the same in their first column.

    What is known of such a row beyond the table stays with it.
    """
    declared = kind_of(before.kind).fields[key]
    if not isinstance(declared, Rows) or not isinstance(value, list):
        return value
    first = next(iter(declared.columns))
    kept: dict[str, list[dict[str, Json]]] = {}
    for row in _rows(declared.write(value_of(before, key))):
        kept.setdefault(_written(declared.columns[first], row.get(first)), []).append(row)
    merged: list[Json] = []
    for row in _rows(value):
        alike = kept.get(_written(declared.columns[first], row.get(first)))
        known = alike.pop(0) if alike else None
        told = row if known is None else {k: v for k, v in row.items() if k != "key"}
        merged.append({**(known or {}), **told})
    return merged


def _written(field: Field[Any], raw: Json) -> str:
    """Return a value as it is compared: 2026.3.5 and 2026-03-05 are one day."""
    try:
        return str(field.write(field.read(raw)))
    except Refused:
        return str(raw)


def _rows(written: Json) -> list[dict[str, Json]]:
    return [row for row in written if isinstance(row, dict)] if isinstance(written, list) else []


def _same_rows(old: Any, new: Any) -> bool:  # noqa: ANN401 - values of any field
    """Tell rows that differ in nothing but their keys."""
    if not isinstance(old, tuple) or not isinstance(new, tuple) or len(old) != len(new):
        return False
    pairs = zip(old, new, strict=True)
    return all(hasattr(a, "key") and replace(a, key="") == replace(b, key="") for a, b in pairs)
