"""What refers to a record is found by the index of the reference, in the order of numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.unit import Unit

UNIT = "350582-01"


def test_only_living_records_of_the_reference_are_found(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "甲.sytz", Unit(code=UNIT, name="甲")) as ledger:
        inspection = ledger.save(Inspection(unit=UNIT, title="检查")).record
        other = ledger.save(Inspection(unit=UNIT, title="另一次")).record
        raised = Finding(unit=UNIT, title="问题", inspection=inspection.id)
        for title in ("一", "二", "三"):
            ledger.save(replace(raised, title=title))
        ledger.save(replace(raised, inspection=other.id))
        gone = ledger.records_referring("finding", "inspection", inspection.id)[1]
        ledger.delete([gone.id])
        found = ledger.records_referring("finding", "inspection", inspection.id)
        assert [one.title for one in found] == ["一", "三"]
        lines = ledger.lines_referring("finding", "inspection", inspection.id, ("title", "status"))
        assert [one.values for one in lines] == [("一", "open"), ("三", "open")]
        assert [one.id for one in lines] == [one.id for one in found]
        assert ledger.records_referring("finding", "inspection", "nothing") == []
        for key in ("title", "no_such_field"):
            with pytest.raises(KeyError):
                ledger.records_referring("finding", key, inspection.id)


def test_the_index_of_the_reference_is_used(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "甲.sytz", Unit(code=UNIT, name="甲")) as ledger:
        asked: list[str] = []
        conn = ledger._conn  # the statement as it is run, to ask SQLite about it
        conn.set_trace_callback(asked.append)
        ledger.lines_referring("finding", "inspection", "x", ("number",))
        conn.set_trace_callback(None)
        (plan, *_sorting) = conn.execute(f"EXPLAIN QUERY PLAN {asked[-1]}").fetchall()
        assert "finding_refers_inspection" in plan[3]
