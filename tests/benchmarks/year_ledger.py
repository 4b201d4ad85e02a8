"""A ledger with 100,000 records of two years, 30,000 of them findings, for the measurements.

A few records of each kind are saved through the ledger; the others are copies of them, written as
plain rows with other days, departments and titles, because only reading is measured.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.unit import Unit

UNIT = "350582-01"
YEAR = 2026
# How many of each kind; together 100,000.
SHARES = {
    "finding": 30_000,
    "inspection": 12_000,
    "pledge": 12_000,
    "rule": 6_000,
    "survey": 10_000,
    "activity": 30_000,
}
_ITEMS = ("环境卫生", "值班值守", "车辆管理", "会议服务", "食堂安全")
_THEMES: tuple[list[str], ...] = (["service"], ["conduct"], ["environment", "service"], [])


def make_ledger(path: Path, scale: float = 1.0) -> int:
    """Make the ledger; ``scale`` below 1 makes a smaller one. Return how many records it has."""
    with Ledger.create(path, Unit(code=UNIT, name="晋江市政府办公室")) as ledger:
        for kind, examples in _examples().items():
            records = [Draft.from_json(kind, given, UNIT).accepted() for given in examples]
            ledger.save_many(records, "示例")
    total = 0
    with closing(sqlite3.connect(path)) as conn, conn:
        for place, (kind, share) in enumerate(SHARES.items()):
            wanted = round(share * scale)
            _copy(conn, kind, wanted, place, scale)
            total += wanted
    return total


def _copy(conn: sqlite3.Connection, kind: str, wanted: int, place: int, scale: float) -> None:
    """Copy the examples of a kind in turn until there are ``wanted`` of them."""
    seqs = [row[0] for row in conn.execute(f"SELECT seq FROM {kind} ORDER BY seq")]
    begin = (place + 1) * 1_000_000
    dated = {name for name in kind_of(kind).fields if name == kind_of(kind).record.occurred}
    day = f"date('{YEAR - 1}-01-01', (begin.i * 7919 % 730) || ' days')"
    changed = {
        "seq": f"{begin} + begin.i",
        "id": f"printf('0190000{place}-0000-7000-8000-%012x', begin.i)",
        "number": f"printf('{kind_of(kind).record.prefix}-{YEAR}-%06d', begin.i + 100)",
        "department": "printf('部门%d', begin.i % 40)",
    }
    changed |= dict.fromkeys(dated, day)
    if kind == "finding":
        changed["title"] = "printf('%s第%d处', title, begin.i * 31 % 1999)"
        changed["due_on"] = f"date({day}, '15 days')"
        # A quarter of them came from an inspection, and know the item.
        held = f"(begin.i % {round(SHARES['inspection'] * scale) - 10} + 1)"
        check = f"printf('01900001-0000-7000-8000-%012x', {held})"
        changed["inspection"] = f"CASE source WHEN 'inspection' THEN {check} ELSE '' END"
        key = f"{held} || 'k' || (begin.i % {len(_ITEMS)})"
        changed["item_key"] = f"CASE source WHEN 'inspection' THEN {key} ELSE '' END"
        # No two are written alike, as in life.
        done = f"date({day}, (begin.i % 20) || ' days')"
        changed["rounds"] = (
            f"replace(replace(rounds, '已整改', '已整改' || begin.i), '{YEAR - 1}-01-01', {done})"
        )
        # Not before that was put right.
        changed |= {key: f"max({key}, {done})" for key in ("closed_on", "replied_on")}
    if kind == "inspection":
        written = "replace(items, '符合规定', '符合规定' || begin.i)"
        # Each inspection has rows of its own.
        changed["items"] = f"""replace({written}, '"key":"k', '"key":"' || begin.i || 'k')"""
    for table in ("record", kind):
        names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        copied = ", ".join(changed.get(name, f'"{name}"') for name in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        conn.execute(
            f"WITH RECURSIVE begin(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM begin "
            f"WHERE i < {wanted - len(seqs)}) INSERT INTO {table} ({quoted}) SELECT {copied} "
            f"FROM begin JOIN {table} ON seq = {seqs[0]} + begin.i % {len(seqs)}"
        )


def _examples() -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {kind: [] for kind in SHARES}
    for turn in range(8):
        themes = {"themes": _THEMES[turn % 4], "title": f"示例{turn}"}
        made["finding"].append(themes | _finding(turn))
        made["inspection"].append(themes | _inspection(turn))
        made["pledge"].append(themes | _pledge(turn))
        made["rule"].append(
            themes | {"status": "in_force" if turn else "drafting", "issued_on": f"{YEAR - 1}-02"}
        )
        tallies = {"distributed": 100 + turn, "returned": 90, "satisfied": 50}
        tallies |= {"very_satisfied": 30, "dissatisfied": turn}
        made["survey"].append(themes | {"status": "done", "held_on": f"{YEAR}-01-01"} | tallies)
        spent = "140多万元" if turn == 3 else f"{turn * 1000}元"
        activity = {"category": "investment" if turn % 4 == 3 else "service", "amount": spent}
        made["activity"].append(themes | {"started_on": f"{YEAR}-01-01"} | activity)
    return made


def _finding(turn: int) -> dict[str, Any]:
    raised = f"{YEAR - 1}-01-01"
    given: dict[str, Any] = {"raised_on": raised, "due_on": raised, "place": f"地点{turn}"}
    given["source"] = ("inspection", "complaint", "error", "superior")[turn % 4]
    given["measure"] = "立即整改，并举一反三，防止再次发生。" * 3
    rectified = {"rectified_on": raised, "by": "张三", "rectification": "已整改"}
    checked = {"verified_on": raised, "verified_by": "李四", "verdict": "passed"}
    if turn % 2 == 0:
        given |= {"status": "rectifying", "rounds": [rectified] if turn % 4 else []}
    else:
        given |= {"status": "closed", "rounds": [rectified | checked], "reply": "已答复"}
        given |= {"closed_on": f"{YEAR}-12-31", "replied_on": f"{YEAR}-12-31"}
    return given


def _inspection(turn: int) -> dict[str, Any]:
    items = [
        {
            "key": f"k{at}",
            "item": name,
            "full_score": 20,
            "deduction": 2,
            "occurrences": (turn + at) % 3,
        }
        | {"result": "fail" if (turn + at) % 3 else "pass", "standard": "符合规定要求"}
        for at, name in enumerate(_ITEMS)
    ]
    return {"status": "done", "scheme": "五查", "inspected_on": f"{YEAR}-01-01", "items": items}


def _pledge(turn: int) -> dict[str, Any]:
    clauses = [{"key": f"k{at}", "text": f"条款{at}", "time_limit": "3 日"} for at in range(4)]
    outcomes = ("kept", "kept", "partly", "broken")
    kept = [
        {"on": f"{YEAR}-{month:02d}-01", "clause": "k0", "outcome": outcomes[(turn + month) % 4]}
        for month in range(1, 4)
    ]
    given = {"status": "published", "published_on": f"{YEAR}-01-01", "statement": "承诺" * 20}
    return given | {"clauses": clauses, "fulfilments": kept}
