"""Running the program as a script does: a process of its own, bytes in, bytes out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MAIN = Path(__file__).parents[2] / "main.py"
# Nothing that would make Python speak UTF-8 by itself.
_SPEAKING = ("PYTHONIOENCODING", "PYTHONUTF8", "LANG", "LC_ALL", "LC_CTYPE")


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    def lines(self) -> list[str]:
        return self.out.splitlines()

    def records(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.lines()]

    def refused(self) -> str:
        """Return the one line of the reason of a refusal that printed nothing else."""
        assert self.status == 1, self
        assert "Traceback" not in self.err
        (line,) = self.err.splitlines()
        return line


def environment(**given: str) -> dict[str, str]:
    """Return this process's environment without what settles the language, and with ``given``."""
    kept = {name: value for name, value in os.environ.items() if name not in _SPEAKING}
    return kept | given


def run(*arguments: object, given: bytes | str = b"", **variables: str) -> Done:
    """Run a command to its end."""
    typed = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        [sys.executable, str(MAIN), *map(str, arguments)],
        input=typed,
        capture_output=True,
        env=environment(**variables),
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def start(*arguments: object) -> subprocess.Popen[bytes]:
    """Start a command and leave it running, with pipes at both its ends."""
    pipe = subprocess.PIPE
    command = [sys.executable, str(MAIN), *map(str, arguments)]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment())


def line(**given: object) -> str:
    """Return a JSON line."""
    return json.dumps(given, ensure_ascii=False) + "\n"
