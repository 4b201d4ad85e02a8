"""今日 on 100,000 records of which 30,000 are findings, against one bare SQL aggregate.

``python -m tests.benchmarks.bench_today [RECORDS]`` prints milliseconds (median) for reading all
that the page shows, and for the baseline in the same run: one statement that counts the living
records of every kind, those past their day and those still open, over the same rows; then the
ratio, and the longest time that the event loop stood still while the page was refreshed. One
finding in five is open, in all steps; the records are copies, written as plain rows.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.pages.today import TodayPage
from sanyou_desktop.desktop.pages.today_board import look
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.fonts import ensure_chinese_font
from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding, Round
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.rectification import close, recheck, rectify, reply
from sanyou_desktop.model.unit import Unit
from tests.benchmarks.bench_list import Heartbeat, until
from tests.desktop.conftest import pledge

RECORDS = 100_000
ROUNDS = 9
UNIT = "350582-01"
TODAY = date.today()
_DAYS = {
    "finding": "due_on",
    "pledge": "valid_until",
    "rule": "review_by",
    "inspection": "planned_on",
    "survey": "held_on",
    "activity": "started_on",
}
# Findings are three in ten; the rest is spread over the other kinds.
_PARTS = {"finding": 0.30, "pledge": 0.15, "rule": 0.10, "inspection": 0.20, "survey": 0.05}


def seeds() -> dict[str, list[Record]]:
    """Return the records that are copied: findings in every step, four in five of them closed."""
    begun = Finding(
        title="走廊照明不亮",
        unit=UNIT,
        department="行政科",
        person="张三",
        place="三号楼",
        description="三查三落实检查中发现走廊照明三处不亮，没有登记。" * 4,
    )
    done = rectify(begun, on=TODAY, by="张三", rectification="已更换灯管")
    passed = recheck(done, on=TODAY, by="李四", passed=True)
    told = reply(passed, on=TODAY, text="已修好，请再看。")
    refused = recheck(done, on=TODAY, by="李四", passed=False, opinion="还有一处")
    closed: list[Record] = [close(told, on=TODAY)] * 20
    waiting = Round(key="b", by="张三", rectification="又换")
    again = replace(refused, status="rectified", rounds=(*refused.rounds, waiting))
    return {
        "finding": [*closed, begun, done, passed, told, again],
        "pledge": [pledge("四心服务承诺", "办公室", "published")],
    }


def make_ledger(path: Path, records: int) -> None:
    """Make a ledger of ``records`` records, days spread over a year around today."""
    from sanyou_desktop.model.draft import Draft

    made = seeds()
    for kind, raw in {
        "rule": {"title": "公务接待管理办法", "status": "in_force"},
        "inspection": {"title": "月查", "planned_on": str(TODAY)},
        "survey": {"title": "年度测评"},
        "activity": {"title": "业务培训"},
    }.items():
        made[kind] = [Draft.from_json(kind, dict(raw), UNIT).accepted()]
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        for group in made.values():
            ledger.save_many([replace(record, id="") for record in group], "")
    counts = {kind: int(records * part) for kind, part in _PARTS.items()}
    counts["activity"] = records - sum(counts.values())
    with closing(sqlite3.connect(path)) as conn, conn:
        for kind, count in counts.items():
            _copy(conn, kind, count)
        conn.execute("ANALYZE")


def _copy(conn: sqlite3.Connection, kind: str, count: int) -> None:
    """Fill a kind's table up to ``count`` with copies of what is in it, and the register."""
    seqs = [row[0] for row in conn.execute(f"SELECT seq FROM {kind} ORDER BY seq")]
    copies = max(count - len(seqs), 0)
    first = conn.execute("SELECT max(seq) FROM record").fetchone()[0]
    series = f"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {copies})"
    day = f"date('{TODAY}', printf('%d days', i * 7919 % 365 - 300))"
    for table in ("record", kind):
        values = {
            "seq": f"{first} + i",
            "id": f"printf('{kind}-%012x', i)",
            "number": f"printf('{kind}-%07d', i)",
            "department": "printf('部门%d', i % 40)",
            _DAYS[kind]: day,
        }
        names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        conn.execute(
            f"INSERT INTO {table} ({', '.join(names)}) {series} "
            f"SELECT {', '.join(values.get(name, name) for name in names)} FROM n "
            f"JOIN {table} ON seq = {seqs[0]} + i % {len(seqs)}"
        )


def aggregate(conn: sqlite3.Connection) -> object:
    """Run the baseline: one statement over the same rows."""
    return conn.execute(
        " UNION ALL ".join(
            f"SELECT count(*), sum({day} < ?1), sum({day} <= ?2), sum(status <> 'closed') "
            f"FROM {kind} WHERE deleted_at = ''"
            for kind, day in _DAYS.items()
        ),
        (str(TODAY), str(TODAY + timedelta(days=7))),
    ).fetchall()


def median(work: Callable[[], object]) -> float:
    """Return the median milliseconds of ``work``, after once without counting."""
    work()
    spent = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def refreshed(path: Path, folder: Path) -> tuple[float, float]:
    """Return how long a refresh of the page takes, and the longest pause of the event loop."""
    jobs = Jobs(Ledger.open(path), Ledger.open(path, read_only=True))
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    session = Session(
        path, UNIT, "晋江市政府办公室", "", jobs, Operations(jobs, jobs), Ask(),
        Preferences(settings),
    )  # fmt: skip
    page = TodayPage(session)
    page.resize(1100, 760)
    page.show()
    until(lambda: not jobs.is_busy)
    looked: list[object] = []
    page.looked.connect(looked.append)
    page.refresh()
    until(lambda: len(looked) == 1)
    heart = Heartbeat()
    until(lambda: heart.longest > 0)
    heart.longest = 0.0
    spent = []
    for number in range(2, ROUNDS + 2):
        began = time.perf_counter()
        page.refresh()
        until(partial(_has, looked, number))
        page.repaint()
        spent.append((time.perf_counter() - began) * 1000)
    page.close()
    page.deleteLater()
    jobs.close()
    return statistics.median(spent), heart.longest * 1000


def _has(looked: list[object], count: int) -> bool:
    return len(looked) == count


def main() -> None:
    """Measure and print."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ensure_chinese_font(app)
    apply_theme(app)
    records = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "今日.sytz"
        make_ledger(path, records)
        with closing(sqlite3.connect(path)) as conn, Ledger.open(path, read_only=True) as ledger:
            conn.execute("PRAGMA cache_size = -16000")
            baseline = median(lambda: aggregate(conn))
            sections = median(lambda: ledger.agenda(TODAY, 8))
            board = median(lambda: look(ledger, TODAY))
            totals = {section.key: section.total for section in ledger.agenda(TODAY, 8)}
        spent, pause = refreshed(path, Path(folder))
    print(f"{records:,} records, {len(REPORTED)} kinds: {totals}")
    print(f"bare aggregate {baseline:.1f} ms")
    for name, found in (("sections", sections), ("all of the page", board), ("refresh", spent)):
        print(f"{name:16}{found:8.1f} ms{found / baseline:8.2f} times")
    print(f"event loop held {pause:.1f} ms at most")


if __name__ == "__main__":
    main()
