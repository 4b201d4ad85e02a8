"""Roll-up: the report workbooks of many units merged into one ledger, in one transaction.

A dry run does the very same and takes it back, so that it tells exactly what would happen. The
files are taken in the order of their names, whatever order they are given in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from sanyou_desktop.exchange.rollup_files import digest_of_file, workbooks
from sanyou_desktop.exchange.rollup_periods import LaterReports, refuse_bad_period
from sanyou_desktop.exchange.rollup_reading import (
    Brought,
    Preparing,
    ReadReport,
    Unreadable,
    read_reports,
)
from sanyou_desktop.exchange.rollup_refusals import REFUSED, problems_of
from sanyou_desktop.exchange.rollup_senders import NotTaken, Sender, Senders
from sanyou_desktop.exchange.rollup_taking import Choices, Taking
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.rollup_run import RollupRun
from sanyou_desktop.ledger.settled_files import Settled
from sanyou_desktop.ledger.taken_file import TakenFile
from sanyou_desktop.model.changes import Changes
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.incoming import Place, Preview, Sighting, State
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

# Looked up together; small enough that a cancel is heard soon.
_TOGETHER = 200
# New units that are told of by their names.
_NAMED = 20
# What others refer to comes before them.
_ORDER = ("unit", "round", "scheme", "plan", *REPORTED)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RolledUp:
    """What came of a roll-up.

    Attributes:
        preview: what was met, and what is left out.
        files: the reports that were taken.
        changes: what changed in the ledger, with the token to take it all back.
    """

    preview: Preview
    files: tuple[TakenFile, ...]
    changes: Changes


def roll_up(
    ledger: Ledger,
    paths: Sequence[Path],
    *,
    rehearsal: bool = False,
    choices: Choices | None = None,
    received_on: date | None = None,
    progress: Progress | None = None,
) -> RolledUp:
    """Merge reports, files or folders of them, into the ledger.

    What is clear is taken. A conflict that nobody has decided keeps the ledger's value and comes
    again the next time. ``progress`` is told files done and in all, and may raise to cancel:
    nothing is written then.

    Args:
        ledger: the superior's.
        paths: files, and folders that are looked through with all that is in them.
        rehearsal: nothing is kept: a dry run.
        choices: the sides chosen for conflicts that an earlier rehearsal met.
        received_on: the day on which the files came, if it was not today.
        progress: see above.

    Raises:
        LedgerError: the ledger cannot be written to; it is as it was.
    """
    sighting = Sighting()
    files = workbooks(paths, sighting.leave_out)
    taken: list[TakenFile] = []
    with ledger.rolling_up(rehearsal=rehearsal) as run:
        run.received_on = PartialDate.of(received_on or date.today())
        work = _Work(ledger, run, sighting, choices or {})
        preparing = Preparing(run.at, run.reporters(), whole=not rehearsal)
        settled = _settled(run, files, progress)
        unread = [path for path in files if path not in settled]
        with closing(read_reports(unread, preparing)) as reports:
            for done, path in enumerate(files):
                if progress is not None:
                    progress(done, len(files))
                if path in settled:
                    taken.append(work.repeated(settled[path], path.name))
                    continue
                found = work.file(next(reports), progress and _beat(progress, done, len(files)))
                if found is not None:
                    taken.append(found)
        work.tell_of_new_units()
        preview = sighting.preview()
        run.finish(_("{files} 份：{counts}").format(files=len(taken), counts=preview))
    return RolledUp(preview, tuple(taken), run.changes)


def _settled(
    run: RollupRun, files: Sequence[Path], progress: Progress | None
) -> dict[Path, Settled]:
    """Return those files that were taken before to the last byte; they need not be read."""
    found: dict[Path, Settled] = {}
    if not run.knows_settled():
        return found
    for path in files:
        if progress is not None:
            progress(0, len(files))
        known = run.settled(digest_of_file(path))
        if known is not None:
            found[path] = known
    return found


def _beat(progress: Progress, done: int, total: int) -> Callable[[], None]:
    return lambda: progress(done, total)


class _NumbersStay(Exception):
    """Records were to give up their numbers, and keep them after all: ids."""

    def __init__(self, ids: frozenset[str]) -> None:
        super().__init__(sorted(ids))
        self.ids = ids


class _Work:
    """A roll-up under way."""

    def __init__(
        self, ledger: Ledger, run: RollupRun, sighting: Sighting, choices: Choices
    ) -> None:
        self._run = run
        self._sighting = sighting
        self._choices = choices
        self._senders = Senders(ledger, run)
        self._joined: dict[str, str] = {}

    def tell_of_new_units(self) -> None:
        """Note which units the ledger did not know; in one sentence: at first it knows none."""
        if not self._joined:
            return
        names = [
            _("「{name}」（{code}）").format(name=name, code=code)
            for code, name in islice(self._joined.items(), _NAMED)
        ]
        told = (
            _("{count} 个单位原来不在本台账中，随表新增：{named}。")
            if len(self._joined) <= _NAMED
            else _("{count} 个单位原来不在本台账中，随表新增：{named}等。")
        )
        named = _("、").join(names)
        self._sighting.note(told.format(count=len(self._joined), named=named))

    def repeated(self, settled: Settled, name: str) -> TakenFile:
        """Count what a file brings that was taken before, under the name that it has now."""
        self._sighting.count(State.UNCHANGED, settled.records)
        return replace(settled.file, name=name)

    def file(
        self, report: ReadReport | Unreadable, beat: Callable[[], None] | None
    ) -> TakenFile | None:
        """Take one report; return it as it was taken, None if it was not.

        Of a report that cannot be taken nothing stays, and the others are taken all the same.
        """
        place = Place(report.name)
        if isinstance(report, Unreadable):
            self._sighting.leave_out(place, report.reason)
            return None
        staying: frozenset[str] = frozenset()
        while True:
            seen = Sighting()
            try:
                with self._senders.attempt(), self._run.attempt():
                    file, sender = self._taken(report, seen, staying, beat)
            except _NumbersStay as found:
                staying |= found.ids
            except (NotTaken, *REFUSED) as refusal:
                reasons = _("；").join(str(one) for one in problems_of(refusal))
                self._sighting.leave_out(place, reasons)
                return None
            else:
                self._sighting.absorb(seen)
                if sender.is_new:
                    self._joined[sender.code] = sender.name
                return file

    def _taken(
        self,
        report: ReadReport,
        seen: Sighting,
        staying: frozenset[str],
        beat: Callable[[], None] | None,
    ) -> tuple[TakenFile, Sender]:
        """Take one report, ``staying`` records keeping their numbers whatever it brings.

        Raises:
            NotTaken, Invalid: it cannot be taken; the caller takes back what was written.
            _NumbersStay: likewise, and then it is to be tried again.
        """
        sender = self._senders.of(report.facts, _own_record(report))
        file = _taken_file(report, sender)
        refuse_bad_period(file)
        files = self._run.files_of(sender.code)
        later = LaterReports(file, files)
        known = any(_is_same(one, file) for one in files)
        is_newer = self._is_newer(report, sender, later)
        if not known and not is_newer:
            later.refuse_covered(file)
        self._tell(report, sender, seen)
        taking = Taking(self._run, self._senders, seen, self._choices, report.name, sender)
        self._take(report, taking, staying, LaterReports() if is_newer else later, beat)
        if not known:
            self._withdraw(report, taking, later)
            self._run.file(file, len(report.rows))
        for stray in report.strays:
            at = Place(report.name, stray.sheet, str(stray.number))
            seen.leave_out(at, stray.reason)
        if seen.is_settled and not report.unchecked:
            self._run.settle(report.digest, file, seen.met)
        return file, sender

    def _tell(self, report: ReadReport, sender: Sender, seen: Sighting) -> None:
        """Note what somebody should know of a report as a whole."""
        told = [sender.told] if sender.told else []
        words = _("「{sheet}」的表头被改动，看不出哪些行在表中改过，各条记录以登记表为准。")
        told += [words.format(sheet=sheet) for sheet in report.unchecked]
        for message in told:
            seen.note(_("{place}：{message}").format(place=Place(report.name), message=message))

    def _is_newer(self, report: ReadReport, sender: Sender, later: LaterReports) -> bool:
        """Tell whether a report was made after those that say to be later.

        Clocks of units are wrong at times: what holds a newer revision of anything that a later
        report brought is no older.
        """
        if not later:
            return False
        for some in _parts(report.rows):
            known = self._run.known(sender.code, [one.register.id for one in some])
            for one in some:
                found = known.get(one.register.id)
                copy = found.copy if found and found.copy and not found.copy.withdrawn else None
                if copy and copy.their_revision < one.register.revision and later.tell_of_day(one):
                    return True
        return False

    def _take(
        self,
        report: ReadReport,
        taking: Taking,
        staying: frozenset[str],
        later: LaterReports,
        beat: Callable[[], None] | None,
    ) -> None:
        sender = taking.sender
        self._free_numbers(report, sender, staying)
        for some in _parts(_in_order(report)):
            known = self._run.known(sender.code, [one.register.id for one in some])
            wanted = []
            for one in some:
                if later.have_dropped(one, known.get(one.register.id)):
                    taking.sighting.count(State.UNCHANGED)
                elif not self._is_own_unit(one):
                    wanted.append(one)
            taking.take(wanted, known)
            if beat is not None:
                beat()
        lost = self._run.keep_numbers()
        if lost:
            raise _NumbersStay(lost)

    def _free_numbers(self, report: ReadReport, sender: Sender, staying: frozenset[str]) -> None:
        """Make way for numbers that the unit has exchanged among its records."""
        wanted: dict[str, str] = {}
        new: list[Brought] = []
        for some in _parts(report.rows):
            known = self._run.known(sender.code, [one.register.id for one in some])
            for one in some:
                found = known.get(one.register.id)
                if found is None:
                    new.append(one)
                elif not one.is_nothing_new(found, sender.code):
                    wanted[one.register.id] = one.number
        if wanted:
            self._run.free_numbers(sender.code, wanted, {one.number for one in new}, staying)

    def _withdraw(self, report: ReadReport, taking: Taking, later: LaterReports) -> None:
        """Withdraw what the unit reported of this period before and reports no more."""
        sender, facts = taking.sender, report.facts
        there = frozenset(one.register.id for one in report.rows)
        for kind in sorted(report.kinds.intersection(REPORTED)):
            gone = self._run.absent(sender.code, kind, facts.first, facts.last, there)
            known = self._run.known(sender.code, gone)
            for record_id in gone:
                if not later.tell_of(self._run.record(record_id)):
                    taking.withdraw(record_id, known[record_id])

    def _is_own_unit(self, brought: Brought) -> bool:
        """Tell whether this is the record of the ledger's own unit, which no other may change."""
        if brought.register.kind != Unit.kind:
            return False
        return f'"code":"{self._senders.own_code}"' in brought.register.json


def _in_order(report: ReadReport) -> list[Brought]:
    rank = {kind: place for place, kind in enumerate(_ORDER)}
    both = [*report.companions, *report.rows]
    return sorted(both, key=lambda one: rank.get(one.register.kind, len(rank)))


def _parts(rows: list[Brought]) -> Iterator[list[Brought]]:
    left = iter(rows)
    while some := list(islice(left, _TOGETHER)):
        yield some


def _own_record(report: ReadReport) -> dict[str, Json] | None:
    """Return the sender's own unit as the report brings it."""
    for one in report.companions:
        if one.register.kind == Unit.kind:
            try:
                content = json.loads(one.register.json)
            except (ValueError, RecursionError):
                continue
            if isinstance(content, dict) and content.get("code") == report.facts.unit:
                return content
    return None


def _taken_file(report: ReadReport, sender: Sender) -> TakenFile:
    facts = report.facts
    return TakenFile(
        name=report.name,
        unit=sender.code,
        unit_name=facts.unit_name or sender.name,
        unit_id=sender.unit_id,
        first=facts.first,
        last=facts.last,
        version=facts.version,
        made_at=facts.made_at,
        manifest=facts.manifest,
    )


def _is_same(one: TakenFile, other: TakenFile) -> bool:
    return (one.manifest, one.made_at) == (other.manifest, other.made_at)
