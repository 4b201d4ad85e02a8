"""A kind's table in a shared workbook: this unit's rows found, compared and brought up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import chain, islice
from types import MappingProxyType

from sanyou_desktop.exchange.columns import IDENTITY
from sanyou_desktop.exchange.report_references import UNNAMED
from sanyou_desktop.exchange.row_height import height_of
from sanyou_desktop.exchange.sheet import CellValue, Column, Row, Sheet, hash_of, text_of
from sanyou_desktop.exchange.worksheet import Worksheet
from sanyou_desktop.wording import N_, _

WITHDRAWN = N_("已撤回")
# Somebody may have written a page of explanations above.
SEARCHED_FOR_HEADER = 100
_LOOKED_AT = 500


@dataclass
class Tally:
    """How many rows of this unit were dealt with, and how.

    Attributes:
        left: rows of records that were not to be shared now.
        undated: records that lie in no period, because they have no date.
        emptied, unnamed: rows of records that became confidential, and rows that named one.
        below_total: rows that were added below a row of formulas, which these do not count.
    """

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    edited_by_hand: int = 0
    not_in_ledger: int = 0
    left: int = 0
    undated: int = 0
    copies: int = 0
    emptied: int = 0
    unnamed: int = 0
    below_total: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))
        return self


@dataclass
class SharedSheet:
    """The table of one kind, found by its headers, wherever its columns stand.

    Attributes:
        header_row: the row of its headers; ``places`` are their columns by key.
        headers: what stands in that row as ``plain_header`` has it, others' columns included.
        ended_row: the row that was the last filled one before anything was appended.
        forgotten: the texts of cells that were emptied, and names that may no longer be shown.
        standing: ids of the records whose rows stand here emptied.
    """

    part: Worksheet
    sheet: Sheet
    header_row: int
    places: dict[str, int]
    headers: frozenset[str] = frozenset()
    tally: Tally = field(default_factory=Tally)
    ended_row: int = 0
    forgotten: set[str] = field(default_factory=set)
    standing: frozenset[str] = frozenset()
    _last: int = 0
    _above: dict[int, str] | None = None
    _is_below_total: bool = False
    _nameless: dict[str, int] = field(default_factory=dict)
    _in_order: list[int] = field(default_factory=list)
    _copies: dict[str, list[int]] = field(default_factory=dict)
    _fitted: dict[tuple[bool, ...], tuple[Column, ...]] = field(default_factory=dict)

    @classmethod
    def find(cls, part: Worksheet, sheet: Sheet) -> SharedSheet | None:
        """Return the table in a worksheet, None if the worksheet holds no such table."""
        titles = {plain_header(column.title): column.key for column in sheet.columns}
        needed = {title for title, key in titles.items() if key in ("_unit", "_id")}
        for row in part.rows():
            if row > SEARCHED_FOR_HEADER:
                break
            shown = {column: plain_header(text) for column, text in part.texts(row).items()}
            if needed <= set(shown.values()):
                found: dict[str, list[int]] = {}
                for column, text in shown.items():
                    if text in titles:
                        found.setdefault(titles[text], []).append(column)
                places = _most_filled(part, row, found)
                return cls(part, sheet, row, places, frozenset(shown.values()))
        return None

    def bring_up_to_date(
        self,
        unit: str,
        withdrawn: Collection[str],
        emptied: Collection[str],
        left: Collection[str] = (),
        unnamed: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> bool:
        """Bring the unit's rows up to date; return whether anything changed.

        Args:
            unit: the code of the unit; rows of other units are not touched.
            withdrawn: ids of records that are in the recycle bin.
            emptied: ids of records that may no longer be shown at all.
            left: ids of other records of the ledger, whose rows stay as they are.
            unnamed: by id, the columns in which a record names one that may not be shown.
        """
        self.ended_row = self._last = self.part.last_filled()
        known = self._rows_of(unit)
        self.tally.copies += sum(map(len, self._copies.values()))
        rows = iter(self.sheet.rows)
        first = next(rows, None)
        gone = {*withdrawn, *emptied, *unnamed}
        known |= {one: self._nameless.pop(one) for one in gone.intersection(self._nameless)}
        self.standing = frozenset(emptied).intersection(known)
        if first is None and gone.isdisjoint(known):
            self._count_others(known, left)
            return False
        everywhere = dict(known)
        widened = self._add_missing_columns()
        self._in_order = [self.places[column.key] for column in self.sheet.columns]
        for row in chain([] if first is None else [first], rows):
            at = known.pop(row.id, 0) or self._nameless.pop(row.id, 0)
            if at:
                self._update(at, row)
            else:
                self._append(row)
        self._withdraw(known, set(withdrawn), set(emptied))
        self._unname(everywhere, unnamed)
        self._count_others(known, left)
        if self.tally.added:
            self.part.extend("autoFilter", self.ended_row, self._last)
        tally = self.tally
        return widened or bool(tally.added or tally.changed or tally.withdrawn or tally.unnamed)

    def _count_others(self, known: Collection[str], left: Collection[str]) -> None:
        """Count the rows of the unit that are not dealt with."""
        stay = len(set(left).intersection(known))
        self.tally.left += stay
        self.tally.not_in_ledger += len(known) - stay

    @property
    def last_row(self) -> int:
        """The last row that is filled."""
        return self._last

    def _rows_of(self, unit: str) -> dict[str, int]:
        """Return the rows of the unit by id, and note copies and rows that lost their unit."""
        found: dict[str, int] = {}
        nameless: dict[str, int] = {}
        for row in self.part.rows():
            if row <= self.header_row:
                continue
            named = self._text(row, "_unit")
            if named and named != unit:
                continue
            record_id = self._text(row, "_id").lower()
            rows = found if named else nameless
            if record_id in rows:
                self._copies.setdefault(record_id, []).append(row)
            elif record_id:
                rows[record_id] = row
        for record_id in nameless.keys() & found.keys():
            self._copies.setdefault(record_id, []).append(nameless.pop(record_id))
        # No two units have a record of one id: whose ledger knows it, its row it is.
        self._nameless = nameless
        return found

    def _text(self, row: int, key: str) -> str:
        return self.part.text_at(row, self.places[key]).strip()

    def _add_missing_columns(self) -> bool:
        missing = [column for column in self.sheet.columns if column.key not in self.places]
        if not missing:
            return False
        look = self.part.styles(self.header_row).get(max(self.places.values()), "")
        # Beyond everything: a note without a header must not come to stand under one of ours.
        after = self.part.widest() + 1
        headers: dict[int, CellValue] = {}
        for column, item in enumerate(missing, start=after):
            self.places[item.key] = column
            headers[column] = item.title
        self.part.write(self.header_row, headers, dict.fromkeys(headers, look))
        return True

    def _update(self, at: int, row: Row) -> None:
        held = self.part.texts(at)
        texts = row.texts or tuple(map(text_of, row.cells))
        differing = {
            place: cell
            for place, cell, text in zip(self._in_order, row.cells, texts, strict=True)
            if held.get(place, "") != text
        }
        if not differing:
            self.tally.unchanged += 1
            return
        if self._was_edited_by_hand(held):
            self.tally.edited_by_hand += 1
        hidden = {held[at] for at, cell in differing.items() if cell == _(UNNAMED) and held.get(at)}
        self.tally.unnamed += bool(hidden)
        self.forgotten |= hidden
        styles = self.part.styles(at)
        looks = {
            place: self._look(styles.get(place, ""), cell) for place, cell in differing.items()
        }
        self.part.write(at, differing, looks)
        self._fit(at, row, styles | looks)
        self.tally.changed += 1

    def _was_edited_by_hand(self, held: dict[int, str]) -> bool:
        """Compare what the row shows with the hash that was written beside it."""
        kept = held.get(self.places["_hash"], "")
        own = [column for column in self.sheet.columns if column.key not in IDENTITY]
        return bool(kept) and kept != hash_of(held.get(self.places[c.key], "") for c in own)

    def _append(self, row: Row) -> None:
        at = self._last + 1
        if self._above is None:
            self._above = self.part.styles(self._model_row())
        here = self.part.styles(at)
        values: dict[int, CellValue] = {}
        looks: dict[int, str] = {}
        for column, cell in zip(self.sheet.columns, row.cells, strict=True):
            place = self.places[column.key]
            look = here.get(place) or self._above.get(place) or self.part.column_style(place)
            values[place] = cell
            looks[place] = self._look(look, cell)
        self.part.write(at, values, looks)
        self._fit(at, row, looks)
        self._last, self._above = at, looks
        self.tally.added += 1
        self.tally.below_total += self._is_below_total

    def _model_row(self) -> int:
        """Return the row that new ones look like: the last record, not the total below it."""
        last = self._last if self._last > self.header_row else 0
        for row in self.part.rows_upwards():
            if row <= self.header_row:
                break
            if self._text(row, "_id"):
                self._is_below_total = row < last and self.part.has_formula(last)
                return row
        return last

    def _fit(self, at: int, row: Row, looks: Mapping[int, str]) -> None:
        """Let the row be as high as its text needs: not every office program sees to that."""
        wraps = tuple(
            column.printed
            and self.part.reading.styles.wraps(looks.get(self.places[column.key], ""))
            for column in self.sheet.columns
        )
        if any(wraps):
            self.part.fit(at, height_of(self._columns_where(wraps), row))

    def _columns_where(self, wraps: tuple[bool, ...]) -> tuple[Column, ...]:
        """Return the columns as wide as they are here, printed where they are of interest."""
        if wraps not in self._fitted:
            self._fitted[wraps] = tuple(
                replace(column, width=self.part.column_width(self.places[column.key]), printed=wrap)
                for column, wrap in zip(self.sheet.columns, wraps, strict=True)
            )
        return self._fitted[wraps]

    def _look(self, style: str, cell: CellValue) -> str:
        return self.part.reading.styles.fitting(style, cell)

    def _withdraw(self, known: dict[str, int], withdrawn: set[str], emptied: set[str]) -> None:
        """Mark rows of records that are gone; the row itself stays where it is."""
        for record_id in list(known):
            if record_id not in withdrawn | emptied:
                continue
            self._withdraw_row(known.pop(record_id), record_id in emptied)
            if record_id in emptied:
                # A copy that somebody made of the row shows what may no longer be shown.
                for at in self._copies.get(record_id, ()):
                    self._withdraw_row(at, emptied=True)

    def _withdraw_row(self, at: int, emptied: bool) -> None:
        values: dict[int, CellValue] = {self.places["_state"]: _(WITHDRAWN)}
        if emptied:
            values |= {self.places[column.key]: None for column in self._content()}
        held = self.part.texts(at)
        differing = {
            place: cell for place, cell in values.items() if held.get(place, "") != text_of(cell)
        }
        if not differing:
            self.tally.unchanged += 1
            return
        styles = self.part.styles(at)
        self.part.write(at, differing, {place: styles.get(place, "") for place in differing})
        self.tally.withdrawn += 1
        self.tally.emptied += emptied
        if emptied:
            self.forgotten |= {held[place] for place in differing if held.get(place)}

    def _unname(self, known: Mapping[str, int], unnamed: Mapping[str, Collection[str]]) -> None:
        """Take the names of withheld records out of rows that stay otherwise as they are."""
        for record_id in unnamed.keys() & known.keys():
            for at in (known[record_id], *self._copies.get(record_id, ())):
                held = self.part.texts(at)
                places = [self.places[key] for key in unnamed[record_id] if key in self.places]
                told = [place for place in places if held.get(place, "") not in ("", _(UNNAMED))]
                if not told:
                    continue
                styles = self.part.styles(at)
                looks = {place: styles.get(place, "") for place in told}
                self.part.write(at, dict.fromkeys(told, _(UNNAMED)), looks)
                self.forgotten |= {held[place] for place in told}
                self.tally.unnamed += 1

    def _content(self) -> Sequence[Column]:
        return [column for column in self.sheet.columns if column.key not in IDENTITY]


def _most_filled(part: Worksheet, header: int, found: dict[str, list[int]]) -> dict[str, int]:
    """Return one column for each key: of those with the same header the one that is used.

    Somebody may have put a column of that name in front of ours.
    """
    several = {key: columns for key, columns in found.items() if len(columns) > 1}
    places = {key: columns[0] for key, columns in found.items()}
    if several:
        below = (row for row in part.rows() if row > header)
        used = Counter(chain.from_iterable(part.texts(row) for row in islice(below, _LOOKED_AT)))
        places |= {key: max(columns, key=used.__getitem__) for key, columns in several.items()}
    return places


def plain_header(text: str) -> str:
    """Return a header without the blanks and line breaks that people put in to make it fit."""
    return "".join(text.split())
