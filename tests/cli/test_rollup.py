"""The command ``rollup``: what it prints, when it refuses, and that a dry run keeps nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit
from tests.cli.conftest import Within
from tests.cli.run import run

COUNTY = Unit(code="350783", name="建瓯市机关事务管理局", superior="350000")


@pytest.fixture
def superior(tmp_path: Path) -> Path:
    path = tmp_path / "省.sytz"
    Ledger.create(path, Unit(code="350000", name="省机关事务管理局")).close()
    return path


@pytest.fixture
def county(tmp_path: Path) -> Path:
    path = tmp_path / "建瓯.sytz"
    with Ledger.create(path, COUNTY) as ledger:
        ledger.save(Pledge(unit=COUNTY.code, title="车辆接待承诺", person="陈建国"))
    return path


def report(county: Path, name: str = "建瓯.xlsx") -> Path:
    with Ledger.open(county) as ledger:
        export_report(ledger, county.with_name(name))
    return county.with_name(name)


def change(path: Path, person: str, notes: str = "") -> None:
    with Ledger.open(path) as ledger:
        (record,) = ledger.records("pledge")
        ledger.save(replace(record, person=person, notes=notes))


def test_reports_are_merged_and_counted(within: Within, superior: Path, county: Path) -> None:
    done = within("rollup", superior, report(county))
    assert (done.status, done.err) == (0, "")
    # The pledge, and the unit itself.
    assert done.lines()[0] == "已汇总 1 份：新增 2 条"
    assert (
        "1 个单位原来不在本台账中，随表新增：「建瓯市机关事务管理局」（350783）。"
        in done.lines()[1]
    )
    (record,) = within("list", superior, "pledge").records()
    assert (record["title"], record["unit"]) == ("车辆接待承诺", "350783")
    assert within("rollup", superior, report(county)).lines()[0] == "已汇总 1 份：未变 2 条"
    assert within("verify", superior).status == 0


def test_a_dry_run_prints_the_same_and_changes_nothing(
    within: Within, superior: Path, county: Path
) -> None:
    before = superior.read_bytes()
    done = within("rollup", superior, county.parent, "--dry-run")
    assert done.status == 1
    report(county)
    done = within("rollup", superior, county.parent, "--dry-run")
    assert (done.status, done.lines()[0]) == (0, "试汇总 1 份（没有写入）：新增 2 条")
    assert superior.read_bytes() == before


# Another program that has the ledger open, and is in the middle of writing to it.
_WRITER = """
import sqlite3, sys
from pathlib import Path
from sanyou_desktop.ledger.ledger import Ledger
with Ledger.open(Path(sys.argv[1])) as ledger:
    other = sqlite3.connect(sys.argv[1], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE record SET title = title")
    print("writing", flush=True)
    sys.stdin.read()
    other.execute("ROLLBACK")
    other.close()
"""


@contextmanager
def being_written(path: Path) -> Iterator[None]:
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    yield
    writer.communicate()
    assert writer.returncode == 0


def test_a_dry_run_neither_waits_for_a_writer_nor_holds_one_up(
    within: Within, superior: Path, county: Path
) -> None:
    made = report(county)
    before = superior.read_bytes()
    with being_written(superior):
        began = time.monotonic()
        done = within("rollup", superior, made, "--dry-run")
        # A writer would have been waited for longer than this.
        assert time.monotonic() - began < 5
        assert (done.status, done.lines()[0]) == (0, "试汇总 1 份（没有写入）：新增 2 条")
        refused = within("rollup", superior, made)
        assert refused.status == 1
        assert "另一个窗口或程序正在使用这本台账" in refused.err
    assert superior.read_bytes() == before
    assert within("rollup", superior, made).status == 0


def test_a_conflict_keeps_the_ledgers_value_and_is_printed(
    within: Within, superior: Path, county: Path
) -> None:
    within("rollup", superior, report(county))
    change(county, person="林芳", notes="补充说明")
    change(superior, person="黄强")
    done = within("rollup", superior, report(county))
    assert done.status == 0
    assert done.lines()[0] == "已汇总 1 份：冲突 1 条，未变 1 条"
    assert "建瓯.xlsx 承诺 第 4 行「车辆接待承诺」 责任人：台账「黄强」，来件「林芳」" in done.out
    assert "请在窗口的「汇总」中逐项决定" in done.out
    (record,) = within("list", superior, "pledge").records()
    assert (record["person"], record["notes"]) == ("黄强", "补充说明")
    assert "冲突 1 条" in within("rollup", superior, report(county)).out


def test_what_cannot_be_taken_stops_nothing_else(
    within: Within, superior: Path, county: Path
) -> None:
    folder = county.parent / "来件"
    folder.mkdir()
    report(county).rename(folder / "建瓯.xlsx")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 cut off")
    done = within("rollup", superior, folder)
    assert done.status == 0
    assert done.lines()[0] == "已汇总 1 份：新增 2 条"
    (told,) = done.err.splitlines()
    assert told.startswith("坏.xlsx：坏.xlsx 不是 Excel 工作簿")


def test_nothing_to_take_is_refused(within: Within, superior: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    before = superior.read_bytes()
    told = within("rollup", superior, empty, tmp_path / "没有.xlsx").refused()
    assert told.startswith("没有汇总，台账没有改动；")
    assert "空：文件夹里没有 .xlsx 工作簿。" in told
    assert "没有.xlsx：找不到这个文件" in told
    assert superior.read_bytes() == before


def test_the_own_report_is_refused(within: Within, county: Path) -> None:
    told = within("rollup", county, report(county)).refused()
    assert "这是本单位自己的上报工作簿" in told


def test_a_path_must_be_given(superior: Path) -> None:
    assert run("rollup", superior).status == 2


def test_the_day_on_which_reports_came_is_registered(
    within: Within, superior: Path, county: Path
) -> None:
    within("rollup", superior, report(county), "--received", "2026-10-9")
    with Ledger.open(superior, read_only=True) as ledger:
        (found,) = ledger.records("submission")
    assert found.to_json()["received_on"] == "2026-10-09"


@pytest.mark.parametrize("day", ["2999-01-01", "2026-10", "昨天"])
def test_a_day_that_is_none_or_still_to_come_is_wrong_usage(
    superior: Path, county: Path, day: str
) -> None:
    done = run("rollup", superior, report(county), "--received", day)
    assert done.status == 2
    assert "--received" in done.err
