"""From a file's path to a session; the part that may take long touches no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.preferences import Preferences
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.ledger.ledger import Ledger


@dataclass(frozen=True)
class OpenLedger:
    """The two connections of a session, and what the window says about the ledger."""

    path: Path
    writer: Ledger
    reader: Ledger
    unit_name: str

    def close(self) -> None:
        """Close both, if no session is to be made of them."""
        self.reader.close()
        self.writer.close()


def open_ledger(path: Path) -> OpenLedger:
    """Open a ledger for writing, if that may be, and for reading.

    Raises:
        LedgerError: it cannot be opened; nothing was changed.
    """
    writer = Ledger.open(path)
    try:
        reader = Ledger.open(path, read_only=True)
    except BaseException:
        writer.close()
        raise
    try:
        return OpenLedger(path, writer, reader, reader.own_unit().name)
    except BaseException:
        reader.close()
        writer.close()
        raise


def session_of(opened: OpenLedger, ask: Ask, preferences: Preferences) -> Session:
    """Return the session of an open ledger, on the GUI thread."""
    jobs = Jobs(opened.writer, opened.reader)
    return Session(
        path=opened.path,
        unit_code=opened.writer.unit,
        unit_name=opened.unit_name,
        read_only_reason=opened.writer.read_only_reason,
        jobs=jobs,
        operations=Operations(jobs),
        ask=ask,
        preferences=preferences,
    )
