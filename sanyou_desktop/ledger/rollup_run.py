"""One roll-up: everything that it writes, in one transaction, with the journal to take it back.

What becomes of each row is decided outside, by merging; here it is looked up and written down.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from sanyou_desktop.ledger import (
    accepted,
    decisions,
    elsewhere,
    history,
    prepared,
    records,
    settled_files,
)
from sanyou_desktop.ledger.accepted import Copy, Known
from sanyou_desktop.ledger.decisions import Decision
from sanyou_desktop.ledger.opening import setting
from sanyou_desktop.ledger.prepared import Prepared
from sanyou_desktop.ledger.query import bound
from sanyou_desktop.ledger.schema import to_json
from sanyou_desktop.ledger.settled_files import Settled
from sanyou_desktop.ledger.submissions import register
from sanyou_desktop.ledger.taken_file import TakenFile
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields import Json, Refused, fields_of, stamp
from sanyou_desktop.model.incoming import FieldChange
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.numbering import last_of_each
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.submission import ACCEPTED, Submission


class RollupRun:
    """A roll-up inside the ledger's transaction.

    Attributes:
        id: its number in the ledger.
        at: when it began.
        received_on: the day on which the units' files came, by which they are on time or late.
        rehearsal: nothing will be kept, so search and history are left alone.
        changes: what it changed, and the token to take it back with; once it is committed.
        settled_now: digest, file and number of records of each file noted as holding nothing open.
    """

    def __init__(self, conn: sqlite3.Connection, *, rehearsal: bool = False) -> None:
        """Begin; the transaction is the caller's."""
        self._conn = conn
        self.rehearsal = rehearsal
        self.changes = Changes()
        self.written = 0
        self.settled_now: list[tuple[str, TakenFile, int]] = []
        self._freed: dict[str, str] = {}
        self._used: dict[str, set[str]] = {}
        self.at = stamp()
        self.received_on = PartialDate.of(date.today())
        made = conn.execute(
            "INSERT INTO rollup (at, told, undone_at) VALUES (?, '', '')", (self.at,)
        )
        assert made.lastrowid is not None
        self.id = made.lastrowid

    # Looking

    def known(self, sender: str, ids: Iterable[str]) -> dict[str, Known]:
        """Return what the ledger knows of records, and what it last accepted of them."""
        return accepted.known(self._conn, sender, ids)

    def record(self, record_id: str) -> Record:
        """Return a record that the ledger has."""
        found = records.read(self._conn, record_id)
        assert found is not None, record_id
        return found

    def base(self, record_id: str, copy: Copy) -> Mapping[str, Json]:
        """Return the content that was last accepted."""
        return accepted.base_of(self._conn, record_id, copy)

    def relayed(self, record_id: str) -> Copy | None:
        """Return what was last accepted of a record from anybody, None if nothing was."""
        return accepted.relayed(self._conn, record_id)

    def remembered(self, sender: str, record_id: str) -> Callable[[FieldChange], str]:
        """Return what tells how conflicts of a record were decided before."""

        def decided(change: FieldChange) -> str:
            self._decided(sender, record_id)
            return decisions.remembered(self._conn, sender, record_id, change)

        return decided

    def _decided(self, sender: str, record_id: str) -> None:
        """Get ready to tell what was decided about a record; there is nothing to do."""

    def absent(
        self, sender: str, kind: str, first: str, last: str, there: frozenset[str]
    ) -> list[str]:
        """Return the records of a kind and period that the sender brought before and not now."""
        found = absent(self._conn, "", sender, kind, (first, last))
        return [one for one in found if one not in there]

    # Writing

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Write what belongs together, one report: all of it, or nothing if an error ends it."""
        # Before the savepoint: what was made ready until now stays, whatever becomes of this.
        self._move_counters()
        written, settled = self.written, len(self.settled_now)
        self._conn.execute("SAVEPOINT attempt")
        try:
            yield
            self._move_counters()
        except BaseException:
            # SQLite may have ended the whole transaction already, on a full disk for one.
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK TO attempt")
                self._conn.execute("RELEASE attempt")
            self.written = written
            del self.settled_now[settled:]
            self._used = {}
            raise
        self._conn.execute("RELEASE attempt")

    def _move_counters(self) -> None:
        """Move the counters behind the numbers of what was made ready; once for many records."""
        for unit, numbers in self._used.items():
            for number in last_of_each(numbers):
                records.move_counter(self._conn, unit, number)
        self._used = {}

    def free_numbers(
        self,
        unit: str,
        wanted: Mapping[str, str],
        new: Set[str] = frozenset(),
        staying: Set[str] = frozenset(),
    ) -> None:
        """Let records of a unit exchange their numbers, which are unique at every moment.

        Args:
            unit: code of the unit.
            wanted: the numbers by record id that are about to be written. Those that another one
                wants are taken off first; ``keep_numbers`` puts back what was not needed after all.
            new: numbers that records which are not here yet are about to get.
            staying: records that turned out to keep their numbers: they, and whoever wants these
                numbers, are left alone.
        """
        rows = self._conn.execute(
            "SELECT id, number FROM record WHERE unit = ? "
            "AND id IN (SELECT value FROM json_each(?))",
            (unit, to_json(list(wanted))),
        )
        moving = {row[0]: row[1] for row in rows if row[1] != wanted[row[0]]}
        stay = [moving.pop(one) for one in staying if one in moving]
        asking = {wanted[one]: one for one in moving}
        while stay:
            blocked = asking.get(stay.pop(), "")
            if blocked in moving:
                stay.append(moving.pop(blocked))
        asked = {wanted[one] for one in moving} | new
        self._freed = {one: number for one, number in moving.items() if number in asked}
        self._conn.executemany(
            "UPDATE record SET number = '' WHERE id = ?", [(one,) for one in self._freed]
        )

    def keep_numbers(self) -> frozenset[str]:
        """Give a number back to each record that kept it; return those whose another has now."""
        lost = set()
        for record_id, number in self._freed.items():
            try:
                self._conn.execute(
                    "UPDATE record SET number = ? WHERE id = ? AND number = ''",
                    (number, record_id),
                )
            except sqlite3.IntegrityError:
                lost.add(record_id)
        self._freed = {}
        return frozenset(lost)

    def holder(self, record: Record) -> tuple[str, str] | None:
        """Return kind and title of another record that has a record's number."""
        return records.holder_of(self._conn, record.unit, record.number, record.id)

    def take(self, record: Record, action: str = history.ROLLED_UP) -> Record:
        """Write a record that came from a unit and return it as it stands.

        Raises:
            Invalid, Conflict, UnknownReference, DuplicateNumber: it was not written.
        """
        self._move_counters()
        elsewhere.mark(self._conn, record)
        self.written += 1
        return records.write(self._conn, record, action, whole=not self.rehearsal)

    def take_prepared(
        self, sender: str, brought: Sequence[tuple[Prepared, Copy]]
    ) -> frozenset[str]:
        """Write new records that were made ready, and accept them; return the ids of those written.

        Of the others nothing was, and ``take`` says why.
        """
        whole = not self.rehearsal
        some = [ready for ready, _copy in brought]
        written = prepared.write(self._conn, some, history.ROLLED_UP, whole=whole)
        kept = []
        for ready, copy in brought:
            if ready.id in written:
                at, content = (1, "") if whole else (0, ready.content)
                copy = Copy(copy.their_revision, copy.their_hash, at, content)
                kept.append((ready.id, copy))
                self._used.setdefault(ready.unit, set()).add(ready.number)
        self.written += len(kept)
        accepted.keep_all(self._conn, sender, kept, self.id)
        self._note_all((sender, record_id, 0, 1, "") for record_id, _copy in kept)
        return written

    def withdraw(self, record: Record) -> Record:
        """Move a record that its unit took back to the recycle bin; return it as it stands.

        What still refers to it refers to something that lies with the unit.
        """
        elsewhere.mark_all(self._conn, [record.id])
        return self.take(replace(record, deleted_at=stamp()), history.WITHDRAWN)

    def accept(
        self,
        sender: str,
        before: Known | None,
        after: Record,
        copy: Copy,
        content: Mapping[str, Json] | None = None,
    ) -> None:
        """Note what was accepted of a record, and how to take that back.

        ``content`` is what was accepted; None where it is what ``after`` holds.
        """
        changed = before is None or after.revision != before.revision
        if content is None and changed and not self.rehearsal:
            copy = replace(copy, at_revision=after.revision)
        elif not copy.at_revision:
            copy = replace(copy, content=to_json(after.to_json() if content is None else content))
        accepted.keep(self._conn, sender, after.id, copy, self.id)
        was = before.copy.to_text() if before and before.copy else ""
        revision = after.revision if changed else 0
        self._note(sender, after.id, before.revision if before else 0, revision, was)

    def _note(self, *step: str | int) -> None:
        """Note sender, record, its revisions before and after, and what was accepted before."""
        self._note_all([step])

    def _note_all(self, steps: Iterable[tuple[str | int, ...]]) -> None:
        self._conn.executemany(
            "INSERT INTO rollup_step (run, sender, record_id, before_revision, after_revision, "
            "accepted_before) VALUES (?, ?, ?, ?, ?, ?)",
            [(self.id, *step) for step in steps],
        )

    def decide(self, decision: Decision) -> None:
        """Remember what a person decided."""
        decisions.remember(self._conn, decision, self.id)

    def file(self, taken: TakenFile, rows: int | None = None) -> None:
        """Note a file that was rolled up, and register it as what its unit handed in.

        ``rows`` is how many records it holds.
        """
        columns = list(taken.__dataclass_fields__)
        self._conn.execute(
            f"INSERT INTO rollup_file (run, {', '.join(columns)}) "
            f"VALUES (?, {', '.join('?' * len(columns))})",
            (self.id, *(getattr(taken, column) for column in columns)),
        )
        if not self.rehearsal:
            self._register(replace(submission_of(taken, rows), received_on=self.received_on))

    def settle(self, digest: str, taken: TakenFile, records: int) -> None:
        """Note that nothing of a file that was noted is open, so that it is known by its bytes."""
        if not self.rehearsal:
            self.settled_now.append((digest, taken, records))
            settled_files.settle(self._conn, digest, taken, records, self.at)

    def settle_again(self) -> None:
        """Note the same once more, after the run was taken back because it took nothing."""
        for digest, taken, count in self.settled_now:
            settled_files.settle(self._conn, digest, taken, count, self.at)

    def _register(self, submission: Submission) -> None:
        """Enter a submission, to be taken back with the run; the same one twice is nothing new."""
        for step in register(self._conn, setting(self._conn, "unit"), submission):
            self.written += 1
            before, after = step.before.revision if step.before else 0, step.after
            self._note(submission.reporter, after.id, before, after.revision, "")

    def reporters(self) -> frozenset[str]:
        """Return the codes of the units that reported before."""
        rows = self._conn.execute(
            "SELECT unit FROM rollup_file WHERE run IN (SELECT id FROM rollup WHERE undone_at = '')"
        )
        return frozenset(row[0] for row in rows)

    def settled(self, digest: str) -> Settled | None:
        """Return the file of those bytes if it was taken before and nothing of it can be new."""
        return settled_files.settled(self._conn, digest)

    def knows_settled(self) -> bool:
        """Tell whether any file could be known by its bytes."""
        return settled_files.has_any(self._conn)

    def files_of(self, unit: str) -> list[TakenFile]:
        """Return the files that were rolled up for a unit, the latest made first."""
        return files_of(self._conn, unit)

    def finish(self, told: str) -> None:
        """Close the journal; ``told`` sums up the run for whoever looks at it later."""
        self._move_counters()
        elsewhere.settle(self._conn)
        self._conn.execute("UPDATE rollup SET told = ? WHERE id = ?", (told, self.id))

    def took_nothing(self) -> bool:
        """Tell whether the run left nothing but its own number."""
        traces = ("rollup_step", "rollup_file", "decision")
        found = " OR ".join(f"EXISTS (SELECT 1 FROM {one} WHERE run = :run)" for one in traces)
        return not self._conn.execute(f"SELECT {found}", {"run": self.id}).fetchone()[0]


def absent(
    conn: sqlite3.Connection, schema: str, sender: str, kind: str, period: tuple[str, str]
) -> list[str]:
    """Return the ids of what was accepted from a sender, of a kind and period and not withdrawn.

    ``schema`` names the database of the connection that is asked, "" for the nearest.
    """
    where, values = ["sender = ?", "NOT withdrawn"], [sender]
    occurred = kind_of(kind).record.occurred
    for edge, comparison in zip(period, (">=", "<="), strict=True):
        if edge:
            condition, given = bound(occurred, edge, comparison)
            where.append(condition)
            values += given
    place = f'"{schema}".' if schema else ""
    found = conn.execute(
        f'SELECT record_id FROM {place}accepted JOIN {place}"{kind}" AS own ON own.id = record_id '
        f"WHERE {' AND '.join(where)} ORDER BY record_id",
        values,
    )
    return [row[0] for row in found]


def files_of(conn: sqlite3.Connection, unit: str) -> list[TakenFile]:
    """Return the files that stand rolled up for a unit, the latest made first."""
    columns = ", ".join(f'"{column}"' for column in TakenFile.__dataclass_fields__)
    rows = conn.execute(
        f"SELECT {columns} FROM rollup_file WHERE unit = ? "
        "AND run IN (SELECT id FROM rollup WHERE undone_at = '') ORDER BY made_at DESC, id DESC",
        (unit,),
    )
    return [TakenFile(*row) for row in rows]


def submission_of(taken: TakenFile, rows: int | None) -> Submission:
    """Return what a file is in the register: handed in today, and accepted."""
    return Submission(
        status=ACCEPTED,
        reporter=taken.unit,
        reporter_name=taken.unit_name[:300],
        from_=_day(taken.first),
        to=_day(taken.last),
        version=taken.version or None,
        received_on=PartialDate.of(date.today()),
        made_at=_moment(taken.made_at),
        file_name=taken.name[-255:],
        manifest=taken.manifest[:64],
        rows=rows,
    )


def _day(text: str) -> PartialDate | None:
    """Return an end of the period; one that is no date leaves it open."""
    try:
        return PartialDate.parse(text) if text else None
    except BadDate:
        return None


def _moment(text: str) -> str:
    """Return when the file was made, in UTC, so that two can be compared; "" if it is no time."""
    try:
        return str(fields_of(Submission)["made_at"].read(text))
    except Refused:
        return ""
