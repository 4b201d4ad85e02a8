"""The ways by which a table comes to a list: dropped as a file, or pasted as cells."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.lists.record_table import RecordTable
from sanyou_desktop.model.kinds import REPORTED

_ENTERING = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


def accept_tables(kind: str, table: RecordTable, place: Place) -> None:
    """Let files be dropped on a list and cells be pasted into it, where records are imported."""
    if kind in REPORTED and not place.session.read_only:
        _Entrances(kind, table, place)


class _Entrances(QObject):
    """Watches one list for what is dropped on it."""

    def __init__(self, kind: str, table: RecordTable, place: Place) -> None:
        super().__init__(table)
        self._kind = kind
        self._place = place
        table.setAcceptDrops(True)
        table.viewport().setAcceptDrops(True)
        table.viewport().installEventFilter(self)
        table.paste_wanted.connect(self._pasted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that are dropped; everything else is the list's own."""
        if event.type() not in (*_ENTERING, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            from sanyou_desktop.desktop.intake.flow import look_at_file

            look_at_file(self._place, self._kind, paths[0])
        return True

    def _pasted(self) -> None:
        from sanyou_desktop.desktop.intake.flow import look_at_clipboard

        look_at_clipboard(self._place, self._kind)
