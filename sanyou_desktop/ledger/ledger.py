"""The one door to a ledger file: open, read, save, take back.

A ``Ledger`` holds one SQLite connection and is used by one thread at a time. The window has two:
a writer, and a read-only one for its lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sanyou_desktop.ledger import history, opening, records, standing
from sanyou_desktop.ledger.connection import atomic
from sanyou_desktop.ledger.drafts import Drafts
from sanyou_desktop.ledger.errors import Conflict, LedgerReadOnly, Referred, known_errors
from sanyou_desktop.ledger.reading import Reading
from sanyou_desktop.ledger.records import Saved
from sanyou_desktop.ledger.telling import UNTOLD, Progress, Telling
from sanyou_desktop.ledger.undo import Step, UndoLog
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.fields import stamp
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.problems import Invalid, Problem
from sanyou_desktop.model.record import Record, problem
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.ledger.attachments import Attachments
    from sanyou_desktop.ledger.exports import Exports
    from sanyou_desktop.ledger.imports import LastSaid, TableRow
    from sanyou_desktop.ledger.rollup_run import RollupRun
    from sanyou_desktop.model.finding import Slip
    from sanyou_desktop.model.submission import Submission


class Ledger(Reading):
    """An open ledger.

    Attributes:
        path: the file.
        unit: code of the unit whose ledger it is.
        read_only: nothing can be saved; ``read_only_reason`` says why, for the user.
        drafts: what was typed and not yet saved.
    """

    def __init__(self, opened: opening.Opened) -> None:
        """Take over an open connection; use ``create`` or ``open``."""
        self.path = opened.path
        self.read_only = opened.reason is not None
        self.read_only_reason = opened.reason or ""
        self._conn = opened.conn
        self._lock = opened.lock
        self._undo = UndoLog()
        self.unit = opened.unit
        self.drafts = Drafts(self._conn)
        self._telling = UNTOLD

    @cached_property
    def attachments(self) -> Attachments:
        """The files kept beside the records."""
        # Not needed to start, and start-up is measured.
        from sanyou_desktop.ledger.attachments import Attachments

        return Attachments(self._conn)

    @cached_property
    def exports(self) -> Exports:
        """The log of what left the ledger."""
        from sanyou_desktop.ledger.exports import Exports

        return Exports(self._conn, self._writing)

    @classmethod
    def create(cls, path: Path, own_unit: Unit) -> Ledger:
        """Make an empty ledger for a unit.

        Raises:
            AlreadyThere: something is at ``path``; it is not touched.
            LedgerError: the file cannot be made there.
        """
        ledger = cls(opening.create(path, own_unit.code))
        try:
            ledger.save(replace(own_unit, unit=own_unit.code))
        except BaseException:
            ledger.close()
            path.unlink(missing_ok=True)
            raise
        # That the ledger has its unit is nothing to take back.
        ledger._undo = UndoLog()
        return ledger

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, shared: bool = False) -> Ledger:
        """Open a ledger; where it cannot be written to, for reading, with the reason.

        ``shared`` lets several commands add records at once; a window opens alone.

        Raises:
            Missing, NotALedger, LedgerDamaged, LedgerError: as each says.
        """
        return cls(opening.open_file(path, read_only=read_only, shared=shared))

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._conn.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    # Writing

    @contextmanager
    def telling(self, progress: Progress) -> Iterator[None]:
        """Tell ``progress`` meanwhile how far a change of many records is; it may raise to stop."""
        self._telling = Telling(progress)
        try:
            yield
        finally:
            self._telling = UNTOLD

    def save(self, record: Record) -> Saved:
        """Save one record, durably, with its history and search rows.

        Raises:
            Invalid, Conflict, UnknownReference, DuplicateNumber: nothing was written.
            LedgerReadOnly, LedgerLocked, DiskFull, LedgerError: likewise.
        """
        with self._writing():
            step = self._step(record)
            self._stand([step])
        kind = _(kind_of(record.kind).title)
        verb = _("修改{kind}") if step.before else _("新建{kind}")
        return Saved(step.after, self._changes([step], verb.format(kind=kind)))

    def save_many(self, many: Iterable[Record], undo: str) -> Changes:
        """Save records together: all of them or none; ``undo`` is what 撤销 will name."""
        with self._writing():
            wanted = list(many)
            steps = [self._step(record) for record in self._telling(wanted, len(wanted))]
            self._stand(steps)
        return self._changes(steps, undo)

    def save_table(self, rows: Iterable[TableRow], undo: str) -> Changes:
        """Save what a table brought, as ``save_many`` does, and note what each row says.

        What changes no record, but decides conflicts, can be taken back too.
        """
        from sanyou_desktop.ledger import imports

        steps: list[Step] = []
        noted: list[imports.Noted] = []
        with self._writing():
            for row in rows:
                step = self._step(row.record) if row.record else None
                steps += [step] if step else []
                noted.append(imports.keep(self._conn, row, step.after if step else None))
            self._stand(steps)
        if not steps and not any(one.decided for one in noted):
            return Changes()
        token = self._undo.note(steps, lambda conn: imports.put_back(conn, noted))
        return replace(_changed(steps), undo=undo, token=token)

    def last_said(self, source: str) -> LastSaid:
        """Return what looks up what tables of a layout (``imports.source_of``) last said."""
        from sanyou_desktop.ledger.imports import LastSaid

        with known_errors():
            return LastSaid(self._conn, source)

    def issue_slips(self, ids: Iterable[str], slip: Slip) -> Changes:
        """Issue a 督办单 like ``slip`` about each finding, each with its own running number.

        Raises:
            Invalid: a finding is closed or the slip is not whole; nothing was issued.
            Conflict: a finding is not there any more; nothing was issued.
        """
        from sanyou_desktop.ledger.slips import with_slip

        wanted = list(ids)
        with self._writing():
            told = self._telling(wanted, len(wanted))
            steps = [self._step(with_slip(self._conn, self.unit, one, slip)) for one in told]
        return self._changes(steps, _("签发 {count} 份督办单").format(count=len(steps)))

    def register_submission(self, submission: Submission) -> Changes:
        """Enter a report that was handed in, as ``submissions.register`` says.

        Raises:
            Invalid: the submission breaks a rule of its kind; nothing was written.
        """
        from sanyou_desktop.ledger.submissions import register

        with self._writing():
            steps = register(self._conn, self.unit, submission)
        return self._changes(steps, _("登记{unit}的上报").format(unit=submission.reporter_name))

    def delete(self, ids: Iterable[str]) -> Changes:
        """Move records to the recycle bin.

        Raises:
            Referred: a living record refers to one of them, or one is a unit that has records or
                the ledger's own; nothing was moved.
        """
        with self._writing():
            steps = self._moved(list(ids), stamp(), history.DELETED)
            self._stand(steps)
        return self._changes(steps, _("删除 {count} 条记录").format(count=len(steps)))

    def restore(self, ids: Iterable[str], *, with_needed: bool = False) -> Changes:
        """Take records back out of the recycle bin; ``with_needed``, also what they lean on.

        Raises:
            Recycled: one refers to a record, or belongs to a unit, that stays in there;
                nothing was moved.
            DuplicateNumber: a unit's code is in use again; likewise.
        """
        with self._writing():
            wanted = list(ids)
            if with_needed:
                wanted += standing.recycled_behind(self._conn, wanted, self.unit)
            steps = self._moved(wanted, "", history.RESTORED)
            self._stand(steps)
        return self._changes(steps, _("恢复 {count} 条记录").format(count=len(steps)))

    def restore_revision(self, record_id: str, number: int) -> Saved:
        """Make an earlier state of a record its newest one.

        Raises:
            Recycled: it refers to a record that is in the recycle bin; nothing was written.
            Referred, Invalid: records lean on the unit that it would no longer be; likewise.
        """
        with known_errors():
            earlier = history.revision(self._conn, record_id, number)
        now = self.get(record_id)
        if earlier is None or now is None:
            raise Conflict(_("没有找到要恢复的版本，内容没有改动。"))
        with self._writing():
            target = replace(
                earlier.record, revision=now.revision, deleted_at="", created_at=now.created_at
            )
            step = Step(now, records.write(self._conn, target, history.RESTORED))
            self._stand([step])
        text = _("恢复到第 {number} 版").format(number=number)
        return Saved(step.after, self._changes([step], text))

    def undo(self, token: int) -> Changes:
        """Take back an action of this run, as new revisions.

        Raises:
            Conflict: a record was changed after the action, or the action is too long ago.
            Recycled, Referred, Invalid: what was done since leans on it; nothing was taken back.
        """
        if self._undo.rollup_of(token):
            return self.undo_rollup(self._undo.rollup_of(token))
        with self._writing():
            taken_back = self._undo.take_back(self._conn, token, self._telling)
            self._stand(self._undo.turned(token, taken_back))
        self._undo.forget(token, taken_back)
        return _changed(taken_back)

    @contextmanager
    def rolling_up(self, *, rehearsal: bool = False) -> Iterator[RollupRun]:
        """Roll up what units report, in one transaction.

        Of a run that took nothing nothing is kept but which files hold nothing new. A ``rehearsal``
        only reads the file, and may be held on a ledger that is read-only or written by another.

        The run's ``changes`` are there when the context has ended well.

        Raises:
            LedgerReadOnly, LedgerLocked, DiskFull, LedgerError: nothing was written.
        """
        from sanyou_desktop.ledger.rollup_run import RollupRun

        if rehearsal:
            from sanyou_desktop.ledger.rehearsal import rehearsing

            with known_errors(), rehearsing(self._conn) as trial:
                yield trial
            return
        with suppress(_NothingTaken), self._writing():
            run = RollupRun(self._conn)
            yield run
            if run.took_nothing():
                raise _NothingTaken
            run.settled_now.clear()
        if run.settled_now:
            with self._writing():
                run.settle_again()
        if run.written:
            token = self._undo.note_rollup(run.id)
            run.changes = Changes(undo=_("汇总"), token=token)

    def undo_rollup(self, run: int) -> Changes:
        """Take back a whole roll-up, whenever it was, as new revisions.

        Raises:
            Conflict: it was taken back already, or a record was changed after it.
            Referred: a record made since refers to one that it brought.
        """
        from sanyou_desktop.ledger import rollup_undo

        with self._writing():
            rollup_undo.take_back(self._conn, run, self._telling)
        return Changes()

    def keep_setting(self, key: str, value: str) -> None:
        """Keep a setting that belongs to the ledger rather than to this machine."""
        with self._writing():
            self._conn.execute(
                "INSERT INTO ledger (key, value) VALUES (?, ?) "
                "ON CONFLICT DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def setting(self, key: str) -> str:
        """Return a setting of the ledger, "" if it was never kept."""
        with known_errors():
            return opening.setting(self._conn, key)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self.read_only:
            raise LedgerReadOnly(self.read_only_reason)
        with known_errors(), atomic(self._conn):
            yield

    def _step(self, record: Record) -> Step:
        before = records.read(self._conn, record.id) if record.id else None
        if self._is_own(before) and not self._is_own(record):
            raise Invalid((problem(record, "code", _("这是台账所属单位的代码，不能修改")),))
        record = record.completed()
        if before is not None and before.deleted_at and not record.deleted_at:
            gone = _("这条记录已在别处被删除；请先在回收站里恢复它，再保存")
            raise Invalid((Problem("deleted_at", "", gone),))
        if record.deleted_at != (before.deleted_at if before else ""):
            message = _("删除和恢复不能靠填写，请用「删除」或在回收站里恢复")
            raise Invalid((problem(record, "deleted_at", message),))
        # An older revision is refused as a conflict, not for a step it never meant to take.
        if before is not None and before.revision == record.revision:
            found = record.step_after(before)
            if found:
                raise Invalid(found)
        return Step(before, records.write(self._conn, record))

    def _stand(self, steps: list[Step]) -> None:
        """Refuse what would leave living records leaning on what is in the recycle bin."""
        standing.require(self._conn, steps, self.unit)

    def _is_own(self, record: Record | None) -> bool:
        return isinstance(record, Unit) and record.code == self.unit

    def _moved(self, ids: Sequence[str], at: str, action: str) -> list[Step]:
        steps = []
        for record_id in self._telling(ids, len(ids)):
            before = records.read(self._conn, record_id)
            if before is None or bool(before.deleted_at) == bool(at):
                continue
            if at and self._is_own(before):
                raise Referred(
                    _("「{title}」是台账所属的单位，没有删除。").format(title=before.title)
                )
            after = records.write(self._conn, replace(before, deleted_at=at), action)
            steps.append(Step(before, after))
        return steps

    def _changes(self, steps: list[Step], undo: str) -> Changes:
        if not steps:
            return Changes()
        return replace(_changed(steps), undo=undo, token=self._undo.note(steps))


class _NothingTaken(Exception):
    """Takes back a transaction of which nothing is to stay."""


def _changed(steps: list[Step]) -> Changes:
    kinds = {step.after.kind for step in steps}
    return Changes(
        kind=kinds.pop() if len(kinds) == 1 else "", ids=frozenset(step.after.id for step in steps)
    )
