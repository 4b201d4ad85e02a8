"""What an export does to the tables of a shared workbook: which rows come, change and go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sanyou_desktop.exchange.columns import columns_of, sheet_of
from sanyou_desktop.exchange.report_references import ReferenceTitles
from sanyou_desktop.exchange.report_table import title_of
from sanyou_desktop.exchange.share_scope import Scope
from sanyou_desktop.exchange.shared_secrets import (
    Remain,
    confidential_ids,
    naming,
    remains_of,
    telling_texts,
)
from sanyou_desktop.exchange.shared_sheet import Tally
from sanyou_desktop.exchange.shared_strings import forget
from sanyou_desktop.exchange.shared_tables import Found, SharedTables
from sanyou_desktop.exchange.sheet import Sheet
from sanyou_desktop.exchange.stored_cells import StoredRowOf
from sanyou_desktop.exchange.workbook_parts import WorkbookParts
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import NOT_CONFIDENTIAL, Query, undated
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.wording import _

Progress = Callable[[int, int], None]
_TELL_EVERY = 50


@dataclass
class Update:
    """One unit's rows on their way into the tables of one workbook.

    ``progress`` is told rows done and in all, and may raise to cancel. ``remains`` says where else
    in the file something of a record stands that became confidential.
    """

    parts: WorkbookParts
    ledger: Ledger
    scope: Scope
    outgoing: Outgoing
    progress: Progress | None = None
    remains: list[Remain] = field(default_factory=list)
    _standing: set[str] = field(default_factory=set)
    _own: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)
    _done: int = 0
    _total: int = 0

    def carry_out(self) -> Tally:
        """Bring the tables up to date; one state of the ledger is read throughout."""
        tables = SharedTables(self.parts)
        tally = Tally()
        with self.ledger.as_of_now():
            self._names = {unit.code: unit.name for unit in self.ledger.units()}
            self._total = sum(self._count(kind) for kind in self.scope.kinds)
            for kind in REPORTED:
                self._tell()
                if kind in self.scope.kinds:
                    tally += self._bring_up_to_date(tables, kind)
                    tally.undated += self._undated(kind)
                else:
                    done, standing = empty_confidential(self.parts, tables, self.ledger, kind)
                    tally += done
                    self._standing |= standing
            self._tell(at_end=True)
            self._look_elsewhere(tables)
        forget(self.parts, self.parts.forgotten)
        return tally

    def _bring_up_to_date(self, tables: SharedTables, kind: str) -> Tally:
        unit = self.ledger.unit
        references = ReferenceTitles(self.ledger, kind)
        columns = columns_of(kind, many_units=True)
        row_of = StoredRowOf(kind, columns, self._names, references)
        sheet = Sheet(kind, _(kind_of(kind).title), columns, map(row_of, self._going(kind)))
        found = tables.find(sheet)
        if found is None:
            if not self._count(kind):
                # Somebody's workbook of one kind gets no sheets that stay empty.
                return Tally()
            found = tables.add(sheet, title_of(sheet.title))
        withdrawn = self.ledger.ids(kind, self.scope.query(unit, deleted=True))
        emptied, unnamed = confidential_ids(self.ledger, kind), naming(self.ledger, kind)
        if found[1].bring_up_to_date(unit, withdrawn, emptied, self._left(kind), unnamed):
            _keep(self.parts, found)
        self._standing |= found[1].standing
        self._own.add(found[0].part)
        return found[1].tally

    def _look_elsewhere(self, tables: SharedTables) -> None:
        """Find out where else in the file something stands of records that became confidential."""
        texts = set(self.parts.forgotten)
        for record_id in self._standing:
            record = self.ledger.get(record_id)
            texts.update(() if record is None else telling_texts(record))
        if not texts:
            return
        for kind in REPORTED:
            if kind not in self.scope.kinds:
                found = tables.find(sheet_of(kind, (), {}, {}, many_units=True))
                self._own |= {found[0].part} if found else set()
        self.remains = remains_of(self.parts, self._own, texts)

    def _going(self, kind: str) -> Iterator[tuple[Any, ...]]:
        """Yield what is kept of the records whose rows come, and note them for the log."""
        wanted = replace(
            self.scope.query(self.ledger.unit),
            filters=(NOT_CONFIDENTIAL,),
            sort="number",
            descending=False,
        )
        keys = list(kind_of(kind).fields)
        at_id, at_revision = keys.index("id"), keys.index("revision")
        for stored in self.ledger.stored_rows(kind, wanted):
            self.outgoing.add(stored[at_id], stored[at_revision])
            self._done += 1
            if self._done % _TELL_EVERY == 0:
                self._tell()
            yield stored

    def _left(self, kind: str) -> set[str]:
        """Return the ids of the records that the ledger has, and that the period leaves out."""
        if not self.scope.first and not self.scope.last:
            return set()
        unit = self.ledger.unit
        left: set[str] = set()
        for deleted in (False, True):
            left.update(self.ledger.ids(kind, Query(unit=unit, deleted=deleted)))
            left.difference_update(self.ledger.ids(kind, self.scope.query(unit, deleted=deleted)))
        return left

    def _undated(self, kind: str) -> int:
        if not self.scope.first and not self.scope.last:
            return 0
        filters = (undated(kind), NOT_CONFIDENTIAL)
        return self.ledger.count(kind, Query(unit=self.ledger.unit, filters=filters))

    def _count(self, kind: str) -> int:
        wanted = self.scope.query(self.ledger.unit)
        return self.ledger.count(kind, replace(wanted, filters=(NOT_CONFIDENTIAL,)))

    def _tell(self, *, at_end: bool = False) -> None:
        # That all is done is said once.
        if self.progress is not None and (at_end or self._done < self._total):
            self.progress(self._done, self._total)


def empty_confidential(
    parts: WorkbookParts, tables: SharedTables, ledger: Ledger, kind: str
) -> tuple[Tally, frozenset[str]]:
    """Empty only the rows of a kind's confidential records, and take their names out of others.

    Return what was done, and the ids of the records whose rows stand there emptied.
    """
    emptied, unnamed = confidential_ids(ledger, kind), naming(ledger, kind)
    wanted = sheet_of(kind, (), {}, {}, many_units=True)
    found = tables.find(wanted) if emptied or unnamed else None
    if found is None:
        return Tally(), frozenset()
    if found[1].bring_up_to_date(ledger.unit, (), emptied, unnamed=unnamed):
        _keep(parts, found)
    done = found[1].tally
    tally = Tally(withdrawn=done.withdrawn, emptied=done.emptied, unnamed=done.unnamed)
    return tally, found[1].standing


def _keep(parts: WorkbookParts, found: Found) -> None:
    entry, table = found
    parts.keep(entry, table.part, table.header_row, table.ended_row, table.last_row)
    parts.forgotten |= table.forgotten
