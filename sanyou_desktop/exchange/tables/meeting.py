"""A row of a table meets its record: what it changes there, and where the ledger is newer.

Where it is known what the table said before, only what was changed in it since is taken, by the
same merging as in a roll-up; where nothing is known, every difference is a change to look at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sanyou_desktop.exchange.columns import cell_of
from sanyou_desktop.exchange.own_form.computed import part_cell
from sanyou_desktop.exchange.sheet import text_of
from sanyou_desktop.exchange.tables.choice_words import is_said
from sanyou_desktop.exchange.tables.parts_entered import entered
from sanyou_desktop.exchange.tables.row_reading import Cells, RawRow
from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json, Rows
from sanyou_desktop.model.incoming import Fault, FieldChange, Part, State
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.merging import APART, Content, differs, merge
from sanyou_desktop.model.merging_rows import Decide
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import in_source_language


@dataclass(frozen=True)
class Met:
    """What becomes of the record.

    Attributes:
        state: changed, unchanged, conflicting or invalid.
        record: the record as it is to be saved; None where the ledger's stays as it is.
        changes: the differences, conflicts among them.
        faults: why it cannot be taken, or not whole.
        said: JSON of what the row says, where that is not what the record then holds; else "".
        is_newer: the ledger was changed since the table, which did not change the same.
    """

    state: State
    record: Record | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[Fault, ...] = ()
    said: str = ""
    is_newer: bool = False


@dataclass(frozen=True, slots=True)
class ThreeSides:
    """A row of which it is known what it was before, so that both sides can be compared with that.

    Attributes:
        cells: where its cells stand.
        asked: the fields of which it says something.
        base: JSON of the record's content when the table was made, or imported last.
        mine: the ledger's record.
        given: what the row says otherwise than the base, by field.
    """

    cells: Cells
    asked: tuple[str, ...]
    base: str
    mine: Record
    given: Content

    def met(self, decide: Decide) -> Met:
        """Return what becomes of the record; conflicts are as ``decide`` says."""
        base: Content = json.loads(self.base)
        theirs = {**base, **self.given}
        merged = merge(base, self.mine, theirs, decide)
        changes = tuple(self._at_cell(change) for change in merged.changes)
        record = merged.record if merged.record != self.mine else None
        steps = record.step_after(self.mine) if record else ()
        faults = tuple(self.cells.fault(problem) for problem in (*merged.problems, *steps))
        if merged.undecided:
            state = State.CONFLICTING
        elif faults:
            state = State.INVALID
        else:
            state = State.CHANGED if record else State.UNCHANGED
        if steps or state is State.INVALID:
            record = None
        after = (record or self.mine).to_json()
        said = to_json(merged.base) if differs(merged.base, after) else ""
        told = {change.part.key for change in changes}
        newer = any(theirs[key] != after[key] for key in self.asked if key not in told)
        return Met(state, record, changes, faults, said, newer)

    def _at_cell(self, change: FieldChange) -> FieldChange:
        source = f"{change.part.key}.{change.part.column}"
        return replace(change, place=self.cells.at(source, change.part.key))


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
        given = {
            key: kind.fields[key].write(value_of(theirs, key))
            for key in draft.raw
            if key not in APART and not _same_rows(value_of(theirs, key), value_of(was, key))
        }
        asked = dict.fromkeys(source.partition(".")[0] for source in raw.texts)
        known = tuple(key for key in asked if key in base)
        return ThreeSides(raw.cells, known, to_json(base), mine, given)

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
        known = _rows(declared.write(value_of(before, key)))
        return entered(known, key, _rows(value)[0], new)

    def _shown(self, record: Record, key: str) -> str:
        # Files are written in the source language, whatever the window speaks.
        with in_source_language():
            return text_of(cell_of(record, key, self._references)).strip()


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
    kept = {str(row.get(first) or ""): row for row in _rows(declared.write(value_of(before, key)))}
    merged: list[Json] = []
    for row in _rows(value):
        known = kept.pop(str(row.get(first) or ""), None)
        told = row if known is None else {k: v for k, v in row.items() if k != "key"}
        merged.append({**(known or {}), **told})
    return merged


def _rows(written: Json) -> list[dict[str, Json]]:
    return [row for row in written if isinstance(row, dict)] if isinstance(written, list) else []


def _same_rows(old: Any, new: Any) -> bool:  # noqa: ANN401 - values of any field
    """Tell rows that differ in nothing but their keys."""
    if not isinstance(old, tuple) or not isinstance(new, tuple) or len(old) != len(new):
        return False
    pairs = zip(old, new, strict=True)
    return all(hasattr(a, "key") and replace(a, key="") == replace(b, key="") for a, b in pairs)
