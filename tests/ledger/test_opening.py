"""What is no ledger is refused untouched; what cannot be written to opens for reading, with why."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.ledger import opening
from sanyou_desktop.ledger.connection import APPLICATION_ID
from sanyou_desktop.ledger.errors import (
    AlreadyThere,
    LedgerDamaged,
    LedgerError,
    LedgerReadOnly,
    Missing,
    NotALedger,
)
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit

OWN = Unit(code="350300", name="莆田市机关事务管理局")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "台账.sytz"
    Ledger.create(path, OWN).close()
    return path


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def refuse(path: Path, kind: type[LedgerError], match: str) -> None:
    """Assert that opening is refused and changes nothing at or beside ``path``."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir())
    for read_only in (False, True):
        with pytest.raises(kind, match=match):
            Ledger.open(path, read_only=read_only)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == beside


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    refuse(tmp_path / "无.sytz", Missing, "找不到 .*无.sytz")


def test_a_folder(tmp_path: Path) -> None:
    refuse(tmp_path, NotALedger, "是文件夹，不是台账")


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\0", b"PK\x03\x04" + b"x" * 5000, "文字".encode() * 4000]
)
def test_another_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "别的.sytz"
    path.write_bytes(content)
    refuse(path, NotALedger, "不是三优台账的台账文件")


def test_another_programs_database_is_not_even_touched(tmp_path: Path) -> None:
    path = tmp_path / "别的.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE t (x)")
    refuse(path, NotALedger, "是数据库文件，但不是三优台账的台账")


def test_a_database_that_only_carries_our_mark(tmp_path: Path) -> None:
    path = tmp_path / "空.sytz"
    alter(path, f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 1000")
    refuse(path, LedgerDamaged, "缺少所属单位")


def test_a_damaged_file(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    path.write_bytes(content)
    with pytest.raises(LedgerDamaged, match=r"已损坏.*备份"):
        Ledger.open(path)
    assert path.read_bytes() == content


def test_half_a_file(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(LedgerDamaged, match="已损坏"):
        Ledger.open(path)


def test_a_new_ledger_is_not_made_over_a_file(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(AlreadyThere, match="没有改动它"):
        Ledger.create(path, OWN)
    with pytest.raises(Missing, match=r"文件夹 .* 不存在"):
        Ledger.create(tmp_path / "无" / "台账.sytz", OWN)
    assert path.read_bytes() == before


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_what_another_ledger_left_is_not_taken_for_part_of_a_new_one(
    tmp_path: Path, end: str
) -> None:
    left = tmp_path / f"台账.sytz{end}"
    left.write_bytes(b"not yet written")
    with pytest.raises(AlreadyThere, match="原来同名台账留下"):
        Ledger.create(tmp_path / "台账.sytz", OWN)
    assert left.read_bytes() == b"not yet written"
    assert [found.name for found in tmp_path.iterdir()] == [left.name]


def test_a_newer_ledger_is_for_reading_only(path: Path) -> None:
    alter(path, f"PRAGMA user_version = {opening.FORMAT + 1000}")
    with Ledger.open(path) as ledger:
        assert ledger.read_only
        assert "更新版本" in ledger.read_only_reason
        assert ledger.own_unit().code == OWN.code
        with pytest.raises(LedgerReadOnly, match="请升级程序"):
            ledger.save(Pledge(unit="350300", title="x"))


def test_a_ledger_of_a_newer_minor_version_is_written_to_as_usual(path: Path) -> None:
    alter(path, "PRAGMA user_version = 1001", "ALTER TABLE pledge ADD COLUMN colour TEXT")
    with Ledger.open(path) as ledger:
        made = ledger.save(Pledge(unit="350300", title="甲")).record
        ledger.save(replace(made, title="乙"))
        assert not ledger.read_only


def test_a_second_window_reads_and_says_why(path: Path) -> None:
    with Ledger.open(path) as first, Ledger.open(path) as second:
        assert not first.read_only
        assert "另一个窗口或程序正在使用" in second.read_only_reason
        made = first.save(Pledge(unit="350300", title="甲")).record
        assert second.get(made.id) == made
    with Ledger.open(path) as third:
        assert not third.read_only


def test_a_link_to_the_ledger_meets_the_same_lock(path: Path) -> None:
    link = path.with_name("快捷.sytz")
    link.symlink_to(path)
    with Ledger.open(path), Ledger.open(link) as second:
        assert second.read_only


def test_commands_share_the_ledger_with_each_other(path: Path) -> None:
    with Ledger.open(path, shared=True) as first, Ledger.open(path, shared=True) as second:
        first.save(Pledge(unit="350300", title="甲"))
        second.save(Pledge(unit="350300", title="乙"))
        assert len(list(first.records("pledge"))) == 2


def test_the_writers_lock_leaves_no_file_behind(path: Path) -> None:
    Ledger.open(path).close()
    assert [item.name for item in path.parent.iterdir()] == [path.name]


@pytest.mark.ordinary
def test_a_write_protected_file_or_folder_is_for_reading_only(path: Path) -> None:
    path.chmod(0o444)
    with Ledger.open(path) as ledger:
        assert "没有写入权限" in ledger.read_only_reason
    path.chmod(0o644)
    path.parent.chmod(0o555)
    try:
        with Ledger.open(path) as ledger:
            assert "没有写入权限" in ledger.read_only_reason
            assert ledger.own_unit().code == OWN.code
    finally:
        path.parent.chmod(0o755)


def test_opening_an_up_to_date_ledger_imports_no_sqlite_utils(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from sanyou_desktop.ledger.ledger import Ledger\n"
        "with Ledger.open(Path(sys.argv[1])) as ledger:\n"
        "    ledger.save(ledger.own_unit()); ledger.search('莆田')\n"
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == 0


def test_an_older_ledger_is_brought_up_to_date_after_a_backup(path: Path) -> None:
    alter(path, "PRAGMA user_version = 0")
    with Ledger.open(path) as ledger:
        assert not ledger.read_only
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (opening.FORMAT,)
    backup = path.with_name("台账 升级前备份.sytz")
    with closing(sqlite3.connect(backup)) as conn:
        assert conn.execute("SELECT title FROM unit").fetchone() == (OWN.name,)


def take_back_the_last_migration(path: Path) -> None:
    """Make of a new ledger what the program wrote before lists and plans were kinds."""
    added = {
        "rule": ("interpreter", "reviews"),
        "inspection": ("planned_on", "plan", "previous"),
        "finding": ("item_key", "clause", "continuing_reason", "reopenings", "slips"),
        "survey": ("weights", "basic_excluded"),
    }
    drops = [
        *(f"DROP INDEX inspection_{name}" for name in ("by_planned_on", "refers_plan")),
        "DROP INDEX inspection_refers_previous",
        *(f'ALTER TABLE {kind} DROP COLUMN "{key}"' for kind in added for key in added[kind]),
        "DROP TABLE scheme",
        "DROP TABLE plan",
        "DELETE FROM _sqlite_migrations WHERE name = 'close_the_loop'",
        "PRAGMA user_version = 1000",
    ]
    alter(path, *drops)


def test_an_older_ledger_that_may_only_be_read_is_read_as_it_would_be(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.save(Pledge(unit=OWN.code, title="旧承诺"))
    take_back_the_last_migration(path)
    before = path.read_bytes()
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.read_only
        assert [record.title for record in ledger.records("pledge")] == ["旧承诺"]
        assert list(ledger.records("scheme")) == []
        assert ledger.verify() == []
        with pytest.raises(LedgerReadOnly):
            ledger.save(Pledge(unit="350300", title="x"))
    assert path.read_bytes() == before
