"""Window or command? Commands must work where Qt does not, so this decides before importing it."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any

# For so long a thread in the background may keep the window waiting each time Qt comes back to
# Python, which it does hundreds of times while a dialog is built: with 1 ms that took 0.23 s beside
# a table that was being compared, with Python's own 5 ms up to 0.7 s, and with this some 0.05 s.
SWITCH_SECONDS = 0.0002
# What a shell reports of a program that Ctrl+C ended.
INTERRUPTED = 130
_USES_NO_PYSIDE = -1
_ASKED = "_mod_uses_pyside"


def main(argv: list[str] | None = None) -> int:
    """Run the program with the arguments after its name; return the exit status."""
    given = sys.argv[1:] if argv is None else argv
    if not _is_for_the_window(given):
        return _run_command(given)
    # Imports make much that lives for good and nothing to collect.
    gc.disable()
    # Before Qt: PySide6 reads the source of every module that is imported after it.
    import_module("sanyou_desktop.ledger.ledger")
    from sanyou_desktop.desktop.preflight import explain_what_is_missing

    reason = explain_what_is_missing()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    _spare_reading_sources()
    from sanyou_desktop.desktop.application import run

    gc.freeze()
    gc.enable()
    sys.setswitchinterval(SWITCH_SECONDS)
    return run(given[0] if given else "")


def _run_command(given: list[str]) -> int:
    try:
        from sanyou_desktop.cli import main as run_command

        return run_command(given)
    except KeyboardInterrupt:
        # Ctrl+C while the commands were being imported; once they run they see to it themselves.
        return INTERRUPTED


def _spare_reading_sources() -> None:
    """Tell PySide6 that no module which was there before it uses it.

    Else it reads the source of every module that it sees imported, to find that out: a tenth of
    the time to start. Where a release keeps no such list, it reads on.
    """
    import_module("PySide6.QtCore")
    feature: Any = sys.modules.get("shibokensupport.feature")
    known = getattr(feature, "pyside_feature_dict", None)
    if isinstance(known, dict):
        for name in list(sys.modules):
            known.setdefault(name, _USES_NO_PYSIDE)
    if hasattr(feature, _ASKED):
        # Those that come later may use it, but none of them chooses other names for Qt's methods.
        setattr(feature, _ASKED, lambda _module: True)


def _is_for_the_window(given: list[str]) -> bool:
    """Tell whether nothing or a ledger's path is given, without importing the commands."""
    if len(given) != 1 or given[0].startswith("-"):
        return not given
    if "." in given[0] or os.sep in given[0]:
        return True
    from sanyou_desktop.cli import COMMANDS

    return given[0] not in COMMANDS
