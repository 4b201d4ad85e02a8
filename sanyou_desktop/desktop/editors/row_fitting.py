"""Making the rows of a sheet as high as their text, without holding the window for a long one."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView

# Beyond, measuring takes longer than it helps.
_MOST = 300
# More than are seen at a time, and few enough not to be felt.
_AT_ONCE = 24


class RowFitting(QObject):
    """Measures the first rows at once and the others while nothing else is to be done."""

    def __init__(self, view: QTableView) -> None:
        """Fit the rows of ``view``."""
        super().__init__(view)
        self._view = view
        self._left: deque[int] = deque()
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._next)

    def fit(self, first: int, last: int) -> None:
        """Fit rows ``first`` to ``last``, unless there are too many to measure."""
        if last - first > _MOST:
            return
        at_once = min(last + 1, first + _AT_ONCE)
        for row in range(first, at_once):
            self._view.resizeRowToContents(row)
        if at_once <= last:
            self._left = deque(range(at_once, last + 1))
            self._later.start()

    def reach(self, row: int) -> None:
        """Fit what is left up to a row: rows above it that grow later would move it away."""
        while self._left and self._left[0] <= row:
            self._next()

    def _next(self) -> None:
        for _turn in range(min(_AT_ONCE, len(self._left))):
            row = self._left.popleft()
            if row < self._view.model().rowCount():
                self._view.resizeRowToContents(row)
        if not self._left:
            self._later.stop()
