"""The command import: all rows or none, each fault with its cell."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange.return_file import write_return
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.sent_back import SentBack
from sanyou_desktop.model.submission import Comment, Submission
from tests.cli.run import run
from tests.exchange.tables.clerk import ROWS, workbook


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.sytz"
    run("new", path, "--unit", "莆田市机关事务管理局", "--code", "350300")
    return path


def bad(path: Path) -> Path:
    rows = [list(row) for row in ROWS]
    rows[4][3] = "三月"
    return workbook(path, rows)


def test_a_table_is_imported(ledger: Path, tmp_path: Path) -> None:
    done = run("import", ledger, workbook(tmp_path / "表.xlsx"))

    assert done.status == 0
    assert done.out.splitlines()[0] == "已导入：新增 2 条"
    assert "第 6 行：合计行" in done.err
    assert len(run("list", ledger, "finding").out.splitlines()) == 2


def test_a_rehearsal_writes_nothing(ledger: Path, tmp_path: Path) -> None:
    before = ledger.read_bytes()

    done = run("import", ledger, workbook(tmp_path / "表.xlsx"), "--dry-run")

    assert done.status == 0
    assert done.out.splitlines()[0] == "试导入（没有写入）：新增 2 条"
    assert ledger.read_bytes() == before


def test_one_bad_cell_keeps_all_of_it_out(ledger: Path, tmp_path: Path) -> None:
    done = run("import", ledger, bad(tmp_path / "表.xlsx"))

    assert done.status == 1
    assert "没有导入，台账没有改动（无法接收 1 条，新增 1 条）" in done.err
    assert "D5 提出日期：「三月」不是日期" in done.err
    assert run("list", ledger, "finding").out == ""


def test_the_rows_that_can_be_read_are_taken_alone_when_asked(ledger: Path, tmp_path: Path) -> None:
    done = run("import", ledger, bad(tmp_path / "表.xlsx"), "--valid-only")

    assert done.status == 0
    assert len(run("list", ledger, "finding").out.splitlines()) == 1


def test_a_kind_may_be_given(ledger: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "表.xlsx", [["标题", "责任人", "备注"], ["甲", "张三", "无"]])

    assert run("import", ledger, path, "--kind", "pledge").status == 0
    assert len(run("list", ledger, "pledge").out.splitlines()) == 1
    assert run("import", ledger, path, "--kind", "unit").status == 2


def test_a_kind_that_was_given_is_remembered_for_tables_with_these_headers(
    ledger: Path, tmp_path: Path
) -> None:
    def table(title: str) -> Path:
        return workbook(
            tmp_path / f"{title}.xlsx", [["标题", "责任人", "备注"], [title, "张三", ""]]
        )

    assert run("import", ledger, table("试"), "--kind", "pledge", "--dry-run").status == 0
    assert run("import", ledger, table("甲")).status == 0
    guessed = Counter(one.kind for one in _everything(ledger))
    assert run("import", ledger, table("乙"), "--kind", "survey").status == 0

    assert run("import", ledger, table("丙")).status == 0

    assert "survey" not in guessed
    assert sorted(one.title for one in _everything(ledger) if one.kind == "survey") == ["丙", "乙"]


def _everything(path: Path) -> list[Record]:
    with Ledger.open(path, read_only=True) as ledger:
        return [one for kind in REPORTED for one in ledger.records(kind)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among files")
def test_a_pipe_and_a_folder_are_refused_at_once(ledger: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "管道.csv"
    os.mkfifo(pipe)

    assert "不是文件" in run("import", ledger, pipe).refused()
    assert "是文件夹" in run("import", ledger, tmp_path).refused()
    assert "不是文件" in run("list", pipe, "pledge").refused()


def test_what_is_no_table_is_refused(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "图.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    done = run("import", ledger, path)

    assert done.status == 1
    assert "图.png" in done.err


def test_a_conflict_is_printed_and_keeps_the_ledgers_value(ledger: Path, tmp_path: Path) -> None:
    table = tmp_path / "表.xlsx"
    header = ["编号", "标题", "责任人"]
    run("import", ledger, workbook(table, [header, ["W-1", "灯不亮", "张三"]]), "--kind", "finding")
    with Ledger.open(ledger) as opened:
        (record,) = opened.records("finding")
        opened.save(replace(record, person="李四"))

    workbook(table, [header, ["W-1", "灯不亮", "王五"]])
    done = run("import", ledger, table, "--kind", "finding")

    assert done.status == 0
    first, *others = done.out.splitlines()
    assert first == "已导入：冲突 1 条"
    assert "责任人：台账「李四」，来件「王五」" in others[0]
    assert '"person": "李四"' in run("list", ledger, "finding").out


def test_empty_cells_empty_fields_only_when_asked(ledger: Path, tmp_path: Path) -> None:
    table = tmp_path / "表.xlsx"
    header = ["编号", "标题", "责任人"]
    run("import", ledger, workbook(table, [header, ["W-1", "灯不亮", "张三"]]), "--kind", "finding")
    workbook(table, [header, ["W-1", "灯不亮", None]])

    kept = run("import", ledger, table, "--kind", "finding")
    emptied = run("import", ledger, table, "--kind", "finding", "--blank-clears")

    assert kept.out.startswith("已导入：未变 1 条")
    assert emptied.out.startswith("已导入：修改 1 条")

    assert '"person": ""' in run("list", ledger, "finding").out


def test_what_a_superior_sent_back_becomes_findings_once(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "退回.sanyou-return.json"
    comment = Comment(key="a", text="日期不全", about="第 3 行")
    submission = Submission(id="s", number="DJ-1", reporter="350300", comments=(comment,))
    write_return(path, SentBack.of(submission, "省局"))
    tried = run("import", ledger, path, "--dry-run")
    assert (tried.status, tried.out.splitlines()) == (
        0,
        ["试导入（没有写入）：省局退回的 1 条意见会成为待整改的问题"],
    )
    assert run("list", ledger, "finding").out == ""
    for count in (1, 0):
        done = run("import", ledger, path)
        assert done.out.splitlines() == [f"已导入：省局退回的 {count} 条意见成为待整改的问题"]
    finding = json.loads(run("list", ledger, "finding").out)
    assert (finding["title"], finding["raised_by"]) == ("上报退回：第 3 行", "省局")
    other = run("import", ledger, tmp_path / "没有.sanyou-return.json")
    assert other.status == 1
    assert "没有.sanyou-return.json" in other.err
