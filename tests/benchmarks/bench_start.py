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
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Qt is imported where the measured program would import it.
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QTableView

ROUNDS = 9
MANY = 100_000
_STARTED = "SANYOU_BENCH_STARTED"

_BARE = """
import sqlite3, sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from tests.benchmarks.bench_start import tell_when_painted

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
from tests.benchmarks.bench_start import watch_start

watch_start()
from sanyou_desktop.start import main
main(sys.argv[1:])
"""


def tell_when_painted(app: QCoreApplication, find_table: Callable[[], QTableView | None]) -> None:
    """Print the milliseconds since the process was started once the table has painted rows."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                table = find_table()
                if table is not None and watched is table.viewport():
                    app.removeEventFilter(self)
                    # The painting itself comes after this filter.
                    QTimer.singleShot(0, self, self.tell)
            return False

        def tell(self) -> None:
            started = float(os.environ[_STARTED])
            print(round((time.time() - started) * 1000, 1), flush=True)
            app.quit()

    watcher = Watcher(app)
    app.installEventFilter(watcher)


def watch_start() -> None:
    """Have the real program tell when its list has painted rows."""
    from PySide6.QtWidgets import QApplication, QTableView

    run = QApplication.exec

    def table() -> QTableView | None:
        for window in QApplication.topLevelWidgets():
            for found in window.findChildren(QTableView):
                if found.isVisible() and found.model() is not None and found.model().rowCount():
                    return found
        return None

    def watched(app: QApplication) -> int:
        tell_when_painted(app, table)
        return run()

    setattr(QApplication, "exec", watched)  # noqa: B010 - assigning to a method has no type


def _once(program: str, ledger: Path) -> float:
    environment = os.environ | {_STARTED: str(time.time())}
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
