"""Sums kept by mask of periods and by group, spread over the periods at the end."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanyou_desktop.model.indicators.calendar import Calendar
from sanyou_desktop.model.indicators.tallies import Tallies

# Some 3 MB of checklists: what is done at one go with them must not keep the window waiting.
_BATCH = 2_000


@dataclass(frozen=True)
class Scope:
    """Which records are counted, and how they are told apart.

    Attributes:
        unit: only this unit's; "" for all.
        theme: only records that carry this theme; "" for all.
        by: "unit" or "theme" for tallies of each, "" for one of all together, "record" to tell
            which records were counted. A record of two themes counts in both; one without any
            counts under "".
        repeat_days: within how many days a finding repeats an earlier one.
        public: leave out records that carry a secrecy mark, for numbers that leave the office
            beside lists without those records.
        repeats: count repeats too, for which all findings are compared and held in memory.
    """

    unit: str = ""
    theme: str = ""
    by: str = ""
    repeat_days: int = 180
    public: bool = False
    repeats: bool = True

    @property
    def group(self) -> str:
        """The SQL of the column that tells groups apart."""
        return {"unit": "unit", "theme": "themes", "record": "id"}.get(self.by, "''")

    @property
    def where(self) -> str:
        """The SQL of the condition on records; ``values`` fill its marks."""
        # The sign keeps SQLite from the index on deletion, which finds nearly every record and then
        # looks each up on its own; the table read in its order is twice as fast.
        terms = ["+deleted_at = ''"]
        if self.unit:
            terms.append("unit = :unit")
        if self.theme:
            # A theme is one of four fixed words and stands quoted in the JSON list.
            terms.append("instr(themes, :theme) > 0")
        if self.public:
            terms.append("ifnull(confidential, '') = ''")
        return " AND ".join(terms)

    @property
    def values(self) -> dict[str, str]:
        """The values for the marks in ``where``."""
        return {"unit": self.unit, "theme": f'"{self.theme}"'}

    def groups(self, kept: str) -> tuple[str, ...]:
        """Return the groups that a value of the group column stands for."""
        if self.by != "theme":
            return (kept,)
        return tuple(json.loads(kept or "[]")) or ("",)


class Sums:
    """What is being added up."""

    def __init__(self, conn: sqlite3.Connection, calendar: Calendar, scope: Scope) -> None:
        """Start at nothing."""
        self.conn = conn
        self.calendar = calendar
        self.scope = scope
        self._sums: dict[tuple[str, str, int], int | Decimal] = {}

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query with ``{group}`` and ``{where}`` of the scope in it."""
        for batch in self.batches(sql):
            yield from batch

    def batches(self, sql: str) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the same rows many at a time: whole columns of text are too much to hold."""
        filled = sql.replace("{group}", self.scope.group).replace("{where}", self.scope.where)
        found = self.conn.execute(filled, self.scope.values)
        while batch := found.fetchmany(_BATCH):
            yield batch

    def add(self, kept: str, name: str, mask: int, amount: int | Decimal = 1) -> None:
        """Add to a tally in all periods of a mask; ``kept`` is the row's group column."""
        if mask:
            key = (kept, name, mask)
            self._sums[key] = self._sums.get(key, 0) + amount

    def counted(self, names: Collection[str]) -> set[str]:
        """Return the groups that added to a tally with one of those names, in any period."""
        return {kept for (kept, name, _mask), sum_ in self._sums.items() if name in names and sum_}

    def tallies(self) -> dict[str, tuple[Tallies, ...]]:
        """Return, by group, one set of tallies a period; without groups, that of ""."""
        spread: dict[str, list[dict[str, int | Decimal]]] = {}
        if not self.scope.by:
            spread[""] = [{} for _period in self.calendar.periods]
        for (kept, name, mask), amount in self._sums.items():
            for group in self.scope.groups(kept):
                periods = spread.setdefault(group, [{} for _period in self.calendar.periods])
                for at in self.calendar.spread(mask):
                    periods[at][name] = periods[at].get(name, 0) + amount
        return {
            group: tuple(_tallies(found) for found in periods) for group, periods in spread.items()
        }


def _tallies(found: dict[str, int | Decimal]) -> Tallies:
    made: Tallies = Tallies(**found)  # type: ignore[arg-type] # names and types are those of add
    return made
