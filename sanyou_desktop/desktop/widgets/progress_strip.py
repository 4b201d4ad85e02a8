"""What a longer job is doing: shown after a second, with count, time left and cancel."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_3
from sanyou_desktop.wording import _

_PATIENCE_MS = 1000


class ProgressStrip(QWidget):
    """Under a second nothing flashes."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.text = text_label("", "muted")
        self.bar = QProgressBar(textVisible=False)
        self.cancel = button(_("取消"), self.cancelled.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addWidget(self.text)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self._title = ""
        self._began = 0.0
        self.hide()

    def begin(self, title: str) -> None:
        """Start waiting for a job; the strip appears only if it takes long."""
        self._title, self._began = title, time.monotonic()
        self.bar.setRange(0, 0)
        self.text.setText(title)
        self._patience.start()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Show how far the job is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        parts = [what or self._title, _("{done:,} / {total:,}").format(done=done, total=total)]
        left = self._seconds_left(done, total)
        if left > 1:
            parts.append(_("约剩 {seconds} 秒").format(seconds=left))
        self.text.setText(" · ".join(parts))

    def end(self) -> None:
        """The job is over."""
        self._patience.stop()
        self.hide()

    def _seconds_left(self, done: int, total: int) -> int:
        spent = time.monotonic() - self._began
        return round(spent / done * (total - done)) if done and spent > 1 else 0
