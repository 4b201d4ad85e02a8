"""From starting the program to rows on the screen, against a bare PySide6 window with a table.

``python -m tests.benchmarks.bench_start [ROUNDS]`` starts three programs in turn, a process each
time: a bare ``QTableView`` on the titles of the sample, read from SQLite (the baseline), ours with
the sample ledger, and ours with 100,000 records. It prints the median milliseconds from the start
of the process to the first painting that shows rows, and the ratios to the baseline. Each program
runs once before it counts, so that its modules are compiled, as on a machine where it is used.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.first_paint import STARTED

ROUNDS = 9
MANY = 100_000

_BARE = """
import sqlite3, sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from tests.benchmarks.first_paint import tell_when_painted

app = QApplication([])
rows = sqlite3.connect(sys.argv[1]).execute("SELECT number, title, status FROM pledge").fetchall()
model = QStandardItemModel(0, 3)
for row in rows:
    model.appendRow([QStandardItem(text) for text in row])
window = QMainWindow()
table = QTableView()
table.setModel(model)
window.setCentralWidget(table)
window.resize(1360, 820)
window.show()
tell_when_painted(app, lambda: table)
app.exec()
"""

_OURS = """
import sys
from sanyou_desktop import start
from tests.benchmarks.first_paint import watch_start

qt_comes = start._spare_reading_sources

def qt_is_there():
    # Not earlier: what the program imports before Qt is part of how it starts.
    qt_comes()
    watch_start()

start._spare_reading_sources = qt_is_there
start.main(sys.argv[1:])
"""


def _once(program: str, ledger: Path) -> float:
    environment = os.environ | {STARTED: str(time.time())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program, str(ledger)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    return float(done.stdout.split()[0])


def main() -> None:
    """Print the medians and the ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from sanyou_desktop.exchange.sample import make_sample
    from tests.benchmarks.bench_list import make_ledger

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        sample, many = Path(folder) / "sample.sytz", Path(folder) / "many.sytz"
        make_sample(sample)
        make_ledger(many, MANY)
        with sqlite3.connect(many) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cases = {
            "bare window with a table": (_BARE, sample),
            "ours, sample ledger": (_OURS, sample),
            f"ours, {MANY:,} records": (_OURS, many),
        }
        spent: dict[str, list[float]] = {name: [] for name in cases}
        for _round in range(rounds + 1):
            for name, (program, ledger) in cases.items():
                spent[name].append(_once(program, ledger))
    medians = {name: statistics.median(found[1:]) for name, found in spent.items()}
    base = medians["bare window with a table"]
    for name, median in medians.items():
        print(f"{name:28} {median:8.0f} ms   x{median / base:.2f}")


if __name__ == "__main__":
    main()
