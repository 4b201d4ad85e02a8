"""A whole window has to wait for one thing: says for what, and lets it be called off."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sanyou_desktop.desktop.theme.tokens import SPACE_6
from sanyou_desktop.desktop.widgets.progress_strip import ProgressStrip
from sanyou_desktop.wording import _

_PATIENCE_MS = 400
_WIDTH = 560


class Waiting(QDialog):
    """Takes no input for its window from the start, but shows itself only if it takes long.

    Signals:
        stopped: the user does not want to wait any longer.
    """

    stopped = Signal()

    def __init__(self, title: str, window: QWidget | None, *, can_stop: bool) -> None:
        """Wait for what ``title`` names, before ``window`` is shown or over it."""
        super().__init__(window)
        self._window = window
        self.was_stopped = False
        self.setWindowTitle(_("三优台账"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(_WIDTH)
        self.strip = ProgressStrip()
        self.strip.begin(title)
        self.strip.cancel.setVisible(can_stop)
        self.strip.cancelled.connect(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.addWidget(self.strip)
        if window is not None:
            window.setEnabled(False)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._appear)
        self._patience.start()

    def stop(self) -> None:
        """Ask for it to be called off; it ends when that is done."""
        if not self.was_stopped:
            self.was_stopped = True
            self.strip.cancel.setEnabled(False)
            self.strip.text.setText(_("正在停下来…"))
            self.stopped.emit()

    def end(self) -> None:
        """It is over."""
        self._patience.stop()
        self.strip.end()
        if self._window is not None:
            self._window.setEnabled(True)
        self.hide()
        self.deleteLater()

    def _appear(self) -> None:
        self.strip.show()
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc for a wish to stop, not for an order to hide."""
        if event.key() == Qt.Key.Key_Escape:
            self._wish_to_stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Likewise the button in the corner."""
        event.ignore()
        self._wish_to_stop()

    def _wish_to_stop(self) -> None:
        if not self.strip.cancel.isHidden():
            self.stop()
