"""A kind's visible sheet as somebody may have left it: re-sorted, coloured, edited, added to.

Rows are found by their record id and columns by their headers, wherever they stand now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sanyou_desktop.exchange.cells import column_name, from_xstring
from sanyou_desktop.exchange.columns import IDENTITY, columns_of
from sanyou_desktop.exchange.sheet import text_of
from sanyou_desktop.wording import _, in_source_language

_ID = "_id"
# Above its headers a report has two lines; whoever adds lines there adds a few.
_HEADERS_WITHIN = 20


@dataclass(frozen=True)
class VisibleRow:
    """One row; ``texts`` are its cells by field key, spelt as ``sheet.text_of`` spells them."""

    sheet: str
    number: int
    texts: dict[str, str]
    columns: dict[str, int]

    def cell(self, key: str) -> str:
        """Return the address of a field's cell."""
        return f"{column_name(self.columns[key])}{self.number}"


@dataclass(frozen=True)
class Stray:
    """A visible row that stands for no record: where, and why it is not taken."""

    sheet: str
    number: int
    reason: str


class VisibleSheet:
    """The rows of a sheet by record id.

    Attributes:
        rows: the rows that name a record.
        readable: its headers were found.
    """

    def __init__(self, name: str, kind: str, cells: Iterable[Sequence[object]]) -> None:
        """Read all rows; ``cells`` are those of the sheet from its first row on."""
        self.rows: dict[str, VisibleRow] = {}
        self._name = name
        self._loose: list[tuple[int, str]] = []
        with in_source_language():
            self._signature = _("填表人")
        # Headers are Chinese whatever the window speaks, as everything in a report.
        with in_source_language():
            titles = {column.title: column.key for column in columns_of(kind)}
        columns: dict[str, int] = {}
        own: list[tuple[str, int]] = []
        for number, row in enumerate(cells, start=1):
            texts = [
                cell if isinstance(cell, str) and "_x" not in cell else _text(cell) for cell in row
            ]
            if columns:
                self._take(number, texts, columns, own)
            elif number <= _HEADERS_WITHIN:
                columns = _columns(texts, titles)
                own = [(key, place) for key, place in columns.items() if key not in IDENTITY]
        self.readable = bool(columns)

    @classmethod
    def without_rows(cls, name: str, kind: str) -> VisibleSheet:
        """Return a sheet that is there no more, and so none of its rows."""
        sheet = cls(name, kind, ())
        sheet.readable = True
        return sheet

    def strays(self, known: set[str]) -> Iterator[Stray]:
        """Yield the rows that no record with an id in ``known`` stands behind."""
        for number, reason in self._loose:
            yield Stray(self._name, number, reason)
        for record_id, row in self.rows.items():
            if record_id not in known:
                yield Stray(
                    self._name,
                    row.number,
                    _(
                        "记录标识 {id} 不在登记表中，没有接收。请在填报单位的台账中登记后重新上报。"
                    ).format(id=record_id),
                )

    def _take(
        self,
        number: int,
        texts: list[str],
        columns: dict[str, int],
        places: list[tuple[str, int]],
    ) -> None:
        """Take a row; ``places`` are those of the columns that are the record's own."""
        width = len(texts)
        record_id = texts[columns[_ID]].strip() if columns[_ID] < width else ""
        own = {key: texts[place] for key, place in places if place < width}
        if record_id and record_id not in self.rows:
            self.rows[record_id] = VisibleRow(self._name, number, own, columns)
        elif record_id:
            first = self.rows[record_id].number
            told = _("与第 {row} 行是同一条记录（记录标识相同），没有接收。请删去复制出来的一行。")
            self._loose.append((number, told.format(row=first)))
        elif any(own.values()) and not any(self._signature in text for text in texts):
            told = _(
                "这一行没有记录标识，是在表中手工添加的，没有接收。请在填报单位的台账中登记后重新上报。"
            )
            self._loose.append((number, told))


def _columns(texts: list[str], titles: dict[str, str]) -> dict[str, int]:
    """Return the place of each column by key, if these are the headers; else nothing."""
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        key = titles.get(text.strip())
        if key is not None:
            found.setdefault(key, place)
    return found if _ID in found else {}


def _text(cell: object) -> str:
    """Return a cell as text, spelt as ``text_of`` spells what was written."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return from_xstring(cell) if "_x" in cell else cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float | int):
        return text_of(Decimal(repr(cell)))
    if isinstance(cell, datetime):
        is_day = cell.time() == datetime.min.time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
