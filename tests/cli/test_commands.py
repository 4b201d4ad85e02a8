"""The other commands, as DESIGN's contract has them: what they print, and when they refuse."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.cli import COMMANDS
from sanyou_desktop.ledger import opening
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from tests.cli.conftest import Within
from tests.cli.run import line


def filled(within: Within, ledger: Path) -> Path:
    given = "".join(
        line(title=title, published_on=day)
        for title, day in (("车辆承诺", "2025-12-31"), ("会议承诺", "2026-06"), ("车队", None))
    )
    assert within("add", ledger, "pledge", given=given).status == 0
    return ledger


# new


def test_new_makes_an_empty_ledger_of_a_unit(within: Within, tmp_path: Path) -> None:
    path = tmp_path / "新 台账.sytz"
    done = within(
        "new", path, "--unit", "莆田市机关事务管理局", "--code", "350300", "--level", "city",
        "--superior", "350000",
    )  # fmt: skip
    assert (done.status, done.out, done.err) == (0, "", "")
    (unit,) = within("list", path, "unit").records()
    assert [unit[key] for key in ("name", "code", "level", "superior", "unit")] == [
        "莆田市机关事务管理局", "350300", "city", "350000", "350300",
    ]  # fmt: skip


def test_new_never_replaces_a_file(within: Within, ledger: Path) -> None:
    before = ledger.read_bytes()
    told = within("new", ledger, "--unit", "乙", "--code", "2").refused()
    assert "已经存在，没有改动它" in told
    assert ledger.read_bytes() == before


def test_new_says_which_folder_is_missing(within: Within, tmp_path: Path) -> None:
    told = within("new", tmp_path / "没有" / "a.sytz", "--unit", "乙", "--code", "2").refused()
    assert "没有 不存在，没有建立台账" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "code"), [("", "1"), ("甲", " "), ("甲" * 301, "1")])
def test_new_refuses_a_unit_without_name_or_code(
    within: Within, tmp_path: Path, name: str, code: str
) -> None:
    within("new", tmp_path / "a.sytz", "--unit", name, "--code", code).refused()
    assert list(tmp_path.iterdir()) == []


# sample


def test_sample_makes_a_ledger_of_53_practices(within: Within, tmp_path: Path) -> None:
    assert within("sample", tmp_path / "示例.sytz").status == 0
    kinds = ("pledge", "rule", "inspection", "finding", "survey", "activity")
    counts = [len(within("list", tmp_path / "示例.sytz", kind).lines()) for kind in kinds]
    assert sum(counts) == 53
    assert "已经存在" in within("sample", tmp_path / "示例.sytz").refused()


# list


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ((), ["车辆承诺", "会议承诺", "车队"]),
        (("--from", "2026"), ["会议承诺"]),
        (("--to", "2025-12-31"), ["车辆承诺"]),
        (("--from", "2025-12-31", "--to", "2026-06-30"), ["车辆承诺", "会议承诺"]),
        (("--unit", "350300"), ["车辆承诺", "会议承诺", "车队"]),
        (("--unit", "350999"), []),
    ],
)
def test_list_selects_by_unit_and_period(
    within: Within, ledger: Path, options: tuple[str, ...], titles: list[str]
) -> None:
    done = within("list", filled(within, ledger), "pledge", *options)
    assert done.status == 0
    assert [record["title"] for record in done.records()] == titles


def test_list_leaves_out_what_is_in_the_recycle_bin(within: Within, ledger: Path) -> None:
    filled(within, ledger)
    with Ledger.open(ledger) as opened:
        opened.delete([next(opened.records("pledge")).id])
    assert len(within("list", ledger, "pledge").lines()) == 2


@pytest.mark.parametrize("command", ["list", "export"])
def test_a_period_that_ends_before_it_begins_is_refused(
    within: Within, ledger: Path, tmp_path: Path, command: str
) -> None:
    what = "pledge" if command == "list" else tmp_path / "a.xlsx"
    told = within(command, ledger, what, "--from", "2026-07", "--to", "2026-06-30").refused()
    assert told == "截止日期 2026-06-30 早于起始日期 2026-07，请核对"


# search


def test_search_prints_kind_id_and_title_best_first(within: Within, ledger: Path) -> None:
    filled(within, ledger)
    ids = {str(r["title"]): r["id"] for r in within("list", ledger, "pledge").records()}
    assert within("search", ledger, "车辆").out == f"pledge\t{ids['车辆承诺']}\t车辆承诺\n"
    assert {hit.split("\t")[2] for hit in within("search", ledger, "chedui").lines()} == {"车队"}
    assert len(within("search", ledger, "车").lines()) == 2
    assert len(within("search", ledger, "车", "--limit", "1").lines()) == 1
    assert within("search", ledger, "没有").out == ""


@pytest.mark.parametrize(
    "text", ["", " ", "%", "'", '"', "*", "a OR b", "(", "\\", "𠮷", "x" * 9000]
)
def test_search_takes_any_text(within: Within, ledger: Path, text: str) -> None:
    done = within("search", filled(within, ledger), text)
    assert (done.status, done.out, done.err) == (0, "", "")


# export, share


def test_export_writes_the_report_and_says_how_many(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    filled(within, ledger)
    out = tmp_path / "上报.xlsx"
    done = within("export", ledger, out, "--from", "2026-01-01", "--to", "2026-12-31")
    assert done.status == 0
    assert done.out == "共 1 条记录。另有 1 条没有填日期，未导出；起止日期留空可导出全部。\n"
    assert load_workbook(out)["承诺"]["B4"].value == "会议承诺"


@pytest.mark.parametrize("out", ["没有/上报.xlsx", "上报.docx", "莆田台账.sytz"])
def test_export_refuses_where_it_must_not_write(
    within: Within, ledger: Path, tmp_path: Path, out: str
) -> None:
    before = ledger.read_bytes()
    assert "没有写入" in within("export", ledger, tmp_path / out).refused()
    assert ledger.read_bytes() == before


def test_share_makes_the_workbook_then_updates_it(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    filled(within, ledger)
    shared = tmp_path / "共享.xlsx"
    first = within("share", ledger, shared)
    assert (first.status, first.err) == (0, "")
    assert "新增 3 行" in first.out
    before = shared.read_bytes()
    assert "没有变化" in within("share", ledger, shared).out
    assert shared.read_bytes() == before
    within("add", ledger, "pledge", given=line(title="新的"))
    assert "新增 1 行" in within("share", ledger, shared).out


def test_share_takes_kinds_and_a_period_as_export_does(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "共享.xlsx"
    given = line(title="三月的", published_on="2026-03-01") + line(
        title="四月的", published_on="2026-04"
    )
    within("add", ledger, "pledge", given=given)
    within("add", ledger, "activity", given=line(title="培训", started_on="2026-03-02"))
    period = ("--from", "2026-03", "--to", "2026-03")
    assert "新增 1 行" in within("share", ledger, shared, "--kind", "pledge", *period).out
    both = within("share", ledger, shared, "--kind", "pledge", "--kind", "activity", *period)
    assert "新增 1 行，更新 0 行，撤回 0 行，未变 1 行" in both.out
    assert "新增 1 行，更新 0 行，撤回 0 行，未变 2 行" in within("share", ledger, shared).out
    again = within("share", ledger, shared, *period)
    assert again.out == "没有变化（本单位 2 行），文件未动。另有 1 行不在所选期间，保持原样。\n"
    assert within("share", ledger, shared, "--kind", "unit").status == 2
    assert (
        "早于" in within("share", ledger, shared, "--from", "2026-04", "--to", "2026-03").refused()
    )


def test_share_refuses_what_is_no_workbook(within: Within, ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "共享.xlsx"
    other.write_bytes(b"not a workbook")
    within("share", ledger, other).refused()
    assert other.read_bytes() == b"not a workbook"
    before = ledger.read_bytes()
    within("share", ledger, ledger).refused()
    assert ledger.read_bytes() == before
    assert "是文件夹，不是共享表格" in within("share", ledger, Path()).refused()


@pytest.mark.parametrize("command", ["export", "share", "report", "import", "rollup"])
def test_a_name_that_is_too_long_is_refused_in_our_words(
    within: Within, ledger: Path, tmp_path: Path, command: str
) -> None:
    path = tmp_path / f"{'长' * 90}.{'docx' if command == 'report' else 'xlsx'}"

    assert "文件名太长" in within(command, ledger, path).refused()


# verify, backup, restore


def test_verify_is_silent_when_all_is_well(within: Within, ledger: Path) -> None:
    done = within("verify", filled(within, ledger))
    assert (done.status, done.out, done.err) == (0, "", "")


def test_verify_says_what_is_wrong_and_where(within: Within, ledger: Path) -> None:
    filled(within, ledger)
    with closing(sqlite3.connect(ledger)) as conn, conn:
        conn.execute("UPDATE pledge SET title = '改过' WHERE title = '车队'")
    done = within("verify", ledger)
    assert done.status == 1
    assert "改过" in done.out or "CN-2026-0003" in done.out
    assert "Traceback" not in done.err


def test_a_backup_restores_what_was_there(within: Within, ledger: Path, tmp_path: Path) -> None:
    filled(within, ledger)
    before = within("list", ledger, "pledge").out
    backup = tmp_path / "备份.sytz"
    assert within("backup", ledger, backup).status == 0
    within("add", ledger, "pledge", given=line(title="后来的"))
    done = within("restore", backup, ledger)
    assert done.status == 0
    assert done.out.startswith("原台账已保留为：")
    assert within("list", ledger, "pledge").out == before
    kept = Path(done.out.removeprefix("原台账已保留为：").strip())
    assert len(within("list", kept, "pledge").lines()) == 4


def test_a_backup_says_what_it_holds_and_is_noted(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    given = line(title="公开"), line(title="内部的", confidential="internal")
    within("add", ledger, "pledge", given="".join(given))
    target = tmp_path / "备份.sytz"
    done = within("backup", ledger, target)
    assert (done.status, done.err) == (0, "")
    assert "其中有密级的 1 条，备份文件请按密级保管" in done.out
    with Ledger.open(ledger, read_only=True) as opened:
        (noted,) = opened.exports.lines()
        assert (noted.way, noted.target, noted.confidential) == ("backup", str(target), 1)
        assert len(opened.exports.held(noted.seq)) == noted.records == 3
    with Ledger.open(target, read_only=True) as opened:
        assert opened.exports.lines() == []


def test_a_backup_over_the_ledger_itself_is_refused(within: Within, ledger: Path) -> None:
    before = ledger.read_bytes()
    within("backup", ledger, ledger).refused()
    within("restore", ledger, ledger).refused()
    assert ledger.read_bytes() == before


# What is not there yet, and wrong usage


@pytest.mark.parametrize(
    "given",
    [
        ("add",),
        ("add", "a", "无此种类"),
        ("list", "a", "pledge", "--from", "2026-02-30"),
        ("list", "a", "pledge", "--from", "XXXX-05-28"),
        ("list", "a", "pledge", "--to", "昨天"),
        ("search", "a", "b", "--limit", "0"),
        ("search", "a", "b", "--limit", "１０"),
        ("new", "a", "--unit", "b"),
        ("new", "a", "--unit", "b", "--code", "c", "--level", "x"),
        ("verify", "a", "b"),
        ("无此命令", "a"),
        ("--version-of-nothing",),
    ],
)
def test_wrong_usage_is_status_2_with_the_right_usage(
    within: Within, given: tuple[str, ...]
) -> None:
    done = within(*given)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("用法：main.py")
    assert "用法不对：" in done.err


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS[:10])])
def test_help_is_chinese(within: Within, command: tuple[str, ...]) -> None:
    done = within(*command, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("用法：main.py")
    for english in ("usage", "arguments", "options:", "show this", "positional"):
        assert english not in done.out


# Files that are no ledger, or not one to write to


@pytest.mark.parametrize(
    "given",
    [
        ("add", "{}", "pledge"), ("list", "{}", "pledge"), ("search", "{}", "甲"),
        ("export", "{}", "out.xlsx"), ("share", "{}", "out.xlsx"), ("verify", "{}"),
        ("backup", "{}", "out.sytz"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("content", [b"", b"not sqlite" * 500, None])
def test_what_is_no_ledger_is_refused_and_not_touched(
    within: Within, tmp_path: Path, given: tuple[str, ...], content: bytes | None
) -> None:
    path = tmp_path / "别的.db"
    if content is None:
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("CREATE TABLE mine (a)")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    command, _path, *rest = given
    out = [str(tmp_path / name) if "." in name else name for name in rest]
    told = within(command, path, *out).refused()
    assert "没有" in told
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", ["list", "add", "verify", "backup", "export"])
def test_a_ledger_that_is_not_there_is_named(within: Within, tmp_path: Path, command: str) -> None:
    rest = {"list": ("pledge",), "add": ("pledge",), "verify": ()}
    told = within(command, tmp_path / "没有.sytz", *rest.get(command, (tmp_path / "o.xlsx",)))
    assert "没有.sytz" in told.refused()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_ledger(within: Within, tmp_path: Path) -> None:
    assert "是文件夹" in within("list", tmp_path, "pledge").refused()


def test_a_ledger_of_a_newer_version_can_be_read_but_not_added_to(
    within: Within, ledger: Path
) -> None:
    filled(within, ledger)
    with closing(sqlite3.connect(ledger)) as conn, conn:
        conn.execute(f"PRAGMA user_version = {opening.FORMAT + 1000}")
    assert len(within("list", ledger, "pledge").lines()) == 3
    told = within("add", ledger, "pledge", given=line(title="甲")).refused()
    assert "更新版本的程序" in told


def test_a_ledger_that_another_program_holds_locked_is_refused(
    within: Within, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sanyou_desktop.ledger.connection._BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as conn:
        conn.execute("BEGIN IMMEDIATE")
        told = within("add", ledger, "pledge", given=line(title="甲")).refused()
        assert "第 1 行：台账正被另一个程序占用，这次操作没有写入" in told
        assert within("list", ledger, "pledge").status == 0
    assert within("add", ledger, "pledge", given=line(title="甲")).status == 0


@pytest.mark.parametrize(
    "command", [["list", "pledge"], ["search", "四心"], ["verify"], ["backup"], ["export"]]
)
def test_reading_leaves_nothing_beside_the_ledger(
    within: Within, ledger: Path, tmp_path: Path, command: list[str]
) -> None:
    name, *rest = command
    aside = tmp_path / "别处"
    aside.mkdir()
    targets = {"backup": [aside / "备份.sytz"], "export": [aside / "上报.xlsx"]}
    before = sorted(item.name for item in ledger.parent.iterdir())
    assert within(name, ledger, *rest, *targets.get(name, [])).status == 0
    assert sorted(item.name for item in ledger.parent.iterdir()) == before


def test_reading_leaves_the_log_of_a_killed_window_alone(within: Within, ledger: Path) -> None:
    log = ledger.with_name(ledger.name + "-wal")
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from sanyou_desktop.ledger.ledger import Ledger\n"
        "from sanyou_desktop.model.pledge import Pledge\n"
        "ledger = Ledger.open(Path(sys.argv[1]))\n"
        "ledger.save(Pledge(unit=ledger.unit, title='刚存的'))\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(ledger)], check=True)
    assert log.stat().st_size > 0
    done = within("list", ledger, "pledge")
    assert "刚存的" in done.out
    assert log.stat().st_size > 0


def test_what_is_exported_is_noted_and_confidential_records_need_their_own_word(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    for given in ({"title": "公开"}, {"title": "内部的", "confidential": "internal"}):
        with Ledger.open(ledger) as opened:
            opened.save(Draft.from_json("pledge", given, opened.unit).accepted())
    out = tmp_path / "上报.xlsx"
    assert within("export", ledger, out).out == "共 1 条记录。有密级的 1 条没有导出。\n"
    told = within("export", ledger, out, "--include-confidential").out
    assert told == "共 2 条记录。其中有密级的 1 条，请按保密规定传送。\n"
    within("share", ledger, tmp_path / "共享.xlsx")
    with Ledger.open(ledger, read_only=True) as opened:
        lines = opened.exports.lines()
    assert [(line.way, line.records, line.confidential) for line in lines] == [
        ("share", 1, 0), ("report", 2, 1), ("report", 1, 0),
    ]  # fmt: skip
    assert lines[0].result


def test_photos_are_asked_for(within: Within, ledger: Path, tmp_path: Path) -> None:
    told = within("export", ledger, tmp_path / "上报.xlsx", "--photos").out
    assert told == "共 0 条记录。没有可放入的照片。\n"
    with Ledger.open(ledger, read_only=True) as opened:
        assert opened.exports.lines()[0].options["photos"] == "included"


def test_an_export_that_cannot_be_noted_is_there_and_says_so(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(ledger)) as conn:
        conn.execute("PRAGMA user_version = 3000")
    out = tmp_path / "上报.xlsx"
    done = within("export", ledger, out)
    assert (done.status, done.out) == (0, "共 0 条记录。\n")
    assert done.err == "文件已写好，但没有记入导出登记：台账是更新版本的程序建立的，只能读取\n"
    assert out.exists()
