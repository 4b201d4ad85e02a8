"""The versions of a rule are found from any of them, oldest first, and a ring of them ends."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.rule import Rule
from sanyou_desktop.model.unit import Unit


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "制度.sytz", Unit(code="u", name="办公室"))


def save(ledger: Ledger, title: str, replaces: str = "") -> str:
    return ledger.save(Rule(unit="u", title=title, replaces=replaces)).record.id


def titles(ledger: Ledger, rule_id: str) -> list[tuple[int, str]]:
    return [(version.place, version.title) for version in ledger.rule_chain(rule_id)]


def test_every_version_finds_all(ledger: Ledger) -> None:
    with ledger:
        first = save(ledger, "一版")
        second = save(ledger, "二版", first)
        third = save(ledger, "三版", second)
        other = save(ledger, "另一稿", first)
        save(ledger, "无关")
        expected = [(0, "一版"), (1, "二版"), (1, "另一稿"), (2, "三版")]
        for rule_id in (first, second, third, other):
            assert titles(ledger, rule_id) == expected


def test_a_rule_alone_is_its_own_chain(ledger: Ledger) -> None:
    with ledger:
        assert titles(ledger, save(ledger, "独一版")) == [(0, "独一版")]


def test_what_is_in_the_recycle_bin_is_no_version(ledger: Ledger) -> None:
    with ledger:
        first = save(ledger, "一版")
        second = save(ledger, "二版", first)
        ledger.delete([second])
        assert titles(ledger, first) == [(0, "一版")]


def test_a_ring_ends(ledger: Ledger) -> None:
    with ledger:
        first = save(ledger, "一版")
        second = save(ledger, "二版", first)
        path = ledger.path
    # As another program or an older version might have left it.
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE rule SET replaces = ? WHERE id = ?", (second, first))
    conn.close()
    with Ledger.open(path) as again:
        assert {title for _place, title in titles(again, first)} == {"一版", "二版"}


def test_a_long_chain_is_followed_to_its_end(ledger: Ledger) -> None:
    with ledger:
        before = ""
        for number in range(60):
            before = save(ledger, f"第{number}版", before)
        assert [place for place, _title in titles(ledger, before)] == list(range(60))
