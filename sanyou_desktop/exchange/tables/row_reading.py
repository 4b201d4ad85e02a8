"""A row of a table as it is read: which field each cell is, as the raw values that fields take."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.own_form.layout import NUMBER, UNIT_CODE, UNIT_NAME
from sanyou_desktop.exchange.scheme_headers import Line
from sanyou_desktop.exchange.tables.cell_looks import ERRORS
from sanyou_desktop.exchange.tables.entries import Entry
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.exchange.tables.heads import Head, is_inside
from sanyou_desktop.exchange.tables.inside_rows import InsideRows
from sanyou_desktop.exchange.tables.known import Known
from sanyou_desktop.exchange.tables.values import in_yuan, raw_of
from sanyou_desktop.model.fields import Amount, Json, LongText, Reference, Rows
from sanyou_desktop.model.incoming import Fault, Place
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _

_LONGEST_TITLE = 60
# What a record cannot be without, or has of its own where a table is silent.
_NEVER_CLEARED = frozenset({"title", "number", "status", "confidential"})


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the cells of a record stand.

    Attributes:
        place: the row in which it begins.
        columns: those of the table, by source and field.
        lines: the line of each row inside the record, by the rows field.
        keys: the lines of such rows by the rows' keys, where these are known.
    """

    place: Place
    columns: Mapping[str, int]
    lines: Mapping[str, Sequence[int]] = field(default_factory=dict)
    keys: Mapping[str, int] = field(default_factory=dict)

    def at(self, source: str, or_of: str = "", line: int = 0) -> Place:
        """Return the cell of a source, else of another one, else the row; ``line`` if not its."""
        number = str(line) if line else self.place.cell
        column = self.columns.get(source, self.columns.get(or_of))
        if column is None:
            return self.place.at(number)
        return self.place.at(f"{column_name(column)}{number}")

    def fault(self, problem: Problem, record: Record | None = None) -> Fault:
        """Return a problem with the cell that it is about; ``record`` is that which has it.

        Without a record it is the table's own: its rows are those of the lines.
        """
        source = f"{problem.field}.{problem.column}" if problem.column else problem.field
        return Fault(problem, self.at(source, problem.field, self._line_of(problem, record)))

    def _line_of(self, problem: Problem, record: Record | None) -> int:
        if problem.row is None:
            return 0
        if record is not None:
            return self.keys.get(value_of(record, problem.field)[problem.row].key, 0)
        lines = self.lines.get(problem.field, ())
        return lines[problem.row] if problem.row < len(lines) else 0

    def keyed(self, record: Record) -> Cells:
        """Return it with the keys that the rows have in the record made of the table."""
        keys = {
            row.key: line
            for key, lines in self.lines.items()
            for row, line in zip(value_of(record, key), lines, strict=False)
        }
        return Cells(self.place, self.columns, self.lines, keys) if keys else self


@dataclass
class RawRow:
    """A row as it is read.

    Attributes:
        cells: where its cells stand.
        values: raw values by field.
        texts: what stands in the cells, by source.
        blank: the fields whose cells are empty and may be.
        unit: code of the unit whose record it is.
        id: what the row says is the record's id, "" if it says nothing.
        faults: what could not be read at all.
        unfit: of rows inside the record, why cells that list several do not fit one another.
    """

    cells: Cells
    values: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    blank: list[str] = field(default_factory=list)
    unit: str = ""
    id: str = ""
    faults: list[Fault] = field(default_factory=list)
    unfit: dict[str, Fault] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """The row."""
        return self.cells.place

    def fault(self, problem: Problem) -> Fault:
        """Return a problem with the cell that it is about."""
        return self.cells.fault(problem)


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, grid: Grid, head: Head, known: Known, unit: str) -> None:
        """Rows that name no unit are those of ``unit``."""
        self._is_1904 = grid.is_1904
        self._uncomputed = grid.uncomputed
        self._head = head
        self._known = known
        self._unit = unit
        self._fields = kind_of(head.kind).fields
        self._titling = head.titled_by
        self._columns = self._places()
        self._titles = {item.column: item.title for item in head.columns}
        self._units = head.units
        fields = head.fields.items()
        self._inside = {at: source for at, source in fields if is_inside(head.kind, source)}
        self._rows = {key: one for key, one in self._fields.items() if isinstance(one, Rows)}

    def _places(self) -> dict[str, int]:
        """Return the column of each source, and of each field that it tells something of."""
        found = {source: at for at, source in self._head.sources.items() if source != NUMBER}
        for source, at in list(found.items()):
            found.setdefault(source.partition(".")[0], at)
        if self._titling:
            found.setdefault("title", found[self._titling])
        return found

    def read(self, entry: Entry, place: Place) -> RawRow:
        """Return what a record's lines say; what words mean is asked of the fields later."""
        inside: dict[str, InsideRows] = {}
        raw = RawRow(Cells(place, self._columns), unit=self._unit)
        self._read_first(raw, entry)
        for line, own in zip(entry.lines[1:], entry.own[1:], strict=True):
            self._go_on(raw, line, own)
        for line, own in zip(entry.lines, entry.own, strict=True):
            self._read_inside(raw, inside, line, own)
        for key, found in inside.items():
            raw.values[key] = found.values
        raw.cells = Cells(place, self._columns, {key: one.lines for key, one in inside.items()})
        self._give_title(raw)
        return raw

    def _read_first(self, raw: RawRow, entry: Entry) -> None:
        """Read the columns of the record itself."""
        line = entry.lines[0]
        for column, source in self._head.sources.items():
            text = line.cells.get(column, "").strip()
            if source == NUMBER or column in self._inside:
                continue
            if not text:
                if (line.number, column) not in self._uncomputed:
                    self._note_blank(raw, source)
            elif text in ERRORS:
                raw.faults.append(self._error(raw, source, text, line.number))
            elif source in (UNIT_NAME, UNIT_CODE):
                self._read_unit(raw, text, source)
            elif source == ID:
                raw.id = text.lower()
            else:
                self._read_field(raw, source, text)
        for source, text in entry.under.items():
            self._read_field(raw, source, text)

    def _go_on(self, raw: RawRow, line: Line, own: Collection[int]) -> None:
        """Take what a further line says of the record itself: more of a text, or what was blank."""
        for column, source in self._head.fields.items():
            text = line.cells.get(column, "").strip()
            if column in self._inside or column not in own or not text:
                continue
            if text in ERRORS:
                raw.faults.append(self._error(raw, source, text, line.number))
                continue
            said = raw.texts.get(source, "")
            if not said:
                self._read_field(raw, source, text)
                raw.blank = [key for key in raw.blank if key != source]
            elif text in said.split("\n"):
                continue
            elif isinstance(self._fields[source], LongText):
                self._read_field(raw, source, f"{said}\n{text}")
            else:
                raw.faults.append(self._other(raw, source, text, line.number))

    def _read_inside(
        self, raw: RawRow, inside: dict[str, InsideRows], line: Line, own: Collection[int]
    ) -> None:
        """Read what a line says of rows inside the record."""
        told: dict[str, dict[str, str]] = {}
        for column, source in self._inside.items():
            text = line.cells.get(column, "").strip()
            key, _dot, part = source.partition(".")
            if text in ERRORS:
                raw.faults.append(self._error(raw, source, text, line.number))
            elif text:
                if part and isinstance(self._rows[key].columns[part], Amount):
                    text, _yuan = self._in_yuan(source, text)
                told.setdefault(key, {})[part] = text
        # What is merged over several lines belongs to each row, and makes none by itself.
        filled = {source.partition(".")[0] for at, source in self._inside.items() if at in own}
        for key in told.keys() & filled:
            for part, text in told[key].items():
                source = f"{key}.{part}" if part else key
                raw.texts[source] = "\n".join(filter(None, (raw.texts.get(source, ""), text)))
            rows = inside.setdefault(key, InsideRows(self._head.kind, key, is_1904=self._is_1904))
            wrong = rows.add(line.number, told[key])
            if wrong:
                problem = Problem(key, _(self._fields[key].title), wrong)
                raw.unfit[key] = Fault(problem, raw.cells.at(key, line=line.number))

    def _error(self, raw: RawRow, source: str, text: str, line: int) -> Fault:
        """Return the fault of a formula that failed: what it should have said nobody knows."""
        title = self._titles.get(self._columns[source], "")
        message = _("公式出错，显示为 {text}。请在表格里改正，或在这里填上正确的内容")
        problem = Problem(source.partition(".")[0], title, message.format(text=text))
        return Fault(problem, raw.cells.at(source, line=line))

    def _other(self, raw: RawRow, source: str, text: str, line: int) -> Fault:
        """Return the fault of a line that says otherwise what the record's first line said."""
        message = _(
            "这一行并入了第 {row} 行的记录，却另写着「{text}」；请改成一致，"
            "或不勾「一条记录占多行」，让每行成为一条"
        )
        problem = Problem(
            source,
            _(self._fields[source].title),
            message.format(row=raw.place.cell, text=text),
        )
        return Fault(problem, raw.cells.at(source, line=line))

    def _note_blank(self, raw: RawRow, source: str) -> None:
        declared = self._fields.get(source)
        if declared and not declared.required and source not in _NEVER_CLEARED:
            raw.blank.append(source)

    def _read_unit(self, raw: RawRow, text: str, source: str) -> None:
        code = self._known.unit(text)
        if code:
            raw.unit = code
            return
        message = _("台账中没有「{text}」这个单位，请先在「单位」中登记，或改正名称")
        problem = Problem("unit", _("填报单位"), message.format(text=text))
        raw.faults.append(Fault(problem, raw.cells.at(source)))

    def _read_field(self, raw: RawRow, source: str, text: str) -> None:
        declared = self._fields[source]
        raw.texts[source] = text
        if isinstance(declared, Reference):
            raw.values[source] = self._known.reference(declared, text) or text
        else:
            if isinstance(declared, Amount):
                text, raw.texts[source] = self._in_yuan(source, text)
            raw.values[source] = raw_of(
                self._head.kind, source, declared, text, is_1904=self._is_1904
            )

    def _in_yuan(self, source: str, text: str) -> tuple[str, str]:
        return in_yuan(text, self._units.get(self._columns.get(source, -1), ""))

    def _give_title(self, raw: RawRow) -> None:
        """Call a record after what it says where a table has no column for titles."""
        if raw.values.get("title") or not self._titling:
            return
        text = raw.texts.get(self._titling, "").strip().split("\n")[0]
        if text:
            raw.values["title"] = text[:_LONGEST_TITLE]
