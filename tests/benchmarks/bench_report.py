"""The report workbook against XlsxWriter in constant memory, the same workbook, in one run.

``python -m tests.benchmarks.bench_report [SCALE [ROUNDS]]`` prints the least seconds of several
rounds taken in turn, on the wall and of the processor, the ratios, and the peak of the memory of a
process that only exports. Scale 1 is 100,000 records, 10 a million.

XlsxWriter is handed finished cells: the tables with the same formats, widths, heights, lists and
print set-up, and the register. Our time is that of the whole export, from the ledger to the disk;
the second baseline therefore adds what making those cells from records takes the plain way.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from sanyou_desktop.exchange.columns import RowOf, columns_of, sheet_of
from sanyou_desktop.exchange.new_workbook import new_workbook
from sanyou_desktop.exchange.register import in_cells, json_of
from sanyou_desktop.exchange.report_looks import Looks, look_of, write_value
from sanyou_desktop.exchange.report_references import ReferenceTitles
from sanyou_desktop.exchange.report_table import HEADER_ROW, ReportTable
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.exchange.row_height import height_of
from sanyou_desktop.exchange.sheet import Row
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import REPORTED
from tests.benchmarks.year_ledger import make_ledger

EXPORT = """
import sys
from pathlib import Path
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
with Ledger.open(Path(sys.argv[1]), read_only=True) as ledger:
    export_report(ledger, Path(sys.argv[2]))
"""
Cells = dict[str, list[tuple[Row, float, list[str]]]]


def cells_of(ledger: Ledger) -> Cells:
    """Return everything that is written, made from records the plain way."""
    made: Cells = {}
    for kind in REPORTED:
        columns = columns_of(kind)
        row_of = RowOf(columns, {}, ReferenceTitles(ledger, kind))
        made[kind] = [
            (row, height_of(columns, row), list(in_cells(json_of(record))))
            for record in ledger.records(kind)
            for row in [row_of(record)]
        ]
    return made


def by_xlsxwriter(cells: Cells, path: Path) -> None:
    """Write them with XlsxWriter alone, in constant memory."""
    with new_workbook(path) as book:
        looks = Looks(book)
        for kind, rows in cells.items():
            sheet = sheet_of(kind, (), {}, {})
            table = ReportTable(book, looks, sheet)
            page = table._page
            for place, column in enumerate(sheet.columns):
                page.set_column(place, place, column.width)
            table._head("填报单位")
            for at, (row, height, _json) in enumerate(rows, start=HEADER_ROW + 1):
                page.set_row(at, height)
                for place, (column, cell) in enumerate(zip(sheet.columns, row.cells, strict=True)):
                    write_value(page, at, place, cell, looks[look_of(cell, column.style)])
            table._finish(HEADER_ROW + len(rows))
            table._sign(HEADER_ROW + len(rows) + 1, len(rows))
        _register(book.add_worksheet("_meta"), cells)


def _register(page: Any, cells: Cells) -> None:
    at = 0
    for kind, rows in cells.items():
        for number, (row, _height, pieces) in enumerate(rows, start=HEADER_ROW + 2):
            page.write_row(at, 0, [kind, row.id, row.revision, row.hash, kind, number, *pieces])
            at += 1


def least(
    rounds: int, works: Iterable[Callable[[], object]], clock: Callable[[], float]
) -> list[float]:
    """Return the least seconds by ``clock`` of each of ``works``, done in turn."""
    spent: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for work, times in zip(works, spent, strict=True):
            began = clock()
            work()
            times.append(clock() - began)
    return [min(times) for times in spent]


def peak(ledger: Path, out: Path) -> float:
    """Return the most megabytes that a process takes which exports."""
    with subprocess.Popen([sys.executable, "-c", EXPORT, str(ledger), str(out)]) as process:
        seen = psutil.Process(process.pid)
        most = 0
        while process.poll() is None:
            with suppress(psutil.NoSuchProcess, subprocess.TimeoutExpired):
                most = max(most, seen.memory_info().rss)
                process.wait(0.02)
    return most / 1e6


def measure(path: Path, folder: Path, rounds: int) -> None:
    """Print the ratios."""
    out = folder / "上报.xlsx"
    with Ledger.open(path, read_only=True) as ledger:
        cells = cells_of(ledger)
        written = sum(len(row.cells) for rows in cells.values() for row, _height, _json in rows)
        works: list[Callable[[], object]] = [
            lambda: export_report(ledger, out),
            lambda: by_xlsxwriter(cells, folder / "xlsxwriter.xlsx"),
            lambda: cells_of(ledger),
        ]
        clocks = {"wall clock": time.perf_counter, "processor": time.process_time}
        found = {name: least(rounds, works, clock) for name, clock in clocks.items()}
    print(f"{written:,} cells in tables, and the register")
    for name, (ours, writing, making) in found.items():
        print(f"{name}: whole export     {ours:7.2f} s")
        print(f"  XlsxWriter, cells at hand  {writing:7.2f} s, ratio {writing / ours:.2f}")
        print(
            f"  and making the cells       {making:7.2f} s, ratio {(writing + making) / ours:.2f}"
        )
    sizes = [(folder / name).stat().st_size / 1e6 for name in (out.name, "xlsxwriter.xlsx")]
    print(f"file {sizes[0]:.1f} MB against {sizes[1]:.1f} MB")


def main() -> None:
    """Measure and print."""
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 0.2
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "一年.sytz"
        print(f"{make_ledger(path, scale):,} records")
        if rounds:
            measure(path, folder, rounds)
        print(f"peak memory of an export   {peak(path, folder / '峰值.xlsx'):7.1f} MB")


if __name__ == "__main__":
    main()
