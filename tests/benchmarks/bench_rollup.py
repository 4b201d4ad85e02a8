"""Rolling up many units' workbooks against reading them with calamine and bare inserts, in one run.

``python -m tests.benchmarks.bench_rollup [UNITS] [RECORDS]`` makes the report workbooks of UNITS
units with RECORDS records each. The baseline reads every sheet of them with python-calamine and
inserts every row read into a plain table, a sheet a table, in one synced transaction. The roll-up
merges them into a new superior's ledger: checked, numbered, historied, searchable, with its
journal. Then the same workbooks come again, and once more as a dry run of another ledger. With a
reader process, most of the reading is done by another than this one. Prints seconds and ratios of
the time on the clock, of this process's own processor time, and of that of all processes together.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from python_calamine import load_workbook

from sanyou_desktop.exchange import rollup_reading
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.rollup import roll_up
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.unit import Unit
from tests.benchmarks.year_ledger import UNIT, make_ledger

UNITS, RECORDS = 20, 500
_ALL = 100_000
_NEVER = 1 << 62


def main() -> None:
    """Print the measurements."""
    given = [int(text) for text in sys.argv[1:]]
    units, records = [*given, UNITS, RECORDS][:2] if len(given) != 1 else (given[0], RECORDS)
    with tempfile.TemporaryDirectory(dir=".") as folder:
        reports = list(_reports(Path(folder), units, records))
        size = sum(path.stat().st_size for path in reports) / 1e6
        print(f"{units} workbooks, {units * records} records, {size:.1f} MB")
        base = _timed(lambda: _bare(Path(folder) / "bare.db", reports))
        _tell("calamine + bare insert", base, base)
        with Ledger.create(Path(folder) / "dry.sytz", _superior()) as ledger:
            taken = _timed(lambda: roll_up(ledger, reports, rehearsal=True))
            _tell("dry run", taken, base)
        for told, worth in (("with a reader process", 0), ("in one process", _NEVER)):
            rollup_reading._WORTH_PROCESSES = worth
            with Ledger.create(Path(folder) / f"{worth}.sytz", _superior()) as ledger:
                _tell(f"roll-up {told}", _timed(lambda: roll_up(ledger, reports)), base)
                _tell("the same again", _timed(lambda: roll_up(ledger, reports)), base)


def _superior() -> Unit:
    return Unit(code="350000", name="省机关事务管理局")


@dataclass(frozen=True)
class _Time:
    """How long something took, and the processor's time of this process and of all, in seconds."""

    wall: float
    own: float
    every: float


def _timed(act: Callable[[], object]) -> _Time:
    began, before = time.perf_counter(), os.times()
    act()
    wall, after = time.perf_counter() - began, os.times()
    own, others = (sum(after[at : at + 2]) - sum(before[at : at + 2]) for at in (0, 2))
    return _Time(wall, own, own + others)


def _tell(what: str, took: _Time, base: _Time) -> None:
    wall = f"{took.wall:6.2f} s x{took.wall / base.wall:<6.2f}"
    own = f"own {took.own:6.2f} s x{took.own / base.own:<6.2f}"
    print(f"{what:32}{wall} {own} all {took.every:6.2f} s x{took.every / base.every:.2f}")


def _reports(folder: Path, units: int, records: int) -> Iterator[Path]:
    ledger = folder / "unit.sytz"
    make_ledger(ledger, records / _ALL)
    before = UNIT
    for number in range(units):
        code = f"35{number + 1:04d}"
        _become(ledger, number, before, code)
        before = code
        path = folder / f"{code}.xlsx"
        with Ledger.open(ledger, read_only=True) as opened:
            export_report(opened, path)
        yield path


def _become(path: Path, number: int, before: str, code: str) -> None:
    """Let the ledger be another unit's: other ids, another code, another name."""
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE ledger SET value = ? WHERE key = 'unit'", (code,))
        for table in ("record", *KINDS):
            conn.execute(
                f"UPDATE {table} SET unit = ?, id = printf('%07x', ?) || substr(id, 8) "
                "WHERE unit = ?",
                (code, 0x0190000 + number, before),
            )
        for key in ("inspection", "against"):
            conn.execute(
                f"UPDATE finding SET {key} = printf('%07x', ?) || substr({key}, 8) "
                f"WHERE {key} <> ''",
                (0x0190000 + number,),
            )
        conn.execute("UPDATE unit SET code = ?, name = ?, title = ?", (code, code, code))


def _bare(path: Path, reports: list[Path]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
        conn.execute("BEGIN")
        for report in reports:
            book = load_workbook(str(report))
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                width = max(sheet.width, 1)
                columns = ", ".join(f"c{place}" for place in range(60))
                conn.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({columns})')
                named = ", ".join(f"c{place}" for place in range(width))
                marks = ", ".join("?" * width)
                rows = ([str(cell) for cell in row] for row in sheet.iter_rows())
                conn.executemany(f'INSERT INTO "{name}" ({named}) VALUES ({marks})', rows)
        conn.execute("COMMIT")


if __name__ == "__main__":
    main()
