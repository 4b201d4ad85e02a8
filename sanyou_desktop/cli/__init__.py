"""The commands of the program, for scripts and for machines without a screen.

Exit status: 0 done, 1 refused (the reason on standard error, nothing changed), 2 wrong usage.
"""

from sanyou_desktop.cli.program import COMMANDS, main

__all__ = ["COMMANDS", "main"]
