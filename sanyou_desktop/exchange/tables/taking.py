"""What the rows of a table would become in a ledger: new, changed, in conflict, or invalid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.report_references import ReferenceTitles
from sanyou_desktop.exchange.tables.body import Passed
from sanyou_desktop.exchange.tables.entries import Entry, entries_of
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.exchange.tables.known import Known
from sanyou_desktop.exchange.tables.meeting import Meeting, Met, ThreeSides, computed_otherwise
from sanyou_desktop.exchange.tables.report_copies import ReportCopies
from sanyou_desktop.exchange.tables.row_reading import RawRow, RowReader
from sanyou_desktop.exchange.tables.said_above import said_above
from sanyou_desktop.exchange.tables.seen import Seen
from sanyou_desktop.exchange.tables.title_unit import unit_over
from sanyou_desktop.ledger.imports import TableRow, source_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.incoming import Fault, FieldChange, Incoming, Part, Place, Sighting, State
from sanyou_desktop.model.kinds import UNREADABLE, kind_of
from sanyou_desktop.model.merging import Content, differs
from sanyou_desktop.model.merging_rows import Decide
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

Progress = Callable[[int, int], None]
_TELL_EVERY = 50


@dataclass(frozen=True)
class Asked:
    """How the tables of one file are compared.

    Attributes:
        file: its name.
        report: what it knows of our own records, if it is a report of ours.
        seen: the rows met so far, of all its sheets.
        blank_clears: an empty cell empties the field; else it says nothing.
    """

    file: str
    report: ReportCopies
    seen: Seen
    blank_clears: bool = False


@dataclass(slots=True)
class _Outcome:
    """What a row would become, and what is saved of it if it is accepted."""

    incoming: Incoming
    row: TableRow | None = None
    sides: ThreeSides | None = None


class Comparison:
    """A table compared with a ledger row by row; a row can be looked at again with other cells."""

    def __init__(self, ledger: Ledger, grid: Grid, head: Head, asked: Asked) -> None:
        """Read what the ledger knows records by; ``compare`` then looks at the rows."""
        self._grid, self._head, self._asked = grid, head, asked
        self._kind = kind_of(head.kind)
        self._source = source_of("report" if asked.report.is_report else head.fingerprint)
        self._known = Known(ledger, head.kind)
        self._entries: dict[int, Entry] = {}
        self._outcomes: dict[int, _Outcome] = {}
        self._passed: list[Passed] = []
        self._doubles: set[int] = set()
        self._newer: set[int] = set()
        self._notes: list[str] = []
        if head.unread and ID not in head.sources.values():
            # Of our own sheets it is known which columns are there for the program alone.
            self._notes.append(_not_read(grid, head))
        self._notes += _not_computed(grid, head)
        self._notes += _said(grid, head)
        self._reader = RowReader(grid, head, self._known, self._unit_of_rows(ledger.unit))
        self._ask(ledger)

    def _ask(self, ledger: Ledger) -> None:
        """Look up what is still needed of the ledger by this connection."""
        self._known.ask(ledger)
        self._ledger = ledger
        self._references = ReferenceTitles(ledger, self._kind.key)
        self._last_said = ledger.last_said(self._source)
        self._meeting = Meeting(self._references, blank_clears=self._asked.blank_clears)

    def _unit_of_rows(self, own: str) -> str:
        """Return whose the rows are that do not say it: the unit over the table, else our own."""
        named = unit_over(self._grid, self._head)
        if not named:
            return own
        code = self._known.unit(named)
        if not code:
            told = _(
                "表头上方写的填报单位「{name}」在台账中没有登记，未写单位的各行归入本单位。"
                "如果不对，请先在「单位」中登记它，再导入一次。"
            )
            self._notes.append(told.format(name=named))
        elif code != own:
            told = _("表头上方写的填报单位是「{name}」，未写单位的各行归入 {code}。")
            self._notes.append(told.format(name=named, code=code))
        return code or own

    def compare(self, progress: Progress | None = None) -> None:
        """Look at all rows; ``progress`` is told rows done and in all, and may raise to cancel."""
        rows = list(entries_of(self._grid, self._head))
        for done, row in enumerate(rows):
            if progress is not None and done % _TELL_EVERY == 0:
                progress(done, len(rows))
            if isinstance(row, Passed):
                self._passed.append(row)
            else:
                self._entries[row.number] = row
                self._take(row)
        self._tell_lines()

    def _tell_lines(self) -> None:
        """Tell that records have several lines, with an example to look at."""
        many = [entry for entry in self._entries.values() if len(entry.lines) > 1]
        if many:
            told = _(
                "有 {count} 条记录占多行（如{place}至第 {last} 行），各行的内容并入同一条记录。"
            )
            first, last = many[0].number, many[0].lines[-1].number
            place = self._place(first).of_sheet()
            self._notes.append(told.format(count=len(many), place=place, last=last))

    def again(self, ledger: Ledger, number: int, row: int, cells: Mapping[int, str]) -> bool:
        """Look at the record that begins in ``number`` with other texts in some cells of ``row``.

        Tells whether another record may now be read.
        """
        self._ask(ledger)
        was_first = self._asked.seen.forget((self._grid.name, number))
        self._entries[number] = self._entries[number].with_cells(row, cells)
        self._take(self._entries[number])
        return was_first

    def doubles_again(self, ledger: Ledger) -> list[int]:
        """Look again at the rows that were not read for another's sake; return their numbers."""
        self._ask(ledger)
        numbers = sorted(self._doubles)
        for number in numbers:
            self._asked.seen.forget((self._grid.name, number))
            self._take(self._entries[number])
        return numbers

    def clear(self) -> Iterator[None]:
        """Forget all rows, one at each step: of very many that takes a while."""
        while self._outcomes:
            number, _outcome = self._outcomes.popitem()
            self._entries.pop(number, None)
            yield

    # What was found

    def tell(self, sighting: Sighting) -> None:
        """Tell of all rows, and of what concerns the sheet as a whole."""
        for outcome in self._outcomes.values():
            sighting.add(outcome.incoming)
        for passed in self._passed:
            sighting.leave_out(self._place(passed.number), passed.reason)
        for note in self._notes:
            sighting.note(note)
        if self._newer:
            told = _("有 {count} 行在台账中后来改过，表中没有再改的内容以台账为准。")
            sighting.note(told.format(count=len(self._newer)))

    def entry(self, number: int) -> Entry:
        """Return the lines of the record that begins in a row, with merged cells above them."""
        return self._entries[number]

    def incoming(self, number: int) -> Incoming:
        """Return what becomes of a row."""
        return self._outcomes[number].incoming

    def rows(self, choices: Mapping[tuple[str, Part], str]) -> Iterator[TableRow | Incoming]:
        """Yield what is saved; a row whose decisions do not fit together as what it became.

        ``choices`` are the sides chosen, by record and part.
        """
        for outcome in self._outcomes.values():
            sides, incoming = outcome.sides, outcome.incoming
            parts = [(incoming.id, change.part) for change in incoming.changes] if sides else []
            if sides is None or choices.keys().isdisjoint(parts):
                if outcome.row is not None:
                    yield outcome.row
                continue
            met = sides.met(self._decided(incoming.changes, choices, incoming.id))
            if met.faults:
                yield replace(incoming, faults=met.faults)
            else:
                yield self._row(met, sides.mine)

    def _decided(
        self,
        changes: tuple[FieldChange, ...],
        choices: Mapping[tuple[str, Part], str],
        record_id: str,
    ) -> Decide:
        """Return what decides: a choice made now, or what was remembered when we looked."""
        before = {change.part: change.choice for change in changes}

        def decide(change: FieldChange) -> str:
            return choices.get((record_id, change.part), "") or before.get(change.part, "")

        return decide

    # Looking at a row

    def _place(self, number: int) -> Place:
        return Place(self._asked.file, self._grid.name, str(number))

    def _take(self, entry: Entry) -> None:
        self._doubles.discard(entry.number)
        self._newer.discard(entry.number)
        raw = self._reader.read(entry, self._place(entry.number))
        outcome = self._outcome(raw, entry.number)
        notes = tuple(self._notes_of(entry))
        if notes:
            notes = (*outcome.incoming.notes, *notes)
            outcome.incoming = replace(outcome.incoming, notes=notes)
        self._outcomes[entry.number] = outcome

    def _notes_of(self, entry: Entry) -> Iterator[str]:
        if len(entry.lines) > 1:
            told = _("第 {first} 至 {last} 行是这一条记录")
            yield told.format(first=entry.number, last=entry.lines[-1].number)
        if not self._grid.hidden_rows.isdisjoint(line.number for line in entry.lines):
            yield _("这一行在表中是隐藏的")

    def _outcome(self, raw: RawRow, number: int) -> _Outcome:
        title = str(raw.values.get("title") or "")
        made = Incoming(self._head.kind, raw.place, State.INVALID, title, raw.unit)
        before, doubt = self._known.find(raw.id, raw.unit, raw.values, self._head.titled_by)
        if doubt:
            return _invalid(made, raw, Fault(Problem("", "", doubt), raw.place))
        at = (self._grid.name, number)
        if before is None:
            return self._new(made, raw, at)
        told = self._asked.seen.met(before.id, at)
        if told:
            return self._double(made, raw, number, told)
        made = replace(made, id=before.id, title=before.title, before=before)
        met = self._met(raw, before)
        if isinstance(met, Met):
            return self._known_outcome(made, raw, met, None)
        decide = self._last_said.decided(before.id)
        return self._known_outcome(made, raw, met.met(decide), met)

    def _met(self, raw: RawRow, before: Record) -> Met | ThreeSides:
        base = self._base(raw, before)
        if base is None:
            return self._meeting.two_sides(raw, before)
        try:
            return self._meeting.three_sides(raw, base, before)
        except UNREADABLE:
            # Of a program that kept other values: as good as unknown.
            return self._meeting.two_sides(raw, before)

    def _base(self, raw: RawRow, before: Record) -> Content | None:
        """Return what the record was before the table; None if that is unknown, or is what it is.

        A report knows; of other tables the last import tells.
        """
        if self._asked.report.is_report:
            base = self._asked.report.content(raw.id) if raw.id == before.id else None
        else:
            base = self._last_said.content(before)
        return base if base is not None and differs(base, before.to_json()) else None

    def _known_outcome(
        self, made: Incoming, raw: RawRow, met: Met, sides: ThreeSides | None
    ) -> _Outcome:
        faults = (*raw.faults, *met.faults)
        if raw.faults or met.state is State.INVALID:
            return _Outcome(replace(made, faults=faults))
        if met.is_newer:
            self._newer.add(int(raw.place.cell))
        row = self._row(met, made.before)
        if met.state is State.UNCHANGED:
            return _Outcome(replace(made, state=State.UNCHANGED, before=None), row)
        title = met.record.title if met.record else made.title
        made = replace(made, state=met.state, title=title, record=met.record)
        return _Outcome(replace(made, changes=met.changes, faults=faults), row, sides)

    def _row(self, met: Met, before: Record | None) -> TableRow:
        assert before is not None
        decided = tuple(one for one in met.changes if one.conflicting and one.choice)
        return TableRow(self._source, met.record, before.id, before.revision, met.said, decided)

    def _new(self, made: Incoming, raw: RawRow, at: tuple[str, int]) -> _Outcome:
        """Return a new record, unless an earlier row has its number or says all the same."""
        try:
            record = Draft.from_json(self._head.kind, raw.values, raw.unit).accepted()
        except Invalid as invalid:
            return _invalid(made, raw, *map(raw.fault, invalid.problems))
        otherwise = computed_otherwise(raw, record, raw.values)
        if raw.faults or otherwise:
            return _invalid(made, raw, *otherwise)
        mark = record.confidential
        if "confidential" not in raw.values:
            # What it was made from may have a mark, of which the table says nothing.
            mark = self._ledger.mark_of_origins(record)
        record = replace(record, id=self._own_id(raw), confidential=mark)
        number = str(raw.values.get("number") or "")
        says = record.id or number or sha256(repr(sorted(raw.texts.items())).encode()).digest()
        told = self._asked.seen.met((self._head.kind, raw.unit, says), at)
        if told:
            return self._double(made, raw, at[1], told)
        made = replace(made, state=State.NEW, record=record, title=record.title)
        return _Outcome(made, TableRow(self._source, record))

    def _own_id(self, raw: RawRow) -> str:
        """Return the id that a report gives, so that the same report again is the same record."""
        try:
            return str(self._kind.fields["id"].read(raw.id)) if raw.id else ""
        except Refused:
            return ""

    def _double(self, made: Incoming, raw: RawRow, number: int, told: str) -> _Outcome:
        self._doubles.add(number)
        return _Outcome(replace(made, faults=(Fault(Problem("", "", told), raw.place),)))


def _invalid(made: Incoming, raw: RawRow, *faults: Fault) -> _Outcome:
    return _Outcome(replace(made, faults=(*raw.faults, *faults)))


def _not_computed(grid: Grid, head: Head) -> list[str]:
    """Return what is to be said of formulas of the table whose results the file does not hold."""
    shown = {line.number for line in grid.lines if line.number > head.last}
    cells = sorted(cell for cell in grid.uncomputed if cell[0] in shown and cell[1] in head.fields)
    if not cells:
        return []
    row, column = cells[0]
    told = _(
        "「{sheet}」有 {count} 格公式（如 {cell}）没有存下结果，没有读入。"
        "请用 Excel 或 WPS 打开这个文件，保存后再导入。"
    )
    address = f"{column_name(column)}{row}"
    return [told.format(sheet=grid.name, count=len(cells), cell=address)]


def _said(grid: Grid, head: Head) -> list[str]:
    """Return what is taken for all rows because it stands over the table."""
    fields = kind_of(head.kind).fields
    found = [f"{_(fields[key].title)} {text}" for key, text in said_above(grid, head).items()]
    told = _("表头上方写明、各条都记入的：{found}")
    return [told.format(found=_("；").join(found))] if found else []


def _not_read(grid: Grid, head: Head) -> str:
    named = _("、").join(f"{item.letter}「{item.title}」" for item in head.unread)
    if not grid.name:
        return _("没有读入的列：{columns}").format(columns=named)
    return _("「{sheet}」没有读入的列：{columns}").format(sheet=grid.name, columns=named)
