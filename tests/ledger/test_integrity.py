"""Whatever is changed in the file behind the program's back is named, with what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.ledger.integrity import verify
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.unit import Unit

UNIT = "350300"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a ledger with a unit, a pledge of two revisions with a photo, and a finding."""
    path = tmp_path / "台账.sanyou"
    with Ledger.create(path, Unit(code=UNIT, name="莆田市机关事务管理局")) as ledger:
        photo = ledger.attachments.add(b"\xff\xd8\xff" + b"photo" * 1000, "现场.jpg")
        pledge = ledger.save(
            Pledge(
                unit=UNIT,
                title="车辆接待承诺",
                clauses=(Clause(key="a", text="无投诉"),),
                attachments=(photo,),
            )
        ).record
        assert isinstance(pledge, Pledge)
        ledger.save_many([replace(pledge, statement="热情周到")], "")
        ledger.save(Finding(unit=UNIT, title="灯不亮", against=pledge.id))
    return path


def tamper(path: Path, *statements: str) -> None:
    """Run SQL as any SQLite tool could, the triggers that guard the history taken away."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DROP TRIGGER history_no_update")
        conn.execute("DROP TRIGGER history_no_delete")
        for statement in statements:
            assert conn.execute(statement).rowcount != 0
        conn.commit()


def found(path: Path) -> list[str]:
    with Ledger.open(path, read_only=True) as ledger:
        return ledger.verify()


def only(path: Path) -> str:
    (sentence,) = found(path)
    return sentence


def test_a_sound_ledger_has_nothing_to_say(path: Path) -> None:
    assert found(path) == []


def test_the_writer_can_verify_too_and_sees_how_far_it_is(path: Path) -> None:
    steps: list[tuple[int, int]] = []
    with Ledger.open(path) as ledger:
        assert ledger.verify(lambda done, total: steps.append((done, total))) == []
        ledger.save(Pledge(unit=UNIT, title="之后还能保存"))
    assert steps[-1] == (8, 8)


def test_a_changed_history_row_is_named(path: Path) -> None:
    tamper(
        path,
        "UPDATE history SET content = replace(content, '无投诉', '少投诉') WHERE seq = 2",
    )
    assert only(path).startswith("承诺 CN-")
    assert "「车辆接待承诺」第 1 版的历史被改动过" in only(path)


def test_a_changed_hash_breaks_the_chain_at_the_next_row(path: Path) -> None:
    tamper(path, "UPDATE history SET hash = 'x' WHERE seq = 2")
    sentences = found(path)
    assert any("第 1 版的历史被改动过" in sentence for sentence in sentences)
    assert any("第 2 版的历史与前一条接不上" in sentence for sentence in sentences)
    assert len(sentences) == 2


def test_missing_history_rows_are_counted_out(path: Path) -> None:
    tamper(path, "DELETE FROM history WHERE seq = 2")
    assert only(path) == "历史缺少第 2 到 2 条，请从最近的备份恢复。"


def test_history_without_its_end_is_seen_from_the_record(path: Path) -> None:
    tamper(path, "DELETE FROM history WHERE seq = 4")
    assert "问题整改 WT-" in only(path)
    assert "「灯不亮」没有历史" in only(path)


def test_a_record_changed_behind_the_history_is_named(path: Path) -> None:
    tamper(path, "UPDATE pledge SET clauses = replace(clauses, '无投诉', '少投诉')")
    assert "承诺 CN-" in only(path)
    assert "「车辆接待承诺」与历史第 2 版不一致" in only(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pledge SET clauses = 'no json'",
        "UPDATE pledge SET published_on = '31.2.2026'",
        "UPDATE pledge SET clauses = '7'",
    ],
)
def test_a_record_that_cannot_be_read_is_named(path: Path, statement: str) -> None:
    tamper(path, statement)
    assert "「车辆接待承诺」与历史第 2 版不一致" in only(path)


def test_history_that_cannot_be_read_does_not_end_the_checking(path: Path) -> None:
    tamper(path, "UPDATE history SET content = 'no json', kind = 'unknown' WHERE seq = 3")
    sentences = found(path)
    assert any("第 2 版的历史被改动过" in sentence for sentence in sentences)
    assert any("与历史第 2 版不一致" in sentence for sentence in sentences)


def test_the_register_must_agree_with_the_record(path: Path) -> None:
    tamper(path, "UPDATE record SET title = '别的' WHERE kind = 'pledge'")
    assert "「别的」与登记册不一致" in only(path)


def test_a_record_that_vanished_is_named(path: Path) -> None:
    tamper(
        path,
        "DELETE FROM search_source WHERE seq = (SELECT seq FROM finding)",
        "DELETE FROM record WHERE kind = 'finding'",
        "DELETE FROM finding",
    )
    assert "问题整改 WT-" in only(path)
    assert "「灯不亮」有历史而记录本身不在台账中" in only(path)


def test_a_row_of_no_record_is_named(path: Path) -> None:
    tamper(path, "DELETE FROM record WHERE kind = 'finding'")
    assert any(sentence.startswith("表 finding 第") for sentence in found(path))


def test_changed_attachment_bytes_are_named_with_their_record(path: Path) -> None:
    tamper(path, "UPDATE attachment SET content = zeroblob(length(content))")
    assert "承诺 CN-" in only(path)
    assert "「车辆接待承诺」的附件「现场.jpg」内容已损坏" in only(path)


def test_shortened_attachment_bytes_are_named(path: Path) -> None:
    tamper(path, "UPDATE attachment SET content = x'00'")
    assert "的附件「现场.jpg」内容已损坏" in only(path)


def test_a_missing_attachment_is_named_with_its_record(path: Path) -> None:
    tamper(path, "DELETE FROM attachment")
    assert "「车辆接待承诺」的附件「现场.jpg」不在台账中" in only(path)


def test_a_record_that_search_lacks_is_named(path: Path) -> None:
    tamper(path, "DELETE FROM search_source WHERE seq = (SELECT seq FROM pledge)")
    assert "「车辆接待承诺」不在检索中" in only(path)


def test_search_rows_of_no_record_are_counted(path: Path) -> None:
    tamper(path, "INSERT INTO search_source (seq, packed) VALUES (99, x'00')")
    assert only(path) == "检索中有 1 条内容不属于任何记录，请从最近的备份恢复。"


def test_damaged_pages_are_reported_and_the_rest_is_still_checked(path: Path) -> None:
    tamper(path, "DELETE FROM attachment")
    with closing(sqlite3.connect(path)) as conn:
        size = conn.execute("PRAGMA page_size").fetchone()[0]
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'finding'"
        page = conn.execute(sql).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x77" * 64)
    with closing(sqlite3.connect(path)) as conn:
        sentences = verify(conn)
    assert any("请从最近的备份恢复，现有文件会保留" in sentence for sentence in sentences)
    assert any("的附件「现场.jpg」不在台账中" in sentence for sentence in sentences)


def test_trouble_everywhere_is_summed_up(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.save_many([Pledge(unit=UNIT, title=f"第{at}项") for at in range(150)], "")
    tamper(path, "DELETE FROM search_source")
    sentences = found(path)
    assert len(sentences) == 101
    assert sentences[-1] == "同类问题还有 53 处，没有一一列出。"
