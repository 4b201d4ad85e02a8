"""The register of actions.

To add one: a line in the file of its topic, e.g. ``record.py``; its menu, shortcut, palette entry
and help follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanyou_desktop.desktop.main_window import MainWindow


@dataclass(frozen=True)
class Action:
    """One thing the user can do.

    Attributes:
        id: stable name.
        text: the menu's words (``N_``).
        menu: the title of its menu (``N_``); a blank text in a menu is a divider.
        run: gets the window.
        shortcut: in Qt's portable form.
        writes: it changes records, and is off for a ledger that is read-only.
    """

    id: str
    text: str
    menu: str
    run: Callable[[MainWindow], object]
    shortcut: str = ""
    writes: bool = False
