"""Many units that export into one workbook at the same time, each from a process of its own.

``python -m tests.exchange.shared.many_writers [WRITERS EXPORTS]``, by default 16 and 20, says how
long it took and whether every row is there once and as its ledger has it; the tests run fewer.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Query
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.unit import Unit
from tests.exchange.shared.foreign import OTHERS, make_foreign
from tests.exchange.shared.readers import shown
from tests.exchange.shared.units import SHEET, finding, save

Line = tuple[object, ...]


@dataclass(frozen=True)
class Ran:
    """What is to be in the workbook and what is, and how long each export took in seconds."""

    expected: Counter[Line]
    found: Counter[Line]
    seconds: list[float]


def run(writers: int, exports: int, folder: Path) -> Ran:
    """Let all writers begin on one foreign workbook at once, and read it when they are done."""
    shared = folder / "共享文件夹"
    shared.mkdir()
    path = shared / "三优共享.xlsx"
    make_foreign(path)
    with ProcessPoolExecutor(writers, get_context("spawn")) as pool:
        work = [
            pool.submit(write, number, exports, path, folder / f"{number}.sytz")
            for number in range(writers)
        ]
        seconds = [one for done in work for one in done.result()]
    assert not [entry for entry in shared.iterdir() if entry.name.startswith(".")]
    expected = Counter(line for n in range(writers) for line in lines_of(folder / f"{n}.sytz"))
    rows = [row for row in shown(path, SHEET) if row["标题"] not in OTHERS]
    found: Counter[Line] = Counter(
        (row["所属单位代码"], row["记录标识"], row["标题"], row["上报状态"]) for row in rows
    )
    others = [row["标题"] for row in shown(path, SHEET) if row["标题"] in OTHERS]
    assert others == list(OTHERS)
    return Ran(expected, found, seconds)


def write(number: int, exports: int, path: Path, ledger_path: Path) -> list[float]:
    """Add a record before every export, change or delete others; return the seconds of each."""
    unit = Unit(code=f"3503{number:02}", name=f"第 {number} 个单位")
    seconds = []
    kept: list[Finding] = []
    with Ledger.create(ledger_path, unit) as ledger:
        for turn in range(exports):
            kept.append(save(ledger, finding(f"{number}-{turn}", unit)))
            if turn % 3 == 1:
                kept[0] = save(ledger, replace(kept[0], title=f"{number}-0 改 {turn}"))
            if turn % 4 == 3:
                ledger.delete([kept[turn - 1].id])
            began = time.monotonic()
            share_ledger(ledger, path)
            seconds.append(time.monotonic() - began)
    return seconds


def lines_of(ledger_path: Path) -> Iterator[Line]:
    """Yield what a ledger's rows are to say: unit, id, title, state.

    A record that was deleted before the export after it was made shows nothing of that.
    """
    with Ledger.open(ledger_path, read_only=True) as ledger:
        for record in ledger.records("finding"):
            yield ledger.unit, record.id, record.title, ""
        for record_id in ledger.ids("finding", Query(deleted=True)):
            gone = ledger.get(record_id)
            assert gone is not None
            yield ledger.unit, gone.id, gone.title, "已撤回"


def main() -> None:
    """Run what the command line asks for, and say how it went."""
    # What openpyxl does not know in the superior's workbook is no matter here.
    warnings.simplefilter("ignore", UserWarning)
    writers, exports = (int(given) for given in (sys.argv[1:] or ["16", "20"]))
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        ran = run(writers, exports, Path(folder))
    took = time.monotonic() - began
    lost, doubled = ran.expected - ran.found, ran.found - ran.expected
    print(
        f"{writers} writers x {exports} exports: {took:.1f} s, {ran.found.total()} rows, "
        f"{lost.total()} lost, {doubled.total()} doubled or wrong; "
        f"an export took {statistics.median(ran.seconds):.2f} s (median), "
        f"{max(ran.seconds):.1f} s at most"
    )
    sys.exit(1 if lost or doubled else 0)


if __name__ == "__main__":
    main()
