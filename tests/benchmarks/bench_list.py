"""A list of 100,000 records against one of 100, in one run: the second is the baseline.

``python -m tests.benchmarks.bench_list [ROWS]`` prints, for both, milliseconds until the rows are
on the screen, the longest time that the event loop stood still, and the memory of the process;
then the ratios. The records are copies of one, written as plain rows, because only reading is
measured; search finds all of them, which is its slowest case.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.lists.record_list import RecordList
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Filter, Query
from sanyou_desktop.ledger.search_entry import Entry
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit

FEW, MANY = 100, 100_000
ROUNDS = 7
COLUMNS = ("number", "title", "department", "status")
UNIT = "350582-01"


def make_ledger(path: Path, rows: int) -> None:
    """Make a ledger with ``rows`` pledges in forty departments."""
    given = {"title": "会议服务与车辆保障承诺", "status": "published", "published_on": "2026-03-01"}
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        saved = ledger.save(Draft.from_json("pledge", given, UNIT).accepted()).record
    with closing(sqlite3.connect(path)) as conn, conn:
        first = conn.execute("SELECT seq FROM pledge").fetchone()[0]
        last = rows - 1
        series = f"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i+1 FROM n WHERE i < {last})"
        for table in ("record", "pledge"):
            names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
            conn.execute(
                f"INSERT INTO {table} ({', '.join(names)}) {series} "
                f"SELECT {', '.join(_copied(name) for name in names)} FROM {table}, n "
                f"WHERE seq = {first}"
            )
        _index(conn, saved, first, rows)


def _copied(name: str) -> str:
    return {
        "seq": "seq + i",
        "id": "printf('01900000-0000-7000-8000-%012x', i)",
        "number": "printf('CN-2026-%06d', i)",
        "title": "printf('%s第%d号', title, i * 7919 % 100003)",
        "department": "printf('部门%d', i % 40)",
    }.get(name, name)


def _index(conn: sqlite3.Connection, record: Record, first: int, rows: int) -> None:
    entry = Entry.of("pledge", replace(record, number=""))
    words, packed = entry.words(), entry.packed()
    copies = range(first + 1, first + rows)
    conn.executemany(
        "INSERT INTO search (rowid, words) VALUES (?, ?)", ((seq, words) for seq in copies)
    )
    conn.executemany(
        "INSERT INTO search_source (seq, packed) VALUES (?, ?)", ((seq, packed) for seq in copies)
    )


class Heartbeat:
    """Notes the longest time between two turns of the event loop."""

    def __init__(self) -> None:
        """Start beating."""
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def until(done: Callable[[], bool]) -> None:
    """Turn the event loop until ``done``."""
    loop = QEventLoop()
    while not done():
        loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def timed(jobs: Jobs, act: Callable[[], None], done: Callable[[], bool]) -> float:
    """Return the median milliseconds from ``act`` until ``done``."""
    spent = []
    for _round in range(ROUNDS):
        until(lambda: not jobs.is_busy)
        began = time.perf_counter()
        act()
        until(done)
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def measure(path: Path) -> dict[str, float]:
    """Return what a list of that ledger takes, in this process."""
    app = QApplication([])
    ensure_chinese_font(app)
    apply_theme(app)
    jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    settings = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    operations = Operations(jobs, jobs)
    session = Session(path, UNIT, "", "", jobs, operations, Ask(), Preferences(settings))
    shown = RecordList("pledge", session)
    shown.resize(700, 800)
    shown.show()
    until(lambda: not jobs.is_busy)
    heart = Heartbeat()
    found = _measured(shown, jobs)
    found["longest gap"] = heart.longest * 1000
    found["memory MB"] = psutil.Process().memory_info().rss / 2**20
    shown.deleteLater()
    jobs.close()
    return found


def _measured(shown: RecordList, jobs: Jobs) -> dict[str, float]:
    arrived: list[None] = []
    counted: list[object] = []
    shown.model.arrived.connect(lambda: arrived.append(None))
    shown.counted.connect(counted.append)

    def ask(query: Query) -> Callable[[], None]:
        def act() -> None:
            arrived.clear()
            counted.clear()
            shown.show_query(query, COLUMNS)

        return act

    def jump(part: float) -> Callable[[], None]:
        def act() -> None:
            # Away first, and its pages forgotten, so that each round has to read.
            bar = shown.table.verticalScrollBar()
            shown.model.forget()
            bar.setValue(round(bar.maximum() * part))
            shown.table.viewport().update()

        return act

    def landed() -> bool:
        return bool(shown.model.id_at(shown.table.rowAt(5)))

    queries = {
        "first page": Query(),
        "sort by title": Query(sort="title"),
        "sort by department": Query(sort="department"),
        "filter by department": Query(filters=(Filter("department", ("部门3",)),)),
        "search": Query(text="会议"),
    }
    found = {}
    for name, query in queries.items():
        found[name] = timed(jobs, ask(query), lambda: bool(arrived))
        found[f"{name}, counted"] = timed(jobs, ask(query), lambda: bool(counted))
    timed(jobs, ask(Query()), lambda: bool(counted))
    for name, part in (("jump to the middle", 0.5), ("jump to the end", 1.0)):
        found[name] = timed(jobs, jump(part), landed)
    return found


def main() -> None:
    """Print both and the ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
        return
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in (FEW, many):
            path = Path(folder) / f"{rows}.sytz"
            make_ledger(path, rows)
            command = [sys.executable, "-m", "tests.benchmarks.bench_list", "--measure", str(path)]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found.append(json.loads(out))
    print(f"{'':32}{FEW:>10,}{many:>10,}{'ratio':>8}")
    for name, few in found[0].items():
        more = found[1][name]
        print(f"{name:32}{few:>10.1f}{more:>10.1f}{more / few:>8.2f}")


if __name__ == "__main__":
    main()
