"""Window or command? Commands must work where Qt does not, so this decides before importing it."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module


def main(argv: list[str] | None = None) -> int:
    """Run the program with the arguments after its name; return the exit status."""
    given = sys.argv[1:] if argv is None else argv
    if not _is_for_the_window(given):
        from sanyou_desktop.cli import main as run_command

        return run_command(given)
    # Imports make much that lives for good and nothing to collect.
    gc.disable()
    # Before Qt: PySide6 reads the source of every module that is imported after it.
    import_module("sanyou_desktop.ledger.ledger")
    from sanyou_desktop.desktop.preflight import explain_what_is_missing

    reason = explain_what_is_missing()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    from sanyou_desktop.desktop.application import run

    gc.freeze()
    gc.enable()
    return run(given[0] if given else "")


def _is_for_the_window(given: list[str]) -> bool:
    """Tell whether nothing or a ledger's path is given, without importing the commands."""
    if len(given) != 1 or given[0].startswith("-"):
        return not given
    if "." in given[0] or os.sep in given[0]:
        return True
    from sanyou_desktop.cli import COMMANDS

    return given[0] not in COMMANDS
