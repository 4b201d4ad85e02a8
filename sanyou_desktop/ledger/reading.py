"""What can be asked of an open ledger; nothing here changes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING, Any

from sanyou_desktop.ledger import history, query, records, references, search
from sanyou_desktop.ledger.connection import snapshot
from sanyou_desktop.ledger.errors import known_errors
from sanyou_desktop.ledger.history import Revision
from sanyou_desktop.ledger.query import Line, Query
from sanyou_desktop.ledger.schema import record_of, to_json
from sanyou_desktop.ledger.search import Hit
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit

if TYPE_CHECKING:
    from sanyou_desktop.ledger.counting.sums import Scope
    from sanyou_desktop.ledger.coverage import Coverage
    from sanyou_desktop.ledger.made_from import Made
    from sanyou_desktop.ledger.related import Occurrence
    from sanyou_desktop.ledger.rollup_undo import Run
    from sanyou_desktop.ledger.rule_chain import RuleVersion
    from sanyou_desktop.model.agenda import Section
    from sanyou_desktop.model.finding import Finding
    from sanyou_desktop.model.indicators.register import Indicator
    from sanyou_desktop.model.indicators.tallies import Tallies
    from sanyou_desktop.model.periods import Period
    from sanyou_desktop.model.submission_board import Entry


class Reading:
    """The questions that views, files and commands ask; each is answered from the file as it is.

    Attributes:
        unit: code of the unit whose ledger it is.
    """

    unit: str
    _conn: sqlite3.Connection

    def as_of_now(self) -> AbstractContextManager[None]:
        """Let all questions asked within see the ledger as it was at the first of them."""
        return snapshot(self._conn)

    def own_unit(self) -> Unit:
        """Return the record of the unit whose ledger it is."""
        found = [unit for unit in self.units() if unit.code == self.unit]
        return found[0] if found else Unit(code=self.unit, name=self.unit, unit=self.unit)

    def units(self) -> list[Unit]:
        """Return all living unit records, by number."""
        return [unit for unit in self.records("unit") if isinstance(unit, Unit)]

    def unit_names(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the names of units by code; codes that no unit has are left out."""
        with known_errors():
            return query.unit_names(self._conn, list(codes))

    def has_others(self, kind: str) -> bool:
        """Tell whether the ledger holds records of that kind from other units than its own."""
        with known_errors():
            return query.has_others(self._conn, kind, self.unit)

    def get(self, record_id: str) -> Record | None:
        """Return a record of any kind, also a recycled one; None if there is none."""
        with known_errors():
            return records.read(self._conn, record_id)

    def records(
        self, kind: str, *, unit: str = "", first: str = "", last: str = "", deleted: bool = False
    ) -> Iterator[Record]:
        """Yield the records of a kind by number, optionally of one unit and one period (EDTF)."""
        wanted = Query(
            sort="number", descending=False, unit=unit, first=first, last=last, deleted=deleted
        )
        declared = kind_of(kind)
        with known_errors():
            for row in query.rows(self._conn, kind, wanted):
                yield record_of(declared, row)

    def stored_rows(self, kind: str, wanted: Query) -> Iterator[tuple[Any, ...]]:
        """Yield what is kept of each record: stored values in the order of the declared fields."""
        with known_errors():
            yield from query.rows(self._conn, kind, wanted)

    def stored_rows_by_unit(self, kind: str, wanted: Query) -> Iterator[tuple[Any, ...]]:
        """Yield the same, the rows of each unit together, those of this ledger's unit first."""
        with known_errors():
            yield from query.rows_by_unit(self._conn, kind, wanted, self.unit)

    def count(self, kind: str, wanted: Query) -> int:
        """Return how many records a query selects."""
        with known_errors():
            return query.count(self._conn, kind, wanted)

    def page(
        self, kind: str, wanted: Query, columns: Sequence[str], offset: int, limit: int
    ) -> list[Line]:
        """Return up to ``limit`` rows of a list, from row ``offset`` on."""
        with known_errors():
            return query.page(self._conn, kind, wanted, columns, offset, limit)

    def ids(self, kind: str, wanted: Query) -> list[str]:
        """Return the ids of everything a query selects, in order."""
        with known_errors():
            return query.ids(self._conn, kind, wanted)

    def position(self, kind: str, wanted: Query, record_id: str) -> int | None:
        """Return the row (from 0) of a record in a list, None if it is not in it."""
        with known_errors():
            return query.position(self._conn, kind, wanted, record_id)

    def distinct(self, kind: str, key: str, limit: int = 50) -> list[str]:
        """Return the texts in use in a field, most used first."""
        with known_errors():
            return query.distinct(self._conn, kind, key, limit)

    def search(self, text: str, limit: int = 50, kinds: Sequence[str] = ()) -> list[Hit]:
        """Return the records that contain ``text``, best first."""
        with known_errors():
            return search.hits(self._conn, text, limit, kinds)

    def titles(self, ids: Iterable[str]) -> dict[str, tuple[str, str, str]]:
        """Return kind, number and title by id, for showing references."""
        with known_errors():
            rows = self._conn.execute(
                "SELECT id, kind, number, title FROM record "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (to_json(list(ids)),),
            ).fetchall()
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def referring(self, record_id: str) -> list[Hit]:
        """Return the living records that refer to a record."""
        with known_errors():
            return references.referring(self._conn, record_id)

    def agenda(self, today: date, shown: int, unit: str = "") -> tuple[Section, ...]:
        """Return what must be seen to on ``today``, the first ``shown`` of each section.

        Of everybody, or of ``unit`` alone.
        """
        # Not needed to start, and start-up is measured.
        from sanyou_desktop.ledger import agenda

        with known_errors():
            return agenda.sections(self._conn, today, shown, unit)

    def repeated(self, finding: Finding, within_days: int) -> list[Finding]:
        """Return the living findings that ``finding``, saved or not, repeats; latest first."""
        from sanyou_desktop.ledger.earlier_findings import repeated

        with known_errors():
            return repeated(self._conn, finding, within_days)

    def made_from(self, ids: Collection[str]) -> list[Made]:
        """Return what was made from records, and has no mark of secrecy of its own."""
        from sanyou_desktop.ledger import made_from

        with known_errors():
            return made_from.made_from(self._conn, ids)

    def mark_of_origins(self, record: Record) -> str:
        """Return the strictest mark of what a record was made from, "" without any."""
        from sanyou_desktop.ledger import made_from

        with known_errors():
            return made_from.mark_of_origins(self._conn, record)

    def records_referring(self, kind: str, key: str, record_id: str) -> list[Record]:
        """Return the living records of ``kind`` whose reference ``key`` leads to a record."""
        from sanyou_desktop.ledger import related

        with known_errors():
            return related.referring(self._conn, kind, key, record_id)

    def lines_referring(
        self, kind: str, key: str, record_id: str, columns: Sequence[str]
    ) -> list[Line]:
        """Return some columns of those records, which may be many and large."""
        from sanyou_desktop.ledger import related

        with known_errors():
            return related.lines(self._conn, kind, key, record_id, columns)

    def occurrences_of(self, plan_id: str) -> list[Occurrence]:
        """Return what was made by a plan, deleted ones too, without the items."""
        from sanyou_desktop.ledger import related

        with known_errors():
            return related.of_plan(self._conn, plan_id)

    def rule_chain(self, record_id: str) -> list[RuleVersion]:
        """Return a rule with all that it replaces and that replaces it, oldest first."""
        from sanyou_desktop.ledger.rule_chain import chain

        with known_errors():
            return chain(self._conn, record_id)

    def history(self, record_id: str) -> list[Revision]:
        """Return every state of a record, newest first."""
        with known_errors():
            return history.revisions(self._conn, record_id)

    def tallies(
        self, periods: Sequence[Period], today: date, scope: Scope
    ) -> dict[str, tuple[Tallies, ...]]:
        """Return what was counted in each period, by group of the scope."""
        # Not needed to start, and start-up is measured.
        from sanyou_desktop.ledger.tallies import tallies

        with known_errors():
            return tallies(self._conn, periods, today, scope)

    def counted_ids(
        self, indicator: Indicator, period: Period, today: date, scope: Scope
    ) -> set[str]:
        """Return the ids of the records that ``tallies`` counts for an indicator in a period."""
        from sanyou_desktop.ledger.tallies import counted_ids

        with known_errors():
            return counted_ids(self._conn, indicator, period, today, scope)

    def themed_ids(
        self, kind: str, theme: str, period: Period, today: date, scope: Scope
    ) -> set[str]:
        """Return the ids of the records that ``coverage`` counts of a kind under a theme."""
        from sanyou_desktop.ledger.coverage import themed_ids

        with known_errors():
            return themed_ids(self._conn, kind, theme, period, today, scope)

    def coverage(self, period: Period, today: date, scope: Scope) -> Coverage:
        """Return what no inspection checks, nothing cites, and no record of the period touches."""
        from sanyou_desktop.ledger.coverage import coverage

        with known_errors():
            return coverage(self._conn, period, today, scope)

    def submission_entries(self) -> list[Entry]:
        """Return what the board of submissions needs of each of them."""
        from sanyou_desktop.ledger.submissions import entries

        with known_errors():
            return entries(self._conn)

    def rollups(self) -> list[Run]:
        """Return the roll-ups of this ledger, the latest first."""
        from sanyou_desktop.ledger import rollup_undo

        with known_errors():
            return rollup_undo.runs(self._conn)

    def verify(self, progress: Callable[[int, int], None] | None = None) -> list[str]:
        """Check file, history chain, records, attachments; return what is wrong and where."""
        from sanyou_desktop.ledger.integrity import verify

        return verify(self._conn, progress)
