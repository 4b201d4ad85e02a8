"""A row of a table as it is read: which field each cell is, as the raw values that fields take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sanyou_desktop.exchange.cells import column_name
from sanyou_desktop.exchange.own_form.computed import YUAN
from sanyou_desktop.exchange.own_form.layout import NUMBER, UNIT_CODE, UNIT_NAME
from sanyou_desktop.exchange.scheme_headers import Line
from sanyou_desktop.exchange.tables.cell_looks import ERRORS
from sanyou_desktop.exchange.tables.grid import Grid
from sanyou_desktop.exchange.tables.header_words import ID
from sanyou_desktop.exchange.tables.heads import Head
from sanyou_desktop.exchange.tables.known import Known
from sanyou_desktop.exchange.tables.values import raw_of
from sanyou_desktop.model.fields import Amount, Json, Reference, Rows
from sanyou_desktop.model.incoming import Fault, Place
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.wording import _

_LONGEST_TITLE = 60
# 38.6, 1,200: a number of whatever the column counts.
_BARE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# What a record cannot be without, or has of its own where a table is silent.
_NEVER_CLEARED = frozenset({"title", "number", "status"})


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the cells of a row stand; ``columns`` are those of all rows, by source and field."""

    place: Place
    columns: Mapping[str, int]

    def at(self, source: str, or_of: str = "") -> Place:
        """Return the cell of a source, else of another one, else the row."""
        column = self.columns.get(source, self.columns.get(or_of))
        if column is None:
            return self.place
        return self.place.at(f"{column_name(column)}{self.place.cell}")

    def fault(self, problem: Problem) -> Fault:
        """Return a problem with the cell that it is about."""
        source = f"{problem.field}.{problem.column}" if problem.column else problem.field
        return Fault(problem, self.at(source, problem.field))


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
    """

    cells: Cells
    values: dict[str, Json] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    blank: list[str] = field(default_factory=list)
    unit: str = ""
    id: str = ""
    faults: list[Fault] = field(default_factory=list)

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

    def _places(self) -> dict[str, int]:
        """Return the column of each source, and of each field that it tells something of."""
        found = {source: at for at, source in self._head.sources.items() if source != NUMBER}
        for source, at in list(found.items()):
            found.setdefault(source.partition(".")[0], at)
        if self._titling:
            found.setdefault("title", found[self._titling])
        return found

    def read(self, line: Line, place: Place) -> RawRow:
        """Return what a row says; what its words mean is asked of the fields later."""
        raw = RawRow(Cells(place, self._columns), unit=self._unit)
        inside: dict[str, dict[str, Json]] = {}
        for column, source in self._head.sources.items():
            text = line.cells.get(column, "").strip()
            if source == NUMBER:
                continue
            if not text:
                if (line.number, column) not in self._uncomputed:
                    self._note_blank(raw, source)
            elif text in ERRORS:
                raw.faults.append(self._error(raw, source, text))
            elif source in (UNIT_NAME, UNIT_CODE):
                self._read_unit(raw, text, source)
            elif source == ID:
                raw.id = text.lower()
            else:
                self._read_field(raw, inside, source, text)
        for key, row in inside.items():
            raw.values[key] = [row]
        self._give_title(raw)
        return raw

    def _error(self, raw: RawRow, source: str, text: str) -> Fault:
        """Return the fault of a formula that failed: what it should have said nobody knows."""
        title = self._titles.get(self._columns[source], "")
        message = _("公式出错，显示为 {text}。请在表格里改正，或在这里填上正确的内容")
        problem = Problem(source.partition(".")[0], title, message.format(text=text))
        return Fault(problem, raw.cells.at(source))

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

    def _read_field(
        self, raw: RawRow, inside: dict[str, dict[str, Json]], source: str, text: str
    ) -> None:
        key, _dot, part = source.partition(".")
        declared = self._fields[key]
        raw.texts[source] = text
        if part and isinstance(declared, Rows):
            of = declared.columns[part]
            value = raw_of(self._head.kind, source, of, text, is_1904=self._is_1904)
            inside.setdefault(key, {})[part] = value
        elif isinstance(declared, Reference):
            raw.values[key] = self._known.reference(declared, text) or text
        else:
            if isinstance(declared, Amount):
                text, raw.texts[source] = self._in_yuan(source, text)
            raw.values[key] = raw_of(self._head.kind, key, declared, text, is_1904=self._is_1904)

    def _in_yuan(self, source: str, text: str) -> tuple[str, str]:
        """Return a sum with what its column counts, 38.6 as 38.6万元, and as it is in yuan."""
        unit = self._units.get(self._columns[source], "")
        if unit not in YUAN or not _BARE.fullmatch(text):
            return text, text
        return text + unit, plain(Decimal(text.replace(",", "")) * YUAN[unit])

    def _give_title(self, raw: RawRow) -> None:
        """Call a record after what it says where a table has no column for titles."""
        if raw.values.get("title") or not self._titling:
            return
        text = raw.texts.get(self._titling, "").strip().split("\n")[0]
        if text:
            raw.values["title"] = text[:_LONGEST_TITLE]
