"""Many units that share by the command, some of them killed, while somebody looks at the file.

``python -m tests.exchange.shared.killed_writers [WRITERS EXPORTS]``, by default 16 and 20, says how
many exports were killed, whether the workbook and the version beside it were whole whenever they
were looked at, and whether every row is there once and as its ledger has it. Each writer's last
export is left alone: what a killed one did not bring comes with the next.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from tests.exchange.shared.foreign import OTHERS, make_foreign
from tests.exchange.shared.many_writers import Line, lines_of
from tests.exchange.shared.readers import shown
from tests.exchange.shared.units import SHEET

ROOT = Path(__file__).parents[3]
# A third of the exports, at any moment of the seconds that one takes.
_KILLED = 0.35
_WITHIN_SECONDS = (0.2, 2.0)
_LOOK_EVERY_SECONDS = 0.05


@dataclass
class Ran:
    """What is to be in the workbook and what is; how many exports died; what was wrong."""

    expected: Counter[Line] = field(default_factory=Counter)
    found: Counter[Line] = field(default_factory=Counter)
    killed: int = 0
    looks: int = 0
    wrong: list[str] = field(default_factory=list)


def run(writers: int, exports: int, folder: Path) -> Ran:
    """Let all writers begin on one foreign workbook at once, and read it when they are done."""
    shared = folder / "共享文件夹"
    shared.mkdir()
    path = shared / "三优共享.xlsx"
    make_foreign(path)
    ran, ended = Ran(), Event()
    watcher = Thread(target=_watch, args=(path, ran, ended))
    watcher.start()
    try:
        with ThreadPoolExecutor(writers) as pool:
            work = [
                pool.submit(_write, number, exports, path, folder, ran) for number in range(writers)
            ]
            for done in work:
                done.result()
    finally:
        ended.set()
        watcher.join()
    ran.expected = Counter(line for n in range(writers) for line in lines_of(folder / f"{n}.sytz"))
    rows = shown(path, SHEET)
    if [row["标题"] for row in rows if row["标题"] in OTHERS] != list(OTHERS):
        ran.wrong.append("rows of others")
    ran.found = Counter(
        (row["所属单位代码"], row["记录标识"], row["标题"], row["上报状态"])
        for row in rows
        if row["标题"] not in OTHERS
    )
    return ran


def _write(number: int, exports: int, path: Path, folder: Path, ran: Ran) -> None:
    """Add a record before every export."""
    chance, ledger = random.Random(number), folder / f"{number}.sytz"
    _command("new", ledger, "--unit", f"第 {number} 个单位", "--code", f"3503{number:02}")
    for turn in range(exports):
        _command("add", ledger, "finding", given=json.dumps({"title": f"{number}-{turn}"}))
        is_killed = turn < exports - 1 and chance.random() < _KILLED
        process = _started("share", ledger, path, "--wait", "300")
        if is_killed:
            try:
                process.wait(chance.uniform(*_WITHIN_SECONDS))
            except subprocess.TimeoutExpired:
                process.kill()
                ran.killed += 1
        _told, reason = process.communicate()
        if process.returncode and not is_killed:
            ran.wrong.append(reason)


def _command(*given_words: object, given: str = "") -> None:
    process = _started(*given_words)
    _told, reason = process.communicate(given)
    assert process.returncode == 0, reason


def _started(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _watch(path: Path, ran: Ran, ended: Event) -> None:
    """Look at the workbook and the version beside it again and again."""
    kept = path.with_name(f"{path.stem}.上一版{path.suffix}")
    while not ended.wait(_LOOK_EVERY_SECONDS):
        for one in (path, kept) if kept.exists() else (path,):
            try:
                with zipfile.ZipFile(one) as archive:
                    torn = archive.testzip()
            except (OSError, zipfile.BadZipFile) as error:
                torn = str(error)
            if torn:
                ran.wrong.append(f"{one.name}: {torn}")
        ran.looks += 1


def main() -> None:
    """Run what the command line asks for, and say how it went."""
    # What openpyxl does not know in the superior's workbook is no matter here.
    warnings.simplefilter("ignore", UserWarning)
    writers, exports = (int(given) for given in (sys.argv[1:] or ["16", "20"]))
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        ran = run(writers, exports, Path(folder))
    lost, doubled = ran.expected - ran.found, ran.found - ran.expected
    print(
        f"{writers} writers x {exports} exports: {time.monotonic() - began:.0f} s, "
        f"{ran.killed} killed, {ran.found.total()} rows, {lost.total()} lost, "
        f"{doubled.total()} doubled or wrong; looked at {ran.looks} times, wrong: {ran.wrong}"
    )
    sys.exit(1 if lost or doubled or ran.wrong else 0)


if __name__ == "__main__":
    main()
