"""The program as scripts meet it: any locale, any code page, pipes that close, a full disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.start import main
from tests.cli.run import MAIN, environment, line, run, start

PLACES = pytest.mark.parametrize(
    "variables",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"},
    ],
    ids=["none", "C", "plain C", "GBK", "cp1252"],
)
TEXT = "四心承诺 𠮷 㐂 🙂 ß"


@PLACES
def test_text_is_utf_8_whatever_the_place(ledger: Path, variables: dict[str, str]) -> None:
    added = run("add", ledger, "pledge", given=line(title=TEXT), **variables)
    assert (added.status, added.err) == (0, "")
    listed = run("list", ledger, "pledge", **variables)
    assert [record["title"] for record in listed.records()] == [TEXT]
    assert TEXT in listed.out, "not escaped"
    assert "必填，请填写" in run("add", ledger, "pledge", given="{}", **variables).refused()


@PLACES
def test_arguments_are_read_whatever_the_place(tmp_path: Path, variables: dict[str, str]) -> None:
    path = tmp_path / "台账 𠮷.sytz"
    made = run("new", path, "--unit", "莆田市机关事务管理局", "--code", "1", **variables)
    assert (made.status, made.err) == (0, "")
    assert [r["name"] for r in run("list", path, "unit").records()] == ["莆田市机关事务管理局"]
    found = run("search", path, "莆田", **variables).out
    assert found.endswith("\t莆田市机关事务管理局\n")


def test_a_reader_that_has_seen_enough_is_no_error(ledger: Path) -> None:
    given = "".join(line(title=f"第{n}条", statement="长" * 5_000) for n in range(200))
    assert run("add", ledger, "pledge", given=given).status == 0
    with start("list", ledger, "pledge") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [("list", "pledge"), ("search", "条")])
def test_output_that_cannot_be_written_is_refused(ledger: Path, command: tuple[str, str]) -> None:
    run("add", ledger, "pledge", given=line(title="一条"))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, str(MAIN), command[0], str(ledger), command[1]],
            stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=30, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode().startswith("输出中断：")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments", [("list", "pledge"), ("search", "条"), ("add", "pledge"), ("verify",)]
)
def test_commands_start_without_what_only_others_need(
    ledger: Path, arguments: tuple[str, ...]
) -> None:
    command, *rest = arguments
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(MAIN), command, str(ledger), *rest],
        input=b"", capture_output=True, env=environment(), timeout=60, check=True,
    )  # fmt: skip
    imported = {row.rpartition("|")[2].strip() for row in done.stderr.decode().splitlines()}
    assert "sqlite3" in imported
    heavy = {"PySide6", "xlsxwriter", "lxml", "sqlite_utils", "platformdirs"}
    assert {name.partition(".")[0] for name in imported} & heavy == set()


def test_a_word_that_is_no_command_is_told_apart_from_a_ledger_by_what_follows(
    tmp_path: Path,
) -> None:
    done = run("无此命令", tmp_path / "a.sytz")
    assert done.status == 2
    assert "用法不对：" in done.err


def test_the_first_id_is_printed_before_the_second_line_is_there(ledger: Path) -> None:
    with start("add", ledger, "pledge") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(line(title=f"第{number}条").encode())
            process.stdin.flush()
            assert len(process.stdout.readline()) == 37
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_interrupted_while_commands_are_imported_it_leaves_as_the_commands_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(_given: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("sanyou_desktop.cli.main", interrupted)

    assert main(["list"]) == 130


def test_commands_speak_english_where_a_script_asks_and_documents_stay_chinese(
    ledger: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"

    helped = run("export", "--help", SANYOU_LANGUAGE="en")
    exported = run("export", ledger, out, SANYOU_LANGUAGE="en", LC_ALL="C")
    refused = run("export", ledger, tmp_path / "out.xls", SANYOU_LANGUAGE="en").refused()
    unknown = run("export", "--help", SANYOU_LANGUAGE="fr")

    assert helped.out.startswith("Usage: main.py export")
    assert helped.out.isascii()
    assert exported.out == "Records: 0.\n"
    assert refused.startswith("out.xls is not")
    assert unknown.out.startswith("用法：")
    assert load_workbook(out).sheetnames[:2] == ["封面", "承诺"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    ("command", "name"), [("export", "甲.xlsx"), ("share", "乙.xlsx"), ("report", "丙.docx")]
)
def test_what_went_out_is_in_the_log_whoever_reads_what_is_printed(
    ledger: Path, tmp_path: Path, command: str, name: str
) -> None:
    with Path("/dev/full").open("wb") as full:
        subprocess.run(
            [sys.executable, str(MAIN), command, str(ledger), str(tmp_path / name)],
            stdout=full,
            stderr=subprocess.DEVNULL,
            env=environment(PYTHONUNBUFFERED="1"),
            timeout=60,
            check=False,
        )

    assert (tmp_path / name).exists()
    with Ledger.open(ledger, read_only=True) as opened:
        assert [Path(one.target).name for one in opened.exports.lines()] == [name]
