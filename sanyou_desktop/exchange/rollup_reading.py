"""Report workbooks read one after another, or many at once by processes beside ours."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.hand_edits import is_edited
from sanyou_desktop.exchange.read_workbook import Facts, ReportFile, ReportRow
from sanyou_desktop.exchange.register import RegisterRow
from sanyou_desktop.exchange.rollup_files import size_of
from sanyou_desktop.exchange.visible_rows import Stray, VisibleRow
from sanyou_desktop.ledger.accepted import Known
from sanyou_desktop.ledger.prepared import Prepared, prepared
from sanyou_desktop.model.kinds import KINDS, UNREADABLE
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

# Starting a process takes as long as reading some megabytes.
_WORTH_PROCESSES = 2 * 1024 * 1024
# A record made ready takes five times the memory of one that is only read.
_MOST_PREPARED = 20_000
# More than any record can have; what comes near it is looked at closely, and refused.
_MOST_REVISIONS = 1_000_000_000
# Read ahead of the one that is being merged; what is read is kept in memory until then.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Brought:
    """One record that a report brings.

    Attributes:
        register: its row in the register.
        digest: a hash of its JSON, and of what was typed over it.
        edited: its visible row, where somebody typed over it; else None.
        removed: somebody deleted its visible row.
        ready: the record made ready to be written as a new one, where that is likely to be wanted.
    """

    register: RegisterRow
    digest: str
    edited: VisibleRow | None = None
    removed: bool = False
    ready: Prepared | None = None

    @property
    def number(self) -> str:
        """The number that the record is about to have, "" if it cannot be read."""
        if self.ready is not None:
            return self.ready.number
        try:
            return str(json.loads(self.register.json)["number"])
        except (*UNREADABLE, RecursionError):
            return ""

    def is_nothing_new(self, known: Known, sender: str) -> bool:
        """Tell whether this was accepted before, or something newer, or from the unit itself."""
        if known.copy is None:
            return known.from_owner and known.unit != sender
        if known.kind == Unit.kind and known.deleted:
            return False
        same = known.copy.their_hash == self.digest and not known.copy.withdrawn
        return same or self.register.revision < known.copy.their_revision


@dataclass(frozen=True)
class Preparing:
    """How new records are to be made ready while they are read.

    Attributes:
        at: when they will have been written.
        reporters: units that reported before; of these nearly everything is known already.
        whole: with their search rows; not for a rehearsal.
    """

    at: str
    reporters: frozenset[str] = frozenset()
    whole: bool = True


@dataclass(frozen=True)
class ReadReport:
    """A whole report.

    Attributes:
        name: the file's name.
        digest: the SHA-256 of its bytes in hex.
        facts: what it says of itself.
        companions: units, rounds, plans and checklists, in this order.
        rows: the reported records.
        strays: visible rows that stand for no record.
        kinds: those of which it tells everything that the unit has in the period.
        unchecked: the sheets in which nobody can tell what was edited.
    """

    name: str
    digest: str
    facts: Facts
    companions: list[Brought]
    rows: list[Brought]
    strays: list[Stray]
    kinds: frozenset[str]
    unchecked: list[str]


@dataclass(frozen=True)
class Unreadable:
    """A file that is not taken, and why."""

    name: str
    reason: str


def read_report(path: Path, preparing: Preparing | None = None) -> ReadReport | Unreadable:
    """Read one report; a file that is none, or is damaged, is told of and stops nobody."""
    try:
        report = ReportFile(path)
        many = report.facts.rows > _MOST_PREPARED
        if preparing is not None and (many or report.facts.unit in preparing.reporters):
            preparing = None
        return ReadReport(
            report.name,
            report.digest,
            report.facts,
            [Brought(row, digest_of(row.json)) for row in report.companions],
            [_brought(row, preparing) for row in report.rows()],
            list(report.strays()),
            report.kinds(),
            report.unchecked(),
        )
    except FileNotFoundError:
        return Unreadable(path.name, _("找不到这个文件，它可能已被移动或改名。"))
    except ExchangeError as error:
        return Unreadable(path.name, str(error))


def read_reports(
    paths: Sequence[Path], preparing: Preparing | None = None
) -> Generator[ReadReport | Unreadable, None, None]:
    """Yield the reports in the order given; several processes read ahead where it pays."""
    size = sum(map(size_of, paths))
    processes = min(os.cpu_count() or 1, len(paths))
    # A frozen program cannot start itself again as a mere reader.
    if size < _WORTH_PROCESSES or processes < 2 or hasattr(sys, "frozen"):
        yield from (read_report(path, preparing) for path in paths)
        return
    # Spawned, not forked: a fork takes over the locks of threads that it does not take along.
    left = deque(paths)
    while left:
        pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
        try:
            with closing(_in_order(pool, left, preparing, processes + _AHEAD)) as reports:
                yield from reports
        except BrokenProcessPool:
            # One of those that were being read has ended its process; which one, each shows alone.
            for _count in range(min(processes, len(left))):
                yield _read_alone(left.popleft(), preparing)
        finally:
            pool.shutdown(cancel_futures=True)


def digest_of(*texts: str) -> str:
    """Return a short hash of what a record brings."""
    found = hashlib.sha256()
    for text in texts:
        found.update(text.encode())
        found.update(b"\0")
    return found.hexdigest()[:32]


def _in_order(
    pool: Executor, left: deque[Path], preparing: Preparing | None, ahead: int
) -> Generator[ReadReport | Unreadable, None, None]:
    """Yield the reports in order, and take their paths off what is ``left``.

    Raises:
        BrokenProcessPool: a process ended before it had read its file.
    """
    waiting: deque[Future[ReadReport | Unreadable]] = deque()
    for path in list(left):
        waiting.append(pool.submit(read_report, path, preparing))
        if len(waiting) > ahead:
            yield _next(waiting, left)
    while waiting:
        yield _next(waiting, left)


def _next(
    waiting: deque[Future[ReadReport | Unreadable]], left: deque[Path]
) -> ReadReport | Unreadable:
    found = waiting.popleft().result()
    left.popleft()
    return found


def _read_alone(path: Path, preparing: Preparing | None) -> ReadReport | Unreadable:
    """Read a file in a process of its own, which may end without harm to any other."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(read_report, path, preparing).result()
        except BrokenProcessPool:
            return Unreadable(
                path.name,
                _(
                    "读取时程序意外中止，可能是内存不足，没有接收。"
                    "请关闭其他程序后再试，或让填报单位分期间导出。"
                ),
            )


def _brought(row: ReportRow, preparing: Preparing | None) -> Brought:
    register, visible = row.register, row.visible
    if visible is None and row.removed:
        return Brought(register, digest_of(register.json), removed=True)
    if visible is None or not is_edited(register, visible):
        ready = _ready(register, preparing) if preparing else None
        return Brought(register, digest_of(register.json), ready=ready)
    typed = "\0".join(f"{key}\0{text}" for key, text in sorted(visible.texts.items()))
    return Brought(register, digest_of(register.json, typed), visible)


def _ready(register: RegisterRow, preparing: Preparing) -> Prepared | None:
    """Return a record made ready; what cannot be read is looked at when it is taken."""
    try:
        content = json.loads(register.json)
        if content["id"] != register.id or register.revision > _MOST_REVISIONS:
            return None
        # As it is going to be written: to change the record afterwards takes as long as to make it.
        content |= {"revision": 1, "updated_at": preparing.at}
        record = KINDS[register.kind].kept(content)
        return prepared(record, preparing.at, whole=preparing.whole)
    except (*UNREADABLE, RecursionError):
        return None
