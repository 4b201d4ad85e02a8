"""Report workbooks read one after another, or many at once by processes beside ours.

Merging takes our own process about two thirds of the time that reading takes; so few readers are
enough, and where they have nothing ready yet, above all while they start, ours reads some too.
"""

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
from typing import NamedTuple

from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.hand_edits import is_edited
from sanyou_desktop.exchange.read_workbook import Facts, ReportFile, ReportRow
from sanyou_desktop.exchange.register import RegisterRow
from sanyou_desktop.exchange.rollup_files import size_of
from sanyou_desktop.exchange.visible_rows import Stray, VisibleRow
from sanyou_desktop.ledger.accepted import Known
from sanyou_desktop.ledger.prepared import Prepared, prepared_of_text
from sanyou_desktop.model.kinds import KINDS, UNREADABLE
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

# Starting a process takes as long as reading and merging that much.
_WORTH_PROCESSES = 2 * 1024 * 1024
_MOST_READERS = 3
# What our own process reads meanwhile is small: it has to hear a cancel soon, and what may take
# very much memory is for a process that can end without harm.
_SMALL = 1024 * 1024
# A record made ready takes five times the memory of one that is only read.
_MOST_PREPARED = 20_000
# More than any record can have; what comes near it is looked at closely, and refused.
_MOST_REVISIONS = 1_000_000_000
# Read ahead of the one that is being merged; what is read is kept in memory until then.
_AHEAD = 3


# A tuple, because it is handed from process to process by the ten thousand.
class Brought(NamedTuple):
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
    """Yield the reports in the order given; other processes read ahead where it pays."""
    size = sum(map(size_of, paths))
    readers = min((os.cpu_count() or 1) - 1, _MOST_READERS, len(paths) - 1)
    # A frozen program cannot start itself again as a mere reader.
    if size < _WORTH_PROCESSES or readers < 1 or hasattr(sys, "frozen"):
        yield from (read_report(path, preparing) for path in paths)
        return
    # Spawned, not forked: a fork takes over the locks of threads that it does not take along.
    left = deque(paths)
    while left:
        pool = ProcessPoolExecutor(readers, mp_context=get_context("spawn"))
        try:
            with closing(_in_order(pool, left, preparing, readers + _AHEAD)) as reports:
                yield from reports
        except BrokenProcessPool:
            if not _can_start():
                # Of a program that is watched closely, say; no file is to blame for that.
                yield from (read_report(path, preparing) for path in left)
                return
            # One of those that were being read has ended its process; which one, each shows alone.
            for _count in range(min(readers, len(left))):
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
    unread = deque(left)
    while left:
        while unread and len(waiting) < ahead:
            waiting.append(pool.submit(read_report, unread.popleft(), preparing))
        while not waiting[0].done() and unread and len(waiting) < 2 * ahead:
            if size_of(unread[0]) > _SMALL:
                break
            waiting.append(_done(read_report(unread.popleft(), preparing)))
        found = waiting.popleft().result()
        left.popleft()
        yield found


def _done(found: ReadReport | Unreadable) -> Future[ReadReport | Unreadable]:
    """Return what was read here as what another process has read."""
    made: Future[ReadReport | Unreadable] = Future()
    made.set_result(found)
    return made


def _can_start() -> bool:
    """Tell whether any process can be started beside ours."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool:
            return False
    return True


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
    if register.kind not in KINDS or register.revision > _MOST_REVISIONS:
        return None
    at, whole = preparing.at, preparing.whole
    return prepared_of_text(register.kind, register.id, register.json, at, whole=whole)
