"""``add``: every record durable before its id is printed, every refusal one line that helps."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.kinds import KINDS
from tests.cli.conftest import Within
from tests.cli.run import line, run, start


def test_it_prints_the_id_of_each_record_and_list_prints_the_records(
    within: Within, ledger: Path
) -> None:
    done = within(
        "add", ledger, "pledge",
        given=line(title="四心承诺", statement="𠮷 㐂 🙂\n第二行") + "\n" + line(title="甲"),
    )  # fmt: skip
    assert (done.status, done.err) == (0, "")
    listed = within("list", ledger, "pledge").records()
    assert [record["id"] for record in listed] == done.lines()
    assert [record["title"] for record in listed] == ["四心承诺", "甲"]
    assert listed[0]["statement"] == "𠮷 㐂 🙂\n第二行"


def test_the_unit_is_the_ledgers_own_unless_another_is_named(within: Within, ledger: Path) -> None:
    given = line(title="甲") + line(title="乙", unit="350302") + line(title="丙", unit="")
    assert within("add", ledger, "pledge", given=given).status == 0
    units = {r["title"]: r["unit"] for r in within("list", ledger, "pledge").records()}
    assert units == {"甲": "350300", "乙": "350302", "丙": "350300"}
    assert len(within("list", ledger, "pledge", "--unit", "350302").lines()) == 1


def test_what_list_prints_can_be_added_to_another_ledger_and_lists_the_same(
    within: Within, tmp_path: Path
) -> None:
    first, second = tmp_path / "甲.sytz", tmp_path / "乙.sytz"
    assert within("sample", first).status == 0
    within("new", second, "--unit", "福建省政府机关事务管理局", "--code", "350000-01")
    moving = {"updated_at", "created_at", "revision"}
    for kind in KINDS:
        printed = within("list", first, kind).out
        lines = [
            text for text in printed.splitlines() if json.loads(text).get("code") != "350000-01"
        ]
        added = within("add", second, kind, given="\n".join(lines))
        assert (added.status, added.err) == (0, "")
        kept = {str(r["id"]): r for r in within("list", second, kind).records()}
        for text in lines:
            record = json.loads(text)
            again = kept[record["id"]]
            assert {k: v for k, v in again.items() if k not in moving} == {
                k: v for k, v in record.items() if k not in moving
            }


def test_a_refused_line_ends_it_and_the_lines_before_stay(within: Within, ledger: Path) -> None:
    given = line(title="甲") + line(title="乙", published_on="2026-02-30") + line(title="丙")
    done = within("add", ledger, "pledge", given=given)
    assert len(done.lines()) == 1
    assert done.refused().startswith("第 2 行：公示日期：2026 年 2 月没有 30 日，可填 2026-02-28")
    assert [r["title"] for r in within("list", ledger, "pledge").records()] == ["甲"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (line(title="甲", colour="红"), "colour：承诺没有「colour」这个字段"),
        (line(), "标题：必填，请填写"),
        (line(title="甲", published_on="2026-02-30"), "公示日期：2026 年 2 月没有 30 日"),
        (line(title="甲", published_on=True), "公示日期：应为日期，现为「True」"),
        (line(title=["甲"]), "标题：应为文字"),
        (line(title="甲", clauses=[{"text": "乙", "target": "多"}]), "承诺条款 第 1 行 目标值："),
        (line(title="甲", clauses={"text": "乙"}), "承诺条款：应为多行内容"),
        (line(title="甲" * 100_000), "标题：最多 300 字，现有 100000 字"),
        (line(title="甲", statement="长" * 200_001), "承诺内容：最多 200000 字"),
        (line(title="甲", status="好"), "状态：没有「好」这个选项"),
        (line(title="甲", id="1"), "记录标识：应为记录标识，现为「1」"),
        ('{"title": "\\ud800"}\n', "标题：含有不完整的字符"),
        ('{"\\ud800": 1, "title": "甲"}\n', "这个字段"),
        ('{"title": "甲", "title": "乙"}\n', "title：同一个字段写了两次"),
        ('{"title": NaN}\n', "不是有效的 JSON，数字有误"),
        ('{"title": Infinity}\n', "不是有效的 JSON，数字有误"),
        ('{"title": 1' + "0" * 5000 + "}\n", "不是有效的 JSON，数字有误"),
        ('{"title": "甲"', "不是有效的 JSON，第 "),
        ("标题,内容\n", "不是有效的 JSON，第 1 个字符处有误"),
        ('["甲"]\n', "每行应为一个 JSON 对象"),
        ("null\n", "每行应为一个 JSON 对象"),
        ("[" * 100_000 + "\n", "不是有效的 JSON，嵌套过深"),
        (b'{"title": "\xb3\xd0\xc5\xb5"}\n', "标题：含有不完整的字符"),
        (b"\xff\xfe{\x00}\x00\n", "不是有效的 JSON"),
        (b"\x00\n", "不是有效的 JSON"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_one_line_that_says_where_and_why(
    within: Within, ledger: Path, given: str | bytes, reason: str
) -> None:
    told = within("add", ledger, "pledge", given=given).refused()
    assert told.startswith("第 1 行：")
    assert reason in told
    assert len(told) < 300
    assert within("list", ledger, "pledge").out == ""


@pytest.mark.parametrize("depth", [10, 300, 990, 3_000])
def test_nesting_at_any_depth_is_refused(within: Within, ledger: Path, depth: int) -> None:
    nested = '{"title": ' + "[" * depth + "]" * depth + "}\n"
    assert within("add", ledger, "pledge", given=nested).refused().startswith("第 1 行：")


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1e-400", "9" * 4000])
def test_numbers_beyond_reason_are_refused(within: Within, ledger: Path, number: str) -> None:
    given = f'{{"title": "甲", "announced_count": {number}}}\n'
    assert "公布项数" in within("add", ledger, "rule", given=given).refused()


def test_numbers_keep_their_digits(within: Within, ledger: Path) -> None:
    given = '{"title": "甲", "items": [{"item": "乙", "full_score": 0.1000000000000000055}]}\n'
    assert "满分" in within("add", ledger, "inspection", given=given).refused()
    given = '{"title": "甲", "items": [{"item": "乙", "full_score": 2.50}]}\n'
    assert within("add", ledger, "inspection", given=given).status == 0
    (record,) = within("list", ledger, "inspection").records()
    items = record["items"]
    assert isinstance(items, list)
    assert str(items[0]["full_score"]) == "2.5"


def test_several_faults_of_a_line_are_told_together(within: Within, ledger: Path) -> None:
    told = within("add", ledger, "pledge", given=line(published_on="x", status="x")).refused()
    assert told.index("标题") < told.index("状态") < told.index("公示日期")
    assert told.count("；") >= 2


def test_text_of_100_000_characters_is_kept_whole(within: Within, ledger: Path) -> None:
    assert (
        within("add", ledger, "pledge", given=line(title="甲", statement="长" * 100_000)).status
        == 0
    )
    assert within("list", ledger, "pledge").records()[0]["statement"] == "长" * 100_000


def test_control_characters_are_dropped_and_one_line_stays_one_line(
    within: Within, ledger: Path
) -> None:
    within("add", ledger, "pledge", given='{"title": "甲\\u0000乙\\t丙\\n丁"}\n')
    assert within("list", ledger, "pledge").records()[0]["title"] == "甲乙 丙 丁"
    hits = within("search", ledger, "丙").lines()
    assert [hit.split("\t")[2] for hit in hits] == ["甲乙 丙 丁"]


def test_a_record_that_is_there_is_not_changed_by_adding_it_again(
    within: Within, ledger: Path
) -> None:
    within("add", ledger, "pledge", given=line(title="甲"))
    (text,) = within("list", ledger, "pledge").lines()
    changed = json.loads(text) | {"title": "改"}
    assert "已有" in within("add", ledger, "pledge", given=line(**changed)).refused()
    assert within("list", ledger, "pledge").lines() == [text]


@pytest.mark.parametrize("start_of_file", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""], ids=["LF", "CRLF", "none"])
def test_lines_of_any_editor_are_read(
    within: Within, ledger: Path, start_of_file: bytes, end: bytes
) -> None:
    given = start_of_file + line(title="承诺").strip().encode() + end
    assert within("add", ledger, "pledge", given=given).status == 0
    assert within("list", ledger, "pledge").records()[0]["title"] == "承诺"


def test_a_record_whose_id_was_printed_is_there_after_a_kill(ledger: Path) -> None:
    printed = []
    for round_ in range(3):
        with start("add", ledger, "pledge") as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for number in range(4):
                process.stdin.write(line(title=f"第{round_}-{number}条").encode())
                process.stdin.flush()
                printed.append(process.stdout.readline().decode().strip())
            process.kill()
    with Ledger.open(ledger) as opened:
        assert [record.id for record in opened.records("pledge")] == printed
        assert opened.verify() == []
    assert len(printed) == 12


def test_four_commands_add_at_once_and_every_record_has_its_number(ledger: Path) -> None:
    processes = [start("add", ledger, "pledge") for _ in range(4)]
    for at, process in enumerate(processes):
        assert process.stdin is not None
        process.stdin.write("".join(line(title=f"{at}-{n}") for n in range(25)).encode())
        process.stdin.close()
        process.stdin = None
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert len(out.splitlines()) == 25
    with Ledger.open(ledger) as opened:
        numbers = [record.number for record in opened.records("pledge")]
        assert len(numbers) == len(set(numbers)) == 100
        assert opened.verify() == []


def test_beside_an_open_window_nothing_is_added_and_the_reason_is_told(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, within: Within
) -> None:
    monkeypatch.setattr("sanyou_desktop.ledger.opening._COMMAND_WAIT", 0.1)
    with Ledger.open(ledger) as window:
        told = within("add", ledger, "pledge", given=line(title="甲")).refused()
        assert told.startswith("没有添加任何记录。另一个窗口或程序正在使用这本台账")
        assert list(window.records("pledge")) == []
        assert within("list", ledger, "pledge").status == 0, "reading is free"
    assert within("add", ledger, "pledge", given=line(title="甲")).status == 0


def test_a_window_opened_beside_adding_may_read_only(ledger: Path) -> None:
    with start("add", ledger, "pledge") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line(title="甲").encode())
        process.stdin.flush()
        assert process.stdout.readline()
        with Ledger.open(ledger) as window:
            assert window.read_only
            assert [record.title for record in window.records("pledge")] == ["甲"]
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_when_nobody_reads_the_ids_it_says_how_far_it_came(ledger: Path) -> None:
    with start("add", ledger, "pledge") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write((line(title="甲") + line(title="乙")).encode())
        process.stdin.close()
        told = process.stderr.read().decode()
    assert told == "输出已被对方关闭，第 1 行已保存，之后的各行没有添加。\n"
    assert process.returncode == 1
    assert len(run("list", ledger, "pledge").lines()) == 1


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Let programs started by a test be interrupted, though a job in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="interrupts differ on Windows")
@pytest.mark.usefixtures("interrupts")
def test_interrupted_it_leaves_quietly_and_what_was_added_stays(ledger: Path) -> None:
    with start("add", ledger, "pledge") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line(title="甲").encode())
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 130
    assert len(run("list", ledger, "pledge").lines()) == 1


def test_it_adds_units_and_rounds_too(within: Within, ledger: Path) -> None:
    assert (
        within("add", ledger, "unit", given=line(code="350302", name="城厢区政府办公室")).status
        == 0
    )
    assert within("add", ledger, "round", given=line(name="第一轮")).status == 0
    again = within("add", ledger, "unit", given=line(code="350302", name="又一个")).refused()
    assert again.startswith("第 1 行：")


def test_no_lines_add_nothing(within: Within, ledger: Path) -> None:
    assert within("add", ledger, "pledge", given=" \n\n") == within("list", ledger, "pledge")


@pytest.mark.parametrize(
    ("given", "mark"),
    [({}, "secret"), ({"confidential": ""}, ""), ({"confidential": "internal"}, "internal")],
)
def test_what_comes_of_a_marked_record_has_its_mark_unless_the_line_says_otherwise(
    within: Within, ledger: Path, given: dict[str, str], mark: str
) -> None:
    source = line(title="机房检查", confidential="secret")
    (inspection,) = within("add", ledger, "inspection", given=source).lines()
    added = line(title="机房漏水", inspection=inspection, **given)
    assert within("add", ledger, "finding", given=added).status == 0
    (finding,) = within("list", ledger, "finding").records()
    assert finding["confidential"] == mark
