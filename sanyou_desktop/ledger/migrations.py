"""How a ledger of any version becomes one of today's: small named steps, in order, only adding.

Nothing is removed, renamed or given a new meaning, because units exchange files across versions.
A step imports nothing of ``model``: it must do the same in ten years. To add one: a function at
the end, and its ``VERSION``; the test prints it finished.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from sanyou_desktop.ledger import search_table
from sanyou_desktop.ledger.first_tables import COMMON, INDEXED, OWN, REFERENCES

# Major: older programs must not write. Minor: they may, and ignore what they do not know.
MAJOR, MINOR = 2, 7
VERSION = MAJOR * 1000 + MINOR

STEPS = Migrations("sanyou")


@STEPS()
def make_register(db: Database) -> None:
    """Make the register of all records: one row a record, whatever its kind."""
    db.table("record").create(
        {
            "seq": int,
            "id": str,
            "kind": str,
            "unit": str,
            "number": str,
            "title": str,
            "revision": int,
            "deleted_at": str,
        },
        pk="seq",
        not_null={"id", "kind", "unit", "number", "title", "revision", "deleted_at"},
        strict=True,
    )
    db.execute("CREATE UNIQUE INDEX record_id ON record (id)")
    db.execute("CREATE UNIQUE INDEX record_number ON record (unit, number) WHERE number <> ''")
    db.execute("CREATE INDEX record_deleted ON record (deleted_at) WHERE deleted_at <> ''")


@STEPS()
def make_kinds(db: Database) -> None:
    """Make a table a kind, with the indexes that lists need."""
    _make_tables(db, OWN, INDEXED)
    for kind, column in REFERENCES:
        db.execute(f'CREATE INDEX "{kind}_refers_{column}" ON "{kind}" ("{column}")')


@STEPS()
def make_history(db: Database) -> None:
    """Make the history, which grows only at its end."""
    db.table("history").create(
        {
            "seq": int,
            "kind": str,
            "record_id": str,
            "revision": int,
            "at": str,
            "action": str,
            "content": str,
            "previous": str,
            "hash": str,
        },
        pk="seq",
        not_null={"kind", "record_id", "revision", "at", "action", "content", "previous", "hash"},
        strict=True,
    )
    db.execute("CREATE UNIQUE INDEX history_of ON history (record_id, revision)")
    for change in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER history_no_{change.lower()} BEFORE {change} ON history "
            "BEGIN SELECT raise(ABORT, 'history only grows'); END"
        )


@STEPS()
def make_companions(db: Database) -> None:
    """Make the tables beside the records: settings, numbers, attachments, drafts, search."""
    db.table("ledger").create({"key": str, "value": str}, pk="key", strict=True)
    db.table("counter").create(
        {"unit": str, "prefix": str, "year": int, "last": int},
        pk=("unit", "prefix", "year"),
        strict=True,
    )
    db.table("attachment").create(
        {"sha256": str, "size": int, "media_type": str, "added_at": str, "content": bytes},
        pk="sha256",
        strict=True,
    )
    db.table("draft").create(
        {
            "draft_key": str,
            "kind": str,
            "record_id": str,
            "base_revision": int,
            "raw": str,
            "at": str,
        },
        pk="draft_key",
        strict=True,
    )
    db.execute(search_table.CREATE)
    db.execute(search_table.CREATE_SOURCE)


@STEPS()
def close_the_loop(db: Database) -> None:
    """Add what inspecting, rectifying, answering and reviewing need: lists, plans, new fields."""
    added: dict[str, dict[str, type]] = {
        "rule": {"interpreter": str, "reviews": str},
        "inspection": {"planned_on": str, "plan": str, "previous": str},
        "finding": {
            "item_key": str,
            "clause": str,
            "continuing_reason": str,
            "reopenings": str,
            "slips": str,
        },
        "survey": {"weights": str, "basic_excluded": int},
    }
    for kind, columns in added.items():
        for column, of in columns.items():
            db.table(kind).add_column(column, of)
    made: dict[str, dict[str, type]] = {
        "scheme": {
            "use": str,
            "source": str,
            "announced_count": int,
            "entries": str,
            "purpose": str,
            "incomplete": int,
        },
        "plan": {
            "scheme": str,
            "checklist": str,
            "frequency": str,
            "starts_on": str,
            "ends_on": str,
            "on_rest_days": int,
            "inspected_units": str,
            "place": str,
            "inspectors": str,
        },
    }
    _make_tables(db, made, {"scheme": (), "plan": ("starts_on",)})
    db.execute(
        'CREATE INDEX "inspection_by_planned_on" ON "inspection" (deleted_at, "planned_on", id)'
    )
    for kind, column in (("inspection", "plan"), ("inspection", "previous"), ("plan", "checklist")):
        db.execute(f'CREATE INDEX "{kind}_refers_{column}" ON "{kind}" ("{column}")')


@STEPS()
def keep_rollups(db: Database) -> None:
    """Keep what was taken from units: the runs, what they changed, the copies they brought."""
    tables: dict[str, dict[str, type]] = {
        "rollup": {"id": int, "at": str, "told": str, "undone_at": str},
        "rollup_file": {
            "id": int,
            "run": int,
            "name": str,
            "unit": str,
            "unit_name": str,
            "unit_id": str,
            "first": str,
            "last": str,
            "version": int,
            "made_at": str,
            "manifest": str,
        },
        "rollup_step": {
            "id": int,
            "run": int,
            "sender": str,
            "record_id": str,
            "before_revision": int,
            "after_revision": int,
            "accepted_before": str,
        },
    }
    for name, columns in tables.items():
        db.table(name).create(columns, pk="id", not_null=set(columns) - {"id"}, strict=True)
    for name in ("rollup_file", "rollup_step"):
        db.execute(f"CREATE INDEX {name}_run ON {name} (run)")
    db.execute("CREATE INDEX rollup_file_unit ON rollup_file (unit)")
    copies: dict[str, type] = {
        "sender": str,
        "record_id": str,
        "their_revision": int,
        "their_hash": str,
        "at_revision": int,
        "content": str,
        "withdrawn": int,
        "run": int,
    }
    decided: dict[str, type] = {
        "sender": str,
        "record_id": str,
        "part": str,
        "mine": str,
        "theirs": str,
        "choice": str,
        "at": str,
        "run": int,
    }
    absent: dict[str, type] = {"what": str, "since": str}
    for name, held, key in (
        ("accepted", copies, ("sender", "record_id")),
        ("decision", decided, ("sender", "record_id", "part")),
        ("elsewhere", absent, ("what",)),
    ):
        db.table(name).create(held, pk=key, not_null=set(held), strict=True)


@STEPS()
def register_submissions(db: Database) -> None:
    """Add what reports are asked of units, and what each of them handed in."""
    made: dict[str, dict[str, type]] = {
        "request": {"from": str, "to": str, "due_on": str, "units": str},
        "submission": {
            "reporter": str,
            "reporter_name": str,
            "from": str,
            "to": str,
            "version": int,
            "received_on": str,
            "made_at": str,
            "file_name": str,
            "manifest": str,
            "rows": int,
            "returned_on": str,
            "comments": str,
        },
    }
    _make_tables(db, made, {"request": ("due_on",), "submission": ("received_on", "reporter")})


@STEPS()
def keep_the_days_of_plans(db: Database) -> None:
    """Add the day for which a plan asked for an inspection, which may have been put off since."""
    db.table("inspection").add_column("occurrence_on", str)


@STEPS()
def log_exports(db: Database) -> None:
    """Make the log of what left the ledger, which grows only at its end."""
    held: dict[str, type] = {
        "seq": int,
        "at": str,
        "way": str,
        "target": str,
        "options": str,
        "result": str,
        "records": int,
        "confidential": int,
        "rows": bytes,
    }
    db.table("export_log").create(held, pk="seq", not_null=set(held) - {"seq"}, strict=True)
    db.execute("CREATE INDEX export_log_place ON export_log (way, target, seq)")
    for change in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER export_log_no_{change.lower()} BEFORE {change} ON export_log "
            "BEGIN SELECT raise(ABORT, 'the log only grows'); END"
        )


@STEPS()
def keep_what_a_pledge_renews(db: Database) -> None:
    """Add the pledge whose time was up and that another one goes on with."""
    db.table("pledge").add_column("renews", str)
    db.execute('CREATE INDEX "pledge_refers_renews" ON "pledge" ("renews")')


@STEPS()
def keep_what_a_finding_concerns(db: Database) -> None:
    """Add the record in which a problem lies, of whatever kind."""
    db.table("finding").add_column("concerns", str)
    db.execute('CREATE INDEX "finding_refers_concerns" ON "finding" ("concerns")')


@STEPS()
def know_settled_files(db: Database) -> None:
    """Add what tells a file by its bytes of which a roll-up took all there was."""
    held: dict[str, type] = {"digest": str, "file": int, "records": int, "at": str}
    db.table("settled_file").create(held, pk="digest", not_null=set(held), strict=True)


def _make_tables(
    db: Database, kinds: dict[str, dict[str, type]], indexed: dict[str, tuple[str, ...]]
) -> None:
    for kind, own in kinds.items():
        db.table(kind).create(
            COMMON | own,
            pk="seq",
            not_null={"id", "unit", "number", "title", "status", "revision", "deleted_at"},
            foreign_keys=[("seq", "record", "seq")],
            strict=True,
        )
        db.execute(f'CREATE UNIQUE INDEX "{kind}_id" ON "{kind}" (id)')
        for column in ("number", "title", "status", "updated_at", *indexed[kind]):
            db.execute(
                f'CREATE INDEX "{kind}_by_{column}" ON "{kind}" (deleted_at, "{column}", id)'
            )


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the ledger up to ``VERSION``; each step commits on its own, with its record."""
    STEPS.apply(Database(conn))
    conn.execute(f"PRAGMA user_version = {VERSION}")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
