"""The summary document made in a process of its own, so that the window's stays free.

A ledger's records in memory are so many objects that clearing them up holds Python's lock for a
quarter of a second, and looking for fonts does for 0.1 s. The child opens the ledger for reading by
itself. It speaks in lines of JSON: how far it is, at least ten times a second, and how it ended.
The end of its input tells it to stop: at once while it reads or sets the pages, which Typst does in
one piece; once it writes the file, that is finished and told.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from sanyou_desktop.exchange.errors import CannotWrite, ExchangeError
from sanyou_desktop.exchange.safe_write import has_begun_writing
from sanyou_desktop.exchange.summary_result import Looked, Report
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.wording import SOURCE_LANGUAGE, use_language

Progress = Callable[[int, int], None]

_BEAT_S = 0.1
_PATIENCE_S = 5.0
_NO_CONSOLE = 0x08000000


@dataclass(frozen=True)
class Asked:
    """What the child is to do; without ``out`` the pages are only looked at."""

    source: str
    first: str
    last: str
    out: str = ""
    template: str = ""
    language: str = SOURCE_LANGUAGE


class _Enough(Exception):
    """The user does not want it any more."""


def write_apart(asked: Asked, progress: Progress) -> Report:
    """Do what ``write_report`` does; ``progress`` may raise to stop it, if it is not too late.

    Raises:
        ExchangeError: as there; nothing was written.
        RuntimeError: the child broke off, with what it said.
    """
    found = _answer(asked, progress)
    return Report(
        found["records"],
        tuple(found["remarks"]),
        tuple((record, revision) for record, revision in found["sources"]),
    )


def look_apart(asked: Asked, progress: Progress) -> Looked:
    """Do what ``look_at`` does; ``progress`` may raise to stop it.

    Raises:
        ExchangeError, RuntimeError: as above.
    """
    found = _answer(asked, progress)
    return Looked(base64.b64decode(found["pdf"]), tuple(found["remarks"]))


def _answer(asked: Asked, progress: Progress) -> dict[str, Any]:
    with _child() as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(asdict(asked)).encode() + b"\n")
        child.stdin.flush()
        for line in child.stdout:
            told: dict[str, Any] = json.loads(line)
            if "step" in told:
                try:
                    progress(*told["step"])
                except BaseException:
                    finished = _stopped(child)
                    # It was too late: the file is there.
                    if asked.out and finished:
                        return finished
                    raise
            elif "refused" in told:
                raise CannotWrite(told["refused"])
            else:
                return told
        assert child.stderr is not None
        raise RuntimeError(child.stderr.read().decode("utf-8", "replace")[-2000:])


def _stopped(child: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Tell the child to stop and wait until it is gone; return what it had finished, or nothing."""
    assert child.stdin is not None
    assert child.stdout is not None
    with suppress(OSError):
        child.stdin.close()
    patience = threading.Timer(_PATIENCE_S, child.kill)
    patience.start()
    finished: dict[str, Any] = {}
    try:
        # Read to the end: a child that nobody listens to waits for its pipe.
        for line in child.stdout:
            # What was killed may have ended in the middle of a line.
            told = json.loads(line) if line.endswith(b"\n") else {}
            if "step" not in told and "refused" not in told:
                finished = told
    finally:
        patience.cancel()
    return finished


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """Yield the child, which is gone afterwards, however it ends."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-m", "sanyou_desktop.exchange.summary_apart"],
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env=_environment(),
        creationflags=_NO_CONSOLE if sys.platform == "win32" else 0,
    ) as child:
        try:
            yield child
        finally:
            # Its own way out removes what it has half written; only then is it ended.
            _stopped(child)
            child.kill()


def _environment() -> dict[str, str]:
    """Return this process's environment, in which the child finds the same program."""
    here = str(Path(__file__).parents[2])
    known = os.environ.get("PYTHONPATH")
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (here, known)))}


class _Teller:
    """The child's side: tells how far it is, and stops when the parent's side closes."""

    def __init__(self, out: IO[bytes], leave: Callable[[int], object] = os._exit) -> None:
        self._out, self._leave = out, leave
        self._writing = threading.Lock()
        self._stop, self._over = threading.Event(), threading.Event()
        self._last = (0, 1)

    def step(self, done: int, total: int) -> None:
        """Keep how far it is for the next beat.

        Raises:
            _Enough: the parent does not want it any more.
        """
        self._last = (done, total)
        if self._stop.is_set():
            raise _Enough

    def tell(self, **told: Any) -> None:  # noqa: ANN401 - JSON
        """Write one line."""
        line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
        # With nobody listening there is nobody to tell.
        with self._writing, suppress(OSError):
            self._out.write(line)
            self._out.flush()

    def beat(self) -> None:
        """Tell how far it is, until it is over."""
        while not self._over.wait(_BEAT_S):
            self.tell(step=self._last)

    def listen(self, source: IO[bytes]) -> None:
        """Wait for the parent's side to close, and leave if nothing is half written."""
        source.read()
        self._stop.set()
        if not has_begun_writing():
            self._leave(0)

    def end(self) -> None:
        """No more beats."""
        self._over.set()


def main() -> int:
    """Do what one line on standard input asks."""
    asked = Asked(**json.loads(sys.stdin.buffer.readline()))
    use_language(asked.language)
    teller = _Teller(sys.stdout.buffer)
    for work in (teller.beat, lambda: teller.listen(sys.stdin.buffer)):
        threading.Thread(target=work, daemon=True).start()
    try:
        found = _done(asked, teller.step)
    except (ExchangeError, LedgerError) as refusal:
        found = {"refused": str(refusal)}
    except _Enough:
        found = {}
    teller.end()
    teller.tell(**found)
    # The thread that listens may hold the input's lock, on which a usual way out would wait.
    os._exit(0)


def _done(asked: Asked, progress: Progress) -> dict[str, Any]:
    # Only the child needs them; the window's process is to stay light.
    from sanyou_desktop.exchange.summary_report import look_at, write_report
    from sanyou_desktop.ledger.ledger import Ledger

    with Ledger.open(Path(asked.source), read_only=True) as ledger:
        if not asked.out:
            looked = look_at(ledger, asked.first, asked.last, progress=progress)
            pdf = base64.b64encode(looked.pdf).decode()
            return {"pdf": pdf, "remarks": looked.remarks}
        written = write_report(
            ledger,
            Path(asked.out),
            asked.first,
            asked.last,
            template=Path(asked.template) if asked.template else None,
            progress=progress,
        )
        return {
            "records": written.records,
            "remarks": written.remarks,
            "sources": written.sources,
        }


if __name__ == "__main__":
    sys.exit(main())
