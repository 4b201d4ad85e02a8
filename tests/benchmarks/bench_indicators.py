"""All indicators of a year on 100,000 records against the single bare aggregate, in one run.

``python -m tests.benchmarks.bench_indicators [SCALE]`` prints milliseconds (the least of several
rounds, the two taken in turn, because a busy machine only ever adds), then the ratio, and how long
the event loop stood still while the page 指标 was loading, drawn first and asked again.

The baseline is one statement without any rule: of each kind, COUNT(*) and SUM(revision) of its
living records GROUP BY month and status. A second one adds what the indicators count too: the
rows inside the records (checklist items, entries of fulfilment, rounds), counted by the same
months. The indicators are 21 numbers of the year, the period before and the year before.
"""

from __future__ import annotations

import gc
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from sanyou_desktop.desktop.application import Application
from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.indicators import IndicatorsPage
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.indicators import readings
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.periods import Period
from sanyou_desktop.start import SWITCH_SECONDS
from tests.benchmarks.bench_visits import Heart
from tests.benchmarks.year_ledger import YEAR, make_ledger

ROUNDS = 9
_INSIDE = (("inspection", "items"), ("pledge", "fulfilments"), ("finding", "rounds"))


def bare() -> str:
    """Return the bare aggregate over the records."""
    return " UNION ALL ".join(
        f"SELECT '{kind}', substr({kind_of(kind).record.occurred}, 1, 7), status, count(*), "
        f"sum(revision) FROM {kind} WHERE deleted_at = '' GROUP BY 2, 3"
        for kind in REPORTED
    )


def bare_with_rows() -> str:
    """Return the same, and the rows inside the records counted by month."""
    inside = (
        f"SELECT '{kind}', substr({kind_of(kind).record.occurred}, 1, 7), '', count(*), "
        f"sum(length(row.value)) FROM {kind}, json_each({rows}) AS row "
        "WHERE deleted_at = '' GROUP BY 2"
        for kind, rows in _INSIDE
    )
    return " UNION ALL ".join([bare(), *inside])


def least(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Return the least milliseconds of each of ``works``, done in turn."""
    spent: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for work, times in zip(works, spent, strict=True):
            began = time.perf_counter()
            work()
            times.append((time.perf_counter() - began) * 1000)
    return [min(times) for times in spent]


def measure(path: Path) -> None:
    """Print the ratios."""
    today = date(YEAR, 11, 24)
    year = Period.of("year", today)
    asked = [found for found in (year, year.before(), year.year_before()) if found]

    def indicators() -> None:
        readings(*ledger.tallies(asked, today, Scope())[""])

    # As the program does when it has started: what was imported is not looked through again.
    gc.collect()
    gc.freeze()
    with Ledger.open(path, read_only=True) as ledger, closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA cache_size = -16000")
        records, rows, ours = least(
            ROUNDS,
            lambda: conn.execute(bare()).fetchall(),
            lambda: conn.execute(bare_with_rows()).fetchall(),
            indicators,
        )
    print(f"indicators of a year {ours:8.1f} ms")
    print(f"bare aggregate       {records:8.1f} ms, ratio {ours / records:.2f}")
    print(f"bare, with its rows  {rows:8.1f} ms, ratio {ours / rows:.2f}")


def visit(path: Path, folder: Path) -> None:
    """Print how long the event loop stands still while the page loads."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    application = Application(app, Preferences(settings), Ask())
    application.open(path)
    heart = Heart()
    heart.longest(3000)
    window = application.window
    assert isinstance(window, MainWindow)
    window.go("indicators")
    print(f"event loop held: page   {heart.longest(3000):6.1f} ms")
    page = window.page("indicators")
    assert isinstance(page, IndicatorsPage)
    page.refresh()
    print(f"                 again  {heart.longest(3000):6.1f} ms")
    for at, name in ((1, "plots"), (2, "cover")):
        page.views.button(at).click()
        print(f"                 {name}  {heart.longest(4000):6.1f} ms")
    application.close()


def main() -> None:
    """Measure and print."""
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "一年.sytz"
        print(f"{make_ledger(path, scale):,} records")
        measure(path)
        visit(path, Path(folder))


if __name__ == "__main__":
    main()
