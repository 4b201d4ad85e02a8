"""What a condition on one field selects."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, NOT_CONFIDENTIAL, Filter, Query
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.record import CONFIDENTIAL
from sanyou_desktop.model.unit import Unit

UNIT = "350582-01"
MARKS = [option.value for option in CONFIDENTIAL]


def test_every_mark_of_secrecy_counts_as_one_also_that_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "甲.sytz"
    with Ledger.create(path, Unit(code=UNIT, name="甲")) as ledger:
        for mark in ("", *MARKS, "internal"):
            last = ledger.save(Finding(unit=UNIT, title=f"密级{mark}", confidential=mark)).record
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE finding SET confidential = 'tomorrow' WHERE id = ?", (last.id,))
        conn.commit()
    with Ledger.open(path) as ledger:
        assert ledger.count("finding", Query()) == len(MARKS) + 2
        assert ledger.count("finding", Query(filters=(NOT_CONFIDENTIAL,))) == 1
        assert ledger.count("finding", Query(filters=(IS_CONFIDENTIAL,))) == len(MARKS) + 1


def test_filled_and_empty_divide_all_records(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "甲.sytz", Unit(code=UNIT, name="甲")) as ledger:
        ledger.save(Finding(unit=UNIT, title="有地点", place="食堂"))
        ledger.save(Finding(unit=UNIT, title="无地点"))
        for key, filled in (("place", 1), ("due_on", 0), ("themes", 0), ("title", 2)):
            found = [
                ledger.count("finding", Query(filters=(Filter(key, mode=mode),)))
                for mode in ("filled", "empty")
            ]
            assert found == [filled, 2 - filled], key


def test_one_of_forty_thousand_values_is_found_as_one_of_two(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "甲.sytz", Unit(code=UNIT, name="甲")) as ledger:
        made = [
            ledger.save(Finding(unit=UNIT, title=title, themes=("service",))).record
            for title in ("灯坏了", "门坏了", "水管漏")
        ]
        wanted = (made[0].id, made[2].id)
        many = tuple(f"别的 {number}" for number in range(40_000))
        for ids in (wanted, (*many, *wanted)):
            found = ledger.ids("finding", Query(filters=(Filter("id", ids),)))
            assert set(found) == set(wanted)
        for themes in (("service",), (*many, "service")):
            assert ledger.count("finding", Query(filters=(Filter("themes", themes),))) == 3


def test_rows_by_unit_are_those_of_this_unit_and_then_of_one_after_another(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "甲.sytz", Unit(code=UNIT, name="甲")) as ledger:
        units = [UNIT, "990000", "110000", "350582-00"]
        # More than are read at once, the units mixed, some without a number.
        for number in range(1200):
            numbered = f"WT-{number:04d}" if number % 7 else ""
            ledger.save(Finding(unit=units[number % 4], title=f"{number}", number=numbered))
        ledger.delete([ledger.ids("finding", Query())[0]])
        wanted = Query(sort="number", descending=False, filters=(Filter("title", mode="filled"),))
        found = list(ledger.stored_rows_by_unit("finding", wanted))
        one_by_one = [
            row
            for unit in [UNIT, "110000", "350582-00", "990000"]
            for row in ledger.stored_rows("finding", replace(wanted, unit=unit))
        ]
        assert found == one_by_one
        assert len(found) == 1199
