"""The binding to Qt that is installed does not wear out what every program needs.

PySide6 6.12.0 drops a reference to ``True`` with every signal and one to ``None`` with every
value that is missing. Before Python 3.12 that ends, some thousand signals later, in an abort.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

TIMES = 2000
CONSTANTS = (True, False, None)


class Sender(QObject):
    plain = Signal()
    carrying = Signal(object)
    queued = Signal(object)


def _emit(sender: Sender) -> None:
    sender.plain.emit()


def _carry(sender: Sender) -> None:
    sender.carrying.emit(sender)


def _queue(sender: Sender) -> None:
    sender.queued.emit(None)
    QCoreApplication.sendPostedEvents(sender)


def _read_nothing(sender: Sender) -> None:
    sender.property("nothing")


def _send(sender: Sender) -> None:
    QCoreApplication.sendEvent(sender, QEvent(QEvent.Type.User))


def _make_timer(sender: Sender) -> None:
    QTimer(singleShot=True, interval=5)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("work", [_emit, _carry, _queue, _read_nothing, _send, _make_timer])
def test_constants_are_not_worn_out(work: Callable[[Sender], None]) -> None:
    sender = Sender()
    sender.plain.connect(lambda: None)
    sender.carrying.connect(lambda _given: True)
    sender.queued.connect(lambda _given: None, Qt.ConnectionType.QueuedConnection)
    work(sender)
    before = [sys.getrefcount(constant) for constant in CONSTANTS]
    for _ in range(TIMES):
        work(sender)
    lost = [
        old - sys.getrefcount(constant) for old, constant in zip(before, CONSTANTS, strict=True)
    ]
    assert all(number < TIMES / 2 for number in lost), lost
