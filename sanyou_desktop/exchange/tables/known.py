"""Which record of the ledger a row of a table speaks of, and what its words refer to."""

from __future__ import annotations

import re

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields import Json, LongText, Reference, Refused, Text
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record, value_of
from sanyou_desktop.wording import _

_ALL = 10**9
# Of more records that are called the same none is meant; each would have to be read.
_MOST_ALIKE = 100
_SPACES = re.compile(r"\s+")
_Key = tuple[str, str, str]
_Named = dict[str, set[str]]


class Known:
    """The records of one kind by what a table may know them by."""

    def __init__(self, ledger: Ledger, kind: str) -> None:
        """Read numbers, titles and days; records themselves are read when they are met."""
        self._ledger = ledger
        self._kind = kind_of(kind)
        self._occurred = self._kind.record.occurred
        self._by_number: dict[tuple[str, str], str] = {}
        self._by_title: dict[_Key, list[str]] = {}
        columns = ["unit", "number", "title", *([self._occurred] if self._occurred else [])]
        for line in ledger.page(kind, Query(), columns, 0, _ALL):
            unit, number, title, *day = line.values
            self._by_number[unit, number] = line.id
            key = _key(unit, title, day[0] if day else None)
            self._by_title.setdefault(key, []).append(line.id)
        self._units = _unit_codes(ledger)
        self._texts: dict[str, dict[tuple[str, str], list[str]]] = {}
        self._referred: dict[tuple[str, ...], tuple[_Named, _Named]] = {}

    def ask(self, ledger: Ledger) -> None:
        """Go on with another connection to the same ledger, in which nothing was changed since."""
        self._ledger = ledger

    def unit(self, text: str) -> str:
        """Return the code of the unit with that code, name or alias, "" if there is none."""
        return self._units.get(_tidy(text), "")

    def find(
        self, record_id: str, unit: str, values: dict[str, Json], titled_by: str = "title"
    ) -> tuple[Record | None, str]:
        """Return the record that a row speaks of, None for a new one; else why that is in doubt.

        By its id, else by its number, else by title and day together. A row without a day, and a
        table without titles, are known by what stands for them (``titled_by``: 存在问题) and by
        what else they say.
        """
        if record_id:
            found = self._ledger.get(record_id)
            if found is not None:
                return self._refused(found)
        number = str(values.get("number") or "").strip()
        if number:
            known = self._by_number.get((unit, number))
            return (self._ledger.get(known) if known else None), ""
        ids = self._by_title.get(self._asked(unit, values), [])
        if not ids and (titled_by != "title" or not values.get(self._occurred)):
            ids = self._by_text(unit, values, titled_by)
        if len(ids) > 1:
            told = _("台账中有 {count} 条同名同日的记录，不知道是哪一条；请在表中加一列「编号」")
            return None, told.format(count=len(ids))
        return (self._ledger.get(ids[0]) if ids else None), ""

    def _by_text(self, unit: str, values: dict[str, Json], key: str) -> list[str]:
        """Return the records that say the same in a field, and most of what else a row says."""
        declared = self._kind.fields.get(key)
        text = values.get(key)
        if not isinstance(declared, Text) or not isinstance(text, str):
            return []
        if key not in self._texts:
            self._texts[key] = found = dict[tuple[str, str], list[str]]()
            for line in self._ledger.page(self._kind.key, Query(), ["unit", key], 0, _ALL):
                held, said = line.values
                found.setdefault((held, _tidy(said)), []).append(line.id)
        ids = self._texts[key].get((unit, _tidy(text)), [])
        if key != "title" and not isinstance(declared, LongText):
            # 日常 names no inspection: its day must be told as well.
            ids = [one for one in ids if values.get(self._occurred)]
        if len(ids) > _MOST_ALIKE:
            return []
        alike: dict[int, list[str]] = {}
        for one in ids:
            record = self._ledger.get(one)
            if record is None or self._differs_in_day(record, values):
                continue
            told = {at: raw for at, raw in values.items() if at not in ("title", key)}
            agreeing = self._agreeing(record, told)
            # The same words again, with all else different, are the same problem once more.
            if 2 * agreeing >= len(told):
                alike.setdefault(agreeing, []).append(one)
        return alike[max(alike)] if alike else []

    def _differs_in_day(self, record: Record, values: dict[str, Json]) -> bool:
        day = self._asked(record.unit, values)[2]
        return bool(day) and day != str(value_of(record, self._occurred) or "")

    def _agreeing(self, record: Record, values: dict[str, Json]) -> int:
        """Return how many of the values are those of the record."""
        count = 0
        for key, raw in values.items():
            try:
                count += self._kind.fields[key].read(raw) == value_of(record, key)
            except Refused:
                continue
        return count

    def _refused(self, found: Record) -> tuple[Record | None, str]:
        """Return the record of an id, or why it cannot be the one that a row speaks of."""
        if found.kind != self._kind.key:
            told = _("这个记录标识属于另一类记录（{kind}），没有读入；请核对，或删去表中的标识")
            return None, told.format(kind=_(kind_of(found.kind).title))
        if found.deleted_at:
            return None, _("这条记录在回收站里，没有读入；请先恢复它，或删去表中这一行")
        return found, ""

    def reference(self, field: Reference, text: str) -> str:
        """Return the id of what a cell names by number, or by number and title, or by title."""
        if field.kinds not in self._referred:
            self._referred[field.kinds] = self._names(field.kinds)
        by_number, by_title = self._referred[field.kinds]
        found = by_number.get(text.split()[0], set()) | by_title.get(text, set())
        return next(iter(found)) if len(found) == 1 else ""

    def _names(self, kinds: tuple[str, ...]) -> tuple[_Named, _Named]:
        """Return the ids of all records of some kinds by number, and by title."""
        by_number: _Named = {}
        by_title: _Named = {}
        for kind in kinds:
            for line in self._ledger.page(kind, Query(), ["number", "title"], 0, _ALL):
                number, title = line.values
                by_number.setdefault(number, set()).add(line.id)
                by_title.setdefault(title, set()).add(line.id)
        return by_number, by_title

    def _asked(self, unit: str, values: dict[str, Json]) -> _Key:
        day = values.get(self._occurred) if self._occurred else None
        try:
            known = PartialDate.parse(str(day)) if day else None
        except BadDate:
            known = None
        return _key(unit, str(values.get("title") or ""), known)


def _key(unit: str, title: str, day: PartialDate | None) -> _Key:
    return unit, _tidy(title), "" if day is None else str(day)


def _tidy(text: str) -> str:
    return _SPACES.sub("", text)


def _unit_codes(ledger: Ledger) -> dict[str, str]:
    found: dict[str, str] = {}
    for unit in ledger.units():
        for name in (unit.code, unit.name, unit.title, *value_of(unit, "aliases")):
            found.setdefault(_tidy(name), unit.code)
    found.setdefault(ledger.unit, ledger.unit)
    return found
