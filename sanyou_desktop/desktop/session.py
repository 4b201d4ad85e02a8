"""What every page needs of an open ledger, built once by the application and passed on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sanyou_desktop.desktop.ask import Ask
from sanyou_desktop.desktop.jobs import Jobs
from sanyou_desktop.desktop.operations import Operations
from sanyou_desktop.desktop.preferences import Preferences


@dataclass(frozen=True)
class Session:
    """One open ledger and the ways to work on it.

    Attributes:
        read_only_reason: why nothing can be saved; "" if it can.
    """

    path: Path
    unit_code: str
    unit_name: str
    read_only_reason: str
    jobs: Jobs
    operations: Operations
    ask: Ask
    preferences: Preferences

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be saved."""
        return bool(self.read_only_reason)
