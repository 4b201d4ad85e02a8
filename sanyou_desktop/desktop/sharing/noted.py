"""Noting in the log of the ledger what left it."""

from __future__ import annotations

from pathlib import Path

from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.wording import _


def noted(source: Path, outgoing: Outgoing) -> str:
    """Note in the log what went out, at once and in this thread; return what the user is told."""
    return outgoing.result + unnoted(source, outgoing)


def unnoted(source: Path, outgoing: Outgoing) -> str:
    """Note in the log what went out; return what to add to what is told, "" where it is noted."""
    from sanyou_desktop.ledger.exports import note_beside

    reason = note_beside(source, outgoing)
    return _("但没有记入导出登记：{reason}").format(reason=reason) if reason else ""
