"""Sharing into a shared workbook against reading it with calamine and rewriting it with openpyxl.

``python -m tests.benchmarks.bench_share [ROWS] [OWN] [FOREIGN]`` shares a ledger of ROWS records:
all new, then unchanged, then with a hundred of them changed; then a ledger of OWN records among
FOREIGN rows of 300 other units. Each step is a process of its own, whose processor seconds and
highest memory (Linux) are printed, with the ratio of the seconds to both baselines on the same
file: python-calamine reading every sheet, and openpyxl loading and saving it (which loses what it
does not know; left out for the large file, where it takes minutes and gigabytes).
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from sanyou_desktop.exchange.sharing import share_ledger
from sanyou_desktop.exchange.zip_archive import Entry, written
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from tests.benchmarks.year_ledger import SHARES, UNIT, make_ledger
from tests.exchange.stored import contents

ROWS, OWN, FOREIGN = 20_000, 5_000, 200_000
UNITS = 300
CHANGED = 100
_ROW = re.compile(rb'<row r="(\d+)"[^>]*>.*?</row>', re.DOTALL)
_ADDRESS = re.compile(rb'(<c r="[A-Z]+)\d+"')
_ID = re.compile(rb"0190000(?=\d-0000-7000-8000-)")


def main() -> None:
    """Print the measurements."""
    rows, own, foreign = [*map(int, sys.argv[1:]), ROWS, OWN, FOREIGN][:3]
    with tempfile.TemporaryDirectory(dir=".") as folder:
        ledger, path = Path(folder) / "own.sytz", Path(folder) / "shared.xlsx"
        make_ledger(ledger, rows / sum(SHARES.values()))
        spent = _told(f"{rows} new rows", share, ledger, path)
        base = [_told(f"  {act.__name__}", act, path) for act in (calamine, openpyxl)]
        _tell_ratios(spent, base)
        _tell_ratios(_told("unchanged", share, ledger, path), base)
        _change(ledger)
        _tell_ratios(_told(f"{CHANGED} changed", share, ledger, path), base)
        _among_others(Path(folder), own, foreign)


def _among_others(folder: Path, own: int, foreign: int) -> None:
    ledger, path = folder / "one.sytz", folder / "many.xlsx"
    make_ledger(ledger, own / sum(SHARES.values()))
    share(ledger, path)
    _fill(path, foreign)
    size, data = path.stat().st_size / 1e6, contents(path.read_bytes())
    markup = max(map(len, data.values())) / 1e6
    del data
    print(f"{own} among {foreign} rows: {size:.0f} MB, the largest part {markup:.0f} MB")
    base = [_told("  calamine", calamine, path)]
    _tell_ratios(_told("unchanged", share, ledger, path), base)
    _change(ledger)
    _tell_ratios(_told(f"{CHANGED} changed", share, ledger, path), base)


def share(ledger: Path, path: Path) -> None:
    """Share the whole ledger."""
    with Ledger.open(ledger) as opened:
        share_ledger(opened, path)


def calamine(path: Path) -> None:
    """Read every sheet."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def openpyxl(path: Path) -> None:
    """Load the workbook and save it."""
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    load_workbook(path).save(path.with_name("rewritten.xlsx"))


def _told(what: str, act: Callable[..., None], *given: Path) -> float:
    """Do it in a process of its own; print and return its processor seconds."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        seconds, memory = pool.submit(_measured, act, given).result()
    print(f"{what:28}{seconds:8.2f} s{memory:8.0f} MB")
    return seconds


def _measured(act: Callable[..., None], given: tuple[Path, ...]) -> tuple[float, float]:
    began = time.process_time()
    act(*given)
    spent = time.process_time() - began
    # Not ru_maxrss, which a new process has from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return spent, int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) / 1024


def _tell_ratios(spent: float, base: list[float]) -> None:
    names = ("calamine", "openpyxl")
    told = ", ".join(f"x{spent / one:.2f} {name}" for one, name in zip(base, names, strict=False))
    print(f"{'':28}{told}")


def _change(ledger: Path) -> None:
    """Change a hundred findings, spread over all."""
    with Ledger.open(ledger) as opened:
        records = [one for one in opened.records("finding") if isinstance(one, Finding)]
        step = max(len(records) // CHANGED, 1)
        for record in islice(records, 0, step * CHANGED, step):
            opened.save(replace(record, title=f"{record.title}（复核）"))


def _fill(path: Path, foreign: int) -> None:
    """Copy the rows that are there for other units, until there are so many of these."""
    parts = contents(path.read_bytes())
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    found = {name: list(_ROW.finditer(parts[name])) for name in sheets}
    ours = {name: [one for one in rows if UNIT.encode() in one[0]] for name, rows in found.items()}
    share_of_all = foreign / sum(map(len, ours.values()))
    for name, rows in ours.items():
        at = rows[-1].end()
        wanted = round(len(rows) * share_of_all)
        made = b"".join(islice(_copies(rows, found[name]), wanted))
        parts[name] = parts[name][:at] + made + parts[name][at:]
    path.write_bytes(written(Entry.made(name, content) for name, content in parts.items()))


def _copies(rows: list[re.Match[bytes]], every: list[re.Match[bytes]]) -> Iterator[bytes]:
    """Yield the rows again and again, each time of another unit and below the last row."""
    number, turn = int(every[-1][1]), 0
    while True:
        turn += 1
        code, mark = b"3505%02d-%02d" % (turn % UNITS // 100, turn % 100), b"%07x" % (turn + 16)
        for row in rows:
            number += 1
            made = row[0].replace(b'<row r="%b"' % row[1], b'<row r="%d"' % number)
            made = _ADDRESS.sub(rb'\g<1>%d"' % number, made)
            yield _ID.sub(mark, made).replace(UNIT.encode(), code)


if __name__ == "__main__":
    main()
