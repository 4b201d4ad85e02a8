"""One window a ledger: a second start brings the first window to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 300
_WORD = b"show"


class SingleInstance(QObject):
    """Listens under the ledger's name; ``called`` when a second start asked for the window."""

    called = Signal()

    def __init__(self, ledger: Path, parent: QObject | None = None) -> None:
        """Prepare for a ledger; ``claim`` takes its name."""
        super().__init__(parent)
        known = hashlib.sha256(str(ledger.resolve()).encode()).hexdigest()[:24]
        self._name = f"sanyou-{known}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def is_open_elsewhere(self) -> bool:
        """Tell whether another window has the ledger; if so it was asked to come to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_WORD)
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def claim(self) -> None:
        """Answer for the ledger from now on."""
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def release(self) -> None:
        """Stop answering."""
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        self.called.emit()
