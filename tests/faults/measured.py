"""What a command costs: seconds and memory of a child process, by the system's own account."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_MAIN = Path(__file__).parents[2] / "main.py"
# Of a process that never ends: longer than the bar, so that it shows as missed.
_LONGEST = 40
# A process begins with the memory of the one that starts it, by the system's account: so a small
# one starts it, and tells what it took.
_STARTER = """
import json, os, subprocess, sys, time
started = time.monotonic()
child = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
os.set_blocking(child.stderr.fileno(), False)
told = b""
pid = 0
while not pid:
    if time.monotonic() - started > float(sys.argv[1]):
        child.kill()
    time.sleep(0.02)
    told += child.stderr.read() or b""
    pid, status, used = os.wait4(child.pid, os.WNOHANG)
told += child.stderr.read() or b""
# Where other things run as well, the clock tells of them too, the processor of this alone; but of
# one that waits for something the processor tells nothing.
clock, processor = time.monotonic() - started, used.ru_utime + used.ru_stime
seconds = min(clock, processor) if processor > clock / 4 else clock
print(json.dumps([os.waitstatus_to_exitcode(status), seconds,
                  used.ru_maxrss / 1024, told.decode("utf-8", "replace").strip()]))
"""


@dataclass(frozen=True)
class Cost:
    """How a command ended, and what it took; ``megabytes`` is its memory at its highest."""

    status: int
    seconds: float
    megabytes: float
    told: str


def cost_of(*arguments: str | Path) -> Cost:
    """Run a command of the program and return what it cost."""
    command = [sys.executable, str(_MAIN), *map(str, arguments)]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _STARTER, str(_LONGEST), *command],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    return Cost(*json.loads(done.stdout))
