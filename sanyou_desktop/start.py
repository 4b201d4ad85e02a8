"""Window or command? Commands must work where Qt does not, so this decides before importing it."""

from __future__ import annotations

import gc
import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program with the arguments after its name; return the exit status."""
    given = sys.argv[1:] if argv is None else argv
    from sanyou_desktop.cli import COMMANDS

    if given and (given[0] in COMMANDS or given[0].startswith("-") or len(given) > 1):
        from sanyou_desktop.cli import main as run_command

        return run_command(given)
    from sanyou_desktop.desktop.preflight import explain_what_is_missing

    reason = explain_what_is_missing()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    # Imports make much that lives for good and nothing to collect.
    gc.disable()
    from sanyou_desktop.desktop.application import run

    gc.freeze()
    gc.enable()
    return run(given[0] if given else "")
