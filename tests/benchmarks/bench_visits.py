"""How long the event loop stands still when a page is visited, against a bare form of lines.

``python -m tests.benchmarks.bench_visits`` opens the sample ledger, goes to every page twice and
prints the longest time in milliseconds that no event was handled. The baseline, in the same run,
is a bare window with as many labelled lines as the largest form, built and shown in one go.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QWidget

from sanyou_desktop.desktop.application import Application
from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.forms.designs import DESIGNS
from sanyou_desktop.desktop.main_window import MainWindow
from sanyou_desktop.desktop.pages.entries import ENTRIES
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.exchange.sample import make_sample

_WATCHED_MS = 800


class Heart:
    """Beats once a millisecond and knows its longest pause."""

    def __init__(self) -> None:
        """Begin to beat."""
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def longest(self, milliseconds: int = _WATCHED_MS) -> float:
        """Return the longest pause, in ms, since the last call and until that time has passed."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        found, self._longest = self._longest, 0.0
        return found * 1000

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


def bare_form(heart: Heart) -> float:
    """Return the pause that a bare form of the largest form's size makes."""
    heart.longest(200)
    window = QWidget()
    layout = QFormLayout(window)
    for number in range(max(len(design.placed()) for design in DESIGNS.values())):
        layout.addRow(str(number), QLineEdit())
    window.show()
    pause = heart.longest()
    window.close()
    return pause


def main() -> None:
    """Measure and print."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "示例.sytz"
        make_sample(ledger)
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        application = Application(app, Preferences(settings), Ask())
        heart = Heart()
        baseline = bare_form(heart)
        application.open(ledger)
        heart.longest(2000)
        window = application.window
        assert isinstance(window, MainWindow)
        print(f"{'':16}{'first':>8}{'again':>8}   ms; bare form {baseline:.1f}")
        keys = [entry.key for entry in ENTRIES if entry.key]
        pauses: dict[str, list[float]] = {key: [] for key in keys}
        for _visit in range(2):
            for key in keys:
                window.go(key)
                pauses[key].append(heart.longest())
        for key, (first, again) in pauses.items():
            print(f"{key:16}{first:8.1f}{again:8.1f}")
        worst = max(max(found) for found in pauses.values())
        print(f"longest {worst:.1f} ms, {worst / baseline:.2f} times the bare form")
        application.close()


if __name__ == "__main__":
    main()
