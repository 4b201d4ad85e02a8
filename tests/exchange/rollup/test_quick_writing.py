"""Records made ready while they are read, by other processes too, are written as any others."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from multiprocessing import spawn
from pathlib import Path
from typing import Any

import pytest

from sanyou_desktop.exchange import rollup, rollup_reading
from sanyou_desktop.exchange.rollup import roll_up
from sanyou_desktop.exchange.rollup_reading import (
    Preparing,
    ReadReport,
    Unreadable,
    read_report,
    read_reports,
)
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.incoming import State
from sanyou_desktop.model.kinds import KINDS
from tests.exchange.report.readers import converted
from tests.exchange.rollup import province
from tests.exchange.rollup.conftest import MakeUnit, Reporter

# When each of two ledgers was written to is not the same.
_TIMES = ("updated_at", "at", "since", "previous", "hash")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("units")
    found = []
    for place, records in enumerate(province.split(province.whole(folder / "示例.sytz"), 4)):
        path = folder / f"{province.code_of(place)}.sytz"
        province.make_unit(path, place, records)
        found.append(province.export(path, path.with_suffix(".xlsx")))
    return found


def rolled_up(path: Path, reports: Iterable[Path]) -> dict[str, list[Any]]:
    """Roll up into a new ledger; return all that its tables hold."""
    with Ledger.create(path, province.SUPERIOR) as ledger:
        found = roll_up(ledger, list(reports))
        assert set(found.preview.counts) == {State.NEW}
        assert ledger.verify() == []
    with closing(sqlite3.connect(path)) as conn:
        tables = (*KINDS, "record", "history", "search_source", "counter", "accepted", "elsewhere")
        return {table: _rows(conn, table) for table in tables}


def _rows(conn: sqlite3.Connection, table: str) -> list[Any]:
    conn.row_factory = sqlite3.Row
    own = "'" + "', '".join(_own_ids(conn)) + "'"
    key = {"history": "record_id", "accepted": "record_id", "counter": "", "elsewhere": ""}
    column = key.get(table, "id")
    if table == "search_source":
        where = f"WHERE seq NOT IN (SELECT seq FROM record WHERE id IN ({own}))"
    else:
        where = f"WHERE {column} NOT IN ({own})" if column else ""
    rows = conn.execute(f'SELECT * FROM "{table}" {where} ORDER BY 1, 2').fetchall()
    return [_without_times(dict(row)) for row in rows]


def _own_ids(conn: sqlite3.Connection) -> list[str]:
    """Return the ids that each ledger gives by itself: its own unit, and what it registers."""
    rows = conn.execute("SELECT id FROM record WHERE unit = 'P'")
    return [row[0] for row in rows]


def _without_times(row: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key not in _TIMES}
    if "content" in kept and '"updated_at":"' in str(kept["content"]):
        before, _key, after = str(kept["content"]).partition('"updated_at":"')
        kept["content"] = before + after.partition('"')[2]
    return kept


def test_what_was_made_ready_is_written_as_one_by_one(
    reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = rolled_up(tmp_path / "快.sytz", reports)
    with monkeypatch.context() as slowly:
        slowly.setattr(rollup, "read_reports", lambda files, _preparing: read_reports(files))
        one_by_one = rolled_up(tmp_path / "慢.sytz", reports)
    assert quick["history"]
    for table, rows in one_by_one.items():
        assert quick[table] == rows, table


def test_other_processes_read_the_same(
    reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = rolled_up(tmp_path / "一.sytz", reports)
    monkeypatch.setattr(rollup_reading, "_WORTH_PROCESSES", 0)
    assert rolled_up(tmp_path / "多.sytz", reports) == alone


def test_stopping_half_way_ends_the_other_processes(
    reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup_reading, "_WORTH_PROCESSES", 0)
    reading = read_reports([*reports, *reports])
    assert next(reading).name == reports[0].name
    reading.close()


def test_a_bad_file_read_by_another_process_is_told_of(
    reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK")
    monkeypatch.setattr(rollup_reading, "_WORTH_PROCESSES", 0)
    found = list(read_reports([bad, reports[0], tmp_path / "没有.xlsx"]))
    assert [type(one).__name__ for one in found] == ["Unreadable", "ReadReport", "Unreadable"]


def deadly(path: Path, preparing: Preparing | None) -> ReadReport | Unreadable:
    """Read a report, unless it is one on which the process ends."""
    if path.name == "坏.xlsx":
        os._exit(1)
    return read_report(path, preparing)


def test_a_file_that_ends_its_reading_process_is_told_of_and_the_others_are_read(
    reports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK")
    monkeypatch.setattr(rollup_reading, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(rollup_reading, "read_report", deadly)
    wanted = [reports[0], bad, *reports[1:], *reports]
    found = list(read_reports(wanted))
    assert [one.name for one in found] == [path.name for path in wanted]
    (left,) = [one for one in found if isinstance(one, Unreadable)]
    assert left.name == "坏.xlsx"
    assert "意外中止" in left.reason


def test_where_no_process_can_be_started_all_files_are_read_by_our_own(
    reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup_reading, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(spawn, "get_command_line", lambda **_given: ["/bin/false"])
    monkeypatch.setattr(spawn, "get_executable", lambda: b"/bin/false")
    found = list(read_reports(reports))
    assert [one.name for one in found] == [path.name for path in reports]
    assert not any(isinstance(one, Unreadable) for one in found)


def test_a_dry_run_of_what_was_made_ready_meets_it_again_in_the_next_file(
    superior: Reporter, unit: MakeUnit
) -> None:
    county = unit("350783", superior="350000")
    made = county.add("pledge", person="陈建国")
    first = county.report()
    county.change(made.id, person="林芳")
    found = superior.roll_up(first, county.report(), rehearsal=True)
    assert found.preview.counts[State.CHANGED] == 1
    (row,) = found.preview.of(State.CHANGED)
    assert (row.changes[0].base, row.changes[0].theirs) == ("陈建国", "林芳")


@pytest.mark.office
def test_a_report_that_an_office_program_saved_again_holds_no_edits(
    reports: list[Path], tmp_path: Path
) -> None:
    again = [converted(Path(shutil.copy(report, tmp_path)), "xlsx") for report in reports]
    with Ledger.create(tmp_path / "汇总.sytz", province.SUPERIOR) as ledger:
        found = roll_up(ledger, again)
        assert set(found.preview.counts) == {State.NEW}
        assert not any(row.notes or row.faults for row in found.preview.rows)
        assert found.preview.left_out == ()
        taken = province.contents(ledger)
    with Ledger.create(tmp_path / "原样.sytz", province.SUPERIOR) as ledger:
        roll_up(ledger, reports)
        plain = province.contents(ledger)
    own = {one for one, said in (taken | plain).items() if said["unit"] == province.SUPERIOR.code}
    assert {one: taken[one] for one in taken.keys() - own} == {
        one: plain[one] for one in plain.keys() - own
    }
