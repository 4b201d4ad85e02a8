"""What the rows of a table would become in a ledger: new, changed, unchanged, or invalid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.columns import cell_of
from sanyou_desktop.exchange.own_form.layout import NUMBER, UNIT_CODE, UNIT_NAME
from sanyou_desktop.exchange.report_references import ReferenceTitles
from sanyou_desktop.exchange.scheme_headers import Line
from sanyou_desktop.exchange.sheet import text_of
from sanyou_desktop.exchange.tables.body import Passed, rows_of
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.exchange.tables.known import Known
from sanyou_desktop.exchange.tables.values import raw_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json, Reference, Rows
from sanyou_desktop.model.incoming import (
    Fault,
    FieldChange,
    Incoming,
    Part,
    Place,
    Preview,
    Sighting,
    State,
)
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _, in_source_language

Progress = Callable[[int, int], None]
_TELL_EVERY = 50
_LONGEST_TITLE = 60


@dataclass(frozen=True)
class Looked:
    """A table compared with the ledger.

    Attributes:
        preview: what would become of its rows.
        records: what is saved if it is accepted: new and changed ones, in the order of the rows.
    """

    preview: Preview
    records: tuple[Record, ...]


def compare(
    ledger: Ledger, grid: Grid, head: Head, file: str, progress: Progress | None = None
) -> Looked:
    """Return what the rows of a table would become.

    ``progress`` is told rows done and in all, and may raise to cancel.
    """
    taking = _Taking(ledger, grid, head, file)
    rows = list(rows_of(grid, head))
    for done, row in enumerate(rows):
        if progress is not None and done % _TELL_EVERY == 0:
            progress(done, len(rows))
        taking.take(row)
    return taking.looked()


@dataclass
class _Raw:
    """A row as it is read: raw values by field, and the column of each."""

    values: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    unit: str = ""
    id: str = ""
    faults: list[Fault] = field(default_factory=list)


class _Taking:
    """The comparison of one table."""

    def __init__(self, ledger: Ledger, grid: Grid, head: Head, file: str) -> None:
        self._ledger = ledger
        self._grid = grid
        self._head = head
        self._kind = kind_of(head.kind)
        self._file = file
        self._known = Known(ledger, head.kind)
        self._references = ReferenceTitles(ledger, head.kind)
        self._sighting = Sighting()
        self._records: list[Record] = []
        self._seen: dict[str, int] = {}
        self._made: dict[tuple[str, ...], int] = {}
        self._titling = head.titled_by
        if head.unused and ID not in head.sources.values():
            # Of our own sheets it is known which columns are there for the program alone.
            self._sighting.note(_not_read(grid, head))

    def take(self, row: Line | Passed) -> None:
        """Look at one row."""
        place = Place(self._file, self._grid.name, str(row.number))
        if isinstance(row, Passed):
            self._sighting.leave_out(place, row.reason)
            return
        raw = self._raw(row, place)
        incoming, record = self._incoming(raw, place)
        if row.number in self._grid.hidden_rows:
            told = _("这一行在表中是隐藏的")
            incoming = replace(incoming, notes=(*incoming.notes, told))
        self._sighting.add(incoming)
        if record is not None and incoming.state in (State.NEW, State.CHANGED):
            self._records.append(record)

    def looked(self) -> Looked:
        """Return what was found."""
        return Looked(self._sighting.preview(), tuple(self._records))

    # Reading a row

    def _raw(self, line: Line, place: Place) -> _Raw:
        raw = _Raw(unit=self._ledger.unit)
        inside: dict[str, dict[str, Json]] = {}
        for column, source in self._head.sources.items():
            text = line.cells.get(column, "").strip()
            if not text or source == NUMBER:
                continue
            cell = place.at(f"{column_name(column)}{line.number}")
            if source in (UNIT_NAME, UNIT_CODE):
                self._read_unit(raw, text, cell)
            elif source == ID:
                raw.id = text.lower()
            else:
                self._read_field(raw, inside, source, column, text)
        for key, row in inside.items():
            raw.values[key] = [row]
        self._give_title(raw)
        return raw

    def _read_unit(self, raw: _Raw, text: str, cell: Place) -> None:
        code = self._known.unit(text)
        if code:
            raw.unit = code
            return
        message = _("台账中没有「{text}」这个单位，请先在「单位」中登记，或改正名称")
        problem = Problem("unit", _("填报单位"), message.format(text=text))
        raw.faults.append(Fault(problem, cell))

    def _read_field(
        self, raw: _Raw, inside: dict[str, dict[str, Json]], source: str, column: int, text: str
    ) -> None:
        key, _dot, part = source.partition(".")
        declared = self._kind.fields[key]
        raw.columns[source] = column
        raw.columns.setdefault(key, column)
        raw.texts[source] = text
        is_1904 = self._grid.is_1904
        if part and isinstance(declared, Rows):
            of = declared.columns[part]
            value = raw_of(self._head.kind, source, of, text, is_1904=is_1904)
            inside.setdefault(key, {})[part] = value
        elif isinstance(declared, Reference):
            raw.values[key] = self._known.reference(declared, text) or text
        else:
            raw.values[key] = raw_of(self._head.kind, key, declared, text, is_1904=is_1904)

    def _give_title(self, raw: _Raw) -> None:
        """Call a record after what it says where a table has no column for titles."""
        if raw.values.get("title") or not self._titling:
            return
        text = raw.texts.get(self._titling, "").strip().split("\n")[0]
        if text:
            raw.values["title"] = text[:_LONGEST_TITLE]
            raw.columns.setdefault("title", raw.columns[self._titling])

    # Comparing it

    def _incoming(self, raw: _Raw, place: Place) -> tuple[Incoming, Record | None]:
        title = str(raw.values.get("title") or "")
        made = Incoming(self._head.kind, place, State.INVALID, title, raw.unit)
        before, doubt = self._known.find(raw.id, raw.unit, raw.values)
        if doubt:
            fault = Fault(Problem("", "", doubt), place)
            return replace(made, faults=(*raw.faults, fault)), None
        if before is not None and before.id in self._seen:
            told = _("与第 {row} 行是同一条记录，没有再读").format(row=self._seen[before.id])
            return replace(made, faults=(Fault(Problem("", "", told), place),)), None
        draft = self._draft(raw, before)
        record, faults = self._accepted(draft, raw, place)
        if record is None or raw.faults:
            return replace(made, faults=(*raw.faults, *faults), before=before), None
        if before is None:
            return self._new(made, record, raw)
        self._seen[before.id] = int(place.cell)
        changes = tuple(self._changes(before, record, raw, place))
        state = State.CHANGED if changes else State.UNCHANGED
        made = replace(made, state=state, title=record.title, before=before, changes=changes)
        return replace(made, record=record if changes else before), record

    def _new(self, made: Incoming, record: Record, raw: _Raw) -> tuple[Incoming, Record | None]:
        """Return a new record, unless an earlier row has its number or says all the same."""
        number = str(raw.values.get("number") or "")
        says = (raw.unit, number) if number else (raw.unit, "", repr(sorted(raw.texts.items())))
        row = self._made.setdefault(says, int(made.place.cell))
        if row != int(made.place.cell):
            told = _("与第 {row} 行是同一条记录，没有再读").format(row=row)
            return replace(made, faults=(Fault(Problem("", "", told), made.place),)), None
        return replace(made, state=State.NEW, record=record, title=record.title), record

    def _draft(self, raw: _Raw, before: Record | None) -> Draft:
        if before is None:
            return Draft.from_json(self._head.kind, raw.values, raw.unit)
        draft = Draft.of(before)
        for key, value in raw.values.items():
            if key == "title" and "title" not in raw.texts:
                continue
            # Files are written in the source language, whatever the window speaks.
            with in_source_language():
                shown = text_of(cell_of(before, key, self._references))
            # What our own sheets show of a value is the value, however much of it they show.
            if raw.texts.get(key, "") != shown.strip():
                draft.enter(key, _with_known_keys(before, key, value))
        return draft

    def _accepted(self, draft: Draft, raw: _Raw, place: Place) -> tuple[Record | None, list[Fault]]:
        try:
            return draft.accepted(), []
        except Invalid as invalid:
            return None, [self._fault(problem, raw, place) for problem in invalid.problems]

    def _fault(self, problem: Problem, raw: _Raw, place: Place) -> Fault:
        source = f"{problem.field}.{problem.column}" if problem.column else problem.field
        column = raw.columns.get(source, raw.columns.get(problem.field))
        cell = place if column is None else place.at(f"{column_name(column)}{place.cell}")
        return Fault(problem, cell)

    def _changes(
        self, before: Record, after: Record, raw: _Raw, place: Place
    ) -> Iterator[FieldChange]:
        for key, declared in self._kind.fields.items():
            old, new = value_of(before, key), value_of(after, key)
            if old == new or declared.read_only or _same_rows(old, new):
                continue
            column = raw.columns.get(key)
            cell = place if column is None else place.at(f"{column_name(column)}{place.cell}")
            written = declared.write(old), declared.write(new)
            yield FieldChange(Part(key), written[0], *written, place=cell)


def _not_read(grid: Grid, head: Head) -> str:
    named = _("、").join(f"{item.letter}「{item.title}」" for item in head.unused)
    if not grid.name:
        return _("没有读入的列：{columns}").format(columns=named)
    return _("「{sheet}」没有读入的列：{columns}").format(sheet=grid.name, columns=named)


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
