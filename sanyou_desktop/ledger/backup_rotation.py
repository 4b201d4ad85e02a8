"""The backups that are made by themselves, and which of them are kept.

They lie in ``<ledger> 备份`` beside the ledger, so that they are found where the ledger is and
travel with it; a copy on another disk is what ``back_up`` to a chosen file is for. Kept are the
last of each of the newest 7 days, 4 weeks and 12 months that have a backup: counted by backups
rather than by the calendar, so that a long absence deletes nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sanyou_desktop.ledger.backup import back_up, put_away
from sanyou_desktop.ledger.connection import connect
from sanyou_desktop.ledger.errors import LedgerError, known_errors
from sanyou_desktop.ledger.replacing import UNFINISHED, known_file_errors

DAYS, WEEKS, MONTHS = 7, 4, 12

# Not translated: the same backups belong to the ledger in whatever language it is opened.
_FOLDER = " 备份"
_FORM = "%Y%m%d-%H%M%S"
_STAMP = re.compile(r"(.+) (\d{8}-\d{6})(\.[^.]*)?")
_ABANDONED_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class KeptBackup:
    """A backup in the folder, and the moment (local time) in its name."""

    path: Path
    at: datetime


def folder_of(ledger_path: Path) -> Path:
    """Return where the backups of a ledger lie."""
    return ledger_path.with_name(f"{ledger_path.stem}{_FOLDER}")


def ledger_of(backup: Path) -> Path:
    """Return where the ledger lies that a backup in the folder was made of; else its own name."""
    match = _STAMP.fullmatch(backup.name)
    if match is None:
        return backup
    ledger_path = backup.parent.with_name(match[1] + (match[3] or ""))
    return ledger_path if folder_of(ledger_path) == backup.parent else backup


def daily(
    ledger_path: Path, folder: Path | None = None, now: datetime | None = None
) -> Path | None:
    """Make today's backup if there is none yet, and let old ones go; return it, None if not made.

    Raises:
        LedgerError: it cannot be made; the earlier backups stay.
    """
    now, folder = now or datetime.now(), folder or folder_of(ledger_path)
    if any(kept.at.date() == now.date() for kept in backups(ledger_path, folder)):
        return None
    return _make(ledger_path, folder, now)


def at_close(
    ledger_path: Path, folder: Path | None = None, now: datetime | None = None
) -> Path | None:
    """Make a backup unless nothing was saved since the last one; return it, None if not made.

    Raises:
        LedgerError: it cannot be made; the earlier backups stay.
    """
    now, folder = now or datetime.now(), folder or folder_of(ledger_path)
    found = backups(ledger_path, folder)
    try:
        if found and _last_change(found[0].path) == _last_change(ledger_path):
            return None
        return _make(ledger_path, folder, now)
    finally:
        put_away(ledger_path)


def backups(ledger_path: Path, folder: Path | None = None) -> list[KeptBackup]:
    """Return the backups of a ledger, newest first; other files in the folder are none."""
    folder = folder or folder_of(ledger_path)
    with known_file_errors(folder):
        if not folder.is_dir():
            return []
        found = [_kept(path) for path in folder.iterdir() if _is_of(path, ledger_path)]
    return sorted((kept for kept in found if kept), key=lambda kept: kept.at, reverse=True)


def rotate(ledger_path: Path, folder: Path | None = None) -> list[Path]:
    """Delete the backups that need not be kept, and what killed programs left; return those."""
    folder = folder or folder_of(ledger_path)
    found = backups(ledger_path, folder)
    kept = to_keep([backup.at for backup in found])
    gone = [backup.path for backup in found if backup.at not in kept]
    with known_file_errors(folder):
        for path in (*gone, *_abandoned(folder)):
            path.unlink(missing_ok=True)
    return gone


def to_keep(moments: list[datetime]) -> set[datetime]:
    """Return the moments kept: the last of each of the newest 7 days, 4 weeks, 12 months."""
    kept: set[datetime] = set()
    rules: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for count, period in rules:
        last: dict[object, datetime] = {}
        for at in sorted(moments, reverse=True):
            last.setdefault(period(at), at)
        kept.update(list(last.values())[:count])
    return kept


def _make(ledger_path: Path, folder: Path, now: datetime) -> Path:
    with known_file_errors(folder):
        folder.mkdir(exist_ok=True)
    target = folder / f"{ledger_path.stem} {now.strftime(_FORM)}{ledger_path.suffix}"
    back_up(ledger_path, target)
    rotate(ledger_path, folder)
    return target


def _kept(path: Path) -> KeptBackup | None:
    match = _STAMP.fullmatch(path.name)
    if match is None:
        return None
    try:
        return KeptBackup(path, datetime.strptime(match[2], _FORM))
    except ValueError:
        return None


def _is_of(path: Path, ledger_path: Path) -> bool:
    match = _STAMP.fullmatch(path.name)
    return (
        match is not None
        and match[1] == ledger_path.stem
        and (match[3] or "") == ledger_path.suffix
        and path.is_file()
    )


def _last_change(path: Path) -> str | None:
    """Return the end of the history chain, which every save moves; None if it cannot be read."""
    try:
        with closing(connect(path, read_only=True)) as conn, known_errors():
            row = conn.execute("SELECT hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    except LedgerError:
        return None
    return str(row[0]) if row else ""


def _abandoned(folder: Path) -> list[Path]:
    """Return unfinished files that no running program can still be writing."""
    before = time.time() - _ABANDONED_SECONDS
    return [path for path in folder.glob(f".*{UNFINISHED}*") if path.stat().st_mtime < before]
