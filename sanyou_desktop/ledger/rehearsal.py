"""A roll-up that is only tried: it reads the ledger as everybody may, and writes beside it.

Temporary tables of the same names stand before those of the ledger, so that whatever a run does is
done to them, by the very same statements. What a run is about to look at is brought over first, by
the methods below; the temporary tables go with the transaction. The ledger's own file is not
locked and not written to, so that it can be tried on a ledger that another program is writing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sanyou_desktop.ledger import history
from sanyou_desktop.ledger.accepted import Copy, Known
from sanyou_desktop.ledger.elsewhere import leads_of
from sanyou_desktop.ledger.prepared import Prepared
from sanyou_desktop.ledger.rollup_run import RollupRun, absent
from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.model.fields import Reference
from sanyou_desktop.model.kinds import KINDS, kind_of
from sanyou_desktop.model.record import Record

# Small, or looked at throughout.
_WHOLE = ("rollup", "rollup_file")
# All else that a run writes to.
_WRITTEN = ("record", *KINDS, "accepted", "decision", "elsewhere", "counter", "rollup_step")
_INDEX = re.compile(r'^CREATE UNIQUE INDEX "?(\w+)"?', re.IGNORECASE)
_TABLE = re.compile(r"^CREATE TABLE", re.IGNORECASE)


@contextmanager
def rehearsing(conn: sqlite3.Connection) -> Iterator[Rehearsal]:
    """Try a run; nothing of it stays, and the ledger's file is only read.

    Everything is seen as it was when the run began, whoever writes meanwhile.
    """
    # On a copy that was made to look into an older ledger, not even temporary tables can be made.
    guarded = conn.execute("PRAGMA query_only").fetchone()[0]
    conn.execute("PRAGMA query_only = OFF")
    conn.execute("BEGIN")
    try:
        _make_tables(conn)
        yield Rehearsal(conn)
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        conn.execute(f"PRAGMA query_only = {guarded}")


class Rehearsal(RollupRun):
    """A run on temporary tables: each question first brings over what it is about."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        """Begin; the tables are there, and empty but for what is looked at throughout."""
        for table in _WHOLE:
            conn.execute(f'INSERT INTO temp."{table}" SELECT * FROM main."{table}"')
        # The last record, so that those made here come after all that are there.
        conn.execute(
            "INSERT INTO temp.record SELECT * FROM main.record WHERE kind = 'unit' "
            "OR seq = (SELECT max(seq) FROM main.record)"
        )
        conn.execute("INSERT INTO temp.unit SELECT * FROM main.unit")
        super().__init__(conn, rehearsal=True)

    def known(self, sender: str, ids: Iterable[str]) -> dict[str, Known]:
        """Return what is known of records, and what was last accepted of them."""
        wanted = list(ids)
        self._bring(wanted)
        # What the sender was heard of, and what the record's own unit was.
        self._conn.execute(
            "INSERT OR IGNORE INTO temp.accepted SELECT own.* FROM json_each(?) AS wanted "
            "CROSS JOIN temp.record AS record ON record.id = wanted.value "
            "CROSS JOIN main.accepted AS own "
            "ON own.record_id = record.id AND own.sender IN (?, record.unit)",
            (to_json(wanted), sender),
        )
        return super().known(sender, wanted)

    def record(self, record_id: str) -> Record:
        """Return a record that the ledger has."""
        self._bring_whole(record_id)
        return super().record(record_id)

    def relayed(self, record_id: str) -> Copy | None:
        """Return what was last accepted of a record from anybody."""
        self._conn.execute(
            "INSERT OR IGNORE INTO temp.accepted SELECT * FROM main.accepted WHERE record_id = ? "
            "AND sender IN (SELECT unit FROM main.rollup_file)",
            (record_id,),
        )
        return super().relayed(record_id)

    def _decided(self, sender: str, record_id: str) -> None:
        self._conn.execute(
            "INSERT OR IGNORE INTO temp.decision SELECT * FROM main.decision "
            "WHERE sender = ? AND record_id = ?",
            (sender, record_id),
        )

    def absent(
        self, sender: str, kind: str, first: str, last: str, there: frozenset[str]
    ) -> list[str]:
        """Return the records of a kind and period that the sender brought before and not now."""
        before = absent(self._conn, "main", sender, kind, (first, last))
        gone = [one for one in before if one not in there]
        self.known(sender, gone)
        for one in gone:
            self._bring_whole(one)
        return super().absent(sender, kind, first, last, there)

    def holder(self, record: Record) -> tuple[str, str] | None:
        """Return kind and title of another record that has a record's number."""
        self._bring_holders(record.unit, [record.number])
        return super().holder(record)

    def take(self, record: Record, action: str = history.ROLLED_UP) -> Record:
        """Write a record that came from a unit and return it as it stands."""
        if record.id:
            self._bring_whole(record.id)
        files = [file.sha256 for file in record.attachments]
        self._bring_leads(record.kind, leads_of(record), files)
        if record.number:
            self._bring_holders(record.unit, [record.number])
        else:
            self._bring_counters(record.unit)
        return super().take(record, action)

    def take_prepared(
        self, sender: str, brought: Sequence[tuple[Prepared, Copy]]
    ) -> frozenset[str]:
        """Write new records that were made ready."""
        some = [ready for ready, _copy in brought]
        self._bring_away(
            [target for one in some for _key, target in one.leads],
            [file for one in some for file in one.files],
        )
        for unit in dict.fromkeys(one.unit for one in some):
            self._bring_holders(unit, [one.number for one in some if one.unit == unit])
        return super().take_prepared(sender, brought)

    # Bringing over

    def _bring(self, ids: Iterable[str]) -> None:
        """Let the temporary register hold what the ledger's has of some records."""
        self._conn.execute(
            "INSERT INTO temp.record SELECT there.* FROM json_each(?) AS wanted "
            "CROSS JOIN main.record AS there ON there.id = wanted.value "
            "WHERE NOT EXISTS (SELECT 1 FROM temp.record AS here WHERE here.id = there.id)",
            (to_json(list(dict.fromkeys(ids))),),
        )

    def _bring_whole(self, record_id: str) -> None:
        """Let the temporary tables hold all of a record."""
        self._bring([record_id])
        sql = "SELECT kind, seq FROM temp.record WHERE id = ?"
        row = self._conn.execute(sql, (record_id,)).fetchone()
        if row is not None:
            self._conn.execute(
                f'INSERT OR IGNORE INTO temp."{row[0]}" SELECT * FROM main."{row[0]}" '
                "WHERE seq = ?",
                (row[1],),
            )

    def _bring_leads(
        self, kind: str, leads: Iterable[tuple[str, str]], files: Iterable[str]
    ) -> None:
        """Bring what a record refers to, along chains of its own kind to their end."""
        targets = dict(leads)
        self._bring_away(list(targets.values()), list(files))
        for key, target in targets.items():
            field = kind_of(kind).fields[key]
            assert isinstance(field, Reference)
            if kind in field.kinds:
                self._bring_chain(kind, key, target)

    def _bring_away(self, targets: list[str], files: list[str]) -> None:
        """Bring the register of records, and what is known to lie with other units."""
        if not targets and not files:
            return
        self._bring(targets)
        self._conn.execute(
            "INSERT OR IGNORE INTO temp.elsewhere SELECT * FROM main.elsewhere "
            "WHERE what IN (SELECT value FROM json_each(?))",
            (to_json([*targets, *files]),),
        )

    def _bring_chain(self, kind: str, key: str, first: str) -> None:
        met: set[str] = set()
        while first and first not in met:
            met.add(first)
            self._bring_whole(first)
            sql = f'SELECT "{key}" FROM temp."{kind}" WHERE id = ?'
            row = self._conn.execute(sql, (first,)).fetchone()
            first = row[0] if row and row[0] else ""

    def _bring_holders(self, unit: str, numbers: list[str]) -> None:
        """Bring whoever has one of a unit's numbers in the ledger."""
        rows = self._conn.execute(
            "SELECT there.id FROM json_each(?) AS wanted CROSS JOIN main.record AS there "
            "ON unit = ? AND number = wanted.value AND number <> ''",
            (to_json(numbers), unit),
        )
        self._bring([row[0] for row in rows])

    def _bring_counters(self, unit: str) -> None:
        self._conn.execute(
            "INSERT INTO temp.counter SELECT * FROM main.counter WHERE unit = ? "
            "ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            (unit,),
        )


def _make_tables(conn: sqlite3.Connection) -> None:
    """Make a temporary twin of each table that a run writes to, without what only speeds it up."""
    wanted: Mapping[str, None] = dict.fromkeys((*_WHOLE, *_WRITTEN))
    made = conn.execute("SELECT type, tbl_name, sql FROM main.sqlite_schema WHERE sql <> ''")
    found = [(kind, sql) for kind, table, sql in made.fetchall() if table in wanted]
    for kind, sql in sorted(found, reverse=True):
        if kind == "table":
            conn.execute(_TABLE.sub("CREATE TEMP TABLE", sql, count=1))
        elif kind == "index" and _INDEX.match(sql):
            conn.execute(_INDEX.sub(r'CREATE UNIQUE INDEX temp."\1"', sql, count=1))
