"""Saving one record against a bare INSERT with the same durability, in one run.

``python -m tests.benchmarks.bench_save [ROUNDS]`` saves a pledge with clauses again and again
through the ledger (validation, references, number, history, search index, one transaction) and, in
turn, inserts its JSON into a bare table of another file with the same settings (WAL, synced at
every commit). Prints both medians and the ratio.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.fields import Json
from sanyou_desktop.model.unit import Unit

ROUNDS = 300
_GIVEN: dict[str, Json] = {
    "title": "会议服务零差错承诺",
    "department": "会务科",
    "status": "published",
    "published_on": "2026-03-01",
    "statement": "会前三查、会中三看、会后三清，让每一次会议都放心。" * 4,
    "clauses": [
        {"text": "会标文字零差错", "standard": "逐字核对", "time_limit": "会前一日"},
        {"text": "茶水及时", "standard": "每二十分钟一次", "time_limit": "会议期间"},
    ],
}


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print the medians and the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory(dir=".") as folder:
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE record (id TEXT PRIMARY KEY, content TEXT) STRICT")
        ledger = Ledger.create(Path(folder) / "ledger.sytz", Unit(code="1", name="测试单位"))
        record = Draft.from_json("pledge", _GIVEN, "1").accepted()
        content = json.dumps(record.to_json(), ensure_ascii=False)
        ours: list[float] = []
        base: list[float] = []
        for number in range(rounds):
            row = (f"{number:036d}", content)
            base.append(_timed(partial(bare.execute, "INSERT INTO record VALUES (?, ?)", row)))
            named = replace(record, title=f"{record.title}第{number}号")
            ours.append(_timed(partial(ledger.save, named)))
        ledger.close()
        bare.close()
    quick, whole = statistics.median(base), statistics.median(ours)
    print(f"bare durable insert {quick:8.2f} ms")
    print(f"ledger.save         {whole:8.2f} ms   x{whole / quick:.2f}")


if __name__ == "__main__":
    main()
