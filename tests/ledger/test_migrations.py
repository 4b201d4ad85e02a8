"""Replaying all migrations makes the tables that the kinds declare; old ledgers become new ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import pytest
from sqlite_utils import Database, Migrations

from sanyou_desktop.ledger import migrations, opening, references
from sanyou_desktop.ledger.connection import APPLICATION_ID
from sanyou_desktop.ledger.errors import LedgerBug, LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import Filter, Query
from sanyou_desktop.model import kinds
from sanyou_desktop.model.fields import Count, Names, Text
from sanyou_desktop.model.kinds import KINDS, Kind
from sanyou_desktop.model.pledge import Pledge
from sanyou_desktop.model.unit import Unit
from tests.ledger.missing_migration import code_of, columns_of, missing_columns

OWN = Unit(code="350300", name="莆田市机关事务管理局")
TODAYS = opening.FORMAT


@pytest.fixture
def replayed() -> Iterator[sqlite3.Connection]:
    """Return an empty file's connection after every migration."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        migrations.migrate(conn)
        yield conn


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a ledger with one pledge."""
    path = tmp_path / "台账.sytz"
    with Ledger.create(path, OWN) as ledger:
        ledger.save(Pledge(unit=OWN.code, title="旧承诺"))
        ledger.save(Pledge(unit=OWN.code, title="更旧的承诺"))
    return path


@dataclass(frozen=True, kw_only=True)
class ColouredPledge(Pledge):
    """A pledge as a later version may declare it, with one line for each new field."""

    colour: Annotated[str, Text("颜色")] = ""
    copies: Annotated[int | None, Count("份数")] = None
    witnesses: Annotated[tuple[str, ...], Names("见证人")] = ()


_COLOURED = Kind("pledge", "承诺", f"{__name__}:ColouredPledge")
LATER = MappingProxyType(
    dict(KINDS) | {"pledge": Kind("pledge", "承诺", f"{__name__}:ColouredPledge")}
)


def test_every_declared_field_has_its_column(replayed: sqlite3.Connection) -> None:
    missing = missing_columns(replayed, KINDS.values())
    if missing:
        code = code_of(missing, migrations.VERSION)
        pytest.fail(f"Add to the end of sanyou_desktop/ledger/migrations.py:\n\n{code}\n", False)


def test_columns_stand_in_the_order_of_the_declaration(replayed: sqlite3.Connection) -> None:
    for kind in KINDS.values():
        declared = ["seq", *kind.fields]
        made = [column for column in columns_of(replayed, kind.key) if column in declared]
        assert made[: len(declared)] == [key for key in declared if key in made]


def test_the_version_is_the_one_that_opening_expects(replayed: sqlite3.Connection) -> None:
    assert migrations.VERSION == opening.FORMAT
    assert replayed.execute("PRAGMA user_version").fetchone() == (opening.FORMAT,)


def test_a_ledger_carries_its_mark_and_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert conn.execute("PRAGMA user_version").fetchone() == (opening.FORMAT,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_table_of_ours_refuses_values_of_another_type(replayed: sqlite3.Connection) -> None:
    rows = replayed.execute("PRAGMA table_list").fetchall()
    loose = {name for _, name, kind, _, _, strict in rows if kind == "table" and not strict}
    assert {name for name in loose if not name.startswith("sqlite_")} == {"_sqlite_migrations"}
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
        replayed.execute("INSERT INTO counter VALUES ('350300', 'CN', 'x', 1)")


def test_no_table_deletes_or_changes_rows_by_itself(replayed: sqlite3.Connection) -> None:
    for kind in KINDS:
        (key,) = replayed.execute(f'PRAGMA foreign_key_list("{kind}")').fetchall()
        assert key[2:7] == ("record", "seq", "seq", "NO ACTION", "NO ACTION")


def test_every_reference_can_be_followed_back_by_an_index(replayed: sqlite3.Connection) -> None:
    for kind, key in references.referring_fields():
        plan = replayed.execute(
            f'EXPLAIN QUERY PLAN SELECT id FROM "{kind}" WHERE "{key}" = ?', ("x",)
        ).fetchall()
        assert f"{kind}_refers_{key}" in str(plan)


def test_history_takes_no_changes_from_any_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        for statement in ("UPDATE history SET content = ''", "DELETE FROM history"):
            with pytest.raises(sqlite3.IntegrityError, match="history only grows"):
                conn.execute(statement)


def test_migrating_again_changes_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        wanted = "SELECT * FROM sqlite_schema", "SELECT * FROM _sqlite_migrations"
        before = [conn.execute(sql).fetchall() for sql in wanted]
        migrations.migrate(conn)
        assert [conn.execute(sql).fetchall() for sql in wanted] == before


# A new field: one line in its kind, one migration


def later_steps(code: str) -> Migrations:
    """Return today's migrations and the one that ``code`` adds, as if it stood at their end."""
    steps = Migrations("sanyou")
    for step in (
        migrations.make_register,
        migrations.make_kinds,
        migrations.make_history,
        migrations.make_companions,
        migrations.close_the_loop,
        migrations.keep_rollups,
    ):
        steps()(step)
    exec(code, {"STEPS": steps, "Database": Database})
    return steps


def become_later(monkeypatch: pytest.MonkeyPatch, steps: Migrations) -> None:
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "VERSION", opening.FORMAT + 1)
    monkeypatch.setattr(opening, "FORMAT", opening.FORMAT + 1)


def printed(conn: sqlite3.Connection) -> str:
    return code_of(missing_columns(conn, LATER.values()), migrations.VERSION)


def test_a_new_field_prints_the_migration_to_add(replayed: sqlite3.Connection) -> None:
    assert printed(replayed) == (
        f"MAJOR, MINOR = {migrations.MAJOR}, {migrations.MINOR + 1}"
        f"  # and FORMAT = {TODAYS + 1} in opening.py\n"
        "\n"
        "\n"
        "@STEPS()\n"
        "def add_pledge_colour_copies_witnesses(db: Database) -> None:\n"
        '    """Add to pledge colour, copies, witnesses."""\n'
        '    db.table("pledge").add_column("colour", str)\n'
        '    db.table("pledge").add_column("copies", int)\n'
        '    db.table("pledge").add_column("witnesses", str)'
    )


def test_what_is_printed_is_all_that_is_needed(replayed: sqlite3.Connection) -> None:
    later_steps(printed(replayed)).apply(Database(replayed))
    assert missing_columns(replayed, LATER.values()) == {}


def test_an_old_ledger_gets_the_new_field_after_a_backup(
    path: Path, replayed: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    become_later(monkeypatch, later_steps(printed(replayed)))
    monkeypatch.setattr(kinds, "KINDS", LATER)
    with Ledger.open(path) as ledger:
        assert not ledger.read_only
        old, older = ledger.records("pledge")
        assert isinstance(old, ColouredPledge)
        assert (old.title, old.colour, old.copies, old.witnesses) == ("旧承诺", "", None, ())
        new = ColouredPledge(unit=OWN.code, title="新承诺", colour="红", witnesses=("张三",))
        kept = ledger.save(new).record
        assert ledger.get(kept.id) == kept
        ledger.save(old)
        unfilled = Query(filters=(Filter("colour", mode="empty"),))
        assert ledger.ids("pledge", unfilled) == [older.id, old.id]
        # Rows older than their column hold NULL, which is no other value than nothing.
        for descending in (False, True):
            wanted = Query(sort="colour", descending=descending)
            in_order = ledger.ids("pledge", wanted)
            assert [ledger.position("pledge", wanted, one) for one in in_order] == [0, 1, 2]
        assert ledger.search("张三")[0].id == kept.id
    backup = path.with_name("台账 升级前备份.sytz")
    with closing(sqlite3.connect(backup)) as conn:
        assert "colour" not in columns_of(conn, "pledge")
        assert conn.execute("PRAGMA user_version").fetchone() == (TODAYS,)


def test_an_older_program_reads_and_writes_what_a_newer_one_added_to(
    path: Path, replayed: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        become_later(later, later_steps(printed(replayed)))
        later.setattr(kinds, "KINDS", LATER)
        with Ledger.open(path) as ledger:
            new = ColouredPledge(unit=OWN.code, title="新承诺", colour="红")
            kept = ledger.save(new).record
    with Ledger.open(path) as ledger:
        assert not ledger.read_only
        found = ledger.get(kept.id)
        assert isinstance(found, Pledge)
        assert found.title == "新承诺"
        ledger.save(found)
        # What it does not know stays where it was.
        sql = "SELECT colour FROM pledge WHERE id = ?"
        assert ledger._conn.execute(sql, (kept.id,)).fetchone() == ("红",)


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = (
        "@STEPS()\n"
        "def half_way(db):\n"
        '    db.table("pledge").add_column("colour", str)\n'
        "    db.execute(\"UPDATE record SET title = ''\")\n"
        '    db.execute("no SQL at all")\n'
    )
    with monkeypatch.context() as later:
        become_later(later, later_steps(failing))
        with pytest.raises((LedgerError, LedgerBug)):
            Ledger.open(path)
    with Ledger.open(path) as ledger:
        assert not ledger.read_only
        assert ledger.verify() == []
        assert "colour" not in columns_of(ledger._conn, "pledge")
        assert [record.title for record in ledger.records("pledge")] == ["旧承诺", "更旧的承诺"]
