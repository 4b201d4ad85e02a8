"""Telling when a table has painted rows; imports nothing that the program measured does not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Qt is imported where the measured program would import it.
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QApplication, QTableView

STARTED = "SANYOU_BENCH_STARTED"
_LOOK_MS = 3


def tell_when_painted(app: QCoreApplication, find_table: Callable[[], QTableView | None]) -> None:
    """Print the milliseconds since the process was started once the table has painted rows.

    It is looked for every few milliseconds until it has rows, and only its own painting is
    listened to: a filter on the whole program would slow down whichever has more widgets.
    """
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watcher(QObject):
        def look(self) -> None:
            table = find_table()
            if table is not None:
                looking.stop()
                table.viewport().installEventFilter(self)
                # In case that it was painted before it was found.
                table.viewport().update()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                # The painting itself comes after this filter.
                QTimer.singleShot(0, self, self.tell)
            return False

        def tell(self) -> None:
            started = float(os.environ[STARTED])
            print(round((time.time() - started) * 1000, 1), flush=True)
            app.quit()

    watcher = Watcher(app)
    looking = QTimer(watcher)
    looking.timeout.connect(watcher.look)
    looking.start(_LOOK_MS)
    watcher.look()


def watch_start() -> None:
    """Have the real program tell when its list has painted rows."""
    from PySide6.QtWidgets import QApplication, QTableView

    run = QApplication.exec

    seen: list[QTableView] = []

    def table() -> QTableView | None:
        # Looking through all widgets takes a millisecond, so it is done once.
        if not seen:
            windows = [item for item in QApplication.topLevelWidgets() if item.isVisible()]
            seen.extend(found for window in windows for found in window.findChildren(QTableView))
        return next((item for item in seen if item.isVisible() and item.model().rowCount()), None)

    def watched(app: QApplication) -> int:
        tell_when_painted(app, table)
        return run()

    setattr(QApplication, "exec", watched)  # noqa: B010 - assigning to a method has no type
